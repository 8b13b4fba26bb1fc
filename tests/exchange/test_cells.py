"""What a cell means, written as text or as the number a spreadsheet keeps."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.exchange.cells import as_day, as_minute, as_name, as_text, as_whole, as_yes_no

MINUTES = st.integers(0, 1439)
DAYS = st.dates(date(1980, 1, 1), date(2099, 12, 31))
ZERO = date(1899, 12, 30)
NINE = datetime.fromisoformat("2024-03-04T09:05")
MIDNIGHT = datetime.fromisoformat("2024-03-04T00:00")


@given(MINUTES)
def test_a_time_is_the_same_minute_however_it_is_kept(minute: int) -> None:
    hour, rest = divmod(minute, 60)
    kept = [
        f"{hour}:{rest:02}",
        f"{hour:02}.{rest:02}",
        f"{hour:02}{rest:02}",
        f"{hour:02}:{rest:02}:00",
        time(hour, rest),
        datetime.fromisoformat(f"2024-03-04T{hour:02}:{rest:02}"),
        timedelta(minutes=minute),
        minute / 1440,
        minute / 1440 - 1e-9 if minute else 0.0,
    ]
    assert {as_minute(cell) for cell in kept} == {minute}


@given(DAYS)
def test_a_day_is_the_same_however_it_is_kept(day: date) -> None:
    kept = [
        day.isoformat(),
        f"{day.day}/{day.month}/{day.year}",
        f"{day:%d.%m.%Y}",
        day,
        datetime.combine(day, time(14, 30)),
        (day - ZERO).days,
        float((day - ZERO).days),
    ]
    assert {as_day(cell) for cell in kept} == {day}


@given(st.integers(0, 99_999))
def test_a_number_is_the_same_however_it_is_kept(number: int) -> None:
    assert {as_whole(cell) for cell in (number, float(number), str(number), f" {number}.0 ")} == {
        number
    }


@pytest.mark.parametrize("cell", ["-1", -1, -2.0, "-3.0"])
def test_a_negative_number_is_told_as_such(cell: object) -> None:
    with pytest.raises(BadInputError, match="negative"):
        as_whole(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "cell", ["", "x", "1e3", "1,000", "0x10", True, date(2024, 1, 1), "\u0663"]
)
def test_what_is_no_number_is_told_as_such(cell: object) -> None:
    with pytest.raises(BadInputError, match="is not a"):
        as_whole(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", [1.5, "2.5", "2,5"])
def test_half_a_number_is_told_as_such(cell: object) -> None:
    with pytest.raises(BadInputError, match="whole number"):
        as_whole(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize("cell", ["24:01", "14:60", "1pm2", "14", 14, 14.3, 1430.5, -0.5, True])
def test_what_is_no_time_is_refused(cell: object) -> None:
    with pytest.raises(BadInputError):
        as_minute(cell)  # type: ignore[arg-type]


def test_a_number_typed_without_a_colon_is_a_time() -> None:
    assert as_minute(1430) == as_minute(1430.0) == 14 * 60 + 30


@pytest.mark.parametrize(
    "cell", ["30/2/2024", "2024-13-01", "4/3", "1/1/1979", date(1979, 1, 1), 0, 99_999, True, 5]
)
def test_what_is_no_day_of_a_visit_is_refused(cell: object) -> None:
    with pytest.raises(BadInputError):
        as_day(cell)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (17, "17"),
        (17.0, "17"),
        (1.5, "1.5"),
        (" a\r\nb ", "a\nb"),
        ("X\x1b[31mY\x07", "X [31mY"),
        ("\x07", ""),
        (date(2024, 3, 4), "2024-03-04"),
        (MIDNIGHT, "2024-03-04"),
        (NINE, "2024-03-04 09:05:00"),
        (time(9, 5), "09:05:00"),
        (True, "True"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_a_text_is_what_a_person_reads(cell: object, text: str) -> None:
    assert as_text(cell) == text  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("cell", "answer"),
    [("Yes", True), ("x", True), (True, True), (1, True), ("n", False), (0, False), (False, False)],
)
def test_yes_and_no(cell: object, answer: bool) -> None:
    assert as_yes_no(cell) is answer  # type: ignore[arg-type]


def test_a_long_text_is_cut_in_what_is_said_of_it() -> None:
    with pytest.raises(BadInputError) as told:
        as_whole("many " * 100)
    assert len(str(told.value)) < 100


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("Anne Example\u200b", "Anne Example"),
        ("\ufeffAnne", "Anne"),
        ("co\u00adoperative", "cooperative"),
        ("Anne \u202eelpmaxE", "Anne \ufffdelpmaxE"),
        ("\u2066Anne\u2069", "\ufffdAnne\ufffd"),
        ("Anne\x1b[31m", "Anne [31m"),
        ("Anne\x9b31m", "Anne\ufffd31m"),
    ],
)
def test_a_name_holds_nothing_that_hides_or_turns_words_round(cell: str, text: str) -> None:
    assert as_name(cell) == text


def test_signs_that_nobody_sees_about_a_date_or_number_make_no_difference() -> None:
    assert as_day("\u200e4/\u200e3/\u200e2024") == date(2024, 3, 4)
    assert as_minute("\u202a14:30\u202c") == 870
    assert as_whole("\u200f7\ufeff") == 7
    assert as_yes_no("\u200eyes")
