"""What only the office keeps of volunteers."""

from dataclasses import asdict, replace
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.people import Person
from visitapp.domain.office.volunteer_file import VolunteerFile, divided_name, new_file
from visitapp.persistence import people_tables as pt
from visitapp.persistence.rows import save_row

_FIELDS = ("given_name", "surname", "telephone", "email", "home_area", "version")


def files(connection: Connection, people: list[Person]) -> dict[UUID, VolunteerFile]:
    """The file of each person. The name is divided again where it was changed elsewhere, as by an
    import."""
    kept = {
        row.person_id: VolunteerFile(row.person_id, *(getattr(row, name) for name in _FIELDS))
        for row in connection.execute(select(pt.volunteer_file))
    }
    return {person.id: _of_name(kept.get(person.id), person) for person in people}


def _of_name(kept: VolunteerFile | None, person: Person) -> VolunteerFile:
    if kept is None:
        return new_file(person.id, person.name)
    if kept.name == person.name:
        return kept
    given_name, surname = divided_name(person.name)
    return replace(kept, given_name=given_name, surname=surname)


def save_file(connection: Connection, item: VolunteerFile) -> None:
    """Write one person's file. Raises ConflictError if it was changed elsewhere."""
    values = asdict(item) | {"id": item.person_id}
    save_row(connection, pt.volunteer_file, values, values.pop("version"))
