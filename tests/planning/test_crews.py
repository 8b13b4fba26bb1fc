"""Pairs keep every hard rule, fill what can be filled, and say why where they don't."""

from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.planning.rota_instances import (
    MONDAY,
    SCHEME,
    broken_rules,
    make_slots,
    make_volunteers,
    with_a_planted_cause,
    with_a_planted_rota,
)
from visitapp.domain.period import Period
from visitapp.domain.plan.rota import (
    Crewing,
    FreeTime,
    Memory,
    Need,
    Unfilled,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
    pair_of,
)
from visitapp.planning.crews import Effort, find_crews
from visitapp.planning.first_pairs import first_pairs
from visitapp.planning.rolling import find_crews_rolling, memory_of, quarters, remembered

QUICK = Effort(seconds=6, good_enough=0.9)
ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
SITE = UUID(int=100)
LONG = pytest.mark.long


def _sizes(seed: int) -> tuple[Random, int, int, int, int]:
    """Weeks, sites, kennels and volunteers: from small schemes to large ones."""
    random = Random(seed)
    weeks = random.choice([4, 6, 8, 13, 13, 26, 52]) if seed % 10 == 0 else random.randint(4, 13)
    suites = random.randint(1, 5)
    kennels = random.randint(0, 1)
    # A pair a week and site, each person twice a week at most, with room to breathe.
    volunteers = random.randint(max(5, 3 * (suites + kennels)), 60 if seed % 10 == 0 else 30)
    return random, weeks, suites, kennels, volunteers


SEEDS = [*range(40), *(pytest.param(seed, marks=LONG) for seed in range(40, 200))]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_hidden_rota_is_filled_and_a_hidden_cause_is_named(seed: int) -> None:
    random, weeks, suites, kennels, number = _sizes(seed)
    slots = make_slots(random, weeks, suites, kennels)
    people = make_volunteers(random, number, weeks, share=random.choice([0.05, 0.15, 0.3]))
    people = with_a_planted_rota(random, slots, people)
    if seed % 2 == 0:
        found = find_crews_rolling(slots, people, random, effort=QUICK)
        assert [u.sentence for u in found.unfilled] == []
    else:
        planted, cause, slots, people = with_a_planted_cause(random, slots, people)
        found = find_crews_rolling(slots, people, random, effort=QUICK)
        (unfilled,) = found.unfilled
        assert unfilled.slot_id == planted.id
        assert unfilled.obstacles[cause] >= number - 1
        assert cause.words in unfilled.sentence
        _tells_no_moment(unfilled, planted)
    assert broken_rules(slots, people, found) == []


def _tells_no_moment(unfilled: Unfilled, slot: VisitSlot) -> None:
    said = " ".join((unfilled.sentence, *unfilled.helps))
    assert f"{slot.minute // 60:02}:" not in said
    for weekday in ("Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"):
        assert weekday not in said


def _slot(number: int, day: int = 0, minute: int = 600, need: Need = Need.SUITE) -> VisitSlot:
    return VisitSlot(
        UUID(int=number), SCHEME, SITE, "Northgate", MONDAY + timedelta(days=day), minute, need
    )


def _person(number: int, **changed: object) -> Volunteer:
    who = Volunteer(UUID(int=500 + number), f"Person {number}", frozenset({SCHEME}), ALWAYS)
    return replace(who, **changed)  # type: ignore[arg-type]


def crews(slots: list[VisitSlot], people: list[Volunteer], **more: object) -> Crewing:
    return find_crews(slots, people, Random(1), effort=Effort(5), **more)  # type: ignore[arg-type]


def test_nobody_visits_twice_a_day_or_three_times_a_week() -> None:
    four = [_person(n) for n in range(4)]
    same_day = [_slot(1, 0), _slot(2, 0, 900), _slot(3, 0, 1000)]
    found = crews(same_day, four)
    assert len(found.pairs) == 2
    assert len(found.unfilled) == 1
    assert "could go" in found.unfilled[0].sentence
    week = [_slot(n, n) for n in range(1, 6)]
    found = crews(week, four)
    assert len(found.pairs) == 4
    assert broken_rules(week, four, found) == []


def test_two_on_probation_never_go_together_nor_without_somebody_experienced() -> None:
    end = MONDAY + timedelta(days=90)
    new = [_person(1, probation_until=end), _person(2, probation_until=end)]
    found = crews([_slot(1)], new)
    assert "on probation" in found.unfilled[0].sentence
    shy = _person(3, may_buddy=False)
    assert "on probation" in crews([_slot(1)], [new[0], shy]).unfilled[0].sentence
    assert crews([_slot(1)], [new[0], _person(3)]).unfilled == ()
    assert may_pair(shy, _person(4, may_buddy=False), MONDAY)


def test_pairs_vary_loads_are_even_and_the_least_is_reached() -> None:
    people = [_person(n, least=2) for n in range(6)]
    slots = [_slot(n, 7 * n) for n in range(1, 7)]
    found = crews(slots, people)
    loads = [sum(who.id in pair for pair in found.pairs.values()) for who in people]
    assert loads == [2] * 6
    assert len(set(found.pairs.values())) == 6
    assert found.gap == 0
    assert found.proven.startswith("This is the best possible plan")
    assert "nobody twice in a week" in found.proven
    assert not [note for note in found.notes if "paired" in note or "of at least" in note]


def test_pairs_of_the_quarter_before_are_remembered() -> None:
    people = [_person(n) for n in range(4)]
    pair = pair_of(people[0].id, people[1].id)
    memory = Memory(dict.fromkeys(pair, 3), {}, {pair: 1})
    found = crews([_slot(1)], people, memory=memory)
    assert found.pairs[UUID(int=1)] == pair_of(people[2].id, people[3].id)


def test_pins_stay_and_the_rest_is_planned_around_them() -> None:
    people = [_person(n) for n in range(4)]
    slots = [_slot(1), _slot(2, 1), _slot(3, 8)]
    pins = {slots[0].id: (people[0].id, people[1].id), slots[1].id: (people[2].id,)}
    found = crews(slots, people, pins=pins)
    assert found.pairs[slots[0].id] == pair_of(people[0].id, people[1].id)
    assert people[2].id in found.pairs[slots[1].id]
    assert broken_rules(slots, people, found, pins) == []
    away = [replace(people[0], away=(Period(MONDAY, MONDAY),)), *people[1:]]
    kept = crews(slots, away, pins=pins)
    assert people[0].id in kept.pairs[slots[0].id]
    assert broken_rules(slots, away, kept, pins) == []


def test_a_wish_is_met_where_it_can_be_and_said_where_it_can_not() -> None:
    june = Period(MONDAY, MONDAY + timedelta(days=30))
    people = [_person(1, wishes=(june,)), _person(2), _person(3)]
    assert people[0].id not in crews([_slot(1)], people).pairs[UUID(int=1)]
    forced = crews([_slot(1)], people[:2])
    assert forced.notes[0].startswith("Person 1 asked for no visit then: Northgate, week of")


def test_two_plans_from_one_state_hardly_agree() -> None:
    setup = Random(4)
    slots = make_slots(setup, 8, 2)
    people = make_volunteers(setup, 24, 8, share=0.7)
    plans = [find_crews(slots, people, Random(n), effort=QUICK).pairs for n in range(6)]
    agreements = [
        sum(one[s.id] == other[s.id] for s in slots if s.id in one and s.id in other) / len(slots)
        for at, one in enumerate(plans)
        for other in plans[at + 1 :]
    ]
    assert sum(agreements) / len(agreements) <= 0.25


@pytest.mark.parametrize("seed", range(8))
def test_a_first_look_keeps_every_rule_without_the_solver(seed: int) -> None:
    setup = Random(seed)
    slots = make_slots(setup, 13, 3, 1)
    people = make_volunteers(setup, 31, 13, share=0.4)
    pins = {slots[5].id: (people[3].id,)}
    chosen = first_pairs(slots, people, setup, pins=pins)
    pairs = {slots[s].id: pair_of(people[v].id, people[w].id) for s, (v, w) in chosen.items()}
    assert len(pairs) >= 0.9 * len(slots)
    assert broken_rules(slots, people, Crewing(pairs), pins) == []


def test_how_good_a_plan_is_proven_to_be_is_said_for_a_quarter_and_for_a_year() -> None:
    assert "availability. We weighed:" in Crewing({}).proven
    year = Crewing({}, cost=100, bound=100, quarters=4)
    assert "availability, quarter by quarter. We weighed:" in year.proven
    assert "by no more than 3%" in replace(year, bound=97.5).proven
    people = [_person(n) for n in range(6)]
    found = find_crews_rolling([_slot(1), _slot(2, 7 * 13)], people, Random(1))
    assert found.quarters == 2
    assert found.proven == year.proven


def test_a_search_that_is_stopped_gives_the_best_plan_so_far() -> None:
    setup = Random(2)
    slots = make_slots(setup, 13, 3)
    people = make_volunteers(setup, 30, 13)
    told: list[tuple[str, int, int]] = []

    def once(*said: object) -> bool:
        told.append(said)  # type: ignore[arg-type]
        return False

    found = find_crews_rolling(slots, people, Random(1), progress=once)
    assert told
    assert broken_rules(slots, people, found) == []
    assert found.pairs


def test_quarters_are_of_thirteen_weeks_and_what_is_made_is_remembered() -> None:
    slots = [_slot(1), _slot(2, 7 * 13), _slot(3, 7 * 13 - 1), _slot(4, 7 * 40)]
    assert [[s.id.int for s in block] for block in quarters(slots)] == [[1, 3], [2], [4]]
    assert quarters([]) == []
    one, other = UUID(int=1), UUID(int=2)
    memory = memory_of([(MONDAY, SITE, (other, one)), (MONDAY, SITE, (one,))])
    assert memory.loads == {one: 2, other: 1}
    assert memory.pairs == {(one, other): 1}
    more = remembered(memory, slots[:1], Crewing({slots[0].id: (one, other)}))
    assert more.pairs == {(one, other): 2}
    assert more.at_site[one, SITE] == 3
    assert find_crews_rolling([], [], Random(1)).pairs == {}


def test_what_keeps_somebody_from_a_visit_is_found_gravest_first() -> None:
    slot = _slot(1)
    assert obstacle(_person(1), slot) is None
    early = Period(MONDAY, MONDAY)
    everything = _person(1, schemes=frozenset(), not_at=frozenset({SITE}), away=(early,), free=())
    order = []
    for cure in (
        {"schemes": frozenset({SCHEME})},
        {"not_at": frozenset()},
        {"away": ()},
        {"free": ALWAYS},
    ):
        found = obstacle(everything, slot)
        assert found is not None
        order.append(found.value)
        everything = replace(everything, **cure)  # type: ignore[arg-type]
    assert order == ["scheme", "site", "away", "not_free"]


def test_the_checker_sees_every_kind_of_broken_rule() -> None:
    end = MONDAY + timedelta(days=90)
    new = [_person(n, probation_until=end, most=1, free=()) for n in (1, 2)]
    pair = pair_of(new[0].id, new[1].id)
    slots = [_slot(n, n % 3) for n in range(1, 5)]
    found = broken_rules(slots, new, Crewing({slot.id: pair for slot in slots}))
    for word in ("twice on", "times in", "over the most", "not free", "probation"):
        assert any(word in broken for broken in found)
