"""The tables of the exchange between copies: their keys, and the messages between them."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

own_copy = make_table(
    "own_copy",
    Column("sealing_seed", LargeBinary(), nullable=False),
    Column("signing_seed", LargeBinary(), nullable=False),
    Column("person_id", Uuid(), ForeignKey("person.id")),
    Column("number", Integer(), nullable=False),
    office_wide=True,
)

other_copy = make_table(
    "other_copy",
    Column("sealing", LargeBinary(), nullable=False),
    Column("signing", LargeBinary(), nullable=False),
    Column("joined_at", StoredTime(), nullable=False),
    Column("person_id", Uuid(), ForeignKey("person.id"), index=True),
    Column("number", Integer(), nullable=False),
    Column("revoked_at", StoredTime()),
    Column("sent", Integer(), nullable=False, server_default="0"),
    office_wide=True,
)

invitation = make_table(
    "invitation",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("number", Integer(), nullable=False),
    Column("secret", LargeBinary(), nullable=False),
    Column("made_at", StoredTime(), nullable=False),
    Column("used_at", StoredTime()),
    Column("withdrawn_at", StoredTime()),
    office_wide=True,
)

# The id is the message's own, so that none is taken in twice.
message_in = make_table(
    "message_in",
    Column("copy_id", Uuid(), ForeignKey("other_copy.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("number", Integer(), nullable=False),
    Column("made_at", StoredTime(), nullable=False),
    Column("taken_in_at", StoredTime(), nullable=False),
    office_wide=True,
)

# The last message about a subject (a report, or the other copy itself) to a copy; the id is the
# message's own. `file` goes once the other copy has acknowledged it, `name` is its name in the
# folder of exchange, empty where it was put out by hand.
message_out = make_table(
    "message_out",
    Column("copy_id", Uuid(), ForeignKey("other_copy.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("subject_id", Uuid(), nullable=False),
    Column("number", Integer(), nullable=False),
    Column("digest", String(64), nullable=False),
    Column("file", LargeBinary()),
    Column("made_at", StoredTime(), nullable=False),
    Column("name", String(80), nullable=False, server_default=""),
    Column("put_out_at", StoredTime()),
    Column("acknowledged_at", StoredTime()),
    UniqueConstraint("copy_id", "kind", "subject_id"),
    office_wide=True,
)

# In the office: reports that came, under the ids of their first editions. They count once they
# are accepted, which writes them to the tables of visits. `severity` is the highest of an issue.
received_report = make_table(
    "received_report",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("revision", Integer(), nullable=False),
    Column("severity", SmallInteger(), nullable=False),
    Column("content", LargeBinary(), nullable=False),
    Column("received_at", StoredTime(), nullable=False),
    Column("state", String(20), nullable=False),
    Column("accepted_revision", Integer(), nullable=False, server_default="0"),
    Column("question", Text(), nullable=False, server_default=""),
    Column("decided_at", StoredTime()),
    Column("decided_by", String(200), nullable=False, server_default=""),
)

# In a visitor's copy: what the office last told of a report, and the answer to its question.
# `confirmed` is who confirmed its last edition on their own copy, as JSON.
handed_report = make_table(
    "handed_report",
    Column("received_revision", Integer(), nullable=False, server_default="0"),
    Column("received_at", StoredTime()),
    Column("accepted_revision", Integer(), nullable=False, server_default="0"),
    Column("accepted_at", StoredTime()),
    Column("question", Text(), nullable=False, server_default=""),
    Column("asked_at", StoredTime()),
    Column("answer", Text(), nullable=False, server_default=""),
    Column("answers", Integer(), nullable=False, server_default="0"),
    Column("confirmed", Text(), nullable=False, server_default="[]"),
)

# In a visitor's copy: reports that another visitor of the same visit wrote, under the ids of their
# first editions. `content` is empty where a later edition no longer names this visitor; `answers`
# are this visitor's, as JSON; `number` is that of the message that brought it.
partner_report = make_table(
    "partner_report",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("revision", Integer(), nullable=False),
    Column("number", Integer(), nullable=False),
    Column("content", LargeBinary()),
    Column("answers", Text(), nullable=False, server_default="[]"),
    Column("accepted_at", StoredTime()),
)

# In a visitor's copy: what is left of reports that the office has accepted, under the ids of their
# first editions.
reduced_report = make_table(
    "reduced_report",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("day", Date(), nullable=False),
    Column("ref", String(80), nullable=False),
    Column("revision", Integer(), nullable=False),
    Column("accepted_at", StoredTime(), nullable=False),
    Column("reduced_at", StoredTime(), nullable=False),
)

# In the office: what the other visitor answered about an edition on their own copy. No words mean
# that they confirmed it. The report may come later, so it is no foreign key.
partner_answer = make_table(
    "partner_answer",
    Column("report_id", Uuid(), nullable=False, index=True),
    Column("edition_id", Uuid(), nullable=False),
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("digest", String(64), nullable=False),
    Column("number", Integer(), nullable=False),
    Column("at", StoredTime(), nullable=False),
    Column("words", Text(), nullable=False, server_default=""),
    Column("looked_at", StoredTime()),
)

# In a visitor's copy: what a site's briefing is made of, under the site's id.
site_briefing = make_table(
    "site_briefing",
    Column("content", LargeBinary(), nullable=False),
    Column("as_of", Date(), nullable=False),
)

# In a visitor's copy: the visitor's visits as the office counts them, under the visits' ids;
# many of them were never in this file. `minutes` are the visitor's own.
counted_visit = make_table(
    "counted_visit",
    Column("site_id", Uuid(), nullable=False),
    Column("day", Date(), nullable=False),
    Column("minutes", Integer()),
)

# In a visitor's copy: the visits that the office has given to this visitor.
assigned_visit = make_table(
    "assigned_visit",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("partner_id", Uuid(), ForeignKey("person.id"), nullable=False),
    Column("of_pair", Boolean(), nullable=False, server_default="0"),
    Column("stood_down", Boolean()),
)

# In a visitor's copy: what this copy and the partner's draw the moments of a week from. `inputs`
# are JSON; `again`: another draw of the same week came before.
assigned_draw = make_table(
    "assigned_draw",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("partner_id", Uuid(), ForeignKey("person.id"), nullable=False),
    Column("sealing", LargeBinary(), nullable=False),
    Column("signing", LargeBinary(), nullable=False),
    Column("frozen_on", Date(), nullable=False),
    Column("inputs", Text(), nullable=False),
    Column("again", Boolean(), nullable=False),
)

# The keys that the office had before they were renewed. They go once every visitor's copy is known
# to follow the new ones; the id is that of the copy they belonged to.
earlier_keys = make_table(
    "earlier_keys",
    Column("sealing_seed", LargeBinary(), nullable=False),
    Column("signing_seed", LargeBinary(), nullable=False),
    Column("number", Integer(), nullable=False),
    Column("replaced_at", StoredTime(), nullable=False),
    office_wide=True,
)

# Each time the office was handed over. Without `ended_at` this copy is the one that was left, and
# nothing in it changes; `followed_at` is when it came to know that somebody has taken over.
succession = make_table(
    "succession",
    Column("number", Integer(), nullable=False),
    Column("handed_over_at", StoredTime(), nullable=False),
    Column("handed_over_by", String(200), nullable=False),
    Column("successor", String(200), nullable=False, server_default=""),
    Column("followed_at", StoredTime()),
    Column("ended_at", StoredTime()),
    office_wide=True,
)
