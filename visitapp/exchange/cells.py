"""What a cell of a spreadsheet means as text, a number, a day or a time of day.

CSV cells are text; XLSX cells may be real numbers, dates and times. Each function raises
BadInputError.
"""

import re
from datetime import date, datetime, time, timedelta

from visitapp.domain.errors import BadInputError
from visitapp.domain.text.clock_text import EARLIEST_YEAR, LATEST_YEAR, parse_date, parse_time
from visitapp.domain.text.shown import shown

Cell = str | int | float | bool | date | datetime | time | timedelta


class Uncalculated(str):
    """A formula whose result hasn't been calculated by any program yet."""

    __slots__ = ()


UNCALCULATED = Uncalculated()

MOST = 99_999
"""No count of people, animals or minutes is larger; a larger number is a typing error."""

_DAY_ZERO = date(1899, 12, 30)
"""Day 0 in a spreadsheet's count of days."""
_WHOLE = re.compile(r"([+-]?)([0-9]+)(?:\.0+)?")
_NUMBER = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_YES = ("yes", "y", "true", "1", "x")
_NO = ("no", "n", "false", "0")
_UNPRINTABLE = re.compile("[\x01-\x08\x0b-\x1f\x7f\ufffe\uffff]")
"""Not allowed in any document, picture or workbook; terminals even act on some of it."""
_NOTHING = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""Invisible characters that word processors put between letters."""
_UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Invisible characters that spreadsheets and web pages put around dates and numbers."""
_SECONDS_PER_DAY = 24 * 60 * 60
END_OF_DAY = 24 * 60
_END_OF_DAY = re.compile(r"24(?:[:.]?00){1,2}(?:\s*h(?:rs?|ours?)?)?", re.IGNORECASE)
_MONTHS = 12
_THREE_NUMBERS = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_SERIAL = re.compile(r"[2-7][0-9]{4}")
"""A day as a number, between 1954 and 2099: a date that lost its format on the way to CSV."""
_TOTAL = re.compile(r"(?:(?:grand|year|sub|monthly?)[\s-]*)?totals?\b.*|sum", re.IGNORECASE)
_DAY_AND_TIME = re.compile(
    r"(.*[0-9])(?:T|,?\s+)([0-9]{1,2}[:.][0-9]{2}(?::[0-9]{2})?(?:\s?[ap]m)?)", re.IGNORECASE
)
_MARK_OF_ERROR = re.compile(r"#[A-Za-z0-9/_]+[!?]?")
_NOBODY = frozenset(
    {"", "n/a", "n\\a", "na", "none", "nil", "null", "nobody", "no one", "tbc", "tba", "tbd", "?",
     "-", "--", "\u2013", "\u2014", "not known", "unknown", "vacant", "x"}
)  # fmt: skip


def as_text(cell: Cell) -> str:
    """A cell as a person reads it, without spaces at the ends. Characters that can't be shown (old
    word processors leave some) become spaces."""
    if isinstance(cell, str):
        return _UNPRINTABLE.sub(" ", cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    if isinstance(cell, datetime) and cell.time() == time():
        return cell.date().isoformat()
    if isinstance(cell, datetime | time):
        return cell.replace(microsecond=0).isoformat(*([" "] if isinstance(cell, datetime) else []))
    return str(cell)


def as_name(cell: Cell) -> str:
    """A name on one line. Invisible characters are left out, and those that reverse text become a
    mark, so that no name can look like another."""
    return " ".join(shown(_NOTHING.sub("", as_text(cell))).split())


def _bare(cell: Cell) -> str:
    """A cell with a day, time, number or yes, without invisible characters."""
    return as_text(_UNSEEN.sub("", cell)) if isinstance(cell, str) else as_text(cell)


def as_whole(cell: Cell) -> int:
    """A whole number, 0 or more."""
    text = _bare(cell)
    match = None if isinstance(cell, bool) else _WHOLE.fullmatch(text)
    if match is None:
        fraction = _NUMBER.fullmatch(text) and not isinstance(cell, bool)
        expected = "a whole number" if fraction else "a number"
        raise BadInputError(f"\u201c{short(text)}\u201d is not {expected}.")
    if match[1] == "-" and match[2].strip("0"):
        raise BadInputError(f"{short(text)} is negative. The number can't be below 0.")
    if len(match[2]) > 9 or int(match[2]) > MOST:
        raise BadInputError(f"{short(text)} is too large to be right.")
    return int(match[2])


def month_first(cell: Cell) -> tuple[int, int] | None:
    """The first two numbers of a date written as three numbers, such as `12/25/2024`; otherwise
    None."""
    match = _THREE_NUMBERS.fullmatch(_bare(cell)) if isinstance(cell, str) else None
    return (int(match[1]), int(match[3])) if match else None


def as_american_day(cell: Cell) -> date:
    """A day as `as_day` reads it, but with the month first in `12/25/2024`. Raises
    BadInputError."""
    match = _THREE_NUMBERS.fullmatch(_bare(cell)) if isinstance(cell, str) else None
    if match is None:
        return as_day(cell)
    if int(match[1]) > _MONTHS:
        raise BadInputError(f"“{short(match[0])}” does not start with a month.")
    return as_day(f"{match[3]}{match[2]}{match[1]}{match[2]}{match[4]}")


def as_day(cell: Cell) -> date:
    """A day: a real date, a spreadsheet's number for one, or text as people write it."""
    if isinstance(cell, str) and _SERIAL.fullmatch(_bare(cell)):
        cell = int(_bare(cell))
    if isinstance(cell, datetime):
        cell = cell.date()
    elif isinstance(cell, int | float) and not isinstance(cell, bool):
        cell = _of_serial(cell)
    if isinstance(cell, date):
        if cell.year < EARLIEST_YEAR:
            raise BadInputError(f"{cell.isoformat()} is too long ago.")
        if cell.year > LATEST_YEAR:
            raise BadInputError(f"{cell.isoformat()} is too far ahead.")
        return cell
    return parse_date(short(_bare(cell)))


def day_and_time(cell: Cell) -> tuple[Cell, Cell]:
    """A cell for a day, and the time of day that stands in it too: `3/4/2024 14:05`. The time is
    empty if there is none; midnight is none, as spreadsheets write it after every day."""
    if isinstance(cell, datetime):
        return cell, "" if cell.time() == time() else cell.time()
    both = _DAY_AND_TIME.fullmatch(_bare(cell)) if isinstance(cell, str) else None
    if both is None:
        return cell, ""
    try:
        minute = parse_time(both[2])
    except BadInputError:
        return cell, ""
    return both[1], time(*divmod(minute, 60)) if minute % END_OF_DAY else ""


def _of_serial(number: float) -> date:
    if not 0 < number < 73_051:  # the end of 2099
        raise BadInputError(f"“{as_text(number)}” is not a date. Write it like 4/3/2024.")
    return _DAY_ZERO + timedelta(days=int(number))


def as_minute(cell: Cell) -> int:
    """The minute of the day: a real time, a fraction of a day, or text as people write it. 24:00,
    the end of the day, is `END_OF_DAY`."""
    if _is_end_of_day(cell):
        return END_OF_DAY
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return _minute_of(cell.hour * 3600 + cell.minute * 60 + cell.second, cell.microsecond)
    if isinstance(cell, timedelta) and timedelta() <= cell < timedelta(days=1):
        return _minute_of(cell.seconds, cell.microseconds)
    if isinstance(cell, int | float) and not isinstance(cell, bool) and 0 <= cell < 1:
        return _minute_of(0, round(cell * _SECONDS_PER_DAY * 1_000_000))
    return parse_time(short(_bare(cell)))


def _is_end_of_day(cell: Cell) -> bool:
    if isinstance(cell, str):
        return _END_OF_DAY.fullmatch(_bare(cell)) is not None
    if isinstance(cell, int | float):
        return cell == 1 and not isinstance(cell, bool)
    return cell == timedelta(days=1)


def is_no_name(cell: Cell) -> bool:
    """Whether a cell for a name says that there is none: N/A, TBC, a dash, an error value."""
    text = as_name(cell)
    return _MARK_OF_ERROR.fullmatch(text) is not None or text.casefold().strip(".") in _NOBODY


def is_total(cell: Cell) -> bool:
    """Whether a row of visits that begins with this cell, or has it for a day, is a total."""
    return isinstance(cell, str) and _TOTAL.fullmatch(as_name(cell)) is not None


def _minute_of(seconds: int, microseconds: int) -> int:
    """The minute of the day, with half a second rounded up: a spreadsheet may store 14:30 as
    slightly less."""
    rounded = seconds + (microseconds + 500_000) // 1_000_000
    return min(rounded, _SECONDS_PER_DAY - 1) // 60


def as_yes_no(cell: Cell) -> bool:
    """A yes or a no."""
    text = _bare(cell)
    if text.casefold() in _YES:
        return True
    if text.casefold() in _NO:
        return False
    raise BadInputError(f"\u201c{short(text)}\u201d is neither yes nor no.")


def short(text: str) -> str:
    """A text shortened to fit into a sentence."""
    one_line = " ".join(text.split())
    return one_line if len(one_line) <= 60 else f"{one_line[:59]}\u2026"
