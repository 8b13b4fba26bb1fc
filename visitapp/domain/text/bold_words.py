r"""Bold words in a text that is kept as plain text: `**like this**`.

The marks count only where words begin and end, in pairs on one line, so that stars which somebody
typed for another reason (`4**`, `f**k`, `* note`, `(**)`) stay as they are. A backslash keeps a
pair too: `\**`.
"""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

Stretch = tuple[str, bool]
"""Words, and whether they are bold."""

MARK = "**"
_BEGINS = r"(?<![\w*\\])\*\*(?=[^\s*)\],;:!?])"
BOLD = re.compile(rf"{_BEGINS}((?:(?!{_BEGINS}).)+?)(?<=[^\s*\\(\[])\*\*(?![\w*])")
"""No other bold words begin within bold ones, so each letter is looked at once or twice."""
_KEPT = "\\**"


def stretches(words: str) -> Iterator[Stretch]:
    """A line in parts that are bold or not, without the marks."""
    at = 0
    for match in BOLD.finditer(words):
        yield from _unless_empty(words[at : match.start()], is_bold=False)
        yield from _unless_empty(match[1], is_bold=True)
        at = match.end()
    yield from _unless_empty(words[at:], is_bold=False)


def without_marks(words: str) -> str:
    """The words alone."""
    return "".join(part for part, _ in stretches(words)) if MARK in words else words


def places_without_marks(words: str) -> list[int]:
    """Where in a text the letters are that aren't marks of bold words."""
    marks = {
        at
        for match in BOLD.finditer(words)
        for edge in (match.start(), match.end() - len(MARK))
        for at in range(edge, edge + len(MARK))
    }
    return [at for at in range(len(words)) if at not in marks]


def with_marks(line: Iterable[Stretch]) -> str:
    """A line as it is kept. A word of which a part is bold is bold as a whole; spaces and signs
    alone aren't."""
    parts = list(line)
    words = "".join(part for part, _ in parts)
    bold = [is_bold for part, is_bold in parts for _ in part]
    for word in re.finditer(r"\w+", words):
        if any(bold[word.start() : word.end()]):
            bold[word.start() : word.end()] = [True] * len(word[0])
    runs = [
        ("".join(letter for letter, _ in letters), is_bold)
        for is_bold, letters in groupby(zip(words, bold, strict=True), key=lambda pair: pair[1])
    ]
    kept = [(_kept(part), is_bold) for part, is_bold in runs]
    tries = ("".join(map(_marked, each)) for each in (runs, kept))
    return next((line for line in tries if without_marks(line) == words), _kept(words))


def _marked(stretch: Stretch) -> str:
    part, is_bold = stretch
    inner = part.strip().lstrip(")],;:!? ").rstrip("([ ")
    if not is_bold or not any(map(str.isalnum, inner)):
        return part
    at = part.index(inner)
    return f"{part[:at]}{MARK}{inner}{MARK}{part[at + len(inner) :]}"


def _kept(part: str) -> str:
    return part.replace(MARK, _KEPT)


def _unless_empty(part: str, *, is_bold: bool) -> Iterator[Stretch]:
    if part:
        yield part.replace(_KEPT, MARK), is_bold
