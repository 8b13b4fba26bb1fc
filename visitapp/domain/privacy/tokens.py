"""A text as words, and whether their capitals mean anything."""

import re
from dataclasses import dataclass

from visitapp.domain.privacy.lexicon import Lexicon, Word

_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['\u2019\u2010\u2011-][^\W\d_]+)*(?!\w)")
_START = re.compile(r"[.!?:;\n\u2013\u2014\u2022\u201c\"]|(?:^|\s)[-*](?=\s|$)")
_ENDS = re.compile(r"[.!?\n]")
_HEADING_SHARE = 0.6
_LEAST_SENTENCE, _LEAST_HEADING = 4, 4
_COUNTED = 4
"""Words of so many letters or more usually have a capital in a heading, so they are counted."""
_SHORTENED = frozenset(
    {"mr", "mrs", "ms", "dr", "sgt", "insp", "supt", "rev", "revd", "prof", "st", "fr", "det", "ch"}
)


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its position, its form in the word lists, and whether a capital means anything.

    `starts`: it begins a sentence, so it has a capital anyway. `shouts`: its sentence is all in
    capitals, or is a heading with a capital on each word.
    """

    text: str
    start: int
    end: int
    key: str
    word: Word
    starts: bool
    shouts: bool

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[0].isupper()

    @property
    def is_initial(self) -> bool:
        """Whether it is one capital letter."""
        return len(self.text) == 1 and self.is_capital

    @property
    def is_shouted(self) -> bool:
        """Whether it is all in capitals."""
        return len(self.text) > 1 and self.text.isupper()


def tokens(text: str, lexicon: Lexicon, ordinary: frozenset[str]) -> list[Token]:
    """The words of a text in order. `ordinary` are folded words that aren't names here: those of
    the scheme's own places."""
    matches = list(_WORD.finditer(text))
    looked_up = [lexicon.look_up(match[0]) for match in matches]
    kinds = [Word.ORDINARY if key in ordinary else kind for key, kind in looked_up]
    shouting = _shouting(text, matches, kinds)
    tokens_so_far: list[Token] = []
    for match, (key, _), kind, shouts in zip(matches, looked_up, kinds, shouting, strict=True):
        gap = text[tokens_so_far[-1].end : match.start()] if tokens_so_far else ""
        starts = not tokens_so_far or (
            gap != " "
            and _START.search(gap) is not None
            and not _is_shortened(gap, tokens_so_far[-1])
        )
        tokens_so_far.append(Token(match[0], match.start(), match.end(), key, kind, starts, shouts))
    return tokens_so_far


def _is_shortened(gap: str, last: Token) -> bool:
    """Whether the full stop in a gap belongs to an initial or abbreviation before it."""
    return gap.strip(" \u00a0") == "." and (last.is_initial or last.key in _SHORTENED)


def _shouting(text: str, matches: list[re.Match[str]], kinds: list[Word]) -> list[bool]:
    """For each word, whether capitals mean nothing in its sentence."""
    shouting: list[bool] = []
    first = 0
    for index in range(1, len(matches) + 1):
        if index == len(matches) or _ends(text[matches[index - 1].end() : matches[index].start()]):
            sentence = [match[0] for match in matches[first:index]]
            shouting.extend([_shouts(sentence, kinds[first:index])] * (index - first))
            first = index
    return shouting


def _ends(gap: str) -> bool:
    """Whether a sentence ends between two words."""
    return gap != " " and _ENDS.search(gap) is not None


def _shouts(sentence: list[str], kinds: list[Word]) -> bool:
    """Decided by the ordinary words of a sentence, since names have capitals anyway."""
    if len(sentence) >= _LEAST_SENTENCE and all(word.isupper() for word in sentence):
        return True
    long = [
        word
        for word, kind in zip(sentence, kinds, strict=True)
        if kind is Word.ORDINARY and len(word) >= _COUNTED and not word.isupper()
    ]
    if len(long) < _LEAST_HEADING:
        return False
    return sum(word[0].isupper() for word in long) > _HEADING_SHARE * len(long)
