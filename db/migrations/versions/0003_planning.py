"""Tables of planning: availability, policies, plans, planned visits.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Uuid,
)

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _table(name, *columns, office_wide=False):
    return Table(
        name,
        metadata,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


_MADE_BEFORE = ("scheme", "site", "person")
for _name in _MADE_BEFORE:
    Table(_name, metadata, Column("id", Uuid(), primary_key=True))

_table(
    "availability",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
    Column("least", SmallInteger(), nullable=False),
    Column("most", SmallInteger(), nullable=False),
    Column("may_buddy", Boolean(create_constraint=True, name="may_buddy"), nullable=False),
    Column("kennel_qualified", Boolean(create_constraint=True, name="kennel_qualified"),
           nullable=False),
    office_wide=True,
)  # fmt: skip

_table(
    "free_time",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("weekday", SmallInteger(), nullable=False),
    Column("start_minute", SmallInteger(), nullable=False),
    Column("end_minute", SmallInteger(), nullable=False),
    office_wide=True,
)

_table(
    "absence",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    office_wide=True,
)

_table(
    "travel",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("distance", SmallInteger(), nullable=False),
    Column("excluded", Boolean(create_constraint=True, name="excluded"), nullable=False),
    office_wide=True,
)

_table(
    "site_policy",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, unique=True),
    Column("visits_a_year", SmallInteger(), nullable=False),
    Column("cap", Float(), nullable=False),
    Column("floor", Float(), nullable=False),
)

_table(
    "plan",
    Column("start_on", Date(), nullable=False),
    Column("weeks", SmallInteger(), nullable=False),
    Column("state", String(20), nullable=False),
    Column("made_at", DateTime(), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("proven", String(400), nullable=False, server_default=""),
    office_wide=True,
)

_table(
    "planned_visit",
    Column("plan_id", Uuid(), ForeignKey("plan.id"), nullable=False, index=True),
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("span_start", Date(), nullable=False),
    Column("span_end", Date(), nullable=False),
    Column("day", Date(), nullable=False),
    Column("minute", SmallInteger(), nullable=False),
    Column("cell", SmallInteger(), nullable=False),
    Column("first_id", Uuid(), ForeignKey("person.id")),
    Column("second_id", Uuid(), ForeignKey("person.id")),
    Column("pinned", Boolean(create_constraint=True, name="pinned"), nullable=False),
    Column("by_hand", Boolean(create_constraint=True, name="by_hand"), nullable=False),
    Column("cancelled", Boolean(create_constraint=True, name="cancelled"), nullable=False),
    Column("mode", String(20), nullable=False),
    CheckConstraint("span_start <= day AND day <= span_end", name="within_span"),
    CheckConstraint("0 <= minute AND minute < 1440", name="minute"),
)

_table(
    "redraw",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("at", DateTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
    Column("reason", String(400), nullable=False),
    office_wide=True,
)


def _made():
    return [table for table in metadata.sorted_tables if table.name not in _MADE_BEFORE]


def upgrade() -> None:
    metadata.create_all(op.get_bind(), tables=_made())


def downgrade() -> None:
    metadata.drop_all(op.get_bind(), tables=_made())
