"""The state of the records as it is printed, typed in again and compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.records.anchor import DIGITS, Anchor, AnchorComparison, typed_anchor

ANCHOR = Anchor(1234, "7f3a92c10b4d")
digits = st.text("0123456789abcdef", min_size=DIGITS, max_size=DIGITS)
anchors = st.builds(Anchor, st.integers(0, 10**12 - 1), digits)


def test_it_is_printed_in_groups_of_four() -> None:
    assert ANCHOR.text == "1,234 entries, 7F3A-92C1-0B4D"
    assert ANCHOR.sentence == "Ledger: 1,234 entries, 7F3A-92C1-0B4D."
    assert Anchor(1, "0" * 12).text == "1 entry, 0000-0000-0000"


@given(anchors)
def test_what_is_printed_can_be_typed_in_again(anchor: Anchor) -> None:
    for typed in (anchor.text, anchor.sentence, anchor.text.lower(), f"  {anchor.text}\n"):
        assert typed_anchor(typed) == anchor


@given(anchors, st.data())
def test_neither_the_signs_between_nor_their_lack_matter(anchor: Anchor, data: st.DataObject):
    between = st.sampled_from(["-", " ", " \u2013 ", ".", ", "])
    first, second, third = anchor.digits[:4], anchor.digits[4:8], anchor.digits[8:]
    number = f"{anchor.entries:,}".replace(",", data.draw(st.sampled_from([",", " ", ""])))
    typed = [data.draw(between), second, data.draw(between), third]
    assert typed_anchor("".join([number, data.draw(between), first, *typed])) == anchor
    assert typed_anchor(f"{number} {anchor.digits}") == anchor


def test_a_number_may_run_into_the_digits_that_are_typed_without_a_gap() -> None:
    assert typed_anchor("12347F3A92C10B4D") == ANCHOR
    assert typed_anchor("1,2347F3A92C10B4D") == ANCHOR
    assert typed_anchor("12347F3A 92C1 0B4D") == ANCHOR
    assert typed_anchor("17F3A 92C1 0B4D") == Anchor(1, "7f3a92c10b4d")


@given(anchors)
def test_letters_that_look_like_figures_are_read_as_those(anchor: Anchor) -> None:
    alike = str.maketrans({"0": "O", "1": "l", "2": "Z", "5": "s"})
    again = str.maketrans({"0": "q", "1": "I"})
    assert typed_anchor(f"{anchor.entries} {anchor.digits}".translate(alike)) == anchor
    assert typed_anchor(f"{anchor.entries} {anchor.digits}".translate(again)) == anchor


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "entries",
        "7F3A-92C1-0B4D",
        "1234",
        "1234 7F3A-92C1-0B4",
        "1234 7F3A-92C1-0B4G",
        "1234 7F3-A92C-10B4-D0",
        "12A4 7F3A-92C1-0B4D",
        "1234567890123 7F3A-92C1-0B4D",
        f"{'-' * 200}1234 7F3A-92C1-0B4D",
    ],
)
def test_anything_else_is_refused(typed: str) -> None:
    with pytest.raises(BadInputError, match="Type the line from the page"):
        typed_anchor(typed)


@pytest.mark.parametrize(
    ("entries", "words"),
    [
        (1234, "nothing has been added since."),
        (1235, "1 entry has been added since."),
        (2234, "1,000 entries were added since."),
    ],
)
def test_what_was_added_since_is_counted(entries: int, words: str) -> None:
    sentence = AnchorComparison(ANCHOR, Anchor(entries, "0" * 12), agrees=True).sentence
    assert sentence.startswith("These records contain everything they had")
    assert sentence.endswith(f"; {words}")


def test_records_that_changed_are_not_counted() -> None:
    sentence = AnchorComparison(ANCHOR, Anchor(2234, "0" * 12), agrees=False).sentence
    assert sentence.startswith("These records are not the same as when the page was printed.")
