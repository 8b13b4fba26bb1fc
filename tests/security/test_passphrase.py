"""How strong a passphrase is, in words."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from visitapp.security.guessing import MOST_CHARACTERS, guesses
from visitapp.security.passphrase import strength

ABOUT = ("Helen Draycott", "Anyshire Commissioner", "Euston Street", "Tŷ Coch")


@pytest.mark.parametrize(
    "passphrase",
    [
        "lantern orchard pebble violin",
        "q7!pZ2#vK9$mT4&x=w",
        "f4b1-9c2d_77e0a5",
        "x9$Kw!2mQz7v",
        "tea, rain, moss and owls",
        "harbour candle thimble orchid",
        "seven quiet otters knitting",
        "copper thimble walrus meadow",
        "sausage kettle Tuesday giraffe",
        "lanternorchardpebbleviolin",
        "llyfr coeden ffenestr mynydd",
        "фонарь сад камень",
    ],
)
def test_four_uncommon_words_or_a_long_varied_string_are_enough(passphrase):
    found = strength(passphrase, ABOUT)
    assert found.is_enough
    assert found.in_words == "Strong. It would take many years to guess."


WEAK = [
    "", "   ", "short", "password1", "lantern orchard", "one one one one one", "a b c d e f g",
    "aaaaaaaaaaaaaaaaaaaaaaaa", "lantern lantern Lantern LANTERN", "supercalifragilistic",
    "supercalifragilisticexpialidocious", "llanfairpwllgwyngyllgogerychwyrndrobwll",
    # words that are short, common, or known in this order
    "the cat sat mat", "the cat sat on the mat", "correct horse battery staple",
    "Correct-Horse-Battery-Staple1!", "c0rrect h0rse battery staple", "four little words here",
    "i love my dog rex", "mary had a little lamb", "To be, or not to be", "God save the King",
    "may the force be with you", "the quick brown fox jumps over the lazy dog",
    "we wish you a merry christmas", "john paul george ringo", "this is my passphrase",
    # runs, walks, repeats, dates
    "1234567890123456", "0987654321098765", "abcdefghijklmnopqrstuvwxyz", "qwertyuiopasdfgh",
    "qwertyuiop asdfghjkl zxcvbnm", "1qaz2wsx3edc4rfv", "zaq12wsxcde34rfv",
    "poiuytrewqlkjhgfdsa", "abcabcabcabcabcd", "purple lantern purple lantern",
    "pa$$word pa$$word pa$$word", "letmein letmein2 letmein3", "19051984 20061985",
    "12 March 1956 14 July 1958", "12/03/1956 14/07/1958", "monday tuesday wednesday thursday",
    "one two three four five six seven", "red orange yellow green blue",
    "alpha bravo charlie delta echo",
    # places, the trade, and the person's own
    "Leicestershire12", "Leicestershire Leicester Rutland 12", "Manchester United 1968",
    "Derby Nottingham Lincoln Leicester", "police custody cells visitor",
    "Custody visiting 2024", "Helen Draycott Anyshire 1962", "helendraycottanyshire1962",
    "Anyshire Euston Street commissioner", "H3l3n Dr4yc0tt euston", "T\u0177 Coch Anyshire Helen",
]  # fmt: skip


@pytest.mark.parametrize("passphrase", WEAK)
def test_less_is_not_enough_and_the_sentence_says_what_to_do(passphrase):
    found = strength(passphrase, ABOUT)
    assert not found.is_enough
    assert found.sentence.endswith(".")
    assert found.level == 0 or "dd" in found.sentence


def test_the_reason_is_named_where_there_is_one():
    for passphrase, reason in (
        ("correct horse battery staple", "a phrase that many people know"),
        ("1234567890123456", "Keyboard patterns and runs like 1234"),
        ("Helen Draycott 1962", "contains your name"),
        ("lantern lantern lantern", "Repeating words"),
        ("Leicestershire12", "Names of places"),
        ("monday tuesday wednesday", "Words that go together"),
        ("19051984", "Dates"),
    ):
        assert reason in strength(passphrase, ABOUT).sentence


def test_each_word_makes_it_stronger():
    words = ["lantern", "orchard", "pebble", "violin"]
    levels = [strength(" ".join(words[:number])).level for number in range(5)]
    assert levels == [0, 1, 2, 3, 4]


def test_names_of_one_person_are_not_kept_for_the_next():
    assert not strength("tremellen fennimore merrivale", ["O Tremellen", "Fennimore"]).is_enough
    before = guesses("tremellen fennimore merrivale").log10
    guesses("x", ["Tremellen", "Fennimore", "Merrivale"])
    assert guesses("tremellen fennimore merrivale").log10 == before


@settings(max_examples=20)
@given(st.text(st.characters(codec=None), max_size=300), st.lists(st.text(max_size=40), max_size=4))
def test_any_text_has_a_strength(passphrase, about):
    assert 0 <= strength(passphrase, about).level <= 4


@pytest.mark.parametrize("odd", [",", "...", "-_-", "\u0130" * 20, "\x00", "\u0307", "\u00df" * 72])
def test_nothing_but_stops_or_odd_letters_is_weak(odd):
    assert strength(odd).level in (1, 2)


@pytest.mark.parametrize(
    "passphrase",
    ["4@8({[</369&#!1/|0$5+7%2" * 400, "a" * 100_000, "\ufb03" * 5000, "\ud800\x00\udfff" * 900],
)
def test_what_is_very_long_is_looked_at_up_to_a_bound(passphrase):
    assert guesses(passphrase) == guesses(passphrase[:MOST_CHARACTERS])
