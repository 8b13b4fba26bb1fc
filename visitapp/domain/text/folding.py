"""Texts compared as people mean them: by their letters, not by how those were typed."""

import re
import unicodedata
from collections.abc import Iterable

_LETTERS = str.maketrans(
    {
        "\u0142": "l",  # the stroke of these letters is no mark that Unicode could take away
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


def folded(text: str) -> str:
    """A text for finding a name or a label again.

    Case, accents and other marks, strokes (\u0142, \u00f8), \u00df and ss, apostrophes, spaces,
    dashes, underscores and invisible signs make no difference. What is shown is never folded.
    """
    plain = text.translate(dict.fromkeys(map(ord, _APOSTROPHES)))  # NFKC makes a space of one
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", plain).casefold())
    plain = "".join(
        letter for letter in plain if unicodedata.category(letter) not in _INVISIBLE_OR_DASH
    )  # fmt: skip
    plain = _LEFT_OUT.sub("", plain.translate(_LETTERS))
    return unicodedata.normalize("NFKC", plain)


def says(name: str, typed: str) -> bool:
    """Whether a name contains every word of a typed text, both folded; a word without any letter
    must be contained as it was typed."""
    folded_name, plain = folded(name), name.casefold()
    return all(
        (folded(word) in folded_name) if folded(word) else (word.casefold() in plain)
        for word in typed.split()
    )


def namesake(name: str, before: str | None, others: Iterable[str]) -> str | None:
    """The first of `others` that reads as a name that is to be saved; None where none does.

    A name that stays as it was `before` is let alone: a file may hold a pair from earlier.
    """
    if name == before:
        return None
    wanted = folded(name)
    return next((other for other in others if folded(other) == wanted), None)


def sort_key(text: str) -> tuple[str, str]:
    """What lists of names and labels are sorted by; the text itself tells equal ones apart."""
    return folded(text), text


def person_sort_key(name: str) -> tuple[str, str, str]:
    """What lists of people are sorted by: the surname, which is the last word, then the rest."""
    words = name.split()
    return folded(words[-1]) if words else "", folded(name), name
