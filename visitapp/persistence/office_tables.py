"""The tables of what belongs to an office or a scheme as a whole, which every page reads."""

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    ForeignKey,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

# The bodies that the office's schemes belong to, one after the other; an office without a row
# belongs to `COMMISSIONER`.
body = make_table(
    "body",
    Column("office_id", Uuid(), ForeignKey("office.id"), nullable=False, index=True),
    Column("from_on", Date()),
    Column("name", String(200), nullable=False),
    Column("short_name", String(80), nullable=False),
    Column("possessive", String(80), nullable=False),
    Column("law", String(20), nullable=False),
    Column("visitors", String(80), nullable=False),
    Column("visited", String(80), nullable=False),
    Column("first_month", SmallInteger(), nullable=False),
    office_wide=True,
)

# How many people of the area are in each group (`numbers`: JSON by code), and who says so.
area_population = make_table(
    "area_population",
    Column("characteristic", String(20), nullable=False, unique=True),
    Column("numbers", Text(), nullable=False),
    Column("source", String(400), nullable=False),
    office_wide=True,
)

# When shifts change, by minutes of the day: visitors may be kept waiting then.
handover = make_table(
    "handover",
    Column("position", SmallInteger(), nullable=False),
    Column("start_minute", SmallInteger(), nullable=False),
    Column("end_minute", SmallInteger(), nullable=False),
    UniqueConstraint("scheme_id", "position"),
)

# Days on which a scheme plans no visits: one, or with `yearly` each year's from it on.
scheme_day_off = make_table(
    "scheme_day_off",
    Column("day_on", Date(), nullable=False),
    Column("yearly", Boolean(create_constraint=True, name="yearly"), nullable=False),
    UniqueConstraint("scheme_id", "day_on"),
)

# How spreadsheets with the headings of a shape are read, as JSON.
import_layout = make_table(
    "import_layout",
    Column("shape", String(64), nullable=False, unique=True),
    Column("content", Text(), nullable=False),
    Column("saved_at", StoredTime(), nullable=False),
    Column("saved_by", String(200), nullable=False),
    office_wide=True,
)
