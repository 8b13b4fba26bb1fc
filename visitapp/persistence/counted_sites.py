"""At which site a visit is counted: that of its report, or the one that this counts under.

A report's own site stands in `visit.signed_site_id` while `visit.site_id`, by which everything is
counted, is another. The ledger's digests are of the report's own.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, func, or_, select, update

from visitapp.domain.office.same_site import VisitsOfSite
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import counted_answers, same_site
from visitapp.persistence import planning_tables as pt
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t


def count_under(connection: Connection, site: Site, kept_id: UUID) -> None:
    """Count all visits to a site under another one."""
    moved = t.visit.c.site_id == site.id
    values = {"site_id": kept_id, "signed_site_id": site.id}
    connection.execute(update(t.visit).where(moved).values(values))
    counted_answers.recount_sites(connection, site.scheme_id, (site.id, kept_id))


def count_apart(connection: Connection, site: Site, kept_id: UUID) -> None:
    """Count all visits to a site under itself again."""
    moved = t.visit.c.signed_site_id == site.id
    values = {"site_id": site.id, "signed_site_id": None}
    connection.execute(update(t.visit).where(moved).values(values))
    counted_answers.recount_sites(connection, site.scheme_id, (site.id, kept_id))


def visits_of(connection: Connection, site: Site) -> VisitsOfSite:
    """The visits that are counted at a site."""
    of_site = (t.visit.c.site_id == site.id, t.visit.c.state == State.LOCKED.value)
    day = t.visit.c.local_date
    query = select(func.count(), func.min(day), func.max(day)).where(*of_site)
    number, first, last = connection.execute(query).one()
    return VisitsOfSite(site.name, number, None if first is None else Period(first, last))


def why_kept(connection: Connection, site: Site) -> str:
    """What is entered for a site besides its visits, so that it has to be the one that is kept, in
    words; empty if nothing is."""
    animal, held = rt.animal.c.site_id == site.id, t.throughput.c.site_id == site.id
    if connection.execute(select(rt.animal.c.id).where(animal)).first():
        return "has animals of its own"
    if connection.execute(select(t.throughput.c.id).where(held)).first():
        return "has numbers of people held there"
    return ""


def planned_until(connection: Connection, site: Site) -> date | None:
    """The last day of the visits that are planned to a site, in use or in a draft; None if none."""
    table = pt.planned_visit
    planned = (table.c.site_id == site.id, table.c.cancelled.is_(False))
    last: date | None = connection.execute(
        select(func.max(table.c.span_end)).where(*planned)
    ).scalar()
    return last


def misplaced(connection: Connection) -> Iterator[str]:
    """Visits that are counted at another site than the decisions say, by reference."""
    kept = same_site.kept_of(connection)
    visit = t.visit.c
    query = select(visit.id, visit.ref, visit.site_id, visit.signed_site_id).where(
        or_(visit.signed_site_id.is_not(None), visit.site_id.in_(list(kept)))
    )
    for row in connection.execute(query.order_by(visit.ref)):
        if row.signed_site_id is None or kept.get(row.signed_site_id) != row.site_id:
            yield str(row.ref or row.id)
