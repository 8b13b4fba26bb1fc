"""Making words bold and lines a list, and back."""

import pytest

from visitapp.domain.text.marking import in_a_list, in_bold


@pytest.mark.parametrize(
    ("text", "selected", "marked"),
    [
        ("We go", "go", "We **go**"),
        ("We go", "o", "We **go**"),
        ("We **go**", "go", "We go"),
        ("We **go**", "**go**", "We go"),
        ("- a\n- b", "- a\n- b", "- **a**\n- **b**"),
        ("- **a**\n\n- **b**", "- **a**\n\n- **b**", "- a\n\n- b"),
        ("a **b** c", "a **b** c", "**a b c**"),
        ("a  b", "  ", "a  b"),
        ("2. 2", "2. 2", "2. **2**"),
        ("a, go", ", go", "a, **go**"),
        ("\U0001f600 go", "\U0001f600 go", "**\U0001f600 go**"),
    ],
)
def test_words_become_bold_and_plain_again(text: str, selected: str, marked: str) -> None:
    start = text.index(selected)
    new, first, last = in_bold(text, start, start + len(selected))
    assert new == marked
    if new != text:
        assert in_bold(new, first, last)[0].replace("*", "") == text.replace("*", "")


def test_the_word_at_the_cursor_is_made_bold() -> None:
    assert in_bold("We shall go", 5, 5) == ("We **shall** go", 3, 12)
    assert in_bold("", 0, 0) == ("", 0, 0)


def test_lines_become_a_list_then_numbered_then_plain() -> None:
    text = "Seen:\na bell\na tap"
    with_dashes, start, end = in_a_list(text, 8, len(text))
    assert with_dashes == "Seen:\n- a bell\n- a tap"
    numbered, start, end = in_a_list(with_dashes, start, end)
    assert numbered == "Seen:\n1. a bell\n2. a tap"
    assert in_a_list(numbered, start, end)[0] == text


def test_a_line_that_is_selected_to_its_end_is_marked_alone() -> None:
    assert in_a_list("a\nb", 0, 2) == ("- a\nb", 0, 3)
