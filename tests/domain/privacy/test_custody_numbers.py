"""How custody numbers are shown: by their end, never all of one, and no two alike."""

from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.report.report import shown_ends


def test_two_numbers_that_end_alike_are_told_apart() -> None:
    assert shown_ends(["EU/0012/26", "EU/0112/26"]) == {
        "EU/0012/26": "\u2026012/26",
        "EU/0112/26": "\u2026112/26",
    }


def test_a_number_alone_keeps_its_usual_end() -> None:
    assert shown_ends(["KL/0412/2024", "", "KL/0412/2024"]) == {"KL/0412/2024": "\u20262024"}


def test_numbers_that_differ_in_their_first_character_alone_are_counted() -> None:
    assert set(shown_ends(["A0412", "B0412"]).values()) == {"\u202612", "\u202612 (2)"}


@given(st.lists(st.text("AB/019", min_size=1, max_size=8), max_size=8))
def test_no_two_are_alike_and_none_is_whole(numbers: list[str]) -> None:
    shown = shown_ends(numbers)
    kinds = {number.casefold() for number in numbers}
    assert len(set(shown.values()) - {""}) >= len([k for k in kinds if len(k) > 1])
    assert all(f"\u2026{number}" != shown[number] for number in numbers)


def test_of_a_short_number_no_more_is_shown_than_half():
    assert shown_ends(["123", "456"]) == {"123": "\u20263", "456": "\u20266"}
    assert shown_ends(["1234", "5678"]) == {"1234": "\u202634", "5678": "\u202678"}
