"""The demonstration's volunteers, how they are reached, and their identity cards: all invented."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from visitapp.demonstration.source import day_of, demonstration_id
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.monitoring import (
    AreaPopulation,
    Characteristic,
    MonitoringAnswers,
)
from visitapp.domain.office.people import Clearance, Membership, Person
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.office.volunteer_file import VolunteerFile, new_file
from visitapp.domain.text.folding import folded

_CARD_YEARS = timedelta(days=3 * 365)
_SOON = (5, 20, 72)
"""Days until the first cards run out; the others follow later."""
_LATER, _APART = 110, 27
_VETTED, _UNENTERED = 400, 5
_INDUCTION = timedelta(days=49)
_COURSES = {
    "Mental health in custody": date(2023, 10, 11),
    "Safeguarding": date(2024, 2, 5),
    "Appropriate adults": date(2024, 10, 9),
}
_ONLINE = ("Safeguarding",)
_HOURS = 3 * 60
_IN_CITY = (0, 3, 6)
"""Of each eight: six of sixteen live in the city, as was published."""
_PROFILES = {
    Characteristic.GENDER: "female male female male female female male female",
    Characteristic.AGE: "60 50 60 50 70 60 30 50 40 60 50 30 60 70 50 60 40 60",
    Characteristic.DISABILITY: "no no no yes no no no no",
}
"""What people answered, one after the other, and then from the beginning."""
_AREA = {
    Characteristic.GENDER: {"FEMALE": 560_000, "MALE": 545_000},
    Characteristic.AGE: {
        "18": 38_000,
        "20": 155_000,
        "30": 145_000,
        "40": 140_000,
        "50": 145_000,
        "60": 120_000,
        "70": 90_000,
        "80": 52_000,
    },
}


def listed_people(
    listed: Iterable[dict[str, Any]], schemes: Mapping[Kind, Scheme], today: date
) -> Iterable[Person]:
    """The people of the list, with their memberships and days of vetting."""
    for number, entry in enumerate(listed):
        memberships = tuple(
            _membership(schemes[kind].id, *entry[kind.value])
            for kind in Kind
            if kind.value in entry
        )
        person_id, clearance = (
            demonstration_id("person", entry["name"]),
            _clearance(number, today),
        )
        yield Person(person_id, entry["name"], memberships, clearance)


def _membership(
    scheme_id: UUID,
    joined: str,
    left: str | None = None,
    status: str = "ACTIVE",
    reason: str | None = None,
) -> Membership:
    return Membership(scheme_id, day_of(joined), day_of(left) if left else None, status, reason)


def _clearance(number: int, today: date) -> Clearance:
    """Vetting lasts for years; that of each eighth person was never entered."""
    if number % 8 == _UNENTERED:
        return Clearance()
    return Clearance(vetted_until=today + timedelta(days=_VETTED + _APART * number))


def volunteer_files(people: Iterable[Person], today: date) -> Iterable[VolunteerFile]:
    """The files of those who are in a scheme. No telephone rings at these numbers, which are kept
    free for drama."""
    still = [p for p in people if any(not m.has_ended_by(today) for m in p.memberships)]
    for number, person in enumerate(still):
        left = _SOON[number] if number < len(_SOON) else _LATER + _APART * number
        until = today + timedelta(days=left)
        card = Credential(CredentialKind.CARD, "", until - _CARD_YEARS, until)
        yield replace(
            new_file(person.id, person.name),
            telephone=f"07700 900{number:03}",
            email=f"{folded(person.name)}@example.org",
            home_area="Leicester" if number % 8 in _IN_CITY else "Leicestershire",
            credentials=(card, *_training(person, number)),
        )


def _training(person: Person, number: int) -> Iterator[Credential]:
    """Induction in the first months, and what all took one autumn after the other."""
    joined = min(membership.joined_on for membership in person.memberships)
    yield Credential(CredentialKind.COURSE, "Induction", joined + _INDUCTION, minutes=_HOURS)
    for name, first_on in _COURSES.items():
        if joined < first_on and number % 5:
            kind = CredentialKind.E_LEARNING if name in _ONLINE else CredentialKind.COURSE
            day = first_on + timedelta(days=number % 3 * 7)
            length = None if name in _ONLINE else _HOURS  # nobody noted those of a module
            yield Credential(kind, name, day, minutes=length)


def monitoring_answers(people: Iterable[Person]) -> Iterator[MonitoringAnswers]:
    """What each of them answered for equality monitoring, as if all of them had."""
    for number, person in enumerate(people):
        listed = {what: codes.upper().split() for what, codes in _PROFILES.items()}
        answers = {what: codes[number % len(codes)] for what, codes in listed.items()}
        yield MonitoringAnswers(person.id, answers)


def area_populations() -> Iterator[AreaPopulation]:
    """The people of the area, in round numbers."""
    for characteristic, numbers in _AREA.items():
        yield AreaPopulation(characteristic, numbers, "round numbers, invented")
