"""How words that were pointed out are shown, and what is left when they are taken out."""

import pytest

from visitapp.domain.privacy.span import NAME, Span, replaced


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a" * 40, f"\u201c{'a' * 40}\u201d"),
        ("a" * 41, f"\u201c{'a' * 40}\u2026\u201d"),
        (" two\n words ", "\u201ctwo words\u201d"),
    ],
)
def test_long_words_are_cut_after_forty_characters(words, shown):
    assert Span(0, len(words), NAME, words).shown == shown


@pytest.mark.parametrize(
    ("marked", "left"),
    [
        ("His brother, [John], came.", "His brother came."),
        ("His brother, [John],came.", "His brother,came."),
        ("His brother, [John] came.", "His brother came."),
        ("We met, [John]. Then", "We met. Then"),
        ("We met [John], who came.", "We met, who came."),
        ("The inspector ([John]) came.", "The inspector came."),
        ("The inspector([John]) came.", "The inspector came."),
        ("The inspector ([John], who came) left.", "The inspector (, who came) left."),
        ("[John]) came.", ") came."),
        ("We met [John]", "We met"),
    ],
)
def test_what_held_a_name_goes_with_it(marked, left):
    start, end = marked.index("["), marked.index("]") - 1
    text = marked.replace("[", "").replace("]", "")
    assert replaced(text, Span(start, end, NAME, text[start:end]), "") == left
