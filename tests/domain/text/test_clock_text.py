"""Dates and times as people type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import clock
from visitapp.domain.text.clock_text import parse_date, parse_time
from visitapp.domain.text.wording import long_date, short_date


@pytest.mark.parametrize(
    ("typed", "minute"),
    [
        ("14:30", 870), ("1430", 870), ("14.30", 870), (" 14:30 ", 870), ("14:30:00", 870),
        ("2:30pm", 870), ("2.30 PM", 870), ("2:30 p.m.", 870), ("2pm", 840), ("2 am", 120),
        ("930", 570), ("0930", 570), ("9:05", 545), ("12am", 0), ("12:15am", 15), ("12pm", 720),
        ("00:00", 0), ("23:59", 1439), ("000", 0),
        ("1430hrs", 870), ("14:30 h", 870), ("14.30 hours", 870),
    ],
)  # fmt: skip
def test_a_time_is_read_as_people_type_it(typed, minute):
    assert parse_time(typed) == minute


@pytest.mark.parametrize(
    "typed",
    ["", "noon", "14", "24:00", "2560", "12:60", "1:2", "14:3", "13pm", "0am", "14:30pm", "-1:30",
     "14:30 UTC", "99999", "1/2", "2:30 q.m.", "2:30pmh", "2pm hrs"],
)  # fmt: skip
def test_what_is_no_time_is_said_to_be_none(typed):
    with pytest.raises(BadInputError, match="is not a time"):
        parse_time(typed)


@given(st.integers(0, 1439))
def test_every_time_is_read_back(minute):
    hour, rest = divmod(minute, 60)
    assert parse_time(clock(minute)) == minute
    assert parse_time(f"{hour}{rest:02}") == minute
    assert parse_time(f"{hour % 12 or 12}.{rest:02}{'ap'[hour // 12]}m") == minute


@given(st.text(max_size=12))
def test_any_text_is_a_time_or_refused(text):
    try:
        minute = parse_time(text)
    except BadInputError:
        return
    assert 0 <= minute < 1440


@pytest.mark.parametrize(
    "typed",
    ["2024-03-04", "2024-3-4", "4/3/2024", "04/03/2024", "4/3/24", "4.3.2024", "4-3-24",
     "4 March 2024", "Mon 4 Mar 2024", "monday, 4 mar 2024", "4 MAR. 2024", " 4/3/2024 ",
     "2024-03-04 00:00:00", "2024-03-04T00:00"],
)  # fmt: skip
def test_a_date_is_read_as_people_type_it(typed):
    assert parse_date(typed) == date(2024, 3, 4)


def test_the_day_comes_before_the_month():
    assert parse_date("3/4/2024") == date(2024, 4, 3)
    assert parse_date("9 Sept 2024") == date(2024, 9, 9)


def test_the_first_and_last_year_are_dates_too():
    assert parse_date("1/1/1980") == date(1980, 1, 1)
    assert parse_date("31/12/2099") == date(2099, 12, 31)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "not a date"), ("yesterday", "not a date"), ("4/3", "not a date"),
        ("4/3-2024", "not a date"), ("4 ma 2024", "not a date"), ("4 juice 2024", "not a date"),
        ("4/3/024", "not a date"), ("2024-03-04 10:00", "not a date"), ("45355", "not a date"),
        ("31/2/2024", "no such day"), ("29/2/2023", "no such day"), ("2024-13-01", "no such day"),
        ("0/1/2024", "no such day"), ("32 March 2024", "no such day"),
        ("4/3/1979", "too long ago"), ("1900-01-01", "too long ago"),
        ("1/1/2100", "too far ahead"), ("9999-12-31", "too far ahead"),
    ],
)  # fmt: skip
def test_what_is_no_date_is_said_to_be_none(typed, sentence):
    with pytest.raises(BadInputError, match=sentence):
        parse_date(typed)


@given(st.dates(date(1980, 1, 1), date(2099, 12, 31)))
def test_every_date_is_read_back(day):
    written = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        long_date(day),
        short_date(day),
    ]
    if day.year >= 2000:
        written.append(f"{day:%d.%m.%y}")
    assert [parse_date(text) for text in written] == [day] * len(written)


@given(st.text(max_size=14))
def test_any_text_is_a_date_or_refused(text):
    try:
        day = parse_date(text)
    except BadInputError:
        return
    assert day.year >= 1980
