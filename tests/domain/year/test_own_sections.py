"""Sections of the office's own: where they stand, and how they move through the report."""

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.year.own_sections import (
    LIST,
    OwnSection,
    checked_title,
    in_place,
    listed,
    moved,
    own_sections,
)

TITLES = ("Visits", "Access", "Terms")
FIRST, SECOND = OwnSection("own.1", "Training", "Access"), OwnSection("own.2", "Thanks", "Access")


def _words(sections: tuple[OwnSection, ...], titles: tuple[str, ...] = TITLES) -> str:
    placed = in_place(titles, sections)
    return ", ".join(each if isinstance(each, str) else each.title for each in placed)


def test_they_stand_after_their_section_in_the_order_they_came() -> None:
    before = OwnSection("own.3", "Foreword")
    assert _words((FIRST, before, SECOND)) == "Foreword, Visits, Access, Training, Thanks, Terms"


def test_one_whose_section_is_not_in_the_report_is_last() -> None:
    assert _words((FIRST, SECOND), ("Visits", "Terms")) == "Visits, Terms, Training, Thanks"


def test_what_is_kept_is_what_is_read() -> None:
    texts = {LIST: listed((FIRST, SECOND)) + "\na line of something else"}
    assert own_sections(texts) == (FIRST, SECOND)
    assert own_sections({}) == ()


def test_a_section_goes_up_past_another_of_ones_own_and_stops_at_the_top() -> None:
    sections = (FIRST, SECOND)
    expected = [
        "Visits, Access, Thanks, Training, Terms", "Visits, Thanks, Access, Training, Terms",
        "Thanks, Visits, Access, Training, Terms", "Thanks, Visits, Access, Training, Terms",
    ]  # fmt: skip
    for words in expected:
        sections = moved(TITLES, sections, SECOND.key, -1)
        assert _words(sections) == words
    assert _words(moved(TITLES, sections, SECOND.key, 1)) == expected[1]


@pytest.mark.parametrize(
    ("typed", "sentence"), [(" ", "Give the section a title"), (" ACCESS ", "Another section has")]
)
def test_a_title_is_needed_and_is_the_only_one(typed: str, sentence: str) -> None:
    with pytest.raises(BadInputError, match=sentence):
        checked_title(typed, TITLES)
    assert checked_title(" Our  thanks", TITLES) == "Our thanks"
