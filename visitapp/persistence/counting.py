"""Counts visits in SQL, with grouped queries over indexed columns, never visit by visit.

Visits count if they are signed, not withdrawn and not of a training type. All of them were
attempted; those without a status of the groups `NOT_MADE` were made, in person or remotely. The
caller passes the grids and limits in force at the time of counting.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    or_,
    select,
)

from visitapp.domain.office.codes import CountingCodes
from visitapp.domain.office.grid import Band, DayGroup
from visitapp.domain.office.scheme import Rate, Scheme
from visitapp.domain.period import Period
from visitapp.domain.report.visit import COMPLETED, FACE_TO_FACE, AccessBand, State
from visitapp.domain.year.coverage import SiteCoverage, empty_counts
from visitapp.persistence import tables as t
from visitapp.persistence.places import CountedSite

_NO_RATE = -1
_OUTSIDE: ColumnElement[int] = literal_column("-1000000")


@dataclass(frozen=True, slots=True)
class Scope:
    """Which visits are counted: those of a scheme in a period, without training."""

    scheme_id: UUID
    period: Period
    codes: CountingCodes

    def attempted(self) -> list[ColumnElement[bool]]:
        """Every counted visit, for a query."""
        return [
            t.visit.c.scheme_id == self.scheme_id,
            *_attempted(self.period.start, self.period.end, self.codes),
        ]

    def completed(self) -> list[ColumnElement[bool]]:
        """Visits that were made, for a query."""
        return [*self.attempted(), t.visit.c.status.not_in(self.codes.not_made)]


def _attempted(start: Any, end: Any, codes: CountingCodes) -> list[ColumnElement[bool]]:
    return [
        t.visit.c.state == State.LOCKED.value,
        t.visit.c.local_date.between(start, end),
        t.visit.c.type.not_in(codes.training),
    ]


def completed_at_site(codes: CountingCodes) -> list[ColumnElement[bool]]:
    """Visits made in person, which alone fill a timeslot, for a query."""
    status = t.visit.c.status
    was_made = or_(status == COMPLETED, status.not_in(codes.not_made))  # nearly all were completed
    return [was_made, t.visit.c.mode == FACE_TO_FACE]


def arrivals(connection: Connection, period: Period, place: CountedSite) -> list[tuple[date, int]]:
    """Local day and minute of the day of every visit made at a site, in order."""
    query = (
        select(t.visit.c.local_date, t.visit.c.minute)
        .where(
            t.visit.c.site_id == place.site_id,
            *_attempted(period.start, period.end, place.codes),
            *completed_at_site(place.codes),
        )
        .order_by(t.visit.c.local_date, t.visit.c.minute)
    )
    return [(day, minute) for day, minute in connection.execute(query)]


def coverage(connection: Connection, period: Period, place: CountedSite) -> SiteCoverage:
    """Visits made at a site by timeslot of its grid."""
    grid = place.grid
    query = _by_timeslot(grid.days, grid.bands, place.codes)
    wanted = {"site": place.site_id, "start": period.start, "end": period.end}
    counts, outside = empty_counts(grid), 0
    for cell, number in connection.execute(query, wanted):
        if cell < 0:
            outside += number
        else:
            row, column = divmod(cell, len(grid.bands))
            counts[row][column] = number
    return SiteCoverage(
        site_id=place.site_id,
        site_name=place.name,
        grid=grid,
        counts=tuple(tuple(row) for row in counts),
        outside=outside,
        site_cells=place.cells,
    )


@lru_cache(maxsize=32)
def _by_timeslot(
    days: tuple[DayGroup, ...], bands: tuple[Band, ...], codes: CountingCodes
) -> Select[int, int]:
    """The query that counts one site. Cells are numbered row by row; outside the grid, below 0.

    It is made for speed: the statement is cached, since building it takes as long as counting a
    year; its numbers are literals, not parameters; and it groups by one integer, which SQLite sorts
    several times as fast as text.
    """
    weekday, minute = t.visit.c.weekday, t.visit.c.minute
    first_of_row = case(
        *(
            (literal_column(str(day)), literal_column(str(row * len(bands))))
            for row, group in enumerate(days)
            for day in group.weekdays
        ),
        value=weekday,
        else_=_OUTSIDE,
    )
    column = case(*_steps(minute, bands), else_=_OUTSIDE)
    cell = (first_of_row + column).label("cell")
    return (
        select(cell, func.count())
        .where(
            t.visit.c.site_id == bindparam("site"),
            *_attempted(bindparam("start"), bindparam("end"), codes),
            *completed_at_site(codes),
        )
        .group_by(cell)
    )


def _steps(
    minute: ColumnElement[int], bands: Sequence[Band]
) -> Iterator[tuple[ColumnElement[bool], ColumnElement[int]]]:
    """The bands in order. They adjoin, so comparing with the end of each is enough."""
    reached = 0
    for column, band in enumerate(bands):
        if reached < band.start:
            yield minute < literal_column(str(band.start)), _OUTSIDE
        yield minute < literal_column(str(band.end)), literal_column(str(column))
        reached = band.end


def visits_by_day(
    connection: Connection, scope: Scope, *, in_person: bool = False
) -> dict[UUID, dict[date, int]]:
    """Visits made to each site by local date; days without a visit are left out. `in_person`
    leaves out visits by telephone and video."""
    numbers: dict[UUID, dict[date, int]] = defaultdict(dict)
    conditions = [*scope.completed(), *([t.visit.c.mode == FACE_TO_FACE] if in_person else [])]
    query = (
        select(t.visit.c.site_id, t.visit.c.local_date, func.count())
        .where(*conditions)
        .group_by(t.visit.c.site_id, t.visit.c.local_date)
    )
    for site_id, day, number in connection.execute(query):
        numbers[site_id][day] = number
    return numbers


@dataclass(frozen=True, slots=True)
class AttemptCount:
    """`number` visits to a site that ended the same way and were made by the same mode."""

    site_id: UUID
    status: str
    mode: str
    number: int


def attempts(connection: Connection, scope: Scope) -> list[AttemptCount]:
    """Every counted visit, by site, how it ended and mode."""
    grouped = (t.visit.c.site_id, t.visit.c.status, t.visit.c.mode)
    query = select(*grouped, func.count()).where(*scope.attempted()).group_by(*grouped)
    return [AttemptCount(*row) for row in connection.execute(query)]


def access(connection: Connection, scope: Scope, scheme: Scheme) -> dict[AccessBand, int]:
    """Visits by wait for access, by the scheme's limits."""
    wait = t.visit.c.wait_minutes
    band = case(
        (t.visit.c.mode != FACE_TO_FACE, literal(AccessBand.NOT_APPLICABLE.value)),
        (
            and_(wait.is_(None), t.visit.c.status.not_in(scope.codes.not_made)),
            literal(AccessBand.UNKNOWN.value),
        ),
        (wait.is_(None), literal(AccessBand.NOT_ADMITTED.value)),
        (wait <= scheme.immediate_limit, literal(AccessBand.IMMEDIATE.value)),
        (wait <= scheme.delay_limit, literal(AccessBand.DELAY.value)),
        else_=literal(AccessBand.LONG.value),
    ).label("band")
    query = select(band, func.count()).where(*scope.attempted()).group_by(band)
    numbers = {AccessBand(name): number for name, number in connection.execute(query)}
    return {name: numbers.get(name, 0) for name in AccessBand}


def delay_reasons(connection: Connection, scope: Scope, scheme: Scheme) -> dict[str | None, int]:
    """Waits beyond the first limit at visits in person, by reason (None: not recorded)."""
    query = (
        select(t.visit.c.delay_reason, func.count())
        .where(
            *scope.attempted(),
            t.visit.c.mode == FACE_TO_FACE,
            t.visit.c.wait_minutes > scheme.immediate_limit,
        )
        .group_by(t.visit.c.delay_reason)
    )
    return {reason: number for reason, number in connection.execute(query)}  # noqa: C416 - rows


def minutes(
    connection: Connection, scope: Scope, rates: Sequence[Rate]
) -> tuple[list[tuple[int, Decimal | None]], int]:
    """Volunteers' minutes with the rate in force on the visit's day, and how many visits
    have no leaving time."""
    newest_first = sorted(rates, key=lambda rate: rate.from_on, reverse=True)
    chosen: ColumnElement[Any] = literal(_NO_RATE)
    if newest_first:
        chosen = case(
            *(
                (t.visit.c.local_date >= rate.from_on, literal(index))
                for index, rate in enumerate(newest_first)
            ),
            else_=literal(_NO_RATE),
        )
    chosen = chosen.label("rate")
    query = (
        select(
            chosen,
            func.sum(t.visit.c.volunteer_minutes),
            func.sum(case((t.visit.c.left_utc.is_(None), 1), else_=0)),
        )
        .where(*scope.attempted())
        .group_by(chosen)
    )
    worked: list[tuple[int, Decimal | None]] = []
    unknown = 0
    for index, total, without in connection.execute(query):
        rate = None if index == _NO_RATE else newest_first[index].gbp_per_hour
        worked.append((int(total), rate))
        unknown += int(without)
    return worked, unknown


def uncounted(connection: Connection, scope: Scope) -> int:
    """Visits made at which nobody counted the detainees, or animals, present."""
    query = select(func.count()).where(
        *scope.completed(),
        t.visit.c.present.is_(None),
        ~exists().where(t.outcome_count.c.visit_id == t.visit.c.id),
    )
    return connection.execute(query).scalar_one()


def outcomes(connection: Connection, scope: Scope) -> dict[tuple[str, str | None], int]:
    """Detainees or animals by (outcome, reason)."""
    query = (
        select(
            t.outcome_count.c.outcome,
            t.outcome_count.c.reason,
            func.sum(t.outcome_count.c.number),
        )
        .join(t.visit, t.visit.c.id == t.outcome_count.c.visit_id)
        .where(*scope.attempted())
        .group_by(t.outcome_count.c.outcome, t.outcome_count.c.reason)
    )
    return {(outcome, reason): int(number) for outcome, reason, number in connection.execute(query)}


def seen_by(
    connection: Connection, scope: Scope, seen_outcomes: Sequence[str], detail: str
) -> dict[str | None, int]:
    """Those seen, by `gender`, `age_group` or `ethnicity` (None: not recorded)."""
    column = t.outcome_count.c[detail]
    query = (
        select(column, func.sum(t.outcome_count.c.number))
        .join(t.visit, t.visit.c.id == t.outcome_count.c.visit_id)
        .where(*scope.attempted(), t.outcome_count.c.outcome.in_(seen_outcomes))
        .group_by(column)
    )
    return {value: int(number) for value, number in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class IssueCount:
    """`number` issues of one category that ended the same way."""

    category: str
    resolved_during_visit: bool
    status: str
    number: int


def issues(connection: Connection, scope: Scope) -> list[IssueCount]:
    """Issues by category and how they ended."""
    grouped = (t.issue.c.category, t.issue.c.resolved_during_visit, t.issue.c.status)
    query = (
        select(*grouped, func.count())
        .join(t.visit, t.visit.c.id == t.issue.c.visit_id)
        .where(*scope.attempted())
        .group_by(*grouped)
    )
    return [IssueCount(*row) for row in connection.execute(query)]


def without_issues(connection: Connection, scope: Scope) -> int:
    """Visits whose issues are unknown: they were imported without a list of issues."""
    query = (
        select(func.count())
        .select_from(t.visit.join(t.batch, t.batch.c.id == t.visit.c.batch_id))
        .where(*scope.attempted(), t.batch.c.without_issues)
    )
    return connection.execute(query).scalar_one()


def issues_by_day(connection: Connection, scope: Scope) -> dict[tuple[date, str], int]:
    """Issues by the date of their visit and category."""
    grouped = (t.visit.c.local_date, t.issue.c.category)
    query = (
        select(*grouped, func.count())
        .join(t.issue, t.issue.c.visit_id == t.visit.c.id)
        .where(*scope.attempted())
        .group_by(*grouped)
    )
    return {(day, category): number for day, category, number in connection.execute(query)}


@dataclass(frozen=True, slots=True)
class Counts:
    """What is counted of one scheme in one period; `seen_by` has the details asked for."""

    coverage: tuple[SiteCoverage, ...]
    attempts: Sequence[AttemptCount]
    access: Mapping[AccessBand, int]
    delay_reasons: Mapping[str | None, int]
    worked: Sequence[tuple[int, Decimal | None]]
    without_leaving: int
    uncounted: int
    outcomes: Mapping[tuple[str, str | None], int]
    seen_by: Mapping[str, Mapping[str | None, int]]
    issues: Sequence[IssueCount]
    issues_by_day: Mapping[tuple[date, str], int]
    without_issues: int


def counts(
    connection: Connection,
    scheme: Scheme,
    scope: Scope,
    places: Sequence[CountedSite],
    rates: Sequence[Rate],
    seen_outcomes: Sequence[str],
    details: Sequence[str],
) -> Counts:
    """Count a scheme; the coverage is in the order of `places`."""
    worked, without_leaving = minutes(connection, scope, rates)
    return Counts(
        coverage=tuple(coverage(connection, scope.period, place) for place in places),
        attempts=attempts(connection, scope),
        access=access(connection, scope, scheme),
        delay_reasons=delay_reasons(connection, scope, scheme),
        worked=worked,
        without_leaving=without_leaving,
        uncounted=uncounted(connection, scope),
        outcomes=outcomes(connection, scope),
        seen_by={d: seen_by(connection, scope, seen_outcomes, d) for d in details},
        issues=issues(connection, scope),
        issues_by_day=issues_by_day(connection, scope),
        without_issues=without_issues(connection, scope),
    )
