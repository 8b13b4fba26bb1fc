"""The tables of reviews of custody records, in the same metadata as the others."""

from sqlalchemy import Column, Date, ForeignKey, Integer, String, Text, Uuid

from visitapp.persistence.tables import make_table

record_review = make_table(
    "record_review",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("panel", String(200), nullable=False, server_default=""),
    Column("outcome", Text(), nullable=False, server_default=""),
    Column("themes", Text(), nullable=False, server_default=""),
)

# How many records of each kind were reviewed.
reviewed_records = make_table(
    "reviewed_records",
    Column("review_id", Uuid(), ForeignKey("record_review.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("number", Integer(), nullable=False),
)

recommendation = make_table(
    "recommendation",
    Column("review_id", Uuid(), ForeignKey("record_review.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("what", Text(), nullable=False),
    Column("reply", Text(), nullable=False, server_default=""),
    Column("replied_by", String(200), nullable=False, server_default=""),
    Column("replied_on", Date()),
)
