"""What pairs are chosen by: who was there this week, or at the kennels, gives way to others."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.planning.rota_instances import ANIMALS, MONDAY, SCHEME
from visitapp.domain.plan.rota import (
    Crewing,
    FreeTime,
    Memory,
    Need,
    Obstacle,
    VisitSlot,
    Volunteer,
    obstacle,
)
from visitapp.planning.crews import Effort, find_crews
from visitapp.planning.first_pairs import first_pairs
from visitapp.planning.reasons import explain, fairness_notes
from visitapp.planning.rolling import remembered

ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))


def _person(number: int, **changed: object) -> Volunteer:
    schemes = frozenset({SCHEME, ANIMALS})
    who = Volunteer(UUID(int=500 + number), f"Person {number}", schemes, ALWAYS, most=26)
    return replace(who, **changed)  # type: ignore[arg-type]


def _slot(number: int, day: int, need: Need = Need.SUITE) -> VisitSlot:
    scheme = ANIMALS if need is Need.KENNELS else SCHEME
    at = MONDAY + timedelta(days=day)
    return VisitSlot(UUID(int=number), scheme, UUID(int=100), "Northgate", at, 600, need)


def _times(found: Crewing, who: Volunteer, slots: list[VisitSlot]) -> int:
    return sum(who.id in found.pairs.get(slot.id, ()) for slot in slots)


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 3), st.integers(0, 4), st.integers(0, 2**16))
def test_nobody_goes_twice_in_a_week_while_others_could_go(
    visits: int, spare: int, seed: int
) -> None:
    people = [_person(n) for n in range(2 * visits + spare)]
    slots = [_slot(n + 1, n) for n in range(visits)]
    found = find_crews(slots, people, Random(seed), effort=Effort(5))
    assert max(_times(found, who, slots) for who in people) == 1
    assert not [note for note in found.notes if "two visits" in note]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.integers(0, 13), min_size=2, max_size=3, unique=True), st.integers(0, 2**16))
def test_nobody_goes_to_kennels_twice_in_two_weeks_while_others_could(
    days: list[int], seed: int
) -> None:
    people = [_person(n) for n in range(2 * len(days))]
    slots = [_slot(n + 1, day, Need.KENNELS) for n, day in enumerate(days)]
    found = find_crews(slots, people, Random(seed), effort=Effort(5))
    assert max(_times(found, who, slots) for who in people) == 1
    first = first_pairs(slots, people, Random(seed))
    assert len({one for pair in first.values() for one in pair}) == len(people)


def test_kennels_before_the_quarter_are_remembered() -> None:
    people = [_person(n) for n in range(4)]
    before = [_slot(9, -5, Need.KENNELS)]
    pair = (people[0].id, people[1].id)
    memory = remembered(Memory(), before, Crewing({before[0].id: pair}))
    memory = replace(memory, loads={}, pairs={})  # only the days speak against them
    found = find_crews([_slot(1, 3, Need.KENNELS)], people, Random(1), memory=memory)
    assert set(found.pairs[UUID(int=1)]) == {people[2].id, people[3].id}


def test_somebody_without_a_visit_comes_before_a_second_visit_of_another() -> None:
    """Three visits, ten people: with more people than places somebody always has none, which
    must not make the load of the others free of charge."""
    people = [_person(n) for n in range(10)]
    slots = [_slot(n + 1, 7 * n) for n in range(3)]
    for seed in range(4):
        found = find_crews(slots, people, Random(seed), effort=Effort(5))
        assert max(_times(found, who, slots) for who in people) == 1
        assert "nobody twice in a week" in found.proven


def test_what_can_not_be_had_is_said() -> None:
    people = [_person(n) for n in range(2)]
    pair = (people[0].id, people[1].id)
    slots = [_slot(1, 0, Need.KENNELS), _slot(2, 2, Need.KENNELS), _slot(3, 9, Need.KENNELS)]
    notes = fairness_notes(
        slots, {who.id: who for who in people}, {slot.id: pair for slot in slots}
    )
    assert "Person 0 has two visits in the week of Mon 7 Apr 2025." in notes
    assert "Person 1 goes to kennels 3 times within two weeks." in notes
    found = find_crews(slots, people, Random(1), effort=Effort(2))
    assert len(found.pairs) == 3, "a visit without a pair weighs more"


def test_who_is_in_training_is_kept_off_though_ticked_for_kennels() -> None:
    new = _person(1, training=frozenset({ANIMALS}))
    assert obstacle(new, _slot(1, 0, Need.KENNELS)) is Obstacle.TRAINING
    assert obstacle(new, _slot(1, 0)) is None
    found = find_crews([_slot(1, 0, Need.KENNELS)], [new, _person(2)], Random(1))
    assert "only Person 2 can go. The others: 1 still in training." in found.unfilled[0].sentence


def test_a_visit_without_a_pair_is_not_said_to_be_hopeless_while_many_could_go() -> None:
    people = [_person(n) for n in range(31)]
    (said,) = explain([_slot(1, 0)], people, {})
    assert said.sentence.endswith("this visit has no pair yet. 31 people could go.")


def test_a_pair_that_can_not_but_go_again_is_named() -> None:
    people = [_person(n) for n in range(2)]
    found = find_crews([_slot(1, 0), _slot(2, 8)], people, Random(1), effort=Effort(2))
    assert "Person 0 and Person 1 are paired twice." in found.notes


@pytest.mark.parametrize("seed", range(4))
def test_four_people_share_three_visits_to_kennels_in_two_weeks(seed: int) -> None:
    """Two of them are far from the kennels, which weighs less than going three times."""
    far = {UUID(int=100): 2}
    people = [_person(n, travel=far if n < 2 else {}) for n in range(4)]
    slots = [_slot(n + 1, day, Need.KENNELS) for n, day in enumerate((0, 5, 11))]
    found = find_crews(slots, people, Random(seed), effort=Effort(5))
    assert sorted(_times(found, who, slots) for who in people) == [1, 1, 2, 2]
