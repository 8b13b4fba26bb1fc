"""The hours that volunteers gave and what is paid to them: a list of all, then a page for each who
claimed, to sign and file."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from visitapp.domain.moment import uk_time
from visitapp.domain.office.claim import VolunteerClaim
from visitapp.domain.office.scheme import Office
from visitapp.domain.period import Period
from visitapp.domain.text.wording import (
    count_text,
    long_date,
    money,
    opening_number,
    or_none,
    plural,
    time_given,
)
from visitapp.domain.year.volunteer_hours import TimeKind, TimeLine, VolunteerHours
from visitapp.reporting.blocks import (
    Block,
    Column,
    Document,
    Masthead,
    Section,
    Table,
    Terms,
    paragraphs,
)


def claims_document(
    office: Office, period: Period, as_at: date, listed: Sequence[VolunteerHours], *, alone: bool
) -> Document:
    """The document; `alone`: it is that of one volunteer, to whom it may be handed."""
    label = office.years.label(period)
    title = f"Hours and claims, {label}"
    if alone:
        title = f"{listed[0].person.name}: hours and claims, {label}"
    return Document(
        title=title,
        as_at=as_at,
        office=office.name,
        head_left=title,
        head_right=office.area,
        sections=tuple(_sections(listed, alone=alone)),
        masthead=Masthead(
            office=office.name,
            marking="For the volunteer and the office" if alone else "For the office only",
            title=title,
            subtitle=f"As at {long_date(as_at)}",
            notice=f"{office.made_up_note}." if office.made_up_note else "",
        ),
        subject=title,
    )


def _sections(listed: Sequence[VolunteerHours], *, alone: bool) -> Iterator[Section]:
    numbers = count(1)
    if not alone:
        yield Section("all", "All together", tuple(_all(listed, next(numbers))))
    for at, item in enumerate(listed):
        if alone or any(claim.is_approved for claim in item.claims):
            title = "" if alone else item.person.name
            blocks = tuple(_person(item, numbers))
            yield Section(f"person-{at}", title, blocks, starts_page=not alone)


def _all(listed: Sequence[VolunteerHours], number: int) -> Iterator[Block]:
    kinds = [kind for kind in TimeKind if any(item.minutes_of(kind) for item in listed)]
    rows = tuple(
        (
            item.person.name,
            *(_time(item.minutes_of(kind)) for kind in kinds),
            _time(item.minutes),
            or_none(item.miles),
            _money(item.to_pay),
        )
        for item in listed
    )
    total = (
        "All together",
        *(_time(sum(item.minutes_of(kind) for item in listed)) for kind in kinds),
        _time(sum(item.minutes for item in listed)),
        or_none(sum(item.miles for item in listed)),
        _money(sum(item.to_pay for item in listed)),
    )
    heads = (*(kind.label for kind in kinds), "All time", "Miles", "To pay")
    yield Table(
        number,
        "Time given and what is paid",
        (Column("Volunteer", "left", 2.3), *(Column(head) for head in heads)),
        rows,
        total if len(rows) > 1 else (),
    )
    yield from _notes(listed)


def _notes(listed: Sequence[VolunteerHours]) -> Iterator[Block]:
    unknown = sum(item.unknown for item in listed)
    waiting = sum(item.waiting for item in listed)
    notes = []
    if unknown:
        what = plural(unknown, "visit, meeting or course", "visits, meetings and courses")
        notes.append(
            f"Of {count_text(unknown)} {what} the length is not known, so no time is counted."
        )
    if waiting:
        verb = plural(waiting, "waits for approval and is", "wait for approval and are")
        notes.append(f"{opening_number(waiting)} {plural(waiting, 'claim')} {verb} not counted.")
    yield from paragraphs(notes)


def _person(item: VolunteerHours, numbers: Iterator[int]) -> Iterator[Block]:
    yield Terms(
        (
            *((kind.label, _of_kind(item, kind)) for kind in TimeKind if item.number_of(kind)),
            ("All time", _time(item.minutes)),
            ("To pay", _money(item.to_pay)),
            ("Approved", approval_words(item)),
        )
    )
    lines = tuple(line for line in item.lines if line.counts)
    yield Table(
        next(numbers),
        "Day by day",
        (
            Column("Day", "left", 1.5),
            Column("What", "left", 2.4),
            Column("Time"),
            Column("Miles", "right", 1),
            Column("Expenses"),
            Column("Receipt", "left", 0.8),
            Column("To pay"),
        ),
        tuple(map(_line, lines)),
        (
            "All together",
            "",
            _time(item.minutes),
            or_none(item.miles),
            _money(sum(claim.pence for claim in item.claims if claim.is_approved)),
            "",
            _money(item.to_pay),
        ),
    )
    yield from _notes([item])
    yield Table(
        next(numbers),
        "Signatures",
        (Column("Who", "left", 1), Column("Signed", "left", 3), Column("Date", "left", 1)),
        (("Volunteer", "", ""), ("For the office", "", "")),
    )


def _of_kind(item: VolunteerHours, kind: TimeKind) -> str:
    if kind in (TimeKind.VISIT, TimeKind.MEETING):
        return f"{count_text(item.number_of(kind))}, {_time(item.minutes_of(kind))}"
    return _time(item.minutes_of(kind))


def approval_words(item: VolunteerHours) -> str:
    """`by Rowena Tollgate, 4 April 2024`, `not yet`, or that something changed since."""
    approval = item.approval
    if approval is None:
        return "not yet"
    words = f"by {approval.by}, {long_date(uk_time(approval.at).date())}"
    return words if item.is_approved else f"{words}; changed since"


def _line(line: TimeLine) -> tuple[str, ...]:
    time = "not known" if line.minutes is None else _time(line.minutes)
    cells = ("none", "none", "", "none") if line.claim is None else _paid(line.claim)
    return long_date(line.on), line.title, time, *cells


def _paid(claim: VolunteerClaim) -> tuple[str, str, str, str]:
    receipt = ("yes" if claim.has_receipt else "no") if claim.pence else ""
    miles = f"{count_text(claim.miles)} at {claim.pence_a_mile}p" if claim.miles else "none"
    return miles, _money(claim.pence), receipt, _money(claim.to_pay)


def _time(minutes: int) -> str:
    return time_given(minutes) if minutes else "none"


def _money(pence: int) -> str:
    return money(pence) if pence else "none"
