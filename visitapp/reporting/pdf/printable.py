"""Text as our fonts can print it. All text of every PDF goes through here.

Word processors put characters into a text that our fonts don't have. Those with an equivalent
are printed as that; a run of any others is printed as `[?]`, and `unprintable` names them.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from itertools import groupby
from typing import Any

from reportlab.pdfbase import pdfmetrics

from visitapp.domain.text.shown import shown
from visitapp.reporting.blocks import Document
from visitapp.reporting.pdf.fonts import register_fonts
from visitapp.reporting.style import FONT_FILES, ITALIC

_MOST_SIGNS = 12
INSTEAD = "[?]"
"""Printed instead of characters that can't be printed."""

_BULLETS = "\u2022\u2023\u2043\u2219\u25aa\u25ab\u25b6\u25b8\u25ba\u25cb\u25cf\u25e6\u26ab"
_OF_WORD = "\uf0a7\uf0b7\uf0d8"  # Word's bullets, in the private use area of its symbol fonts
_TICKS = "\u2611\u2705\u2714\uf0fc"
_CROSSES = "\u2612\u2716\u2717\u2718\u274c\uf0fb"
_DROPPED = "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\ufe0e\ufe0f\ufeff"

_EQUALS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _BULLETS + _OF_WORD), "\u2022"),
    **dict.fromkeys(map(ord, _TICKS), "\u2713"),
    **dict.fromkeys(map(ord, _CROSSES), "\u00d7"),
    **dict.fromkeys([*range(0x2000, 0x200B), 0x2028, 0x2029, 0x202F, 0x205F, 0x3000], " "),
    **dict.fromkeys([0x2010, 0x2011], "-"),
    **dict.fromkeys(map(ord, _DROPPED), None),
    0x201F: "\u201c",
}


def printable(text: str, font: str) -> str:
    """The text in characters that the font has, with letters and their accents combined."""
    known = _glyphs(font)
    if text.isascii() and text.isprintable():
        return text
    pieces = []
    for can, signs in groupby(_written(text), key=lambda sign: _printed(sign, known) is not None):
        pieces.append("".join(_printed(s, known) or "" for s in signs) if can else INSTEAD)
    return "".join(pieces)


def unprintable(texts: Iterable[str]) -> tuple[str, ...]:
    """The characters that one of our fonts can't print, in order of appearance."""
    fonts = [_glyphs(name) for name in FONT_FILES if name != ITALIC]
    signs = dict.fromkeys(sign for text in texts for sign in _written(text))
    return tuple(sign for sign in signs if any(_printed(sign, known) is None for known in fonts))


def cautions(document: Document, what: str) -> tuple[str, ...]:
    """What to know about a document before handing it out: which characters can't be printed.
    `what` begins the sentence: `The copy`."""
    signs = unprintable(_texts(document))
    if not signs:
        return ()
    return (
        f"These characters can\u2019t be printed: {listed(signs)}. {what} shows {INSTEAD} instead.",
    )


def listed(signs: Sequence[str]) -> str:
    """The first characters, and how many more there are."""
    more = f" and {len(signs) - _MOST_SIGNS} more" if len(signs) > _MOST_SIGNS else ""
    return f"{' '.join(signs[:_MOST_SIGNS])}{more}"


def _texts(part: Any) -> Iterator[str]:
    """All texts of a document, or of a part of it."""
    if isinstance(part, str):
        yield part
    elif isinstance(part, tuple | list):
        for item in part:
            yield from _texts(item)
    elif is_dataclass(part):
        for item in fields(part):
            yield from _texts(getattr(part, item.name))


def _written(text: str) -> str:
    return shown(unicodedata.normalize("NFC", text).translate(_EQUALS))


@cache
def _glyphs(font: str) -> frozenset[int]:
    register_fonts()
    return frozenset(pdfmetrics.getFont(font).face.charToGlyph)


def _printed(sign: str, known: frozenset[int]) -> str | None:
    """The character, or plain ones that mean the same; None if there are none."""
    if sign in "\n\t" or ord(sign) in known:
        return sign
    plain = unicodedata.normalize("NFKC", sign)
    return plain if plain and all(ord(letter) in known for letter in plain) else None
