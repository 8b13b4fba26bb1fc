"""How predictable a history or a plan is, in small cases that can be counted by hand, and a
simulated year against what the simulation's own watcher saw."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest

from visitapp.domain.office.grid import Band, DayGroup
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period, month_of, week_of
from visitapp.domain.plan.foresight import Foresight, floor_of_day
from visitapp.planning import judging
from visitapp.planning.judging import Arrival, Calendar, judge_history, judge_plan, monthly, weekly
from visitapp.planning.law import SpanLaw, kennel_policy, suite_policy
from visitapp.planning.learners import LEARNERS
from visitapp.planning.predictors import SeenDay
from visitapp.planning.scores import caught, scores
from visitapp.planning.simulation import simulate
from visitapp.planning.unseen_spans import expected_days
from visitapp.services.office.reference import reference_grid

GRID = reference_grid(Kind.CUSTODY, uuid4())
SUITE = weekly(GRID)
KENNELS = monthly(reference_grid(Kind.ANIMAL_WELFARE, uuid4()))
FIRST = date(2024, 4, 1)
"""A Monday with which a reporting year begins."""
MINUTES = (60, 500, 800, 1000, 1300)
"""One in each band of the day."""


def _weeks(number: int, first: date = FIRST) -> Period:
    return Period(first, first + timedelta(days=7 * number - 1))


FIRST_WEEK = _weeks(1)


def _arrivals(weeks: int, *weekdays: int, minute: int = 500) -> list[Arrival]:
    """A visit on each of these weekdays, week by week."""
    days = [7 * week + weekday for week in range(weeks) for weekday in weekdays]
    return [Arrival(FIRST + timedelta(days=day), minute) for day in days]


# A calendar


def test_timeslots_are_numbered_row_by_row_and_what_is_outside_has_none() -> None:
    monday = Arrival(FIRST, 60)
    assert [SUITE.cell(replace(monday, minute=minute)) for minute in MINUTES] == [0, 1, 2, 3, 4]
    assert SUITE.cell(Arrival(FIRST + timedelta(days=6), 1300)) == 34
    assert KENNELS.cell(monday) is None, "before the first band"
    assert [KENNELS.row(FIRST + timedelta(days=at)) for at in range(7)] == [0, 1, 2, 3, 4, 5, 5]


def test_a_day_of_no_row_offers_no_timeslot() -> None:
    grid = replace(
        GRID, days=(DayGroup("Mon", (0,)), DayGroup("Rest", (2, 3))), bands=GRID.bands[:2]
    )
    calendar = Calendar(grid, week_of, 52)
    assert calendar.row(FIRST + timedelta(days=1)) == -1
    assert calendar.options(_weeks(1)) == [(0, 1), (), (2, 3), (2, 3), (), (), ()]
    assert len(KENNELS.options(month_of(date(2025, 2, 1)))) == 28


# A history


@pytest.fixture
def tuesdays(without_learners: None) -> Foresight:
    """Eight weeks with a visit each Tuesday at the same time."""
    return judge_history("Here", _arrivals(8, 1), _weeks(8), SUITE)


def test_a_visit_each_tuesday_is_what_the_watcher_of_weekdays_expects(tuesdays: Foresight) -> None:
    assert (tuesdays.site_name, tuesdays.visits, tuesdays.days) == ("Here", 8, 56)
    assert tuesdays.visits_a_year == 52
    assert tuesdays.floor_day == floor_of_day(52)
    assert tuesdays.day.watcher == "weekday"
    assert (tuesdays.day.caught.visits, tuesdays.day.chance) == (8, 1 / 7)
    assert tuesdays.day.caught.share == pytest.approx((7 + 1 / 7) / 8), "a week to learn"
    assert not tuesdays.is_exact
    assert len(tuesdays.watchers) == 9
    assert tuesdays.left_out == LEARNERS


def test_its_time_of_day_is_learned_a_little_later(tuesdays: Foresight) -> None:
    """Eight alert shifts: seven Tuesdays after the first, at whose time there was a visit before,
    are the likeliest, and the eighth catches none."""
    assert tuesdays.shift.caught.share == pytest.approx(7 / 8)
    assert (tuesdays.shift.caught.visits, tuesdays.shift.chance) == (8, 1 / 35)
    assert tuesdays.shift.watcher == "weekday"


def test_its_timeslot_is_guessed_from_the_second_visit_on(tuesdays: Foresight) -> None:
    assert tuesdays.cell.caught.share == pytest.approx((7 + 1 / 35) / 8)
    assert (tuesdays.cell.caught.visits, tuesdays.cell.chance) == (8, 1 / 35)
    assert tuesdays.cell.watcher == "most visited"


def test_days_are_ruled_out_after_four_weeks_of_learning(tuesdays: Foresight) -> None:
    assert tuesdays.safe_days == pytest.approx(6 / 7), "all but Tuesdays"


def test_a_day_a_quarter_as_likely_as_the_average_is_not_ruled_out(without_learners: None) -> None:
    """In the fourth week each day but Tuesday is exactly that; after it, it is less."""
    four = judge_history("Here", _arrivals(4, 1), _weeks(4), SUITE)
    assert four.safe_days == 0
    five = judge_history("Here", _arrivals(5, 1), _weeks(5), SUITE)
    assert five.safe_days == pytest.approx(6 / 7)


def test_whoever_knows_the_number_of_visits_knows_when_a_week_has_had_them(
    tuesdays: Foresight,
) -> None:
    assert (tuesdays.leaked_day.share, tuesdays.leaked_day.visits) == (1, 8)
    assert tuesdays.leaked_safe == pytest.approx(5 / 7)


def test_the_visits_to_come_are_spread_evenly_over_the_days_to_come(without_learners: None) -> None:
    """Of Monday's and Friday's visit, Friday's was the likelier before: 1 in 3 after 2 in 7. A
    second visit of the same day adds nothing."""
    visits = [*_arrivals(2, 0, 4), Arrival(FIRST, 1000)]
    judged = judge_history("Here", visits, _weeks(2), SUITE)
    assert judged.leaked_day.share == pytest.approx(2 / 4), "two alert days: both Fridays"
    assert judged.leaked_day.visits == 4
    assert judged.leaked_safe == pytest.approx(2 / 7), "nothing is left after Friday"
    assert judged.visits == 5


def test_a_single_visit_outside_the_grid_is_in_no_timeslot(without_learners: None) -> None:
    kennels = judge_history("Dogs", [Arrival(FIRST, 60)], _weeks(1), KENNELS)
    assert kennels.cell.caught.visits == kennels.shift.caught.visits == 0
    assert kennels.cell.caught.share == kennels.shift.caught.share == 0
    assert kennels.day.caught.visits == 1
    assert kennels.floor_day is None
    single = judge_history("Here", [Arrival(FIRST, 60)], _weeks(1), SUITE)
    assert (single.cell.caught.share, single.cell.caught.visits) == (1 / 35, 1)


def test_a_shift_is_as_likely_as_its_day_and_the_times_of_visits_so_far(
    without_learners: None,
) -> None:
    """Mondays, morning or afternoon, on a grid of Mondays: half of the shifts are alert. A Monday
    is expected by 1/7, then by (n + 1/7) / (n + 1); each half has a visit invented."""
    grid = replace(GRID, days=(DayGroup("Mon", (0,)),), bands=(Band(0, 720), Band(720, 1440)))
    halves = (0, 0, 1, 1, 0, 1, 0)
    visits = [Arrival(FIRST + timedelta(days=7 * n), 800 * half) for n, half in enumerate(halves)]
    judged = judge_history("Here", visits, _weeks(7), Calendar(grid, week_of, 52))
    moments = [
        ((n + 1 / 7) / (n + 1) * (halves[:n].count(half) + 1) / (n + 2), half == visited)
        for n, visited in enumerate(halves)
        for half in (0, 1)
    ]
    assert judged.shift.caught.share == pytest.approx(caught(moments, 1 / 2))
    assert judged.shift.caught.share == pytest.approx(2 / 7)


def test_a_day_a_quarter_as_likely_is_not_ruled_out_by_knowing_the_numbers(
    without_learners: None,
) -> None:
    """A visit on each day of a week and on Monday of the next, which was 1 in 7 before: a quarter
    of the average of 8 in 14."""
    visits = [*_arrivals(1, *range(7)), Arrival(FIRST + timedelta(days=7), 500)]
    judged = judge_history("Here", visits, _weeks(2), SUITE)
    assert judged.leaked_safe == pytest.approx(6 / 14), "what comes after that Monday"


def _knowing(_learner: object, days: Sequence[SeenDay], _mean: float) -> list[float]:
    return [float(bool(day.cells)) for day in days]


def test_what_learners_expect_counts_like_what_others_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """A learner that knows the weekday and the timeslot beats those that count."""
    visits = _arrivals(12, 1)
    name = LEARNERS[0]
    wise = {name: lambda: None}
    monkeypatch.setattr(judging, "learners", lambda: wise)
    monkeypatch.setattr(judging, "learned_days", _knowing)
    monkeypatch.setattr(judging, "learned_cells", lambda *_: [1.0] * 12)
    judged = judge_history("Here", visits, _weeks(12), SUITE)
    assert (judged.day.watcher, judged.day.caught.share) == (name, 1)
    assert (judged.cell.watcher, judged.cell.caught.share) == (name, 1)
    assert judged.left_out == LEARNERS[1:]
    assert len(judged.watchers) == 10


# A plan


def _simulated(visits_a_year: int) -> tuple[list[Arrival], Foresight, object]:
    visits, watched = simulate(suite_policy(visits_a_year), 1, Random(visits_a_year))
    arrivals = [
        Arrival(FIRST + timedelta(days=7 * (visit.week - 1) + visit.weekday), MINUTES[visit.band])
        for visit in visits
    ]
    judged = judge_plan("Here", arrivals, _weeks(52), SUITE, suite_policy(visits_a_year))
    return arrivals, judged, scores(watched, 35)


@pytest.mark.parametrize("visits_a_year", [52, 65])
def test_a_year_is_judged_as_its_simulation_was_watched(visits_a_year: int) -> None:
    arrivals, judged, watched = _simulated(visits_a_year)
    number = len(arrivals)
    assert (judged.visits, judged.days) == (number, 364)
    assert judged.visits_a_year == visits_a_year
    assert judged.day.caught.share == pytest.approx(watched.c_day)
    assert judged.shift.caught.share == pytest.approx(watched.c_shift)
    assert judged.leaked_day.share == pytest.approx(watched.c_day_leaked)
    assert judged.safe_days == pytest.approx(watched.safe_days)
    assert judged.leaked_safe == pytest.approx(watched.safe_days_leaked)
    if visits_a_year == 52:
        assert judged.cell.caught.share == pytest.approx(watched.cell_hit), "one visit a week"
    chances = (judged.day.chance, judged.shift.chance, judged.cell.chance)
    assert chances == (1 / 7, 1 / 35, 1 / 35)
    for guess in (judged.day, judged.shift, judged.cell):
        assert guess.caught.visits == number
    assert judged.leaked_day.visits == number
    assert judged.is_exact
    assert judged.floor_day == floor_of_day(visits_a_year)


def _best_of(visits: Sequence[Arrival], week: Period = FIRST_WEEK, **more: object) -> float:
    """How surely the timeslot of a week's visit can be guessed."""
    visit = Arrival(week.start + timedelta(days=2), 500)
    judged = judge_plan("Here", [visit], week, SUITE, suite_policy(52), before=visits, **more)  # type: ignore[arg-type]
    return judged.cell.caught.share


def _every(first: date, but: int = 1) -> list[Arrival]:
    """A visit in each timeslot of a week, the first few left out."""
    days = [first + timedelta(days=at) for at in range(7)]
    return [Arrival(day, minute) for day in days for minute in MINUTES][but:]


def test_visits_before_a_plan_count_in_its_reporting_year_only() -> None:
    second = _weeks(1, FIRST + timedelta(days=7))
    assert _best_of([], second) == pytest.approx(1 / 35)
    assert _best_of(_every(FIRST), second) == pytest.approx(0.15), "one timeslot is left"
    assert _best_of(_every(FIRST)) == pytest.approx(1 / 35), "not before this week"
    assert _best_of(_every(FIRST - timedelta(days=7))) == pytest.approx(1 / 35), "last year's"
    april = week_of(date(2022, 4, 1))
    assert _best_of(_every(date(2022, 3, 21)), april) == pytest.approx(0.15), "Monday is in March"


def test_a_visit_outside_the_grid_is_judged_and_counted_in_no_timeslot() -> None:
    year = Period(date(2025, 4, 1), date(2025, 5, 31))
    visits = [Arrival(date(2025, 4, 7), 60), Arrival(date(2025, 5, 7), 500)]
    judged = judge_plan(
        "Dogs", visits, year, KENNELS, kennel_policy(12), before=[Arrival(date(2025, 3, 1), 60)]
    )
    assert (judged.visits, judged.cell.caught.share) == (2, pytest.approx(1 / 12))
    assert (judged.days, judged.floor_day) == (61, None)
    before = [Arrival(date(2025, 4, 1) + timedelta(days=at), 60) for at in range(5)]
    may = Period(date(2025, 5, 1), date(2025, 5, 31))
    outside = judge_plan("Dogs", visits[1:], may, KENNELS, kennel_policy(12), before=before)
    assert outside.cell.caught.share == pytest.approx(1 / 12)


def test_visits_of_earlier_weeks_of_a_plan_count_until_the_year_ends() -> None:
    march = date(2026, 3, 16)
    visits = [*_every(march), Arrival(march + timedelta(days=7), 500)]
    judged = judge_plan("Here", visits, _weeks(2, march), SUITE, suite_policy(52))
    best = [1 / 35] * 34 + [0.15]
    assert judged.cell.caught.share == pytest.approx(sum(best) / 35)
    late = _every(FIRST - timedelta(days=7))
    over = judge_plan(
        "Here", [*late, Arrival(FIRST, 500)], _weeks(2, FIRST - timedelta(days=7)), SUITE,
        suite_policy(52),
    )  # fmt: skip
    assert over.cell.caught.share == pytest.approx(1 / 35), "another year begins"


def test_weeks_that_lie_partly_outside_are_not_judged() -> None:
    thursday = FIRST + timedelta(days=3)
    judged = judge_plan(
        "Here", _arrivals(2, 2), Period(thursday, FIRST + timedelta(days=13)), SUITE, suite_policy()
    )
    assert (judged.days, judged.visits) == (7, 1)


def test_what_can_be_reached_makes_a_week_easier_to_guess() -> None:
    two = {"options": lambda _: [(0, 1), *[()] * 6]}
    assert _best_of([], **two) == pytest.approx(1 / 2)
    nothing = {"options": lambda _: [()] * 7}
    assert _best_of([], **nothing) == pytest.approx(1 / 35), "nobody can go: as if all could"


def test_a_planned_day_a_quarter_as_likely_as_the_average_is_not_ruled_out() -> None:
    """A visit on each day of a week, whose first day has one of eight timeslots, and none in the
    next, which has no choice: the average is 7 in 14, and the first day 1 in 8."""
    first_week = [(0,), (5, 6, 7, 8, 9), (10, 11), (), (), (), ()]
    judged = judge_plan(
        "Here", _arrivals(1, *range(7)), _weeks(2), SUITE, suite_policy(52),
        options=lambda span: first_week if span.start == FIRST else [(0,), *[()] * 6],
    )  # fmt: skip
    assert judged.safe_days == pytest.approx(12 / 14)


def test_visits_that_only_their_pair_can_place_are_judged_by_what_is_expected() -> None:
    policy = suite_policy(75)
    unseen = {FIRST: 2}
    seen = Arrival(FIRST + timedelta(days=9), 500)
    judged = judge_plan("Here", [seen], _weeks(2), SUITE, policy, unseen=unseen)
    assert (judged.visits, judged.days) == (3, 14)
    assert judged.day.caught.visits == judged.leaked_day.visits == 3
    assert judged.cell.caught.share == pytest.approx(
        max(SpanLaw(SUITE.options(_weeks(1)), [0] * 35, policy).next_visit(0, False)[0])
    ), "an unseen visit says of no timeslot that it was visited"
    alone = judge_plan("Here", [], _weeks(1), SUITE, policy, unseen=unseen)
    law = SpanLaw(SUITE.options(_weeks(1)), [0] * 35, policy)
    entries = [entry for days, _, _ in expected_days(law, 2) for entry in days]
    mean = 2 / 7
    assert alone.safe_days == pytest.approx(
        sum(entry.weight for entry in entries if entry.chance < mean / 4) / 7
    )
    leaked = [entry for _, known, _ in expected_days(law, 2) for entry in known]
    assert alone.leaked_safe == pytest.approx(
        sum(entry.weight for entry in leaked if entry.chance < mean / 4) / 7
    )
    assert alone.leaked_safe > 0


def test_a_week_whose_visits_were_reported_is_judged_by_them() -> None:
    visit = Arrival(FIRST + timedelta(days=2), 500)
    policy = suite_policy(52)
    known = judge_plan("Here", [visit], _weeks(1), SUITE, policy)
    both = judge_plan("Here", [visit], _weeks(1), SUITE, policy, unseen={FIRST: 1})
    assert both.day == known.day
    assert (known.visits, both.visits) == (1, 2)


def test_without_a_week_there_is_nothing_to_judge() -> None:
    judged = judge_plan("Here", [], Period(FIRST, FIRST), SUITE, suite_policy())
    assert (judged.visits, judged.days, judged.safe_days, judged.leaked_safe) == (0, 0, 0, 0)
    assert judged.cell.caught.share == judged.day.caught.share == 0
