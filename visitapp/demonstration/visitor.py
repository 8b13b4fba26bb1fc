"""The copy of an invented visitor: it joined the demonstration's office by an invitation, and
holds what that visitor signed lately."""

from collections.abc import Iterable

from visitapp.demonstration.source import demonstration_id
from visitapp.domain.report.visit import Visit
from visitapp.persistence import ledger, people, visits
from visitapp.persistence.database import Database

NAME = "Jaswant Copperwheat"
PERSON_ID = demonstration_id("person", NAME)


def fill(database: Database, signed: Iterable[Visit]) -> None:
    """Write those of the office's reports that this visitor made, with people whom the copy
    knows."""
    with database.transaction() as connection:
        known = {person.id for person in people.people(connection)}
        own = [
            visit
            for visit in signed
            if PERSON_ID in visit.visitors and known.issuperset(visit.visitors + visit.observers)
        ]
        visits.insert_visits(connection, own)
        ledger.append(connection, ledger.signed(own, NAME))
