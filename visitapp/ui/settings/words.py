"""Names of the lists of coded values, and reading the text typed in Settings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import MINUTES_PER_DAY
from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.day_off import DayOff
from visitapp.domain.office.grid import WEEKDAYS, Band, DayGroup, clock
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.office.site import OpenPeriod, Site
from visitapp.domain.text.clock_text import parse_date, parse_time
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import long_date, number_of

LIST_TITLES: Mapping[str, str] = {
    "visit_type": "Kinds of visit",
    "visit_mode": "Ways of visiting",
    "visit_status": "How a visit ended",
    "delay_reason": "Reasons for a wait",
    "outcome": "What happened with each detainee or animal",
    "outcome_reason": "Reasons why not",
    "gender": "Gender",
    "age_group": "Age groups",
    "ethnicity": "Ethnicity",
    "issue_category": "Categories of issues",
    "issue_severity": "Severity of issues",
    "issue_origin": "Who raised an issue",
    "issue_status": "States of an issue",
    "volunteer_status": "Status of volunteers",
    "leaver_reason": "Reasons for leaving",
    "review_kind": "Kinds of custody records reviewed",
}
FIXED_LISTS = ("issue_severity",)
"""Lists with a fixed number of values: they are relabelled, never added to or closed."""

_GROUPS: Mapping[str, str] = {
    "training": "Training, not counted",
    "completed": "A visit made",
    "abandoned": "Attempted, but abandoned",
    "refused_entry": "Attempted, but refused entry",
    "site_closed": "Attempted, but the site was closed",
    "in_person": "Made face to face",
    "remote": "Telephone or video, no wait",
    "seen": "Seen",
    "refused": "Offered but refused",
    "not_offered": "Not offered",
    "not_available": "Not available",
    "asleep": "Asleep",
    "other": "Not seen, other reason",
    "not_seen": "Not seen",
    "open": "Still open",
    "closed": "Closed",
    "welfare": "Concern about welfare",
    "conditions": "Concern about conditions",
    "concern": "Another concern",
    "positive": "Good practice",
}
FIGURES: Mapping[str, str] = {
    "visits": "Visits made",
    "due": "Visits due",
    "minutes": "Minutes given",
    "seen": "People who spoke with visitors",
}
"""Figures of a year known only as totals, and their names in the report."""


def recounted_words(scheme: Scheme, changed: Scheme) -> str:
    """What a change of a scheme counts again, to follow a sentence; empty if nothing."""
    limits = (scheme.immediate_limit, scheme.delay_limit)
    moved = (changed.immediate_limit, changed.delay_limit) != limits
    words = " Past visits now use the new waiting time limits." if moved else ""
    if changed.remote_counts != scheme.remote_counts:
        words += " Past weeks and months were counted again."
    return words


def group_words(book: CodeBook, list_name: str, group: str) -> str:
    """What a value counts as, in words; for a reason why not, the outcome it belongs to."""
    if list_name == "outcome_reason":
        return book.label("outcome", group)
    return _GROUPS.get(group, group or "An ordinary option")


def offered_words(code: Code, today: date) -> str:
    """`always`, `until 31 March 2025`, `closed 31 March 2024`, `from 1 May 2025`."""
    if code.active_to is not None:
        return f"{'closed' if code.active_to < today else 'until'} {long_date(code.active_to)}"
    if code.active_from is not None:
        return f"{'from' if code.active_from > today else 'since'} {long_date(code.active_from)}"
    return "always"


def new_code(label: str, taken: Sequence[Code]) -> str:
    """A code for a new value made from its label, with a number if that code is taken."""
    stem = re.sub(r"[^A-Z0-9]+", "_", label.upper()).strip("_")[:30] or "VALUE"
    codes = {code.code for code in taken}
    number = 1
    code = stem
    while code in codes:
        number += 1
        code = f"{stem}_{number}"
    return code


def limits_words(immediate: str, delay: str) -> str:
    """What the limits mean, or empty until both can be read."""
    try:
        first, second = whole_number(immediate, ""), whole_number(delay, "")
    except BadInputError:
        return ""
    if first >= second:
        return "The first limit must be lower than the second."
    middle = f"{first + 1} to {second}" if first + 1 < second else f"{second}"
    return (
        f"Waits of up to {first} minutes count as immediate, of {middle} as a delay, "
        "longer ones as a long delay."
    )


def recount_words(visits: int) -> str:
    """What a change of timeslots does to past visits."""
    if not visits:
        return "No visits use these timeslots yet."
    whom = number_of(visits, "past visit is", "past visits are")
    return (
        f"{whom} counted with these timeslots. If you change the days or times, they will be "
        "recounted."
    )


def open_words(site: Site, today: date) -> str:
    """`since 1 April 2019`, `closed 31 March 2024`, `from 3 May 2025`."""
    periods = sorted(site.open_periods, key=lambda p: p.start)
    if not periods:
        return "never: no dates"
    last = periods[-1]
    if last.start > today:
        return f"from {long_date(last.start)}"
    if last.end is None:
        by = f"not known since when; in use by {long_date(last.in_use_by or last.start)}"
        return by if last.in_use_by else f"since {long_date(last.start)}"
    return f"{'closed' if last.end < today else 'until'} {long_date(last.end)}"


def whole_number(text: str, what: str) -> int:
    """`1,096` as 1096. Raises BadInputError, which begins with `what`."""
    digits = text.strip().replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise BadInputError(f"{what}: enter a whole number, such as 15.")
    return int(digits)


def optional_number(text: str, what: str) -> int | None:
    """A whole number, or None if empty. Raises BadInputError."""
    return whole_number(text, what) if text.strip() else None


def pounds(text: str) -> Decimal:
    """`£18.3515` as pounds, up to four decimal places. Raises BadInputError."""
    try:
        amount = Decimal(text.strip().lstrip("£").replace(",", "") or "x")
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or not 0 <= amount < 10000 or (amount * 10000) % 1:
        raise BadInputError("Enter pounds with up to four decimal places, such as 18.3515.")
    return amount


def day(text: str, what: str) -> date:
    """A date in British order. Raises BadInputError, which begins with `what`."""
    if not text.strip():
        raise BadInputError(f"{what}: enter a date, such as 1/4/2025.")
    return parse_date(text)


def optional_day(text: str) -> date | None:
    """A date, or None if empty. Raises BadInputError."""
    return parse_date(text) if text.strip() else None


def numeric(when: date | None) -> str:
    """`1/4/2025`, as a date field shows it; empty for None."""
    return "" if when is None else f"{when.day}/{when.month}/{when.year}"


NOT_KNOWN = "Not known"
"""In place of the first day of a site that an import brought."""


def open_rows(periods: Sequence[OpenPeriod]) -> list[list[str | bool]]:
    """Open periods as rows of (from, to)."""
    return [[NOT_KNOWN if p.in_use_by else numeric(p.start), numeric(p.end)] for p in periods]


def open_periods(
    rows: Sequence[Sequence[str | bool]], before: Sequence[OpenPeriod] = ()
) -> tuple[OpenPeriod, ...]:
    """Rows of (from, to) as open periods in order; `before` is where a first day that stays not
    known is kept. Raises BadInputError."""
    unknown = [period for period in before if period.in_use_by]
    periods = []
    for number, (start, end) in enumerate(rows, 1):
        if not str(start).strip() and not str(end).strip():
            continue
        if unknown and folded(str(start)) == folded(NOT_KNOWN):
            periods.append(replace(unknown.pop(0), end=optional_day(str(end))))
            continue
        periods.append(OpenPeriod(day(str(start), f"Open period {number}"), optional_day(str(end))))
    return tuple(sorted(periods, key=lambda p: p.start))


def bands(rows: Sequence[Sequence[str | bool]]) -> tuple[Band, ...]:
    """Rows of (from, last minute, name) as time bands. Raises BadInputError."""
    time_bands = []
    for number, (start, end, name) in enumerate(rows, 1):
        if not str(start).strip() or not str(end).strip():
            raise BadInputError(f"Time band {number}: enter both times, such as 08:00 and 11:59.")
        last = parse_time(str(end))
        time_bands.append(
            Band(parse_time(str(start)), min(last + 1, MINUTES_PER_DAY), str(name).strip())
        )
    return tuple(time_bands)


def band_row(band: Band) -> list[str | bool]:
    """The row of a time band; a name that only repeats the times is left empty."""
    plain = Band(band.start, band.end).label == band.label
    return [clock(band.start), clock(band.end - 1), "" if plain else band.label]


def handovers(rows: Sequence[Sequence[str | bool]]) -> tuple[Band, ...]:
    """Rows of (from, to) as changes of shift, in order, skipping empty rows.

    Raises BadInputError if a time is missing or can't be read, or two overlap.
    """
    shifts: list[Band] = []
    for number, (start, end) in enumerate(rows, 1):
        if not str(start).strip() and not str(end).strip():
            continue
        if not str(start).strip() or not str(end).strip():
            raise BadInputError(f"Change of shift {number}: enter both times.")
        first, last = parse_time(str(start)), parse_time(str(end)) or MINUTES_PER_DAY
        if first >= last:
            raise BadInputError(
                f"Change of shift {number}: it ends before it begins. If it goes past midnight, "
                "enter it as two: up to 00:00 and from 00:00."
            )
        shifts.append(Band(first, last))
    shifts.sort(key=lambda band: band.start)
    for before, after in pairwise(shifts):
        if after.start < before.end:
            raise BadInputError("Two changes of shift overlap. Enter them as one.")
    return tuple(shifts)


def handover_rows(bands: Sequence[Band]) -> list[list[str | bool]]:
    """The rows of changes of shift."""
    rows: list[list[str | bool]] = [[clock(b.start), clock(b.end % MINUTES_PER_DAY)] for b in bands]
    return rows or [["", ""]]


def days_off(rows: Sequence[Sequence[str | bool]]) -> tuple[DayOff, ...]:
    """Rows of (day, whether each year) as days without planned visits, in order, skipping empty
    rows. Raises BadInputError if a day can't be read or stands twice."""
    days = sorted(
        DayOff(parse_date(str(first)), bool(is_yearly))
        for first, is_yearly in rows
        if str(first).strip()
    )
    if len({day_off.first for day_off in days}) < len(days):
        raise BadInputError("A day without planned visits is entered twice. Remove one of the two.")
    return tuple(days)


def day_off_rows(days: Sequence[DayOff]) -> list[list[str | bool]]:
    """The rows of days without planned visits."""
    return [[numeric(day_off.first), day_off.is_yearly] for day_off in days] or [["", False]]


def day_groups(rows: Sequence[Sequence[str | bool]]) -> tuple[DayGroup, ...]:
    """Rows of (name, Monday to Sunday ticked) as day groups. Raises BadInputError."""
    groups = []
    for number, (name, *ticks) in enumerate(rows, 1):
        weekdays = tuple(i for i, ticked in enumerate(ticks) if ticked)
        if not weekdays:
            raise BadInputError(f"Row of days {number}: tick at least one day, or remove it.")
        label = str(name).strip() or "/".join(WEEKDAYS[i] for i in weekdays)
        groups.append(DayGroup(label, weekdays))
    return tuple(groups)


def day_row(group: DayGroup) -> list[str | bool]:
    """The row of a day group."""
    return [group.label, *(i in group.weekdays for i in range(7))]
