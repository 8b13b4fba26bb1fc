"""The moments of a pair's visits, one by one: on days, steps and shift changes that are known."""

from datetime import date, timedelta
from random import Random

import pytest

from tests.planning.rota_instances import MONDAY
from visitapp.domain.office.grid import Band
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs, MeetingTime
from visitapp.planning import draw
from visitapp.planning.pair_draw import pair_moments, span_law, steps_within

WEEK = Period(MONDAY, MONDAY + timedelta(days=6))
HANDOVER, EVENING = Band(390, 395), Band(1110, 1155)
"""A shift change of a single step, and one of nine."""


def _inputs(number: int, *times: MeetingTime, handovers_left: int = 3) -> FrozenInputs:
    return FrozenInputs(
        number, (0,) * 35, times, 104, 52, 0.15, 0.35, (HANDOVER, EVENING), handovers_left
    )


def _days(inputs: FrozenInputs, seed: int) -> list[date]:
    return [moment.day for moment in pair_moments(inputs, WEEK, Random(seed))]


@pytest.mark.parametrize(
    ("start", "end", "steps"),
    [(0, 11, [0, 5, 10]), (1, 10, [5]), (5, 6, [5]), (6, 9, []), (1436, 1440, [])],
)
def test_visits_begin_at_whole_steps_within_a_stretch(
    start: int, end: int, steps: list[int]
) -> None:
    assert list(steps_within(MeetingTime(0, 0, start, end))) == steps


def test_a_stretch_without_a_step_is_no_time_to_meet() -> None:
    inputs = _inputs(1, MeetingTime(1, 5, 101, 104), MeetingTime(3, 15, 100, 104))
    assert span_law(inputs, WEEK).day_shares == (0, 0, 0, 1, 0, 0, 0)
    for seed in range(4):
        assert _days(inputs, seed) == [WEEK.start + timedelta(days=3)]


@pytest.mark.parametrize(("left", "inside"), [(0, 0), (1, 1), (2, 2), (3, 2)])
@pytest.mark.parametrize("change", [HANDOVER, EVENING])
def test_shift_changes_are_used_up_by_the_visits_within_them(
    left: int, inside: int, change: Band, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where chance would have each visit within a shift change, as many are as may be."""
    monkeypatch.setattr(draw, "INSIDE_HANDOVER", 3.0)
    times = [MeetingTime(day, 5 * day, change.start, change.end + 5) for day in (0, 6)]
    moments = pair_moments(_inputs(2, *times, handovers_left=left), WEEK, Random(1))
    assert sum(change.start <= moment.minute < change.end for moment in moments) == inside


@pytest.mark.parametrize(("first", "second"), [(390, 395), (395, 390)])
def test_a_shift_change_is_used_up_from_its_first_minute_to_its_last(
    first: int, second: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One is left, and the first visit has no choice."""
    monkeypatch.setattr(draw, "INSIDE_HANDOVER", 3.0)
    times = MeetingTime(0, 0, first, first + 5), MeetingTime(6, 30, 390, 400)
    moments = pair_moments(_inputs(2, *times, handovers_left=1), WEEK, Random(1))
    assert [moment.minute for moment in moments] == [first, second]
