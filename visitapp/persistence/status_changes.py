"""What people were in their schemes from which day on; rows are added and withdrawn, never
changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from visitapp.domain.office.status_change import StatusChange
from visitapp.persistence.people_tables import status_change


def every_change(connection: Connection) -> defaultdict[UUID, list[StatusChange]]:
    """All changes of each person, also those that were withdrawn, in order."""
    changes: defaultdict[UUID, list[StatusChange]] = defaultdict(list)
    for row in connection.execute(select(status_change)):
        changes[row.person_id].append(
            StatusChange(
                row.id,
                row.scheme_id,
                row.status,
                row.from_on,
                row.until_on,
                row.leaving_reason,
                row.why,
                row.entered_by,
                row.entered_at,
                row.withdrawn_by,
                row.withdrawn_at,
            )
        )
    for mine in changes.values():
        mine.sort(key=lambda change: change.order)
    return changes


def add_changes(connection: Connection, person_id: UUID, changes: Iterable[StatusChange]) -> None:
    """Add changes of somebody's status."""
    rows = [
        {
            "id": item.id,
            "scheme_id": item.scheme_id,
            "person_id": person_id,
            "status": item.status,
            "from_on": item.from_on,
            "until_on": item.until_on,
            "leaving_reason": item.reason,
            "why": item.why,
            "entered_by": item.by,
            "entered_at": item.at,
        }
        for item in changes
    ]
    if rows:
        connection.execute(insert(status_change), rows)


def withdraw(connection: Connection, change_id: UUID, by: str, at: datetime) -> None:
    """Note that a change was entered by mistake; it stays readable."""
    connection.execute(
        update(status_change)
        .where(status_change.c.id == change_id)
        .values(withdrawn_by=by, withdrawn_at=at, version=status_change.c.version + 1)
    )
