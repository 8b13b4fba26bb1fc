"""The plain register: who is in which scheme, and since when."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.people import Person
from visitapp.persistence import people as stored
from visitapp.services.access import Access


class PeopleService:
    """Read by everyone, changed by the manager."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def people(self, scheme_id: UUID | None = None) -> tuple[Person, ...]:
        """Everybody by name, or those who are or were in one scheme."""
        with self._access.database.reading() as connection:
            found = stored.people(connection)
        return tuple(
            person
            for person in found
            if scheme_id is None or person.membership(scheme_id) is not None
        )

    def save(self, person: Person) -> Changes:
        """Add or change a person."""
        self._access.must_manage()
        namesakes = [
            other
            for other in self.people()
            if other.id != person.id and other.name.casefold() == person.name.strip().casefold()
        ]
        if namesakes:
            raise BadInputError(
                f"There is a {namesakes[0].name} already; add something to tell them apart."
            )
        if problem := person.problem_of_memberships():
            raise BadInputError(problem)
        with self._access.database.transaction() as connection:
            stored.save_person(connection, person)
        return Changes.PEOPLE

    def leave(
        self, person_id: UUID, scheme_id: UUID, on: date, reason: str | None = None
    ) -> Changes:
        """Record that a person left a scheme on a day; they stay in the register."""
        person = next((p for p in self.people() if p.id == person_id), None)
        current = person and person.membership(scheme_id)
        if person is None or current is None:
            raise BadInputError("This person is not in that scheme.")
        left = replace(current, left_on=on, status="LEFT", leaving_reason=reason)
        memberships = tuple(left if m is current else m for m in person.memberships)
        return self.save(replace(person, memberships=memberships))
