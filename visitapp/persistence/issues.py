"""Issues of all reports: searches and lists them, and stores the steps taken about them."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, Row, Table, func, insert, select, true, update

from visitapp.domain.errors import ConflictError
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import NewStep, Step
from visitapp.domain.moment import Moment, from_stored_text
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report.issue import Issue, days_to_answer
from visitapp.domain.report.kept_words import as_plain
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.visit_codes import AT_ONCE, State
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.counting import Scope
from visitapp.persistence.issue_counts import (
    CATEGORY,
    CLOSED_ON,
    IS_CONCERN,
    IS_OPEN,
    IS_POSITIVE,
    JOINED,
    STANDINGS,
    STATUS,
    filters,
)
from visitapp.persistence.stored_json import from_json, to_json

_COLUMNS = (
    t.issue,
    t.visit.c.ref,
    t.visit.c.site_id,
    t.visit.c.arrived_utc,
    t.visit.c.arrived_offset,
    t.visit.c.scheme_id.label("visit_scheme_id"),
    t.site.c.name.label("site_name"),
    STATUS.c.label.label("status_label"),
    CATEGORY.c.label.label("category_label"),
    func.coalesce(IS_OPEN, False).label("is_open"),
    func.coalesce(IS_POSITIVE, False).label("is_positive"),
)
RECORDED_MEANWHILE = "Someone else has recorded something about this issue. Look at it again first."
_LINES = select(*_COLUMNS).select_from(JOINED)
_OLDEST = (t.visit.c.arrived_utc, t.issue.c.position, t.issue.c.id)
_NEWEST = (t.visit.c.arrived_utc.desc(), t.issue.c.position, t.issue.c.id)
_ORDERS: dict[IssueStanding, tuple[ColumnElement[Any], ...]] = {
    IssueStanding.OPEN: _OLDEST,
    IssueStanding.CLOSED: (CLOSED_ON.desc(), *_NEWEST),
    IssueStanding.ALL: _OLDEST,
    IssueStanding.POSITIVE: _NEWEST,
}


def lines(
    connection: Connection, query: IssueQuery, schemes: Sequence[Scheme], today: date
) -> list[IssueLine]:
    """Some issues of reports that count: open ones oldest first, closed ones newest first."""
    rows = connection.execute(
        _LINES.where(*filters(connection, query), STANDINGS[query.standing])
        .order_by(*_ORDERS[query.standing])
        .limit(query.limit)
        .offset(query.offset)
    )
    limits = {scheme.id: scheme.issue_days for scheme in schemes}
    return [_line(row, limits, today) for row in rows]


def lines_in(
    connection: Connection, scope: Scope, standing: IssueStanding, scheme: Scheme, today: date
) -> list[IssueLine]:
    """The issues of counted visits, in the order of `lines`, without allegations."""
    rows = connection.execute(
        _LINES.where(*scope.attempted(), STANDINGS[standing], t.issue.c.severity < AT_ONCE)
        .order_by(*_ORDERS[standing])
    )  # fmt: skip
    return [_line(row, {scheme.id: scheme.issue_days}, today) for row in rows]


def to_answer(
    connection: Connection, scope: Scope, scheme: Scheme, today: date, most: int
) -> tuple[list[IssueLine], int]:
    """Concerns of counted visits that were not put right there, without allegations: at most
    `most`, the most serious first, then the oldest. And how many there are."""
    chosen = (
        *scope.attempted(),
        IS_CONCERN,
        t.issue.c.resolved_during_visit.is_(False),
        t.issue.c.severity < AT_ONCE,
    )
    query = _LINES.where(*chosen).order_by(t.issue.c.severity.desc(), *_OLDEST).limit(most)
    limits = {scheme.id: scheme.issue_days}
    listed = [_line(row, limits, today) for row in connection.execute(query)]
    if len(listed) < most:
        return listed, len(listed)
    count = select(func.count()).select_from(JOINED).where(*chosen)
    return listed, int(connection.execute(count).scalar_one())


def line(
    connection: Connection, issue_id: UUID, schemes: Sequence[Scheme], today: date
) -> IssueLine | None:
    """One issue of a report that counts."""
    row = connection.execute(
        _LINES.where(t.issue.c.id == issue_id, t.visit.c.state == State.LOCKED.value)
    ).first()
    limits = {scheme.id: scheme.issue_days for scheme in schemes}
    return None if row is None else _line(row, limits, today)


def _line(row: Row[Any], limits: dict[UUID, int], today: date) -> IssueLine:
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


def steps(connection: Connection, issue_ids: Sequence[UUID]) -> dict[UUID, tuple[Step, ...]]:
    """The steps of issues in the order of recording."""
    return _steps(connection, rt.issue_step.c.issue_id.in_(issue_ids))


def every_step(connection: Connection) -> dict[UUID, tuple[Step, ...]]:
    """The steps of all issues in the file, in the order of recording."""
    return _steps(connection, true())


def _steps(connection: Connection, which: ColumnElement[bool]) -> dict[UUID, tuple[Step, ...]]:
    return steps_in(connection, rt.issue_step, which)


def steps_in(
    connection: Connection, table: Table, which: ColumnElement[bool]
) -> dict[UUID, tuple[Step, ...]]:
    """The steps of one of the tables of steps, in the order of recording."""
    by_issue: dict[UUID, tuple[Step, ...]] = defaultdict(tuple)
    query = select(table).where(which).order_by(table.c.position)
    for row in connection.execute(query):
        by_issue[row.issue_id] += (_step(row),)
    return dict(by_issue)


def _step(row: Row[Any]) -> Step:
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
    connection: Connection,
    scheme_id: UUID,
    issue_id: UUID,
    new: Sequence[Step],
    before: int = 0,
    table: Table = rt.issue_step,
) -> None:
    """Write steps that follow the `before` ones an issue already has."""
    if new:
        connection.execute(
            insert(table),
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
        raise ConflictError(RECORDED_MEANWHILE)


def recorded(new: NewStep, at: datetime, by: str) -> Step:
    """A new step with the time and the person who recorded it."""
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
