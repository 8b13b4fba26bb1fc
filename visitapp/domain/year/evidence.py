"""What an evidence pack for accreditation shows besides the figures: people, training, meetings.

Nobody is named in it: courses, cards and meetings are counted.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.office.credential import CredentialKind, newest
from visitapp.domain.office.meeting import Meeting
from visitapp.domain.office.people import Person
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.period import Period
from visitapp.domain.year.below_minimum import DoneOfMinimum
from visitapp.domain.year.small_numbers import is_small
from visitapp.domain.year.summary import AnnualSummary

_HELD = (CredentialKind.CARD, CredentialKind.TERM, CredentialKind.UNDERTAKING,
         CredentialKind.INTERESTS)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CourseTaken:
    """A course or e-learning module: how many took it in the period, between which days, and for
    how many volunteers it is in date at the end. The days of fewer than five people, which could
    say who they were, are None."""

    title: str
    taken: int
    first_on: date | None
    last_on: date | None
    in_date: int


@dataclass(frozen=True, slots=True)
class HeldByVolunteers:
    """Something that each volunteer should hold, and how many hold it in date."""

    title: str
    in_date: int


@dataclass(frozen=True, slots=True)
class EvidencePack:
    """Everything that the pack shows; `as_at` is today, or the last day if that is over.
    `volunteers` are those in a scheme on that day, applicants apart; `of_minimum` is what those of
    whom a minimum is asked did in the twelve months to that day."""

    summary: AnnualSummary
    as_at: date
    volunteers: int
    courses: tuple[CourseTaken, ...]
    held: tuple[HeldByVolunteers, ...]
    meetings: tuple[Meeting, ...]
    of_minimum: tuple[DoneOfMinimum, ...] = ()


def serving(people: Iterable[Person], day: date) -> tuple[Person, ...]:
    """Who belonged to a scheme on a day, applicants apart."""
    return tuple(
        person
        for person in people
        if any(m.is_of(day) and not m.is_applicant_on(day) for m in person.memberships)
    )


def courses_taken(
    people: Sequence[Person], files: Mapping[UUID, VolunteerFile], period: Period, day: date
) -> tuple[CourseTaken, ...]:
    """Each course that anybody took in the period or holds on its last day so far, by name;
    somebody who took one twice counts once."""
    now = {person.id for person in serving(people, day)}
    titles: dict[tuple[str, str], str] = {}
    taken: dict[tuple[str, str], dict[UUID, date]] = {}
    held: dict[tuple[str, str], int] = {}
    for person in people:
        file = files.get(person.id)
        credentials = () if file is None else file.credentials
        begun = [c for c in credentials if c.is_training and _has_begun(c.from_on, day)]
        for item in begun:
            if item.from_on is not None and item.from_on in period:
                titles.setdefault(item.subject, item.title)
                taken.setdefault(item.subject, {})[person.id] = item.from_on
        if person.id in now:
            for item in newest(begun):
                titles.setdefault(item.subject, item.title)
                held[item.subject] = held.get(item.subject, 0) + _is_in_date(item.until_on, day)
    rows = []
    for subject, title in titles.items():
        days = taken.get(subject, {}).values()
        are_many = bool(days) and not is_small(len(days))
        first, last = (min(days), max(days)) if are_many else (None, None)
        rows.append(CourseTaken(title, len(days), first, last, held.get(subject, 0)))
    return tuple(sorted(rows, key=lambda row: row.title.casefold()))


def held_by(
    people: Sequence[Person], files: Mapping[UUID, VolunteerFile], day: date
) -> Iterator[HeldByVolunteers]:
    """Vetting, identity cards and so on, as far as any are recorded."""
    now = serving(people, day)
    vetted = [person.clearance.vetted_until for person in now if person.clearance.vetted_until]
    if vetted:
        yield HeldByVolunteers("Vetting", sum(_is_in_date(until, day) for until in vetted))
    for kind in _HELD:
        items = [
            item
            for person in now
            if person.id in files
            for item in newest(
                c
                for c in files[person.id].credentials
                if c.kind is kind and _has_begun(c.from_on, day)
            )
        ]
        if items:
            in_date = sum(_is_in_date(item.until_on, day) for item in items)
            yield HeldByVolunteers(kind.label, in_date)


def _has_begun(from_on: date | None, day: date) -> bool:
    return from_on is None or from_on <= day


def _is_in_date(until_on: date | None, day: date) -> bool:
    return until_on is None or until_on >= day
