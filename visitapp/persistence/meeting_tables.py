"""The tables of meetings, in the same metadata as the others."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    SmallInteger,
    String,
    Text,
    Uuid,
)

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

meeting = make_table(
    "meeting",
    Column("kind", String(20), nullable=False),
    Column("held_on", Date(), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("length", Integer()),
    Column("place", String(200), nullable=False, server_default=""),
    Column("chair", String(200), nullable=False, server_default=""),
    Column("guests", Text(), nullable=False, server_default=""),
    Column("topics", Text(), nullable=False, server_default=""),
    Column("record", Text(), nullable=False, server_default=""),
    office_wide=True,
)

# Who came, and who sent apologies.
attendance = make_table(
    "attendance",
    Column("meeting_id", Uuid(), ForeignKey("meeting.id"), nullable=False, index=True),
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("is_present", Boolean(), nullable=False),
    office_wide=True,
)

meeting_action = make_table(
    "meeting_action",
    Column("meeting_id", Uuid(), ForeignKey("meeting.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("what", Text(), nullable=False),
    Column("owner", String(200), nullable=False, server_default=""),
    Column("due_on", Date()),
    Column("done_on", Date()),
    office_wide=True,
)

# What the minutes and actions were; rows are only added. `actions` is JSON, as `MeetingAction`.
meeting_edition = make_table(
    "meeting_edition",
    Column("meeting_id", Uuid(), ForeignKey("meeting.id"), nullable=False, index=True),
    Column("edition", SmallInteger(), nullable=False),
    Column("record", Text(), nullable=False, server_default=""),
    Column("actions", Text(), nullable=False, server_default="[]"),
    Column("saved_by", String(200), nullable=False, server_default=""),
    Column("saved_at", StoredTime()),
    office_wide=True,
)
