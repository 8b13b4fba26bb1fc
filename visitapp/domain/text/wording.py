"""How figures, lists and days are put in words. There is one function for each; whatever makes a
decision works with values, and words come last."""

from collections.abc import Sequence
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def count_text(number: int) -> str:
    """`1,096`."""
    return f"{number:,}"


def plural(number: int, single: str, several: str = "") -> str:
    """The word that goes with a number: `visit` for 1, otherwise `visits`, or `several`."""
    return single if number == 1 else several or f"{single}s"


def number_of(number: int, single: str, several: str = "") -> str:
    """`1 visit`, `2,310 visits`; with both words given, also `1 visit is`, `2 visits are`."""
    return f"{count_text(number)} {plural(number, single, several)}"


def joined(words: Sequence[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; empty for no words."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def lowered(words: str) -> str:
    """Words for the middle of a sentence: only the first letter changes, and not in `CCTV`."""
    if words[1:2].isupper():
        return words
    return words[:1].lower() + words[1:]


def capitalised(words: str) -> str:
    """Words for the start of a sentence: only the first letter changes."""
    return words[:1].upper() + words[1:]


def month_name(day: date) -> str:
    """`March`."""
    return MONTHS[day.month - 1]


def short_month(day: date) -> str:
    """`Mar`."""
    return month_name(day)[:3]


def day_and_month(day: date) -> str:
    """`4 March`, where the year is known."""
    return f"{day.day} {month_name(day)}"


def long_date(day: date) -> str:
    """`4 March 2024`."""
    return f"{day_and_month(day)} {day.year}"


def short_date(day: date) -> str:
    """`Mon 4 Mar 2024`."""
    return f"{weekday_and_day(day)} {day.year}"


def weekday_and_day(day: date) -> str:
    """`Mon 4 Mar`, where the year is obvious."""
    return f"{_DAYS[day.weekday()]} {day_of_month(day)}"


def day_of_month(day: date) -> str:
    """`4 Mar`."""
    return f"{day.day} {short_month(day)}"


def dates(first: date, last: date) -> str:
    """`1 April 2023 to 31 March 2024`."""
    return f"{long_date(first)} to {long_date(last)}"
