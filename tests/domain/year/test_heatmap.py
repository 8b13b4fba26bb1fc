"""How a timeslot is drawn, and that its colours stand in one place."""

from pathlib import Path

import pytest

import visitapp
from visitapp.domain.year.heatmap import (
    LIGHT_HEAT,
    HeatmapReading,
    TimeslotLook,
    empty_word,
    heat_step,
    look_of,
)

NEED, COUNT = HeatmapReading


@pytest.mark.parametrize(
    ("reading", "count", "in_use", "look"),
    [
        (NEED, 0, True, TimeslotLook.GO),
        (NEED, 1, True, TimeslotLook.DONE),
        (NEED, 0, False, TimeslotLook.NOT_IN_USE),
        (NEED, 1, False, TimeslotLook.DONE),
        (COUNT, 0, True, TimeslotLook.COUNT),
        (COUNT, 7, False, TimeslotLook.COUNT),
        (COUNT, 0, False, TimeslotLook.NOT_IN_USE),
    ],
)
def test_the_look_follows_from_the_reading_the_count_and_the_use(
    reading: HeatmapReading, count: int, in_use: bool, look: TimeslotLook
) -> None:
    assert look_of(reading, count, in_use=in_use) is look


def test_nobody_is_asked_to_go_when_the_period_is_over() -> None:
    assert [empty_word(closed=closed) for closed in (False, True)] == ["Go", "No visit"]


def test_each_step_of_the_scale_has_a_fill_and_an_ink() -> None:
    assert [heat_step(count) for count in (0, 1, 4, 5, 6, 1096)] == [0, 1, 4, 5, 5, 5]
    assert len(LIGHT_HEAT.counts) == len(LIGHT_HEAT.on_counts) == heat_step(1096) + 1


def test_the_colours_of_the_light_theme_stand_once() -> None:
    package = Path(visitapp.__file__).parent
    own = (LIGHT_HEAT.go, LIGHT_HEAT.done, LIGHT_HEAT.hatch, *LIGHT_HEAT.counts[2:])
    for colour in own:
        places = [path.name for path in package.rglob("*.py") if colour in path.read_text("utf-8")]
        assert places == ["heatmap.py"], colour
