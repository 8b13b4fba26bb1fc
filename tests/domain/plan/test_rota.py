"""Who could make a visit, who may go together, and how good the pairs are."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.plan.rota import (
    KENNELS_APART,
    WEIGHED,
    Crewing,
    FreeTime,
    Memory,
    Need,
    Obstacle,
    Unfilled,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
    pair_of,
)

SCHEME, OTHER_SCHEME, SITE = uuid4(), uuid4(), uuid4()
MONDAY = date(2025, 5, 5)
ANN = Volunteer(uuid4(), "Ann", frozenset({SCHEME}), (FreeTime(0, 600, 720),))
SLOT = VisitSlot(uuid4(), SCHEME, SITE, "Northgate", MONDAY, 600)


def test_a_pair_is_the_same_whoever_is_named_first() -> None:
    first, second = UUID(int=1), UUID(int=2)
    assert pair_of(first, second) == pair_of(second, first) == (first, second)


@pytest.mark.parametrize(
    ("weekday", "start", "end"),
    [(-1, 0, 60), (7, 0, 60), (0, -1, 60), (0, 60, 60), (0, 61, 60), (0, 0, 1441)],
)
def test_a_free_time_outside_a_day_is_refused(weekday: int, start: int, end: int) -> None:
    with pytest.raises(BadInputError, match="within one day"):
        FreeTime(weekday, start, end)


def test_a_free_time_may_last_from_midnight_to_midnight_of_any_day() -> None:
    for weekday in range(7):
        whole_day = FreeTime(weekday, 0, 1440)
        assert whole_day.holds(weekday, 0)
        assert whole_day.holds(weekday, 1439)
    assert FreeTime(0, 0, 1).holds(0, 0)


def test_a_free_time_holds_its_first_minute_and_not_its_end() -> None:
    free = FreeTime(2, 600, 720)
    minutes = {599: False, 600: True, 719: True, 720: False}
    assert {minute: free.holds(2, minute) for minute in minutes} == minutes
    assert not free.holds(3, 660)
    assert not free.holds(1, 660)


def test_nobody_is_taken_to_be_qualified_or_limited_until_that_is_entered() -> None:
    assert (ANN.least, ANN.most, ANN.may_buddy) == (0, 13, True)
    assert not ANN.tact_trained
    assert obstacle(ANN, replace(SLOT, need=Need.TACT)) is Obstacle.TACT
    trained = replace(ANN, tact_trained=True)
    assert obstacle(trained, replace(SLOT, need=Need.TACT)) is None


def test_kennels_are_open_to_those_in_their_scheme_whose_probation_is_over() -> None:
    kennels = replace(SLOT, need=Need.KENNELS)
    assert obstacle(ANN, kennels) is None
    assert obstacle(ANN, replace(kennels, scheme_id=OTHER_SCHEME)) is Obstacle.SCHEME
    new = replace(ANN, probation_until=MONDAY)
    assert obstacle(new, SLOT) is None
    assert obstacle(new, kennels) is Obstacle.PROBATION
    assert obstacle(replace(new, probation_until=MONDAY - timedelta(days=1)), kennels) is None


def test_somebody_outside_the_scheme_on_that_day_cannot_go() -> None:
    assert obstacle(ANN, SLOT) is None
    assert obstacle(replace(ANN, schemes=frozenset({OTHER_SCHEME})), SLOT) is Obstacle.SCHEME
    today = Period(MONDAY, MONDAY)
    before = Period(MONDAY - timedelta(days=9), MONDAY - timedelta(days=1))
    assert obstacle(replace(ANN, outside=((SCHEME, today),)), SLOT) is Obstacle.SCHEME
    assert obstacle(replace(ANN, outside=((SCHEME, before), (SCHEME, today))), SLOT)
    assert obstacle(replace(ANN, outside=((SCHEME, before),)), SLOT) is None
    assert obstacle(replace(ANN, outside=((OTHER_SCHEME, today),)), SLOT) is None


def test_vetting_holds_to_the_end_of_its_last_day() -> None:
    assert obstacle(replace(ANN, vetted_until=MONDAY), SLOT) is None
    ended = replace(ANN, vetted_until=MONDAY - timedelta(days=1))
    assert obstacle(ended, SLOT) is Obstacle.VETTING
    assert obstacle(replace(ANN, vetted_until=None), SLOT) is None


def test_the_gravest_obstacle_is_named() -> None:
    away = Period(MONDAY, MONDAY)
    late = replace(SLOT, minute=720)
    assert obstacle(ANN, late) is Obstacle.NOT_FREE
    assert obstacle(replace(ANN, away=(away,)), late) is Obstacle.AWAY
    busy = replace(ANN, away=(away,), not_at=frozenset({SITE}))
    assert obstacle(busy, late) is Obstacle.SITE
    assert obstacle(replace(busy, training=frozenset({SCHEME})), late) is Obstacle.TRAINING
    assert obstacle(replace(ANN, free=()), SLOT) is Obstacle.NOT_FREE
    assert obstacle(ANN, replace(SLOT, day=MONDAY + timedelta(days=1))) is Obstacle.NOT_FREE


@pytest.mark.parametrize("first", range(9))
@pytest.mark.parametrize("length", range(1, 4))
def test_somebody_is_alike_on_days_on_which_the_same_keeps_them_off(
    first: int, length: int
) -> None:
    """Whoever is said to be alike has the same obstacle on each of the days."""
    days = [MONDAY + timedelta(days=at) for at in range(first, first + length)]
    middle = MONDAY + timedelta(days=5)
    always = replace(ANN, free=tuple(FreeTime(weekday, 0, 1440) for weekday in range(7)))
    whole = Period(days[0], days[-1])
    for who in (
        replace(always, away=(Period(middle, middle),)),
        replace(always, outside=((SCHEME, Period(middle, middle)),)),
        replace(always, vetted_until=middle),
        replace(always, probation_until=middle),
    ):
        visit = replace(SLOT, need=Need.KENNELS)
        kept_off = {obstacle(who, replace(visit, day=day)) for day in days}
        assert len(kept_off) == 1 or not who.is_alike_within(whole)
    vetted = replace(always, vetted_until=middle)
    assert vetted.is_alike_within(whole) is not (days[0] <= middle < days[-1])
    assert always.is_alike_within(whole)


def test_probation_lasts_to_the_end_of_its_last_day_and_needs_somebody_experienced() -> None:
    new = replace(ANN, id=uuid4(), probation_until=MONDAY)
    tomorrow = MONDAY + timedelta(days=1)
    assert new.is_on_probation(MONDAY)
    assert not new.is_on_probation(tomorrow)
    assert new.is_experienced(tomorrow)
    assert may_pair(new, ANN, MONDAY)
    assert may_pair(ANN, new, MONDAY)
    assert not may_pair(new, new, MONDAY)
    assert may_pair(new, new, tomorrow)
    unsure = replace(ANN, may_buddy=False)
    assert may_pair(unsure, unsure, MONDAY)
    assert not may_pair(new, unsure, MONDAY)
    assert not may_pair(unsure, new, MONDAY)


def test_the_week_of_a_visit_begins_on_its_monday() -> None:
    for days in range(7):
        assert replace(SLOT, day=MONDAY + timedelta(days=days)).week == MONDAY
    assert replace(SLOT, day=MONDAY - timedelta(days=1)).week == MONDAY - timedelta(days=7)


def test_what_is_planned_with_can_stand_in_a_set() -> None:
    """Tables in them decide nothing about which is which."""
    far = replace(ANN, travel={SITE: 3})
    assert len({ANN, replace(ANN)}) == 1
    assert hash(far) == hash(ANN)
    missing = Unfilled(SLOT.id, "", "Nobody is free.", obstacles={Obstacle.AWAY: 3})
    busy = Memory({ANN.id: 1}, {(ANN.id, SITE): 1}, {(ANN.id, ANN.id): 1}, {ANN.id: (MONDAY,)})
    assert len({missing, busy, Crewing({SLOT.id: (ANN.id, ANN.id)})}) == 3


def test_two_weeks_lie_between_two_visits_to_kennels() -> None:
    assert KENNELS_APART == 14


def test_a_plan_that_cannot_be_better_is_said_to_be_the_best() -> None:
    best = "This is the best possible plan for everyone’s availability"
    assert Crewing({}).proven == f"{best}. {WEIGHED}"
    assert Crewing({}, cost=5.0, bound=5.0).gap == 0.0
    assert Crewing({}, cost=4.0, bound=5.0).gap == 0.0
    assert Crewing({}, quarters=2).proven == f"{best}, quarter by quarter. {WEIGHED}"
    assert Crewing({}, quarters=1).proven.startswith(f"{best}. ")


@pytest.mark.parametrize(
    ("cost", "bound", "gap", "percent"),
    [(200.0, 150.0, 0.25, 25), (100.0, 99.9, 0.001, 1), (3.0, 2.0, 1 / 3, 34), (0.5, 0.0, 0.5, 50),
     (100.0, 0.0, 1.0, 100)],
)  # fmt: skip
def test_how_much_better_a_plan_could_be_is_said_in_whole_per_cent(
    cost: float, bound: float, gap: float, percent: int
) -> None:
    crewing = Crewing({}, cost=cost, bound=bound)
    assert crewing.gap == pytest.approx(gap)
    assert crewing.proven == (
        f"A better plan may be possible, but by no more than {percent}%. {WEIGHED}"
    )
