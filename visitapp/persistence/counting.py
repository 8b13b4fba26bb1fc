"""Counts visits in SQL, with grouped queries over indexed columns, never visit by visit.

Visits count if they are signed, not withdrawn and not of a training type. All of them were
attempted; those without a status of the groups `NOT_MADE` were made, in person or remotely. The
caller passes the grids and limits in force at the time of counting.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import field
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

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.codes import CountingCodes
from visitapp.domain.office.grid import Band, DayGroup
from visitapp.domain.office.scheme import Rate, Scheme
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE, AccessBand, State
from visitapp.domain.year.coverage import SiteCoverage, empty_counts
from visitapp.persistence import tables as t
from visitapp.persistence.places import CountedSite
from visitapp.persistence.waits import wait_band

_NO_RATE, _OUTSIDE, _UNTIMED = -1, -1_000_000, -3_000_000


@dataclass(frozen=True, slots=True)
class Scope:
    """Which visits are counted: those of a scheme in a period, without training; with `site_ids`,
    only those to some of its sites."""

    scheme_id: UUID
    period: Period
    codes: CountingCodes
    site_ids: frozenset[UUID] | None = None

    def attempted(self) -> list[ColumnElement[bool]]:
        """Every counted visit, for a query."""
        return [
            t.visit.c.scheme_id == self.scheme_id,
            *_attempted(self.period.start, self.period.end, self.codes),
            *([] if self.site_ids is None else [t.visit.c.site_id.in_(self.site_ids)]),
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
    """Local day and minute of every visit made at a site, in order, if its time is known."""
    query = (
        select(t.visit.c.local_date, t.visit.c.minute)
        .where(
            and_(t.visit.c.site_id == place.site_id, t.visit.c.day_only.is_(False)),
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
    counts, outside, untimed = empty_counts(grid), 0, 0
    for cell, number in connection.execute(query, wanted):
        if cell < 0:
            outside += number
            untimed += number if cell < 2 * _OUTSIDE else 0
        else:
            row, column = divmod(cell, len(grid.bands))
            counts[row][column] = number
    rows = tuple(tuple(row) for row in counts)
    return SiteCoverage(
        place.site_id, place.name, grid, rows, outside, site_cells=place.cells, untimed=untimed
    )


@lru_cache(maxsize=32)
def _by_timeslot(
    days: tuple[DayGroup, ...], bands: tuple[Band, ...], codes: CountingCodes
) -> Select[int, int]:
    """The query that counts one site. Cells are numbered row by row; outside the grid, below 0.

    It is made for speed: the statement is cached, since building it takes as long as counting a
    year; what it counts by is in its text, without parameters; and it groups by one integer, which
    SQLite sorts several times as fast as text.
    """
    rows = "".join(
        f" WHEN {day} THEN {row * len(bands)}"
        for row, group in enumerate(days)
        for day in group.weekdays
    )
    columns = "".join(f" WHEN {is_so} THEN {column}" for is_so, column in _steps(bands))
    cell: ColumnElement[int] = literal_column(
        f"CASE weekday{rows} ELSE {_OUTSIDE} END + CASE{columns} ELSE {_OUTSIDE} END"
    ).label("cell")
    return (
        select(cell, func.count())
        .where(
            t.visit.c.site_id == bindparam("site"),
            *_attempted(bindparam("start"), bindparam("end"), codes),
            *completed_at_site(codes),
        )
        .group_by(cell)
    )


def _steps(bands: Sequence[Band]) -> Iterator[tuple[str, int]]:
    """Where each band ends, with its column; and where it begins, if there is a gap before it."""
    yield "day_only", _UNTIMED
    reached = 0
    for column, band in enumerate(bands):
        if reached < band.start:
            yield f"minute < {band.start}", _OUTSIDE
        yield f"minute < {band.end}", column
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


@dataclass(slots=True)
class Counts:
    """What is counted of a site, or of several, in one period.

    `attempts` by (status, mode); `access` by wait; `delay_reasons` of waits beyond the first limit
    at visits in person (None: not recorded); `worked` has volunteers' minutes by the rate in force
    on the visit's day; `outcomes` of detainees or animals by (outcome, reason); `seen_by` has
    those seen by each detail asked for; `issues` by (category, put right during the visit, status,
    severity, origin) and `issues_by_day` by (date of the visit, category). Nobody counted those
    present at `uncounted` visits made; `without_leaving` visits have no leaving time,
    `without_issues` came from an import without a list of issues.
    """

    attempts: Counter[tuple[str, str]] = field(default_factory=Counter)
    access: Counter[AccessBand] = field(default_factory=Counter)
    delay_reasons: Counter[str | None] = field(default_factory=Counter)
    worked: Counter[Decimal | None] = field(default_factory=Counter)
    outcomes: Counter[tuple[str, str | None]] = field(default_factory=Counter)
    seen_by: defaultdict[str, Counter[str | None]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    issues: Counter[tuple[str, bool, str, int, str]] = field(default_factory=Counter)
    issues_by_day: Counter[tuple[date, str]] = field(default_factory=Counter)
    without_leaving: int = 0
    uncounted: int = 0
    without_issues: int = 0

    @classmethod
    def added(cls, parts: Iterable["Counts"]) -> "Counts":
        """The sum of several."""
        total = cls()
        for part in parts:
            for name in _COUNTERS:
                getattr(total, name).update(getattr(part, name))
            for detail, numbers in part.seen_by.items():
                total.seen_by[detail].update(numbers)
            total.without_leaving += part.without_leaving
            total.uncounted += part.uncounted
            total.without_issues += part.without_issues
        return total


_COUNTERS = (
    "attempts", "access", "delay_reasons", "worked", "outcomes", "issues", "issues_by_day",
)  # fmt: skip
BySite = defaultdict[UUID, Counts]


def counts_by_site(
    connection: Connection,
    scheme: Scheme,
    scope: Scope,
    rates: Sequence[Rate],
    seen_outcomes: Sequence[str],
    details: Sequence[str],
    *,
    in_full: bool = True,
) -> BySite:
    """Count a scheme, each of its sites apart; sites without a visit are left out. Unless asked
    `in_full`, only visits, waits and outcomes are counted."""
    by_site: BySite = defaultdict(Counts)
    _count_visits(connection, scope, by_site)
    _count_waits(connection, scope, scheme, by_site)
    _count_outcomes(connection, scope, seen_outcomes, details, by_site)
    if in_full:
        _count_what_is_lacking(connection, scope, by_site)
        _count_delay_reasons(connection, scope, scheme, by_site)
        _count_minutes(connection, scope, rates, by_site)
        _count_issues(connection, scope, by_site)
    return by_site


def attempted_sites(connection: Connection, scope: Scope) -> set[UUID]:
    """The sites that visitors called at."""
    query = select(t.visit.c.site_id).distinct().where(*scope.attempted())
    return set(connection.execute(query).scalars())


def _count_visits(connection: Connection, scope: Scope, by_site: BySite) -> None:
    visit = t.visit.c
    grouped = (visit.site_id, visit.status, visit.mode)
    query = select(*grouped, func.count()).where(*scope.attempted()).group_by(*grouped)
    for site_id, status, mode, number in connection.execute(query):
        by_site[site_id].attempts[status, mode] = number


def _count_what_is_lacking(connection: Connection, scope: Scope, by_site: BySite) -> None:
    visit = t.visit.c
    uncounted = (
        select(visit.site_id, func.count())
        .where(
            *scope.completed(),
            visit.present.is_(None),
            ~exists().where(t.outcome_count.c.visit_id == visit.id),
        )
        .group_by(visit.site_id)
    )
    for site_id, number in connection.execute(uncounted):
        by_site[site_id].uncounted = number
    without = (
        select(visit.site_id, func.count())
        .select_from(t.visit.join(t.batch, t.batch.c.id == visit.batch_id))
        .where(*scope.attempted(), t.batch.c.without_issues)
        .group_by(visit.site_id)
    )
    for site_id, number in connection.execute(without):
        by_site[site_id].without_issues = number


def _count_waits(connection: Connection, scope: Scope, scheme: Scheme, by_site: BySite) -> None:
    """Visits by wait, by the scheme's limits."""
    visit, band = t.visit.c, wait_band(scope.codes, scheme).label("band")
    query = (
        select(visit.site_id, band, func.count())
        .where(*scope.attempted())
        .group_by(visit.site_id, band)
    )
    for site_id, name, number in connection.execute(query):
        by_site[site_id].access[AccessBand(name)] = number


def _count_delay_reasons(
    connection: Connection, scope: Scope, scheme: Scheme, by_site: BySite
) -> None:
    """The reasons for waits beyond the first limit."""
    visit, wait = t.visit.c, t.visit.c.wait_minutes
    reasons = (
        select(visit.site_id, visit.delay_reason, func.count())
        .where(*scope.attempted(), visit.mode == FACE_TO_FACE, wait > scheme.immediate_limit)
        .group_by(visit.site_id, visit.delay_reason)
    )
    for site_id, reason, number in connection.execute(reasons):
        by_site[site_id].delay_reasons[reason] = number


def _count_minutes(
    connection: Connection, scope: Scope, rates: Sequence[Rate], by_site: BySite
) -> None:
    """Volunteers' minutes by rate, and visits without a leaving time."""
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
            t.visit.c.site_id,
            chosen,
            func.sum(t.visit.c.volunteer_minutes),
            func.sum(case((t.visit.c.left_utc.is_(None), 1), else_=0)),
        )
        .where(*scope.attempted())
        .group_by(t.visit.c.site_id, chosen)
    )
    for site_id, index, total, without in connection.execute(query):
        rate = None if index == _NO_RATE else newest_first[index].gbp_per_hour
        by_site[site_id].worked[rate] += int(total)
        by_site[site_id].without_leaving += int(without)


def _count_outcomes(
    connection: Connection,
    scope: Scope,
    seen_outcomes: Sequence[str],
    details: Sequence[str],
    by_site: BySite,
) -> None:
    """Outcomes, and those seen by each detail asked for: `gender`, `age_group`, `ethnicity` (None:
    not recorded). All rows of a year are read once, which is most of the time it takes."""
    outcome = t.outcome_count.c
    grouped = (
        t.visit.c.site_id,
        outcome.outcome,
        outcome.reason,
        *(outcome[detail] for detail in details),
    )
    query = (
        select(*grouped, func.sum(outcome.number))
        .select_from(t.outcome_count.join(t.visit, t.visit.c.id == outcome.visit_id))
        .where(*scope.attempted())
        .group_by(*grouped)
    )
    for site_id, code, reason, *values, number in connection.execute(query):
        counts = by_site[site_id]
        counts.outcomes[code, reason] += int(number)
        if code in seen_outcomes:
            for detail, value in zip(details, values, strict=True):
                counts.seen_by[detail][value] += int(number)


def _count_issues(connection: Connection, scope: Scope, by_site: BySite) -> None:
    joined = t.issue.join(t.visit, t.visit.c.id == t.issue.c.visit_id)
    site_id = t.visit.c.site_id
    issue = t.issue.c
    ended = (
        site_id, issue.category, issue.resolved_during_visit, issue.status, issue.severity,
        issue.origin,
    )  # fmt: skip
    by_day = (site_id, t.visit.c.local_date, t.issue.c.category)
    for grouped, name in ((ended, "issues"), (by_day, "issues_by_day")):
        query = (
            select(*grouped, func.count())
            .select_from(joined)
            .where(*scope.attempted())
            .group_by(*grouped)
        )
        for site, *key, number in connection.execute(query):
            getattr(by_site[site], name)[tuple(key)] = number
