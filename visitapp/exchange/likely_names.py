"""Whom or what a written name may mean, among names that are known."""

import re
from collections.abc import Iterable
from difflib import SequenceMatcher

from visitapp.domain.text.folding import folded

_ALIKE = 0.84
"""How alike two names have to be to be the same with a slip of the pen (0 to 1). `Jon Smith` and
`John Smith` are 0.94 alike, `Ann Smith` and `Ian Smith` 0.80."""
_APART = re.compile(r"\s*(?:&|/|;|\+|\n|\band\b|\bwith\b)\s*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[A-Z]\.?\s?){2,4}")
_TITLES = frozenset(("mr", "mrs", "ms", "miss", "dr", "rev", "sir", "cllr", "prof"))
_COMMON = re.compile(
    r"\b(?:custody|police|station|suite|centre|center|unit|the|detention|kennels?)\b", re.IGNORECASE
)


def names_in(cell: str) -> tuple[str, ...]:
    """The names that a cell holds: `A Example & B Sample`, `Anne Example, Ben Sample`. A comma
    parts two names only if each of them has several words, or is initials: `Smith, J.` is one,
    `JS, AB` are two."""
    names: list[str] = []
    for part in _APART.split(cell):
        by_comma = [piece.strip() for piece in part.split(",") if piece.strip()]
        apart = len(by_comma) > 1 and (
            all(len(piece.split()) > 1 for piece in by_comma)
            or all(_INITIALS.fullmatch(piece) for piece in by_comma)
        )
        names += by_comma if apart else [part.strip(" ,")]
    return tuple(name for name in names if name)


def likely_person(written: str, names: Iterable[str]) -> str:
    """The only one of `names` that somebody may be who is written so; empty if none or several."""
    known = tuple(names)
    same = [name for name in known if folded(name) == folded(in_order(written))]
    short = [name for name in known if _is_short_for(written, name)]
    alike = [name for name in known if _alike(in_order(written), name) >= _ALIKE]
    for candidates in (same, short, alike):
        if candidates:
            return candidates[0] if len(candidates) == 1 else ""
    return ""


def may_be_one(name: str, other: str) -> bool:
    """Whether two names may be of one person: `J. Smith`, `Smith, John` or `Jon Smith`, and `John
    Smith`."""
    return (
        folded(in_order(name)) == folded(in_order(other))
        or _is_short_for(name, other)
        or _is_short_for(other, name)
        or _alike(in_order(name), in_order(other)) >= _ALIKE
    )


def likely_site(written: str, names: Iterable[str]) -> str:
    """The only one of `names` that may be meant: `Northgate Custody Suite` is Northgate."""
    known = tuple(names)
    bare = _bare(written)
    same = [name for name in known if bare and _bare(name) == bare]
    within = [name for name in known if _bare(name) and bare and
              (_bare(name) in bare or bare in _bare(name))
              and not _are_numbered_apart(bare, _bare(name))]  # fmt: skip
    initials = [name for name in known if _initials(name) == written.strip().casefold()]
    alike = [name for name in known if _alike(bare, _bare(name)) >= _ALIKE]
    for candidates in (same, within, initials, alike):
        if candidates:
            return candidates[0] if len(candidates) == 1 else ""
    return ""


def in_order(written: str) -> str:
    """A name as we write it: `Smith, John` is `John Smith`; without a title."""
    last, comma, first = written.partition(",")
    words = (f"{first} {last}" if comma else written).split()
    return " ".join(word for word in words if word.strip(".").casefold() not in _TITLES)


def _is_short_for(written: str, name: str) -> bool:
    """Whether `J. Smith`, `J Smith`, `JS`, `John S` or `Smith J` can stand for `John Smith`."""
    words = _folded_words(re.split(r"[\s.]+", in_order(written)))
    full = _folded_words(name.split())
    if len(full) < 2 or not words or _are_numbered_apart(written, name):
        return False
    if len(words) == 1:
        return words[0] == "".join(word[0] for word in full) or words[0] in (full[0], full[-1])
    first, last = full[0], full[-1]
    return any(
        first.startswith(a) and last.startswith(b) and (len(a) == 1 or a == first or b == last)
        for a, b in ((words[0], words[-1]), (words[-1], words[0]))
        if a == first or b == last
    )


def _folded_words(words: Iterable[str]) -> list[str]:
    """Without those that have no letters, such as a dash."""
    return [plain for plain in map(folded, words) if plain]


def _alike(name: str, other: str) -> float:
    if _are_numbered_apart(name, other):
        return 0.0
    return SequenceMatcher(None, folded(name), folded(other)).ratio()


def _are_numbered_apart(name: str, other: str) -> bool:
    """Whether both have a number, and not the same: `Visitor 1` is neither `Visitor 2` nor short
    for `Visitor 12`."""
    numbers, others = (re.findall(r"\d+", words) for words in (name, other))
    return bool(numbers and others) and [*map(int, numbers)] != [*map(int, others)]


def _bare(site: str) -> str:
    return folded(_COMMON.sub("", site))


def _initials(name: str) -> str:
    words = name.split()
    return "".join(word[0] for word in words).casefold() if len(words) > 1 else ""
