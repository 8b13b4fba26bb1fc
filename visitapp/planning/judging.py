"""How predictable a history of visits is, judged by watchers that learn and by the law.

A history without a plan (imported, or from before there was one) is judged by the panel of
`predictors`: the best of them is a lower bound of what a watcher could know. Visits drawn by the
planning law are judged by its exact posterior, which is the most that anybody can know.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from visitapp.domain.office.grid import Grid
from visitapp.domain.period import Period, month_of, week_of
from visitapp.domain.plan.foresight import Caught, Foresight, Guess, floor_of_day
from visitapp.domain.plan.weeks import DAYS_A_WEEK, MONTHS_A_YEAR, WEEKS_A_YEAR
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.planning.law import Policy, SpanLaw
from visitapp.planning.learners import LEARNERS, Learner, learned_cells, learned_days, learners
from visitapp.planning.level import law_of_span
from visitapp.planning.predictors import (
    SeenDay,
    cell_watchers,
    day_watchers,
    watched_cells,
    watched_days,
)
from visitapp.planning.scores import SAFE, Expected, caught, caught_of
from visitapp.planning.simulation import shifts_of
from visitapp.planning.unseen_spans import expected_days

_LAW = "everything past and the law"
BURN_IN = 28
"""Days a watcher learns before the days it can rule out count."""


Options = list[tuple[int, ...]]
"""The timeslots of each day of a span."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A visit's local day and minute of arrival."""

    day: date
    minute: int


@dataclass(frozen=True, slots=True)
class Calendar:
    """A site's grid, the spans (weeks or months) in which it is planned, and the reporting years in
    which its timeslots are counted. `whole_of`: the span of its target that holds a day, where that
    is planned in several parts."""

    grid: Grid
    span_of: Callable[[date], Period]
    spans_a_year: int
    years: ReportingYears = APRIL_YEARS
    whole_of: Callable[[date], Period] | None = None

    def counts(self, span: Period, visited: Iterable[tuple[date, int | None]]) -> list[int]:
        """The counts by which a span is drawn: of the days and timeslots `visited`, those before it
        in the reporting year in which it begins. Each visit belongs to the year of its own day,
        here as in reports, also where a week has days of two years. All parts of a span have the
        counts of the first."""
        counts = [0] * self.grid.cells
        first = span.start if self.whole_of is None else self.whole_of(span.start).start
        year = self.years.year_of(first)
        for day, cell in visited:
            if cell is not None and year.start <= day < first:
                counts[cell] += 1
        return counts

    def weeks_left(self, span: Period) -> float:
        """From the first day of a span to the end of its reporting year."""
        rest = Period(span.start, self.years.year_of(span.start).end)
        return rest.days / DAYS_A_WEEK

    def row(self, day: date) -> int:
        """The row of the grid that a day belongs to; -1 for none."""
        weekday = day.weekday()
        rows = (r for r, group in enumerate(self.grid.days) if weekday in group.weekdays)
        return next(rows, -1)

    def cell(self, visit: Arrival) -> int | None:
        """The timeslot of a visit, numbered row by row; None outside the grid."""
        slot = self.grid.timeslot_at(visit.day.weekday(), visit.minute)
        return None if slot is None else slot.row * len(self.grid.bands) + slot.column

    def options(self, span: Period) -> Options:
        """The timeslots that each day of a span offers."""
        bands = len(self.grid.bands)
        rows = [self.row(span.start + timedelta(days=at)) for at in range(span.days)]
        return [tuple(r * bands + b for b in range(bands)) if r >= 0 else () for r in rows]


def weekly(grid: Grid, years: ReportingYears = APRIL_YEARS) -> Calendar:
    """A suite's calendar."""
    return Calendar(grid, week_of, WEEKS_A_YEAR, years)


def monthly(grid: Grid, years: ReportingYears = APRIL_YEARS) -> Calendar:
    """A kennel's calendar."""
    return Calendar(grid, month_of, MONTHS_A_YEAR, years)


def judge_history(
    name: str, visits: Sequence[Arrival], period: Period, calendar: Calendar
) -> Foresight:
    """What the panel could have known, day by day over the period."""
    days = _seen(visits, period, calendar)
    had_visit = [bool(today.cells) for today in days]
    mean = sum(had_visit) / len(days)
    panel = {watcher.name: watched_days(watcher, days) for watcher in day_watchers(mean)}
    learned = learners()
    panel |= {name: learned_days(learner, days, mean) for name, learner in learned.items()}
    scored = {
        watcher: caught(list(zip(chances, had_visit, strict=True)), 1 / 7)
        for watcher, chances in panel.items()
    }
    best_day = max(scored, key=lambda watcher: scored[watcher])
    number = sum(had_visit)
    inside = sum(cell is not None for today in days for cell in today.cells)
    shift = _shift(days, panel[best_day], calendar)
    known = panel[best_day][BURN_IN:] or panel[best_day]
    leaked = _leaked(days)
    visits_a_year = len(visits) * 364 / len(days)
    return Foresight(
        site_name=name,
        visits=len(visits),
        days=len(days),
        visits_a_year=visits_a_year,
        day=Guess(Caught(scored[best_day], number), best_day, 1 / 7),
        shift=Guess(Caught(shift, inside), best_day, 1 / calendar.grid.cells),
        cell=_best_cell(days, learned, calendar.grid),
        safe_days=sum(1 for chance in known if chance < SAFE * mean) / len(known),
        floor_day=floor_of_day(round(visits_a_year))
        if calendar.spans_a_year == WEEKS_A_YEAR
        else None,
        is_exact=False,
        leaked_day=Caught(caught(list(zip(leaked, had_visit, strict=True)), 1 / 7), number),
        leaked_safe=sum(1 for chance in leaked if chance < SAFE * mean) / len(days),
        watchers=(*panel, *(watcher.name for watcher in cell_watchers(calendar.grid.cells))),
        left_out=tuple(name for name in LEARNERS if name not in learned),
    )


def _seen(visits: Sequence[Arrival], period: Period, calendar: Calendar) -> list[SeenDay]:
    by_day: dict[date, list[int | None]] = defaultdict(list)
    for visit in visits:
        by_day[visit.day].append(calendar.cell(visit))
    seen_days = []
    for at in range(period.days):
        day = period.start + timedelta(days=at)
        span = calendar.span_of(day).start.toordinal()
        cells, year = tuple(by_day.get(day, ())), calendar.years.year_of(day).start
        seen_days.append(SeenDay(day, span, calendar.row(day), cells, year))
    return seen_days


def _best_cell(days: Sequence[SeenDay], learned: Mapping[str, Learner], grid: Grid) -> Guess:
    of, bands = grid.cells, len(grid.bands)
    cells = [cell for today in days for cell in today.cells if cell is not None]
    right = {watcher.name: sum(watched_cells(watcher, cells)) for watcher in cell_watchers(of)}
    right |= {name: sum(learned_cells(learner, days, of, bands))
              for name, learner in learned.items()}  # fmt: skip
    best = max(right, key=lambda name: right[name])
    return Guess(Caught(right[best] / max(1, len(cells)), len(cells)), best, 1 / of)


def _shift(days: Sequence[SeenDay], chances: Sequence[float], calendar: Calendar) -> float:
    """The share predicted with one alert timeslot a week. A day's likelihood is split between its
    bands by the visits that each has had so far."""
    bands = len(calendar.grid.bands)
    counts = [1.0] * bands
    moments = []
    for today, chance in zip(days, chances, strict=True):
        if today.row < 0:
            continue
        total = sum(counts)
        hit = {cell % bands for cell in today.cells if cell is not None}
        moments += [(chance * counts[band] / total, band in hit) for band in range(bands)]
        for band in hit:
            counts[band] += 1
    return caught(moments, 1 / calendar.grid.cells)


def _leaked(days: Sequence[SeenDay]) -> list[float]:
    """The likelihood of each day for somebody who knows how many visits each span gets: the
    remaining visits spread evenly over the remaining days."""
    total: dict[int, int] = defaultdict(int)
    length: dict[int, int] = defaultdict(int)
    for today in days:
        total[today.span] += bool(today.cells)
        length[today.span] += 1
    chances = []
    for today in days:
        chances.append(total[today.span] / length[today.span])
        total[today.span] -= bool(today.cells)
        length[today.span] -= 1
    return chances


def judge_plan(
    name: str,
    visits: Sequence[Arrival],
    period: Period,
    calendar: Calendar,
    policy: Policy,
    *,
    before: Sequence[Arrival] = (),
    options: Callable[[Period], Options] | None = None,
    law_of: Callable[[Period, Options, Sequence[int]], SpanLaw] | None = None,
    unseen: Mapping[date, int] | None = None,
) -> Foresight:
    """The exact posterior of the law over made and planned visits of whole spans.

    Visits placed by hand are judged as if drawn: those on likely days are caught more often.
    Visits made `before` the first span count in their reporting year. `options` gives
    the timeslots that can be reached on each day of a span; without it, all can. `law_of` makes the
    law of a span of these and of its counts, where it isn't that of the policy alone. `unseen` are
    the numbers of visits that only their pairs can place, by the first day of the span; of them the
    law's exact chances are taken.
    """
    watched = _Watched()
    guesses: list[float] = []
    visited = [(visit.day, calendar.cell(visit)) for visit in (*before, *visits)]
    for span in _spans(period, calendar):
        counts = calendar.counts(span, visited)
        reached = (options or calendar.options)(span)
        reached = reached if any(reached) else calendar.options(span)
        law = (
            law_of(span, reached, counts)
            if law_of
            else law_of_span(reached, counts, policy, calendar.weeks_left(span))
        )
        placed = _placed(visits, span, calendar)
        number_unseen = (unseen or {}).get(span.start, 0)
        if number_unseen and not placed:
            watched.expect(law, number_unseen)
        else:
            watched.walk(law, placed)
        best = max(law.first_visit())
        guesses += [best] * number_unseen
        guesses += [best for cells in placed.values() for _ in cells]
    number = round(sum(entry.hits for entry in watched.days))
    return Foresight(
        site_name=name,
        visits=len(guesses),
        days=watched.number,
        visits_a_year=policy.visits_a_year,
        day=Guess(Caught(caught_of(watched.days, 1 / 7), number), _LAW, 1 / 7),
        shift=Guess(
            Caught(caught_of(watched.shifts, 1 / calendar.grid.cells), number),
            _LAW,
            1 / calendar.grid.cells,
        ),
        cell=Guess(
            Caught(sum(guesses) / max(1, len(guesses)), len(guesses)),
            _LAW,
            1 / calendar.grid.cells,
        ),
        safe_days=_safe(watched.days),
        floor_day=floor_of_day(policy.visits_a_year, policy.rule)
        if policy.spans_a_year == WEEKS_A_YEAR and policy.least == 1
        else None,
        is_exact=True,
        leaked_day=Caught(caught_of(watched.leaked, 1 / 7), number),
        leaked_safe=_safe(watched.leaked),
        watchers=(_LAW,),
    )


def _spans(period: Period, calendar: Calendar) -> list[Period]:
    if calendar.spans_a_year == MONTHS_A_YEAR:
        return period.months()
    spans, day = [], period.start
    while (span := calendar.span_of(day)).end <= period.end:
        spans.append(span)
        day = span.end + timedelta(days=1)
    return [span for span in spans if period.holds(span)]


def _placed(
    visits: Sequence[Arrival], span: Period, calendar: Calendar
) -> dict[int, list[int | None]]:
    cells_by_day: dict[int, list[int | None]] = defaultdict(list)
    for visit in visits:
        if visit.day in span:
            cells_by_day[(visit.day - span.start).days].append(calendar.cell(visit))
    return cells_by_day


class _Watched:
    """What a watcher knew before each day and shift, and what then happened or is to be expected;
    `leaked`: like `days`, for somebody who knows the number of visits of each span."""

    def __init__(self) -> None:
        self.number = 0
        self.days: list[Expected] = []
        self.leaked: list[Expected] = []
        self.shifts: list[Expected] = []

    def walk(self, law: SpanLaw, placed: dict[int, list[int | None]]) -> None:
        """Go through a span whose visits are known."""
        self.number += len(law.options)
        state, left = law.state(0), len(placed)
        known = law.known(left)
        for day in range(len(law.options)):
            hazard = law.hazard(day, state)
            cells = placed.get(day, [])
            self.days.append(Expected(hazard, float(bool(cells))))
            self.leaked.append(Expected(known.hazard(day, left, state), float(bool(cells))))
            self.shifts += [
                Expected(chance, float(hit)) for chance, hit in shifts_of(law, day, hazard, cells)
            ]
            if cells:
                state, left = law.after(state, day), left - 1

    def expect(self, law: SpanLaw, number: int) -> None:
        """Go through a span whose visits only their pair can place."""
        self.number += len(law.options)
        for days, leaked, shifts in expected_days(law, number):
            self.days += days
            self.leaked += leaked
            self.shifts += shifts


def _safe(entries: Sequence[Expected]) -> float:
    """The share of days that a watcher could rule out."""
    all_days = sum(entry.weight for entry in entries)
    mean = sum(entry.hits for entry in entries) / max(1, all_days)
    return sum(e.weight for e in entries if e.chance < SAFE * mean) / max(1, all_days)
