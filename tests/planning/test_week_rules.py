"""Rules that let some weeks be empty: what they buy, and that they are kept."""

from itertools import combinations, pairwise, product
from math import isclose, prod
from random import Random

import pytest
from ortools.linear_solver import pywraplp

from tests.planners import chance_of_days
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import SiteKind
from visitapp.domain.office.target import TargetUnit, VisitTarget
from visitapp.domain.plan.foresight import floor_of_day
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.planning.draw import draw_span
from visitapp.planning.law import (
    KnownNumberLaw,
    SpanLaw,
    kennel_policy,
    suite_policy,
    target_policy,
)
from visitapp.planning.law import Policy as LawPolicy
from visitapp.planning.scores import Expected, caught, caught_of, scores
from visitapp.planning.simulation import simulate, week_options

RULES = [WeekRule.EMPTY_1, WeekRule.EMPTY_2, WeekRule.EMPTY_4]
UNEVEN = [0, 2, 1, 0, 3] * 7


def _law(rule: WeekRule, visits: int = 52, counts: list[int] = UNEVEN) -> SpanLaw:
    return SpanLaw(week_options(7, 5), counts, suite_policy(visits, rule))


def _every_week() -> list[tuple[int, ...]]:
    return [days for number in range(8) for days in combinations(range(7), number)]


@pytest.mark.parametrize("rule", RULES)
@pytest.mark.parametrize("visits", [52, 65])
def test_as_many_weeks_are_empty_as_the_rule_says_and_the_others_make_up_for_them(
    rule: WeekRule, visits: int
) -> None:
    law = _law(rule, visits)
    chances = {days: chance_of_days(law, days) for days in _every_week()}
    assert isclose(sum(chances.values()), 1)
    assert isclose(chances[()], rule.empty_weeks / 52)
    assert isclose(sum(len(days) * p for days, p in chances.items()), visits / 52)
    weights = {days: prod(law.weights[day] for day in days) for days in chances if days}
    total = sum(weights.values())
    for days, weight in weights.items():
        assert isclose(chances[days], weight / total * (1 - chances[()]), abs_tol=1e-12)


@pytest.mark.parametrize("rule", RULES)
def test_who_knows_the_number_knows_which_weeks_are_empty(rule: WeekRule) -> None:
    law = _law(rule, 65)
    known = KnownNumberLaw(law, 7)
    for number in range(8):
        chance = sum(chance_of_days(law, days) for days in _every_week() if len(days) == number)
        assert isclose(known.number(number), chance, abs_tol=1e-12)
    assert [known.hazard(day, 0) for day in range(7)] == [0] * 7


def test_the_next_visit_after_an_empty_week_is_foreseen_too() -> None:
    law = _law(WeekRule.EMPTY_4)
    here, none = law.next_visit(0, so_far=0)
    assert isclose(none, 4 / 52)
    assert isclose(sum(law.first_visit()), 1)
    assert all(isclose(a, b * (1 - none)) for a, b in zip(here, law.first_visit(), strict=True))


def test_a_week_with_few_days_left_can_be_empty_too() -> None:
    options = [(), (), (), (), (), (), (1, 2)]
    law = SpanLaw(options, [0] * 35, suite_policy(52, WeekRule.EMPTY_4))
    assert isclose(law.hazard(6, 0), 1 - 4 / 52)
    assert SpanLaw(options, [0] * 35, suite_policy(52)).hazard(6, 0) == 1
    random = Random(5)
    empty = sum(not draw_span(law, random) for _ in range(2_000))
    assert 0.055 < empty / 2_000 < 0.1


def _caught(rule: WeekRule) -> float:
    """The share that one alert day a week predicts where all timeslots are equally likely."""
    law = _law(rule, counts=[0] * 35)
    days, likely = [], {0: 1.0}
    for day in range(7):
        after: dict[int, float] = {}
        for so_far, weight in likely.items():
            hazard = law.hazard(day, so_far)
            days.append(Expected(hazard, weight * hazard, weight))
            after[so_far] = after.get(so_far, 0) + weight * (1 - hazard)
            after[so_far + 1] = after.get(so_far + 1, 0) + weight * hazard
        likely = after
    return caught_of(days, 1 / 7)


def test_each_empty_week_a_year_takes_two_of_100_visits_from_a_watcher() -> None:
    """The exact share by the program's law at 52 visits, close above the least possible share by
    any law: .464, .435, .407 and .359."""
    shares = [_caught(rule) for rule in (WeekRule.EACH, *RULES)]
    assert [round(share, 3) for share in shares] == [0.464, 0.443, 0.422, 0.38]


def test_somebody_who_learns_the_pattern_predicts_no_more_than_the_figure_says() -> None:
    """A watcher who has counted, in other years, how often there was a visit on each weekday of a
    week with or without one so far."""
    policy = suite_policy(52, WeekRule.EMPTY_4)
    counts: dict[tuple[int, bool], list[int]] = {}
    for seed, learns in ((1, True), (2, False)):
        visits, watched = simulate(policy, 12, Random(seed))
        days = {((v.year - 1) * 52 + v.week - 1) * 7 + v.weekday for v in visits}
        moments = []
        for day in range(12 * 364):
            seen = day % 7, any(day - back in days for back in range(1, day % 7 + 1))
            if learns:
                counts.setdefault(seen, [0, 0])
                counts[seen][0] += 1
                counts[seen][1] += day in days
            else:
                number, hits = counts[seen]
                moments.append((hits / number, day in days))
    exact = caught_of([Expected(chance, chance) for chance, _ in watched.days], 1 / 7)
    number = len(visits)
    assert caught(moments, 1 / 7) <= exact + 3 * (exact * (1 - exact) / number) ** 0.5
    assert caught(moments, 1 / 7) >= 0.3, "it is a good watcher"


def _least_caught(rule: WeekRule, alert: float) -> float:
    """The least share of 52 visits a year that any law of weeks lets somebody predict who is alert
    where a visit is at least so likely, by linear programming: `been` are the chances to be at a
    day before and after the first visit of its week, `visits` those of a visit then."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    been, visits = (
        [[solver.NumVar(0, 1, "") for _ in range(2)] for _ in range(7)] for _ in range(2)
    )
    solver.Add(been[0][0] == 1)
    solver.Add(been[0][1] == 0)
    for day in range(7):
        solver.Add(visits[day][0] + visits[day][1] == 1 / 7)
        none_yet = been[day][0] - visits[day][0]
        if day == 6:
            solver.Add(none_yet == rule.empty_weeks / 52)
        else:
            solver.Add(been[day + 1][0] == none_yet)
            solver.Add(been[day + 1][1] == 1 - none_yet)
    over = []
    for day, after in product(range(7), range(2)):
        solver.Add(visits[day][after] <= been[day][after])
        over.append(solver.NumVar(0, 1, ""))
        solver.Add(over[-1] >= visits[day][after] - alert * been[day][after])
    solver.Minimize(solver.Sum(over))
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return float(alert + solver.Objective().Value())


@pytest.mark.parametrize("rule", [WeekRule.EACH, *RULES])
def test_no_law_of_weeks_is_predicted_less_than_the_best_possible_that_is_shown(
    rule: WeekRule,
) -> None:
    best = min(_least_caught(rule, at / 40) for at in range(4, 21))
    assert floor_of_day(52, rule) == round(best, 3)
    shown = {"each": 0.464, "empty-1": 0.435, "empty-2": 0.407, "empty-4": 0.359}
    assert floor_of_day(52, rule) == shown[rule]


@pytest.mark.parametrize("years", [8, pytest.param(1_000, marks=pytest.mark.long)])
def test_simulated_years_keep_the_rule_and_are_caught_less(years: int) -> None:
    visits, watched = simulate(suite_policy(52, WeekRule.EMPTY_4), years, Random(2))
    reached = scores(watched, 35)
    weeks = {(visit.year, visit.week) for visit in visits}
    assert watched.empty_weeks == 52 * years - len(weeks)
    spread = 4 * (4 * years) ** 0.5
    assert abs(watched.empty_weeks - 4 * years) < spread
    assert abs(len(visits) - 52 * years) < spread
    days = [Expected(chance, chance) for chance, _ in watched.days]
    assert caught_of(days, 1 / 7) <= 0.42
    assert reached.coverage >= 34.3
    assert reached.longest_gap > 13
    in_year = [7 * visit.week + visit.weekday for visit in visits if visit.year == 1]
    gaps = [b - a for a, b in pairwise(in_year)]
    assert watched.gaps[0] == max(gaps)


def test_only_a_site_visited_once_a_week_can_have_empty_weeks() -> None:
    twice = target_policy(VisitTarget(2, TargetUnit.WEEK), SiteKind.SUITE)
    for policy in (kennel_policy(), twice):
        with pytest.raises(BadInputError, match="once a week"):
            LawPolicy(
                policy.visits_a_year, policy.spans_a_year, policy.cap, policy.floor, policy.least,
                WeekRule.EMPTY_1,
            )  # fmt: skip
