"""The office's volunteers and their time in its schemes."""

from collections import defaultdict
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select

from visitapp.domain.people import Membership, Person
from visitapp.persistence import tables as t
from visitapp.persistence.schemes import save_row


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
    save_row(connection, t.person, {"id": item.id, "name": item.name.strip()}, item.version)
    connection.execute(delete(t.membership).where(t.membership.c.person_id == item.id))
    for membership in item.memberships:
        connection.execute(
            insert(t.membership).values(
                id=uuid4(),
                scheme_id=membership.scheme_id,
                person_id=item.id,
                joined_on=membership.joined_on,
                left_on=membership.left_on,
                status=membership.status,
                leaving_reason=membership.leaving_reason,
            )
        )
