"""In a visitor's copy: what the office last told of its sites, and of the visitor's own visits."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

import msgspec
from sqlalchemy import Connection, delete, insert, select

from visitapp.domain.following.briefing import SiteBriefing
from visitapp.domain.year.own_visits import CountedVisit
from visitapp.persistence.exchange_tables import counted_visit, site_briefing


def briefing(connection: Connection, site_id: UUID) -> tuple[SiteBriefing, date] | None:
    """What a site's briefing is made of, and the day it is of; None before the office sent it."""
    row = connection.execute(select(site_briefing).where(site_briefing.c.id == site_id)).first()
    if row is None:
        return None
    return msgspec.json.decode(row.content, type=SiteBriefing), row.as_of


def replace_briefings(connection: Connection, items: Iterable[SiteBriefing], as_of: date) -> None:
    """Keep these in the place of all earlier ones."""
    connection.execute(delete(site_briefing))
    for item in items:
        connection.execute(
            insert(site_briefing).values(
                id=item.site_id,
                scheme_id=item.scheme_id,
                content=msgspec.json.encode(item),
                as_of=as_of,
            )
        )


def counted_visits(connection: Connection) -> list[CountedVisit]:
    """The visitor's visits as the office counts them, the latest first."""
    query = select(counted_visit).order_by(counted_visit.c.day.desc(), counted_visit.c.id)
    return [
        CountedVisit(row.id, row.scheme_id, row.site_id, row.day, row.minutes)
        for row in connection.execute(query)
    ]


def replace_counted_visits(connection: Connection, items: Iterable[CountedVisit]) -> None:
    """Keep these in the place of all earlier ones."""
    connection.execute(delete(counted_visit))
    for item in items:
        connection.execute(
            insert(counted_visit).values(
                id=item.id,
                scheme_id=item.scheme_id,
                site_id=item.site_id,
                day=item.day,
                minutes=item.minutes,
            )
        )
