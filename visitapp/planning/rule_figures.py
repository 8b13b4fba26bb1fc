"""What each rule for weeks buys and costs at a site: years drawn by its law, on its own grid."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from statistics import fmean, median

from visitapp.domain.period import Period
from visitapp.domain.plan.week_rule import RuleFigures, WeekRule
from visitapp.domain.progress import Progress, report_progress
from visitapp.planning.draw import draw_span
from visitapp.planning.reach import Ground
from visitapp.planning.scores import Expected, caught_of

YEARS = 40
"""So many years come within 1 of 100 visits and a fifth of a timeslot of what thousands give."""


def compare_rules(
    ground: Ground, year: Period, random: Random, progress: Progress | None = None
) -> tuple[RuleFigures, ...]:
    """The figures of every rule, for the visits a year that a site gets, if every timeslot can be
    reached. `year` is a reporting year.

    Raises CancelledError if `progress` returns False.
    """
    figures = []
    for at, rule in enumerate(WeekRule):
        report_progress(progress, "Simulating years", at, len(WeekRule), "Stopped.")
        policy = replace(ground.policy, rule=rule)
        of_rule = replace(ground, policy=policy, drawn_by={})
        figures.append(_figures(of_rule, year, random))
    return tuple(figures)


def _figures(ground: Ground, year: Period, random: Random) -> RuleFigures:
    days: list[Expected] = []
    weeks = [week for week in year.weeks() if week.start in year]
    visits = [_year(ground, weeks, random, days) for _ in range(YEARS)]
    return RuleFigures(
        ground.policy.rule,
        caught_of(days, 1 / 7),
        fmean(len({cell for _, cell in of_year}) for of_year in visits),
        ground.grid.cells,
        median(max((b - a).days for (a, _), (b, _) in pairwise(v)) for v in visits),
        fmean(len(weeks) - len({ground.target_span(d) for d, _ in v}) for v in visits),
    )


def _year(
    ground: Ground, weeks: Sequence[Period], random: Random, days: list[Expected]
) -> list[tuple[date, int]]:
    """The days and timeslots of a year's visits; into `days` goes what a watcher knew before each
    day. Since the law is exact, that is also what is to be expected of the day."""
    visited: list[tuple[date, int]] = []
    for week in weeks:
        counts = ground.calendar.counts(week, visited)
        last = visited[-1][0] if visited else None
        law = ground.law(week, ground.calendar.options(week), counts, 0, last)
        placed = {place.day: place.cell for place in draw_span(law, random)}
        state = law.state(0)
        for day in range(week.days):
            hazard = law.hazard(day, state)
            days.append(Expected(hazard, hazard))
            if day in placed:
                visited.append((week.start + timedelta(days=day), placed[day]))
                state = law.after(state, day)
    return visited
