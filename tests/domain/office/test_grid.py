"""Timeslots: day groups by time bands."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANIMALS, CUSTODY
from tests.strategies import grids
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import Band, DayGroup, Grid, Timeslot, clock
from visitapp.domain.office.scheme import Kind
from visitapp.services.office.reference import reference_grid

DAY = DayGroup("Monday", (0,))
MORNING, EVENING = Band(420, 780), Band(900, 1200)


def grid(days=(DAY,), bands=(MORNING,)):
    return Grid(UUID(int=1), CUSTODY, "A grid", tuple(days), tuple(bands))


@given(grids())
def test_each_moment_of_the_week_falls_in_one_timeslot_or_in_none(grid):
    cells = set()
    for weekday in range(7):
        for minute in range(0, 1440, 15):
            found = [
                Timeslot(row, column)
                for row, group in enumerate(grid.days)
                for column, band in enumerate(grid.bands)
                if weekday in group.weekdays and minute in range(band.start, band.end)
            ]
            assert len(found) <= 1
            assert grid.timeslot_at(weekday, minute) == (found[0] if found else None)
            cells.update(found)
    assert grid.cells == len(grid.days) * len(grid.bands)
    assert len(cells) <= grid.cells


def test_a_suite_has_35_timeslots_that_leave_no_minute_out():
    week = reference_grid(Kind.CUSTODY, CUSTODY)
    assert week.cells == 35
    assert all(week.timeslot_at(day, minute) for day in range(7) for minute in range(1440))
    assert week.timeslot_at(0, 479) == Timeslot(0, 0)
    assert week.timeslot_at(6, 1439) == Timeslot(6, 4)
    assert [band.label for band in week.bands] == [
        "00:00\u201307:59", "08:00\u201311:59", "12:00\u201315:59", "16:00\u201319:59",
        "20:00\u201323:59",
    ]  # fmt: skip


def test_kennels_have_12_timeslots_and_hours_that_belong_to_none():
    kennels = reference_grid(Kind.ANIMAL_WELFARE, ANIMALS)
    assert kennels.cells == 12
    assert kennels.timeslot_at(5, 12 * 60 + 59) == kennels.timeslot_at(6, 7 * 60) == Timeslot(5, 0)
    for minute in (0, 6 * 60 + 59, 13 * 60, 14 * 60 + 59, 20 * 60, 1439):
        assert kennels.timeslot_at(2, minute) is None
    assert kennels.timeslot_at(2, 15 * 60) == Timeslot(2, 1)


def test_a_weekday_that_no_row_has_is_in_no_timeslot():
    assert grid().timeslot_at(1, 500) is None
    assert grid().timeslot_at(0, 500) == Timeslot(0, 0)


@pytest.mark.parametrize(
    ("days", "bands", "sentence"),
    [
        ([DAY, DayGroup("Again", (0, 1))], [MORNING], "one row"),
        ([DayGroup("Eighth day", (7,))], [MORNING], "one row"),
        ([DAY], [EVENING, MORNING], "must be in order"),
        ([DAY], [MORNING, Band(779, 800)], "overlap"),
        ([], [MORNING], "at least one"),
        ([DAY], [], "at least one"),
    ],
)
def test_a_grid_that_could_count_a_visit_twice_or_never_is_refused(days, bands, sentence):
    with pytest.raises(BadInputError, match=sentence):
        grid(days, bands)


def test_bands_may_adjoin():
    assert grid(bands=[Band(0, 480), Band(480, 1440)]).cells == 2


@given(st.integers(-10, 1500), st.integers(-10, 1500))
def test_a_band_begins_before_it_ends_within_one_day(start, end):
    if 0 <= start < end <= 1440:
        assert Band(start, end).label == f"{clock(start)}\u2013{clock(end - 1)}"
    else:
        with pytest.raises(BadInputError):
            Band(start, end)


def test_a_band_may_have_a_name_of_its_own():
    assert Band(0, 480, "Night").label == "Night"
