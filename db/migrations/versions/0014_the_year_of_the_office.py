"""The year of the office: what the manager keeps of people, plans and meetings.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
)

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def _metadata() -> MetaData:
    """The tables that others belong to."""
    known = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    for owner in ("office", "scheme", "person", "site", "visit", "issue"):
        Table(owner, known, Column("id", Uuid(), primary_key=True))
    return known


metadata = _metadata()


def _table(
    name: str,
    *columns: Column | Index | UniqueConstraint | CheckConstraint,  # type: ignore[type-arg]
    office_wide: bool = False,
) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


_VOLUNTEER_FILE = _table(
    "volunteer_file",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
    Column("given_name", String(200), nullable=False, server_default=""),
    Column("surname", String(200), nullable=False, server_default=""),
    Column("telephone", String(60), nullable=False, server_default=""),
    Column("email", String(200), nullable=False, server_default=""),
    Column("home_area", String(200), nullable=False, server_default=""),
    Column("buddy_id", Uuid(), ForeignKey("person.id")),
    office_wide=True,
)

_STATUS_CHANGE = _table(
    "status_change",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("status", String(40), nullable=False),
    Column("from_on", Date()),
    Column("until_on", Date()),
    Column("leaving_reason", String(40)),
    Column("why", Text(), nullable=False, server_default=""),
    Column("entered_by", String(200), nullable=False, server_default=""),
    Column("entered_at", DateTime()),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", DateTime()),
)
_CREDENTIAL = _table(
    "credential",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False, server_default=""),
    Column("from_on", Date()),
    Column("until_on", Date()),
    office_wide=True,
)

_TABLES: tuple[Table, ...] = (_VOLUNTEER_FILE, _STATUS_CHANGE, _CREDENTIAL)
_COLUMNS: tuple[tuple[str, Column], ...] = (  # type: ignore[type-arg]
    ("site", Column("week_rule", String(20))),
    ("scheme", Column("two_pairs", Boolean())),
    ("planned_visit", Column("stood_down", Boolean())),
    ("assigned_visit", Column("stood_down", Boolean())),
    ("office", Column("award_years", String(200), nullable=False, server_default="")),
)


_LEFT, _STATUSES = "LEFT", "volunteer_status"
_ACCOUNT = table("account", column("role"))
_MEMBERSHIP = table(
    "membership",
    column("scheme_id", Uuid()),
    column("person_id", Uuid()),
    column("joined_on", Date()),
    column("left_on", Date()),
    column("status"),
    column("leaving_reason"),
)
_CODE = table(
    "code",
    *(column(name, Uuid()) for name in ("id", "scheme_id")),
    *(column(name) for name in ("list_name", "code", "label", "position")),
)


def _carry_over_statuses() -> None:
    """Until now a membership had one status, and nobody knows since when. In a visitor's copy the
    office's settings bring it."""
    connection = op.get_bind()
    if "visitor" in connection.execute(select(_ACCOUNT.c.role)).scalars():
        return
    seen = set()
    rows = connection.execute(select(_MEMBERSHIP).order_by(_MEMBERSHIP.c.joined_on)).all()
    for row in rows:
        whose = {"person_id": row.person_id, "scheme_id": row.scheme_id}
        is_first = (row.person_id, row.scheme_id) not in seen
        seen.add((row.person_id, row.scheme_id))
        if row.status != _LEFT:
            values = {"status": row.status, "from_on": None if is_first else row.joined_on}
            _carry_over(whose | values)
        if row.left_on is not None:
            values = {"status": _LEFT, "from_on": row.left_on, "leaving_reason": row.leaving_reason}
            _carry_over(whose | values)


def _carry_over(values: dict[str, object]) -> None:
    op.get_bind().execute(_STATUS_CHANGE.insert().values(id=_new_id(), **values))


def _new_id() -> object:
    """An id as the program writes them: 32 hexadecimal digits."""
    return func.lower(func.hex(func.randomblob(16)))


def _add_archived() -> None:
    """To the schemes that have no such status of their own yet."""
    connection = op.get_bind()
    last = func.max(_CODE.c.position)
    listed = select(_CODE.c.scheme_id, last).where(_CODE.c.list_name == _STATUSES)
    with_it = func.count().filter(_CODE.c.code == "ARCHIVED")
    without_it = listed.group_by(_CODE.c.scheme_id).having(with_it == 0)
    for scheme_id, position in connection.execute(without_it).all():
        values = {"list_name": _STATUSES, "code": "ARCHIVED", "label": "Archived"}
        connection.execute(
            insert(_CODE).values(
                id=_new_id(),
                scheme_id=scheme_id,
                position=position + 1,
                **values,
            )
        )


def upgrade() -> None:
    look = inspect(op.get_bind())
    for new in _TABLES:
        new.create(op.get_bind(), checkfirst=True)
    for name, new_column in _COLUMNS:
        if new_column.name not in {column["name"] for column in look.get_columns(name)}:
            op.add_column(name, new_column)
    _carry_over_statuses()
    _add_archived()


def downgrade() -> None:
    archived = _CODE.c.code == "ARCHIVED"
    op.execute(delete(_CODE).where(_CODE.c.list_name == _STATUSES, archived))
    for name, new_column in reversed(_COLUMNS):
        op.drop_column(name, new_column.name)
    for new in reversed(_TABLES):
        op.drop_table(new.name)
