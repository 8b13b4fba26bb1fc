"""What of a volunteer's runs out soon, or has: vetting, term, identity card, training."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.credential import TRAINING, CredentialKind, newest
from visitapp.domain.office.people import Person
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.text.wording import number_of

NOTICE = (90, 60, 30, 7)
"""So many days before the last one it is said, more urgently each time."""
VETTING = "Vetting"


@dataclass(frozen=True, slots=True)
class Expiry:
    """What of a person's runs out, and its last day. `kind` is None for vetting."""

    person: Person
    what: str
    until_on: date
    kind: CredentialKind | None = None

    @property
    def is_training(self) -> bool:
        """Whether it is a course or an e-learning module."""
        return self.kind in TRAINING

    def days_left(self, day: date) -> int:
        """Days until the last one; negative once it is past."""
        return (self.until_on - day).days

    def within(self, day: date) -> int | None:
        """The least of `NOTICE` that it falls within on a day; None if it has run out."""
        left = self.days_left(day)
        return None if left < 0 else min(days for days in NOTICE if left <= days)

    def words(self, day: date) -> str:
        """`Identity card, 5 days`."""
        left = self.days_left(day)
        when = {0: "today", 1: "tomorrow"}.get(left, number_of(left, "day"))
        return f"{self.what}, {when if left >= 0 else 'ended'}"


def expiries(
    people: Iterable[Person], files: Mapping[UUID, VolunteerFile], day: date
) -> tuple[Expiry, ...]:
    """What runs out within the longest notice, or has and was not renewed, of people who were
    appointed and haven't left; soonest first."""
    soon = (
        expiry
        for person in people
        if any(not m.is_applicant_on(day) and not m.has_ended_by(day) for m in person.memberships)
        for expiry in _of(person, files.get(person.id))
        if expiry.days_left(day) <= max(NOTICE)
    )
    return tuple(sorted(soon, key=lambda item: (item.until_on, item.person.name, item.what)))


def _of(person: Person, file: VolunteerFile | None) -> Iterator[Expiry]:
    if person.clearance.vetted_until is not None:
        yield Expiry(person, VETTING, person.clearance.vetted_until)
    for item in newest(() if file is None else file.credentials):
        if item.until_on is not None:
            yield Expiry(person, item.title, item.until_on, item.kind)
