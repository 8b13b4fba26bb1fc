"""Groups of sites, what schemes publish of requests and animals, several schemes of a kind.

A frozen copy: it never follows later changes of the program's own tables.
"""

from collections.abc import Callable

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    column,
    inspect,
    table,
    update,
)

revision = "0013"
down_revision = "0012"
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
    for owner in ("office", "scheme", "person", "site", "visit"):
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


_SITE_GROUP = _table(
    "site_group",
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
)
_SITE_IN_GROUP = _table(
    "site_in_group",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("from_on", Date()),
    Column("group_id", Uuid(), ForeignKey("site_group.id")),
    UniqueConstraint("site_id", "kind", "from_on"),
)
_PERSON_IN_PANEL = _table(
    "person_in_panel",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("from_on", Date()),
    Column("group_id", Uuid(), ForeignKey("site_group.id")),
    UniqueConstraint("person_id", "scheme_id", "from_on"),
)
_GROUP_TARGET = _table(
    "group_target",
    Column("group_id", Uuid(), ForeignKey("site_group.id"), nullable=False, index=True),
    Column("from_on", Date()),
    Column("rule", String(20), nullable=False),
    Column("number", SmallInteger(), nullable=False),
    Column("unit", String(20), nullable=False),
    UniqueConstraint("group_id", "from_on"),
)
_SCHEME_DAY_OFF = _table(
    "scheme_day_off",
    Column("day_on", Date(), nullable=False),
    Column("yearly", Boolean(create_constraint=True, name="yearly"), nullable=False),
    UniqueConstraint("scheme_id", "day_on"),
)

_TABLES: tuple[Table, ...] = (
    _SITE_GROUP,
    _SITE_IN_GROUP,
    _PERSON_IN_PANEL,
    _SCHEME_DAY_OFF,
    _GROUP_TARGET,
)
_COLUMNS: tuple[tuple[str, Column], ...] = ()  # type: ignore[type-arg]


# The sums of each month were kept for each site; now also for each scheme as a whole, and a place's
# months lie together. The program fills the table when it upgrades a file.
def _counted_month(*key: Column) -> Table:  # type: ignore[type-arg]
    return Table(
        "counted_month",
        MetaData(),
        *key,
        Column("number", Integer(), nullable=False),
        Column("total", Integer(), nullable=False),
        Column("most", Integer(), nullable=False),
        sqlite_with_rowid=False,
    )


_MONTHS_BEFORE = _counted_month(
    Column("month", Date(), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("meaning", SmallInteger(), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("site_id", Uuid(), primary_key=True),
    Column("type", String(40), primary_key=True),
)
_MONTHS = _counted_month(
    Column("place_id", Uuid(), primary_key=True),
    Column("month", Date(), primary_key=True),
    Column("question", String(40), primary_key=True),
    Column("meaning", SmallInteger(), primary_key=True),
    Column("code", String(40), primary_key=True),
    Column("type", String(40), primary_key=True),
)


# Until now all categories of concerns were one group. Those that every file began with are two, and
# a few are neither; what a scheme added is neither.
_MATTERS = {
    "welfare": (
        "FOOD", "RIGHTS", "LEGAL", "INFORM", "HEALTH", "MHEALTH", "AA", "CHILD", "FEMALE", "HYG",
        "CLOTH", "WARM", "ACTIVITY", "FAITH", "LANG", "IMM", "CONDUCT", "LENGTH", "DEPEND",
        "FOODWATER", "BEHAVIOUR", "COMPANY", "TRAINING",
    ),
    "conditions": (
        "CELL", "EQUIP", "MAINT", "CLEAN", "LIGHT", "KITCHEN", "MEDROOM", "HAZARD", "ENVIRON",
        "VEHICLE", "FENCE",
    ),
}  # fmt: skip
_CODE = table("code", column("list_name"), column("code"), column("group_name"))
_CATEGORIES = update(_CODE).where(_CODE.c.list_name == "issue_category")

_ONE_OF_A_KIND = "CONSTRAINT uq_scheme_office_id_kind UNIQUE (office_id, kind)"


def _of_several_of_a_kind(declared: str) -> str:
    before, _, after = declared.partition(_ONE_OF_A_KIND)
    return before + after.lstrip(", \n\t")


def _make_schemes_again(change: Callable[[str], str]) -> None:
    """SQLite can change the constraints of a table only by making it again. The rows of other
    tables that belong to a scheme are held to it when the transaction ends."""
    connection = op.get_bind()
    (declared,) = connection.exec_driver_sql(
        "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = 'scheme'"
    ).one()
    changed = change(declared)
    if changed == declared:
        return
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
    connection.exec_driver_sql("CREATE TEMP TABLE kept AS SELECT * FROM scheme ORDER BY rowid")
    connection.exec_driver_sql("DROP TABLE scheme")
    connection.exec_driver_sql(changed)
    connection.exec_driver_sql("INSERT INTO scheme SELECT * FROM kept ORDER BY rowid")
    connection.exec_driver_sql("DROP TABLE kept")


def upgrade() -> None:
    look = inspect(op.get_bind())
    _make_schemes_again(_of_several_of_a_kind)
    for new in _TABLES:
        new.create(op.get_bind(), checkfirst=True)
    op.drop_table("counted_month")
    _MONTHS.create(op.get_bind())
    for name, new_column in _COLUMNS:
        if new_column.name not in {column["name"] for column in look.get_columns(name)}:
            op.add_column(name, new_column)
    concerns = _CATEGORIES.where(_CODE.c.group_name == "concern")
    for group, codes in _MATTERS.items():
        op.execute(concerns.where(_CODE.c.code.in_(codes)).values(group_name=group))


def downgrade() -> None:
    op.drop_table("counted_month")
    _MONTHS_BEFORE.create(op.get_bind())
    op.execute(_CATEGORIES.where(_CODE.c.group_name.in_(_MATTERS)).values(group_name="concern"))
    own = "CONSTRAINT ck_scheme_own_scheme"
    _make_schemes_again(lambda sql: sql.replace(own, f"{_ONE_OF_A_KIND}, \n\t{own}"))
    for name, new_column in reversed(_COLUMNS):
        op.drop_column(name, new_column.name)
    for new in reversed(_TABLES):
        op.drop_table(new.name)
