"""What the word lists say of a word, and of words that are in none of them."""

import json

import pytest

from visitapp.domain.privacy.guard import spans
from visitapp.domain.privacy.lexicon import FILES, Lexicon, Word, read_lexicon

TITLES = {"titles": {"the sergeant": ["sgt"]}, "plain": ["sgt"], "roles": ["nurse"]}
LISTS = dict.fromkeys(FILES, "") | {
    "given_names.txt": "# english kingdom\nanna  mark\n\nmay sandy\n",
    "surnames.txt": "barlow may\n",
    "ambiguous.txt": "mark\n",
    "weak.txt": "may\n",
    "ordinary.txt": "sandy table glass café\n",
    "offences.txt": "# Words\nsure:\nfirst sure\nlast sure\ncued:\nfirst cued\nlast cued\nalone:\n"
    "first alone\nlast alone\n",
    "titles.json": json.dumps(TITLES),
}


@pytest.fixture
def lexicon() -> Lexicon:
    return read_lexicon(LISTS)


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Anna", Word.GIVEN),
        ("anna's", Word.GIVEN),
        ("Barlow", Word.FAMILY),
        ("Mark", Word.EITHER),
        ("May", Word.WEAK),
        ("Sandy", Word.WEAK),
        ("Table", Word.ORDINARY),
        ("Cafe", Word.ORDINARY),
        ("Café", Word.ORDINARY),
        ("Tables", Word.ORDINARY),
        ("Glasses", Word.ORDINARY),
        ("Mays", Word.WEAK),
        ("Annas", Word.UNKNOWN),
        ("Sgt", Word.ORDINARY),
        ("Kingdom", Word.UNKNOWN),
        ("Anna-Barlow", Word.FAMILY),
        ("Zblik-Anna", Word.FAMILY),
        ("Zblik‐Anna", Word.FAMILY),
        ("Zblik‑Anna", Word.FAMILY),
        ("Zblik-Table", Word.ORDINARY),
        ("Zblik-May", Word.ORDINARY),
        ("Zblik-Mark", Word.UNKNOWN),
        ("Zblik-Krom", Word.UNKNOWN),
        ("Zbling", Word.ORDINARY),
        ("Bling", Word.UNKNOWN),
        ("Zusson", Word.FAMILY),
        ("Usson", Word.UNKNOWN),
        ("McZblik", Word.FAMILY),
        ("Mczblik", Word.UNKNOWN),
        ("O'Zblik", Word.FAMILY),
        ("O’Zblik", Word.FAMILY),
        ("O'Zb", Word.UNKNOWN),
        ("O’Zb", Word.UNKNOWN),
        ("Zblïk", Word.FAMILY),
        ("Zblik", Word.UNKNOWN),
        ("Zblikkk", Word.UNKNOWN),
    ],
)
def test_a_word_is_what_the_lists_say_or_what_it_looks_like(lexicon, word, kind):
    assert lexicon.look_up(word)[1] is kind


@pytest.mark.parametrize(
    ("text", "offences"),
    [
        ("It was first sure and last sure.", ["first sure", "last sure"]),
        ("It was said to be first cued.", []),
        ("Arrested for first cued.", ["first cued"]),
        ("Arrested for last cued.", ["last cued"]),
        ("M4 last cued", []),
        ("Arrested for first alone.", ["first alone"]),
        ("Arrested for last alone.", ["last alone"]),
        ("M4 first alone", ["first alone"]),
        ("M4 last alone", ["last alone"]),
        ("It said: first alone was seen.", []),
    ],
)
def test_offences_count_by_the_heading_they_stand_under(lexicon, text, offences):
    found = spans(text, lexicon=lexicon)
    assert [span.words for span in found if span.kind == "offence"] == offences
