"""Visits at most ten days apart, whatever the calendar week."""

from itertools import pairwise
from math import isclose
from random import Random

import pytest
from ortools.linear_solver import pywraplp

from visitapp.domain.plan.foresight import floor_of_day
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.planning.draw import draw_span
from visitapp.planning.gaps import GapLaw, gap_chances
from visitapp.planning.law import suite_policy
from visitapp.planning.scores import Expected, caught_of, scores
from visitapp.planning.simulation import simulate, week_options

POLICY = suite_policy(52, WeekRule.APART_10)


def _law(last: int | None, counts: list[int] | None = None) -> GapLaw:
    return GapLaw(week_options(7, 5), counts or [0] * 35, POLICY, last)


def _least_caught(visits: int, alert: float) -> float:
    """The least share that any law of days since the last visit lets somebody predict who is alert
    where a visit is at least so likely, without a day that can be ruled out."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    been, made, over = ([solver.NumVar(0, 1, "") for _ in range(10)] for _ in range(3))
    mean = 364 / visits
    solver.Add(been[0] == 1)
    solver.Add(solver.Sum(been) == mean)
    solver.Add(made[9] == been[9])
    for at in range(10):
        solver.Add(made[at] <= been[at])
        solver.Add(made[at] >= 0.25 / mean * been[at])
        solver.Add(over[at] >= made[at] - alert * been[at])
        if at < 9:
            solver.Add(been[at + 1] == been[at] - made[at])
    solver.Minimize(solver.Sum(over))
    assert solver.Solve() == pywraplp.Solver.OPTIMAL
    return float(alert * mean / 7 + solver.Objective().Value())


@pytest.mark.parametrize("visits", [52, 65])
def test_no_law_without_days_that_can_be_ruled_out_is_predicted_less(visits: int) -> None:
    chances, reached, days = gap_chances(visits, 10), 1.0, []
    for chance in chances:
        days.append(Expected(chance, reached * chance, reached))
        reached *= 1 - chance
    assert isclose(sum(day.weight for day in days), 364 / visits, rel_tol=1e-6)
    assert min(chances) >= 0.25 * visits / 364 - 1e-12
    share = caught_of(days, 1 / 7)
    best = min(_least_caught(visits, at / 40) for at in range(6, 13))
    assert best - 1e-6 <= share <= best + 0.003
    assert floor_of_day(visits, WeekRule.APART_10) == pytest.approx(share, abs=0.002)
    if visits == 52:
        assert floor_of_day(visits, WeekRule.APART_10) == round(best, 3) == 0.429


def test_a_visit_is_due_ten_days_after_the_last_one_and_before_days_that_are_closed() -> None:
    assert _law(-9).hazard(1, -9) == 1
    assert _law(-9).hazard(0, -9) < 1
    options = [(), (), (1, 2), (), (), (3,), ()]
    law = GapLaw(options, [0] * 35, POLICY, -6)
    assert law.hazard(2, -6) == 1, "the next day that is open comes too late"
    assert law.hazard(5, 2) < 1


def test_the_next_visit_can_be_in_the_week_after() -> None:
    law = _law(-1)
    here, none = law.next_visit(0, so_far=0)
    assert isclose(sum(here) + none, 1)
    assert none > 0.2
    assert isclose(sum(law.first_visit()), 1)


def test_who_knows_the_number_of_a_week_knows_the_same_law_given_the_number() -> None:
    law, random = _law(-4, [0, 2, 1, 0, 3] * 7), Random(6)
    known = law.known(1)
    likely = {day: law.hazard(day, -4) for day in range(7)}
    once, none_yet = [], 1.0
    for day in range(7):
        after = 1.0
        for later in range(day + 1, 7):
            after *= 1 - law.hazard(later, day)
        once.append(none_yet * likely[day] * after)
        none_yet *= 1 - likely[day]
    left = 1.0
    for day in range(7):
        assert isclose(known.hazard(day, 1, -4) * left, once[day] / sum(once), abs_tol=1e-12)
        left *= 1 - known.hazard(day, 1, -4)
    assert len(draw_span(law, random)) in (0, 1, 2, 3)


@pytest.mark.parametrize("years", [8, pytest.param(500, marks=pytest.mark.long)])
def test_simulated_years_keep_the_gap(years: int) -> None:
    visits, watched = simulate(POLICY, years, Random(2))
    reached = scores(watched, 35)
    assert abs(len(visits) - 52 * years) < 5 * years
    assert max(watched.gaps) == 10
    days = [((v.year - 1) * 52 + v.week - 1) * 7 + v.weekday for v in visits]
    in_years = [b - a for a, b in pairwise(days) if a // 364 == b // 364]
    assert max(in_years) == 10
    exact = caught_of([Expected(chance, chance) for chance, _ in watched.days], 1 / 7)
    noise = 4 * (0.25 / len(visits)) ** 0.5
    assert abs(exact - 0.43) < noise
    assert abs(reached.c_day - exact) < noise
    assert reached.safe_days == 0
    assert 31.5 < reached.coverage < 34.5, "the price of even weekdays"
