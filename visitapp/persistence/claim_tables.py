"""The tables of volunteers' hours and claims, in the same metadata as the others."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, SmallInteger, String, Text, Uuid

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

# Rows are added, approved and withdrawn, never changed.
claim = make_table(
    "claim",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("on_day", Date(), nullable=False, index=True),
    Column("what", Text(), nullable=False, server_default=""),
    Column("minutes", Integer(), nullable=False, server_default="0"),
    Column("miles", Integer(), nullable=False, server_default="0"),
    Column("pence", Integer(), nullable=False, server_default="0"),
    Column("has_receipt", Boolean(), nullable=False, server_default="0"),
    Column("pence_a_mile", Integer(), nullable=False, server_default="0"),
    Column("entered_by", String(200), nullable=False, server_default=""),
    Column("entered_at", StoredTime()),
    Column("approved_by", String(200), nullable=False, server_default=""),
    Column("approved_at", StoredTime()),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", StoredTime()),
    office_wide=True,
)

# The manager approved somebody's hours of some days; rows are only added.
hours_approval = make_table(
    "hours_approval",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("minutes", Integer(), nullable=False),
    Column("pence", Integer(), nullable=False),
    Column("approved_by", String(200), nullable=False),
    Column("approved_at", StoredTime(), nullable=False),
    office_wide=True,
)

# What a mile by car is paid with, from a day on.
mileage_rate = make_table(
    "mileage_rate",
    Column("office_id", Uuid(), ForeignKey("office.id"), nullable=False, index=True),
    Column("from_on", Date(), nullable=False),
    Column("pence", SmallInteger(), nullable=False),
    office_wide=True,
)

# What a scheme asks of each volunteer in a year; a scheme without a row asks for nothing.
volunteer_minimum = make_table(
    "volunteer_minimum",
    Column("visits", SmallInteger(), nullable=False),
    Column("meetings", SmallInteger(), nullable=False),
)
