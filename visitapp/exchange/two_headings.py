"""Headings in two rows are read as one: days above times (`Monday AM`), or words over several
columns above what each of them has (`Times` above `In` and `Out`)."""

import itertools
from dataclasses import replace

from visitapp.exchange.heading_words import column_of_heading
from visitapp.exchange.raw_sheets import RawSheet
from visitapp.exchange.weekly import day_column, is_time

_LEAST = 2
"""So many days above so many times are headings, and more words of offices than so many."""


def with_joined_headings(sheet: RawSheet) -> RawSheet:
    """The sheet with days, each above several times, written before each of the times; any other
    sheet as it is."""
    texts = [sheet.texts(row) for row in sheet.first_rows]
    for at, (upper, lower) in enumerate(itertools.pairwise(texts)):
        joined = _joined(upper, lower)
        if joined:
            return _with_row(sheet, at, joined)
    return sheet


def with_groups_joined(sheet: RawSheet, kind: str) -> RawSheet:
    """The sheet with both rows as one, where that has more headings that offices use than either
    alone; any other sheet as it is."""

    def known(headings: dict[int, str]) -> int:
        return len({column_of_heading(kind, text) for text in headings.values()} - {""})

    texts = [sheet.texts(row) for row in sheet.first_rows]
    alone = max(map(known, texts), default=0)
    for at, (upper, lower) in enumerate(itertools.pairwise(texts)):
        if len(upper) >= _LEAST and len(lower) >= _LEAST:
            joined = _under_groups(upper, lower, kind)
            if known(joined) > max(alone, _LEAST):
                return _with_row(sheet, at, joined)
    return sheet


def _under_groups(upper: dict[int, str], lower: dict[int, str], kind: str) -> dict[int, str]:
    """Both rows as one. A word above goes on until the next; it is left out where offices use what
    is below it alone."""
    joined: dict[int, str] = {}
    group = ""
    for at in sorted({*upper, *lower}):
        group = upper.get(at, group)
        below = lower.get(at, "")
        ways = (f"{group} {below}".strip(), f"{group.removesuffix('s')} {below}", below)
        joined[at] = next((way for way in ways if column_of_heading(kind, way)), ways[0])
    return joined


def _with_row(sheet: RawSheet, at: int, joined: dict[int, str]) -> RawSheet:
    rows = list(sheet.rows)
    rows[at] = (rows[at][0], ())
    rows[at + 1] = (rows[at + 1][0], tuple(sorted(joined.items())))
    return replace(sheet, rows=tuple(rows))


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
