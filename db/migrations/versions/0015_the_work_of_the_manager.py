"""The work of the manager: the law of plans, who was told what, meetings, hours, letters, reviews.

A frozen copy: it never follows later changes of the program's own tables.
"""

from alembic import op
from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
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
    inspect,
)

revision = "0015"
down_revision = "0014"
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
    for owner in ("office", "scheme", "person", "site", "visit", "issue"):
        Table(owner, known, Column("id", Uuid(), primary_key=True))
    return known


metadata = _metadata()


def _table(
    name: str,
    *columns: Column | Index | UniqueConstraint | CheckConstraint,  # type: ignore[type-arg]
    office_wide: bool = False,
) -> Table:
    return Table(
        name,
        metadata,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


_IMPORT_LAYOUT = _table(
    "import_layout",
    Column("shape", String(64), nullable=False, unique=True),
    Column("content", Text(), nullable=False),
    Column("saved_at", DateTime(), nullable=False),
    Column("saved_by", String(200), nullable=False),
    office_wide=True,
)
_MEETING = _table(
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
_ATTENDANCE = _table(
    "attendance",
    Column("meeting_id", Uuid(), ForeignKey("meeting.id"), nullable=False, index=True),
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("is_present", Boolean(), nullable=False),
    office_wide=True,
)
_MEETING_ACTION = _table(
    "meeting_action",
    Column("meeting_id", Uuid(), ForeignKey("meeting.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("what", Text(), nullable=False),
    Column("owner", String(200), nullable=False, server_default=""),
    Column("due_on", Date()),
    Column("done_on", Date()),
    office_wide=True,
)

_OFFICE_ISSUE = _table(
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
    Column("opened_at", DateTime(), nullable=False),
    Column("kept", Text(), nullable=False, server_default="[]"),
)

_OFFICE_ISSUE_STEP = _table(
    "office_issue_step",
    Column("issue_id", Uuid(), ForeignKey("office_issue.id"), nullable=False, index=True),
    Column("position", SmallInteger(), nullable=False),
    Column("status", String(40), nullable=False),
    Column("words", Text(), nullable=False, server_default=""),
    Column("said_by", String(200), nullable=False, server_default=""),
    Column("on_day", Date(), nullable=False),
    Column("entered_at", DateTime(), nullable=False),
    Column("entered_by", String(200), nullable=False),
    Column("kept", Text(), nullable=False, server_default="[]"),
)
_PLAN_NOTICE = _table(
    "plan_notice",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("planned_id", Uuid(), nullable=False),
    Column("site_id", Uuid(), ForeignKey("site.id"), nullable=False),
    Column("partner_id", Uuid(), ForeignKey("person.id"), nullable=False),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("kind", String(20), nullable=False),
    Column("at", DateTime(), nullable=False),
    Column("by_whom", String(200), nullable=False),
)

_TABLES: tuple[Table, ...] = (
    _IMPORT_LAYOUT,
    _MEETING,
    _ATTENDANCE,
    _MEETING_ACTION,
    _OFFICE_ISSUE,
    _OFFICE_ISSUE_STEP,
    _PLAN_NOTICE,
)
_COLUMNS: tuple[tuple[str, Column], ...] = (  # type: ignore[type-arg]
    ("visit", Column("day_only", Boolean(), nullable=False, server_default="0")),
    ("scheme", Column("law", String(20))),
    ("planned_visit", Column("law", String(20), nullable=False, server_default="timeslots")),
    ("planned_visit", Column("moved_at", DateTime())),
    ("office", Column("word_template", LargeBinary())),
    ("office", Column("numbers_paragraphs", Boolean())),
)
_VISIT_COUNTING = (
    *("site_id", "state", "local_date", "type", "status", "mode", "weekday", "minute"),
    "day_only",
)
"""What counting by timeslot reads, in the order of the index that answers it alone."""


def upgrade() -> None:
    look = inspect(op.get_bind())
    for new in _TABLES:
        new.create(op.get_bind(), checkfirst=True)
    for name, new_column in _COLUMNS:
        if new_column.name not in {column["name"] for column in look.get_columns(name)}:
            op.add_column(name, new_column)
    _index_visits(_VISIT_COUNTING)


def _index_visits(columns: tuple[str, ...]) -> None:
    op.drop_index("ix_visit_counting", "visit")
    op.create_index("ix_visit_counting", "visit", list(columns))


def downgrade() -> None:
    _index_visits(_VISIT_COUNTING[:-1])
    for name, new_column in reversed(_COLUMNS):
        op.drop_column(name, new_column.name)
    for new in reversed(_TABLES):
        op.drop_table(new.name)
