"""Issues of all reports: searches and lists them, and stores the steps taken about them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, and_, case, func, insert, or_, select, update

from visitapp.domain.errors import ConflictError
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.moment import Moment, from_stored_text
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report.issue import AT_ONCE, Issue, days_to_answer
from visitapp.domain.report.kept_words import as_plain
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.visit import State
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.counting import Scope
from visitapp.persistence.naming import ids_named
from visitapp.persistence.stored_json import from_json, to_json

if TYPE_CHECKING:  # at the start issues are only counted
    from visitapp.domain.following.issue_list import IssueLine
    from visitapp.domain.following.issue_steps import NewStep, Step

_STATUS, _CATEGORY = t.code.alias("status_code"), t.code.alias("category_code")
_JOINED = (
    t.issue.join(t.visit, t.visit.c.id == t.issue.c.visit_id)
    .join(t.site, t.site.c.id == t.visit.c.site_id)
    .outerjoin(
        _STATUS,
        and_(
            _STATUS.c.scheme_id == t.visit.c.scheme_id,
            _STATUS.c.list_name == "issue_status",
            _STATUS.c.code == t.issue.c.status,
        ),
    )
    .outerjoin(
        _CATEGORY,
        and_(
            _CATEGORY.c.scheme_id == t.visit.c.scheme_id,
            _CATEGORY.c.list_name == "issue_category",
            _CATEGORY.c.code == t.issue.c.category,
        ),
    )
)
_IS_POSITIVE = _CATEGORY.c.group_name == "positive"
_IS_CONCERN = _CATEGORY.c.group_name == "concern"
_IS_OPEN = and_(
    _IS_CONCERN, _STATUS.c.group_name == "open", t.issue.c.resolved_during_visit.is_(False)
)
_STANDINGS: dict[IssueStanding, ColumnElement[bool]] = {
    IssueStanding.OPEN: _IS_OPEN,
    IssueStanding.CLOSED: and_(_IS_CONCERN, func.coalesce(~_IS_OPEN, True)),
    IssueStanding.ALL: _IS_CONCERN,
    IssueStanding.POSITIVE: _IS_POSITIVE,
}
_STANDING = case(
    (_IS_POSITIVE, IssueStanding.POSITIVE.value), (_IS_OPEN, IssueStanding.OPEN.value),
    (_IS_CONCERN, IssueStanding.CLOSED.value), else_="",
)  # fmt: skip
_COLUMNS = (
    t.issue,
    t.visit.c.ref,
    t.visit.c.site_id,
    t.visit.c.arrived_utc,
    t.visit.c.arrived_offset,
    t.visit.c.scheme_id.label("visit_scheme_id"),
    t.site.c.name.label("site_name"),
    _STATUS.c.label.label("status_label"),
    _CATEGORY.c.label.label("category_label"),
    func.coalesce(_IS_OPEN, False).label("is_open"),
    func.coalesce(_IS_POSITIVE, False).label("is_positive"),
)
_LINES = select(*_COLUMNS).select_from(_JOINED)
_CLOSED_ON = func.coalesce(t.issue.c.closed_on, t.visit.c.local_date)
_OLDEST = (t.visit.c.arrived_utc, t.issue.c.position, t.issue.c.id)
_NEWEST = (t.visit.c.arrived_utc.desc(), t.issue.c.position, t.issue.c.id)
_ORDERS: dict[IssueStanding, tuple[ColumnElement[Any], ...]] = {
    IssueStanding.OPEN: _OLDEST,
    IssueStanding.CLOSED: (_CLOSED_ON.desc(), *_NEWEST),
    IssueStanding.ALL: _OLDEST,
    IssueStanding.POSITIVE: _NEWEST,
}


def lines(
    connection: Connection, query: IssueQuery, schemes: Sequence[Scheme], today: date
) -> "list[IssueLine]":
    """Some issues of reports that count: open ones oldest first, closed ones newest first."""
    rows = connection.execute(
        _LINES.where(*_filters(connection, query), _STANDINGS[query.standing])
        .order_by(*_ORDERS[query.standing])
        .limit(query.limit)
        .offset(query.offset)
    )
    limits = {scheme.id: scheme.issue_days for scheme in schemes}
    return [_line(row, limits, today) for row in rows]


def to_answer(
    connection: Connection, scope: Scope, scheme: Scheme, today: date, most: int
) -> "tuple[list[IssueLine], int]":
    """Concerns of counted visits that were not put right there, without allegations: at most
    `most`, the most serious first, then the oldest. And how many there are."""
    chosen = (
        *scope.attempted(),
        _IS_CONCERN,
        t.issue.c.resolved_during_visit.is_(False),
        t.issue.c.severity < AT_ONCE,
    )
    query = _LINES.where(*chosen).order_by(t.issue.c.severity.desc(), *_OLDEST).limit(most)
    limits = {scheme.id: scheme.issue_days}
    listed = [_line(row, limits, today) for row in connection.execute(query)]
    if len(listed) < most:
        return listed, len(listed)
    count = select(func.count()).select_from(_JOINED).where(*chosen)
    return listed, int(connection.execute(count).scalar_one())


def line(
    connection: Connection, issue_id: UUID, schemes: Sequence[Scheme], today: date
) -> "IssueLine | None":
    """One issue of a report that counts."""
    row = connection.execute(
        _LINES.where(t.issue.c.id == issue_id, t.visit.c.state == State.LOCKED.value)
    ).first()
    limits = {scheme.id: scheme.issue_days for scheme in schemes}
    return None if row is None else _line(row, limits, today)


def numbers(connection: Connection, query: IssueQuery) -> dict[IssueStanding, int]:
    """How many issues of each standing match the filters."""
    rows = connection.execute(
        select(_STANDING.label("standing"), func.count())
        .select_from(_JOINED)
        .where(*_filters(connection, query))
        .group_by("standing")
    )
    by_name = {name: int(number) for name, number in rows}
    counted = {standing: by_name.get(standing.value, 0) for standing in IssueStanding}
    counted[IssueStanding.ALL] = counted[IssueStanding.OPEN] + counted[IssueStanding.CLOSED]
    return counted


def overdue(
    connection: Connection,
    query: IssueQuery,
    last_days: Iterable[tuple[UUID, date]],
    today: date,
) -> int:
    """How many open issues that match the filters were raised before their scheme's last day; for
    allegations, before today."""
    late = [
        and_(t.visit.c.scheme_id == scheme_id, t.visit.c.local_date < day)
        for scheme_id, day in last_days
    ]
    if not late:
        return 0
    late.append(and_(t.issue.c.severity >= AT_ONCE, t.visit.c.local_date < today))
    return connection.execute(
        select(func.count())
        .select_from(_JOINED)
        .where(*_filters(connection, query), _IS_OPEN, or_(*late))
    ).scalar_one()


def _filters(connection: Connection, query: IssueQuery) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        t.visit.c.state == State.LOCKED.value,
        t.issue.c.severity >= query.severity,
    ]
    if query.scheme_id is not None:
        conditions.append(t.visit.c.scheme_id == query.scheme_id)
    if query.site_ids:
        conditions.append(t.visit.c.site_id.in_(query.site_ids))
    if query.categories:
        conditions.append(t.issue.c.category.in_(query.categories))
    if query.closed_since is not None:
        conditions.append(query.closed_since <= _CLOSED_ON)
    if query.of is not None:
        from visitapp.persistence.own_records import is_mine

        conditions.append(is_mine(query.of))
    conditions.extend(_mentions(connection, word) for word in query.text.split())
    return conditions


def _mentions(connection: Connection, word: str) -> ColumnElement[bool]:
    columns = (
        t.issue.c.description,
        t.issue.c.place,
        t.visit.c.ref,
        _CATEGORY.c.label,
    )
    sites = ids_named(connection, t.site, word)
    return or_(
        t.visit.c.site_id.in_(sites),
        *(column.icontains(word, autoescape=True) for column in columns),
    )


def _line(row: Row[Any], limits: dict[UUID, int], today: date) -> "IssueLine":
    from visitapp.domain.following.issue_list import IssueLine

    return IssueLine(
        issue=issue_of(row),
        visit_id=row.visit_id,
        ref=row.ref,
        scheme_id=row.visit_scheme_id,
        site_id=row.site_id,
        site_name=row.site_name,
        raised=Moment(row.arrived_utc, row.arrived_offset),
        category=row.category_label or row.category,
        status=row.status_label or row.status,
        is_open=bool(row.is_open),
        is_positive=bool(row.is_positive),
        limit=days_to_answer(row.severity, limits[row.visit_scheme_id]),
        today=today,
    )


def steps(connection: Connection, issue_ids: Sequence[UUID]) -> "dict[UUID, tuple[Step, ...]]":
    """The steps of issues in the order of recording."""
    by_issue: dict[UUID, tuple[Step, ...]] = defaultdict(tuple)
    query = (
        select(rt.issue_step)
        .where(rt.issue_step.c.issue_id.in_(issue_ids))
        .order_by(rt.issue_step.c.position)
    )
    for row in connection.execute(query):
        by_issue[row.issue_id] += (_step(row),)
    return dict(by_issue)


def _step(row: Row[Any]) -> "Step":
    from visitapp.domain.following.issue_steps import Step

    return Step(
        status=row.status,
        on=row.on_day,
        words=row.words,
        said_by=row.said_by,
        entered_at=row.entered_at,
        entered_by=row.entered_by,
        kept=tuple(
            KeptWords(
                **words
                | {
                    "question": Place.of_decision(words["question"]),
                    "kept_at": from_stored_text(words["kept_at"]),
                }
            )
            for words in from_json(row.kept, list[dict[str, Any]])
        ),
    )


def add_steps(
    connection: Connection, scheme_id: UUID, issue_id: UUID, new: "Sequence[Step]", before: int = 0
) -> None:
    """Write steps that follow the `before` ones an issue already has."""
    if new:
        connection.execute(
            insert(rt.issue_step),
            [
                {
                    "id": uuid4(),
                    "scheme_id": scheme_id,
                    "issue_id": issue_id,
                    "position": position,
                    "status": step.status,
                    "words": step.words,
                    "said_by": step.said_by,
                    "on_day": step.on,
                    "entered_at": step.entered_at,
                    "entered_by": step.entered_by,
                    "kept": to_json([as_plain(words) for words in step.kept]),
                }
                for position, step in enumerate(new, before + 1)
            ],
        )


def set_state(
    connection: Connection, issue: Issue, version: int, status: str, closed_on: date | None
) -> None:
    """Write the status of an issue that still has `version`.

    Raises ConflictError if somebody else has recorded a step.
    """
    done = connection.execute(
        update(t.issue)
        .where(t.issue.c.id == issue.id, t.issue.c.version == version)
        .values(status=status, closed_on=closed_on, version=version + 1)
    )
    if done.rowcount != 1:
        raise ConflictError(
            "Someone else has recorded something about this issue. Look at it again first."
        )


def recorded(new: "NewStep", at: datetime, by: str) -> "Step":
    """A new step with the time and the person who recorded it."""
    from visitapp.domain.following.issue_steps import Step

    return Step(new.status, new.on, new.words.strip(), new.said_by.strip(), at, by, new.kept)


def issue_of(row: Row[Any]) -> Issue:
    """The issue in a row of `issue`."""
    return Issue(
        id=row.id,
        category=row.category,
        severity=row.severity,
        origin=row.origin,
        status=row.status,
        resolved_during_visit=row.resolved_during_visit,
        description=row.description,
        raised_with=row.raised_with,
        closed_on=row.closed_on,
        place=row.place,
        question=Place.parse(row.question),
        raised_minute=row.raised_minute,
        version=row.version,
    )
