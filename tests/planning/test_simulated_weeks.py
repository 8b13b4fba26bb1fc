"""Simulated weeks, watched again from their visits alone; the likelihood of each shift."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from math import prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import CancelledError
from visitapp.planning import simulation
from visitapp.planning.draw import Placed
from visitapp.planning.law import KnownNumberLaw, Policy, SpanLaw, suite_policy
from visitapp.planning.simulation import (
    SimulatedVisit,
    WatcherLog,
    shifts_of,
    simulate,
    week_options,
)

BANDS, YEARS = 2, 3
POLICY = Policy(7, 4, cap=0.15, floor=0.35)
"""A short year of four weeks with seven visits, on a grid of 14 timeslots."""
DAYS = range(7)


@pytest.fixture
def four_weeks(monkeypatch: pytest.MonkeyPatch) -> None:
    """The length of the short year."""
    monkeypatch.setattr(simulation, "_DAYS", 4 * len(DAYS))


def _cell(visit: SimulatedVisit) -> int:
    return visit.weekday * BANDS + visit.band


def _law(visits: Sequence[SimulatedVisit], week: int, late: int) -> SpanLaw:
    """The law of a week (1 is the first) by the reports of a year that came before it."""
    counts = [0] * (7 * BANDS)
    for visit in visits:
        if visit.week < week - late:
            counts[_cell(visit)] += 1
    return SpanLaw(week_options(7, BANDS), counts, POLICY)


def _watched_again(visits: Sequence[SimulatedVisit], late: int) -> WatcherLog:
    """What somebody knows of a year who is told its visits one by one."""
    watched = WatcherLog(visits=len(visits), cells_visited=[len({_cell(v) for v in visits})])
    by_week: dict[int, dict[int, int]] = defaultdict(dict)
    for visit in visits:
        by_week[visit.week][visit.weekday] = _cell(visit)
    for week in range(1, POLICY.spans_a_year + 1):
        law, placed = _law(visits, week, late), by_week[week]
        leaked = KnownNumberLaw(law, len(placed))
        for day in DAYS:
            left = sum(visited >= day for visited in placed)
            hazard = law.hazard(day, left < len(placed))
            watched.days.append((hazard, day in placed))
            watched.leaked_days.append((leaked.hazard(day, left), day in placed))
            seen = (placed[day],) if day in placed else ()
            watched.shifts += shifts_of(law, day, hazard, seen)
    return watched


def _foreseen(visits: Sequence[SimulatedVisit], late: int) -> Iterator[list[float]]:
    """How likely the next visit is in each timeslot, before each visit of a year in turn."""
    for number, visit in enumerate(visits):
        before = visits[number - 1] if number else None
        if before is None:
            yield _law([], 1, late).next_visit(0, so_far=0)[0]
            continue
        known = visits[:number]
        here, none = _law(known, before.week, late).next_visit(before.weekday + 1, so_far=1)
        following, _ = _law(known, before.week + 1, late).next_visit(0, so_far=0)
        yield [a + none * b for a, b in zip(here, following, strict=True)]
        assert before.week <= visit.week <= before.week + 1, "no week without a visit"


@pytest.mark.usefixtures("four_weeks")
@pytest.mark.parametrize("late", [None, 0, 1, 2])
def test_a_watcher_knows_the_law_of_each_week_by_the_reports_before_it(late: int | None) -> None:
    visits, watched = simulate(POLICY, YEARS, Random(4), bands=BANDS, weeks_late=late)
    again = WatcherLog()
    for year in range(1, YEARS + 1):
        of_year = [visit for visit in visits if visit.year == year]
        assert of_year == sorted(of_year, key=lambda visit: (visit.week, visit.weekday))
        part = _watched_again(of_year, late or 0)
        again.days += part.days
        again.leaked_days += part.leaked_days
        again.shifts += part.shifts
        again.cells_visited += part.cells_visited
        again.visits += part.visits
        for visit, chances in zip(of_year, _foreseen(of_year, late or 0), strict=True):
            again.best.append(max(chances))
            again.worst.append(min(chances))
            again.guesses.append(chances.index(max(chances)) == _cell(visit))
    for name in ("days", "leaked_days", "shifts", "best", "worst"):
        ours, others = getattr(watched, name), getattr(again, name)
        assert [pytest.approx(entry) for entry in others] == ours, name
    assert watched.guesses == again.guesses
    assert watched.cells_visited == again.cells_visited
    assert (watched.visits, watched.empty_weeks) == (len(visits), 0)


@pytest.mark.usefixtures("four_weeks")
def test_the_office_places_visits_unless_pairs_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where pairs draw, the office's draw says only how many visits there are."""
    numbers = []

    def of_pair(_law: SpanLaw, number: int, _random: Random) -> list[Placed]:
        numbers.append(number)
        return [Placed(6, 12)]

    monkeypatch.setattr(simulation, "draw_span", lambda *_: [Placed(0, 1), Placed(2, 4)])
    monkeypatch.setattr(simulation, "draw_known", of_pair)
    visits, _ = simulate(POLICY, 1, Random(1), bands=BANDS)
    assert [(visit.weekday, visit.band) for visit in visits] == [(0, 1), (2, 0)] * 4
    assert numbers == []
    visits, _ = simulate(POLICY, 1, Random(1), bands=BANDS, weeks_late=0)
    assert [(visit.week, visit.weekday, visit.band) for visit in visits] == [
        (week, 6, 0) for week in (1, 2, 3, 4)
    ]
    assert numbers == [2] * 4


@pytest.mark.usefixtures("four_weeks")
def test_a_week_without_a_visit_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = iter([[Placed(0, 1)], [], [], [Placed(0, 1)]])
    monkeypatch.setattr(simulation, "draw_span", lambda *_: next(drawn))
    visits, watched = simulate(POLICY, 1, Random(1), bands=BANDS)
    assert [visit.week for visit in visits] == [1, 4]
    assert (watched.empty_weeks, watched.visits, watched.cells_visited) == (2, 2, [1])


@pytest.mark.usefixtures("four_weeks")
def test_a_simulation_tells_how_many_years_are_done_and_can_be_stopped() -> None:
    steps: list[tuple[int, int]] = []

    def progress(_words: str, done: int, total: int) -> bool:
        steps.append((done, total))
        return done < 2

    with pytest.raises(CancelledError, match="Nothing was saved"):
        simulate(POLICY, 5, Random(1), bands=BANDS, progress=progress)
    assert steps == [(0, 5), (1, 5), (2, 5)]


def test_a_year_has_five_bands_a_day_unless_told_otherwise() -> None:
    _, watched = simulate(suite_policy(52), 1, Random(1))
    assert len(watched.shifts) == 52 * 35
    assert week_options(2, 3) == ((0, 1, 2), (3, 4, 5))


NO_FLOOR = Policy(60, 52, cap=0.9, floor=0.0)


@given(
    st.lists(st.integers(0, 2), min_size=6, max_size=6),
    st.sampled_from([suite_policy(52), suite_policy(75), NO_FLOOR]),
    st.booleans(),
)
def test_the_shifts_of_a_day_are_its_visit_timeslot_by_timeslot(
    counts: list[int], policy: Policy, had_visit: bool
) -> None:
    """Each shift is as likely as the law says, given that none of the day came before it."""
    law = SpanLaw([(0, 1, 2), (), (2, 3), (4, 5)], counts, policy)
    for day, options in enumerate(law.options):
        hazard = law.hazard(day, had_visit)
        none = list(shifts_of(law, day, hazard, ()))
        assert [came for _, came in none] == [False] * len(options)
        assert prod(1 - chance for chance, _ in none) == pytest.approx(1 - hazard if options else 1)
        for at, (cell, share) in enumerate(options):
            chance = prod(1 - before for before, _ in none[:at]) * none[at][0]
            expected = hazard * share / law.day_shares[day] if law.day_shares[day] else 0
            assert chance == pytest.approx(expected, abs=1e-12)
            seen = list(shifts_of(law, day, hazard, (cell,)))
            assert seen[: at + 1] == [*none[:at], (none[at][0], True)]
            assert seen[at + 1 :] == [(0.0, False)] * (len(options) - at - 1)
