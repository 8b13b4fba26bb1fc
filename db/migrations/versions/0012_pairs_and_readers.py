"""What copies of a pair share, and who read what.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Column,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)
Table("scheme", metadata, Column("id", Uuid(), primary_key=True))
Table("person", metadata, Column("id", Uuid(), primary_key=True))


def _table(
    name: str,
    *columns: Column | Index | UniqueConstraint,  # type: ignore[type-arg]
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


_TABLES: tuple[Table, ...] = (
    _table(
        "partner_report",
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
        Column("revision", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("content", LargeBinary()),
        Column("answers", Text(), nullable=False, server_default="[]"),
        Column("accepted_at", DateTime()),
    ),
    _table(
        "partner_answer",
        Column("report_id", Uuid(), nullable=False, index=True),
        Column("edition_id", Uuid(), nullable=False),
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
        Column("digest", String(64), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("at", DateTime(), nullable=False),
        Column("words", Text(), nullable=False, server_default=""),
        Column("looked_at", DateTime()),
    ),
)
_COLUMNS = (("handed_report", Column("confirmed", Text(), nullable=False, server_default="[]")),)


def upgrade() -> None:
    for table in _TABLES:
        table.create(op.get_bind(), checkfirst=True)
    for name, column in _COLUMNS:
        op.add_column(name, column)


def downgrade() -> None:
    for name, column in reversed(_COLUMNS):
        op.drop_column(name, column.name)
    for table in reversed(_TABLES):
        op.drop_table(table.name)
