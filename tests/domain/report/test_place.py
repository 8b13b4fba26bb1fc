"""Places of a report as values, and as the texts that older versions stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.report.place import (
    NOWHERE,
    Place,
    answer_place,
    of_count,
    of_issue,
    of_row,
)

TEXTS = st.text(alphabet="abc:7-", max_size=12)


@given(TEXTS)
def test_whatever_was_stored_is_written_back_to_the_letter(text: str) -> None:
    assert str(Place.parse(text)) == text


@given(TEXTS.filter(lambda text: not text.startswith("answers:")))
def test_so_is_the_place_of_a_decision_about_words(text: str) -> None:
    assert Place.of_decision(text).as_decision == text


@pytest.mark.parametrize(
    ("place", "text"),
    [
        (Place("arrived"), "arrived"),
        (answer_place("showers"), "answers:showers"),
        (of_row(3, "consent"), "rows:3:consent"),
        (of_issue("1c-2d", "place"), "issues:1c-2d:place"),
        (of_count("SEEN"), "count:SEEN"),
        (NOWHERE, ""),
    ],
)
def test_a_place_reads_as_it_is_written(place: Place, text: str) -> None:
    assert (str(place), Place.parse(text)) == (text, place)
    assert bool(place) is bool(text)


def test_a_decision_names_an_answer_by_its_key_alone_and_an_answer_has_one_place() -> None:
    assert answer_place("showers").as_decision == "showers"
    assert Place.of_decision("showers") == answer_place("showers")
    assert Place.of_decision("summary") == Place("summary")


@pytest.mark.parametrize(
    ("row", "number"),
    [
        ("3", 3),
        ("0", 0),
        ("a3", -1),
        ("", -1),
        ("9" * 6000, -1),
        ("9" * 9, 10**9 - 1),
        ("9" * 10, -1),
    ],
)
def test_a_row_that_is_no_number_has_none(row: str, number: int) -> None:
    assert Place("rows", row, "outcome").number == number
