"""What only the office keeps of volunteers."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.people import Person
from visitapp.domain.office.same_person import files_together
from visitapp.domain.office.volunteer_file import VolunteerFile, divided_name, new_file
from visitapp.persistence import people_tables as pt
from visitapp.persistence import same_person
from visitapp.persistence.rows import save_parts, save_row

_FIELDS = ("given_name", "surname", "telephone", "email", "home_area", "buddy_id")


def files(connection: Connection, people: Iterable[Person]) -> dict[UUID, VolunteerFile]:
    """The file of each person; of two who are the same the kept one's has what the other's has,
    and all that either holds. The name is divided again where it was changed elsewhere, as by an
    import."""
    register = tuple(people)
    known = own_files(connection, register)
    same_as = {person.id: person.same_as for person in register if person.same_as is not None}
    for file in known.values():
        if file.buddy_id in same_as:
            known[file.person_id] = replace(file, buddy_id=same_as[file.buddy_id])
    for person in register:
        if person.same_as is not None:
            kept = known[person.same_as]
            known[person.same_as] = files_together(kept, known[person.id])
            known[person.id] = replace(known[person.id], credentials=())
    return known


def own_files(connection: Connection, people: Iterable[Person]) -> dict[UUID, VolunteerFile]:
    """The file of each person as it was entered."""
    held: defaultdict[UUID, list[Credential]] = defaultdict(list)
    columns = pt.credential.c
    days = (columns.from_on.nulls_first(), columns.until_on, columns.kind, columns.name)
    for row in connection.execute(select(pt.credential).order_by(*days)):
        kind = CredentialKind(row.kind)
        held[row.person_id].append(
            Credential(kind, row.name, row.from_on, row.until_on, row.minutes)
        )
    kept = {
        row.person_id: VolunteerFile(
            credentials=tuple(held[row.person_id]),
            version=row.version,
            person_id=row.person_id,
            **{name: getattr(row, name) for name in _FIELDS},
        )
        for row in connection.execute(select(pt.volunteer_file))
    }
    return {person.id: _of_name(kept.get(person.id), person) for person in people}


def telephones(connection: Connection) -> dict[UUID, str]:
    """The telephone numbers that are known, by person."""
    file = pt.volunteer_file.c
    rows = connection.execute(select(file.person_id, file.telephone).where(file.telephone != ""))
    known = {row.person_id: row.telephone for row in rows}
    return same_person.under_kept(connection, known)


def home_areas(connection: Connection) -> dict[UUID, str]:
    """The home areas that are known, by person."""
    file = pt.volunteer_file.c
    rows = connection.execute(select(file.person_id, file.home_area).where(file.home_area != ""))
    known = {row.person_id: row.home_area.strip() for row in rows}
    return same_person.under_kept(connection, known)


def _of_name(kept: VolunteerFile | None, person: Person) -> VolunteerFile:
    if kept is None:
        return new_file(person.id, person.name)
    if kept.name == person.name:
        return kept
    given_name, surname = divided_name(person.name)
    return replace(kept, given_name=given_name, surname=surname)


def save_file(connection: Connection, item: VolunteerFile) -> None:
    """Write one person's file. Raises ConflictError if it was changed elsewhere."""
    owner = {"person_id": item.person_id}
    values = {name: getattr(item, name) for name in _FIELDS} | owner | {"id": item.person_id}
    version = save_row(connection, pt.volunteer_file, values, item.version)
    parts = (
        (
            f"{held.kind}/{held.name}/{held.from_on}/{held.until_on}",
            {
                "kind": held.kind.value,
                "name": held.name,
                "from_on": held.from_on,
                "until_on": held.until_on,
                "minutes": held.minutes,
            },
        )
        for held in dict.fromkeys(item.credentials)
    )
    save_parts(connection, pt.credential, owner, version, parts)
