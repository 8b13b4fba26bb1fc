"""How strong a passphrase is, in words."""

import pytest

from visitapp.security.passphrase import strength


@pytest.mark.parametrize(
    "passphrase",
    [
        "lantern orchard pebble violin",
        "q7!pZ2#vK9$mT4&x=w",
        "f4b1-9c2d_77e0a5",
        "tea, rain, moss and owls",
    ],
)
def test_four_words_or_a_long_varied_string_are_enough(passphrase):
    assert strength(passphrase).is_enough


@pytest.mark.parametrize(
    "passphrase",
    ["", "   ", "short", "password1", "lantern orchard", "one one one one one", "a b c d e f g",
     "aaaaaaaaaaaaaaaaaaaaaaaa", "lantern lantern Lantern LANTERN",
     "supercalifragilistic"],
)  # fmt: skip
def test_less_is_not_enough_and_the_sentence_says_what_to_add(passphrase):
    found = strength(passphrase)
    assert not found.is_enough
    assert found.sentence.endswith(".")


def test_each_word_makes_it_stronger():
    words = ["lantern", "orchard", "pebble", "violin"]
    levels = [strength(" ".join(words[:number])).level for number in range(5)]
    assert levels == [0, 1, 2, 3, 4]
