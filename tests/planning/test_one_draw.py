"""A simulation and a plan are one and the same draw: a law that is changed shows in both."""

from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.builders import make_site
from tests.planning.rota_instances import MONDAY, SCHEME
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Volunteer
from visitapp.planning import law
from visitapp.planning.crews import Effort
from visitapp.planning.law import Policy, SpanLaw, suite_policy
from visitapp.planning.making import PlanTask, _Drawing, make_plan
from visitapp.planning.reach import Ground
from visitapp.planning.simulation import simulate
from visitapp.services.office.reference import reference_grid

ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
PEOPLE = tuple(
    Volunteer(UUID(int=n), f"Person {n}", frozenset({SCHEME}), ALWAYS, most=99) for n in range(1, 9)
)


def _task(weeks: int) -> PlanTask:
    site = make_site(scheme_id=SCHEME)
    ground = Ground(site, reference_grid(Kind.CUSTODY, SCHEME), suite_policy())
    period = Period(MONDAY, MONDAY + timedelta(days=7 * weeks - 1))
    return PlanTask(UUID(int=1), period, (ground,), PEOPLE, (), MONDAY)


def _drawn(weeks: int, random: Random) -> list[PlannedVisit]:
    """The moments of a plan as it begins, before anybody is found for them."""
    drawing = _Drawing(_task(weeks), random)
    drawing.draw_all()
    return drawing.visits()


def _covered(seed: int) -> tuple[float, float]:
    """Timeslots covered in a year on average: simulated, and planned (50 weeks)."""
    _, watched = simulate(suite_policy(), 20, Random(seed))
    years = [len({v.cell for v in _drawn(50, Random(seed + n))}) for n in range(8)]
    return sum(watched.cells_visited) / 20, sum(years) / 8


def test_a_changed_law_of_timeslots_shows_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    assert min(_covered(1)) >= 34.3

    def even(counts: list[int], reachable: list[bool], policy: Policy) -> tuple[float, ...]:
        return tuple(can / sum(reachable) for can in reachable)

    monkeypatch.setattr(law, "cell_law", even)
    assert max(_covered(1)) <= 32


def test_a_changed_law_of_the_week_shows_in_both(monkeypatch: pytest.MonkeyPatch) -> None:
    def wednesdays(law: SpanLaw, day: int, made: bool) -> float:
        return float(day == 2)

    monkeypatch.setattr(SpanLaw, "hazard", wednesdays)
    simulated, _ = simulate(suite_policy(), 1, Random(1))
    planned, found = make_plan(_task(4), Random(1), Effort(0.1))
    assert {visit.weekday for visit in simulated} == {2}
    assert {visit.day.weekday() for visit in planned} == {2}
    assert not found.unfilled


@pytest.mark.parametrize("pairs", [50, pytest.param(200, marks=pytest.mark.long)])
def test_two_plans_from_one_state_agree_on_a_tenth_of_their_slots_at_most(pairs: int) -> None:
    agreements = []
    for pair in range(pairs):
        random = Random(pair)
        first, second = ({(v.day, v.cell) for v in _drawn(13, random)} for _ in range(2))
        agreements.append(len(first & second) / len(first))
    assert sum(agreements) / len(agreements) <= 0.10


@pytest.mark.long
def test_two_whole_plans_agree_on_a_tenth_of_their_slots_at_most() -> None:
    agreements = []
    for pair in range(200):
        first, second = (
            {(v.day, v.cell) for v in make_plan(_task(13), Random(2 * pair + n), Effort(0.1))[0]}
            for n in range(2)
        )
        agreements.append(len(first & second) / len(first))
    assert sum(agreements) / len(agreements) <= 0.10
