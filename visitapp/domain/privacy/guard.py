"""Searches a text for everything the guard knows; no two results overlap.

It loads many patterns, so modules that only show spans or decide about them don't import it.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import replace
from functools import lru_cache

from visitapp.domain.privacy.births import birth_spans
from visitapp.domain.privacy.lexicon import Lexicon, folded
from visitapp.domain.privacy.names import NameFinder
from visitapp.domain.privacy.numbers import number_spans
from visitapp.domain.privacy.offences import offence_spans
from visitapp.domain.privacy.span import Span
from visitapp.domain.privacy.tokens import tokens
from visitapp.domain.privacy.word_context import WordContext
from visitapp.domain.text.bold_words import MARK, places_without_marks


def spans(
    text: str,
    *,
    lexicon: Lexicon,
    known_places: Collection[str] = (),
    known_animals: Collection[str] = (),
) -> tuple[Span, ...]:
    """What to check in a text, in order; no two spans overlap.

    `known_places` are the names of the scheme's sites and its office: they, and single words of
    them, are never flagged. `known_animals` are names that count as an animal's if they have no
    title and no other name with them. Words are read as they are printed, so without the marks of
    bold ones.
    """
    if MARK not in text:
        return _spans(text, lexicon, frozenset(known_places), frozenset(known_animals))
    places = places_without_marks(text)
    printed = "".join(text[at] for at in places)
    return tuple(
        replace(span, start=start, end=end, words=text[start:end])
        for span in _spans(printed, lexicon, frozenset(known_places), frozenset(known_animals))
        for start, end in [(places[span.start], places[span.end - 1] + 1)]
    )


def _spans(
    text: str, lexicon: Lexicon, names: frozenset[str], animals: frozenset[str]
) -> tuple[Span, ...]:
    taken = bytearray(len(text))
    places = _places(names)
    for match in places.finditer(text) if places else ():
        taken[match.start() : match.end()] = bytes([1]) * (match.end() - match.start())
    words = tokens(text, lexicon, _words_of(names))
    spans_found = _apart(
        [*number_spans(text), *birth_spans(text), *offence_spans(text, words, lexicon)], taken
    )
    context = WordContext(text, words, lexicon, bytearray(taken), _words_of(animals))
    spans_found += _apart(NameFinder(text, words, lexicon, context).spans(), taken)
    return tuple(sorted(spans_found, key=lambda span: span.start))


def _apart(spans: Iterable[Span], taken: bytearray) -> list[Span]:
    """The spans that don't overlap anything taken or an earlier span. Marks them in `taken`, which
    has a byte for each character of the text, 1 if it is taken."""
    kept: list[Span] = []
    for span in spans:
        if not any(taken[span.start : span.end]):
            taken[span.start : span.end] = bytes([1]) * (span.end - span.start)
            kept.append(span)
    return kept


@lru_cache(maxsize=8)
def _places(names: frozenset[str]) -> re.Pattern[str] | None:
    """Matches whole names of places, whatever the case and the number of spaces."""
    wanted = [r"\s+".join(map(re.escape, name.split())) for name in names if name.strip()]
    if not wanted:
        return None
    ordered = "|".join(sorted(wanted, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{ordered})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=8)
def _words_of(names: frozenset[str]) -> frozenset[str]:
    return frozenset(folded(word) for name in names for word in re.findall(r"[\w'\u2019-]+", name))
