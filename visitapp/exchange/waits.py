"""What a cell says about a wait: whether visitors had to, for how long, and why."""

import re
from dataclasses import dataclass
from datetime import time, timedelta

from visitapp.domain.errors import BadInputError
from visitapp.exchange.cells import Cell, as_minute, as_text

_MINUTES = re.compile(r"([0-9]{1,3})\s*(?:$|(?:m|mins?|minutes?)\s*(?:$|[^\w\s]))", re.IGNORECASE)
"""A number of minutes, alone or with its unit. `20 mins, busy` has them; `2 officers`, `20-30`,
`10:25` and `90 secs` haven't."""
_YES_OR_NO = re.compile(
    r"\s*(?:(?P<no>(?:no|n|none|nil|false)(?:\s+(?:delays?|wait(?:s|ing)?))?)|(?P<yes>yes|y|true))"
    r"\s*(?:[-:,;\u2013.]\s*|$)",
    re.IGNORECASE,
)
_HOW_LONG = "It is not clear how many minutes visitors waited."
_NO_MORE = "Visitors had to wait, but the cell does not say how long or why."


@dataclass(frozen=True, slots=True)
class Wait:
    """`minutes` is None if they aren't known; `doubt` is what somebody should check."""

    minutes: int | None = None
    words: str = ""
    doubt: str = ""


def wait_in(cell: Cell) -> Wait:
    """`Y - 20 mins, busy`: 20 minutes, and the words. A time of day or a duration of a spreadsheet
    is how long they waited."""
    text = as_text(cell)
    if isinstance(cell, time | timedelta):
        try:
            return Wait(as_minute(cell))
        except BadInputError:
            return Wait(None, text, _HOW_LONG)
    answer = _YES_OR_NO.match(text)
    words = text[answer.end() :].strip() if answer else text
    if not words:
        return Wait(None, "", _NO_MORE if answer and answer["yes"] else "")
    minutes = _MINUTES.match(words)
    if minutes is not None:
        number = int(minutes[1])
        says_more = number and not words.isdecimal()
        return Wait(number, words if says_more else "")
    return Wait(None, words, "" if answer and answer["no"] else _HOW_LONG)
