"""Counts, lists, first letters and days in words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.text.wording import (
    capitalised,
    counted,
    dates,
    day_of_month,
    joined,
    long_date,
    lowered,
    number,
    number_of,
    opening_number,
    out_of,
    plural,
    portion_of,
    portion_were,
    short_date,
    times,
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
    [
        ("Face to face", "face to face"),
        ("CCTV in cells", "CCTV in cells"),
        ("TVs", "TVs"),
        ("A", "a"),
        ("", ""),
    ],
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


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "no visits"), (1, "one visit"), (2, "2 visits"), (1096, "1,096 visits")],
)
def test_what_is_counted_in_a_sentence_agrees_with_its_number(count: int, said: str) -> None:
    assert counted(count, "visit") == said


def test_a_sentence_opens_with_a_number_in_words_below_a_hundred() -> None:
    said = [opening_number(count) for count in (0, 1, 12, 20, 61, 99, 100, 15475)]
    assert said == [
        "No", "One", "Twelve", "Twenty", "Sixty-one", "Ninety-nine", "100", "15,475",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [
        (101, 101, "All visits were"),
        (1, 1, "The one visit was"),
        (0, 101, "No visit was"),
        (91, 101, "Nine visits in ten were"),
        (92, 101, "Most visits were"),
        (34, 101, "One visit in three was"),
        (67, 101, "Two visits in three were"),
        (76, 101, "Three visits in four were"),
        (81, 101, "Four visits in five were"),
        (51, 101, "Most visits were"),
        (50, 101, "Fifty of 101 visits were"),
        (50, 100, "Fifty of 100 visits were"),
        (1, 2, "One of 2 visits was"),
        (1, 101, "One of 101 visits was"),
    ],
)
def test_titles_choose_their_words_by_rule(part: int, whole: int, said: str) -> None:
    assert portion_were(part, whole, "visit") == said


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_named_share_is_within_one_point_of_the_true_one(part: int, whole: int) -> None:
    part = min(part, whole)
    said = portion_were(part, whole, "visit")
    named = {"Nine visits in ten": 90, "Four visits in five": 80, "Three visits in four": 75,
             "Two visits in three": 200 / 3, "One visit in three": 100 / 3}  # fmt: skip
    share = said.removesuffix(" were").removesuffix(" was")
    if share in named:
        assert abs(part * 100 / whole - named[share]) <= 1.000001
    elif share == "Most visits":
        assert part * 2 > whole
    elif share in ("All visits", "The one visit"):
        assert part == whole
    elif share == "No visit":
        assert part == 0
    else:
        assert share.endswith(f" of {whole:,} visits")


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (0, 0, "None of those in the cells"),
        (0, 35, "None of those in the cells"),
        (35, 35, "All in the cells"),
        (32, 35, "Most of those in the cells"),
        (9, 10, "Nine in ten of those in the cells"),
        (89, 100, "Nine in ten of those in the cells"),
        (88, 100, "Most of those in the cells"),
        (12, 35, "One in three of those in the cells"),
        (14, 35, "Fourteen of the 35 in the cells"),
    ],
)
def test_a_share_of_people_names_who_they_are(part: int, whole: int, expected: str) -> None:
    assert portion_of(part, whole, "in the cells") == expected


def test_a_part_stands_before_its_whole() -> None:
    assert out_of(1, 1200) == "1 of 1,200"
    assert out_of(12, 35, "visit") == "12 of 35 visits"
    assert out_of(0, 1, "visit") == "0 of one visit"
    assert out_of(12, 35, begin=opening_number) == "Twelve of 35"
    assert out_of(1, 35, begin=number) == "one of 35"
    assert [times(count) for count in (1, 2, 3, 1096)] == [
        "once",
        "twice",
        "3 times",
        "1,096 times",
    ]


def test_half_of_them_are_not_most_of_them() -> None:
    assert portion_of(50, 100, "in the cells") == "Fifty of the 100 in the cells"
    assert portion_of(51, 100, "in the cells") == "Most of those in the cells"
    assert portion_were(50, 100, "visit") == "Fifty of 100 visits were"
    assert portion_were(51, 100, "visit") == "Most visits were"
