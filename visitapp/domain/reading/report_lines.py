"""A report in words: what it refers to, and what is calculated from it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.moment import MINUTES_PER_DAY, Moment
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.grid import WEEKDAYS, Grid, clock
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.report.form import Form
from visitapp.domain.report.visit import Visit, access_band, passed
from visitapp.domain.report.visit_codes import AT_ONCE, FACE_TO_FACE, AccessBand
from visitapp.domain.text.wording import (
    joined,
    long_date,
    lowered,
    month_name,
    number_of,
    short_date,
    time_given,
)


@dataclass(frozen=True, slots=True)
class ReportContext:
    """What a report refers to by id or code. `form` is the version it was written with, or None for
    a visit that wasn't written with one. `animals` are names by id."""

    scheme: Scheme
    site: Site | None
    grid: Grid | None
    people: Mapping[UUID, Person]
    book: CodeBook
    form: Form | None = None
    animals: Mapping[UUID, str] = field(default_factory=dict)

    def name(self, person_id: UUID) -> str:
        """A person's name in the register."""
        person = self.people.get(person_id)
        return "someone not in the register" if person is None else person.name


def day_text(moment: Moment) -> str:
    """`Tuesday 9 April 2024`."""
    return f"{WEEKDAYS[moment.weekday]} {long_date(moment.day)}"


def heading(visit: Visit, about: ReportContext, *, has_day: bool = True) -> str:
    """`Keyham Lane, Tuesday 9 April 2024`, as far as it is known."""
    known = [about.site.name] if about.site is not None else []
    if has_day:
        known.append(day_text(visit.arrived))
    return ", ".join(known) or f"New {lowered(about.scheme.kind.label)} visit"


def by_whom(visit: Visit, about: ReportContext) -> str:
    """`Custody visit by Margaret Okafor and Tom Lindqvist`."""
    names = joined([about.name(person_id) for person_id in visit.visitors])
    kind = f"{about.scheme.kind.label} visit"
    return f"{kind} by {names}" if names else kind


def wait_sentence(visit: Visit, scheme: Scheme) -> str:
    """`18 minutes: not immediate`; empty if it isn't known yet."""
    if visit.mode != FACE_TO_FACE:
        return "A wait is counted only for visits made face to face."
    wait = visit.plausible_wait
    if wait is None:
        return ""
    immediate = access_band(visit.mode, wait, scheme) is AccessBand.IMMEDIATE
    return f"{minutes_text(wait)}: {'immediate' if immediate else 'not immediate'}"


def handover_text(visit: Visit, scheme: Scheme) -> str:
    """`Arrived during a change of shift, 06:30 to 07:15`, or waited into one; otherwise empty."""
    if visit.mode != FACE_TO_FACE or not visit.has_time:
        return ""
    start = visit.arrived.minute
    last = start + (visit.plausible_wait or 0)
    for band in scheme.handovers:
        times = f"a change of shift, {clock(band.start)} to {clock(band.end % MINUTES_PER_DAY)}"
        if band.start <= start < band.end:
            return f"Arrived during {times}"
        if start < band.start <= last or band.start + MINUTES_PER_DAY <= last:
            return f"Waited into {times}"
    return ""


def minutes_text(number: int) -> str:
    """`1 minute`, `18 minutes`."""
    return number_of(number, "minute")


def reply_due_text(day: date | None, issue_days: int, severity: int = 0) -> str:
    """`A reply is due by Tue 23 Apr 2024` for an issue raised that day; for an allegation, at once.
    Empty if it isn't known yet."""
    if severity >= AT_ONCE:
        return "Due at once."
    if day is None:
        return ""
    return f"A reply is due by {short_date(day + timedelta(days=issue_days))}"


def timeslot_text(arrived: Moment, grid: Grid) -> str | None:
    """`Tuesday, 12:00–15:59`, or None outside every timeslot."""
    slot = grid.timeslot_at(arrived.weekday, arrived.minute)
    if slot is None:
        return None
    return f"{grid.days[slot.row].label}, {grid.bands[slot.column].label}"


def outside_sentence(arrived: Moment, grid: Grid) -> str:
    """What it means that a visitor arrived outside every timeslot."""
    bands = ", ".join(band.label for band in grid.bands)
    days = [weekday for group in grid.days for weekday in group.weekdays]
    month = month_name(arrived.day)
    if arrived.weekday not in days:
        weekday = WEEKDAYS[arrived.weekday]
        return f"{weekday} has no timeslots. The visit counts for {month} but not in any timeslot."
    return (
        f"{clock(arrived.minute)} is not in any timeslot ({bands}). The visit still counts for "
        f"{month}."
    )


def hours_text(visit: Visit) -> str:
    """`1 h 38 min each, 3 h 16 min together`; empty if it isn't known yet."""
    stayed = passed(visit.left, visit.admitted or visit.arrived)
    if stayed is None or not visit.visitors or (visit.admitted and visit.plausible_wait is None):
        return ""
    each = visit.volunteer_minutes // len(visit.visitors)
    if len(visit.visitors) == 1:
        return time_given(each)
    return f"{time_given(each)} each, {time_given(visit.volunteer_minutes)} together"
