"""What people write of the times at which they can visit."""

from datetime import time

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import Band
from visitapp.exchange.cells import Cell
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.two_headings import with_groups_joined, with_joined_headings
from visitapp.exchange.weekly import (
    day_column,
    days_in,
    exact_bands,
    hours_between,
    likely_bands,
    span_in,
    time_in_heading,
    times_of_cell,
)

BANDS = tuple(
    Band(start * 60, end * 60) for start, end in ((0, 8), (8, 12), (12, 16), (16, 20), (20, 24))
)


@pytest.mark.parametrize(
    ("heading", "column", "time_of_day"),
    [
        ("Monday", "monday", ""), ("Mon AM", "monday", "AM"), ("PM Tues.", "tuesday", "PM"),
        ("Weds 18:00-21:00", "wednesday", "18:00-21:00"), ("Mon-Fri (eve)", "weekdays", "eve"),
        ("Sat & Sun", "weekend", ""), ("Thursdays (2)", "thursday", ""), ("Money", "", "Money"),
        ("Mon/Wed", "", ""), ("every day", "every_day", ""),
        ("Monday - Fri pm", "weekdays", "pm"), ("Mondays to Fridays", "weekdays", ""),
        ("Sat/Sunday (eve)", "weekend", "eve"), ("Saturdays and Sundays", "weekend", ""),
        ("Mon-Sun", "every_day", ""), ("Mon to Wed", "", ""), ("Not Mondays", "", "Not"),
    ],
)  # fmt: skip
def test_headings_name_a_day_and_a_time(heading: str, column: str, time_of_day: str) -> None:
    assert day_column(heading) == column
    assert time_in_heading(heading) == time_of_day


@pytest.mark.parametrize(
    ("text", "days"),
    [("Mon, Wed", (0, 2)), ("weekdays", (0, 1, 2, 3, 4)), ("Sundays", (6,)),
     ("Fri and weekends", (4, 5, 6)), ("Mon-Wed", (0, 1, 2)),
     ("Monday to Thurs, Sat", (0, 1, 2, 3, 5)),
     ("Fri \u2013 Mon", (0, 4, 5, 6)), ("Mon - Friday", (0, 1, 2, 3, 4))],
)  # fmt: skip
def test_a_cell_names_days(text: str, days: tuple[int, ...]) -> None:
    assert days_in(text) == days


@pytest.mark.parametrize("text", ["not Monday", "any day except Friday", "Weekdays but no Fri"])
def test_days_that_are_left_out_are_not_taken_for_days_that_suit(text: str) -> None:
    with pytest.raises(BadInputError, match="write the days on which they can visit"):
        days_in(text)


def test_a_date_is_no_day_of_the_week() -> None:
    with pytest.raises(BadInputError, match="is not a day of the week"):
        days_in("2025-04-01")


@pytest.mark.parametrize(
    ("heading", "cell", "times"),
    [
        ("Mon AM", "x", ("AM",)), ("Mon AM", "\u2713", ("AM",)), ("Mon AM", "no", ()),
        ("Mon AM", "", ()), ("Mon AM", True, ("AM",)), ("Mon AM", "maybe", ("AM (maybe)",)),
        ("Mon", "Y", ("all day",)), ("Mon", "AM / 18-21", ("AM", "18-21")), ("Mon", "-", ()),
        ("Mon", "until 12", ("until 12",)), ("Mon", "unavailable", ()),
    ],
)  # fmt: skip
def test_a_cell_under_a_day_says_times(heading: str, cell: Cell, times: tuple[str, ...]) -> None:
    assert times_of_cell(heading, cell) == times


def test_an_x_beside_other_ticks_has_to_be_decided() -> None:
    assert times_of_cell("Mon AM", "X", is_x_clear=False) == ("AM (X)",)


@pytest.mark.parametrize(
    ("word", "span"),
    [("9-12", (540, 720)), ("6pm to 9pm", (1080, 1260)), ("6-9pm", (1080, 1260)),
     ("after 18:00", (1080, 1440)), ("until 12", (0, 720)), ("20:00 - midnight", (1200, 1440)),
     ("21-9", None), ("evening", None)],
)  # fmt: skip
def test_hours_are_read(word: str, span: tuple[int, int] | None) -> None:
    assert span_in(word) == span


def test_only_whole_timeslots_are_clear_and_no_more_than_somebody_has_is_likely() -> None:
    assert exact_bands("8-16", BANDS) == "08:00-16:00"
    assert exact_bands("any time", BANDS) == "00:00-24:00"
    assert exact_bands("9-12", BANDS) is None
    assert likely_bands("9-12", BANDS) == "08:00-12:00"
    assert likely_bands("Eve", BANDS) == "20:00-24:00"
    assert likely_bands("18:00-21:00", BANDS) == ""
    assert hours_between(time(18), "midnight") == "18:00-24:00"


def test_headings_in_two_rows_are_joined_and_a_table_of_times_is_left_alone() -> None:
    two = RawSheet("Rota", (
        (3, ((0, "Name"), (1, "Monday"), (3, "Tuesday"))),
        (4, ((1, "AM"), (2, "PM"), (3, "AM"), (4, "PM"))),
    ))  # fmt: skip
    assert with_joined_headings(two).rows[1] == (4, (
        (0, "Name"), (1, "Monday AM"), (2, "Monday PM"), (3, "Tuesday AM"), (4, "Tuesday PM"),
    ))  # fmt: skip
    times = RawSheet("Rota", (
        (1, ((0, "Name"), (1, "Monday"), (2, "Tuesday"))), (2, ((1, "AM"), (2, "PM"))),
    ))  # fmt: skip
    assert with_joined_headings(times) is times


def test_a_row_of_records_is_no_second_row_of_headings() -> None:
    records = RawSheet("Log", (
        (1, ((0, "Nth"), (1, "Volunteer"), (2, "Weather"))), (2, ((0, 5), (1, 1), (2, "wet"))),
    ))  # fmt: skip
    assert with_groups_joined(records, "visits") is records
