"""The tables of whole visit reports: forms, rows, copies, kept words and the ledger.

They follow the rules of `tables.py`. Figures never depend on them: counting looks at `visit` and
its parts alone.
"""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

# A version of a scheme's form, as JSON. Never changed, never deleted.
form = make_table(
    "form",
    Column("number", Integer(), nullable=False),
    Column("content", Text(), nullable=False),
    Column("made_at", StoredTime(), nullable=False),
    Column("made_by", String(200), nullable=False),
    UniqueConstraint("scheme_id", "number"),
)

# What a visit has beyond its counted parts: the form it was written with and the answers to
# that form's own questions, as JSON; `edition` counts the amended versions of one reference.
report = make_table(
    "report",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, unique=True),
    Column("form_number", Integer(), nullable=False),
    Column("edition", Integer(), nullable=False, server_default="1"),
    Column("answers", Text(), nullable=False),
    Column("amended_reason", Text(), nullable=False, server_default=""),
    Column("amended_by", String(200), nullable=False, server_default=""),
)

# The animals a site has, so that those long unseen can be named.
animal = make_table(
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

# One detainee or animal of a visit: more about a row of `outcome_count` whose number is 1.
report_row = make_table(
    "report_row",
    Column("count_id", Uuid(), ForeignKey("outcome_count.id"), nullable=False, unique=True),
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("row_number", Integer(), nullable=False),
    Column("animal_id", Uuid(), ForeignKey("animal.id"), index=True),
    Column("cell", String(40), nullable=False, server_default=""),
    Column("answers", Text(), nullable=False),
)

# In a table of its own, so that it can be left out, shortened and disposed of separately.
custody_number = make_table(
    "custody_number",
    Column("row_id", Uuid(), ForeignKey("report_row.id"), nullable=False, unique=True),
    Column("number", String(40), nullable=False),
)

# How an issue went on: raised, referred, answered by the force, verified, closed.
issue_step = make_table(
    "issue_step",
    Column("issue_id", Uuid(), ForeignKey("issue.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("status", String(40), nullable=False),
    Column("words", Text(), nullable=False, server_default=""),
    Column("said_by", String(200), nullable=False, server_default=""),
    Column("on_day", Date(), nullable=False),
    Column("entered_at", StoredTime(), nullable=False),
    Column("entered_by", String(200), nullable=False),
    Column("kept", Text(), nullable=False, server_default="[]"),
)

# Words that look like a name, a date of birth … and were kept by decision.
kept_words = make_table(
    "kept_words",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("field", String(120), nullable=False),
    Column("words", String(200), nullable=False),
    Column("kind", String(40), nullable=False),
    Column("reason", Text(), nullable=False),
    Column("kept_by", String(200), nullable=False),
    Column("kept_at", StoredTime(), nullable=False),
)

# Who gets copies of a scheme's reports.
recipient = make_table(
    "recipient",
    Column("name", String(200), nullable=False),
    Column("audience", String(40), nullable=False),
    Column("position", Integer(), nullable=False, server_default="0"),
    Column("tact_only", Boolean(create_constraint=True, name="tact_only"), nullable=False),
    Column("active", Boolean(create_constraint=True, name="active"), nullable=False),
)

copy_made = make_table(
    "copy_made",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("recipient_id", Uuid(), ForeignKey("recipient.id"), nullable=False),
    Column("made_at", StoredTime(), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("how", String(200), nullable=False, server_default=""),
    Column("digest", String(64), nullable=False),
)

# The chain of who read or changed what kind of record; rows are only ever added.
access_entry = make_table(
    "access_entry",
    Column("position", Integer(), nullable=False),
    Column("at", StoredTime(), nullable=False, index=True),
    Column("by_whom", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("deed", String(20), nullable=False),
    Column("number", Integer(), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("position"),
    office_wide=True,
)

# Every signing and withdrawal in order. `content_digest` is of the report at that moment;
# `digest` covers this entry and the digest of the one before.
ledger = make_table(
    "ledger",
    Column("position", Integer(), nullable=False),
    Column("event", String(40), nullable=False),
    Column("visit_id", Uuid(), nullable=False),
    Column("at", StoredTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
    Column("reason", Text(), nullable=False, server_default=""),
    Column("content_digest", String(64), nullable=False),
    Column("digest", String(64), nullable=False),
    UniqueConstraint("position"),
    Index("ix_ledger_visit", "visit_id"),
    office_wide=True,
)
