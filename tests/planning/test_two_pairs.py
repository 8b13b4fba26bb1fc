"""Two pairs for every week: the rota shows nothing, and the law of one visit or two is exact."""

from collections import Counter
from dataclasses import replace
from itertools import combinations
from math import isclose
from random import Random

import pytest

from tests.builders import make_site
from tests.planning.rota_instances import SCHEME
from tests.planning.test_making import PEOPLE, PERIOD, TASK
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.planning.crews import Effort
from visitapp.planning.draw import draw_span
from visitapp.planning.law import kennel_policy, suite_policy
from visitapp.planning.making import make_plan
from visitapp.planning.reach import Ground
from visitapp.planning.scores import Expected, caught, caught_of, scores
from visitapp.planning.simulation import simulate, week_options
from visitapp.planning.two_pairs import TwoPairsLaw
from visitapp.services.office.reference import reference_grid

UNEVEN = [0, 2, 1, 0, 3] * 7


def _law(visits: int, rule: WeekRule = WeekRule.EACH) -> TwoPairsLaw:
    policy = suite_policy(visits, rule, two_pairs=True)
    return TwoPairsLaw(week_options(7, 5), UNEVEN, policy)


def _walked(law: TwoPairsLaw, days: tuple[int, ...]) -> float:
    chance, so_far = 1.0, 0
    for day in range(7):
        hazard = law.hazard(day, so_far)
        chance *= hazard if day in days else 1 - hazard
        so_far += day in days
    return chance


@pytest.mark.parametrize("rule", [WeekRule.EACH, WeekRule.EMPTY_4])
@pytest.mark.parametrize("visits", [52, 65, 104])
def test_a_week_has_one_visit_or_two_and_the_year_as_many_as_are_wanted(
    visits: int, rule: WeekRule
) -> None:
    if visits == 104 and rule is not WeekRule.EACH:
        return  # with weeks left empty, two in each other week are fewer
    law = _law(visits, rule)
    chances = {
        days: _walked(law, days) for number in range(4) for days in combinations(range(7), number)
    }
    assert isclose(sum(chances.values()), 1)
    assert isclose(chances[()], rule.empty_weeks / 52, abs_tol=1e-12)
    assert isclose(sum(len(days) * chance for days, chance in chances.items()), visits / 52)
    assert sum(chance for days, chance in chances.items() if len(days) > 2) == 0
    shares = law.day_shares
    for number in (1, 2):
        alike = [days for days in chances if len(days) == number]
        weights = [shares[days[0]] * (shares[days[1]] if number == 2 else 1) for days in alike]
        total, likely = sum(weights), sum(chances[days] for days in alike)
        for days, weight in zip(alike, weights, strict=True):
            assert isclose(chances[days], likely * weight / total, abs_tol=1e-12)


def test_a_week_with_a_single_day_left_has_one_visit() -> None:
    policy = suite_policy(78, two_pairs=True)
    law = TwoPairsLaw([(), (), (), (), (), (1, 2), ()], [0] * 35, policy)
    assert [len(draw_span(law, Random(seed))) for seed in range(20)] == [1] * 20


@pytest.mark.parametrize("years", [8, pytest.param(1_000, marks=pytest.mark.long)])
def test_who_sees_the_rota_predicts_no_more_than_who_does_not(years: int) -> None:
    """Without two pairs, who sees how many visits each week has predicts 47 of 100."""
    _, watched = simulate(suite_policy(65, two_pairs=True), years, Random(3))
    reached = scores(watched, 35)
    assert reached.c_day_rota == reached.c_day
    assert abs(reached.stand_downs - 39) < 4 * (52 * 0.1875 / years) ** 0.5
    assert reached.visits / years + reached.stand_downs == 104
    assert reached.empty_weeks == 0
    exact = caught_of([Expected(chance, chance) for chance, _ in watched.days], 1 / 7)
    assert exact < 0.40
    assert abs(caught(watched.days, 1 / 7) - exact) < 4 * (0.25 / reached.visits) ** 0.5
    assert reached.c_day_leaked > exact + 0.03, "the number is worth hiding"
    _, without = simulate(suite_policy(65), years, Random(3))
    assert scores(without, 35).c_day_rota == scores(without, 35).c_day_leaked
    assert scores(without, 35).stand_downs == 0


def test_every_week_of_a_plan_shows_two_pairs_and_only_the_records_know_which_is_not_needed() -> (
    None
):
    grid = reference_grid(Kind.CUSTODY, SCHEME)
    policy = suite_policy(65, WeekRule.EMPTY_4, two_pairs=True)
    ground = Ground(make_site(scheme_id=SCHEME), grid, policy)
    visits, crewing = make_plan(replace(TASK, grounds=(ground,)), Random(5), Effort(0.1))
    weeks = Counter(visit.span.start for visit in visits)
    assert weeks == {week.start: 2 for week in PERIOD.weeks()}
    assert set(crewing.pairs) == {visit.id for visit in visits}
    assert len(PEOPLE) > 3
    stood_down = [visit for visit in visits if visit.is_stood_down]
    assert 0 < len(stood_down) < len(visits)
    assert all("stood" not in repr(visit) for visit in visits)


def test_two_pairs_are_only_for_sites_visited_once_a_week() -> None:
    with pytest.raises(BadInputError, match="once a week"):
        replace(kennel_policy(), two_pairs=True)
