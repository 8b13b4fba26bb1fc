"""A report in words: what is worked out from it, and its answers as lines to look over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from visitapp.domain.adding_up import Part, sum_of
from visitapp.domain.codes import CodeBook
from visitapp.domain.grid import WEEKDAYS, Grid, clock
from visitapp.domain.issue import Issue
from visitapp.domain.moment import Moment
from visitapp.domain.people import Person
from visitapp.domain.period import MONTHS, long_date
from visitapp.domain.rules import LONGEST_PAST_MIDNIGHT
from visitapp.domain.scheme import Kind, Scheme
from visitapp.domain.site import Site
from visitapp.domain.visit import COMPLETED, FACE_TO_FACE, Access, Visit, access_band


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a report refers to by id or code."""

    scheme: Scheme
    site: Site | None
    grid: Grid | None
    people: Mapping[UUID, Person]
    book: CodeBook

    def name(self, person_id: UUID) -> str:
        """The name of a person of the register."""
        person = self.people.get(person_id)
        return "somebody not in the register" if person is None else person.name


@dataclass(frozen=True, slots=True)
class Line:
    """One answer: `field` is the key of the content to change; where it is None, `note` says
    whence the value comes. An empty `value` was not answered."""

    label: str
    value: str
    field: str | None = None
    note: str = "worked out"


@dataclass(frozen=True, slots=True)
class Card:
    """The answers of one section or two. `section` is the first one's key."""

    title: str
    section: str
    lines: tuple[Line, ...]


def joined(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B and C`."""
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def day_text(moment: Moment) -> str:
    """`Tuesday 9 April 2024`."""
    return f"{WEEKDAYS[moment.weekday]} {long_date(moment.day)}"


def heading(visit: Visit, about: Surroundings, *, has_day: bool = True) -> str:
    """`Keyham Lane, Tuesday 9 April 2024`, as far as it is known."""
    known = [about.site.name] if about.site is not None else []
    if has_day:
        known.append(day_text(visit.arrived))
    return ", ".join(known) or f"New {about.scheme.kind.label.lower()} visit"


def by_whom(visit: Visit, about: Surroundings) -> str:
    """`Custody visit by Margaret Okafor and Tom Lindqvist`."""
    names = joined([about.name(person_id) for person_id in visit.visitors])
    kind = f"{about.scheme.kind.label} visit"
    return f"{kind} by {names}" if names else kind


def wait_of(visit: Visit) -> int | None:
    """Minutes from arrival to admittance; None where they can't be told, or where the two
    times are plainly the wrong way round."""
    return _passed(visit.admitted, visit.arrived)


def _passed(later: Moment | None, earlier: Moment) -> int | None:
    minutes = -1 if later is None else later.minutes_since(earlier)
    if later is None or minutes < 0:
        return None
    return None if later.day > earlier.day and minutes > LONGEST_PAST_MIDNIGHT else minutes


def asks_why(visit: Visit, scheme: Scheme) -> bool:
    """Whether visitors waited so long that the report asks for the reason."""
    wait = wait_of(visit)
    return wait is not None and visit.mode == FACE_TO_FACE and wait > scheme.immediate_limit


def wait_sentence(visit: Visit, scheme: Scheme) -> str:
    """`18 minutes: not immediate`; empty until it is known."""
    if visit.mode != FACE_TO_FACE:
        return "A wait is counted only for visits made face to face."
    wait = wait_of(visit)
    if wait is None:
        return ""
    immediate = access_band(visit.mode, wait, scheme) is Access.IMMEDIATE
    return f"{_minutes(wait)}: {'immediate' if immediate else 'not immediate'}"


def _minutes(number: int) -> str:
    return "1 minute" if number == 1 else f"{number} minutes"


def timeslot_text(arrived: Moment, grid: Grid) -> str | None:
    """`Tuesday, 12:00–15:59`, or None outside every timeslot."""
    slot = grid.timeslot_at(arrived.weekday, arrived.minute)
    if slot is None:
        return None
    return f"{grid.days[slot.row].label}, {grid.bands[slot.column].label}"


def outside_sentence(arrived: Moment, grid: Grid) -> str:
    """What it means that an arrival is in no timeslot."""
    bands = ", ".join(band.label for band in grid.bands)
    days = [weekday for group in grid.days for weekday in group.weekdays]
    month = MONTHS[arrived.day.month - 1]
    if arrived.weekday not in days:
        weekday = WEEKDAYS[arrived.weekday]
        return f"{weekday} has no timeslot. The visit counts for {month}, beside the grid."
    return (
        f"{clock(arrived.minute)} is in no timeslot ({bands}). "
        f"The visit counts for {month}, beside the grid."
    )


def hours_text(visit: Visit) -> str:
    """`1 h 38 min each, 3 h 16 min together`; empty until it is known."""
    stayed = _passed(visit.left, visit.admitted or visit.arrived)
    if stayed is None or not visit.visitors or (visit.admitted and wait_of(visit) is None):
        return ""
    each = visit.volunteer_minutes // len(visit.visitors)
    if len(visit.visitors) == 1:
        return _hours(each)
    return f"{_hours(each)} each, {_hours(visit.volunteer_minutes)} together"


def _hours(minutes: int) -> str:
    hours, rest = divmod(minutes, 60)
    return " ".join(
        filter(None, [f"{hours} h" if hours else "", f"{rest} min" if rest else ""])
    ) or ("0 min")


def cards(
    visit: Visit,
    about: Surroundings,
    *,
    has_day: bool = True,
    has_arrival: bool = True,
    typed_arrival: str = "",
) -> tuple[Card, ...]:
    """All answers of a report, to look over. Of a draft, `has_day` and `has_arrival` say
    whether they can be read, and `typed_arrival` is what stands there."""
    return (
        Card("The visit", "visit", tuple(_visit_lines(visit, about, has_day))),
        Card(
            "Times and access",
            "times",
            tuple(_time_lines(visit, about, has_arrival, typed_arrival)),
        ),
        Card(
            "Detainees" if about.scheme.kind is Kind.CUSTODY else "Animals",
            "counts",
            tuple(_count_lines(visit, about, has_day)),
        ),
        Card("Issues", "issues", tuple(_issue_lines(visit, about.book))),
        Card("Summary", "summary", (Line("Summary", visit.summary.strip(), "summary"),)),
    )


def _visit_lines(visit: Visit, about: Surroundings, has_day: bool) -> list[Line]:
    book = about.book
    kind = [book.label("visit_type", visit.type), book.label("visit_mode", visit.mode).lower()]
    if visit.status != COMPLETED:
        kind.append(book.label("visit_status", visit.status).lower())
    place = "Suite" if about.scheme.kind is Kind.CUSTODY else "Kennels"
    lines = [
        Line(place, about.site.name if about.site is not None else "", "site_id"),
        Line("Date", day_text(visit.arrived) if has_day else "", "date"),
        Line("Kind of visit", ", ".join(kind), "type"),
        Line("Visitors", joined([about.name(one) for one in visit.visitors]), "visitors"),
    ]
    if visit.observers:
        named = joined([about.name(one) for one in visit.observers])
        lines.append(Line("Observer", named, "observers"))
    return lines


def _time_lines(
    visit: Visit, about: Surroundings, has_arrival: bool, typed_arrival: str
) -> list[Line]:
    arrived = clock(visit.arrived.minute) if has_arrival else typed_arrival
    lines = [Line("Arrived", arrived, "arrived"), Line("Let in", _admitted(visit), "admitted")]
    if asks_why(visit, about.scheme) or visit.delay_reason or visit.delay_explanation.strip():
        lines.append(Line("Why the wait", _why(visit, about.book), "delay_reason"))
    lines.append(Line("Left", _later(visit.left, visit.arrived), "left"))
    if visit.extra_minutes:
        extra = f"{_minutes(visit.extra_minutes)} each, for travel and other"
        lines.append(Line("Extra time", extra, "extra_minutes"))
    if has_arrival and about.grid is not None:
        slot = timeslot_text(visit.arrived, about.grid)
        lines.append(Line("Timeslot", slot or outside_sentence(visit.arrived, about.grid)))
    if hours := hours_text(visit):
        lines.append(Line("Hours", hours))
    return lines


def _later(moment: Moment | None, arrived: Moment) -> str:
    if moment is None:
        return ""
    next_day = ", the next day" if moment.day > arrived.day else ""
    return f"{clock(moment.minute)}{next_day}"


def _admitted(visit: Visit) -> str:
    wait, at = wait_of(visit), _later(visit.admitted, visit.arrived)
    return at if wait is None or visit.mode != FACE_TO_FACE else f"{at}, after {_minutes(wait)}"


def _why(visit: Visit, book: CodeBook) -> str:
    reason = book.label("delay_reason", visit.delay_reason)
    said = visit.delay_explanation.strip()
    return " ".join(filter(None, [reason and f"{reason}.", f"\u201c{said}\u201d" if said else ""]))


def _count_lines(visit: Visit, about: Surroundings, has_day: bool) -> list[Line]:
    day = visit.arrived.day if has_day else None
    whole = sum_of(about.scheme.kind, visit.present, visit.counts, about.book, day)
    lines = [
        Line(whole.whole_label, "" if visit.present is None else str(visit.present), "present")
    ]
    lines.extend(
        Line(part.label, _part_text(part), "counts") for part in whole.parts if part.number
    )
    for list_name, label in (
        ("gender", "Gender"),
        ("age_group", "Age"),
        ("ethnicity", "Ethnicity"),
    ):
        if details := _details(visit, about.book, list_name):
            lines.append(Line(label, details, note="as reported"))
    return lines


def _part_text(part: Part) -> str:
    reasons = [f"{c.number} {c.label[:1].lower()}{c.label[1:]}" for c in part.choices if c.number]
    return f"{part.number}: {', '.join(reasons)}" if reasons else str(part.number)


def _details(visit: Visit, book: CodeBook, list_name: str) -> str:
    numbers: dict[str, int] = {}
    for count in visit.counts:
        code = getattr(count, list_name)
        if code is not None and count.number:
            numbers[code] = numbers.get(code, 0) + count.number
    order = [entry.code for entry in book[list_name]]
    named = sorted(numbers, key=lambda code: order.index(code) if code in order else len(order))
    return "; ".join(f"{numbers[code]} {book.label(list_name, code)}" for code in named)


def _issue_lines(visit: Visit, book: CodeBook) -> list[Line]:
    if not visit.issues:
        return [Line("Issues", "None", "issues")]
    return [
        Line(f"Issue {number}", issue_text(issue, book), f"issues:{number - 1}:category")
        for number, issue in enumerate(visit.issues, 1)
    ]


def issue_text(issue: Issue, book: CodeBook) -> str:
    """An issue in a line or two."""
    is_positive = book.group("issue_category", issue.category) == "positive"
    category = book.label("issue_category", issue.category) or "Not said what about"
    severity = book.label("issue_severity", str(issue.severity))
    about = category if is_positive else f"{category}: {severity[:1].lower()}{severity[1:]}"
    parts = [f"{about}."]
    if issue.description.strip():
        parts.append(f"\u201c{issue.description.strip()}\u201d")
    if issue.raised_with.strip():
        parts.append(f"Raised with: {issue.raised_with.strip().rstrip('.')}.")
    status = book.label("issue_status", issue.status)
    parts.append("Put right during the visit." if issue.resolved_during_visit else f"{status}.")
    return " ".join(parts)
