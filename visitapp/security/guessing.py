"""How many guesses a passphrase withstands, by the method of zxcvbn applied in three ways.

zxcvbn (Wheeler, 2016) knows passwords, words and names by how common they are, keyboard walks,
runs, repeats and dates. But it takes short words and the spaces between them for random letters, so
"the cat sat mat" looks strong. So we estimate a passphrase as it is, without its spaces, and word
by word ignoring spaces; the lowest of the three counts.
"""

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from visitapp.paths import reference_folder

MOST_CHARACTERS = 72
"""Only so many characters are checked: zxcvbn slows down with the square of the length."""

_A_YEAR = math.log10(120)
_PLAIN_LEETS = str.maketrans("@{[<9!|$+", "4(((61157")
_WORDS_IN_A_RUN, _ONE_WORD = 3, 10.0
"""Letters without a space that contain fewer words count as one rare word, however long, such as a
medical term or the name of a village: guessers have lists of those too."""

_LEETS = frozenset("4@8({[<3691!|0$5+7%2")
_MOST_LEETS = 6
_OWN = "user_inputs"  # zxcvbn's name for the list of what is known about a person


@dataclass(frozen=True, slots=True)
class Guesses:
    """`log10` of the guesses needed; `signs` are what makes it easy: `person`, `phrase`, `repeat`,
    `keys`, `date`, `series`, `place`."""

    log10: float
    signs: frozenset[str]


def guesses(passphrase: str, about: Iterable[str] = ()) -> Guesses:
    """Estimate the first `MOST_CHARACTERS` of a passphrase. `about` are names that somebody who
    knows the person tries first: theirs, the office's, and those of its sites. Accepts any text."""
    text = passphrase[:MOST_CHARACTERS].casefold()[:MOST_CHARACTERS]
    own = own_words(about)
    readings = [
        _as_it_stands(text, own, may_be_a_word=text.isalpha()),
        _as_it_stands(re.sub(r"[\s\-_.,;:']+", "", text), own),
        _by_words(text, own),
    ]
    least = min(readings, key=lambda reading: reading.log10)
    return Guesses(least.log10, frozenset().union(*(reading.signs for reading in readings)))


def own_words(about: Iterable[str]) -> tuple[str, ...]:
    """The words of names, and each name as one word, in lower case; longest first."""
    words_found = set()
    for name in about:
        words = re.findall(r"\w{3,}", name[:200].casefold())
        words_found |= {*words, "".join(words)}
    return tuple(sorted(words_found - {""}, key=lambda word: (-len(word), word)))


def _as_it_stands(text: str, own: tuple[str, ...], *, may_be_a_word: bool = False) -> Guesses:
    phrases, _, places = _known()
    log10, sequence = _zxcvbn(text, (*own, *phrases, *places))
    if may_be_a_word and _words_in(sequence) < _WORDS_IN_A_RUN:
        log10 = min(log10, _ONE_WORD)
    signs = set()
    for match in sequence:
        signs |= _signs_of(match, own, phrases)
    return Guesses(log10, frozenset(signs))


def _words_in(sequence: Sequence[dict[str, Any]]) -> int:
    return sum(match["pattern"] == "dictionary" and len(match["token"]) > 2 for match in sequence)


def _signs_of(match: dict[str, Any], own: Sequence[str], phrases: Sequence[str]) -> set[str]:
    if match["pattern"] == "dictionary" and match["dictionary_name"] == _OWN:
        word = match["matched_word"]
        return {"person"} if word in own else {"phrase"} if word in phrases else {"place"}
    named = {"spatial": "keys", "sequence": "keys", "repeat": "repeat", "date": "date"}
    is_long = len(match["token"]) >= 4
    return {named[match["pattern"]]} if match["pattern"] in named and is_long else set()


def _by_words(text: str, own: tuple[str, ...]) -> Guesses:
    """The guesses of each different word, multiplied."""
    _, series, places = _known()
    total, signs = 0.0, set()
    begun: set[int] = set()
    seen: set[str] = set()
    for word in re.findall(r"[^\W\d_]+|\d+|[^\w\s]+|_+", text):
        if word in seen:
            signs |= {"repeat"} if len(word) >= 3 else set()
            continue
        seen.add(word)
        cost = _zxcvbn(word, own)[0]
        if word in own:
            signs.add("person")
            cost = min(cost, 1.0)
        if re.fullmatch(r"(19|20)\d\d", word):
            cost = min(cost, _A_YEAR)
        if word in places:
            signs.add("place")
            cost = min(cost, math.log10(len(places)))
        for at, line in enumerate(series):
            if word in line and at in begun:
                signs.add("series")
                cost = min(cost, math.log10(len(line)))
            elif word in line:
                begun.add(at)
        total += cost
    return Guesses(total, frozenset(signs))


def _zxcvbn(text: str, words: tuple[str, ...]) -> tuple[float, list[dict[str, Any]]]:
    """Log10 of the guesses for a text, and the parts it consists of."""
    from zxcvbn import matching, scoring

    if not text:  # nothing but spaces and full stops
        return 0.0, []
    if len(_LEETS & set(text)) > _MOST_LEETS:  # otherwise every possible reading of them is tried
        text = text.translate(_PLAIN_LEETS)
    # zxcvbn() would keep the words about a person in its module, for all threads.
    lists = {**matching.RANKED_DICTIONARIES, _OWN: matching.build_ranked_dict(words)}
    match = scoring.most_guessable_match_sequence(text, matching.omnimatch(text, lists))
    return float(match["guesses_log10"]), match["sequence"]


@cache
def _known() -> tuple[tuple[str, ...], tuple[frozenset[str], ...], tuple[str, ...]]:
    """Phrases without their spaces, series, and places."""
    phrases = ["".join(re.findall(r"[a-z]+", line)) for line in _lines("phrases.txt")]
    series = [frozenset(line.split()) for line in _lines("series.txt")]
    places = [word for line in _lines("places.txt") for word in line.split()]
    return tuple(phrases), tuple(series), tuple(places)


def _lines(name: str) -> list[str]:
    text = (reference_folder() / "passphrases" / name).read_text(encoding="utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]
