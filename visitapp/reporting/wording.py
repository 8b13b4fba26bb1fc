"""Figures in words: numbers, shares, lists, and names for shares."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from visitapp.domain.figures import Share
from visitapp.domain.office.site import Use
from visitapp.domain.period import Period
from visitapp.domain.text.wording import count_text, joined, month_name, plural
from visitapp.domain.year.coverage import SiteCoverage

_UNITS = (
    "none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")

_PORTIONS = (
    (Fraction(90), "Nine in ten"),
    (Fraction(80), "Four in five"),
    (Fraction(75), "Three in four"),
    (Fraction(200, 3), "Two in three"),
    (Fraction(100, 3), "One in three"),
)
"""Shares with a name, used for shares within one percentage point."""

SMALL = 5
"""Groups with fewer people aren't shown separately, since they could be identified."""


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


def counted(count: int, singular: str, many: str = "") -> str:
    """`one visit`, `2 visits`, `no visits`."""
    return f"{number(count)} {plural(count, singular, many)}"


def were(count: int) -> str:
    """`was` for one, else `were`."""
    return plural(count, "was", "were")


NOT_KNOWN = "not known"
"""Printed instead of a figure that the records don't have."""


def none_or(count: int) -> str:
    """A number on its own: `none`, `one`, `2`."""
    return number(count) if count else "none"


def span_word(period: Period) -> str:
    """`year` for a reporting year, else `period`."""
    return "year" if period.is_reporting_year else "period"


def met_words(met: int, due: int, unit: str) -> str:
    """`99 of 104 weeks due had a visit`, for at least one week or month due."""
    if met == due:
        return f"every {unit} due had a visit"
    if met == 0:
        return f"no {unit} due had a visit"
    return f"{count_text(met)} of {counted(due, unit)} due had a visit"


def or_none(count: int) -> str:
    """In a cell of a table: `none` for 0."""
    return count_text(count) if count else "none"


def bracketed(share: Share, base: str = "") -> str:
    """` (90%)`, ` (90% of those offered)`, or empty if there is no percentage."""
    if share.percent is None:
        return ""
    return f" ({share.text}{' ' + base if base else ''})"


def portion(part: int, whole: int) -> str:
    """The beginning of a figure's title: a named share such as `Most`, or the count."""
    if whole == 0 or part == 0:
        return "None"
    if part == whole:
        return "All"
    exact = Fraction(part * 100, whole)
    for percent, words in _PORTIONS:
        if abs(exact - percent) <= 1:
            return words
    if exact > 50:
        return "Most"
    return f"{opening_number(part)} of {count_text(whole)}"


def portion_were(part: int, whole: int, noun: str) -> str:
    """The same as a subject with its verb: `Nine visits in ten were`, `One of 7 visits was`."""
    share = portion(part, whole)
    if share == "None":
        return f"No {noun} was"
    if share == "All":
        return plural(whole, f"The one {noun} was", f"All {noun}s were")
    if share == "Most":
        return f"Most {noun}s were"
    if " of " in share:
        return f"{share} {noun}s {were(part)}"
    first, _, rest = share.partition(" in ")
    return f"One {noun} in {rest} was" if first == "One" else f"{first} {noun}s in {rest} were"


def pounds(value: Decimal) -> str:
    """`£8,119.32`."""
    return f"\u00a3{value:,.2f}"


def whole_pounds(value: Decimal) -> str:
    """`£8,119`, for prose; rounded half up."""
    return f"\u00a3{value.quantize(Decimal(1), ROUND_HALF_UP):,}"


def whole_hours(hours: Decimal) -> str:
    """`442`, for prose; rounded half up."""
    return f"{hours.quantize(Decimal(1), ROUND_HALF_UP):,}"


def hours_given(hours: Decimal) -> str:
    """`442 hours`, `1 hour`, `less than one hour`."""
    whole = whole_hours(hours)
    return {"0": "less than one hour", "1": "1 hour"}.get(whole, f"{whole} hours")


def rate_text(rate: Decimal) -> str:
    """`£18.3515` or `£18.00`: at least two decimals, without further zeros."""
    shown = f"{rate.normalize():f}"
    decimals = len(shown.partition(".")[2])
    return f"\u00a3{rate:.{max(decimals, 2)}f}"


def months_of(period: Period) -> str:
    """`April to June 2023`, or one month, for parts of a year."""
    first, last = period.start, period.end
    if (first.year, first.month) == (last.year, last.month):
        return f"{month_name(first)} {first.year}"
    if first.year == last.year:
        return f"{month_name(first)} to {month_name(last)} {last.year}"
    return f"{month_name(first)} {first.year} to {month_name(last)} {last.year}"


def compared(now: int, before: int, noun: str, before_label: str) -> str:
    """`2 visits more than in 2022/23 (99)`; equal: `as many visits as in 2022/23 (101)`."""
    if now == before:
        return f"as many {noun}s as in {before_label} ({count_text(before)})"
    difference = abs(now - before)
    direction = "more" if now > before else "fewer"
    return f"{counted(difference, noun)} {direction} than in {before_label} ({count_text(before)})"


def gaps_text(coverage: SiteCoverage) -> str:
    """`Tuesday 00:00–07:59; Monday and Friday 12:00–15:59`: days with the same bands are joined."""
    if not coverage.is_due:
        return ""
    days = [day.label for day in coverage.grid.days]
    gaps = []
    for column, band in enumerate(coverage.grid.bands):
        empty = [day for day, row in zip(days, coverage.counts, strict=True) if not row[column]]
        if len(empty) == len(days) and len(days) > 1:
            gaps.append(f"every day {band.label}")
        elif empty:
            gaps.append(f"{joined(empty)} {band.label}")
    return "; ".join(gaps)


def closed_words(coverage: SiteCoverage) -> str:
    """Why timeslots without a visit aren't gaps: `the site was closed`."""
    if coverage.use is Use.CLOSED:
        return "the site was closed"
    return "the site was in use for part of the period only"


def coverage_sentence(coverage: SiteCoverage, *, goes_on: bool = False) -> str:
    """How many timeslots of a site were visited; so far, if the period isn't over."""
    visited, cells = coverage.cells_visited, coverage.cells
    name = coverage.site_name
    if not coverage.is_due:
        visited_words = f"{counted(visited, 'timeslot')} {were(visited)} visited"
        return f"{name}: {visited_words}; {closed_words(coverage)}"
    if visited == cells:
        return f"{name}: all {cells} timeslots were visited"
    if visited == 0:
        return f"{name}: none of {cells} timeslots was visited{' yet' if goes_on else ''}"
    left = cells - visited
    return (
        f"{name}: {visited} of {cells} timeslots {were(visited)} visited; "
        f"{number(left)} had no visit{' yet' if goes_on else ''}"
    )


def grouped_small(cells: Iterable[tuple[str, int]]) -> tuple[list[tuple[str, int]], bool]:
    """Cells, with those under five combined, and whether there were any.

    A single small cell is combined with the next smallest, or it could be worked out.
    """
    kept = [(label, count) for label, count in cells if count]
    small = [cell for cell in kept if cell[1] < SMALL]
    if not small:
        return kept, False
    rest = [cell for cell in kept if cell[1] >= SMALL]
    if (len(small) == 1 or sum(count for _, count in small) < SMALL) and rest:
        smallest = min(rest, key=lambda cell: cell[1])
        rest.remove(smallest)
        small.append(smallest)
    together = sum(count for _, count in small)
    return [*rest, ("Other groups, taken together", together)], True
