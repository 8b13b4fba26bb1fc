"""Tables of whole visit reports: forms, rows, copies, kept words and the ledger.

A frozen copy: it never follows later changes of the program's own tables. The index for
searching texts is SQLite's own (FTS5) and made on SQLite only.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

revision = "0002"
down_revision = "0001"
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


_MADE_BEFORE = ("scheme", "site", "person", "visit", "outcome_count", "issue")
for _name in _MADE_BEFORE:
    Table(_name, metadata, Column("id", Uuid(), primary_key=True))

_table(
    "form",
    Column("number", Integer(), nullable=False),
    Column("content", Text(), nullable=False),
    Column("made_at", DateTime(), nullable=False),
    Column("made_by", String(200), nullable=False),
    UniqueConstraint("scheme_id", "number"),
)

_table(
    "report",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, unique=True),
    Column("form_number", Integer(), nullable=False),
    Column("edition", Integer(), nullable=False, server_default="1"),
    Column("answers", Text(), nullable=False),
    Column("amended_reason", Text(), nullable=False, server_default=""),
    Column("amended_by", String(200), nullable=False, server_default=""),
)

_table(
    "animal",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("name", String(80), nullable=False),
    Column("species", String(40), nullable=False, server_default=""),
    Column("work", String(40), nullable=False, server_default=""),
    Column("handler", String(40), nullable=False, server_default=""),
    Column("from_on", Date()),
    Column("to_on", Date()),
    UniqueConstraint("site_id", "name"),
)

_table(
    "report_row",
    Column("count_id", Uuid(), ForeignKey("outcome_count.id"), nullable=False, unique=True),
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("row_number", Integer(), nullable=False),
    Column("animal_id", Uuid(), ForeignKey("animal.id"), index=True),
    Column("cell", String(40), nullable=False, server_default=""),
    Column("answers", Text(), nullable=False),
)

_table(
    "custody_number",
    Column("row_id", Uuid(), ForeignKey("report_row.id"), nullable=False, unique=True),
    Column("number", String(40), nullable=False),
)

_table(
    "practice",
    Column("issue_days", SmallInteger(), nullable=False),
    UniqueConstraint("scheme_id"),
)

_table(
    "handover",
    Column("position", SmallInteger(), nullable=False),
    Column("start_minute", SmallInteger(), nullable=False),
    Column("end_minute", SmallInteger(), nullable=False),
    UniqueConstraint("scheme_id", "position"),
)

_table(
    "issue_step",
    Column("issue_id", Uuid(), ForeignKey("issue.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("status", String(40), nullable=False),
    Column("words", Text(), nullable=False, server_default=""),
    Column("said_by", String(200), nullable=False, server_default=""),
    Column("on_day", Date(), nullable=False),
    Column("entered_at", DateTime(), nullable=False),
    Column("entered_by", String(200), nullable=False),
    Column("kept", Text(), nullable=False, server_default="[]"),
)

_table(
    "issue_place",
    Column("issue_id", Uuid(), ForeignKey("issue.id"), nullable=False, unique=True),
    Column("place", String(200), nullable=False, server_default=""),
    Column("question", String(80), nullable=False, server_default=""),
    Column("raised_minute", SmallInteger()),
)

_table(
    "kept_words",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("field", String(120), nullable=False),
    Column("words", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("reason", Text(), nullable=False),
    Column("kept_by", String(200), nullable=False),
    Column("kept_at", DateTime(), nullable=False),
)

_table(
    "recipient",
    Column("name", String(200), nullable=False),
    Column("audience", String(40), nullable=False),
    Column("position", Integer(), nullable=False, server_default="0"),
    Column("tact_only", Boolean(create_constraint=True, name="tact_only"), nullable=False),
    Column("active", Boolean(create_constraint=True, name="active"), nullable=False),
)

_table(
    "copy_made",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("recipient_id", Uuid(), ForeignKey("recipient.id"), nullable=False),
    Column("made_at", DateTime(), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("how", String(200), nullable=False, server_default=""),
    Column("digest", String(64), nullable=False),
)

_table(
    "clearance",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
    Column("vetted_until", Date()),
    Column("probation_until", Date()),
    Column("tact_trained", Boolean(create_constraint=True, name="tact_trained"), nullable=False),
    office_wide=True,
)

_table(
    "ledger",
    Column("position", Integer(), nullable=False),
    Column("event", String(40), nullable=False),
    Column("visit_id", Uuid(), nullable=False),
    Column("at", DateTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
    Column("reason", Text(), nullable=False, server_default=""),
    Column("content_digest", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("position"),
    Index("ix_ledger_visit", "visit_id"),
    office_wide=True,
)


def upgrade() -> None:
    made = [table for table in metadata.sorted_tables if table.name not in _MADE_BEFORE]
    metadata.create_all(op.get_bind(), tables=made)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(
            "CREATE VIRTUAL TABLE report_text USING fts5("
            "visit_id UNINDEXED, words, "
            "tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3')"
        )
    else:
        op.create_table("report_text", Column("visit_id", Uuid()), Column("words", Text()))


def downgrade() -> None:
    op.drop_table("report_text")
    made = [table for table in metadata.sorted_tables if table.name not in _MADE_BEFORE]
    metadata.drop_all(op.get_bind(), tables=made)
