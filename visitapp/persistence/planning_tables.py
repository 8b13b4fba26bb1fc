"""The tables of planning: availability, plans and their visits.

Planned moments are in `planned_visit` alone, which is encrypted with all the rest; those that
pairs draw for themselves are in no table.
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    LargeBinary,
    SmallInteger,
    String,
    Text,
    UniqueConstraint,
    Uuid,
)

from visitapp.persistence.stored_time import StoredTime
from visitapp.persistence.tables import make_table

# Visits a quarter, and what the manager says of somebody.
availability = make_table(
    "availability",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
    Column("least", SmallInteger(), nullable=False),
    Column("most", SmallInteger(), nullable=False),
    Column("may_buddy", Boolean(create_constraint=True, name="may_buddy"), nullable=False),
    office_wide=True,
)

# Who entered a person's availability when, under the person's id: `by_self` on their own copy.
# `other` is the availability that it took the place of, or that came and is not used.
availability_entry = make_table(
    "availability_entry",
    Column("at", StoredTime(), nullable=False),
    Column("by_self", Boolean(), nullable=False),
    Column("seen_at", StoredTime()),
    Column("standing", String(20), nullable=False),
    Column("other", LargeBinary()),
    Column("other_at", StoredTime()),
    office_wide=True,
)

# Parts of every week in which somebody can visit; minutes of the day.
free_time = make_table(
    "free_time",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("weekday", SmallInteger(), nullable=False),
    Column("start_minute", SmallInteger(), nullable=False),
    Column("end_minute", SmallInteger(), nullable=False),
    office_wide=True,
)

# Days away (`away`), and days on which somebody would rather not go (`wish`).
absence = make_table(
    "absence",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    office_wide=True,
)

# How far each site is for somebody, from 0 (near) to 3, and whether they can't visit there.
travel = make_table(
    "travel",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("distance", SmallInteger(), nullable=False),
    Column("excluded", Boolean(create_constraint=True, name="excluded"), nullable=False),
    office_wide=True,
)

plan = make_table(
    "plan",
    Column("start_on", Date(), nullable=False),
    Column("weeks", SmallInteger(), nullable=False),
    Column("state", String(20), nullable=False),
    Column("made_at", StoredTime(), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("proven", String(400), nullable=False, server_default=""),
    office_wide=True,
)

# `day`, `minute` and `cell` are empty where the pair alone knows them.
planned_visit = make_table(
    "planned_visit",
    Column("plan_id", Uuid(), ForeignKey("plan.id"), nullable=False, index=True),
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("span_start", Date(), nullable=False),
    Column("span_end", Date(), nullable=False),
    Column("day", Date()),
    Column("minute", SmallInteger()),
    Column("cell", SmallInteger()),
    Column("first_id", Uuid(), ForeignKey("person.id")),
    Column("second_id", Uuid(), ForeignKey("person.id")),
    Column("pinned", Boolean(create_constraint=True, name="pinned"), nullable=False),
    Column("by_hand", Boolean(create_constraint=True, name="by_hand"), nullable=False),
    Column("cancelled", Boolean(create_constraint=True, name="cancelled"), nullable=False),
    Column("mode", String(20), nullable=False),
    Column("why_office", String(20)),
    Column("stood_down", Boolean()),
    Column("law", String(20), nullable=False, server_default="timeslots"),
    Column("moved_at", StoredTime()),
    CheckConstraint("span_start <= day AND day <= span_end", name="within_span"),
    CheckConstraint("0 <= minute AND minute < 1440", name="minute"),
)

# What the pair of a week draws its visits from, as it was frozen and sent to both of its copies.
# `inputs` are JSON; the moments themselves can't be computed here.
pair_draw = make_table(
    "pair_draw",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("first_id", Uuid(), ForeignKey("person.id"), nullable=False),
    Column("second_id", Uuid(), ForeignKey("person.id"), nullable=False),
    Column("first_copy_id", Uuid(), ForeignKey("other_copy.id"), nullable=False),
    Column("second_copy_id", Uuid(), ForeignKey("other_copy.id"), nullable=False),
    Column("frozen_on", Date(), nullable=False),
    Column("visit_ids", Text(), nullable=False),
    Column("inputs", Text(), nullable=False),
    UniqueConstraint("site_id", "start_on"),
)

# What a person's latest calendar file says of a visit: its week and partner, never its moment.
# The visit itself may be gone, as when weeks are planned again.
calendar_entry = make_table(
    "calendar_entry",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("planned_id", Uuid(), nullable=False),
    Column("partner_id", Uuid(), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("sequence", SmallInteger(), nullable=False),
    Column("cancelled", Boolean(), nullable=False),
)

# Who was given what of a visit and when: its week and partner, never its moment. Rows are added and
# never changed; the visit itself may be gone.
plan_notice = make_table(
    "plan_notice",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("planned_id", Uuid(), nullable=False),
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("partner_id", Uuid(), ForeignKey("person.id"), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", StoredTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
)

# A rota that was handed out: to everybody, or to one person. `listed` is JSON: the pairs of each
# site and week that it shows, never a moment. Rows are added and never changed.
rota_notice = make_table(
    "rota_notice",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("person_id", Uuid(), ForeignKey("person.id")),
    Column("form", String(20), nullable=False),
    Column("listed", Text(), nullable=False),
    Column("at", StoredTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
    office_wide=True,
)

# That days and times of some weeks were drawn again; never which.
redraw = make_table(
    "redraw",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("at", StoredTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
    Column("reason", String(400), nullable=False),
    office_wide=True,
)
