"""Signed visits of which something isn't known."""

from datetime import date
from uuid import UUID

from sqlalchemy import Connection, and_, exists, or_, select

from visitapp.domain.dataclass import dataclass
from visitapp.domain.report.visit_codes import FACE_TO_FACE
from visitapp.persistence import tables as t
from visitapp.persistence.counting import Scope


@dataclass(frozen=True, slots=True)
class LackingVisit:
    """A visit that was made, and what its report doesn't say: when visitors were let in (in
    person alone), when they left, how many were there."""

    id: UUID
    ref: str
    site_name: str
    on: date
    admitted: bool
    left: bool
    counted: bool


def lacking_visits(connection: Connection, scope: Scope) -> list[LackingVisit]:
    """Counted visits whose report leaves one of these open, in order."""
    visit = t.visit.c
    not_admitted = and_(visit.wait_minutes.is_(None), visit.mode == FACE_TO_FACE)
    not_counted = and_(
        visit.present.is_(None), ~exists().where(t.outcome_count.c.visit_id == visit.id)
    )
    query = (
        select(
            visit.id, visit.ref, t.site.c.name, visit.local_date,
            not_admitted, visit.left_utc.is_(None), not_counted,
        )
        .select_from(t.visit.join(t.site, t.site.c.id == visit.site_id))
        .where(*scope.completed(), or_(not_admitted, visit.left_utc.is_(None), not_counted))
        .order_by(visit.arrived_utc, visit.id)
    )  # fmt: skip
    return [LackingVisit(*row) for row in connection.execute(query)]
