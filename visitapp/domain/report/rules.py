"""What has to be put right in a visit report before it counts, and what is only worth checking.

The form and the import apply the same rules. The visit did happen, so anything that could be true
only warns; anything that can't be true, or can't be counted, blocks. Nobody can be asked about an
imported visit (with a `source_ref`) any more, so gaps in it only warn, where the form would block.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.moment import Moment, happens_twice, is_skipped
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.grid import clock
from visitapp.domain.office.people import Person
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.report.place import Place, of_count
from visitapp.domain.report.visit import LONGEST_PAST_MIDNIGHT, Visit
from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE, TACT
from visitapp.domain.text.folding import folded
from visitapp.domain.text.wording import short_date

_IN_TOO_EARLY = "The time you were let in is earlier than the time you arrived."
_LEFT_BEFORE_IN = "The leaving time is earlier than the time you were let in."
_LEFT_TOO_EARLY = "The leaving time is earlier than the time you arrived."


@dataclass(frozen=True, slots=True)
class Finding:
    """`place` is what it is about; `sentence` is for the visitor; `about` is the person concerned,
    if any. `of_words`: words in a text there stop the report."""

    place: Place
    sentence: str
    blocks: bool
    about: UUID | None = None
    of_words: bool = False


def findings(
    visit: Visit,
    *,
    scheme: Scheme,
    site: Site | None,
    people: Mapping[UUID, Person],
    book: CodeBook,
    others: Sequence[Visit],
    today: date,
) -> list[Finding]:
    """Everything to say about a report, in the order of the form.

    `others` are signed visits to the site at overlapping times. `today` is the latest possible
    day of the visit.
    """
    return [
        *_site(visit, scheme, site),
        *_coded(visit, book),
        *_times(visit, today, scheme),
        *_clock_changes(visit),
        *_access(visit, scheme),
        *_visitors(visit, people),
        *_counts(visit, scheme, site, book),
        *_issues(visit, book),
        *_overlaps(others),
    ]


def problem_of_name(typed: str, name: str) -> str:
    """What is wrong with a name typed to confirm something; empty if it is the person's `name`,
    whatever its case and accents."""
    if folded(typed) == folded(name):
        return ""
    return f"Type your name as it appears in the register: {name}."


def unconfirmed(visit: Visit, people: Mapping[UUID, Person]) -> list[str]:
    """The names of visitors who haven't typed their name under the report yet."""
    typed = {c.person_id: c.typed_name for c in visit.confirmations}
    return [
        people[person_id].name
        for person_id in visit.visitors
        if person_id in people and problem_of_name(typed.get(person_id, ""), people[person_id].name)
    ]


def _insists(visit: Visit) -> bool:
    return visit.source_ref is None


def _site(visit: Visit, scheme: Scheme, site: Site | None) -> Iterator[Finding]:
    if site is None or site.scheme_id != scheme.id:
        yield Finding(Place("site_id"), "Choose a site of this scheme.", True)
    elif not site.is_open_on(visit.arrived.day):
        day = short_date(visit.arrived.day)
        yield Finding(
            Place("site_id"), f"{site.name} was not open on {day}, according to Settings.", False
        )


def _coded(visit: Visit, book: CodeBook) -> Iterator[Finding]:
    coded = (
        ("type", "visit_type", visit.type, "the type of visit"),
        ("mode", "visit_mode", visit.mode, "how the visit was made"),
        ("status", "visit_status", visit.status, "how the visit ended"),
        ("delay_reason", "delay_reason", visit.delay_reason, "the reason for the wait"),
    )
    for attribute, list_name, code, meaning in coded:
        if code is not None and not book.has(list_name, code):
            yield Finding(Place(attribute), f"Choose {meaning} from the list.", True)


def _times(visit: Visit, today: date, scheme: Scheme) -> Iterator[Finding]:
    if visit.arrived.day > today:
        yield Finding(Place("arrived"), "The date of the visit is in the future.", True)
    if visit.admitted is not None and _before(visit.admitted, visit.arrived):
        yield Finding(Place("admitted"), _IN_TOO_EARLY, True)
    if visit.left is not None:
        if visit.admitted is not None and _before(visit.left, visit.admitted):
            yield Finding(Place("left"), _LEFT_BEFORE_IN, True)
        elif visit.admitted is None and _before(visit.left, visit.arrived):
            yield Finding(Place("left"), _LEFT_TOO_EARLY, True)
    if visit.extra_minutes < 0:
        yield Finding(Place("extra_minutes"), "Travel and other time can't be negative.", True)
    yield from _missing_times(visit, scheme)


def _missing_times(visit: Visit, scheme: Scheme) -> Iterator[Finding]:
    was_inside = visit.mode == FACE_TO_FACE and visit.status == COMPLETED
    insists = was_inside and _insists(visit)
    if visit.admitted is None and was_inside:
        yield Finding(Place("admitted"), "Enter the time you were let in.", insists)
    if visit.left is None and visit.status == COMPLETED:
        place = " the suite" if scheme.kind is Kind.CUSTODY else ""
        sentence = f"Enter the time you left{place}, so your hours can be counted."
        if visit.mode != FACE_TO_FACE:
            sentence = "Enter when the call ended, so your hours can be counted."
        if not _insists(visit):
            sentence = "With no leaving time, this visit gives no hours."
        yield Finding(Place("left"), sentence, insists)


def _before(later: Moment, earlier: Moment) -> bool:
    """Whether `later` is too early, or so late that it only looks like the next day."""
    passed = later.minutes_since(earlier)
    return passed < 0 or (later.day > earlier.day and passed > LONGEST_PAST_MIDNIGHT)


def _clock_changes(visit: Visit) -> Iterator[Finding]:
    times = (("arrived", visit.arrived), ("admitted", visit.admitted), ("left", visit.left))
    for attribute, moment in times:
        # Clocks change on Sundays in March and October, between 1 and 3 in the morning.
        if moment is None or moment.minute >= 180 or moment.weekday != 6:
            continue
        day, minute = moment.day, moment.minute
        if happens_twice(day, minute):
            which = "first" if Moment.at(day, minute) == moment else "second"
            yield Finding(
                Place(attribute),
                f"{clock(minute)} happened twice that night, as the clocks went back. "
                f"We have used the {which}.",
                False,
            )
        elif is_skipped(day, minute):
            yield Finding(
                Place(attribute),
                f"{clock(minute)} did not happen that night: the clocks went forward.",
                False,
            )


def _access(visit: Visit, scheme: Scheme) -> Iterator[Finding]:
    wait = visit.wait_minutes
    if wait is None or visit.mode != FACE_TO_FACE or wait <= scheme.immediate_limit:
        return
    if visit.delay_reason is None:
        yield Finding(
            Place("delay_reason"),
            f"You waited {wait} minutes. Choose the reason."
            if _insists(visit)
            else f"Visitors waited {wait} minutes and no reason is given.",
            _insists(visit),
        )


def _visitors(visit: Visit, people: Mapping[UUID, Person]) -> Iterator[Finding]:
    if not visit.visitors:
        sentence = "Choose the visitors." if _insists(visit) else "No visitor is named."
        yield Finding(Place("visitors"), sentence, _insists(visit))
    elif len(visit.visitors) == 1:
        yield Finding(Place("visitors"), "Only one visitor is named.", False)
    seen: set[UUID] = set()
    named = [("visitors", p) for p in visit.visitors] + [("observers", p) for p in visit.observers]
    for attribute, person_id in named:
        person = _counted_as(person_id, people)
        if person is None:
            yield Finding(
                Place(attribute), "Choose the visitors from the register of people.", True
            )
        elif person.id in seen:
            yield Finding(Place(attribute), f"{person.name} is named twice.", True, person_id)
        elif not person.is_active_on(visit.scheme_id, visit.arrived.day):
            day = short_date(visit.arrived.day)
            sentence = f"{person.name} was not active in this scheme on {day}."
            yield Finding(Place(attribute), sentence, False, person_id)
        if person is not None:
            seen.add(person.id)
    yield from _pair(visit, people)


def _counted_as(person_id: UUID, people: Mapping[UUID, Person]) -> Person | None:
    """The person of the register, or whom they count as by decision; None if it has neither."""
    person = people.get(person_id)
    return person if person is None or person.same_as is None else people.get(person.same_as)


def _pair(visit: Visit, people: Mapping[UUID, Person]) -> Iterator[Finding]:
    """Whether the pair should have gone. The visit did happen, so this only warns."""
    day = visit.arrived.day
    named = (_counted_as(person_id, people) for person_id in visit.visitors)
    pair = [person for person in named if person is not None]
    for person in pair:
        until = person.clearance.vetted_until
        if until is not None and not person.clearance.is_vetted_on(day):
            sentence = f"The vetting of {person.name} ran out on {short_date(until)}."
            yield Finding(Place("visitors"), sentence, False, person.id)
    if len(pair) > 1 and all(person.clearance.is_on_probation(day) for person in pair):
        sentence = "All the visitors were on probation. One of a pair should have finished theirs."
        yield Finding(Place("visitors"), sentence, False)
    if visit.type == TACT and not all(person.clearance.tact_trained for person in pair):
        sentence = "A TACT visit needs two visitors trained for it. Check who went."
        yield Finding(Place("visitors"), sentence, False)


def _counts(visit: Visit, scheme: Scheme, site: Site | None, book: CodeBook) -> Iterator[Finding]:
    for count in visit.counts:
        place = of_count(count.outcome)
        if not book.has("outcome", count.outcome):
            yield Finding(place, "Choose what happened from the list.", True)
        elif count.reason is not None and not is_reason_of(count.outcome, count.reason, book):
            label = book.label("outcome", count.outcome)
            yield Finding(place, f"The reason does not go with “{label}”.", True)
        for list_name in ("gender", "age_group", "ethnicity"):
            code = getattr(count, list_name)
            if code is not None and not book.has(list_name, code):
                named = list_name.replace("_", " ")
                yield Finding(place, f"Choose the {named} from the list.", True)
    yield from _whole(visit, scheme)
    yield from _capacity(visit, scheme, site)


def _capacity(visit: Visit, scheme: Scheme, site: Site | None) -> Iterator[Finding]:
    """Two people in a cell are possible, so it only warns."""
    if visit.present is None or site is None or site.cells is None or visit.present <= site.cells:
        return
    custody = scheme.kind is Kind.CUSTODY
    there, places = ("in custody", "cells") if custody else ("on site", "kennels")
    yield Finding(
        Place("present"),
        f"{visit.present} {there}, but {site.name} has {site.cells} {places}.",
        False,
    )


def is_reason_of(outcome: str, reason: str, book: CodeBook) -> bool:
    """Whether a reason may be given for an outcome: it has the outcome's group, or no group."""
    return any(e.code == reason and e.group in ("", outcome) for e in book["outcome_reason"])


def _whole(visit: Visit, scheme: Scheme) -> Iterator[Finding]:
    """The parts and the whole. Visitors may not know how many animals are on site."""
    custody = scheme.kind is Kind.CUSTODY
    if visit.present is None:
        if visit.counts and custody:
            yield Finding(Place("present"), "Enter how many were in custody.", True)
    elif visit.present < 0:
        yield Finding(Place("present"), "The number can't be negative.", True)
    elif visit.accounted != visit.present:
        there = "in custody" if custody else "on site"
        yield Finding(
            Place("present"),
            f"{visit.present} {there}, but the parts add up to {visit.accounted}.",
            True,
        )


def _issues(visit: Visit, book: CodeBook) -> Iterator[Finding]:
    for issue in visit.issues:
        coded = (
            ("issue_category", issue.category, "category"),
            ("issue_origin", issue.origin, "origin"),
            ("issue_status", issue.status, "status"),
        )
        for list_name, code, meaning in coded:
            if not book.has(list_name, code):
                yield Finding(
                    Place("issues"), f"Choose the {meaning} of the issue from the list.", True
                )


def _overlaps(others: Sequence[Visit]) -> Iterator[Finding]:
    for other in others:
        named = f" ({other.ref})" if other.ref else ""
        yield Finding(
            Place("arrived"),
            f"Another visit to this site overlaps{named}. It may be the same visit.",
            False,
        )
