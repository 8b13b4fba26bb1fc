"""The privacy guard: what in a free text looks like it leads to a person, or to an offence.

It points out and never blocks; whoever writes decides. `python -m tests.privacy_measure`
measures it on invented sentences (`tests/data/privacy`, figures in its README), counting a
labelled span as found if a span of its kind overlaps it, and a span as false if it overlaps no
labelled one. On sentences of another hand that no rule was mended after, precision is 0.889 and
recall 0.863.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from visitapp.domain.privacy.around import Around
from visitapp.domain.privacy.births import birth_spans
from visitapp.domain.privacy.decisions import standing, undecided
from visitapp.domain.privacy.lexicon import Lexicon, folded, read_lexicon
from visitapp.domain.privacy.names import NameFinder
from visitapp.domain.privacy.numbers import number_spans
from visitapp.domain.privacy.offences import offence_spans
from visitapp.domain.privacy.span import KINDS, Span, kind_said
from visitapp.domain.privacy.tokens import tokens

__all__ = [
    "KINDS", "Lexicon", "Span", "kind_said", "read_lexicon", "replaced", "spans", "standing",
    "undecided",
]  # fmt: skip


def spans(
    text: str,
    *,
    lexicon: Lexicon,
    known_places: Collection[str] = (),
    known_animals: Collection[str] = (),
) -> tuple[Span, ...]:
    """What to look at again in a text, in order, none overlapping another.

    `known_places` are the names of the scheme's sites and its office: they, and words of them
    standing alone, are never flagged. `known_animals` are names that, alone and without a
    title, are taken for those of animals.
    """
    names = frozenset(known_places)
    taken = bytearray(len(text))
    places = _places(names)
    for match in places.finditer(text) if places else ():
        taken[match.start() : match.end()] = bytes([1]) * (match.end() - match.start())
    words = tokens(text, lexicon, _words_of(names))
    found = _apart(
        [*number_spans(text), *birth_spans(text), *offence_spans(text, words, lexicon)], taken
    )
    around = Around(text, words, lexicon, bytearray(taken), _words_of(frozenset(known_animals)))
    found += _apart(NameFinder(text, words, lexicon, around).spans(), taken)
    return tuple(sorted(found, key=lambda span: span.start))


def _apart(found: Iterable[Span], taken: bytearray) -> list[Span]:
    """Those that overlap nothing taken and none before them in the list; they are taken then.
    `taken` has a byte for each character of the text, 1 where it is."""
    kept: list[Span] = []
    for span in found:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = bytes([1]) * (span.end - span.start)
            kept.append(span)
    return kept


@lru_cache(maxsize=8)
def _places(names: frozenset[str]) -> re.Pattern[str] | None:
    """Finds whole names of places, in any case of letters, over any run of spaces."""
    wanted = [r"\s+".join(map(re.escape, name.split())) for name in names if name.strip()]
    if not wanted:
        return None
    ordered = "|".join(sorted(wanted, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ordered})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _words_of(names: frozenset[str]) -> frozenset[str]:
    return frozenset(folded(word) for name in names for word in re.findall(r"[\w'\u2019-]+", name))


def replaced(text: str, span: Span, instead: str) -> str:
    """The text with other words in the place of a span; empty `instead` leaves them out, and
    the spaces and commas that held them with them."""
    before, after = text[: span.start], text[span.end :]
    if instead:
        return before + instead + after
    if before.endswith(", ") and after.startswith(","):
        return before[:-2] + (after[1:] if after[1:].startswith(" ") else after)
    if before.endswith("(") and after.startswith(")"):
        return before[:-1].rstrip(" ") + after[1:]
    trimmed = re.sub(r",? $", "", before) if not after or after[0] in " ,.;:!?)\n" else before
    return trimmed + after
