"""Headings in two rows, days above times: they are read as one row of `Monday AM`."""

from dataclasses import replace

from visitapp.exchange import limits
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.weekly import day_column, is_time

_LEAST = 2
"""So many days above so many times are headings."""


def with_joined_headings(sheet: RawSheet) -> RawSheet:
    """The sheet with days, each above several times, written before each of the times; any other
    sheet as it is."""
    rows = list(sheet.rows)
    for at in range(min(len(rows), limits.HEADINGS_WITHIN) - 1):
        upper, lower = sheet.texts(rows[at]), sheet.texts(rows[at + 1])
        joined = _joined(upper, lower)
        if joined:
            rows[at] = (rows[at][0], ())
            rows[at + 1] = (rows[at + 1][0], tuple(sorted(joined.items())))
            return replace(sheet, rows=tuple(rows))
    return sheet


def _joined(upper: dict[int, str], lower: dict[int, str]) -> dict[int, str]:
    """Both rows as one; empty if they aren't days above times."""
    days = [at for at, text in upper.items() if day_column(text)]
    goes_on = any(at not in upper for at in lower)
    if len(days) < _LEAST or len(lower) < _LEAST or not goes_on:
        return {}
    joined: dict[int, str] = {}
    day = ""
    for at in sorted({*upper, *lower}):
        if at in upper:
            day = upper[at] if day_column(upper[at]) else ""
        if at in lower and not (day and is_time(lower[at])):
            return {}
        joined[at] = f"{day} {lower[at]}" if at in lower else upper[at]
    return joined
