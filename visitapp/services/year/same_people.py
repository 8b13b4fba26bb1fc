"""Entries of the register that are of the same person: counted together by decision, and apart."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.people import Person
from visitapp.domain.office.same_entry import SameEntry
from visitapp.domain.office.same_person import (
    Alike,
    CountedTogether,
    EntryCount,
    joined_before,
    why_not_same,
)
from visitapp.domain.period import Period
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.wording import long_date
from visitapp.domain.year.volunteer_hours import TimeKind, TimeLine, VolunteerHours
from visitapp.persistence import exchange, people, plans, same_person, volunteer_files
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, changes, reads
from visitapp.services.year.hours import hours_of


class SamePeopleService:
    """Decisions are added and withdrawn; no row of the two entries is ever rewritten."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.PERSON)
    def decisions(self) -> Sequence[SameEntry]:
        """What was decided of people who are in the register twice, also what was withdrawn, oldest
        first."""
        with self._access.database.reading() as connection:
            return same_person.decisions(connection)

    @reads(MANAGER, noted=RecordKind.PERSON)
    def others(self, person_id: UUID) -> tuple[Alike, ...]:
        """Everybody else who isn't counted as somebody else, those first who look like this
        person."""
        from visitapp.exchange.alike_people import alike_by

        with self._access.database.reading() as connection:
            register = people.people(connection)
            files = volunteer_files.files(connection, register)
        alike = [
            Alike(other, alike_by(files[person_id], files[other.id]))
            for other in register
            if other.id != person_id and other.same_as is None
        ]
        return tuple(sorted(alike, key=lambda item: not item.by))

    @reads(MANAGER, noted=RecordKind.PERSON)
    def together(self, person_id: UUID, kept_id: UUID) -> CountedTogether:
        """What is counted of two people from the first day to today, and would be of both as one.

        Raises BadInputError for two who can't be the same.
        """
        with self._access.database.reading() as connection:
            person, kept = _fitting(connection, person_id, kept_id, self._access.today())
            ever = Period(date.min, self._access.today())
            hours = {item.person.id: item for item in hours_of(connection, ever)}
        own, other = hours[kept_id], hours[person_id]
        more = [line for line in other.lines if line not in own.lines]  # a meeting of both is one
        return CountedTogether(
            person=person,
            of_person=_counted(person, other.lines),
            kept=kept,
            of_kept=_counted(kept, own.lines),
            together=_counted(kept, (*own.lines, *more)),
            joined=joined_before(kept.memberships, person.memberships),
        )

    @changes(MANAGER)
    def count_as(self, person_id: UUID, kept_id: UUID, why: str) -> Changes:
        """Decide that two people of the register are the same: all is counted under the kept one.

        Raises BadInputError without a reason, and for two who can't be the same.
        """
        if not why.strip():
            raise BadInputError("Say why the two are the same person.")
        with self._access.database.transaction() as connection:
            _fitting(connection, person_id, kept_id, self._access.today())
            by, at = self._access.actor.name, self._access.now()
            decision = SameEntry(uuid4(), person_id, kept_id, why.strip(), by, at)
            same_person.add(connection, decision)
        return _CHANGES

    @changes(MANAGER)
    def count_apart(self, decision_id: UUID) -> Changes:
        """Withdraw a decision: the two are counted as before it. Raises BadInputError if that was
        done."""
        by, at = self._access.actor.name, self._access.now()
        with self._access.database.transaction() as connection:
            if not same_person.withdraw(connection, decision_id, by, at):
                raise BadInputError("This decision was withdrawn before.")
        return _CHANGES


_CHANGES = Changes.PEOPLE | Changes.VISITS | Changes.HOURS | Changes.MEETINGS | Changes.PLANS


def _fitting(
    connection: Connection, person_id: UUID, kept_id: UUID, today: date
) -> tuple[Person, Person]:
    """The two, who can be the same person. Raises BadInputError for others."""
    register = {person.id: person for person in people.people(connection)}
    if person_id not in register or kept_id not in register:
        raise BadInputError("This person is no longer in the register.")
    person, kept = register[person_id], register[kept_id]
    if problem := why_not_same(person, kept, same_person.decisions(connection)):
        raise BadInputError(problem)
    if same_person.were_together(connection, person_id, kept_id):
        raise BadInputError(
            f"{person.name} and {kept.name} are both named for one visit, so they are two people."
        )
    joined_as = {copy.person_id for copy in exchange.other_copies(connection)}
    if person_id in joined_as | {item.person_id for item in exchange.invitations(connection)}:
        raise BadInputError(
            f"{person.name} has a copy of visitapp, or was invited to one. "
            f"Keep the entry of {person.name} instead."
        )
    last = plans.last_planned_of(connection, person_id)
    if last is not None and last >= today:
        raise BadInputError(
            f"{person.name} is planned for visits until {long_date(last)}. "
            f"Keep the entry of {person.name} instead, or plan {kept.name} for them first."
        )
    return person, kept


def _counted(person: Person, lines: Sequence[TimeLine]) -> EntryCount:
    hours = VolunteerHours(person, tuple(lines))
    return EntryCount(hours.number_of(TimeKind.VISIT), hours.minutes)
