"""Sites whose coverage is counted, with everything that decides which timeslot a visit falls in.

A page needs coverage at every click, so this reads in a few short queries what `schemes.sites`,
`grids` and `codes` read in six.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.codes import NOT_MADE, TRAINING, CountingCodes
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.office.site import OpenPeriod, Site
from visitapp.persistence import same_site, schemes
from visitapp.persistence import tables as t


@dataclass(frozen=True, slots=True)
class CountedSite:
    """A site with its grid, the codes that decide which visits count, and when it was open."""

    site_id: UUID
    name: str
    cells: int | None
    grid: Grid
    codes: CountingCodes
    open_periods: tuple[OpenPeriod, ...] = ()

    @classmethod
    def of(cls, site: Site, grid: Grid, codes: CountingCodes) -> "CountedSite":
        """From a site and grid that have been read already."""
        return cls(site.id, site.name, site.cells, grid, codes, site.open_periods)


IS_TRAINING = and_(t.code.c.list_name == "visit_type", t.code.c.group_name == TRAINING)
IS_NOT_MADE = and_(t.code.c.list_name == "visit_status", t.code.c.group_name.in_(NOT_MADE))

_SITES = (
    select(
        t.site.c.id,
        t.site.c.name,
        t.site.c.cells,
        t.grid.c.id.label("grid_id"),
        t.grid.c.scheme_id,
        t.grid.c.name.label("grid_name"),
        t.grid.c.version,
        t.code.c.list_name,
        t.code.c.code,
        t.site_open.c.start_on,
        t.site_open.c.end_on,
        t.site_open.c.in_use_by,
    )
    .select_from(
        t.site.join(t.grid, t.grid.c.id == t.site.c.grid_id)
        .outerjoin(
            t.code,
            and_(
                t.code.c.scheme_id == t.site.c.scheme_id,
                or_(IS_TRAINING, IS_NOT_MADE),
            ),
        )
        .outerjoin(t.site_open, t.site_open.c.site_id == t.site.c.id)
    )
    .where(t.site.c.id.in_(bindparam("ids", expanding=True)))
)
_DAYS = select(t.grid_day.c.grid_id, t.grid_day.c.label, t.grid_day.c.weekdays).order_by(
    t.grid_day.c.position
)
_BANDS = select(
    t.grid_band.c.grid_id,
    t.grid_band.c.label,
    t.grid_band.c.start_minute,
    t.grid_band.c.end_minute,
).order_by(t.grid_band.c.position)


def places(connection: Connection, site_ids: Sequence[UUID]) -> list[CountedSite]:
    """Those of `site_ids` that are in the file, in the same order, each once."""
    days: dict[UUID, list[DayGroup]] = defaultdict(list)
    for grid_id, label, weekdays in connection.execute(_DAYS):
        days[grid_id].append(DayGroup(label, tuple(map(int, weekdays))))
    bands: dict[UUID, list[Band]] = defaultdict(list)
    for grid_id, label, start, end in connection.execute(_BANDS):
        bands[grid_id].append(Band(start, end, label))
    grids: dict[UUID, Grid] = {}
    by_id: dict[UUID, CountedSite] = {}
    for row in connection.execute(_SITES, {"ids": list(site_ids)}):
        grid = grids.get(row.grid_id)
        if grid is None:
            own_days, own_bands = tuple(days[row.grid_id]), tuple(bands[row.grid_id])
            grid = Grid(row.grid_id, row.scheme_id, row.grid_name, own_days, own_bands, row.version)
            grids[row.grid_id] = grid
        place = by_id.get(row.id) or CountedSite(row.id, row.name, row.cells, grid, CountingCodes())
        codes, periods = place.codes, place.open_periods
        if row.list_name == "visit_type" and row.code not in codes.training:
            codes = replace(codes, training=(*codes.training, row.code))
        if row.list_name == "visit_status" and row.code not in codes.not_made:
            codes = replace(codes, not_made=(*codes.not_made, row.code))
        if row.start_on is not None:
            opened = OpenPeriod(row.start_on, row.end_on, row.in_use_by)
            periods = periods if opened in periods else (*periods, opened)
        by_id[row.id] = replace(place, codes=codes, open_periods=periods)
    by_id |= _with_earlier_days(connection, by_id)
    return [by_id[site_id] for site_id in dict.fromkeys(site_ids) if site_id in by_id]


def _with_earlier_days(
    connection: Connection, by_id: Mapping[UUID, CountedSite]
) -> dict[UUID, CountedSite]:
    """Those under which other sites count, with the days of these too."""
    kept = set(same_site.kept_of(connection).values()) & by_id.keys()
    return {
        site.id: replace(by_id[site.id], open_periods=site.open_periods)
        for site in (schemes.sites(connection) if kept else ())
        if site.id in kept
    }


def visits_counted_by(connection: Connection, grid_id: UUID) -> int:
    """How many signed visits may be counted differently if this grid changes."""
    joined = t.visit.join(t.site, t.site.c.id == t.visit.c.site_id)
    return connection.execute(
        select(func.count())
        .select_from(joined)
        .where(t.site.c.grid_id == grid_id, t.visit.c.state == "locked")
    ).scalar_one()
