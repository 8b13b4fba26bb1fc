"""What copies of a pair share, who read what, and what became of visits attempted.

A frozen copy: it never follows later changes of the program's own tables.
"""

from collections.abc import Sequence

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    ColumnElement,
    Date,
    DateTime,
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
    column,
    insert,
    inspect,
    select,
    table,
    true,
    update,
)

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def _metadata() -> MetaData:
    """The tables that others belong to."""
    known = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    for owner in ("office", "scheme", "person", "site", "plan", "other_copy", "visit"):
        Table(owner, known, Column("id", Uuid(), primary_key=True))
    return known


metadata = _metadata()


def _table(
    name: str,
    *columns: Column | Index | UniqueConstraint | CheckConstraint,  # type: ignore[type-arg]
    office_wide: bool = False,
    known: MetaData = metadata,
) -> Table:
    return Table(
        name,
        known,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


def _planned_visit(*more: Column, may_be_empty: bool) -> Table:  # type: ignore[type-arg]
    """Planned visits, whose day and time may be empty where they are the pair's alone."""
    return _table(
        "planned_visit",
        Column("plan_id", Uuid(), ForeignKey("plan.id"), nullable=False, index=True),
        Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
        Column("span_start", Date(), nullable=False),
        Column("span_end", Date(), nullable=False),
        Column("day", Date(), nullable=may_be_empty),
        Column("minute", SmallInteger(), nullable=may_be_empty),
        Column("cell", SmallInteger(), nullable=may_be_empty),
        Column("first_id", Uuid(), ForeignKey("person.id")),
        Column("second_id", Uuid(), ForeignKey("person.id")),
        Column("pinned", Boolean(create_constraint=True, name="pinned"), nullable=False),
        Column("by_hand", Boolean(create_constraint=True, name="by_hand"), nullable=False),
        Column("cancelled", Boolean(create_constraint=True, name="cancelled"), nullable=False),
        Column("mode", String(20), nullable=False),
        *more,
        CheckConstraint("span_start <= day AND day <= span_end", name="within_span"),
        CheckConstraint("0 <= minute AND minute < 1440", name="minute"),
        known=_metadata(),
    )


_TABLES: tuple[Table, ...] = (
    _table(
        "partner_report",
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
        Column("revision", Integer(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("content", LargeBinary()),
        Column("answers", Text(), nullable=False, server_default="[]"),
        Column("accepted_at", DateTime()),
    ),
    _table(
        "partner_answer",
        Column("report_id", Uuid(), nullable=False, index=True),
        Column("edition_id", Uuid(), nullable=False),
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
        Column("digest", String(64), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("at", DateTime(), nullable=False),
        Column("words", Text(), nullable=False, server_default=""),
        Column("looked_at", DateTime()),
    ),
    _table(
        "reduced_report",
        Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
        Column("day", Date(), nullable=False),
        Column("ref", String(80), nullable=False),
        Column("revision", Integer(), nullable=False),
        Column("accepted_at", DateTime(), nullable=False),
        Column("reduced_at", DateTime(), nullable=False),
    ),
    _table(
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
    ),
    _table(
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
    ),
    _table(
        "earlier_keys",
        Column("sealing_seed", LargeBinary(), nullable=False),
        Column("signing_seed", LargeBinary(), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("replaced_at", DateTime(), nullable=False),
        office_wide=True,
    ),
    _table(
        "succession",
        Column("number", Integer(), nullable=False),
        Column("handed_over_at", DateTime(), nullable=False),
        Column("handed_over_by", String(200), nullable=False),
        Column("successor", String(200), nullable=False, server_default=""),
        Column("followed_at", DateTime()),
        Column("ended_at", DateTime()),
        office_wide=True,
    ),
    _table(
        "refusal_answer",
        Column("visit_id", Uuid(), ForeignKey("visit.id"), nullable=False),
        Column("words", Text(), nullable=False),
        Column("answered_at", DateTime(), nullable=False),
        Column("answered_by", String(200), nullable=False),
        UniqueConstraint("visit_id"),
    ),
    _table(
        "access_entry",
        Column("position", Integer(), nullable=False),
        Column("at", DateTime(), nullable=False, index=True),
        Column("by_whom", String(200), nullable=False),
        Column("role", String(20), nullable=False),
        Column("kind", String(20), nullable=False),
        Column("deed", String(20), nullable=False),
        Column("number", Integer(), nullable=False),
        Column("digest", String(64), nullable=False),
        UniqueConstraint("position"),
        office_wide=True,
    ),
    _table(
        "site_briefing",
        Column("content", LargeBinary(), nullable=False),
        Column("as_of", Date(), nullable=False),
    ),
    _table(
        "availability_entry",
        Column("at", DateTime(), nullable=False),
        Column("by_self", Boolean(), nullable=False),
        Column("seen_at", DateTime()),
        Column("standing", String(20), nullable=False),
        Column("other", LargeBinary()),
        Column("other_at", DateTime()),
        office_wide=True,
    ),
    _table(
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
    ),
    _table(
        "site_target",
        Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False, index=True),
        Column("from_on", Date()),
        Column("rule", String(20), nullable=False),
        Column("number", SmallInteger(), nullable=False),
        Column("unit", String(20), nullable=False),
        UniqueConstraint("site_id", "from_on"),
    ),
    _table(
        "counted_visit",
        Column("site_id", Uuid(), nullable=False),
        Column("day", Date(), nullable=False),
        Column("minutes", Integer()),
    ),
)

# What reports say, laid out for counting: for each report, and added up for each month and site.
# They repeat the reports, so they have no ids or versions. The program fills them when it upgrades
# a file.
_ANSWERS: tuple[Table, ...] = (
    Table(
        "counted_answer",
        MetaData(),
        Column("visit_id", Uuid(), primary_key=True),
        Column("question", String(40), primary_key=True),
        Column("meaning", SmallInteger(), primary_key=True),
        Column("code", String(40), primary_key=True),
        Column("value", Integer(), primary_key=True),
        Column("number", Integer(), nullable=False),
        sqlite_with_rowid=False,
    ),
    Table(
        "counted_month",
        MetaData(),
        Column("month", Date(), primary_key=True),
        Column("question", String(40), primary_key=True),
        Column("meaning", SmallInteger(), primary_key=True),
        Column("code", String(40), primary_key=True),
        Column("site_id", Uuid(), primary_key=True),
        Column("type", String(40), primary_key=True),
        Column("number", Integer(), nullable=False),
        Column("total", Integer(), nullable=False),
        Column("most", Integer(), nullable=False),
        sqlite_with_rowid=False,
    ),
)
_COLUMNS = (
    ("handed_report", Column("confirmed", Text(), nullable=False, server_default="[]")),
    ("scheme", Column("moments_to_pairs", Boolean(), nullable=False, server_default="0")),
    ("assigned_visit", Column("of_pair", Boolean(), nullable=False, server_default="0")),
    ("scheme", Column("remote_counts", Boolean())),
    (
        "scheme",
        Column("visitors_keep_days", SmallInteger(), nullable=False, server_default="90"),
    ),
)
# Until now every status of a visit counted as a visit made. The four that every file began with are
# grouped; what a scheme added goes on counting as made.
_ENDINGS = ("ABANDONED", "REFUSED_ENTRY", "SITE_CLOSED")
_COUNTED_BEFORE = ("site_id", "state", "local_date", "type", "weekday", "minute")
_COUNTED = ("site_id", "state", "local_date", "type", "status", "mode", "weekday", "minute")


def upgrade() -> None:
    look = inspect(op.get_bind())
    for new in (*_TABLES, *_ANSWERS):
        new.create(op.get_bind(), checkfirst=True)
    for name, new_column in _COLUMNS:
        if new_column.name not in {column["name"] for column in look.get_columns(name)}:
            op.add_column(name, new_column)
    why_office = Column("why_office", String(20))
    _write_anew(_planned_visit(why_office, may_be_empty=True), true())
    _group_statuses()
    _count_by(_COUNTED)


def _group_statuses() -> None:
    code = table("code", column("list_name"), column("code"), column("group_name"))
    statuses = update(code).where(code.c.list_name == "visit_status", code.c.group_name == "")
    for status in _ENDINGS:
        op.execute(statuses.where(code.c.code == status).values(group_name=status.lower()))
    op.execute(statuses.values(group_name="completed"))


def _count_by(columns: Sequence[str]) -> None:
    op.drop_index("ix_visit_counting", "visit")
    op.create_index("ix_visit_counting", "visit", list(columns))


def _write_anew(planned_visit: Table, kept: ColumnElement[bool]) -> None:
    """SQLite can't change whether a column may be empty: the table is written anew, row by row."""
    for index in planned_visit.indexes:
        op.drop_index(index.name)
    op.rename_table("planned_visit", "planned_visit_before")
    planned_visit.create(op.get_bind())
    names = [item.name for item in planned_visit.columns if item.name != "why_office"]
    before = select(table("planned_visit_before", *map(column, names))).where(kept)
    op.execute(insert(planned_visit).from_select(names, before))
    op.drop_table("planned_visit_before")


def downgrade() -> None:
    _count_by(_COUNTED_BEFORE)
    code = table("code", column("list_name"), column("group_name"))
    op.execute(update(code).where(code.c.list_name == "visit_status").values(group_name=""))
    _write_anew(_planned_visit(may_be_empty=False), column("day").is_not(None))
    for name, new_column in reversed(_COLUMNS):
        op.drop_column(name, new_column.name)
    for new in reversed((*_TABLES, *_ANSWERS)):
        op.drop_table(new.name)
