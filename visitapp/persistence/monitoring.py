"""What volunteers answered for equality monitoring, and the people of the area."""

from uuid import UUID, uuid5

from sqlalchemy import Connection, select

from visitapp.domain.office.monitoring import AreaPopulation, Characteristic, MonitoringAnswers
from visitapp.persistence.office_tables import area_population
from visitapp.persistence.people_tables import monitoring
from visitapp.persistence.rows import remove_row, save_row
from visitapp.persistence.stored_json import from_json, to_json

_POPULATIONS = UUID("c9a1f0d2-0f5e-4b0c-9d55-2b8d6d0f7a13")
"""The namespace of the ids of populations; never to be changed."""


def answers(connection: Connection) -> dict[UUID, MonitoringAnswers]:
    """The answers of each person who gave any."""
    return {
        row.person_id: MonitoringAnswers(
            row.person_id,
            {c: code for c in Characteristic if (code := getattr(row, c.value))},
            row.answered_on,
            row.version,
        )
        for row in connection.execute(select(monitoring))
    }


def save_answers(connection: Connection, item: MonitoringAnswers) -> None:
    """Write one person's answers, or erase them if there are none. Raises ConflictError if they
    were changed elsewhere."""
    if not item.answers:
        remove_row(connection, monitoring, item.person_id, item.version)
        return
    values = {c.value: item.answers.get(c, "") for c in Characteristic}
    whose = {"id": item.person_id, "person_id": item.person_id, "answered_on": item.answered_on}
    save_row(connection, monitoring, whose | values, item.version)


def populations(connection: Connection) -> dict[Characteristic, AreaPopulation]:
    """The people of the area by each characteristic that is entered."""
    return {
        Characteristic(row.characteristic): AreaPopulation(
            Characteristic(row.characteristic),
            from_json(row.numbers, dict[str, int]),
            row.source,
            row.version,
        )
        for row in connection.execute(select(area_population))
    }


def save_population(connection: Connection, item: AreaPopulation) -> None:
    """Write the people of the area by one characteristic. Raises ConflictError if it was changed
    elsewhere."""
    values = {
        "id": uuid5(_POPULATIONS, item.characteristic),
        "characteristic": item.characteristic.value,
        "numbers": to_json(dict(item.numbers)),
        "source": item.source.strip(),
    }
    save_row(connection, area_population, values, item.version)
