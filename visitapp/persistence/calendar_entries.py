"""What each person's latest calendar file says of their visits."""

from collections.abc import Iterable
from uuid import UUID, uuid5

from sqlalchemy import Connection, delete, insert, select

from visitapp.domain.period import Period
from visitapp.domain.plan.planned import CalendarVisit
from visitapp.persistence.planning_tables import calendar_entry as entry


def latest(connection: Connection, person_id: UUID | None = None) -> list[CalendarVisit]:
    """The latest entry of each visit for one person, or for everybody, in order of weeks."""
    query = select(entry).order_by(entry.c.start_on, entry.c.planned_id)
    if person_id is not None:
        query = query.where(entry.c.person_id == person_id)
    return [
        CalendarVisit(
            row.planned_id, row.person_id, row.scheme_id, row.partner_id,
            Period(row.start_on, row.end_on), row.sequence, row.cancelled,
        )
        for row in connection.execute(query)
    ]  # fmt: skip


def save(connection: Connection, items: Iterable[CalendarVisit]) -> None:
    """Save the latest entries of some visits, replacing their earlier ones."""
    for item in items:
        row_id = uuid5(item.visit_id, f"calendar/{item.person_id}")
        connection.execute(delete(entry).where(entry.c.id == row_id))
        connection.execute(
            insert(entry).values(
                id=row_id,
                scheme_id=item.scheme_id,
                person_id=item.person_id,
                planned_id=item.visit_id,
                partner_id=item.partner_id,
                start_on=item.span.start,
                end_on=item.span.end,
                sequence=item.sequence,
                cancelled=item.is_cancelled,
            )
        )
