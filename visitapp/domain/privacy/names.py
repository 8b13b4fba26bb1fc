"""Names of people: after a title or rank, two words with capitals, or a known name on its own.

Whether a word counts as a name depends on what it is (a given name, a family name, a name that is
also a word, an unknown word), how it is written, and what is around it. Roles and ranks alone,
places, firms, and animals in a text about animals don't count.
"""

import re
from collections.abc import Iterator, Sequence

from visitapp.domain.privacy.lexicon import LIKELY, NAMES, Lexicon, Word
from visitapp.domain.privacy.roles import in_place_of
from visitapp.domain.privacy.span import NAME, Span
from visitapp.domain.privacy.tokens import Token
from visitapp.domain.privacy.word_context import WordContext

_PARTICLES = frozenset(
    {"de", "la", "le", "van", "von", "der", "den", "bin", "bint", "ibn", "al", "el", "da", "dos",
     "di", "du", "ni", "o", "ap", "mac", "mc", "ter", "ten"}
)  # fmt: skip
_NO_NAMES = frozenset(
    {"a", "am", "an", "and", "as", "at", "be", "but", "by", "do", "for", "from", "go", "had", "has",
     "he", "her", "him", "his", "i", "if", "in", "is", "it", "me", "my", "no", "not", "of", "off",
     "on", "or", "our", "out", "say", "see", "she", "so", "the", "to", "up", "us", "was", "we",
     "who", "you", "pm", "ok"}
)  # fmt: skip
"""Small words that are never names, even with a capital."""
_MONTHS = frozenset(
    {"january", "february", "march", "april", "may", "june", "july", "august", "september",
     "october", "november", "december", "jan", "jun"}
)  # fmt: skip
_COLLAR = re.compile(r"(?:\.?\s+|\s*[=:]\s*)(?:no\.?\s*)?(?:\d{2,5}\s+)?")
_ABBREVIATED = frozenset(
    {"do", "dos", "di", "aa", "sc", "ci", "ds", "dc", "ps", "fr", "dcs", "acc"}
)
"""Titles that are other words, or nothing, without a capital."""
_POLITE = frozenset({"mr", "mrs", "ms", "mx"})
_JOINED = re.compile(r"(?: and |, and |, | & |/)")
_MOST_WORDS, _MOST_INITIALS = 4, 3
_LEAST_SHOUTED = 5
_LEAST_LOWER = 4


class NameFinder:
    """Finds the names of one text."""

    def __init__(
        self, text: str, words: Sequence[Token], lexicon: Lexicon, context: WordContext
    ) -> None:
        """`context` knows what is around each word, and which words are places and firms."""
        self._text, self._words, self._lexicon, self._context = text, words, lexicon, context
        self._at = {token.start: index for index, token in enumerate(words)}
        self._taken: set[int] = set()

    def spans(self) -> Iterator[Span]:
        """Names with titles, then those without."""
        yield from self._titled()
        index = 0
        while index < len(self._words):
            last = self._untitled(index)
            if last is None:
                index += 1
                continue
            yield self._span(self._words[index].start, index, last)
            yield from self._joined(last)
            index = last + 1

    # with a title

    def _titled(self) -> Iterator[Span]:
        for index, token in enumerate(self._words):
            match = self._lexicon.title_phrases.at(self._text, token.start, token.key)
            if match is None:
                continue
            title = re.sub(r"['\u2019]s$", "", match[0].rstrip("."))
            if not self._is_title(title, index):
                continue
            gap = _COLLAR.match(self._text, match.end())
            if gap is None:
                continue
            first = self._at.get(gap.end())
            if first is None or first in self._taken or not self._may_follow(title, first):
                continue
            if not self._is_close(match[0], gap[0], first):
                continue
            last = self._last_of(first)
            self._taken.update(range(index, first))
            yield self._span(match.start(), first, last, title)
            yield from self._joined(last)

    def _is_title(self, title: str, index: int) -> bool:
        if index in self._taken or self._context.is_masked(index):
            return False
        return title.removesuffix("s").isupper() or title.lower() not in _ABBREVIATED

    def _is_close(self, title: str, gap: str, first: int) -> bool:
        """Whether a title belongs to the word after it: not "the DO. Will check" or "DO: Wait"."""
        ends = title.endswith(".") and len(title) < _LEAST_LOWER
        is_apart = ends or gap.lstrip().startswith(("=", ":"))
        return not is_apart or self._words[first].word in NAMES

    def _may_follow(self, title: str, index: int) -> bool:
        """Whether a word can be the name after a title."""
        token = self._words[index]
        if self._context.is_masked(index):
            return False
        if token.is_initial:
            return self._is_initial_of(index, titled=True)
        if token.key in _NO_NAMES:
            return False
        if token.is_shouted and not self._is_good_shouted(title, token):
            return False
        if token.is_capital:
            return not self._is_ordinary(title, token)
        if title.lower() in _POLITE:
            return token.word is not Word.ORDINARY and len(token.key) >= _LEAST_LOWER - 1
        return token.word in NAMES

    def _is_ordinary(self, title: str, token: Token) -> bool:
        """After a rank, or Mr and Mrs, only the word list decides, not how a word looks."""
        if title.lower() in self._lexicon.plain_titles:
            return self._lexicon.words.get(token.key) is Word.ORDINARY
        return token.word is Word.ORDINARY

    @staticmethod
    def _is_good_shouted(title: str, token: Token) -> bool:
        if token.word is Word.UNKNOWN:
            return len(token.text) >= _LEAST_SHOUTED and title.isupper()
        return True

    def _last_of(self, first: int) -> int:
        """The last word of a name that begins at a word."""
        last = first
        while last + 1 < len(self._words) and last - first < _MOST_WORDS:
            step = self._continues(last)
            if not step:
                break
            last += step
        return last

    def _continues(self, index: int) -> int:
        """How many more words a name has: 0, 1, or 2 with a particle between."""
        here, after = self._words[index], self._words[index + 1]
        gap = self._text[here.end : after.start]
        if gap not in {" ", "\u00a0"} and not (here.is_initial and gap in {".", ". "}):
            return 0
        if after.key in _PARTICLES and index + 2 < len(self._words):
            return 2 * self._is_part(index + 2, self._words[index])
        return int(self._is_part(index + 1, here))

    def _is_part(self, index: int, before: Token) -> bool:
        token = self._words[index]
        if self._context.is_masked(index) or token.key in _NO_NAMES:
            return False
        if token.is_initial:
            return self._text[token.end : token.end + 1] == "." or self._is_initial_of(index)
        if not token.is_capital:
            return token.word in NAMES and not before.is_capital
        is_alike = token.is_shouted == before.is_shouted or before.is_initial
        if not before.is_capital or not is_alike:
            return False
        if token.is_shouted:
            return token.word in NAMES or token.word is Word.EITHER
        if token.word is Word.WEAK:
            return before.word in NAMES and not self._context.is_dated(index)
        if token.word is Word.ORDINARY:  # only because it looks like one, as "Xiaoming"
            return before.word is not Word.ORDINARY and token.key not in self._lexicon.words
        return token.word in LIKELY

    def _is_initial_of(self, index: int, *, titled: bool = False) -> bool:
        """Whether it is a single letter before a family name: D. Harcourt, J P Thornton."""
        for place in range(index, min(index + _MOST_INITIALS, len(self._words) - 1)):
            token, after = self._words[place], self._words[place + 1]
            gap = self._text[token.end : after.start]
            is_word = gap == " " and token.text in {"A", "I"} and not titled
            if gap not in {".", ". ", " "} or is_word:
                return False
            if not after.is_initial:
                wanted = NAMES if gap == " " and not titled else LIKELY
                return after.is_capital and not after.is_shouted and after.word in wanted
        return False

    # without a title

    def _untitled(self, index: int) -> int | None:
        """The last word of the name that begins at a word; None if no name begins there."""
        token = self._words[index]
        if index in self._taken or token.key in _NO_NAMES or self._context.is_masked(index):
            return None
        if not token.is_capital:
            return self._lower(index)
        if token.is_initial:
            return self._last_of(index) if self._is_initial_of(index) else None
        if token.word is Word.ORDINARY:
            return None
        last = self._last_of(index)
        if last == index:
            return index if self._is_single(index) else None
        return last if self._is_run(index, last) else None

    def _lower(self, index: int) -> int | None:
        """Names without capitals: two of them, or a given name where the text means a person."""
        token = self._words[index]
        if self._is_listed(index):
            return index
        if token.word is not Word.GIVEN:
            return None
        if index + 1 < len(self._words):
            after = self._words[index + 1]
            gap = self._text[token.end : after.start]
            if gap == " " and (after.word in NAMES or after.word is Word.EITHER):
                return index + 1
        meant = self._context.is_led(index) or self._context.is_followed(index)
        return index if meant and len(token.key) >= _LEAST_LOWER else None

    def _is_listed(self, index: int) -> bool:
        """Whether a name without a capital follows a cell."""
        is_name = self._words[index].word in NAMES and self._context.is_of_cell(index)
        return is_name and not self._context.is_animal(index)

    def _is_run(self, first: int, last: int) -> bool:
        run = self._words[first : last + 1]
        known = sum(token.word in NAMES for token in run)
        if self._context.is_animal(first):
            return known > 0 and not self._context.is_marked_animal(first)
        if run[0].shouts or run[0].is_shouted:
            likely = sum(token.word in NAMES or token.word is Word.EITHER for token in run)
            return known > 0 and likely > 1
        if known:
            return True
        if any(token.word is Word.WEAK for token in run):
            return self._context.is_led(first) or self._context.is_followed(last)
        return True

    def _is_single(self, index: int) -> bool:
        """Whether a single word with a capital is a name."""
        token = self._words[index]
        if self._context.is_animal(index) or self._context.is_dated(index):
            return False
        meant = self._context.is_led(index) or self._context.is_followed(index)
        if token.is_shouted:
            return token.word is Word.GIVEN and meant
        if token.word is Word.GIVEN:
            return True
        if token.word is Word.FAMILY:
            return meant or not self._context.is_where(index)
        if token.word is Word.EITHER and not (token.starts or token.shouts):
            return meant or not self._context.is_where(index)
        if token.word is Word.WEAK:
            return self._is_weak_meant(index)
        return not token.shouts and self._is_unknown_meant(index, meant=meant)

    def _is_unknown_meant(self, index: int, *, meant: bool) -> bool:
        token = self._words[index]
        if token.starts:
            return self._context.is_followed_surely(index)
        owns = token.text.endswith(("'s", "\u2019s")) and not self._context.is_where(index)
        return meant or owns or self._context.is_with(index)

    def _is_weak_meant(self, index: int) -> bool:
        token = self._words[index]
        if token.shouts or self._text.startswith(" of ", token.end):
            return False
        if token.key in _MONTHS or token.starts:
            return self._context.is_followed_surely(index)
        return self._context.is_led_surely(index) or self._context.is_followed_surely(index)

    # lists of names

    def _joined(self, last: int) -> Iterator[Span]:
        """Names in a list: Wasim, Danny and Pawel."""
        while True:
            gap = _JOINED.match(self._text, self._end(last))
            first = self._at.get(gap.end()) if gap else None
            is_lower = not self._words[last].is_capital
            if first is None or first in self._taken:
                return
            if not self._may_join(first, is_lower=is_lower):
                return
            last = self._last_of(first)
            yield self._span(self._words[first].start, first, last)

    def _may_join(self, index: int, *, is_lower: bool) -> bool:
        """`is_lower`: the name before it has no capital either."""
        token = self._words[index]
        if token.shouts or token.is_shouted or token.key in _NO_NAMES:
            return False
        if not token.is_capital:
            return is_lower and token.word is Word.GIVEN
        if self._context.is_masked(index) or self._context.is_animal(index):
            return False
        return token.word in LIKELY

    def _end(self, index: int) -> int:
        """Where a word ends, including the full stop of an initial."""
        token = self._words[index]
        dotted = token.is_initial and self._text[token.end : token.end + 1] == "."
        return token.end + int(dotted)

    def _span(self, start: int, first: int, last: int, title: str = "") -> Span:
        end = self._end(last)
        possessive = re.search(r"['\u2019]s$", self._text[start:end])
        if possessive:
            end -= 2
        self._taken.update(range(first, last + 1))
        words = self._text[start:end]
        instead = in_place_of(self._text, start, end, title, self._lexicon)
        return Span(start, end, NAME, words, instead)
