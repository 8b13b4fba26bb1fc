"""Long-service awards: for how many years, to whom, and when they are due."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.credential import CredentialKind
from visitapp.domain.office.people import Membership, Person
from visitapp.domain.office.volunteer_file import VolunteerFile

EVERY_YEARS = 3
"""One for every three years (the scheme's published report of 2023/24) until the office has a list
of its own."""
LATE_DAYS = 365
"""An award of longer ago is taken as handed over before anybody noted it."""
SOON_DAYS = 90
"""So long before the day an award is said to be due, to have the certificate ready."""


@dataclass(frozen=True, slots=True)
class Award:
    """The award for so many years of service, which are complete on a day."""

    person: Person
    years: int
    due_on: date


def service_began(memberships: Iterable[Membership], day: date) -> date | None:
    """The day from which unbroken service would be as long: years before an interruption count,
    the interruption doesn't. None if somebody isn't a volunteer on that day, or if a day of
    joining is not known."""
    mine = [m for m in memberships if m.joined_on <= day and not m.is_applicant_on(day)]
    if not mine or all(m.has_ended_by(day) for m in mine) or any(m.joined_unknown for m in mine):
        return None
    served, end = timedelta(), date.min
    for membership in sorted(mine, key=lambda m: m.joined_on):
        start = max(membership.joined_on, end)
        last = min(membership.left_on or day, day) + timedelta(days=1)
        served += max(last - start, timedelta())
        end = max(end, last)
    return day + timedelta(days=1) - served


def full_years(began: date, day: date) -> int:
    """The full years from one day to another."""
    return day.year - began.year - ((day.month, day.day) < (began.month, began.day))


def awards_due(
    people: Iterable[Person],
    files: Mapping[UUID, VolunteerFile],
    listed: tuple[int, ...],
    day: date,
) -> tuple[Award, ...]:
    """The latest award that each volunteer has earned, or earns soon, and hasn't been handed;
    soonest first. `listed` are the office's own numbers of years, if it has any."""
    due = (_due(person, files.get(person.id), listed, day) for person in people)
    known = [award for award in due if award is not None]
    return tuple(sorted(known, key=lambda award: (award.due_on, award.person.name)))


def _due(
    person: Person, file: VolunteerFile | None, listed: tuple[int, ...], day: date
) -> Award | None:
    began = service_began(person.memberships, day)
    if began is None:
        return None
    years = full_years(began, day + timedelta(days=SOON_DAYS))
    earned = [n for n in listed if n <= years] if listed else [years - years % EVERY_YEARS]
    most = max(earned, default=0)
    handed = {
        item.name.split()[0]
        for item in (() if file is None else file.credentials)
        if item.kind is CredentialKind.AWARD and item.name
    }
    if not most or str(most) in handed:
        return None
    due_on = _years_on(began, most)
    return Award(person, most, due_on) if (day - due_on).days <= LATE_DAYS else None


def _years_on(began: date, years: int) -> date:
    is_leap_day = (began.month, began.day) == (2, 29)
    return began.replace(year=began.year + years, day=28 if is_leap_day else began.day)
