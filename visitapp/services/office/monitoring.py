"""Equality monitoring: what volunteers answered, and the people of the area beside them."""

from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.monitoring import AreaPopulation, Characteristic, MonitoringAnswers
from visitapp.domain.records.record_kind import RecordKind
from visitapp.persistence import monitoring as stored
from visitapp.persistence import people
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, changes, reads


class MonitoringService:
    """For the manager alone, and one person at a time: nothing lists the answers."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, noted=RecordKind.MONITORING)
    def of(self, person_id: UUID) -> MonitoringAnswers:
        """What a person answered, if anything."""
        with self._access.database.reading() as connection:
            return stored.answers(connection).get(person_id, MonitoringAnswers(person_id))

    @changes(MANAGER)
    def save(self, item: MonitoringAnswers) -> Changes:
        """Save answers of today, or erase them if there are none. Raises BadInputError for somebody
        who isn't in the register."""
        with self._access.database.transaction() as connection:
            if item.person_id not in {person.id for person in people.people(connection)}:
                raise BadInputError("This person is no longer in the register.")
            today = self._access.today()
            stored.save_answers(connection, replace(item, answered_on=today))
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
