"""People and sites that were entered twice, and rotas that were handed out.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
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
    inspect,
)

revision = "0017"
down_revision = "0016"
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
    for owner in ("office", "scheme", "person", "site", "visit", "issue", "meeting"):
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


_SAME_PERSON = _table(
    "same_person",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("kept_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("why", Text(), nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("decided_at", DateTime(), nullable=False),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", DateTime()),
    office_wide=True,
)

_ROTA_NOTICE = _table(
    "rota_notice",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("person_id", Uuid(), ForeignKey("person.id")),
    Column("form", String(20), nullable=False),
    Column("listed", Text(), nullable=False),
    Column("at", DateTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
    office_wide=True,
)

_SAME_SITE = _table(
    "same_site",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("kept_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("why", Text(), nullable=False),
    Column("decided_by", String(200), nullable=False),
    Column("decided_at", DateTime(), nullable=False),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", DateTime()),
)

_TABLES: tuple[Table, ...] = (_SAME_SITE, _SAME_PERSON, _ROTA_NOTICE)
_COLUMNS: tuple[tuple[str, Column], ...] = (  # type: ignore[type-arg]
    ("site_open", Column("in_use_by", Date())),
    ("visit", Column("signed_site_id", Uuid())),
)


def upgrade() -> None:
    look = inspect(op.get_bind())
    for new in _TABLES:
        new.create(op.get_bind(), checkfirst=True)
    for name, new_column in _COLUMNS:
        if new_column.name not in {column["name"] for column in look.get_columns(name)}:
            op.add_column(name, new_column)


def downgrade() -> None:
    """Without the decisions each visit is at the site of its report again."""
    op.execute("UPDATE visit SET site_id = signed_site_id WHERE signed_site_id IS NOT NULL")
    for name, new_column in reversed(_COLUMNS):
        op.drop_column(name, new_column.name)
    for new in reversed(_TABLES):
        op.drop_table(new.name)
