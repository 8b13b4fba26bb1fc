"""A long plan is made quarter by quarter, and each quarter knows of those before."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.rota_instances import ANIMALS, MONDAY, SCHEME
from visitapp.domain.period import Period
from visitapp.domain.plan.rota import Crewing, FreeTime, Memory, Need, VisitSlot, Volunteer, pair_of
from visitapp.planning.crews import Effort
from visitapp.planning.rolling import (
    all_get_pairs,
    find_crews_rolling,
    memory_of,
    quarters,
    remembered,
)

SUITE, KENNELS = UUID(int=100), UUID(int=200)
QUARTER = 7 * 13
ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
ANN, BOB, CAT = (
    Volunteer(UUID(int=500 + n), name, frozenset({SCHEME}), ALWAYS)
    for n, name in enumerate(("Ann", "Bob", "Cat"))
)
AB, BC = pair_of(ANN.id, BOB.id), pair_of(BOB.id, CAT.id)


def _slot(number: int, day: int = 0, minute: int = 600, need: Need = Need.SUITE) -> VisitSlot:
    scheme, site = (ANIMALS, KENNELS) if need is Need.KENNELS else (SCHEME, SUITE)
    at = MONDAY + timedelta(days=day)
    return VisitSlot(UUID(int=number), scheme, site, "Northgate", at, minute, need)


def _numbers(blocks: list[list[VisitSlot]]) -> list[list[int]]:
    return [[slot.id.int for slot in block] for block in blocks]


def test_without_a_period_the_first_week_begins_a_quarter_of_thirteen_weeks() -> None:
    slots = [_slot(1, 2 * QUARTER), _slot(2, QUARTER - 1), _slot(3, 3), _slot(4, QUARTER)]
    assert _numbers(quarters(slots)) == [[3, 2], [4], [1]]


def test_months_of_kennels_that_overlap_a_period_belong_to_its_first_or_last_quarter() -> None:
    period = Period(MONDAY, MONDAY + timedelta(days=2 * QUARTER - 1))
    slots = [
        _slot(1, -20, need=Need.KENNELS), _slot(2, QUARTER - 1), _slot(3, QUARTER),
        _slot(4, 2 * QUARTER + 10, need=Need.KENNELS),
    ]  # fmt: skip
    assert _numbers(quarters(slots, period)) == [[1, 2], [3, 4]]
    week_more = Period(period.start, period.end + timedelta(days=7))
    assert _numbers(quarters(slots, week_more)) == [[1, 2], [3], [4]]
    within = Period(MONDAY, MONDAY + timedelta(days=6))
    assert _numbers(quarters(slots, within)) == [[1, 2, 3, 4]]


def test_visits_of_a_day_come_by_their_time_and_equal_ones_always_in_one_order() -> None:
    slots = [_slot(3, 1), _slot(2, 1), _slot(1, 1, 700), _slot(4, 0, 1200)]
    assert _numbers(quarters(slots)) == [[4, 2, 3, 1]]


@given(st.lists(st.integers(-40, 400), min_size=1, max_size=20), st.integers(1, 60))
def test_every_visit_is_in_one_quarter_and_quarters_follow_each_other(
    days: list[int], weeks: int
) -> None:
    slots = [_slot(number, day) for number, day in enumerate(days)]
    period = Period(MONDAY, MONDAY + timedelta(days=7 * weeks - 1))
    blocks = quarters(slots, period)
    assert [slot for block in blocks for slot in block] == sorted(
        slots, key=lambda slot: (slot.day, slot.id.int)
    )
    assert all(blocks)
    assert len(blocks) <= -(-weeks // 13)


def test_a_quarter_for_which_somebody_is_missing_is_noticed() -> None:
    period = Period(MONDAY, MONDAY + timedelta(days=2 * QUARTER - 1))
    slots = [_slot(1), _slot(2, QUARTER)]
    away = replace(BOB, away=(Period(MONDAY + timedelta(days=QUARTER), date(2026, 1, 1)),))
    assert all_get_pairs(slots, [ANN, BOB], Random(1), {}, period)
    assert not all_get_pairs(slots, [ANN, away], Random(1), {}, period)
    busy = [replace(person, most=1) for person in (ANN, BOB)]
    assert all_get_pairs(slots, busy, Random(1), {}, period), "one visit a quarter each"


def test_what_is_remembered_is_what_was_there_and_what_is_planned() -> None:
    kept = _slot(1), _slot(2, 3, need=Need.KENNELS), _slot(3, 5)
    crewing = Crewing({kept[0].id: AB, kept[1].id: AB})
    before = Memory({ANN.id: 2}, {(ANN.id, SUITE): 2}, {AB: 1}, {ANN.id: (date(2025, 3, 1),)})
    after = remembered(before, kept, crewing)
    assert after.loads == {ANN.id: 4, BOB.id: 2}
    assert after.at_site == {
        (ANN.id, SUITE): 3, (BOB.id, SUITE): 1, (ANN.id, KENNELS): 1, (BOB.id, KENNELS): 1,
    }  # fmt: skip
    assert after.pairs == {AB: 3}
    assert after.kennel_days == {
        ANN.id: (date(2025, 3, 1), kept[1].day), BOB.id: (kept[1].day,),
    }  # fmt: skip
    assert before.loads == {ANN.id: 2}, "the memory itself stays as it was"


def test_past_visits_count_for_each_visitor_and_for_a_pair() -> None:
    memory = memory_of(
        [
            (MONDAY, SUITE, (BOB.id, ANN.id)),
            (MONDAY, KENNELS, (ANN.id, BOB.id)),
            (date(2025, 5, 1), KENNELS, (ANN.id, BOB.id, CAT.id)),
            (MONDAY, SUITE, (CAT.id,)),
        ],
        {KENNELS},
    )
    assert memory.loads == {ANN.id: 3, BOB.id: 3, CAT.id: 2}
    assert memory.at_site[ANN.id, SUITE] == 1
    assert memory.at_site[ANN.id, KENNELS] == 2
    assert memory.pairs == {AB: 2}, "of three, nobody is a pair"
    assert memory.kennel_days == {
        ANN.id: (MONDAY, date(2025, 5, 1)),
        BOB.id: (MONDAY, date(2025, 5, 1)),
        CAT.id: (date(2025, 5, 1),),
    }


@pytest.fixture(scope="module")
def long_plan() -> tuple[Crewing, list[tuple[str, int, int]]]:
    """Two quarters, each with one visit, of which the second has nobody but Ann; what it told."""
    steps: list[tuple[str, int, int]] = []
    away = Period(MONDAY + timedelta(days=QUARTER), date(2026, 1, 1))
    people = [ANN, *(replace(person, away=(away,), least=1) for person in (BOB, CAT))]

    def progress(words: str, done: int, total: int) -> None:
        steps.append((words, done, total))

    slots = [_slot(1), _slot(2, QUARTER)]
    crewing = find_crews_rolling(slots, people, Random(1), effort=Effort(4), progress=progress)
    return crewing, steps


def test_quarters_are_found_in_turn_and_told_together(
    long_plan: tuple[Crewing, list[tuple[str, int, int]]],
) -> None:
    crewing, steps = long_plan
    assert crewing.pairs.keys() == {UUID(int=1)}
    assert [unfilled.slot_id for unfilled in crewing.unfilled] == [UUID(int=2)]
    assert "Cat has 0 of at least 1 visit." in crewing.notes
    assert crewing.quarters == 2
    parts = [find_crews_rolling([slot], [ANN, BOB, CAT], Random(1)) for slot in (_slot(1),)]
    assert crewing.cost > parts[0].cost > 0
    assert crewing.bound == pytest.approx(crewing.cost), "both quarters are proven"
    shares = [done / total for _, done, total in steps]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    first = [done / total for words, done, total in steps if "quarter 1 of 2" in words]
    second = [done / total for words, done, total in steps if "quarter 2 of 2" in words]
    assert len(first) + len(second) == len(steps)
    assert max(first) <= 1 / 2 <= min(second)


def test_a_plan_of_one_quarter_does_not_say_which() -> None:
    steps: list[str] = []
    crewing = find_crews_rolling(
        [_slot(1)], [ANN, BOB], Random(1), progress=lambda words, *_: steps.append(words)
    )
    assert steps
    assert not [words for words in steps if "quarter" in words]
    assert crewing.quarters == 1
    empty = find_crews_rolling([], [ANN, BOB], Random(1))
    assert (empty.pairs, empty.unfilled, empty.notes, empty.quarters) == ({}, (), (), 1)
