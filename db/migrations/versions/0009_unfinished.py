"""What is being typed, before it is put in its place.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

metadata = MetaData(
    naming_convention={
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Table("scheme", metadata, Column("id", Uuid(), primary_key=True))
_UNFINISHED = Table(
    "unfinished",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=False),
    Column("version", Integer(), nullable=False, server_default="1"),
    Column("place", String(200), nullable=False),
    Column("content", Text(), nullable=False),
    Column("saved_at", DateTime(), nullable=False),
    UniqueConstraint("place"),
)


def upgrade() -> None:
    _UNFINISHED.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    op.drop_table("unfinished")
