"""Counts, lists, first letters and days in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.text.wording import (
    capitalised,
    dates,
    day_of_month,
    joined,
    long_date,
    lowered,
    number_of,
    plural,
    short_date,
    weekday_and_day,
)


@pytest.mark.parametrize(
    ("number", "words"),
    [(0, "0 visits"), (1, "1 visit"), (2, "2 visits"), (1096, "1,096 visits")],
)
def test_what_is_counted_agrees_with_its_number(number: int, words: str) -> None:
    assert number_of(number, "visit") == words


def test_words_without_a_plain_s_are_given_both() -> None:
    assert [number_of(number, "person is", "people are") for number in (1, 2)] == [
        "1 person is",
        "2 people are",
    ]
    assert [plural(number, "does", "do") for number in (0, 1, 2)] == ["do", "does", "do"]


@given(st.lists(st.text("abc", min_size=1), max_size=5))
def test_joined_words_have_one_and_before_the_last(words: list[str]) -> None:
    said = joined(words)
    assert said.count(" and ") == (len(words) > 1)
    assert [part for piece in said.split(" and ") for part in piece.split(", ")] == (words or [""])


def test_a_list_may_end_with_another_word() -> None:
    assert joined(["A", "B", "C"], "or") == "A, B or C"


@pytest.mark.parametrize(
    ("words", "within"),
    [("Face to face", "face to face"), ("CCTV in cells", "CCTV in cells"), ("A", "a"), ("", "")],
)
def test_only_a_first_letter_is_lowered_and_none_of_an_abbreviation(
    words: str, within: str
) -> None:
    assert lowered(words) == within
    assert capitalised(within) == words


def test_days_are_written_as_people_write_them() -> None:
    day = date(2024, 3, 4)
    assert long_date(day) == "4 March 2024"
    assert short_date(day) == "Mon 4 Mar 2024"
    assert weekday_and_day(day) == "Mon 4 Mar"
    assert day_of_month(day) == "4 Mar"
    assert dates(day, date(2025, 3, 31)) == "4 March 2024 to 31 March 2025"
