"""From the start of the process to the first paint of Home with figures, on ten years of visits.

Both sides are given the data key, run offscreen in processes of their own, turn and turn
about; medians are compared.
"""

import os
import subprocess
import sys
import tempfile
import time
from datetime import date, timedelta
from pathlib import Path
from random import Random
from statistics import median
from uuid import UUID

from tests.builders import ANNE, BEN, CUSTODY, SCHEME_IDS, SUITE, at, furnish, make_site, make_visit
from visitapp import bootstrap
from visitapp.domain.office.scheme import Actor, Office, Role
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.persistence import visits as stored

KEY = bytes(range(32))
VISITS, YEARS, ROUNDS, BAR = 1_500, 10, 15, 2.0
SECOND = UUID(int=299)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        records = Path(folder) / "records.visits"
        fill(records)
        ours, theirs = [], []
        for _ in range(ROUNDS + 1):
            theirs.append(seconds("stock_start", records, folder))
            ours.append(seconds("our_start", records, folder))
    mine, base = median(ours[1:]) * 1000, median(theirs[1:]) * 1000  # the first warms the disk
    print(
        f"start: ours {mine:.0f} ms, baseline {base:.0f} ms, ratio {mine / base:.2f} (bar {BAR:g})"
    )


def seconds(script: str, records: Path, home: str) -> float:
    """From the start of a process to its word that the window is painted."""
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HOME": home,
                   "XDG_DATA_HOME": home}  # fmt: skip
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # a user's second start compiles nothing
    began = time.perf_counter()
    with subprocess.Popen(
        [sys.executable, "-m", f"tests.benchmarks.{script}", str(records), KEY.hex()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment,
    ) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        taken = time.perf_counter() - began
        process.communicate(b"\n")
    assert line == b"painted\n", f"{script} ended without a window"
    assert process.returncode == 0, f"{script} ended with {process.returncode}"
    return taken


def fill(records: Path) -> None:
    """Two suites, and 1,500 visits with counts and issues over ten reporting years."""
    bootstrap.make_records(
        records,
        KEY,
        office=Office(UUID(int=1), "An office"),
        actor=Actor("A manager", Role.MANAGER),
        scheme_ids=SCHEME_IDS,
    )
    random = Random(7)
    with bootstrap.open_with_key(records, KEY) as opened:
        furnish(opened.services)
        opened.services.setup.save_site(make_site(id=SECOND, name="Second suite", position=3))
        today = opened.services.access.today()
        first = date(APRIL_YEARS.year_of(today).start.year - YEARS, 4, 1)
        days = (today - first).days
        visits = [visit(random, number, first, days) for number in range(VISITS)]
        with opened.database.transaction() as connection:
            stored.insert_visits(connection, visits)


def visit(random: Random, number: int, first: date, days: int) -> Visit:
    day = first + timedelta(days=random.randrange(days))
    hour = random.randrange(22)
    issues = (Issue(UUID(int=random.getrandbits(128)), "FOOD", status="CLOSED"),)
    return make_visit(
        day,
        id=UUID(int=random.getrandbits(128)),
        scheme_id=CUSTODY,
        site_id=random.choice((SUITE, SECOND)),
        arrived=at(day, hour),
        admitted=at(day, hour, random.randrange(20)),
        left=at(day, hour + 1, 10),
        visitors=(ANNE, BEN),
        present=9,
        counts=(OutcomeCount("SEEN", 4), OutcomeCount("REFUSED", 2), OutcomeCount("ASLEEP", 3)),
        issues=issues if random.random() < 0.4 else (),
        ref=f"SUI-{number}",
    )


if __name__ == "__main__":
    main()
