"""Lists in texts that people typed or pasted: lines with a dash, a bullet or a number."""

import re
from collections.abc import Sequence
from itertools import takewhile

from visitapp.domain.dataclass import dataclass

_BULLETS = "\u2022\u2023\u2043\u2219\u00b7\u25aa\u25ab\u25a0\u25b8\u25ba\u25cb\u25cf\u25e6\u26ab"
_OF_WORD = "\uf0a7\uf0b7\uf0d8"  # in the private use area of its symbol fonts
_POINT = re.compile(f"(?:o\t|[-*\u2013\u2014]\\s|[{_BULLETS}{_OF_WORD}]\\s)\\s*")
"""How an item of a list begins; word processors use many different bullets."""
_NUMBER = re.compile(r"(\d{1,2})[.)]\s+")
_WITHIN_A_LINE = re.compile("(?<=\\s)(?=[\u25aa\u25cf\u25a0\uf0a7\uf0b7\uf0d8]\\s)")
"""Where to split items that were pasted on one line."""
_BELOW = "  "
"""How the line of an item of an item begins."""


@dataclass(frozen=True, slots=True)
class Point:
    """An item of a list. One that is `below` is an item of the last one that isn't."""

    words: str
    is_numbered: bool = False
    below: bool = False


Part = tuple[list[str], list[Point]]
"""Lines of prose, and the items that follow them."""


def parts(words: str, *, in_full: bool = False) -> list[Part]:
    """A text split at its blank lines. What follows an item without a blank line belongs to it.
    `in_full`, lines that count from 1 are a list too, and so are indented lines within one."""
    split: list[Part] = []
    for part in words.replace("\r\n", "\n").split("\n\n"):
        prose: list[str] = []
        points: list[Point] = []
        lines = [line for line in _WITHIN_A_LINE.sub("\n", part).splitlines() if line.strip()]
        counted = counting_lines(lines) if in_full else set[int]()
        for at, typed in enumerate(lines):
            line = typed.strip()
            below = in_full and bool(points) and typed.startswith(_BELOW)
            number = _NUMBER.match(line)
            if number and not (at in counted or (below and _counts_on(points, int(number[1])))):
                number = None
            if begun := number or _POINT.match(line):
                points.append(Point(line[begun.end() :].strip(), bool(number), below))
            elif points:
                last = points[-1]
                points[-1] = Point(f"{last.words} {line}", last.is_numbered, last.below)
            else:
                prose.append(line)
        split.append((prose, points))
    return split


def _counts_on(points: Sequence[Point], number: int) -> bool:
    """Whether the number of an indented line is that of the next item below the last one: another
    one may be a day or a year."""
    before = takewhile(lambda point: point.below and point.is_numbered, reversed(points))
    return number == len(list(before)) + 1


def begins_an_item(line: str) -> bool:
    """Whether a line looks like an item of a list."""
    return bool(_POINT.match(line.strip()) or _NUMBER.match(line.strip()))


def counting_lines(lines: list[str]) -> set[int]:
    """The lines that begin with 1, 2 and so on, by their place. One that begins with a number alone
    is prose, as it may be a day or a year."""
    counted: set[int] = set()
    run: list[int] = []
    for at, line in enumerate(lines):
        begun = _NUMBER.match(line)
        if begun is None:
            continue
        number = int(begun[1])
        run = [*run, at] if run and number == len(run) + 1 else [at] if number == 1 else []
        if len(run) > 1:
            counted.update(run)
    return counted


def lead_and_points(words: str) -> tuple[str, tuple[str, ...]]:
    """The text before the first item, on one line, and each item. Text after the list counts as
    another item."""
    lead: list[str] = []
    points: list[str] = []
    for prose, listed in parts(words):
        if points and prose:
            points.append(" ".join(prose))
        else:
            lead += prose
        points += [point.words for point in listed]
    return _joined(lead), tuple(_joined([point]) for point in points)


def in_one_line(words: str) -> str:
    """A text on a single line: `Broken: the call bell; the tap`."""
    lead, points = lead_and_points(words)
    return " ".join(filter(None, (lead, "; ".join(point.rstrip(";,") for point in points))))


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())


def word_count(words: str) -> int:
    """How many words a text has; dashes and the numbers of lists are none."""
    return sum(
        any(map(str.isalnum, word))
        for prose, points in parts(words, in_full=True)
        for line in (*prose, *(point.words for point in points))
        for word in line.split()
    )
