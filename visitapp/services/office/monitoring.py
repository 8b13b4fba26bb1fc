"""Equality monitoring: what volunteers answered, and the people of the area beside them."""

from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.monitoring import AreaPopulation, Characteristic, MonitoringAnswers
from visitapp.domain.records.record_kind import RecordKind
from visitapp.persistence import monitoring as stored
from visitapp.persistence import people, same_person
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, changes, reads


class MonitoringService:
    """For the manager alone, and one person at a time: nothing lists the answers."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.MONITORING)
    def of(self, person_id: UUID) -> MonitoringAnswers:
        """What a person answered, if anything: under the entry of the register that has it."""
        with self._access.database.reading() as connection:
            known = same_person.under_kept(connection, stored.answers(connection))
            return known.get(person_id, MonitoringAnswers(person_id))

    @changes(MANAGER)
    def save(self, item: MonitoringAnswers) -> Changes:
        """Save answers of today, or erase all that the person answered if there are none. Raises
        BadInputError for somebody who isn't in the register."""
        with self._access.database.transaction() as connection:
            if item.person_id not in {person.id for person in people.people(connection)}:
                raise BadInputError("This person is no longer in the register.")
            today = self._access.today()
            stored.save_answers(connection, replace(item, answered_on=today))
            if not item.answers:
                _erase_others(connection, item.person_id)
        return Changes.PEOPLE

    @reads(MANAGER)
    def populations(self) -> dict[Characteristic, AreaPopulation]:
        """The people of the area, by characteristic."""
        with self._access.database.reading() as connection:
            known = stored.populations(connection)
        return {c: known.get(c, AreaPopulation(c)) for c in Characteristic}

    @changes(MANAGER)
    def save_population(self, item: AreaPopulation) -> Changes:
        """Save the people of the area by one characteristic."""
        with self._access.database.transaction() as connection:
            stored.save_population(connection, item)
        return Changes.SETTINGS


def _erase_others(connection: Connection, person_id: UUID) -> None:
    """Erase what is left under other entries of the same person."""
    kept, known = same_person.kept_of(connection), stored.answers(connection)
    whom = kept.get(person_id, person_id)
    for entry_id in {whom, *(other for other, by in kept.items() if by == whom)} & known.keys():
        stored.save_answers(connection, replace(known[entry_id], answers={}))
