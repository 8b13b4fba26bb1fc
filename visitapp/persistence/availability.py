"""When volunteers can visit, and how far away sites are for them."""

from collections import defaultdict
from dataclasses import replace
from uuid import UUID

import msgspec
from sqlalchemy import Connection, delete, insert, select

from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.entered import AvailabilityEntry, EntryStanding
from visitapp.domain.plan.rota import FreeTime
from visitapp.persistence import planning_tables as pt
from visitapp.persistence import same_person, same_site
from visitapp.persistence.rows import save_parts, save_row

_AWAY, _WISH = "away", "wish"


def availabilities(connection: Connection) -> dict[UUID, Availability]:
    """The availability of each person who has entered any. Of two who are the same the other's is
    the kept person's, until they have one of their own; of two sites what keeps somebody off
    either."""
    free: dict[UUID, list[FreeTime]] = defaultdict(list)
    order = (pt.free_time.c.weekday, pt.free_time.c.start_minute)
    for row in connection.execute(select(pt.free_time).order_by(*order)):
        free[row.person_id].append(FreeTime(row.weekday, row.start_minute, row.end_minute))
    absences: dict[tuple[UUID, str], list[Period]] = defaultdict(list)
    for row in connection.execute(select(pt.absence).order_by(pt.absence.c.start_on)):
        absences[row.person_id, row.kind].append(Period(row.start_on, row.end_on))
    travel: dict[UUID, dict[UUID, int]] = defaultdict(dict)
    not_at: dict[UUID, set[UUID]] = defaultdict(set)
    sites = same_site.kept_of(connection)
    for row in connection.execute(select(pt.travel)):
        site_id, own = sites.get(row.site_id, row.site_id), travel[row.person_id]
        if row.distance:
            own[site_id] = max(row.distance, own.get(site_id, 0))
        if row.excluded:
            not_at[row.person_id].add(site_id)
    known = {
        row.person_id: Availability(
            person_id=row.person_id,
            free=tuple(free[row.person_id]),
            away=tuple(absences[row.person_id, _AWAY]),
            wishes=tuple(absences[row.person_id, _WISH]),
            least=row.least,
            most=row.most,
            may_buddy=row.may_buddy,
            travel=travel[row.person_id],
            not_at=frozenset(not_at[row.person_id]),
            version=row.version,
        )
        for row in connection.execute(select(pt.availability))
    }
    return {
        person_id: replace(item, person_id=person_id)
        for person_id, item in same_person.under_kept(connection, known).items()
    }


def save_availability(connection: Connection, item: Availability) -> None:
    """Write one person's availability. Raises ConflictError if it was changed elsewhere."""
    values = {
        "id": item.person_id,
        "person_id": item.person_id,
        "least": item.least,
        "most": item.most,
        "may_buddy": item.may_buddy,
    }
    version = save_row(connection, pt.availability, values, item.version)
    owner = {"person_id": item.person_id}
    times = (
        (
            f"{free.weekday}/{free.start}/{free.end}",
            {"weekday": free.weekday, "start_minute": free.start, "end_minute": free.end},
        )
        for free in item.free
    )
    save_parts(connection, pt.free_time, owner, version, times)
    days = (
        (
            f"{kind}/{period.start}/{period.end}",
            {"kind": kind, "start_on": period.start, "end_on": period.end},
        )
        for kind, periods in ((_AWAY, item.away), (_WISH, item.wishes))
        for period in sorted(set(periods))
    )
    save_parts(connection, pt.absence, owner, version, days)
    sites = sorted({*item.travel, *item.not_at}, key=lambda site: site.int)
    ways = (
        (
            str(site),
            {
                "site_id": site,
                "distance": item.travel.get(site, 0),
                "excluded": site in item.not_at,
            },
        )
        for site in sites
    )
    save_parts(connection, pt.travel, owner, version, ways)


def entry(connection: Connection, person_id: UUID) -> AvailabilityEntry | None:
    """Who entered somebody's availability when; None where that was not noted."""
    table = pt.availability_entry
    row = connection.execute(select(table).where(table.c.id == person_id)).first()
    if row is None:
        return None
    other = None if row.other is None else msgspec.json.decode(row.other, type=Availability)
    return AvailabilityEntry(
        row.at, row.by_self, row.seen_at, EntryStanding(row.standing), other, row.other_at
    )


def save_entry(connection: Connection, person_id: UUID, item: AvailabilityEntry) -> None:
    """Note who entered somebody's availability when, in the place of what was noted before."""
    table = pt.availability_entry
    connection.execute(delete(table).where(table.c.id == person_id))
    connection.execute(
        insert(table).values(
            id=person_id,
            at=item.at,
            by_self=item.by_self,
            seen_at=item.seen_at,
            standing=item.standing.value,
            other=None if item.other is None else msgspec.json.encode(item.other),
            other_at=item.other_at,
        )
    )
