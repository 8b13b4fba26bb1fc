"""How figures, lists and days are put in words. There is one function for each; whatever makes a
decision works with values, and words come last."""

from collections.abc import Callable, Sequence
from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip
_UNITS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_NAMED_SHARES = ((9, 10), (4, 5), (3, 4), (2, 3), (1, 3))
"""Shares with a name (`nine in ten`), used for shares within one percentage point."""
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


def with_initial(name: str) -> str:
    """`H Gill` of Hilda Gill, where there is little room."""
    first, *rest = name.split()
    return f"{first[0]} {' '.join(rest)}" if rest else first


def number(count: int) -> str:
    """Within a sentence: `one`, `2`, `1,096`; `no` for 0, before the thing counted."""
    return {0: "no", 1: "one"}.get(count, count_text(count))


def opening_number(count: int) -> str:
    """At the start of a sentence: in words if below a hundred."""
    if count < 20:
        return "No" if count == 0 else _UNITS[count].capitalize()
    if count < 100:
        tens, units = divmod(count, 10)
        return _TENS[tens].capitalize() + (f"-{_UNITS[units]}" if units else "")
    return count_text(count)


def spelled_number(count: int) -> str:
    """`twelve`, for use within a sentence."""
    return lowered(opening_number(count))


def counted(count: int, singular: str, many: str = "") -> str:
    """`one visit`, `2 visits`, `no visits`."""
    return f"{number(count)} {plural(count, singular, many)}"


def were(count: int) -> str:
    """`was` for 1, otherwise `were`."""
    return plural(count, "was", "were")


def none_or(count: int) -> str:
    """A number on its own: `none`, `one`, `2`."""
    return number(count) if count else "none"


def or_none(count: int) -> str:
    """In a cell of a table: `none` for 0."""
    return count_text(count) if count else "none"


def times(number: int) -> str:
    """`once`, `twice`, `3 times`."""
    return {1: "once", 2: "twice"}.get(number, f"{count_text(number)} times")


def out_of(
    part: int, whole: int, unit: str = "", *, begin: Callable[[int], str] = count_text
) -> str:
    """`12 of 35`, `12 of 35 visits`. `begin` words the first number: `opening_number` for `Twelve
    of 35`."""
    return f"{begin(part)} of {counted(whole, unit) if unit else count_text(whole)}"


def portion_were(part: int, whole: int, noun: str) -> str:
    """A share as a subject with its verb: `Nine visits in ten were`, `One of 7 visits was`."""
    if part == 0:
        return f"No {noun} was"
    if part == whole:
        return plural(whole, f"The one {noun} was", f"All {noun}s were")
    if named := _named_share(part, whole):
        few, many = named
        several = f"{opening_number(few)} {noun}s in {_UNITS[many]} were"
        return plural(few, f"One {noun} in {_UNITS[many]} was", several)
    if 2 * part > whole:
        return f"Most {noun}s were"
    return f"{out_of(part, whole, begin=opening_number)} {noun}s {were(part)}"


def portion_of(part: int, whole: int, those: str) -> str:
    """A share of people, who are described by `those`, such as `in the cells`: `None of those in
    the cells`, `Nine in ten of those in the cells`, `Twelve of the 35 in the cells`."""
    if part == 0:
        return f"None of those {those}"
    if part == whole:
        return f"All {those}"
    if named := _named_share(part, whole):
        return f"{opening_number(named[0])} in {_UNITS[named[1]]} of those {those}"
    if 2 * part > whole:
        return f"Most of those {those}"
    return f"{opening_number(part)} of the {count_text(whole)} {those}"


def _named_share(part: int, whole: int) -> tuple[int, int] | None:
    """(9, 10) for about nine in ten."""
    for few, many in _NAMED_SHARES:
        if 100 * abs(part * many - few * whole) <= whole * many:
            return few, many
    return None


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
    """`4 March`, where the year is obvious."""
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


def time_given(minutes: int) -> str:
    """`1 h 38 min`, `2 h`, `0 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest else ""])
    ) or ("0 min")


def money(pence: int) -> str:
    """`£12.60`."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}"
