"""What needs attention: open concerns. Also whether the file has any visits or plans yet."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, exists, func, select, table

from visitapp.domain.report.visit import State
from visitapp.persistence import tables as t


@dataclass(frozen=True, slots=True)
class Waiting:
    """One scheme's open concerns: how many, and the oldest."""

    scheme_id: UUID
    number: int
    category: str
    site_name: str
    raised_on: date
    visit_id: UUID


def open_issues(
    connection: Connection,
    open_statuses: Mapping[UUID, Sequence[str]],
    concerns: Mapping[UUID, Sequence[str]],
) -> list[Waiting]:
    """Open concerns of locked visits, by scheme, leaving out those put right during the visit."""
    waiting = []
    for scheme_id, statuses in open_statuses.items():
        joined = t.issue.join(t.visit, t.visit.c.id == t.issue.c.visit_id).join(
            t.site, t.site.c.id == t.visit.c.site_id
        )
        conditions = (
            t.visit.c.scheme_id == scheme_id,
            t.visit.c.state == State.LOCKED.value,
            t.issue.c.status.in_(statuses),
            t.issue.c.category.in_(concerns.get(scheme_id, ())),
            t.issue.c.resolved_during_visit.is_(False),
        )
        number = connection.execute(
            select(func.count()).select_from(joined).where(*conditions)
        ).scalar_one()
        if number:
            oldest = connection.execute(
                select(t.issue.c.category, t.site.c.name, t.visit.c.local_date, t.visit.c.id)
                .select_from(joined)
                .where(*conditions)
                .order_by(t.visit.c.arrived_utc, t.issue.c.position)
                .limit(1)
            ).one()
            waiting.append(Waiting(scheme_id, number, *oldest))
    return waiting


def has_visits(connection: Connection) -> bool:
    """Whether any visit was ever recorded."""
    return bool(connection.execute(select(exists(select(t.visit.c.id)))).scalar())


def has_drafts(connection: Connection) -> bool:
    """Whether a report is being written. What a draft is made of isn't loaded for this."""
    return bool(connection.execute(select(exists(select(t.draft.c.id)))).scalar())


def has_plans(connection: Connection) -> bool:
    """Whether anything was ever planned. The tables of planning aren't loaded for this."""
    return bool(connection.execute(select(exists().select_from(table("plan")))).scalar())
