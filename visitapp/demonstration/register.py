"""The register of the demonstration, what is known of its people, and the meetings they came to."""

from collections.abc import Sequence
from datetime import date

from visitapp.demonstration.claims import demonstration_claims
from visitapp.demonstration.meetings import demonstration_meetings, save_edited
from visitapp.demonstration.volunteers import (
    area_populations,
    monitoring_answers,
    volunteer_files,
)
from visitapp.domain.office.people import Person
from visitapp.persistence import monitoring, people
from visitapp.persistence.claims import add as add_claim
from visitapp.persistence.database import Connection
from visitapp.persistence.volunteer_files import save_file


def write_people(
    connection: Connection, register: Sequence[Person], manager: str, today: date | None
) -> None:
    """Write the register, and all that belongs to its people."""
    assert today is not None
    for person in register:
        people.save_person(connection, person)
    for file in volunteer_files(register, today):
        save_file(connection, file)
    for answers in monitoring_answers(register):
        monitoring.save_answers(connection, answers)
    for population in area_populations():
        monitoring.save_population(connection, population)
    for meeting in demonstration_meetings(register, manager):
        save_edited(connection, meeting, manager)
    for claim in demonstration_claims(register, manager, today):
        add_claim(connection, claim)
