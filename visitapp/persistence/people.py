"""The office's volunteers and their time in its schemes."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.people import Clearance, Membership, Person, with_changes
from visitapp.domain.office.same_person import united
from visitapp.domain.text.folding import person_sort_key
from visitapp.persistence import same_person
from visitapp.persistence import tables as t
from visitapp.persistence.groups import panels_by_person, save_panels
from visitapp.persistence.rows import save_parts, save_row
from visitapp.persistence.status_changes import every_change


def people(connection: Connection) -> list[Person]:
    """Everybody in the register, by name, with all memberships of two who are the same under the
    one who is kept."""
    return united(entries(connection), same_person.kept_of(connection))


def entries(connection: Connection) -> list[Person]:
    """The same as they were entered, each with their own memberships."""
    memberships: dict[UUID, list[Membership]] = defaultdict(list)
    for row in connection.execute(select(t.membership).order_by(t.membership.c.joined_on)):
        memberships[row.person_id].append(
            Membership(
                row.scheme_id,
                row.joined_on,
                row.left_on,
                row.status,
                row.leaving_reason,
                row.joined_unknown,
            )
        )
    panels, changes = panels_by_person(connection), every_change(connection)
    persons = [
        Person(
            row.id,
            row.name,
            with_changes(
                memberships[row.id], (item for item in changes[row.id] if not item.withdrawn_at)
            ),
            Clearance(row.vetted_until, row.probation_until, row.tact_trained),
            row.version,
            panels[row.id],
        )
        for row in connection.execute(select(t.person))
    ]
    return sorted(persons, key=lambda person: (*person_sort_key(person.name), str(person.id)))


def names(connection: Connection, ids: Collection[UUID]) -> dict[UUID, str]:
    """The names of some people; who is not in the register is left out."""
    query = select(t.person.c.id, t.person.c.name).where(t.person.c.id.in_(ids))
    return {row.id: row.name for row in connection.execute(query)}


def save_person(connection: Connection, item: Person) -> None:
    """Write a person with their memberships, panels and clearance."""
    values = {"id": item.id, "name": item.name.strip(), **asdict(item.clearance)}
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
                "joined_unknown": membership.joined_unknown,
            },
        )
        for membership in item.memberships
    )
    save_parts(connection, t.membership, {"person_id": item.id}, version, parts)
    save_panels(connection, item.id, version, item.panels)
