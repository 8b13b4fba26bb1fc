"""The office's volunteers and their time in its schemes."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.people import Membership, Person
from visitapp.persistence import tables as t
from visitapp.persistence.rows import save_parts, save_row


def people(connection: Connection) -> list[Person]:
    """Everybody in the register, by name."""
    memberships: dict[UUID, list[Membership]] = defaultdict(list)
    for row in connection.execute(select(t.membership).order_by(t.membership.c.joined_on)):
        memberships[row.person_id].append(
            Membership(row.scheme_id, row.joined_on, row.left_on, row.status, row.leaving_reason)
        )
    found = [
        Person(row.id, row.name, tuple(memberships[row.id]), row.version)
        for row in connection.execute(select(t.person))
    ]
    return sorted(found, key=lambda person: (person.name.casefold(), str(person.id)))


def save_person(connection: Connection, item: Person) -> None:
    """Write a person with their memberships."""
    values = {"id": item.id, "name": item.name.strip()}
    version = save_row(connection, t.person, values, item.version)
    parts = (
        (
            f"{membership.scheme_id}/{membership.joined_on}",
            {
                "scheme_id": membership.scheme_id,
                "joined_on": membership.joined_on,
                "left_on": membership.left_on,
                "status": membership.status,
                "leaving_reason": membership.leaving_reason,
            },
        )
        for membership in item.memberships
    )
    save_parts(connection, t.membership, {"person_id": item.id}, version, parts)
