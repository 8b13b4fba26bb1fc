"""How many timeslots a site will have had by the end of the reporting year."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from visitapp.domain.period import Period
from visitapp.domain.plan.foresight import Outlook
from visitapp.planning.draw import draw_span
from visitapp.planning.law import SpanLaw
from visitapp.planning.reach import Ground, Tally

RUNS = 100


def outlook(
    ground: Ground,
    tally: Tally,
    planned_to: Period,
    random: Random,
    unseen: Sequence[Period] = (),
) -> Outlook:
    """The expected number of timeslots visited by the end of the reporting year of `planned_to`,
    the plan's last span, if the later spans are drawn by the same law with every timeslot
    reachable. So are `unseen` spans of the plan, whose visits only their pairs can place."""
    year = ground.year(planned_to)
    following = planned_to.end + timedelta(days=1)
    counts = tally.counts(ground.calendar.span_of(following))
    if ground.year(ground.calendar.span_of(following)) != year:
        counts = tally.counts_of_year(year)
    spans = [span for span in unseen if ground.year(span) == year]
    spans += [span for span in _all_spans(ground, year) if span.start >= following]
    numbers = [_visited(ground, counts, spans, random) for _ in range(RUNS)]
    return Outlook(
        site_name=ground.site.name,
        cells=ground.grid.cells,
        by_plan=sum(1 for count in counts if count),
        expected=sum(numbers) / len(numbers),
        all_of_100=round(100 * sum(1 for n in numbers if n == ground.grid.cells) / len(numbers)),
        year_end=year.end,
    )


def _all_spans(ground: Ground, year: Period) -> list[Period]:
    spans = ground.target.spans(year)
    return [span for span in spans if ground.site.is_open_throughout(span)]


def _visited(ground: Ground, before: Sequence[int], spans: Sequence[Period], random: Random) -> int:
    counts = list(before)
    for span in spans:
        law = SpanLaw(ground.calendar.options(span), counts, ground.policy)
        for placed in draw_span(law, random):
            counts[placed.cell] += 1
    return sum(1 for count in counts if count)
