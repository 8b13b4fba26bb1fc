"""Figures in words: numbers, shares, lists, and names for shares."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from visitapp.domain.figures import Share
from visitapp.domain.office.scheme import Office
from visitapp.domain.office.site import Use
from visitapp.domain.period import Period
from visitapp.domain.text.wording import (
    count_text,
    counted,
    joined,
    long_date,
    number,
    opening_number,
    out_of,
    were,
)
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.small_numbers import too_small

NOT_KNOWN = "not known"
"""Printed instead of a figure that the records don't have."""


def period_notice(office: Office, period: Period, as_at: date) -> str:
    """What to know about the figures: that they are made up, and that the period isn't over."""
    notes = [f"{office.made_up_note}." if office.made_up_note else ""]
    if as_at < period.end:
        span = office.years.span_word(period)
        notes.append(f"The {span} has not ended. Figures are as at {long_date(as_at)}.")
    return " ".join(filter(None, notes))


def bracketed(share: Share, base: str = "") -> str:
    """` (90%)`, ` (90% of those offered)`, or empty if there is no percentage."""
    if share.percent is None:
        return ""
    return f" ({share.text}{' ' + base if base else ''})"


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
    exponent = rate.normalize().as_tuple().exponent
    assert isinstance(exponent, int)
    return f"\u00a3{rate:.{max(-exponent, 2)}f}"


def compared(now: int, before: int, noun: str, in_before: str) -> str:
    """`2 visits more than in 2022/23 (99)`; equal: `as many visits as in 2022/23 (101)`."""
    if now == before:
        return f"as many {noun}s as {in_before} ({count_text(before)})"
    difference = abs(now - before)
    direction = "more" if now > before else "fewer"
    return f"{counted(difference, noun)} {direction} than {in_before} ({count_text(before)})"


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


def visited_so_far(visited: int, cells: int) -> str:
    """How many timeslots were visited in a year that goes on, without the full stop."""
    if not visited:
        return f"None of {number(cells)} timeslots was visited so far"
    those = out_of(visited, cells, begin=opening_number)
    return f"{those} timeslots {were(visited)} visited so far"


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
        f"{name}: {out_of(visited, cells)} timeslots {were(visited)} visited; "
        f"{number(left)} had no visit{' yet' if goes_on else ''}"
    )


def grouped_small(cells: Iterable[tuple[str, int]]) -> tuple[list[tuple[str, int]], bool]:
    """Cells, with those under five combined, and whether there were any.

    A single small cell is combined with the next smallest, or it could be worked out.
    """
    kept = [(label, count) for label, count in cells if count]
    small = too_small([count for _, count in kept])
    if not small:
        return kept, False
    rest = [cell for at, cell in enumerate(kept) if at not in small]
    together = sum(kept[at][1] for at in small)
    return [*rest, ("Other groups, taken together", together)], True
