"""Names and labels found again however they are typed."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from visitapp.domain.text.folding import contains_words, folded, namesake, person_sort_key

ZERO_WIDTH = ("\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u202e", "\u2066")


@pytest.mark.parametrize(
    ("shown", "typed"),
    [
        ("G\u00fcnther Apple", "gunther apple"),
        ("\u0141ucja Birt", "Lucja Birt"),
        ("O\u2019Neil Ann", "oneil ann"),
        ("Ois\u00edn O\u02bcBrien", "OISIN O'BRIEN"),
        ("S\u00f8ren \u00c5berg", "Soren Aberg"),
        ("Stra\u00dfer", "Strasser"),
        ("\u00deóra \u00c6gir", "Thora Aegir"),
        ("\u0110or\u0111e \u0152uvre", "Dorde Oeuvre"),
        ("I\u015f\u0131k", "isik"),
        ("\u0130pek", "ipek"),
        ("O'Brien-\u0147g\u0169g\u0129", "o\u2019brien ngugi"),
        ("Zoe\u0308 Quinn", "Zo\u00eb Quinn"),
        ("anne  example", "Anne Example"),
        ("Anne\u00a0Example", "Anne Example"),
        ("Mary\u2010Jane", "Mary Jane"),
        ("\uff21\uff4e\uff4e\uff45", "Anne"),
        *((f"An{sign}ne", "Anne") for sign in ZERO_WIDTH),
    ],
)
def test_a_name_is_found_as_a_british_keyboard_types_it(shown, typed):
    assert folded(shown) == folded(typed)
    assert contains_words(shown, typed)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Anne", "Anna"), ("65+", "65"), ("1.5", "15"), ("\u0418\u0432\u0430\u043d", "Ivan")],
)
def test_what_differs_by_a_letter_or_a_digit_stays_apart(one, other):
    assert folded(one) != folded(other)


def test_letters_of_other_scripts_are_kept():
    assert folded("\u738b\u5c0f\u660e") == "\u738b\u5c0f\u660e"
    assert folded("\u0639\u0644\u064a") == "\u0639\u0644\u064a"


def test_the_way_accents_are_stored_does_not_matter():
    assert folded("Zoe\u0308 O\u2019Neil") == folded("Zo\u00eb O'Neil")


@example("U\u00a8")
@example("\u0149")
@given(st.text(max_size=20))
def test_folding_twice_is_folding_once(text):
    assert folded(folded(text)) == folded(text)


@given(st.text(max_size=30))
def test_a_name_says_itself(name):
    assert contains_words(name, name)


def test_every_word_must_be_there_and_a_word_without_letters_as_it_stands():
    assert contains_words("Se\u00e1n Byrne", "byr sean")
    assert not contains_words("Se\u00e1n Byrne", "sean smith")
    assert not contains_words("Se\u00e1n Byrne", "-")
    assert contains_words("Mary-Jane", "-")


def test_a_namesake_is_told_unless_the_name_stays_as_it_was():
    others = ["Ben Sample", "Se\u00e1n Byrne"]
    assert namesake("sean  byrne", None, others) == "Se\u00e1n Byrne"
    assert namesake("Sean Byrne", "Sean Byrne", others) is None
    assert namesake("Sean Byrnes", None, others) is None


def test_people_are_sorted_by_surname_whatever_their_accents():
    names = ["Zara Adams", "\u00c9mile Zola", "Anne \u00c5berg", "anne adams", "Li"]
    assert sorted(names, key=person_sort_key) == [
        "Anne \u00c5berg", "anne adams", "Zara Adams", "Li", "\u00c9mile Zola",
    ]  # fmt: skip
