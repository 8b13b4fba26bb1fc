"""Simulated years of planned visits; needs no file and no passphrase."""

import csv
import io
from dataclasses import asdict, dataclass
from random import Random

from visitapp.domain.errors import BadInputError
from visitapp.domain.progress import Progress

MOST_VISITS, MOST_YEARS, MOST_WEEKS_LATE = 104, 100_000, 12
CELLS = 35


@dataclass(frozen=True, slots=True)
class Simulation:
    """`table` is CSV with a row for each visit: year and week from 1, weekday 0 = Monday, band from
    0. `figures` are the scores by name, in the order in which plans are judged."""

    table: str
    figures: dict[str, float]


def simulate_years(
    visits: int,
    years: int,
    random: Random,
    progress: Progress | None = None,
    *,
    weeks_late: int | None = None,
) -> Simulation:
    """Years of a suite with 35 timeslots by the law that plans use, each starting from empty
    counts. With `weeks_late` each pair draws its own moments, and reports come so many weeks late.

    Raises BadInputError, and CancelledError if `progress` returns False.
    """
    from visitapp.planning.law import suite_policy
    from visitapp.planning.scores import scores
    from visitapp.planning.simulation import simulate

    if not visits <= MOST_VISITS:
        raise BadInputError(f"At most {MOST_VISITS} visits a year can be simulated.")
    if not 1 <= years <= MOST_YEARS:
        raise BadInputError(f"Simulate between 1 and {MOST_YEARS:,} years.")
    if weeks_late is not None and not 0 <= weeks_late <= MOST_WEEKS_LATE:
        raise BadInputError(f"Simulate reports that come at most {MOST_WEEKS_LATE} weeks late.")
    simulated, watched = simulate(
        suite_policy(visits), years, random, weeks_late=weeks_late, progress=progress
    )
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(("year", "week", "weekday", "band"))
    table.writerows((v.year, v.week, v.weekday, v.band) for v in simulated)
    return Simulation(written.getvalue(), asdict(scores(watched, CELLS)))
