"""Watchers that learn: they find what is there, and nothing where nothing is."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import uuid4

import pytest

from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import Caught, Foresight, floor_of_day
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.planning.judging import Arrival, _seen, judge_history, judge_plan, monthly, weekly
from visitapp.planning.law import Policy, kennel_policy, suite_policy
from visitapp.planning.learners import LOGISTIC, TREES, learned_cells, learned_days, learners
from visitapp.planning.predictors import CellWatcher, PhraseWatcher, watched_cells
from visitapp.planning.scores import Expected, caught_of
from visitapp.planning.simulation import WatcherLog, simulate
from visitapp.services.office.reference import reference_grid

GRID = reference_grid(Kind.CUSTODY, uuid4())
START = date(2020, 4, 6)


def simulated(visits_a_year: int, years: int, seed: int) -> tuple[list[Arrival], Period]:
    return _watched(suite_policy(visits_a_year), years, seed)[:2]


def _watched(policy: Policy, years: int, seed: int) -> tuple[list[Arrival], Period, WatcherLog]:
    """Visits of some years, and what the strongest watcher knew of them."""
    drawn, watched = simulate(policy, years, Random(seed))
    made = [
        Arrival(
            START + timedelta(days=364 * (v.year - 1) + 7 * (v.week - 1) + v.weekday),
            GRID.bands[v.band].start + 30,
        )
        for v in drawn
    ]
    return made, Period(START, START + timedelta(days=364 * years - 1)), watched


@pytest.mark.parametrize("visits_a_year", [52, 65, 75])
def test_no_learning_watcher_beats_the_exact_posterior(visits_a_year: int) -> None:
    years = 12
    made, period = simulated(visits_a_year, years, 7)
    exact = [
        judge_plan(
            "Here",
            [m for m in made if m.day in year],
            year,
            weekly(GRID),
            suite_policy(visits_a_year),
        )
        for year in (
            Period(START + timedelta(days=364 * n), START + timedelta(days=364 * (n + 1) - 1))
            for n in range(years)
        )
    ]
    _learns_less(made, period, exact)


@pytest.mark.long
def test_no_learning_watcher_beats_the_exact_posterior_of_even_days() -> None:
    policy = replace(suite_policy(65), law=VisitLaw.DAYS)
    drawn, _ = simulate(policy, 12, Random(7), from_year=2020)
    made = [Arrival(v.day, GRID.bands[v.band].start + 30) for v in drawn if v.day is not None]
    years = [APRIL_YEARS.year_of(date(year, 12, 31)) for year in range(2020, 2032)]
    exact = [
        judge_plan(
            "Here",
            [m for m in made if m.day in year],
            year,
            weekly(GRID),
            policy,
            before=[m for m in made if m.day < year.start],
        )
        for year in years
    ]
    _learns_less(made, Period(years[0].start, years[-1].end), exact)


LONG = pytest.mark.long


@pytest.mark.parametrize(
    ("policy", "years"),
    [
        (suite_policy(52, WeekRule.EMPTY_4), 3),
        (suite_policy(65, two_pairs=True), 3),
        *(
            pytest.param(policy, 24, marks=LONG)
            for policy in (
                *(suite_policy(52, rule) for rule in WeekRule),
                suite_policy(65, WeekRule.EMPTY_2),
                suite_policy(65, WeekRule.APART_10),
                suite_policy(65, two_pairs=True),
                suite_policy(65, WeekRule.EMPTY_4, two_pairs=True),
            )
        ),
    ],
)
def test_no_learning_watcher_beats_the_exact_chances_where_weeks_have_a_rule_or_two_pairs(
    policy: Policy, years: int
) -> None:
    made, period, watched = _watched(policy, years, 7)
    panel = judge_history("Here", made, period, weekly(GRID))
    exact = caught_of([Expected(chance, chance) for chance, _ in watched.days], 1 / 7)
    noise = (exact * (1 - exact) / len(made)) ** 0.5
    assert 0.2 < panel.day.caught.share <= exact + 3 * noise
    guessed = sum(watched.best) / len(watched.best)
    noise = (guessed * (1 - guessed) / len(made)) ** 0.5
    assert panel.cell.caught.share <= guessed + 3 * noise


def _learns_less(made: list[Arrival], period: Period, exact: list[Foresight]) -> None:
    """No watcher of the panel predicts more than the exact posterior does, within noise."""
    years = len(exact)
    panel = judge_history("Here", made, period, weekly(GRID))
    mean = sum(one.day.caught.share for one in exact) / years
    noise = (mean * (1 - mean) / len(made)) ** 0.5
    assert panel.day.caught.share <= mean + 3 * noise
    assert panel.day.caught.share > 0.2
    guessed = sum(one.cell.caught.share for one in exact) / years
    noise = (guessed * (1 - guessed) / len(made)) ** 0.5
    assert panel.cell.caught.share <= guessed + 3 * noise
    assert all(one.is_exact for one in exact)
    assert not panel.is_exact


def test_a_visit_every_tuesday_is_caught_entirely() -> None:
    days = [START + timedelta(days=1 + 7 * week) for week in range(104)]
    made = [Arrival(day, 600) for day in days]
    period = Period(START, START + timedelta(days=7 * 104 - 1))
    found = judge_history("Here", made, period, weekly(GRID))
    assert found.day.caught.share > 0.97
    assert found.cell.caught.share > 0.97
    assert found.shift.caught.share > 0.9
    assert found.safe_days > 0.8
    assert "predicted 9" in found.sentence or "predicted 100" in found.sentence


def test_visits_on_days_of_pure_chance_are_caught_by_chance() -> None:
    random = Random(3)
    period = Period(START, START + timedelta(days=364 * 8 - 1))
    made = [
        Arrival(START + timedelta(days=at), random.randrange(1440))
        for at in range(364 * 8)
        if random.random() < 1 / 7
    ]
    found = judge_history("Here", made, period, weekly(GRID))
    assert found.day.caught.low <= 1 / 7 + 0.05
    assert found.cell.caught.share < 0.07
    assert found.safe_days < 0.1


def test_without_the_extra_nine_watchers_judge_and_two_are_named_as_left_out(
    without_learners: None,
) -> None:
    made, period = simulated(65, 2, 7)
    found = judge_history("Here", made, period, weekly(GRID))
    assert learners() == {}
    assert len(found.watchers) == 9
    assert found.left_out == (LOGISTIC, TREES)
    assert found.day.watcher in found.watchers
    assert found.left_out_sentence == (
        "We tried 9 of our 11 ways to predict visits. The other 2 need scikit-learn, which is not "
        "installed here. They might predict more visits."
    )


def test_with_the_extra_eleven_watchers_judge_and_none_is_left_out() -> None:
    made, period = simulated(65, 1, 7)
    found = judge_history("Here", made, period, weekly(GRID))
    assert len(found.watchers) == len(set(found.watchers)) == 11
    assert {LOGISTIC, TREES} < set(found.watchers)
    assert found.left_out == ()
    assert not found.left_out_sentence


def test_a_short_history_is_honestly_uncertain() -> None:
    made = [Arrival(START + timedelta(days=7 * week), 600) for week in range(4)]
    period = Period(START, START + timedelta(days=27))
    found = judge_history("Here", made, period, weekly(GRID))
    assert "too few to say" in found.sentence
    assert found.day.caught.high - found.day.caught.low > 0.3
    nothing = judge_history("Here", [], period, weekly(GRID))
    assert nothing.visits == 0
    assert nothing.day.caught.share == 0


def test_knowing_the_number_of_visits_a_week_is_worse() -> None:
    made, period = simulated(65, 6, 5)
    found = judge_history("Here", made, period, weekly(GRID))
    assert found.leaked_day.share > found.day.caught.share
    assert found.leaked_safe > 0.3


def test_a_choice_by_hand_on_the_likeliest_days_moves_the_figure() -> None:
    made, _ = simulated(65, 1, 9)
    year = Period(START, START + timedelta(days=363))
    drawn = judge_plan("Here", made, year, weekly(GRID), suite_policy())
    sundays = {m.day - timedelta(days=m.day.weekday()) + timedelta(days=6) for m in made}
    by_hand = [Arrival(day, 600) for day in sorted(sundays)]
    chosen = judge_plan("Here", by_hand, year, weekly(GRID), suite_policy())
    assert chosen.day.caught.share > drawn.day.caught.share + 0.3


def test_kennels_are_judged_by_the_month() -> None:
    grid = reference_grid(Kind.ANIMAL_WELFARE, uuid4())
    made = [Arrival(date(2024, month, 4 + month), 600) for month in range(1, 13)]
    year = Period(date(2024, 1, 1), date(2024, 12, 31))
    history = judge_history("Kennels", made, year, monthly(grid))
    assert history.visits == 12
    assert history.floor_day is None
    plan = judge_plan("Kennels", made, year, monthly(grid), kennel_policy())
    assert 0 < plan.day.caught.share <= 1
    assert plan.days == 366


def test_timeslot_watchers_learn_what_follows_what() -> None:
    cycle = [0, 1, 2] * 30
    assert sum(watched_cells(CellWatcher("after one", 1, 3), cycle)) > 85
    assert sum(watched_cells(CellWatcher("after two", 2, 3), cycle)) > 84
    assert sum(watched_cells(PhraseWatcher(3), cycle)) > 40
    assert sum(watched_cells(CellWatcher("most visited", 0, 3), [1] * 20)) > 19
    least = watched_cells(CellWatcher("least visited", 0, 3, expects_rest=True), [0, 1, 2, 0, 1, 2])
    assert least == pytest.approx([1 / 3, 1 / 2, 1, 1 / 3, 1 / 2, 1])


def test_the_floor_is_known_between_one_and_two_visits_a_week() -> None:
    assert floor_of_day(52) == 0.464
    assert floor_of_day(65) == 0.323
    assert floor_of_day(58) == pytest.approx((0.407 + 0.366) / 2)
    assert floor_of_day(40) is None
    assert floor_of_day(200) is None


def test_the_interval_is_wilsons() -> None:
    caught = Caught(0.5, 100)
    assert (caught.low, caught.high) == pytest.approx((0.4038, 0.5962), abs=1e-3)
    assert (Caught(0.0, 0).low, Caught(0.0, 0).high) == (0.0, 1.0)
    assert Caught(0.38, 100).words == "38 of 100 visits"


@pytest.mark.parametrize("name", [LOGISTIC, TREES])
def test_a_learner_never_sees_ahead(name: str) -> None:
    made, period = simulated(65, 1, 4)
    later = period.start + timedelta(days=200)
    days = _seen(made, period, weekly(GRID))
    other = [one if one.day < later else replace(one, cells=()) for one in days]
    learner = learners()[name]
    assert learned_days(learner, days, 0.2)[:200] == learned_days(learner, other, 0.2)[:200]
    before = sum(len(one.cells) for one in days if one.day < later)
    cells, bands = GRID.cells, len(GRID.bands)
    guesses = learned_cells(learner, days, cells, bands)
    assert guesses[:before] == learned_cells(learner, other, cells, bands)


@pytest.mark.parametrize("name", [LOGISTIC, TREES])
def test_a_learner_finds_a_rule_of_several_signs_together(name: str) -> None:
    """A visit on Mondays and Thursdays only, two timeslots in turn."""
    period = Period(START, START + timedelta(days=7 * 60 - 1))
    visits = [START + timedelta(days=7 * week + at) for week in range(60) for at in (0, 3)]
    made = [Arrival(day, 600 if day.weekday() else 1000) for day in visits]
    days = _seen(made, period, weekly(GRID))
    chances = learned_days(learners()[name], days, 2 / 7)
    told = [(chance > 0.5) == bool(one.cells) for chance, one in zip(chances, days, strict=True)]
    assert all(told[100:])
    assert sum(learned_cells(learners()[name], days, GRID.cells, len(GRID.bands))) > 90


@pytest.mark.parametrize("name", [LOGISTIC, TREES])
def test_a_learner_that_has_seen_one_outcome_only_says_what_it_believed_at_first(name: str) -> None:
    period = Period(START, START + timedelta(days=99))
    days = _seen([], period, weekly(GRID))
    assert learned_days(learners()[name], days, 0.25) == [0.25] * 100
    assert learned_cells(learners()[name], days, GRID.cells, len(GRID.bands)) == []
