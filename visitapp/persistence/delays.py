"""Visits whose visitors waited longer than the scheme's limit."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report.visit_codes import FACE_TO_FACE
from visitapp.persistence import tables as t
from visitapp.persistence.counting import Scope


@dataclass(frozen=True, slots=True)
class DelayedVisit:
    """One of them; the wait in minutes, the reason as a code."""

    visit_id: UUID
    day: date
    site_name: str
    wait: int
    delay_reason: str | None
    explanation: str


def delayed_visits(connection: Connection, scope: Scope, scheme: Scheme) -> list[DelayedVisit]:
    """The delayed visits in person of a period, oldest first."""
    visit = t.visit.c
    rows = connection.execute(
        select(
            visit.id,
            visit.local_date,
            t.site.c.name,
            visit.wait_minutes,
            visit.delay_reason,
            visit.delay_explanation,
        )
        .select_from(t.visit.join(t.site, t.site.c.id == visit.site_id))
        .where(
            *scope.attempted(),
            visit.mode == FACE_TO_FACE,
            visit.wait_minutes > scheme.immediate_limit,
        )
        .order_by(visit.arrived_utc, visit.id)
    )
    return [DelayedVisit(*row[:5], row[5] or "") for row in rows]
