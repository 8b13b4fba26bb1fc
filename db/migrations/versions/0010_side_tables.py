"""Tables that came later than the one they belong to become columns of it.

Nothing is lost: each had at most one row for a row of its owner, written together with it (the
version of a site's policy was compared with nothing). A file without these tables has the
columns already.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    UniqueConstraint,
    Uuid,
    column,
    exists,
    inspect,
    literal_column,
    or_,
    select,
    table,
    update,
)

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

metadata = MetaData(
    naming_convention={
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
for _name in ("scheme", "issue", "person", "site"):
    Table(_name, metadata, Column("id", Uuid(), primary_key=True))


def _table(name, *columns, office_wide=False):
    return Table(
        name,
        metadata,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


def _owner(name):
    return Column(f"{name}_id", Uuid(), ForeignKey(f"{name}.id"), nullable=False, unique=True)


_BEFORE = {
    "scheme": _table(
        "practice",
        Column("issue_days", SmallInteger(), nullable=False),
        UniqueConstraint("scheme_id"),
    ),
    "issue": _table(
        "issue_place",
        _owner("issue"),
        Column("place", String(200), nullable=False, server_default=""),
        Column("question", String(80), nullable=False, server_default=""),
        Column("raised_minute", SmallInteger()),
    ),
    "person": _table(
        "clearance",
        _owner("person"),
        Column("vetted_until", Date()),
        Column("probation_until", Date()),
        Column("tact_trained", Boolean(create_constraint=True, name="tact_trained"),
               nullable=False),
        office_wide=True,
    ),
    "site": _table(
        "site_policy",
        _owner("site"),
        Column("visits_a_year", SmallInteger(), nullable=False),
        Column("cap", Float(), nullable=False),
        Column("floor", Float(), nullable=False),
    ),
}  # fmt: skip
"""The table that went into each."""

_NOW = {
    "scheme": [Column("issue_days", SmallInteger())],
    "issue": [
        Column("place", String(200), nullable=False, server_default=""),
        Column("question", String(80), nullable=False, server_default=""),
        Column("raised_minute", SmallInteger()),
    ],
    "person": [
        Column("vetted_until", Date()),
        Column("probation_until", Date()),
        Column("tact_trained", Boolean(), nullable=False, server_default="0"),
    ],
    "site": [
        Column("visits_a_year", SmallInteger()),
        Column("cap", Float()),
        Column("floor", Float()),
    ],
}
"""Its columns now: empty, or as usual, where the owner had no row in it."""


def upgrade() -> None:
    names = inspect(op.get_bind()).get_table_names()
    for owner, side in _BEFORE.items():
        if side.name in names:
            for new in _NOW[owner]:
                op.add_column(owner, new)
            op.execute(_filled_in(owner, side))
            op.drop_table(side.name)


def _filled_in(owner, side):
    names = [new.name for new in _NOW[owner]]
    owners = table(owner, *map(column, ("id", *names)))
    of_owner = side.c[f"{owner}_id"] == owners.c.id
    values = {name: select(side.c[name]).where(of_owner).scalar_subquery() for name in names}
    return update(owners).where(exists().where(of_owner)).values(values)


def downgrade() -> None:
    for owner, side in _BEFORE.items():
        side.create(op.get_bind())
        op.execute(_taken_out(owner, side))
        for new in _NOW[owner]:
            op.drop_column(owner, new.name)


def _taken_out(owner, side):
    """A row for each owner that has anything in the columns, with the owner's own id."""
    names = ["id", "scheme_id", "version", *(new.name for new in _NOW[owner])]
    owners = table(owner, *map(column, names))
    is_filled = or_(
        *(
            owners.c[new.name].is_not(None)
            if new.server_default is None
            else owners.c[new.name] != literal_column(f"'{new.server_default.arg}'")
            for new in _NOW[owner]
        )
    )
    values = {f"{owner}_id": owners.c.id} | {name: owners.c[name] for name in names}
    rows = select(*values.values()).where(is_filled)
    return side.insert().from_select(list(values), rows)
