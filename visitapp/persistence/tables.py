"""The tables, in types that SQLite and PostgreSQL share. Not to be imported from other packages.

Every row has its scheme, a UUID and a version number. `scheme_id` is NULL only if a row belongs to
the office as a whole (the office itself, its people, an import for several schemes, the texts of a
report on all schemes).
"""

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

from visitapp.persistence.stored_time import StoredTime

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def make_table(name: str, *columns: Column | Index | UniqueConstraint | CheckConstraint,  # type: ignore[type-arg]
           office_wide: bool = False) -> Table:  # fmt: skip
    return Table(
        name,
        metadata,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


# It is above its schemes, so its `scheme_id` is NULL and not a foreign key (which would be
# circular).
office = Table(
    "office",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("scheme_id", Uuid()),
    Column("version", Integer(), nullable=False, server_default="1"),
    Column("name", String(200), nullable=False),
    Column("area", String(200), nullable=False, server_default=""),
    Column("made_up_note", String(200), nullable=False, server_default=""),
    Column("today", Date()),
    Column("crest", LargeBinary()),
    Column("award_years", String(200), nullable=False, server_default=""),
    Column("word_template", LargeBinary()),
    Column("numbers_paragraphs", Boolean()),
)

# `issue_days`: until an issue is overdue; NULL means `ISSUE_DAYS`. `remote_counts`: whether visits
# by telephone or video meet the target; NULL means yes. `two_pairs`: whether two pairs are asked
# for every week; NULL means no. `law`: by which planned visits are drawn; NULL leaves it to the
# program.
scheme = Table(
    "scheme",
    metadata,
    Column("id", Uuid(), primary_key=True),
    Column("scheme_id", Uuid(), nullable=False),
    Column("version", Integer(), nullable=False, server_default="1"),
    Column("office_id", Uuid(), ForeignKey("office.id"), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("immediate_limit", SmallInteger(), nullable=False),
    Column("delay_limit", SmallInteger(), nullable=False),
    Column("issue_days", SmallInteger()),
    Column("moments_to_pairs", Boolean(), nullable=False, server_default="0"),
    Column("remote_counts", Boolean()),
    Column("visitors_keep_days", SmallInteger(), nullable=False, server_default="90"),
    Column("two_pairs", Boolean()),
    Column("law", String(20)),
    CheckConstraint("scheme_id = id", name="own_scheme"),
)

account = make_table(
    "account",
    Column("name", String(200), nullable=False),
    Column("role", String(20), nullable=False),
    office_wide=True,
)

code = make_table(
    "code",
    Column("list_name", String(40), nullable=False),
    Column("code", String(40), nullable=False),
    Column("label", String(200), nullable=False),
    Column("position", Integer(), nullable=False),
    Column("group_name", String(40), nullable=False, server_default=""),
    Column("active_from", Date()),
    Column("active_to", Date()),
    UniqueConstraint("scheme_id", "list_name", "code"),
)

grid = make_table("grid", Column("name", String(200), nullable=False))

grid_day = make_table(
    "grid_day",
    Column("grid_id", Uuid(), ForeignKey("grid.id"), nullable=False, index=True),
    Column("position", SmallInteger(), nullable=False),
    Column("label", String(80), nullable=False),
    Column("weekdays", String(7), nullable=False),
)

grid_band = make_table(
    "grid_band",
    Column("grid_id", Uuid(), ForeignKey("grid.id"), nullable=False, index=True),
    Column("position", SmallInteger(), nullable=False),
    Column("label", String(80), nullable=False),
    Column("start_minute", SmallInteger(), nullable=False),
    Column("end_minute", SmallInteger(), nullable=False),
    CheckConstraint(
        "0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440",
        name="within_a_day",
    ),
)

# `visits_a_year`, `cap` and `floor` are the manager's policy for planning (`planning.law.Policy`).
# All three are NULL if a site is visited as usual for its kind. `week_rule`: see
# `domain.plan.week_rule`; NULL means each week.
site = make_table(
    "site",
    Column("kind", String(20), nullable=False),
    Column("name", String(200), nullable=False),
    Column("cells", Integer()),
    Column("grid_id", Uuid(), ForeignKey("grid.id"), nullable=False),
    Column("position", Integer(), nullable=False, server_default="0"),
    Column("visits_a_year", SmallInteger()),
    Column("cap", Float()),
    Column("floor", Float()),
    Column("week_rule", String(20)),
    UniqueConstraint("scheme_id", "name"),
)

site_open = make_table(
    "site_open",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date()),
    Column("in_use_by", Date()),
)

# `from_on` is NULL for a target from the beginning. Before its first target a site has the one that
# is usual for its kind (`domain/office/site.py`).
site_target = make_table(
    "site_target",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("from_on", Date()),
    Column("rule", String(20), nullable=False),
    Column("number", SmallInteger(), nullable=False),
    Column("unit", String(20), nullable=False),
    UniqueConstraint("site_id", "from_on"),
)

# The dates and `tact_trained` are a person's clearance: what a pair must have for some visits.
person = make_table(
    "person",
    Column("name", String(200), nullable=False),
    Column("vetted_until", Date()),
    Column("probation_until", Date()),
    Column("tact_trained", Boolean(), nullable=False, server_default="0"),
    office_wide=True,
)

membership = make_table(
    "membership",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("joined_on", Date(), nullable=False),
    Column("left_on", Date()),
    Column("status", String(40), nullable=False),
    Column("leaving_reason", String(40)),
    Column("joined_unknown", Boolean(), nullable=False, server_default="0"),
)

batch = make_table(
    "batch",
    Column("imported_at", StoredTime(), nullable=False),
    Column("imported_by", String(200), nullable=False),
    Column("source", Text(), nullable=False),
    Column("visits", Integer(), nullable=False),
    Column("withdrawn_at", StoredTime()),
    Column("withdrawn_reason", Text(), nullable=False, server_default=""),
    Column("without_issues", Boolean(), nullable=False, server_default="0"),
    office_wide=True,
)

batch_reject = make_table(
    "batch_reject",
    Column("batch_id", Uuid(), ForeignKey("batch.id"), nullable=False, index=True),
    Column("sheet", String(40), nullable=False),
    Column("row_number", Integer(), nullable=False),
    Column("content", Text(), nullable=False),
    Column("reasons", Text(), nullable=False),
    office_wide=True,
)

# `utc_minute` columns count minutes since 1970-01-01T00:00Z. The local date, weekday (0 = Monday)
# and minute of the day of the arrival are stored as well, so that counting by timeslot needs no
# time zone. `wait_minutes` is admitted - arrived, NULL if not admitted. `day_only`: the time of day
# isn't known, and stands as noon. `signed_site_id`: see `counted_sites.py`.
_COUNTING = (
    *("site_id", "state", "local_date", "type", "status", "mode", "weekday", "minute"),
    "day_only",
)

visit = make_table(
    "visit",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("ref", String(80), nullable=False, server_default=""),
    Column("state", String(20), nullable=False),
    Column("type", String(40), nullable=False),
    Column("mode", String(40), nullable=False),
    Column("status", String(40), nullable=False),
    Column("local_date", Date(), nullable=False),
    Column("weekday", SmallInteger(), nullable=False),
    Column("minute", SmallInteger(), nullable=False),
    Column("arrived_utc", Integer(), nullable=False),
    Column("arrived_offset", SmallInteger(), nullable=False),
    Column("admitted_utc", Integer()),
    Column("admitted_offset", SmallInteger()),
    Column("left_utc", Integer()),
    Column("left_offset", SmallInteger()),
    Column("wait_minutes", Integer()),
    Column("volunteer_minutes", Integer(), nullable=False),
    Column("extra_minutes", Integer(), nullable=False, server_default="0"),
    Column("delay_reason", String(40)),
    Column("delay_explanation", Text(), nullable=False, server_default=""),
    Column("present", Integer()),
    Column("summary", Text(), nullable=False, server_default=""),
    Column("locked_at", StoredTime(), nullable=False),
    Column("replaces_id", Uuid(), ForeignKey("visit.id")),
    Column("withdrawn_at", StoredTime()),
    Column("withdrawn_reason", Text(), nullable=False, server_default=""),
    Column("batch_id", Uuid(), ForeignKey("batch.id"), index=True),
    Column("source_ref", String(200)),
    Column("source_digest", String(64), nullable=False, server_default=""),
    Column("day_only", Boolean(), nullable=False, server_default="0"),
    Column("signed_site_id", Uuid()),
    CheckConstraint("0 <= weekday AND weekday <= 6", name="weekday"),
    CheckConstraint("0 <= minute AND minute < 1440", name="minute"),
    CheckConstraint("present IS NULL OR present >= 0", name="present"),
    Index("ix_visit_counting", *_COUNTING),
    Index("ix_visit_scheme", "scheme_id", "state", "local_date"),
    Index("ix_visit_source_ref", "scheme_id", "source_ref"),
    Index("ix_visit_arrived", "site_id", "arrived_utc"),
)

visitor = make_table(
    "visitor",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("position", SmallInteger(), nullable=False),
    Column("observes", Boolean(create_constraint=True, name="observes"), nullable=False),
    Column("confirmed_name", String(200)),
    Column("confirmed_at", StoredTime()),
)

outcome_count = make_table(
    "outcome_count",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("outcome", String(40), nullable=False),
    Column("reason", String(40)),
    Column("gender", String(40)),
    Column("age_group", String(40)),
    Column("ethnicity", String(40)),
    Column("number", Integer(), nullable=False),
    CheckConstraint("number >= 0", name="number"),
)

# `place` and `question`: where it was found at the site and in the form; `raised_minute`: when
# somebody there was told.
issue = make_table(
    "issue",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("category", String(40), nullable=False),
    Column("severity", SmallInteger(), nullable=False),
    Column("origin", String(40), nullable=False),
    Column("status", String(40), nullable=False),
    Column("resolved_during_visit",
           Boolean(create_constraint=True, name="resolved_during_visit"), nullable=False),
    Column("description", Text(), nullable=False, server_default=""),
    Column("raised_with", String(200), nullable=False, server_default=""),
    Column("closed_on", Date()),
    Column("place", String(200), nullable=False, server_default=""),
    Column("question", String(80), nullable=False, server_default=""),
    Column("raised_minute", SmallInteger()),
    CheckConstraint("1 <= severity AND severity <= 4", name="severity"),
)  # fmt: skip

draft = make_table(
    "draft",
    Column("content", Text(), nullable=False),
    Column("section", String(80), nullable=False, server_default=""),
    Column("author", String(200), nullable=False, server_default=""),
    Column("saved_at", StoredTime(), nullable=False),
    Column("replaces_id", Uuid(), ForeignKey("visit.id")),
    Column("reason", Text(), nullable=False, server_default=""),
)

unfinished = make_table(
    "unfinished",
    Column("place", String(200), nullable=False),
    Column("content", Text(), nullable=False),
    Column("saved_at", StoredTime(), nullable=False),
    UniqueConstraint("place"),
)

same_visit = make_table(
    "same_visit",
    Column("first_id", Uuid(), ForeignKey("visit.id"), nullable=False),
    Column("second_id", Uuid(), ForeignKey("visit.id"), nullable=False),
    Column("decision", String(20), nullable=False),
    Column("decided_at", StoredTime(), nullable=False),
    Column("decided_by", String(200), nullable=False),
    UniqueConstraint("first_id", "second_id"),
)

refusal_answer = make_table(
    "refusal_answer",
    Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False),
    Column("words", Text(), nullable=False),
    Column("answered_at", StoredTime(), nullable=False),
    Column("answered_by", String(200), nullable=False),
    UniqueConstraint("visit_id"),
)

rate = make_table(
    "rate",
    Column("from_on", Date(), nullable=False),
    Column("pound_ten_thousandths", Integer(), nullable=False),
    UniqueConstraint("scheme_id", "from_on"),
)

throughput = make_table(
    "throughput",
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("number", Integer(), nullable=False),
    CheckConstraint("number >= 0", name="number"),
)

earlier_total = make_table(
    "earlier_total",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("figure", String(40), nullable=False),
    Column("number", Integer(), nullable=False),
    UniqueConstraint("scheme_id", "start_on", "end_on", "figure"),
)

year_text = make_table(
    "year_text",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("key", String(80), nullable=False),
    Column("text", Text(), nullable=False),
    Column("drafted", Text(), nullable=False, server_default=""),
    UniqueConstraint("start_on", "end_on", "key"),
    office_wide=True,
)

backup = make_table(
    "backup",
    Column("made_at", StoredTime(), nullable=False),
    Column("made_by", String(200), nullable=False),
    Column("target", Text(), nullable=False),
    Column("kind", String(20), nullable=False, server_default="by_hand"),
    Column("contents", String(64), nullable=False, server_default=""),
    office_wide=True,
)
