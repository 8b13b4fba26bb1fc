"""The privacy guard's word lists, and what kind of word each is.

The lists are in `db/reference/privacy`. They were written for this program and contain names that
are common in the United Kingdom.
"""

import json
import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

FILES = (
    "given_names.txt", "surnames.txt", "ambiguous.txt", "weak.txt", "ordinary.txt", "animals.txt",
    "phrases.txt", "offences.txt", "titles.json",
)  # fmt: skip

_PLAIN_LETTERS = str.maketrans(
    {"\u0142": "l", "\u00f8": "o", "\u0111": "d", "\u00df": "ss", "\u0131": "i", "\u2019": "'"}
)
_ORDINARY_ENDINGS = (
    "ing", "tion", "tions", "ment", "ments", "ness", "ly", "ed", "able", "ible", "ous", "ity",
    "ive", "ance", "ence", "ful", "less", "ship", "ism", "ogy", "ical", "proof", "ware", "ise",
    "ised", "ally", "ancy", "ency",
)  # fmt: skip
_SURNAME_ENDINGS = (
    "ski", "ska", "wicz", "escu", "ova", "enko", "ovic", "ovich", "vich", "sson", "ssen", "aite",
    "singh", "oglu", "idis", "opoulos", "shvili",
)  # fmt: skip
_LEAST_LETTERS = 6
_MOST_SEEN = 20_000
_MC = re.compile(r"(?:Mc|Mac)[A-Z]")
_O_APOSTROPHE = re.compile(r"(?:o|d|m|n)'[a-z]{3,}")


class Word(Enum):
    """What a word with a capital probably is."""

    GIVEN = "given"
    FAMILY = "family"
    EITHER = "either"  # a name that is also a word: Mark, Grace
    WEAK = "weak"  # a word that is also a name: May, Black, Reading
    ORDINARY = "ordinary"
    UNKNOWN = "unknown"


NAMES = frozenset({Word.GIVEN, Word.FAMILY})
LIKELY = frozenset({Word.GIVEN, Word.FAMILY, Word.EITHER, Word.UNKNOWN})


def folded(word: str) -> str:
    """Lower case, without accents or a possessive ending, as in the lists."""
    low = word.lower()
    if not low.isascii():
        parts = unicodedata.normalize("NFKD", low.translate(_PLAIN_LETTERS))
        low = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return low.removesuffix("'s")


def _alternatives(words: Iterable[str]) -> str:
    """Longest first; any number of spaces, straight and curly apostrophes alike."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(
        re.escape(word).replace("'", "['\u2019]").replace(r"\ ", r"\s+") for word in ordered
    )


@dataclass(frozen=True, slots=True)
class Phrases:
    """Phrases, searched for only at words that one of them begins with."""

    firsts: frozenset[str]
    pattern: re.Pattern[str]

    def at(self, text: str, start: int, key: str) -> re.Match[str] | None:
        """The longest phrase that begins at a word whose folded form is `key`."""
        return self.pattern.match(text, start) if key in self.firsts else None


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The word lists, ready to search."""

    words: Mapping[str, Word]
    animals: frozenset[str]
    titles: Mapping[str, str]
    plain_titles: frozenset[str]
    title_phrases: Phrases
    roles: frozenset[str]
    role_alternatives: str
    no_people: Phrases
    sure_offences: Phrases
    cued_offences: Phrases
    lone_offences: Phrases
    _looked_up: dict[str, tuple[str, Word]] = field(default_factory=dict, compare=False, repr=False)

    def look_up(self, word: str) -> tuple[str, Word]:
        """The folded form of a word as written, and what it probably is."""
        known = self._looked_up.get(word)
        if known is None:
            if len(self._looked_up) > _MOST_SEEN:
                self._looked_up.clear()
            key = folded(word)
            known = self._looked_up[word] = (key, self._kind_of(word, key))
        return known

    def _kind_of(self, word: str, key: str) -> Word:
        listed = self.words.get(key)
        if listed is not None:
            return listed
        if "-" in key or "\u2010" in key or "\u2011" in key:
            return self._kind_of_parts(re.split("[-\u2010\u2011]", key))
        for ending in ("s", "es"):
            plural_of = self.words.get(key[: -len(ending)]) if key.endswith(ending) else None
            if plural_of in {Word.ORDINARY, Word.WEAK}:
                return plural_of
        if len(key) >= _LEAST_LETTERS and key.endswith(_ORDINARY_ENDINGS):
            return Word.ORDINARY
        if self._is_like_family(word, key):
            return Word.FAMILY
        return Word.UNKNOWN

    def _kind_of_parts(self, parts: Collection[str]) -> Word:
        """For a double-barrelled word."""
        kinds = {self.words.get(part, Word.UNKNOWN) for part in parts if part}
        if kinds & NAMES:
            return Word.FAMILY
        if not kinds or kinds & {Word.ORDINARY, Word.WEAK}:
            return Word.ORDINARY
        return Word.UNKNOWN

    @staticmethod
    def _is_like_family(word: str, key: str) -> bool:
        if not word.isascii() and any(not letter.isascii() and letter.isalpha() for letter in word):
            return True
        if _MC.match(word) or _O_APOSTROPHE.fullmatch(key):
            return True
        return len(key) >= _LEAST_LETTERS and key.endswith(_SURNAME_ENDINGS)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]


def _words(text: str) -> frozenset[str]:
    return frozenset(word for line in _lines(text) for word in line.split())


def _kinds(texts: Mapping[str, str], titles: Collection[str]) -> dict[str, Word]:
    ordinary = frozenset(folded(word) for word in _words(texts["ordinary.txt"]))
    weak = _words(texts["weak.txt"])
    ambiguous = _words(texts["ambiguous.txt"])
    given_names, family = _words(texts["given_names.txt"]), _words(texts["surnames.txt"])
    kinds = dict.fromkeys([*titles, *ordinary], Word.ORDINARY)
    for name in given_names | family:
        if name in weak:
            kinds[name] = Word.WEAK
        elif name in ambiguous:
            kinds[name] = Word.EITHER
        elif name in ordinary:
            kinds[name] = Word.WEAK
        else:
            kinds[name] = Word.GIVEN if name in given_names else Word.FAMILY
    return kinds


def _phrases(words: Collection[str], before: str, after: str) -> Phrases:
    """`before` and `after` are patterns that may not match next to a phrase."""
    firsts = frozenset(folded(re.split(r"[\s/&.]", word)[0]) for word in words)
    pattern = re.compile(rf"{before}(?:{_alternatives(words)}){after}", re.IGNORECASE)
    return Phrases(firsts, pattern)


def _offences(text: str) -> tuple[Phrases, Phrases, Phrases]:
    lines = _lines(text)
    cued = lines.index("cued:")
    alone = lines.index("alone:")
    sure = lines[lines.index("sure:") + 1 : cued]
    before, after = r"(?<![\w-])", r"(?![\w-])"
    return (
        _phrases(sure, before, after),
        _phrases([*lines[cued + 1 : alone], *lines[alone + 1 :]], before, after),
        _phrases(lines[alone + 1 :], before, after),
    )


def read_lexicon(texts: Mapping[str, str]) -> Lexicon:
    """The lexicon from the contents of `FILES`, by file name."""
    content = json.loads(texts["titles.json"])
    titles = {word: role for role, words in content["titles"].items() for word in words}
    sure, cued, alone = _offences(texts["offences.txt"])
    return Lexicon(
        words=_kinds(texts, titles),
        animals=_words(texts["animals.txt"]),
        titles=titles,
        plain_titles=frozenset(content["plain"]),
        title_phrases=_phrases(
            [*titles, "mr and mrs", "mr & mrs"],
            r"(?<![\w'\u2019/.-])",
            r"(?:['\u2019]s)?\.?(?=\s)",
        ),
        roles=frozenset(content["roles"]),
        role_alternatives=_alternatives(content["roles"]),
        no_people=_phrases(_lines(texts["phrases.txt"]), r"(?<!\w)", r"(?!\w)"),
        sure_offences=sure,
        cued_offences=cued,
        lone_offences=alone,
    )
