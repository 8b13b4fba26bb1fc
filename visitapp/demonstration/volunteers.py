"""How the demonstration's volunteers are reached, and their identity cards: all invented."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.people import Clearance, Person
from visitapp.domain.office.volunteer_file import VolunteerFile, new_file
from visitapp.domain.text.folding import folded

_CARD_YEARS = timedelta(days=3 * 365)
_SOON = (5, 20, 72)
"""Days until the first cards run out; the others follow later."""
_LATER, _APART = 110, 27
_VETTED, _UNENTERED = 400, 5
_IN_CITY = (0, 3, 6)
"""Of each eight: six of sixteen live in the city, as was published."""


def clearance_of(number: int, today: date) -> Clearance:
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
            credentials=(card,),
        )
