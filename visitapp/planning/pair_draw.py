"""The draw of a pair: the same law as plans, given the number of visits, on each of two copies."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from random import Random

from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs, MeetingTime
from visitapp.domain.plan.planned import PlannedMoment
from visitapp.planning.draw import STEP, draw_known, draw_minute
from visitapp.planning.law import Policy, SpanLaw, suite_policy
from visitapp.planning.level import law_of_span


def pair_moments(inputs: FrozenInputs, span: Period, random: Random) -> tuple[PlannedMoment, ...]:
    """The days and times of a pair's visits in a span, the first one first. `random` is the stream
    that both copies share: from equal inputs and equal streams come equal moments.

    Raises BadInputError where the law's parameters contradict each other.
    """
    law = span_law(inputs, span)
    minutes = _minutes(inputs)
    left, moments = inputs.handovers_left, []
    for placed in draw_known(law, inputs.number, random):
        choices = minutes[placed.day, placed.cell]
        minute = draw_minute(choices, inputs.handovers, left, random)
        left -= any(band.start <= minute < band.end for band in inputs.handovers)
        moments.append(PlannedMoment(span.start + timedelta(days=placed.day), minute))
    return tuple(moments)


def span_law(inputs: FrozenInputs, span: Period) -> SpanLaw:
    """The law that the pair draws by."""
    cells: dict[int, set[int]] = defaultdict(set)
    for time in inputs.times:
        if steps_within(time):
            cells[time.day].add(time.cell)
    options = [tuple(sorted(cells[day])) for day in range(span.days)]
    return law_of_span(options, inputs.counts, _policy(inputs), inputs.weeks_left)


def _policy(inputs: FrozenInputs) -> Policy:
    if inputs.law is VisitLaw.DAYS:
        return replace(suite_policy(inputs.visits_a_year), law=inputs.law)
    return Policy(inputs.visits_a_year, inputs.spans_a_year, inputs.cap, inputs.floor)


def steps_within(time: MeetingTime) -> range:
    """The minutes of a stretch at which a visit may begin."""
    return range(-(-time.start // STEP) * STEP, time.end, STEP)


def _minutes(inputs: FrozenInputs) -> dict[tuple[int, int], list[int]]:
    minutes: dict[tuple[int, int], list[int]] = defaultdict(list)
    for time in inputs.times:
        minutes[time.day, time.cell] += steps_within(time)
    return {place: sorted(set(some)) for place, some in minutes.items()}
