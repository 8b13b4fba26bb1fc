"""The first look at pairs, before the solver: for each visit the pair that costs least by then."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.planning.test_best_pairs import MONDAY, PEOPLE, slot
from visitapp.domain.plan.rota import Memory, Need, VisitSlot, Volunteer, pair_of
from visitapp.planning.first_pairs import first_pairs, soon_after_kennels

A, B, C, D = (person.id for person in PEOPLE)


class NoChance(Random):
    """Where pairs are the same otherwise, chance decides between them; here it never does."""

    def random(self) -> float:
        return 0.0


def chosen(
    slots: Sequence[VisitSlot],
    people: Sequence[Volunteer] = PEOPLE,
    memory: Memory | None = None,
    pins: Mapping[UUID, Sequence[UUID]] | None = None,
) -> list[set[UUID]]:
    """Who was chosen for each visit; nobody for one that is left empty."""
    pairs = first_pairs(slots, people, NoChance(1), memory or Memory(), pins or {})
    return [{people[v].id for v in pairs.get(s, ())} for s in range(len(slots))]


def test_whoever_made_fewer_visits_goes() -> None:
    for loads, pair in (
        ({A: 5, D: 5}, {B, C}),
        ({A: 1, B: 1}, {C, D}),
        ({B: 1}, {A, C}),
        ({B: 1, C: 3, D: 2}, {A, B}),
        ({A: 9, B: 2, C: 2, D: 2}, {B, C}),
    ):
        assert chosen([slot(1, 0)], memory=Memory(loads=loads)) == [pair]
    assert chosen([slot(1, 0), slot(2, 7)]) == [{A, B}, {C, D}]


def test_a_pair_that_met_before_is_the_last_choice() -> None:
    met = Memory(pairs={pair_of(A, B): 1, pair_of(A, C): 1, pair_of(A, D): 2, pair_of(B, C): 1})
    assert chosen([slot(1, 0)], memory=met) == [{B, D}]
    for visits, pair in ((2, {B, D}), (3, {A, B}), (4, {A, B})):
        busy = replace(met, loads={D: visits})
        assert chosen([slot(1, 0)], memory=busy) == [pair], "meeting again weighs three visits"
    three = [slot(n, 7 * n) for n in range(3)]
    assert chosen(three, PEOPLE[:3]) == [{A, B}, {A, C}, {B, C}]


def test_a_second_visit_of_a_week_weighs_two_visits_for_each_of_a_pair() -> None:
    week, pins = [slot(1, 0), slot(2, 2)], {slot(1, 0).id: (A, B)}
    for visits, pair in ((2, {C, D}), (3, {A, C})):
        busy = Memory(loads={C: visits, D: visits})
        assert chosen(week, memory=busy, pins=pins) == [{A, B}, pair]


def test_a_pair_of_this_quarter_counts_as_one_that_met_before() -> None:
    two, pins = [slot(1, 0), slot(2, 7)], {slot(1, 0).id: (A, B)}
    for visits, pair in ((3, {A, C}), (4, {A, B})):
        busy = Memory(loads={C: visits})
        assert chosen(two, PEOPLE[:3], busy, pins) == [{A, B}, pair]


def test_nobody_makes_more_visits_than_they_offered() -> None:
    once = [replace(person, most=1) for person in PEOPLE]
    assert chosen([slot(1, 0), slot(2, 7), slot(3, 14)], once) == [{A, B}, {C, D}, set()]
    twice = [replace(person, most=2) for person in PEOPLE[:2]]
    assert chosen([slot(n, 7 * n) for n in range(3)], twice) == [{A, B}, {A, B}, set()]


def test_nobody_goes_twice_a_day_or_three_times_a_week() -> None:
    assert chosen([slot(1, 0), slot(2, 0)], PEOPLE[:2]) == [{A, B}, set()]
    week = [slot(1, 0), slot(2, 2), slot(3, 4)]
    assert chosen(week, PEOPLE[:2]) == [{A, B}, {A, B}, set()]
    assert chosen([*week[:2], slot(3, 7)], PEOPLE[:2]) == [{A, B}] * 3


def test_twice_in_a_week_is_avoided_even_by_somebody_with_fewer_visits() -> None:
    memory = Memory(loads={C: 2, D: 2})
    assert chosen([slot(1, 0), slot(2, 2)], memory=memory) == [{A, B}, {C, D}]
    assert chosen([slot(1, 0), slot(2, 7)], PEOPLE[:3], Memory(loads={C: 3})) == [{A, B}, {A, C}]


@pytest.mark.parametrize(("days", "is_soon"), [(1, True), (13, True), (14, False)])
def test_two_weeks_lie_between_two_visits_to_kennels(days: int, is_soon: bool) -> None:
    visit = slot(1, 0, need=Need.KENNELS)
    for made in (MONDAY - timedelta(days=days), MONDAY + timedelta(days=days)):
        memory = Memory(kennel_days={A: (MONDAY - timedelta(days=90), made)})
        assert soon_after_kennels(memory, A, visit) is is_soon
        assert not soon_after_kennels(memory, B, visit)
        assert not soon_after_kennels(memory, A, slot(1, 0)), "a suite has no such rule"
        pair = {B, C} if is_soon else {A, B}
        assert chosen([visit], PEOPLE[:3], memory) == [pair]


@pytest.mark.parametrize(("days", "second"), [(13, {C, D}), (14, {A, C})])
def test_kennels_visited_in_the_same_plan_count_too(days: int, second: set[UUID]) -> None:
    """C and D made more visits, D more than C, so they go only where the others went too soon."""
    slots = [slot(1, 0, need=Need.KENNELS), slot(2, days, need=Need.KENNELS)]
    memory = Memory(loads={C: 1, D: 2})
    assert chosen(slots, memory=memory) == [{A, B}, second]
    suites = [replace(wanted, need=Need.SUITE) for wanted in slots]
    assert chosen(suites, memory=memory) == [{A, B}, {A, C}]


def test_a_visit_with_pins_is_filled_around_them() -> None:
    wanted = slot(1, 0)
    assert chosen([wanted], pins={wanted.id: (D,)}) == [{A, D}]
    assert chosen([wanted], pins={wanted.id: (C, D)}) == [{C, D}]
    new = [replace(person, probation_until=MONDAY) for person in PEOPLE[:2]]
    assert chosen([wanted], new, pins={wanted.id: (A,)}) == [set()]
