"""Lists in texts that people typed or pasted: lines that begin with a dash or a bullet."""

import re

_BULLETS = "\u2022\u2023\u2043\u2219\u00b7\u25aa\u25ab\u25a0\u25b8\u25ba\u25cb\u25cf\u25e6\u26ab"
_OF_WORD = "\uf0a7\uf0b7\uf0d8"  # in the private use area of its symbol fonts
_POINT = re.compile(f"(?:o\t|[-*\u2013\u2014]\\s|[{_BULLETS}{_OF_WORD}]\\s)\\s*")
"""How an item of a list begins; word processors use many different bullets."""
_WITHIN_A_LINE = re.compile("(?<=\\s)(?=[\u25aa\u25cf\u25a0\uf0a7\uf0b7\uf0d8]\\s)")
"""Where to split items that were pasted on one line."""

Part = tuple[list[str], list[str]]
"""Lines of prose, and the items that follow them."""


def parts(words: str) -> list[Part]:
    """A text split at its blank lines. What follows an item without a blank line belongs to it."""
    split: list[Part] = []
    for part in words.replace("\r\n", "\n").split("\n\n"):
        prose: list[str] = []
        points: list[str] = []
        lines = _WITHIN_A_LINE.sub("\n", part).splitlines()
        for line in filter(None, (line.strip() for line in lines)):
            if begun := _POINT.match(line):
                points.append(line[begun.end() :].strip())
            elif points:
                points[-1] += f" {line}"
            else:
                prose.append(line)
        split.append((prose, points))
    return split


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
        points += listed
    return _joined(lead), tuple(_joined([point]) for point in points)


def in_one_line(words: str) -> str:
    """A text on a single line: `Broken: the call bell; the tap`."""
    lead, points = lead_and_points(words)
    return " ".join(filter(None, (lead, "; ".join(point.rstrip(";,") for point in points))))


def _joined(lines: list[str]) -> str:
    return " ".join(" ".join(lines).split())
