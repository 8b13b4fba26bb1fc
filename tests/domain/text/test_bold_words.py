"""Bold words in plain text: kept, read, and told from stars that mean nothing."""

import pytest
from hypothesis import given as each
from hypothesis import strategies as st

from visitapp.domain.text.bold_words import stretches, with_marks, without_marks

PARTS = st.lists(st.tuples(st.text("ab *\\.é\U0001f600", max_size=6), st.booleans()), max_size=5)


@pytest.mark.parametrize(
    "words",
    ["4** and 5** hotels", "f**k and s**t", "* a note *", "** see below **", "2**3**4", "****",
     "a ** b", "Costs (**) rose, see (**).", "**", "***", "ends **", "**open only", "*one* star"],
)  # fmt: skip
def test_stars_of_older_texts_stay_as_they_are(words: str) -> None:
    assert list(stretches(words)) == [(words, False)]


def test_marked_words_are_bold_and_a_backslash_keeps_the_stars() -> None:
    assert list(stretches("We **will recruit** (**four**).")) == [
        ("We ", False), ("will recruit", True), (" (", False), ("four", True), (").", False),
    ]  # fmt: skip
    assert list(stretches("**a **b** c")) == [("**a ", False), ("b", True), (" c", False)]
    assert list(stretches("**a.**(b)")) == [("a.", True), ("(b)", False)]
    assert without_marks(r"Grade \**A** it **is**") == "Grade **A** it is"


@pytest.mark.parametrize(
    ("parts", "line"),
    [
        ([("We ", False), ("must ", True), ("go", False)], "We **must** go"),
        ([("un", True), ("known", False)], "**unknown**"),
        ([("a", True), (" b", True)], "**a b**"),
        ([("stop", False), (". ", True)], "stop. "),
        ([("**a** b", False)], r"\**a\** b"),
    ],
)
def test_a_line_is_kept_with_marks_around_whole_words(
    parts: list[tuple[str, bool]], line: str
) -> None:
    assert with_marks(parts) == line


@each(PARTS)
def test_no_letter_is_lost_whatever_is_bold(parts: list[tuple[str, bool]]) -> None:
    assert without_marks(with_marks(parts)) == "".join(words for words, _ in parts)
