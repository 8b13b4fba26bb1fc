"""Coverage at 100,000 visits, against hand-written SQL on the same connection.

Both sides turn and turn about. A site-year is so quick that the bar is a millisecond more
than the baseline: what it takes to read the site, its timeslots and its coded values.
"""

import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from sqlalchemy import Connection, insert

from tests.benchmarks import stock_coverage
from tests.builders import CUSTODY, SCHEME_IDS
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Office, Role
from visitapp.domain.office.site import OpenPeriod, Site, SiteKind
from visitapp.domain.period import Period
from visitapp.persistence import schemes, tables
from visitapp.persistence.database import Database
from visitapp.services import Services

KEY = bytes(32)
VISITS, SITES = 100_000, 8
TEN_YEARS = Period(date(2015, 4, 1), date(2025, 3, 31))
ONE_YEAR = Period(date(2023, 4, 1), date(2024, 3, 31))
BAR, BAR_SECONDS = 1.2, 0.001


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.visits"
        bootstrap.make_records(
            records,
            KEY,
            office=Office(UUID(int=1), "An office"),
            actor=Actor("A manager", Role.MANAGER),
            scheme_ids=SCHEME_IDS,
        )
        with bootstrap.open_with_key(records, KEY) as opened:
            sites = fill(opened.database)
            agree(opened.services, opened.database, sites)
            theirs, mine = timed(opened.services, opened.database, sites, TEN_YEARS, 15)
            say(f"coverage, {SITES} sites over 10 years", mine, theirs, BAR)
            theirs, mine = timed(opened.services, opened.database, sites[:1], ONE_YEAR, 300)
            say("coverage, one site-year", mine, theirs, 1 + BAR_SECONDS / theirs)


def fill(database: Database) -> list[UUID]:
    """Eight suites and their visits; one in fifty is training, one in forty withdrawn."""
    random = Random(11)
    with database.transaction() as connection:
        (grid,) = (g for g in schemes.grids(connection) if g.scheme_id == CUSTODY)
        sites = [
            Site(UUID(int=random.getrandbits(128)), CUSTODY, SiteKind.SUITE, f"Suite {number}",
                 grid.id, 30, (OpenPeriod(TEN_YEARS.start),), number)
            for number in range(SITES)
        ]  # fmt: skip
        for site in sites:
            schemes.save_site(connection, site)
        insert_visits(connection, random, sites)
    return [site.id for site in sites]


def insert_visits(connection: Connection, random: Random, sites: list[Site]) -> None:
    def rows() -> Iterator[dict[str, object]]:
        for number in range(VISITS):
            day = TEN_YEARS.start + timedelta(days=random.randrange(TEN_YEARS.days))
            minute = random.randrange(1440)
            arrived = (day - date(1970, 1, 1)).days * 1440 + minute
            site = sites[number % SITES]
            yield {
                "id": UUID(int=random.getrandbits(128)), "scheme_id": site.scheme_id,
                "site_id": site.id, "ref": f"SUI-{number}", "mode": "FACE", "status": "COMPLETED",
                "state": "withdrawn" if number % 40 == 0 else "locked",
                "type": "TRAINING" if number % 50 == 1 else "ROUTINE",
                "local_date": day, "weekday": day.weekday(), "minute": minute,
                "arrived_utc": arrived, "arrived_offset": 0, "left_utc": arrived + 60,
                "left_offset": 0, "wait_minutes": 3, "volunteer_minutes": 120, "present": 6,
                "summary": "Cells clean; blankets handed out on request. " * 4,
                "locked_at": datetime.combine(day, datetime.min.time(), UTC),
            }  # fmt: skip

    connection.execute(insert(tables.visit), list(rows()))


def agree(services: Services, database: Database, sites: list[UUID]) -> None:
    """Both sides count the same."""
    mine = {
        (coverage.site_id.hex, row, column): number
        for coverage in services.figures.coverage(TEN_YEARS, sites)
        for row, counts in enumerate(coverage.counts)
        for column, number in enumerate(counts)
        if number
    }
    with database.reading() as connection:
        raw = connection.connection.driver_connection
        theirs = stock_coverage.count(raw, ids(sites), TEN_YEARS.start, TEN_YEARS.end)
    if mine != {(site, weekday, band): number for site, weekday, band, number in theirs}:
        raise SystemExit("The two sides count differently.")


def ids(sites: list[UUID]) -> list[str]:
    return [site.hex for site in sites]


def timed(
    services: Services, database: Database, sites: list[UUID], period: Period, turns: int
) -> tuple[float, float]:
    """Median seconds of the baseline and of ours. The pool hands both the same connection."""
    theirs, mine = [], []
    for _ in range(turns + 1):
        borrowed = database.driver_connection()
        raw = borrowed.driver_connection
        theirs.append(stock_coverage.seconds(raw, ids(sites), period.start, period.end))
        borrowed.close()
        began = time.perf_counter()
        services.figures.coverage(period, sites)
        mine.append(time.perf_counter() - began)
    return median(theirs[1:]), median(mine[1:])


def say(name: str, mine: float, theirs: float, bar: float) -> None:
    print(
        f"{name}: ours {mine * 1000:.2f} ms, baseline {theirs * 1000:.2f} ms, "
        f"ratio {mine / theirs:.2f} (bar {bar:.2f})",
        flush=True,
    )


if __name__ == "__main__":
    main()
