"""What is frozen for a pair's draw, when it is frozen, and what contradicts itself."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs, MeetingTime, freeze_day

INPUTS = FrozenInputs(
    2, (0, 3), (MeetingTime(0, 0, 0, 1), MeetingTime(4, 1, 600, 1440)), 65, 52, 0.15, 0.35
)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_a_span_is_frozen_on_the_last_friday_before_it(start: date) -> None:
    friday = freeze_day(Period(start, start + timedelta(days=6)))
    assert friday.weekday() == 4
    assert 1 <= (start - friday).days <= 7


def test_a_time_to_meet_lies_within_a_day_of_the_longest_month() -> None:
    assert MeetingTime(30, 999, 0, 1440).end == 1440
    for wrong in (
        (-1, 0, 0, 60),
        (31, 0, 0, 60),
        (0, -1, 0, 60),
        (0, 1000, 0, 60),
        (0, 0, -1, 60),
        (0, 0, 60, 60),
        (0, 0, 60, 1441),
    ):
        with pytest.raises(BadInputError):
            MeetingTime(*wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"number": 0},
        {"number": 3},
        {"times": (MeetingTime(0, 0, 0, 60), MeetingTime(0, 1, 600, 660))},
        {"times": ()},
        {"counts": ()},
        {"counts": (0,)},
        {"counts": (0, -1)},
        {"counts": (0,) * 1001},
    ],
)
def test_inputs_that_contradict_themselves_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(BadInputError):
        replace(INPUTS, **wrong)


def test_as_many_visits_as_days_and_as_many_timeslots_as_there_can_be_are_taken() -> None:
    month = tuple(MeetingTime(day, 0, 0, 60) for day in range(31))
    assert replace(INPUTS, number=31, times=month, counts=(0,) * 1000).number == 31
    least = replace(INPUTS, number=1, times=(MeetingTime(0, 0, 0, 60),), counts=(0,))
    assert (least.number, INPUTS.handovers_left) == (1, 0)
    with pytest.raises(BadInputError):
        replace(INPUTS, number=32, times=month)
