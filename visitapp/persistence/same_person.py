"""The decisions that two people of the register are the same; rows are added and withdrawn, never
changed."""

from collections.abc import Mapping
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, insert, or_, select, tuple_, update

from visitapp.domain.office import same_person
from visitapp.domain.office.same_person import SamePerson
from visitapp.persistence import planning_tables as pt
from visitapp.persistence import tables as t
from visitapp.persistence.people_tables import same_person as table

_Value = TypeVar("_Value")


def decisions(connection: Connection) -> list[SamePerson]:
    """All decisions, also those that were withdrawn, oldest first."""
    rows = connection.execute(select(table).order_by(table.c.decided_at, table.c.id))
    return [
        SamePerson(
            row.id,
            row.person_id,
            row.kept_id,
            row.why,
            row.decided_by,
            row.decided_at,
            row.withdrawn_by,
            row.withdrawn_at,
        )
        for row in rows
    ]


def kept_of(connection: Connection) -> dict[UUID, UUID]:
    """Under whom people are counted, by the ids of those who are counted under somebody else."""
    return same_person.kept_of(decisions(connection))


def under_kept(connection: Connection, known: Mapping[UUID, _Value]) -> dict[UUID, _Value]:
    """Values by person: those of somebody who counts as another are under that one, who has none of
    their own."""
    kept = kept_of(connection)
    others = {kept[person_id]: value for person_id, value in known.items() if person_id in kept}
    return others | {
        person_id: value for person_id, value in known.items() if person_id not in kept
    }


def add(connection: Connection, item: SamePerson) -> None:
    """Write a decision."""
    connection.execute(
        insert(table).values(
            id=item.id,
            person_id=item.person_id,
            kept_id=item.kept_id,
            why=item.why,
            decided_by=item.by,
            decided_at=item.at,
        )
    )


def withdraw(connection: Connection, decision_id: UUID, by: str, at: datetime) -> bool:
    """Note that the two are different people. Returns whether the decision stood until now."""
    held = (table.c.id == decision_id, table.c.withdrawn_at.is_(None))
    values = {"withdrawn_by": by, "withdrawn_at": at, "version": table.c.version + 1}
    return bool(connection.execute(update(table).where(*held).values(**values)).rowcount)


def were_together(connection: Connection, person_id: UUID, other_id: UUID) -> bool:
    """Whether a report has both of them, as visitors or observers, or a plan as a pair."""
    mine = select(t.visitor.c.visit_id).where(t.visitor.c.person_id == person_id)
    both = select(t.visitor.c.id).where(
        t.visitor.c.person_id == other_id, t.visitor.c.visit_id.in_(mine)
    )
    pair, two = (
        tuple_(pt.planned_visit.c.first_id, pt.planned_visit.c.second_id),
        (person_id, other_id),
    )
    planned = select(pt.planned_visit.c.id).where(or_(pair == two, pair == two[::-1]))
    return any(connection.execute(query.limit(1)).first() for query in (both, planned))
