"""Copies of the program that write to each other: keys, invitations, messages that came.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

revision = "0011"
down_revision = "0010"
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
Table("site", metadata, Column("id", Uuid(), primary_key=True))


def _table(
    name: str,
    *columns: Column | Index | UniqueConstraint,  # type: ignore[type-arg]
    office_wide: bool = True,
) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


_TABLES = (
    _table(
        "own_copy",
        Column("sealing_seed", LargeBinary(), nullable=False),
        Column("signing_seed", LargeBinary(), nullable=False),
        Column("person_id", Uuid(), ForeignKey("person.id")),
        Column("number", Integer(), nullable=False),
    ),
    _table(
        "other_copy",
        Column("sealing", LargeBinary(), nullable=False),
        Column("signing", LargeBinary(), nullable=False),
        Column("joined_at", DateTime(), nullable=False),
        Column("person_id", Uuid(), ForeignKey("person.id"), index=True),
        Column("number", Integer(), nullable=False),
        Column("revoked_at", DateTime()),
        Column("sent", Integer(), nullable=False, server_default="0"),
    ),
    _table(
        "invitation",
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
        Column("number", Integer(), nullable=False),
        Column("secret", LargeBinary(), nullable=False),
        Column("made_at", DateTime(), nullable=False),
        Column("used_at", DateTime()),
        Column("withdrawn_at", DateTime()),
    ),
    _table(
        "message_in",
        Column("copy_id", Uuid(), ForeignKey("other_copy.id"), nullable=False, index=True),
        Column("kind", String(20), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("made_at", DateTime(), nullable=False),
        Column("taken_in_at", DateTime(), nullable=False),
    ),
    _table(
        "message_out",
        Column("copy_id", Uuid(), ForeignKey("other_copy.id"), nullable=False),
        Column("kind", String(20), nullable=False),
        Column("subject_id", Uuid(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("digest", String(64), nullable=False),
        Column("file", LargeBinary()),
        Column("made_at", DateTime(), nullable=False),
        Column("name", String(80), nullable=False, server_default=""),
        Column("put_out_at", DateTime()),
        Column("acknowledged_at", DateTime()),
        UniqueConstraint("copy_id", "kind", "subject_id"),
    ),
    _table(
        "received_report",
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
        Column("revision", Integer(), nullable=False),
        Column("severity", SmallInteger(), nullable=False),
        Column("content", LargeBinary(), nullable=False),
        Column("received_at", DateTime(), nullable=False),
        Column("state", String(20), nullable=False),
        Column("accepted_revision", Integer(), nullable=False, server_default="0"),
        Column("question", Text(), nullable=False, server_default=""),
        Column("decided_at", DateTime()),
        Column("decided_by", String(200), nullable=False, server_default=""),
        office_wide=False,
    ),
    _table(
        "handed_report",
        Column("received_revision", Integer(), nullable=False, server_default="0"),
        Column("received_at", DateTime()),
        Column("accepted_revision", Integer(), nullable=False, server_default="0"),
        Column("accepted_at", DateTime()),
        Column("question", Text(), nullable=False, server_default=""),
        Column("asked_at", DateTime()),
        Column("answer", Text(), nullable=False, server_default=""),
        Column("answers", Integer(), nullable=False, server_default="0"),
        office_wide=False,
    ),
    _table(
        "assigned_visit",
        Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
        Column("start_on", Date(), nullable=False),
        Column("end_on", Date(), nullable=False),
        Column("partner_id", Uuid(), ForeignKey("person.id"), nullable=False),
        office_wide=False,
    ),
)


def upgrade() -> None:
    for table in _TABLES:
        table.create(op.get_bind(), checkfirst=True)


def downgrade() -> None:
    for table in reversed(_TABLES):
        op.drop_table(table.name)
