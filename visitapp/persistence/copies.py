"""Who receives copies of reports, and the copies that were made."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select

from visitapp.domain.report.copies import Audience, CopyMade, Recipient
from visitapp.persistence import report_tables as rt
from visitapp.persistence.rows import save_row


def recipients(connection: Connection, scheme_id: UUID) -> list[Recipient]:
    """All recipients of a scheme in their order, including inactive ones."""
    rows = connection.execute(
        select(rt.recipient)
        .where(rt.recipient.c.scheme_id == scheme_id)
        .order_by(rt.recipient.c.position, rt.recipient.c.name)
    )
    return [
        Recipient(
            id=row.id,
            scheme_id=row.scheme_id,
            name=row.name,
            audience=Audience(row.audience),
            position=row.position,
            tact_only=row.tact_only,
            is_active=row.active,
            version=row.version,
        )
        for row in rows
    ]


def save_recipient(connection: Connection, item: Recipient) -> None:
    """Write a recipient."""
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "name": item.name,
        "audience": item.audience.value,
        "position": item.position,
        "tact_only": item.tact_only,
        "active": item.is_active,
    }
    save_row(connection, rt.recipient, values, item.version)


def copies(connection: Connection, visit_ids: Sequence[UUID]) -> list[CopyMade]:
    """The copies made of some reports, latest first."""
    rows = connection.execute(
        select(rt.copy_made)
        .where(rt.copy_made.c.visit_id.in_(visit_ids))
        .order_by(rt.copy_made.c.made_at.desc(), rt.copy_made.c.id)
    )
    return [copy_of(row) for row in rows]


def copy_of(row: Row[Any]) -> CopyMade:
    """A row of the log."""
    return CopyMade(
        id=row.id,
        visit_id=row.visit_id,
        recipient_id=row.recipient_id,
        made_at=row.made_at,
        made_by=row.made_by,
        how=row.how,
        digest=row.digest,
    )


def add_copy(connection: Connection, scheme_id: UUID, item: CopyMade) -> None:
    """Log a copy."""
    connection.execute(
        insert(rt.copy_made).values(
            id=item.id,
            scheme_id=scheme_id,
            visit_id=item.visit_id,
            recipient_id=item.recipient_id,
            made_at=item.made_at,
            made_by=item.made_by,
            how=item.how,
            digest=item.digest,
        )
    )
