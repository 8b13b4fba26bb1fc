"""Simulated years of planned visits, and how well the strongest watcher could predict them."""

from collections import deque
from collections.abc import Collection, Container, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import chain, islice, pairwise
from random import Random

from visitapp.domain.office.target import VisitTarget
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.weeks import MONTHS_A_YEAR, SPANS_A_YEAR
from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.planning.draw import Placed, draw_known, draw_span
from visitapp.planning.law import Policy, SpanLaw
from visitapp.planning.level import law_of_span
from visitapp.planning.two_pairs import PAIRS

WEEK = 7
_DAYS = 364
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 30)
"""Their days: a simulated year has 52 weeks, a day less than a real one."""

_STOPPED = "The simulation was stopped. Nothing was saved."


@dataclass(frozen=True, slots=True)
class SimulatedVisit:
    """`year` and `week` count from 1; `weekday` from 0 = Monday; `band` from 0. In real years, the
    `year` is the one in which the reporting year begins, its first `week` may begin before it, and
    the visit has a `day`."""

    year: int
    week: int
    weekday: int
    band: int
    day: date | None = None


@dataclass(frozen=True, slots=True)
class SimulatedDay:
    """A day of a simulated year, and the timeslots in which the site can be visited on it. `day` is
    None in a year that isn't a real one."""

    year: int
    week: int
    weekday: int
    cells: tuple[int, ...]
    day: date | None = None

    @property
    def number(self) -> int:
        """Counts the days, at least within a year."""
        return WEEK * self.week + self.weekday if self.day is None else self.day.toordinal()


Span = tuple[SimulatedDay, ...]


@dataclass(slots=True)
class WatcherLog:
    """What a watcher knew before each day, shift and visit, and what then happened.

    `days` and `shifts`: (likelihood before, whether there was a visit). `best` and `worst`: the
    likelihood of the likeliest and the least likely timeslot of the next visit; `guesses`:
    whether it was the likeliest. `leaked_days`: like `days`, for somebody who knows the number of
    visits of each week. `gaps`: the most days from one visit of a year to the next. `stood_down`:
    how many pairs were, None where only those are asked who make a visit.
    """

    days: list[tuple[float, bool]] = field(default_factory=list)
    leaked_days: list[tuple[float, bool]] = field(default_factory=list)
    shifts: list[tuple[float, bool]] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)
    guesses: list[bool] = field(default_factory=list)
    cells_visited: list[int] = field(default_factory=list)
    gaps: list[int] = field(default_factory=list)
    empty_weeks: int = 0
    stood_down: int | None = None
    visits: int = 0


def week_options(rows: int, bands: int) -> tuple[tuple[int, ...], ...]:
    """A week in which every timeslot of a grid of seven days can be reached."""
    return tuple(tuple(row * bands + band for band in range(bands)) for row in range(rows))


def simulate(
    policy: Policy,
    years: int,
    random: Random,
    *,
    bands: int = 5,
    weeks_late: int | None = None,
    from_year: int | None = None,
    progress: Progress | None = None,
) -> tuple[list[SimulatedVisit], WatcherLog]:
    """Years of 52 weeks, each from empty counts, with all timeslots of a 7 x `bands` grid
    reachable. The policy says whether visits are drawn by the week, fortnight, month, quarter or
    year. With `weeks_late`, for visits by the week, pairs draw their own moments, given the number
    of visits that the office drew, from counts of reports that come so many weeks late (0: before
    the next week). With `from_year`, the years are real reporting years, one after another from
    April of that year on, and a visit counts in the year of its day, as it does in plans and
    reports.

    Raises CancelledError if `progress` returns False.
    """
    visits: list[SimulatedVisit] = []
    watched = WatcherLog(stood_down=0 if policy.two_pairs else None)
    first = 1 if from_year is None else from_year
    simulated = range(first, first + years)
    run = _Run(simulated, bands, policy, weeks_late)
    for year in simulated:
        report_progress(progress, "Simulating years", year - first, years, _STOPPED)
        if from_year is None:
            run = _Run(simulated, bands, policy, weeks_late)
            spans = _weeks_of_year(year, policy.spans_a_year, bands)
        else:
            spans = _real_spans(year, policy.spans_a_year, bands, is_first=year == first)
        visits.extend(run.visits(year, spans, random, watched))
    return visits, watched


def year_options(spans_a_year: int, bands: int) -> list[tuple[tuple[int, ...], ...]]:
    """For each week, or other span of a target, of a year that begins with a Monday: the timeslots
    of each of its days."""
    week = week_options(WEEK, bands)
    days = [week[day % WEEK] for day in range(_DAYS)]
    lengths = _MONTHS if spans_a_year == MONTHS_A_YEAR else [_DAYS // spans_a_year] * spans_a_year
    starts = [sum(lengths[:at]) for at in range(spans_a_year)]
    return [tuple(days[at : at + n]) for at, n in zip(starts, lengths, strict=True)]


def _weeks_of_year(year: int, spans_a_year: int, bands: int) -> list[Span]:
    """The spans of a year of 52 weeks, and its first one again after them."""
    days = (
        SimulatedDay(year, at // WEEK + 1, at % WEEK, cells)
        for at, cells in enumerate(chain.from_iterable(year_options(spans_a_year, bands)))
    )
    spans = [tuple(islice(days, len(span))) for span in year_options(spans_a_year, bands)]
    return [*spans, spans[0]]


def _real_spans(year: int, spans_a_year: int, bands: int, *, is_first: bool) -> list[Span]:
    """The spans that begin in a reporting year, and the one after them; for the first year, also
    the one in which it begins."""
    unit = next(unit for unit, number in SPANS_A_YEAR.items() if number == spans_a_year)
    target, whole = VisitTarget(unit=unit), APRIL_YEARS.year_of(date(year, 12, 31))
    span = target.span_of(whole.start)
    if span.start < whole.start and not is_first:
        span = target.span_of(span.end + timedelta(days=1))
    spans = []
    while span.start <= whole.end:
        spans.append(_real_days(span, bands))
        span = target.span_of(span.end + timedelta(days=1))
    return [*spans, _real_days(span, bands)]


def _real_days(span: Period, bands: int) -> Span:
    week = week_options(WEEK, bands)
    days = (span.start + timedelta(days=at) for at in range(span.days))
    return tuple(
        SimulatedDay(
            (first := APRIL_YEARS.year_of(day).start).year,
            (day - week_of(first).start).days // WEEK + 1,
            day.weekday(),
            week[day.weekday()],
            day,
        )
        for day in days
    )


def _weeks_left(day: SimulatedDay) -> float:
    """From a day to the end of its year."""
    if day.day is None:
        return (_DAYS - (day.week - 1) * WEEK - day.weekday) / WEEK
    return ((APRIL_YEARS.year_of(day.day).end - day.day).days + 1) / WEEK


class _Run:
    """Simulated years, one after another. The watcher knows of every visit at once, and which
    reports the office had: the law of each week (or another span) is a closed formula of
    those. Of days outside `years`, nothing is counted."""

    def __init__(
        self, years: Container[int], bands: int, policy: Policy, weeks_late: int | None
    ) -> None:
        self._years, self._bands, self._policy = years, bands, policy
        self._weeks_late = weeks_late
        self._foreseen: Sequence[float] = ()
        self._last: int | None = None
        """The number of the day of the last visit."""
        self._visited: deque[list[tuple[int, int]]] = deque(
            maxlen=policy.spans_a_year + 2 + (weeks_late or 0)
        )
        """The year and timeslot of the visits of each span so far, as long as they matter."""

    def visits(
        self, year: int, spans: Sequence[Span], random: Random, watched: WatcherLog
    ) -> Iterator[SimulatedVisit]:
        """Draw the spans of a year in turn, but for the last, which only follows them; what a
        watcher knew before each goes into `watched`."""
        law, longest = self._law(spans[0]), 0
        self._foreseen = self._foreseen or law.first_visit()
        for span, following in pairwise(spans):
            placed = {visit.day: visit.cell for visit in self._drawn(law, random)}
            watched.empty_weeks += not placed
            if self._policy.two_pairs:
                watched.stood_down = (watched.stood_down or 0) + PAIRS - len(placed)
            _watch_span(law, placed, watched)
            self._visited.append([])
            for at, cell in sorted(placed.items()):
                day = span[at]
                self._visited[-1].append((day.year, cell))
                _watch_visit(self._foreseen, cell, watched)
                before, self._last = self._last, day.number
                self._foreseen = self._next_after(law, at, following)
                if day.year in self._years:
                    watched.visits += 1
                    longest = max(longest, 0 if before is None else day.number - before)
                    band = cell % self._bands
                    yield SimulatedVisit(day.year, day.week, day.weekday, band, day.day)
            law = self._law(following)
        watched.gaps.append(longest)
        cells = {cell for visits in self._visited for of_year, cell in visits if of_year == year}
        watched.cells_visited.append(len(cells))

    def _drawn(self, law: SpanLaw, random: Random) -> list[Placed]:
        placed = draw_span(law, random)
        return placed if self._weeks_late is None else draw_known(law, len(placed), random)

    def _law(self, span: Span) -> SpanLaw:
        """The law of the span after those drawn, by what is reported by then."""
        year, counts = span[0].year, [0] * (WEEK * self._bands)
        reported = max(0, len(self._visited) - (self._weeks_late or 0))
        for visits in islice(self._visited, reported):
            for of_year, cell in visits:
                counts[cell] += of_year == year
        last = None if self._last is None else self._last - span[0].number
        if last is not None and last >= 0:  # the first week again, after the last one
            last -= _DAYS
        options = [day.cells for day in span]
        return law_of_span(options, counts, self._policy, _weeks_left(span[0]), last)

    def _next_after(self, law: SpanLaw, day: int, following: Span) -> list[float]:
        """For each timeslot, how likely the next visit is there, right after the visit of `day`,
        the latest one of its span."""
        in_this_span, none = law.next_visit(day + 1, so_far=len(self._visited[-1]))
        later = self._law(following).first_visit()
        return [a + none * b for a, b in zip(in_this_span, later, strict=True)]


def _watch_visit(foreseen: Sequence[float], cell: int, watched: WatcherLog) -> None:
    best = max(foreseen)
    watched.best.append(best)
    watched.worst.append(min(foreseen))
    watched.guesses.append(foreseen.index(best) == cell)


def _watch_span(law: SpanLaw, placed: dict[int, int], watched: WatcherLog) -> None:
    state, left = law.state(0), len(placed)
    leaked = law.known(left)
    for day in range(len(law.options)):
        hazard = law.hazard(day, state)
        visited_cell = placed.get(day)
        watched.days.append((hazard, visited_cell is not None))
        watched.leaked_days.append((leaked.hazard(day, left, state), visited_cell is not None))
        watched.shifts.extend(
            shifts_of(law, day, hazard, () if visited_cell is None else (visited_cell,))
        )
        if visited_cell is not None:
            state, left = law.after(state, day), left - 1


def shifts_of(
    law: SpanLaw, day: int, hazard: float, visited: Collection[int | None]
) -> Iterator[tuple[float, bool]]:
    """For each timeslot of a day in turn, the likelihood of a visit given none earlier that day,
    and whether there was one; after a visit there is no other that day."""
    not_yet = 1.0
    for cell, share in law.options[day]:
        chance = hazard * share / law.day_shares[day] if law.day_shares[day] else 0.0
        yield (min(1.0, chance / not_yet) if not_yet > 0 else 0.0, cell in visited)
        not_yet = 0.0 if cell in visited else not_yet - chance
