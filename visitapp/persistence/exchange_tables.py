"""The tables of the exchange between copies: their keys, and which messages came."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Uuid

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
    Column("made_at", StoredTime(), nullable=False),
    Column("taken_in_at", StoredTime(), nullable=False),
    office_wide=True,
)
