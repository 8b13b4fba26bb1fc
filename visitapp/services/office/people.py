"""The register: who is in which scheme, and since when."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import GroupKind
from visitapp.domain.office.people import Clearance, Myself, Person
from visitapp.domain.office.same_person import is_still_there, own_file, own_part
from visitapp.domain.office.status_change import LEFT, StatusChange
from visitapp.domain.office.status_history import (
    changes_between,
    changes_of_removed,
    without_change,
)
from visitapp.domain.office.volunteer_file import VolunteerFile
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.text.folding import folded, namesake
from visitapp.persistence import groups, same_person, schemes, status_changes, volunteer_files
from visitapp.persistence import people as stored
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.own_records import myself
from visitapp.services.roles import MANAGER, VISITOR, changes, reads

if TYPE_CHECKING:
    from visitapp.domain.office.award import Award
    from visitapp.domain.register_import import PersonEntry


_OF_THE_OTHER = (
    "What you took away comes from an entry that counts together with this one. Undo that first."
)


class PeopleService:
    """Everyone can read it; only the manager can change it."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, noted=RecordKind.PERSON)
    def people(self, scheme_id: UUID | None = None) -> tuple[Person, ...]:
        """Everybody by name, or everybody who is or was in one scheme. In a visitor's copy the
        dates of others' vetting and training are left out."""
        with self._access.database.reading() as connection:
            persons = stored.people(connection)
            if me := myself(connection, self._access):
                persons = [_without_clearance(person, me) for person in persons]
        return tuple(
            person
            for person in persons
            if scheme_id is None or person.membership(scheme_id) is not None
        )

    @reads(MANAGER, noted=RecordKind.PERSON)
    def files(self) -> dict[UUID, VolunteerFile]:
        """What only the office keeps of each person, by their id."""
        with self._access.database.reading() as connection:
            return volunteer_files.files(connection, stored.people(connection))

    @reads(MANAGER, noted=RecordKind.PERSON)
    def history(self) -> Mapping[UUID, Sequence[StatusChange]]:
        """The changes of status of each person, also those that were withdrawn, oldest first."""
        with self._access.database.reading() as connection:
            return status_changes.every_change(connection)

    @reads(MANAGER, noted=RecordKind.PERSON)
    def awards_due(self, on: date | None = None) -> "tuple[Award, ...]":
        """The long-service awards that are due on a day (today by default) or soon, soonest
        first."""
        from visitapp.services.office.awards import awards

        with self._access.database.reading() as connection:
            return awards(connection, on or self._access.today())

    @reads(MANAGER, noted=RecordKind.PERSON)
    def save_certificate(
        self, person_id: UUID, years: int, target: Path, *, force: bool = False
    ) -> None:
        """Write the certificate for so many years of service as an accessible PDF.

        Raises BadInputError for somebody who has not served as long, for another suffix, or if
        something with that name exists, unless `force`.
        """
        from visitapp.reporting.pdf.certificate import certificate_pdf
        from visitapp.services.office.awards import certificate_words
        from visitapp.services.saving import must_be_free, save_document

        if target.suffix.lower() != ".pdf":
            raise BadInputError("A certificate is saved as .pdf. End the file name with it.")
        must_be_free(target, force=force)
        with self._access.database.reading() as connection:
            words = certificate_words(connection, person_id, years, self._access.today())
        save_document(target, certificate_pdf(words), force=force)

    @changes(MANAGER)
    def save(
        self,
        person: Person,
        file: VolunteerFile | None = None,
        dated: Sequence[StatusChange] = (),
    ) -> Changes:
        """Add or change a person, with their file if it is to be changed. What is not `dated` of a
        change of status is dated today.

        Raises BadInputError for memberships that contradict each other, and for a name that is
        taken.
        """
        with self._access.database.transaction() as connection:
            self._write(connection, person, file, dated)
        return Changes.PEOPLE

    @changes(MANAGER)
    def save_all(self, entries: Iterable["PersonEntry"]) -> Changes:
        """Add or change several people, or none if one of them can't be saved. Raises as `save`,
        and ConflictError for somebody who was changed elsewhere."""
        with self._access.database.transaction() as connection:
            for entry in entries:
                self._write(connection, entry.person, entry.file, entry.dated)
        return Changes.PEOPLE

    def _write(
        self,
        connection: Connection,
        person: Person,
        file: VolunteerFile | None,
        dated: Sequence[StatusChange],
    ) -> None:
        if problem := person.problem_of_memberships():
            raise BadInputError(problem)
        _must_fit(connection, person)
        before = next((p for p in stored.people(connection) if p.id == person.id), None)
        _write_own(connection, person, before)
        own = () if before is None else before.memberships
        new = changes_between(own, person.memberships, dated, self._access.today())
        who, now = self._access.actor.name, self._access.now()
        signed = (replace(c, by=who, at=now) if c.from_on or c in dated else c for c in new)
        status_changes.add_changes(connection, person.id, signed)
        for change in changes_of_removed(own, person.memberships):
            status_changes.withdraw(connection, change.id, who, now)
        if file is not None:
            _write_file(connection, file)

    @changes(MANAGER)
    def withdraw_change(self, person_id: UUID, change_id: UUID) -> Changes:
        """Note that a change of status was entered by mistake: the one before it holds again.
        Raises BadInputError for one that nothing came before."""
        who, now = self._access.actor.name, self._access.now()
        with self._access.database.transaction() as connection:
            person = next((p for p in stored.people(connection) if p.id == person_id), None)
            if person is None:
                raise BadInputError("This person is no longer in the register.")
            memberships = without_change(person.memberships, change_id, self._access.today())
            status_changes.withdraw(connection, change_id, who, now)
            _write_own(connection, replace(person, memberships=memberships), person)
        return Changes.PEOPLE

    @changes(MANAGER)
    def leave(
        self, person_id: UUID, scheme_id: UUID, on: date, reason: str | None = None
    ) -> Changes:
        """Record that a person left a scheme on a day; they stay in the register. Raises
        BadInputError if they aren't in that scheme."""
        person = next((p for p in self.people() if p.id == person_id), None)
        current = None if person is None else person.membership(scheme_id)
        if person is None or current is None:
            raise BadInputError("This person is not in that scheme.")
        left = replace(current, left_on=on, status=LEFT, leaving_reason=reason)
        memberships = tuple(left if m is current else m for m in person.memberships)
        return self.save(replace(person, memberships=memberships))


def _without_clearance(person: Person, me: Myself) -> Person:
    return person if person.id == me.person_id else replace(person, clearance=Clearance())


def _write_own(connection: Connection, person: Person, shown: Person | None) -> None:
    """Write a person, of somebody who counts together with another only what is their own.

    Raises BadInputError for days that come from the other's entry.
    """
    if shown is None:
        stored.save_person(connection, person)
        return
    if shown.same_as is not None:
        raise BadInputError(f"{shown.name} counts as somebody else. Undo that first.")
    if person.id not in same_person.kept_of(connection).values():
        stored.save_person(connection, person)
        return
    own = next(item for item in stored.entries(connection) if item.id == person.id)
    stored.save_person(connection, own_part(person, shown, own))
    now = next(item for item in stored.people(connection) if item.id == person.id)
    if set(now.memberships) != set(person.memberships):
        raise BadInputError(
            "These days come from an entry that counts together with this one. Undo that first."
        )
    if is_still_there(person.clearance, now.clearance):
        raise BadInputError(_OF_THE_OTHER)


def _write_file(connection: Connection, file: VolunteerFile) -> None:
    """Write a file, of somebody who counts together with another only what is their own. Raises
    BadInputError if something of the other's was to go."""
    if file.person_id not in same_person.kept_of(connection).values():
        volunteer_files.save_file(connection, file)
        return
    register = stored.people(connection)
    shown = volunteer_files.files(connection, register)[file.person_id]
    own = volunteer_files.own_files(connection, register)[file.person_id]
    volunteer_files.save_file(connection, own_file(file, shown, own))
    now = volunteer_files.files(connection, register)[file.person_id]
    if set(now.credentials) != set(file.credentials) or is_still_there(file, now):
        raise BadInputError(_OF_THE_OTHER)


def _must_fit(connection: Connection, person: Person) -> None:
    """Raises BadInputError for a name that is taken, or a code that the scheme doesn't have."""
    if not folded(person.name):
        raise BadInputError("Enter the person’s name.")
    names = {other.id: other.name for other in stored.people(connection)}
    if same := namesake(person.name, names.pop(person.id, None), names.values()):
        raise BadInputError(f"{same} is already in the register. Add something to tell them apart.")
    panels = {(p.scheme_id, p.id) for p in groups.groups(connection) if p.kind is GroupKind.PANEL}
    wanted = {(item.scheme_id, item.membership.group_id) for item in person.panels}
    if any(panel_id and (scheme_id, panel_id) not in panels for scheme_id, panel_id in wanted):
        raise BadInputError("Choose panels of the person’s own schemes.")
    for membership in person.memberships:
        book = schemes.codes(connection, membership.scheme_id)
        if not book.has("volunteer_status", membership.status):
            raise BadInputError("Choose the person's status from the list.")
        reason = membership.leaving_reason
        if reason is not None and not book.has("leaver_reason", reason):
            raise BadInputError("Choose the reason for leaving from the list.")
