"""What a pair draws from frozen inputs: by the law, at times at which both can go."""

from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from math import prod
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.planning.rota_instances import MONDAY
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import Band
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs, MeetingTime
from visitapp.planning.law import SpanLaw
from visitapp.planning.level import LevelLaw
from visitapp.planning.pair_draw import pair_moments, span_law, steps_within

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
BANDS = ((0, 480), (480, 720), (720, 960), (960, 1200), (1200, 1440))
HANDOVERS = (Band(390, 436), Band(1110, 1156))


@st.composite
def frozen(draw: st.DrawFn) -> FrozenInputs:
    """Inputs of a week, with a stretch of each chosen timeslot."""
    cells = draw(st.lists(st.integers(0, 34), min_size=1, max_size=35, unique=True))
    times = []
    for cell in cells:
        start, end = BANDS[cell % 5]
        first = draw(st.integers(start // 5, end // 5 - 1)) * 5
        times.append(MeetingTime(cell // 5, cell, first, draw(st.integers(first + 1, end))))
    days = len({time.day for time in times})
    return FrozenInputs(
        number=draw(st.integers(1, days)),
        counts=tuple(draw(st.lists(st.integers(0, 3), min_size=35, max_size=35))),
        times=tuple(times),
        visits_a_year=draw(st.sampled_from([52, 65, 104])),
        spans_a_year=52,
        cap=0.15,
        floor=0.35,
        handovers=HANDOVERS,
        handovers_left=draw(st.integers(0, 3)),
    )


@given(frozen(), st.integers(0, 2**32))
def test_moments_lie_where_both_can_go_on_as_many_days(inputs: FrozenInputs, seed: int) -> None:
    moments = pair_moments(inputs, WEEK, Random(seed))
    assert moments == pair_moments(inputs, WEEK, Random(seed))
    assert len({moment.day for moment in moments}) == len(moments) == inputs.number
    assert [moment.day for moment in moments] == sorted(moment.day for moment in moments)
    for moment in moments:
        at = (moment.day - WEEK.start).days
        assert any(time.day == at and moment.minute in steps_within(time) for time in inputs.times)
    inside = sum(h.start <= m.minute < h.end for m in moments for h in HANDOVERS)
    only_inside = sum(
        all(any(h.start <= step < h.end for h in HANDOVERS) for step in steps_within(time))
        for time in inputs.times
    )
    assert inside <= max(inputs.handovers_left, only_inside)


def _small(number: int) -> FrozenInputs:
    times = (
        MeetingTime(0, 0, 100, 200), MeetingTime(0, 1, 480, 500), MeetingTime(2, 10, 0, 480),
        MeetingTime(3, 15, 0, 60), MeetingTime(3, 17, 720, 960),
    )  # fmt: skip
    counts = tuple(1 if cell in (0, 17) else 0 for cell in range(35))
    return FrozenInputs(number, counts, times, 65, 52, 0.15, 0.35)


def _level(number: int) -> FrozenInputs:
    inputs = _small(number)
    return replace(inputs, law=VisitLaw.DAYS, weeks_left=20.0, cap=0.0, floor=0.0)


def _chances(law: SpanLaw, number: int) -> dict[tuple[tuple[int, int], ...], float]:
    """Each way to visit a week so often, by the law, enumerated."""
    days = [day for day in range(7) if law.day_shares[day] > 0]
    ways: dict[tuple[tuple[int, int], ...], float] = {}
    for chosen in combinations(days, number):
        weight = prod(
            hazard if day in chosen else 1 - hazard
            for day in range(7)
            for hazard in [law.hazard(day, sum(other < day for other in chosen))]
        )
        partial: list[tuple[tuple[tuple[int, int], ...], float]] = [((), weight)]
        for day in chosen:
            partial = [
                ((*way, (day, cell)), chance * law.in_cell(day, cell))
                for way, chance in partial
                for cell, _ in law.options[day]
            ]
        ways |= dict(partial)
    total = sum(ways.values())
    return {way: chance / total for way, chance in ways.items()}


@pytest.mark.parametrize(
    "inputs", [_small(1), _small(2), _small(3), _level(2)], ids=["1", "2", "3", "level"]
)
def test_a_pair_draws_by_the_law(inputs: FrozenInputs) -> None:
    """Days and timeslots against their enumeration, by chi-square."""
    number = inputs.number
    rounds = 20_000 if inputs.law is VisitLaw.TIMESLOTS else 8_000
    random = Random(number)
    band = {cell: BANDS[cell % 5] for cell in range(35)}
    seen: dict[tuple[tuple[int, int], ...], int] = {}
    for _ in range(rounds):
        way = tuple(
            (at, cell)
            for moment in pair_moments(inputs, WEEK, random)
            for at in [(moment.day - WEEK.start).days]
            for cell in [time.cell for time in inputs.times if time.day == at]
            if band[cell][0] <= moment.minute < band[cell][1]
        )
        seen[way] = seen.get(way, 0) + 1
    expected = _chances(span_law(inputs, WEEK), number)
    assert seen.keys() <= expected.keys()
    distance = sum(
        (seen.get(way, 0) - rounds * chance) ** 2 / (rounds * chance)
        for way, chance in expected.items()
    )
    freedom = len(expected) - 1
    assert distance <= freedom + 4 * (2 * freedom) ** 0.5


def test_inputs_that_contradict_themselves_are_refused() -> None:
    time = MeetingTime(0, 0, 0, 60)
    for changed in (
        {"number": 0}, {"number": 2}, {"counts": ()}, {"counts": (-1,)}, {"times": ()},
        {"times": (MeetingTime(0, 1, 0, 60),)},
    ):  # fmt: skip
        values = {"number": 1, "counts": (0,), "times": (time,)} | changed
        with pytest.raises(BadInputError, match="contradicts itself"):
            FrozenInputs(**values, visits_a_year=65, spans_a_year=52, cap=0.15, floor=0.35)
    for wrong in ((31, 0, 0, 60), (0, -1, 0, 60), (0, 0, 60, 60), (0, 0, 0, 1441)):
        with pytest.raises(BadInputError, match="contradicts itself"):
            MeetingTime(*wrong)
    assert "480" not in repr(_small(1))


@pytest.mark.parametrize("number", [1, 2])
def test_pairs_draw_by_the_law_that_was_frozen(number: int) -> None:
    assert isinstance(span_law(_level(number), WEEK), LevelLaw)
    assert type(span_law(_small(number), WEEK)) is SpanLaw
    moments = pair_moments(_level(number), WEEK, Random(3))
    assert len({moment.day for moment in moments}) == number


def test_a_copy_that_knows_no_other_law_refuses_and_the_others_draw_as_ever() -> None:
    """What an older copy reads of the inputs: all that they had before there was another law."""
    level, usual = _level(1), _small(1)
    with pytest.raises(BadInputError, match="between 0 and 1"):
        span_law(replace(level, law=VisitLaw.TIMESLOTS), WEEK)
    names = list(usual.known_to_all)
    assert names == [
        "number", "counts", "times", "visits_a_year", "spans_a_year", "cap", "floor",
        "handovers", "handovers_left",
    ]  # fmt: skip
    assert level.known_to_all == level
