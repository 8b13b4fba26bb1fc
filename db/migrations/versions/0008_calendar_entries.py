"""What calendar files that were handed out say, so that a later one can take it back.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    MetaData,
    SmallInteger,
    Table,
    Uuid,
)

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
for _name in ("scheme", "person"):
    Table(_name, metadata, Column("id", Uuid(), primary_key=True))
_ENTRY = Table(
    "calendar_entry",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=False),
    Column("version", Integer(), nullable=False, server_default="1"),
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("planned_id", Uuid(), nullable=False),
    Column("partner_id", Uuid(), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("sequence", SmallInteger(), nullable=False),
    Column("cancelled", Boolean(), nullable=False),
)


def upgrade() -> None:
    _ENTRY.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    _ENTRY.drop(op.get_bind())
