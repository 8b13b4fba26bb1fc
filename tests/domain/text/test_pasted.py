"""Lists within texts that people pasted, where there is room for a list and where there is not."""

import pytest

from visitapp.domain.text.pasted import in_one_line, lead_and_points, word_count


@pytest.mark.parametrize(
    ("words", "line"),
    [
        ("One sentence.\nAnother.", "One sentence. Another."),
        ("Broken:\n- call bell\n- tap, cell 4", "Broken: call bell; tap, cell 4"),
        ("\u25cf one \u25cf two", "one; two"),
        ("\u2022\tone;\n\u2022\ttwo;\n\u2022\tthree.", "one; two; three."),
        ("", ""),
    ],
)
def test_a_list_in_one_line_keeps_its_points_apart(words: str, line: str) -> None:
    assert in_one_line(words) == line


def test_what_follows_a_list_is_not_put_before_it() -> None:
    lead, points = lead_and_points("Seen:\n- a bell\n  in cell 3\n- a tap\n\nThe sergeant knows.")
    assert lead == "Seen:"
    assert points == ("a bell in cell 3", "a tap", "The sergeant knows.")


def test_dashes_and_numbers_of_lists_are_no_words() -> None:
    words = "On **3 April** \u2013 a list:\n- one\n- two\n\n1. a\n2. b\n\nBy 5. March"
    assert word_count(words) == 12
