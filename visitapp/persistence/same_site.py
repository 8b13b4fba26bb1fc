"""The decisions that two sites are the same place; rows are added and withdrawn, never changed."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection, insert, select, update

from visitapp.domain.office import same_site
from visitapp.domain.office.same_site import SameSite
from visitapp.persistence.group_tables import same_site as table

if TYPE_CHECKING:  # the first page lists no visits
    from visitapp.domain.report.visit import Visit


def decisions(connection: Connection) -> list[SameSite]:
    """All decisions, also those that were withdrawn, oldest first."""
    rows = connection.execute(select(table).order_by(table.c.decided_at, table.c.id))
    return [
        SameSite(
            row.id,
            row.site_id,
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
    """Under which site another is counted, by the ids of those that are."""
    return same_site.kept_of(decisions(connection))


def all_as_counted(connection: Connection, visits: "Iterable[Visit]") -> "list[Visit]":
    """Visits as they are counted now."""
    kept = kept_of(connection)
    return [as_counted(visit, kept) for visit in visits]


def as_counted(visit: "Visit", kept: Mapping[UUID, UUID]) -> "Visit":
    """A visit as it is counted: one that was signed for a site that counts under another there."""
    signed = visit.report_site_id
    counted = kept.get(signed, signed)
    own = None if counted == signed else signed
    if (visit.site_id, visit.signed_site_id) == (counted, own):
        return visit
    return replace(visit, site_id=counted, signed_site_id=own)


def add(connection: Connection, item: SameSite, scheme_id: UUID) -> None:
    """Write a decision."""
    connection.execute(
        insert(table).values(
            id=item.id,
            scheme_id=scheme_id,
            site_id=item.site_id,
            kept_id=item.kept_id,
            why=item.why,
            decided_by=item.by,
            decided_at=item.at,
        )
    )


def withdraw(connection: Connection, decision_id: UUID, by: str, at: datetime) -> bool:
    """Withdraw a decision; False if that was done before."""
    done = connection.execute(
        update(table)
        .where(table.c.id == decision_id, table.c.withdrawn_at.is_(None))
        .values(withdrawn_by=by, withdrawn_at=at, version=table.c.version + 1)
    )
    return bool(done.rowcount)
