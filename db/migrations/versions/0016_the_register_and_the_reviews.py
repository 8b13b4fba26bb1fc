"""The rest of the register, and reviews of custody records.

A frozen copy: it never follows later changes of the program's own tables.
"""

from datetime import datetime
from uuid import uuid5

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
    MetaData,
    Row,
    SmallInteger,
    String,
    Table,
    TableClause,
    Text,
    UniqueConstraint,
    Uuid,
    column,
    delete,
    func,
    insert,
    inspect,
    select,
    table,
    update,
)

revision = "0016"
down_revision = "0015"
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
    for owner in ("office", "scheme", "person", "site", "visit", "issue", "meeting"):
        Table(owner, known, Column("id", Uuid(), primary_key=True))
    return known


metadata = _metadata()


def _table(
    name: str,
    *columns: Column | Index | UniqueConstraint | CheckConstraint,  # type: ignore[type-arg]
    office_wide: bool = False,
    among: MetaData = metadata,
) -> Table:
    return Table(
        name,
        among,
        Column("id", Uuid(), primary_key=True),
        Column("scheme_id", Uuid(), ForeignKey("scheme.id"), nullable=office_wide),
        Column("version", Integer(), nullable=False, server_default="1"),
        *columns,
    )


def _availability(*more: Column) -> Table:  # type: ignore[type-arg]
    return _table(
        "availability",
        Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
        Column("least", SmallInteger(), nullable=False),
        Column("most", SmallInteger(), nullable=False),
        Column("may_buddy", Boolean(create_constraint=True, name="may_buddy"), nullable=False),
        *more,
        office_wide=True,
        among=_metadata(),
    )


_RECORD_REVIEW = _table(
    "record_review",
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("panel", String(200), nullable=False, server_default=""),
    Column("outcome", Text(), nullable=False, server_default=""),
    Column("themes", Text(), nullable=False, server_default=""),
)
_REVIEWED_RECORDS = _table(
    "reviewed_records",
    Column("review_id", Uuid(), ForeignKey("record_review.id"), nullable=False, index=True),
    Column("kind", String(40), nullable=False),
    Column("number", Integer(), nullable=False),
)
_RECOMMENDATION = _table(
    "recommendation",
    Column("review_id", Uuid(), ForeignKey("record_review.id"), nullable=False, index=True),
    Column("position", Integer(), nullable=False),
    Column("what", Text(), nullable=False),
    Column("reply", Text(), nullable=False, server_default=""),
    Column("replied_by", String(200), nullable=False, server_default=""),
    Column("replied_on", Date()),
)

_CLAIM = _table(
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
    Column("entered_at", DateTime()),
    Column("approved_by", String(200), nullable=False, server_default=""),
    Column("approved_at", DateTime()),
    Column("withdrawn_by", String(200), nullable=False, server_default=""),
    Column("withdrawn_at", DateTime()),
    office_wide=True,
)
_HOURS_APPROVAL = _table(
    "hours_approval",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, index=True),
    Column("start_on", Date(), nullable=False),
    Column("end_on", Date(), nullable=False),
    Column("minutes", Integer(), nullable=False),
    Column("pence", Integer(), nullable=False),
    Column("approved_by", String(200), nullable=False),
    Column("approved_at", DateTime(), nullable=False),
    office_wide=True,
)
_MILEAGE_RATE = _table(
    "mileage_rate",
    Column("office_id", Uuid(), ForeignKey("office.id"), nullable=False, index=True),
    Column("from_on", Date(), nullable=False),
    Column("pence", SmallInteger(), nullable=False),
    office_wide=True,
)
_MEETING_EDITION = _table(
    "meeting_edition",
    Column("meeting_id", Uuid(), ForeignKey("meeting.id"), nullable=False, index=True),
    Column("edition", SmallInteger(), nullable=False),
    Column("record", Text(), nullable=False, server_default=""),
    Column("actions", Text(), nullable=False, server_default="[]"),
    Column("saved_by", String(200), nullable=False, server_default=""),
    Column("saved_at", DateTime()),
    office_wide=True,
)
_VOLUNTEER_MINIMUM = _table(
    "volunteer_minimum",
    Column("visits", SmallInteger(), nullable=False),
    Column("meetings", SmallInteger(), nullable=False),
)
_MONITORING = _table(
    "monitoring",
    Column("person_id", Uuid(), ForeignKey("person.id"), nullable=False, unique=True),
    Column("gender", String(20), nullable=False, server_default=""),
    Column("age", String(20), nullable=False, server_default=""),
    Column("ethnicity", String(20), nullable=False, server_default=""),
    Column("disability", String(20), nullable=False, server_default=""),
    Column("answered_on", Date()),
    office_wide=True,
)
_AREA_POPULATION = _table(
    "area_population",
    Column("characteristic", String(20), nullable=False, unique=True),
    Column("numbers", Text(), nullable=False),
    Column("source", String(400), nullable=False),
    office_wide=True,
)

_TABLES: tuple[Table, ...] = (
    _RECORD_REVIEW,
    _REVIEWED_RECORDS,
    _RECOMMENDATION,
    _CLAIM,
    _HOURS_APPROVAL,
    _MILEAGE_RATE,
    _VOLUNTEER_MINIMUM,
    _MONITORING,
    _AREA_POPULATION,
    _MEETING_EDITION,
)
_COLUMNS: tuple[tuple[str, Column], ...] = (  # type: ignore[type-arg]
    ("credential", Column("minutes", Integer())),
)

# -- kinds of custody records that are reviewed ------------------------------------------------

_SCHEME = table("scheme", column("id", Uuid()), column("kind"))
_CODE = table(
    "code",
    *(column(name, Uuid()) for name in ("id", "scheme_id")),
    *(column(name) for name in ("list_name", "code", "label", "position")),
)
_REVIEW_KINDS = "review_kind"
_LABELS = {
    "STRIP": "Strip search",
    "FORCE": "Use of force",
    "OVERNIGHT": "Child held overnight",
    "HEALTH": "Mental ill health",
    "OTHER": "Other",
}


def _add_review_kinds() -> None:
    """To the custody schemes that have none yet; ids as in a new file."""
    connection = op.get_bind()
    of_list = select(_CODE.c.scheme_id).where(_CODE.c.list_name == _REVIEW_KINDS)
    without = select(_SCHEME.c.id).where(_SCHEME.c.kind == "custody", _SCHEME.c.id.not_in(of_list))
    for scheme_id in connection.execute(without).scalars().all():
        for position, (code, label) in enumerate(_LABELS.items()):
            values = {"code": code, "label": label, "position": position}
            connection.execute(
                insert(_CODE).values(
                    id=uuid5(scheme_id, f"{_REVIEW_KINDS}/{code}"),
                    scheme_id=scheme_id,
                    list_name=_REVIEW_KINDS,
                    **values,
                )
            )


# -- kennels are open by status, and no longer by a tick beside availability ------------------

_ACTIVE, _TRAINING = "ACTIVE", "TRAINING"
_TICK, _BEFORE = "kennel_qualified", "availability_before"
_ACCOUNT = table("account", column("role"))
_TICKS = table("availability", column("person_id", Uuid()), column(_TICK, Boolean()))
_SITE = table("site", column("id", Uuid()), column("scheme_id", Uuid()))
_VISIT = table(
    "visit", column("id", Uuid()), column("site_id", Uuid()), column("local_date", Date())
)
_VISITOR = table("visitor", column("visit_id", Uuid()), column("person_id", Uuid()))
_LEDGER = table("ledger", column("at", DateTime()))
_MEMBERSHIP = table(
    "membership",
    *(column(name, Uuid()) for name in ("id", "scheme_id", "person_id")),
    *(column(name, Date()) for name in ("joined_on", "left_on")),
    column("status"),
    column("joined_unknown", Boolean()),
)
_STATUS_CHANGE = table(
    "status_change",
    *(column(name, Uuid()) for name in ("id", "scheme_id", "person_id")),
    column("from_on", Date()),
    column("entered_at", DateTime()),
    *(column(name) for name in ("status", "why", "entered_by")),
)


def _carry_over_ticks() -> None:
    """What a tick said is kept as a status. In a visitor's copy nobody had one.

    Who had a tick and never was in a scheme of kennels is in it now, with the status that they have
    elsewhere and a day of joining that isn't known; whoever left stays away. Who was active there
    without a tick, where others had one, is in training, and not planned for kennels as before.
    Neither changes the volunteers of a year that was published: who joined on a day that isn't
    known makes that year's number unknown, and whoever is in training counts.
    """
    connection = op.get_bind()
    if "visitor" in connection.execute(select(_ACCOUNT.c.role)).scalars():
        return
    last = connection.execute(select(func.max(_LEDGER.c.at))).scalar()
    kennels = connection.execute(select(_SCHEME.c.id).where(_SCHEME.c.kind == "animal_welfare"))
    schemes = list(kennels.scalars())
    every = connection.execute(select(_MEMBERSHIP).order_by(_MEMBERSHIP.c.joined_on)).all()
    current = [row for row in every if row.left_on is None]
    ticks = connection.execute(select(_TICKS)).all()
    ticked = {row.person_id for row in ticks if row.kennel_qualified}
    elsewhere = {row.person_id: row for row in current if row.scheme_id not in schemes}
    ever = {row.person_id for row in every if row.scheme_id in schemes}
    inside = [row for row in current if row.scheme_id in schemes]
    for person_id in sorted((ticked & elsewhere.keys()) - ever):
        for scheme_id in schemes:
            _join(person_id, scheme_id, elsewhere[person_id], last)
    without = {row.person_id for row in ticks} - ticked
    if last is not None and any(row.person_id in ticked for row in inside):
        for row in inside:
            if row.person_id in without and row.status == _ACTIVE:
                _train(row, last)


def _join(person_id: object, scheme_id: object, other: Row, last: datetime | None) -> None:
    own = (_VISITOR.c.person_id == person_id, _SITE.c.scheme_id == scheme_id)
    of_sites = _VISITOR.join(_VISIT, _VISIT.c.id == _VISITOR.c.visit_id)
    days = select(func.min(_VISIT.c.local_date)).select_from(
        of_sites.join(_SITE, _SITE.c.id == _VISIT.c.site_id)
    )
    first = op.get_bind().execute(days.where(*own)).scalar()
    known = other.joined_on if last is None else last.date()
    whose = {"person_id": person_id, "scheme_id": scheme_id, "status": other.status}
    days_of = {"joined_on": min(first or known, known), "joined_unknown": True}
    _insert(_MEMBERSHIP, whose | days_of)
    _insert(_STATUS_CHANGE, whose | {"why": "Was marked as qualified for kennels."})


def _train(row: Row, last: datetime) -> None:
    whose = {"person_id": row.person_id, "scheme_id": row.scheme_id, "status": _TRAINING}
    entered = {"from_on": last.date(), "entered_at": last, "entered_by": "visitapp"}
    _insert(_STATUS_CHANGE, whose | entered | {"why": "Was not marked as qualified for kennels."})
    own = _MEMBERSHIP.c.id == row.id
    op.get_bind().execute(update(_MEMBERSHIP).where(own).values(status=_TRAINING))


def _insert(into: TableClause, values: dict[str, object]) -> None:
    new_id = func.lower(func.hex(func.randomblob(16)))
    op.get_bind().execute(insert(into).values(id=new_id, **values))


def _renew_availability(after: Table, *values: ColumnElement[bool]) -> None:
    """SQLite can't add or drop a column that a check names, so the table is written anew, with
    these `values` in its last columns."""
    op.rename_table(after.name, _BEFORE)
    after.create(op.get_bind())
    names = [kept.name for kept in after.columns]
    before = table(_BEFORE, *map(column, names[: len(names) - len(values)]))
    op.get_bind().execute(insert(after).from_select(names, select(*before.c, *values)))
    op.drop_table(_BEFORE)


def _give_ticks_back() -> None:
    """To those who are active in a scheme of kennels."""
    of_kennels = select(_SCHEME.c.id).where(_SCHEME.c.kind == "animal_welfare")
    active = select(_MEMBERSHIP.c.person_id).where(
        _MEMBERSHIP.c.scheme_id.in_(of_kennels),
        _MEMBERSHIP.c.status == _ACTIVE,
        _MEMBERSHIP.c.left_on.is_(None),
    )
    tick = Column(_TICK, Boolean(create_constraint=True, name=_TICK), nullable=False)
    person_id = column("person_id", Uuid())
    _renew_availability(_availability(tick), person_id.in_(active))


def upgrade() -> None:
    look = inspect(op.get_bind())
    if _TICK in {column["name"] for column in look.get_columns(_TICKS.name)}:
        _carry_over_ticks()
        _renew_availability(_availability())
    for new in _TABLES:
        new.create(op.get_bind(), checkfirst=True)
    for name, new_column in _COLUMNS:
        if new_column.name not in {column["name"] for column in look.get_columns(name)}:
            op.add_column(name, new_column)
    _add_review_kinds()


def downgrade() -> None:
    op.execute(delete(_CODE).where(_CODE.c.list_name == _REVIEW_KINDS))
    _give_ticks_back()
    for name, new_column in reversed(_COLUMNS):
        op.drop_column(name, new_column.name)
    for new in reversed(_TABLES):
        op.drop_table(new.name)
