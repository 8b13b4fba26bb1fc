"""Comparing texts by their letters, not by how they were typed."""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "\u0142": "l",  # Unicode doesn't count the stroke of these letters as an accent
        "\u00f8": "o",
        "\u0111": "d",
        "\u00f0": "d",
        "\u0127": "h",
        "\u0167": "t",
        "\u0180": "b",
        "\u0268": "i",
        "\u0131": "i",
        "\u0138": "k",
        "\u014b": "n",
        "\u00fe": "th",
        "\u00e6": "ae",
        "\u0153": "oe",
    }
)
_APOSTROPHES = "'`\u00b4\u02b9\u02bb\u02bc\u02bd\u02be\u02bf\u2018\u2019\u201b\u2032\uff07"
_MARKS = r"\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_LEFT_OUT = re.compile(rf"[\s_{_MARKS}{_APOSTROPHES}]+")
_INVISIBLE_OR_DASH = ("Cc", "Cf", "Zs", "Zl", "Zp", "Pd")


@lru_cache(maxsize=4096)  # lists of people are sorted and searched by it again and again
def folded(text: str) -> str:
    """A text in the form used to look up names and labels; it is never shown.

    Case, accents and other marks, strokes (\u0142, \u00f8), \u00df or ss, apostrophes, spaces,
    dashes, underscores and invisible characters make no difference.
    """
    plain = text.translate(dict.fromkeys(map(ord, _APOSTROPHES)))  # NFKC makes spaces of some
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    plain = "".join(
        letter for letter in plain if unicodedata.category(letter) not in _INVISIBLE_OR_DASH
    )  # fmt: skip
    plain = _LEFT_OUT.sub("", plain.translate(_LETTERS))
    return unicodedata.normalize("NFKC", plain)


def contains_words(name: str, typed: str) -> bool:
    """Whether a name contains every word of a typed text, both folded. A word without any letter
    must be contained exactly as typed."""
    folded_name, plain = folded(name), name.casefold()
    return all(
        (folded(word) in folded_name) if folded(word) else (word.casefold() in plain)
        for word in typed.split()
    )


def namesake(name: str, before: str | None, others: Iterable[str]) -> str | None:
    """The first of `others` that looks the same as a name to be saved; None if there is none.

    A name that is the same as `before` is accepted: an older file may already have such a pair.
    """
    if name == before:
        return None
    wanted = folded(name)
    return next((other for other in others if folded(other) == wanted), None)


def sort_key(text: str) -> tuple[str, str]:
    """The key for sorting names and labels; the text itself separates equal ones."""
    return folded(text), text


def person_sort_key(name: str) -> tuple[str, str, str]:
    """The key for sorting people: the surname, which is the last word, then the rest."""
    words = name.split()
    return folded(words[-1]) if words else "", folded(name), name
