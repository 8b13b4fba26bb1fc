"""Simulated years of planned visits, and how well the strongest watcher could predict them."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from visitapp.domain.plan.weeks import MONTHS_A_YEAR
from visitapp.domain.progress import Progress, report_progress
from visitapp.planning.draw import Placed, draw_known, draw_span
from visitapp.planning.law import KnownNumberLaw, Policy, SpanLaw

WEEK = 7
_DAYS = 364
_MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 30)
"""Their days: a simulated year has 52 weeks, a day less than a real one."""

_STOPPED = "The simulation was stopped. Nothing was saved."


@dataclass(frozen=True, slots=True)
class SimulatedVisit:
    """`year` and `week` count from 1; `weekday` from 0 = Monday; `band` from 0."""

    year: int
    week: int
    weekday: int
    band: int


@dataclass(slots=True)
class WatcherLog:
    """What a watcher knew before each day, shift and visit, and what then happened.

    `days` and `shifts`: (likelihood before, whether there was a visit). `best` and `worst`: the
    likelihood of the likeliest and the least likely timeslot of the next visit; `guesses`:
    whether it was the likeliest. `leaked_days`: like `days`, for somebody who knows the number of
    visits of each week.
    """

    days: list[tuple[float, bool]] = field(default_factory=list)
    leaked_days: list[tuple[float, bool]] = field(default_factory=list)
    shifts: list[tuple[float, bool]] = field(default_factory=list)
    best: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)
    guesses: list[bool] = field(default_factory=list)
    cells_visited: list[int] = field(default_factory=list)
    empty_weeks: int = 0
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
    progress: Progress | None = None,
) -> tuple[list[SimulatedVisit], WatcherLog]:
    """Years of 52 weeks, each from empty counts, with all timeslots of a 7 x `bands` grid
    reachable. The policy says whether visits are drawn by the week, fortnight or month. With
    `weeks_late`, for visits by the week, pairs draw their own moments, given the number of visits
    that the office drew, from counts of reports that come so many weeks late (0: before the next
    week).

    Raises CancelledError if `progress` returns False.
    """
    visits: list[SimulatedVisit] = []
    watched = WatcherLog()
    options = year_options(policy.spans_a_year, bands)
    for year in range(1, years + 1):
        report_progress(progress, "Simulating years", year - 1, years, _STOPPED)
        visits.extend(_Year(year, options, bands, policy, weeks_late).visits(random, watched))
    return visits, watched


def year_options(spans_a_year: int, bands: int) -> list[tuple[tuple[int, ...], ...]]:
    """For each week, fortnight or month of a year that begins with a Monday, the timeslots of each
    of its days."""
    week = week_options(WEEK, bands)
    days = [week[day % WEEK] for day in range(_DAYS)]
    lengths = _MONTHS if spans_a_year == MONTHS_A_YEAR else [_DAYS // spans_a_year] * spans_a_year
    starts = [sum(lengths[:at]) for at in range(spans_a_year)]
    return [tuple(days[at : at + n]) for at, n in zip(starts, lengths, strict=True)]


class _Year:
    """One simulated year. The watcher knows of every visit at once, and which reports the office
    had: the law of each week (or fortnight, or month) is a closed formula of those."""

    def __init__(
        self,
        number: int,
        options: Sequence[Sequence[Sequence[int]]],
        bands: int,
        policy: Policy,
        weeks_late: int | None,
    ) -> None:
        self._number, self._options, self._bands, self._policy = number, options, bands, policy
        self._weeks_late = weeks_late
        self._cells: list[list[int]] = []
        """The timeslots visited in each span so far."""

    def visits(self, random: Random, watched: WatcherLog) -> Iterator[SimulatedVisit]:
        """Draw the spans in turn; what a watcher knew before each goes into `watched`."""
        law = self._law()
        foreseen: Sequence[float] = law.next_visit(0, so_far=0)[0]
        before = 0
        for options in self._options:
            placed = {visit.day: visit.cell for visit in self._drawn(law, random)}
            watched.empty_weeks += not placed
            _watch_span(law, placed, watched)
            self._cells.append([])
            for day, cell in sorted(placed.items()):
                self._cells[-1].append(cell)
                _watch_visit(foreseen, cell, watched)
                foreseen = self._next_after(law, day, len(self._cells[-1]))
                week, weekday = divmod(before + day, WEEK)
                yield SimulatedVisit(self._number, week + 1, weekday, cell % self._bands)
            before += len(options)
            law = self._law()
        visited = [cell for cells in self._cells for cell in cells]
        watched.visits += len(visited)
        watched.cells_visited.append(len(set(visited)))

    def _drawn(self, law: SpanLaw, random: Random) -> list[Placed]:
        placed = draw_span(law, random)
        return placed if self._weeks_late is None else draw_known(law, len(placed), random)

    def _law(self) -> SpanLaw:
        """The law of the span after the last one begun, by what is reported by then."""
        counts = [0] * (WEEK * self._bands)
        for cells in self._cells[: max(0, len(self._cells) - (self._weeks_late or 0))]:
            for cell in cells:
                counts[cell] += 1
        options = self._options[len(self._cells) % len(self._options)]
        return SpanLaw(options, counts, self._policy)

    def _next_after(self, law: SpanLaw, day: int, so_far: int) -> list[float]:
        """For each timeslot, how likely the next visit is there, right after the visit of `day`,
        with which the span has had `so_far`."""
        in_this_span, none = law.next_visit(day + 1, so_far)
        in_next_span, _ = self._law().next_visit(0, so_far=0)
        return [a + none * b for a, b in zip(in_this_span, in_next_span, strict=True)]


def _watch_visit(foreseen: Sequence[float], cell: int, watched: WatcherLog) -> None:
    best = max(foreseen)
    watched.best.append(best)
    watched.worst.append(min(foreseen))
    watched.guesses.append(foreseen.index(best) == cell)


def _watch_span(law: SpanLaw, placed: dict[int, int], watched: WatcherLog) -> None:
    so_far, left = 0, len(placed)
    leaked = KnownNumberLaw(law, left)
    for day in range(len(law.options)):
        hazard = law.hazard(day, so_far)
        visited_cell = placed.get(day)
        watched.days.append((hazard, visited_cell is not None))
        watched.leaked_days.append((leaked.hazard(day, left), visited_cell is not None))
        watched.shifts.extend(
            shifts_of(law, day, hazard, () if visited_cell is None else (visited_cell,))
        )
        if visited_cell is not None:
            so_far, left = so_far + 1, left - 1


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
