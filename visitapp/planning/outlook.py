"""How many timeslots a site will have had by the end of the reporting year."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from random import Random

from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import Outlook
from visitapp.planning.draw import draw_span
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally

RUNS = 100
_Visited = tuple[date, int | None]


def outlook(
    ground: Ground,
    tally: Tally,
    planned_to: Period,
    random: Random,
    unseen: Sequence[Period] = (),
) -> Outlook:
    """The expected number of timeslots visited by the end of the reporting year in which
    `planned_to`, the plan's last span, begins, if the later spans are drawn by the same law with
    every timeslot reachable, but for days that the scheme excludes. So are `unseen` spans of the
    plan, whose visits only their pairs can place."""
    year = ground.years.year_of(planned_to.start)
    planned = tally.visited(until=planned_to.end)
    spans = [span for span in unseen if span.start <= year.end]
    spans += _following(ground, planned_to, year.end)
    offered = {span: options for span in spans if any(options := ground.every_option(span))}
    numbers = [_visited(ground, planned, offered, year, random) for _ in range(RUNS)]
    return Outlook(
        site_name=ground.site.name,
        cells=ground.grid.cells,
        by_plan=_number(planned, year),
        expected=sum(numbers) / len(numbers),
        all_of_100=round(100 * sum(1 for n in numbers if n == ground.grid.cells) / len(numbers)),
        year_end=year.end,
    )


def _following(ground: Ground, span: Period, last: date) -> Iterator[Period]:
    """The spans after one that begin by a day, in which the site is open throughout."""
    span_of = ground.calendar.span_of
    while (span := span_of(span.end + timedelta(days=1))).start <= last:
        if ground.site.is_open_throughout(span):
            yield span


def _visited(
    ground: Ground, planned: Sequence[_Visited], offered: Mapping[Period, list[tuple[int, ...]]],
    year: Period, random: Random,
) -> int:  # fmt: skip
    visited = list(planned)
    for span, options in offered.items():
        counts, whole = ground.calendar.counts(span, visited), ground.target_span(span.start)
        before = sum(whole.start <= day < span.start for day, _ in visited)
        last = max((day for day, _ in visited if day < span.start), default=None)
        law = ground.law(span, options, counts, before, last)
        visited += [(span.start + timedelta(days=at.day), at.cell) for at in draw_span(law, random)]
    return _number(visited, year)


def _number(visited: Sequence[_Visited], year: Period) -> int:
    """How many timeslots a year has had."""
    return len({cell for day, cell in visited if cell is not None and day in year})
