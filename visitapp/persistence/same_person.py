"""The decisions that two people of the register are the same."""

from collections.abc import Mapping
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Connection, or_, select, tuple_

from visitapp.persistence import planning_tables as pt
from visitapp.persistence import tables as t
from visitapp.persistence.people_tables import same_person
from visitapp.persistence.same_entries import DecisionTable

_Value = TypeVar("_Value")


_DECIDED = DecisionTable(same_person.c.person_id)
decisions, kept_of = _DECIDED.decisions, _DECIDED.kept_of
add, withdraw = _DECIDED.add, _DECIDED.withdraw


def under_kept(connection: Connection, known: Mapping[UUID, _Value]) -> dict[UUID, _Value]:
    """Values by person: those of somebody who counts as another are under that one, who has none of
    their own."""
    kept = kept_of(connection)
    others = {kept[person_id]: value for person_id, value in known.items() if person_id in kept}
    return others | {
        person_id: value for person_id, value in known.items() if person_id not in kept
    }


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
