"""What a search for pairs tells of itself, and what repeated sites and pairs cost."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.planning.rota_instances import MONDAY, SCHEME
from visitapp.domain.plan.rota import Crewing, FreeTime, Memory, VisitSlot, Volunteer, pair_of
from visitapp.planning.crews import (
    ONE_SITE,
    UNFILLED,
    Effort,
    find_crews,
)
from visitapp.planning.search_progress import SearchProgress, stopper, teller

ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
NORTH, SOUTH = UUID(int=100), UUID(int=101)
ANN, BOB = (
    Volunteer(UUID(int=500 + n), name, frozenset({SCHEME}), ALWAYS)
    for n, name in enumerate(("Ann", "Bob"))
)


def _slot(number: int, day: int, site: UUID = NORTH) -> VisitSlot:
    at = MONDAY + timedelta(days=day)
    return VisitSlot(UUID(int=number), SCHEME, site, "Northgate", at, 600)


@pytest.mark.parametrize(
    ("cost", "bound", "percent"),
    [(50, 25, 50), (0, 0, 100), (0.5, 0.25, 50), (50, 60, 100), (50, -5, 0), (50, 49, 98)],
)
def test_what_is_proven_of_a_plan_is_told_in_percent(
    cost: float, bound: float, percent: int
) -> None:
    steps: list[tuple[str, int, int]] = []

    def progress(words: str, done: int, total: int) -> None:
        steps.append((words, done, total))

    search = SearchProgress(progress)
    assert search.still(), "no answer is not a no"
    assert search.better(cost, bound)
    assert search.still()
    words = "Looking for a better plan"
    assert steps == [(words, 0, 100), (words, percent, 100), (words, percent, 100)]


class Search:
    """Stands for the solver: a search that has come to some plan, and can be stopped."""

    objective_value, best_objective_bound = 50.0, 25.0
    is_stopped = False

    def stop_search(self) -> None:
        self.is_stopped = True


class Solver:
    """Where the solver's class for news of a search is looked up."""

    CpSolverSolutionCallback = Search


@pytest.mark.parametrize("answer", [None, True, False])
def test_a_search_goes_on_until_the_answer_is_no(answer: bool | None) -> None:
    def progress(*_: object) -> bool | None:
        return answer

    at_a_bound, at_a_plan = Search(), teller(Solver, SearchProgress(progress))
    stopper(at_a_bound, SearchProgress(progress))(25.0)
    at_a_plan.on_solution_callback()
    assert at_a_bound.is_stopped is at_a_plan.is_stopped is (answer is False)


def _cost(memory: Memory) -> Crewing:
    slots = [_slot(1, 0), _slot(2, 7, SOUTH)]
    crewing = find_crews(slots, [ANN, BOB], Random(1), memory=memory, effort=Effort(5))
    assert len(crewing.pairs) == 2
    assert crewing.bound == pytest.approx(crewing.cost), "what is proven is no more than the cost"
    return crewing


@pytest.mark.parametrize(("north", "beyond"), [(12, 0), (13, 0), (14, 1), (15, 1), (17, 1)])
def test_more_than_seven_of_ten_visits_at_one_site_cost_something(north: int, beyond: int) -> None:
    """With the two to come Ann has 20, of which 14 may be at one site."""
    loads = {ANN.id: 18, BOB.id: 18}
    bob: Mapping[tuple[UUID, UUID], int] = {(BOB.id, NORTH): 9, (BOB.id, SOUTH): 9}
    even = _cost(Memory(loads, {**bob, (ANN.id, NORTH): 9, (ANN.id, SOUTH): 9}))
    uneven = _cost(Memory(loads, {**bob, (ANN.id, NORTH): north, (ANN.id, SOUTH): 18 - north}))
    assert uneven.cost - even.cost == pytest.approx(ONE_SITE * beyond)


def test_a_pair_that_met_often_may_meet_again_where_there_is_nobody_else() -> None:
    """However often they met before, each further time costs the same."""
    pair = pair_of(ANN.id, BOB.id)
    costs = [_cost(Memory(pairs={pair: times})).cost for times in (1, 2, 5)]
    assert costs == pytest.approx([costs[0]] * 3)


def test_a_search_without_time_keeps_what_was_chosen_quickly_and_proves_nothing() -> None:
    busy = [replace(person, most=1) for person in (ANN, BOB)]
    crewing = find_crews([_slot(1, 0), _slot(2, 7)], busy, Random(1), effort=Effort(0.0))
    assert len(crewing.pairs) == 1
    assert (crewing.cost, crewing.bound) == (UNFILLED, 0)
