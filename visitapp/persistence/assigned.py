"""In a visitor's copy: the visits that the office has given to this visitor."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from visitapp.domain.exchange.given_back import AssignedVisit
from visitapp.domain.period import Period
from visitapp.persistence.exchange_tables import assigned_visit


def visits(connection: Connection) -> list[AssignedVisit]:
    """All of them, the next one first."""
    query = select(assigned_visit).order_by(assigned_visit.c.start_on, assigned_visit.c.id)
    return [
        AssignedVisit(
            row.id, row.scheme_id, row.site_id, Period(row.start_on, row.end_on), row.partner_id
        )
        for row in connection.execute(query)
    ]


def replace_all(connection: Connection, items: Iterable[AssignedVisit]) -> None:
    """Keep these in the place of all earlier ones."""
    connection.execute(delete(assigned_visit))
    for item in items:
        connection.execute(
            insert(assigned_visit).values(
                id=item.id,
                scheme_id=item.scheme_id,
                site_id=item.site_id,
                start_on=item.span.start,
                end_on=item.span.end,
                partner_id=item.partner_id,
            )
        )
