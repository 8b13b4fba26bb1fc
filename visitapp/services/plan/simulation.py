"""Simulated years of planned visits; needs no file and no passphrase."""

import csv
import io
from dataclasses import asdict, dataclass
from random import Random
from typing import TYPE_CHECKING

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.progress import Progress
from visitapp.domain.text.wording import times

if TYPE_CHECKING:
    from visitapp.domain.office.target import TargetUnit
    from visitapp.planning.law import Policy

MOST_VISITS, MOST_YEARS, MOST_WEEKS_LATE = 104, 100_000, 12
FIRST_YEAR, LAST_YEAR = 1900, 9990
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
    per: str | None = None,
    law: VisitLaw | None = None,
    from_year: int | None = None,
    rule: WeekRule = WeekRule.EACH,
    two_pairs: bool = False,
) -> Simulation:
    """Years of a suite with 35 timeslots by the law that plans use, each starting from empty
    counts. `visits` are those of a year, or with `per` those that a target asks for in a `week`,
    `fortnight`, `month`, `quarter` or `year`. With `weeks_late` each pair draws its own moments,
    and reports come so many weeks late. `law`: without it, the one by which fewer visits can be
    predicted. With `from_year` they are real reporting years from that one on, and the table has
    the date of each visit. The `rule` says which weeks have a visit. With `two_pairs` two pairs are
    asked for every week, and one or both stood down by the draw.

    Raises BadInputError, and CancelledError if `progress` returns False.
    """
    from visitapp.domain.office.target import TargetUnit
    from visitapp.planning.law import suite_policy
    from visitapp.planning.level import drawn_by
    from visitapp.planning.scores import scores
    from visitapp.planning.simulation import WEEK, simulate, week_options
    from visitapp.planning.weighing import law_in_force

    if per is not None and (two_pairs or rule is not WeekRule.EACH):
        raise BadInputError(
            "A rule for weeks and two pairs are simulated for visits a year, without a target."
        )
    if weeks_late is not None and (two_pairs or rule.most_apart):
        raise BadInputError(
            "Two pairs for every week, and days between visits, need an office that knows the days."
        )
    if two_pairs and rule.most_apart:
        raise BadInputError("Two pairs for every week go with weeks, not with days between visits.")
    if weeks_late is not None and per not in (None, TargetUnit.WEEK):
        raise BadInputError("How late reports come is simulated for visits by the week alone.")
    if not visits <= MOST_VISITS:
        raise BadInputError(f"At most {MOST_VISITS} visits a year can be simulated.")
    if not 1 <= years <= MOST_YEARS:
        raise BadInputError(f"Simulate between 1 and {MOST_YEARS:,} years.")
    if weeks_late is not None and not 0 <= weeks_late <= MOST_WEEKS_LATE:
        raise BadInputError(f"Simulate reports that come at most {MOST_WEEKS_LATE} weeks late.")
    if from_year is not None and not FIRST_YEAR <= from_year <= LAST_YEAR - years + 1:
        raise BadInputError(f"Real years are simulated between {FIRST_YEAR} and {LAST_YEAR}.")
    policy = (
        suite_policy(visits, rule, two_pairs=two_pairs)
        if per is None
        else _policy_of(TargetUnit(per), visits)
    )
    in_force = law or law_in_force(policy, None, week_options(WEEK, CELLS // WEEK), CELLS)
    simulated, watched = simulate(
        drawn_by(policy, in_force), years, random,
        weeks_late=weeks_late, from_year=from_year, progress=progress,
    )  # fmt: skip
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    dates = () if from_year is None else ("date",)
    table.writerow(("year", "week", "weekday", "band", *dates))
    for visit in simulated:
        days = () if visit.day is None else (visit.day.isoformat(),)
        table.writerow((visit.year, visit.week, visit.weekday, visit.band, *days))
    return Simulation(written.getvalue(), asdict(scores(watched, CELLS)))


def _policy_of(unit: "TargetUnit", visits: int) -> "Policy":
    from visitapp.domain.office.site import SiteKind
    from visitapp.domain.office.target import VisitTarget
    from visitapp.planning.law import target_policy

    policy = target_policy(VisitTarget(visits, unit), SiteKind.SUITE)
    if policy.least < visits:
        raise BadInputError(f"At most {times(policy.least)} a {unit} can be simulated.")
    return policy
