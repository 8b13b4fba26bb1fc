"""When a pair can go, against a look at each minute of a week; and the slot that stands in for a
visit whose moment the pair alone knows."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import SUITE, make_site
from tests.planning.rota_instances import MONDAY, SCHEME
from visitapp.domain.office.grid import Band
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.planned import Mode, PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Obstacle, VisitSlot, Volunteer, may_pair, obstacle
from visitapp.planning.law import suite_policy
from visitapp.planning.pair_draw import steps_within
from visitapp.planning.reach import Ground
from visitapp.services.office.reference import reference_grid

WEEK = week_of(MONDAY)
DAYS = [WEEK.start + timedelta(days=at) for at in range(7)]
BANDS = (Band(0, 478), Band(481, 720), Band(720, 1440))
"""The first two do not end or begin at whole steps, and leave three minutes between them."""
GROUND = Ground(
    make_site(scheme_id=SCHEME),
    replace(reference_grid(Kind.CUSTODY, SCHEME), bands=BANDS),
    suite_policy(),
)


def _person(number: int, *free: FreeTime, **changed: object) -> Volunteer:
    who = Volunteer(UUID(int=number), f"Person {number}", frozenset({SCHEME}), free)
    return replace(who, **changed)  # type: ignore[arg-type]


@st.composite
def free_times(draw: st.DrawFn) -> tuple[FreeTime, ...]:
    """Some parts of a week."""
    times = []
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, 1420))
        times.append(FreeTime(draw(st.integers(0, 2)), start, draw(st.integers(start + 1, 1440))))
    return tuple(times)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Volunteer, Volunteer]:
    """Two people, who may be new or away for a day."""
    away = draw(st.lists(st.sampled_from(DAYS[:3]), max_size=1))
    new = st.sampled_from([None, None, DAYS[1], date(2026, 1, 1)])
    first = _person(1, *draw(free_times()), away=tuple(Period(day, day) for day in away))
    second = _person(
        2, *draw(free_times()), probation_until=draw(new), may_buddy=draw(st.booleans())
    )
    return replace(first, probation_until=draw(new)), second


def _can_arrive(ground: Ground, pair: tuple[Volunteer, Volunteer], day: date, minute: int) -> bool:
    slot = VisitSlot(UUID(int=9), SCHEME, SUITE, "Northgate", day, minute)
    return (
        all(obstacle(person, slot) is None for person in pair)
        and ground.cell(day, minute) is not None
        and ground.site.is_open_on(day)
        and may_pair(*pair, day)
    )


@given(pairs(), st.sampled_from(DAYS[:3]), st.sampled_from(DAYS[:3]), st.booleans())
def test_a_pair_meets_at_each_step_at_which_both_can_go_and_at_no_other(
    pair: tuple[Volunteer, Volunteer], earliest: date, busy: date, is_open: bool
) -> None:
    opened = (OpenPeriod(MONDAY if is_open else DAYS[1], None),)
    ground = replace(GROUND, site=make_site(scheme_id=SCHEME, open_periods=opened))
    times = ground.meeting_times(WEEK, pair, earliest, {busy})
    arrivals = [(time.day, time.cell, minute) for time in times for minute in steps_within(time)]
    assert arrivals == [
        (at, ground.cell(day, minute), minute)
        for at, day in enumerate(DAYS[:3])  # on others, nobody is free
        for minute in range(0, 1440, 5)
        if day >= earliest and day != busy and _can_arrive(ground, pair, day, minute)
    ]
    for time, following in pairwise(times):
        is_one = (time.day, time.cell, time.end) == (following.day, following.cell, following.start)
        assert not is_one, "a stretch ends where one of them can go no longer"
    for time in times:
        assert time.end <= ground.band(time.cell).end


def test_a_stretch_lasts_to_the_end_of_its_last_step() -> None:
    pair = _person(1, FreeTime(1, 470, 500)), _person(2, FreeTime(1, 0, 492))
    times = GROUND.meeting_times(WEEK, pair, MONDAY)
    assert [(time.day, time.cell, time.start, time.end) for time in times] == [
        (1, 3, 470, 478), (1, 4, 485, 495),
    ]  # fmt: skip


def test_two_on_probation_never_meet_for_a_visit() -> None:
    always = FreeTime(2, 0, 1440)
    new = [_person(n, always, probation_until=DAYS[2]) for n in (1, 2)]
    assert GROUND.meeting_times(WEEK, new, MONDAY) == ()
    over = [replace(person, probation_until=DAYS[1]) for person in new]
    assert {time.day for time in GROUND.meeting_times(WEEK, over, MONDAY)} == {2}
    assert {time.day for time in GROUND.meeting_times(WEEK, new[:1], MONDAY)} == {2}, "who is left"


PAIR = (
    _person(1, FreeTime(1, 500, 700), FreeTime(1, 900, 960), FreeTime(4, 0, 60)),
    _person(2, FreeTime(1, 0, 1440), FreeTime(4, 30, 1440)),
)
"""Both are free on Tuesday from 500, and on Friday from 30."""


@pytest.mark.parametrize(("at", "day", "minute"), [(0, 1, 500), (1, 4, 30)])
def test_a_visit_of_a_pair_is_stood_in_for_by_the_first_time_of_one_of_its_days(
    at: int, day: int, minute: int
) -> None:
    visit = _left_to_pair()
    slot = GROUND.stand_in(visit, PAIR, at)
    assert (slot.id, slot.site_id, slot.scheme_id) == (visit.id, SUITE, SCHEME)
    assert (slot.day, slot.minute) == (DAYS[day], minute)
    assert all(obstacle(person, slot) is None for person in PAIR)


def test_a_pair_that_is_never_free_together_is_not_free_in_the_slot_that_stands_in() -> None:
    for pair, at in ((PAIR, 2), ((PAIR[0], _person(2, FreeTime(0, 0, 1440))), 0)):
        slot = GROUND.stand_in(_left_to_pair(), pair, at)
        assert slot.day == WEEK.start
        assert [obstacle(person, slot) for person in pair] == [Obstacle.NOT_FREE] * 2


def test_a_pair_meets_from_the_earliest_day_on_and_on_no_day_with_another_visit() -> None:
    for earliest, busy, days in ((1, (), {1, 4}), (2, (), {4}), (1, (DAYS[1],), {4})):
        times = GROUND.meeting_times(WEEK, PAIR, DAYS[earliest], busy)
        assert {time.day for time in times} == days


def _left_to_pair() -> PlannedVisit:
    return PlannedVisit(
        UUID(int=9), UUID(int=1), SCHEME, SUITE, WEEK,
        pair=(PAIR[0].id, PAIR[1].id), mode=Mode.PAIR_HELD,
    )  # fmt: skip
