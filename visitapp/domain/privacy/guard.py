"""Looking at a text: every kind of words that the guard knows, none overlapping another.

It loads many patterns, so modules that only show or decide about spans don't import it.
"""

import re
from collections.abc import Collection, Iterable
from functools import lru_cache

from visitapp.domain.privacy.around import Around
from visitapp.domain.privacy.births import birth_spans
from visitapp.domain.privacy.lexicon import Lexicon, folded
from visitapp.domain.privacy.names import NameFinder
from visitapp.domain.privacy.numbers import number_spans
from visitapp.domain.privacy.offences import offence_spans
from visitapp.domain.privacy.span import Span
from visitapp.domain.privacy.tokens import tokens


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
    spans_found = _apart(
        [*number_spans(text), *birth_spans(text), *offence_spans(text, words, lexicon)], taken
    )
    around = Around(text, words, lexicon, bytearray(taken), _words_of(frozenset(known_animals)))
    spans_found += _apart(NameFinder(text, words, lexicon, around).spans(), taken)
    return tuple(sorted(spans_found, key=lambda span: span.start))


def _apart(spans: Iterable[Span], taken: bytearray) -> list[Span]:
    """Those that overlap nothing taken and none before them in the list; they are taken then.
    `taken` has a byte for each character of the text, 1 where it is."""
    kept: list[Span] = []
    for span in spans:
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
