"""The tables of issues that the office opened without a visit, in the same metadata as the others.

They are apart from those of reports: none of them is counted among what visitors raised.
"""

from sqlalchemy import Column, Date, ForeignKey, SmallInteger, String, Text, Uuid

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

# `source` says how the office knows of it, in a few words: a complaint, the force itself.
office_issue = make_table(
    "office_issue",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("raised_on", Date(), nullable=False),
    Column("category", String(40), nullable=False),
    Column("severity", SmallInteger(), nullable=False),
    Column("status", String(40), nullable=False),
    Column("description", Text(), nullable=False),
    Column("place", String(200), nullable=False, server_default=""),
    Column("source", String(200), nullable=False, server_default=""),
    Column("closed_on", Date()),
    Column("opened_by", String(200), nullable=False),
    Column("opened_at", StoredTime(), nullable=False),
    Column("kept", Text(), nullable=False, server_default="[]"),
)

# As `issue_step`.
office_issue_step = make_table(
    "office_issue_step",
    Column("issue_id", Uuid(), ForeignKey("office_issue.id"), nullable=False, index=True),
    Column("position", SmallInteger(), nullable=False),
    Column("status", String(40), nullable=False),
    Column("words", Text(), nullable=False, server_default=""),
    Column("said_by", String(200), nullable=False, server_default=""),
    Column("on_day", Date(), nullable=False),
    Column("entered_at", StoredTime(), nullable=False),
    Column("entered_by", String(200), nullable=False),
    Column("kept", Text(), nullable=False, server_default="[]"),
)
