"""What the names of a pair say of the day of their visit to somebody who knows when everybody can
go, every past visit, the number of visits of the week, and this program."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import Pair, Volunteer, pair_of
from visitapp.planning.law import SpanLaw
from visitapp.planning.pair_rule import PairRule
from visitapp.planning.reach import Ground

MOST_TOGETHER = 8
"""With more visits in a span, each is taken by itself, which hardly differs."""

Days = list[float]
"""The likelihood of each day of a span."""


def days_by_names(
    ground: Ground,
    law: SpanLaw,
    span: Period,
    visits: Sequence[PlannedVisit],
    rule: PairRule,
    volunteers: Sequence[Volunteer],
) -> list[Days]:
    """For each visit to a site in a span, how likely each of its days is: by Bayes' rule, the law's
    chances of a timeslot times those of the pair in it, where no two visits share a day."""
    return days_of_weights(law, weights_by_names(ground, law, span, visits, rule, volunteers))


def weights_by_names(
    ground: Ground,
    law: SpanLaw,
    span: Period,
    visits: Sequence[PlannedVisit],
    rule: PairRule,
    volunteers: Sequence[Volunteer],
) -> list[Days]:
    """For each visit, how likely its names are on each day, in any unit. A pair that draws its own
    moments does so by the law alone, among the times at which it can go."""
    pairs = {pair_of(*visit.pair) for visit in visits if len(visit.pair) == 2}
    weights = {pair: [0.0] * span.days for pair in pairs}
    can_go = {pair: [0.0] * span.days for pair in pairs}
    for at, cells in enumerate(law.options):
        day = span.start + timedelta(days=at)
        able = (
            frozenset(who.id for who in ground.able_on(volunteers, day)) if cells else frozenset()
        )
        for cell, share in cells:
            chances = rule.chances(day, cell, able)
            for pair in pairs & chances.keys():
                in_day = share / law.day_shares[at]
                weights[pair][at] += in_day * chances[pair]
                can_go[pair][at] += in_day
    return [_of_visit(visit, can_go if visit.is_of_pair else weights, law) for visit in visits]


def _of_visit(visit: PlannedVisit, weights: Mapping[Pair, Days], law: SpanLaw) -> Days:
    """How likely these names are on each day, in any unit. The law alone says when it is, where
    nobody or one person is named, or a pair that can't."""
    of_pair = weights[pair_of(*visit.pair)] if len(visit.pair) == 2 else []
    return of_pair if any(of_pair) else [1.0] * len(law.options)


def days_of_weights(law: SpanLaw, weights: Sequence[Days]) -> list[Days]:
    """The likelihood of each visit's days by the law and their weights, with one visit a day at
    most: sums over all ways to place them, day by day from both ends. A set of visits is a number
    with a bit each."""
    number, days = len(weights), len(law.options)
    if number > MOST_TOGETHER:
        return [alone(law, mine) for mine in weights]
    everybody = 2**number - 1
    before = [[1.0] + [0.0] * everybody]
    for day in range(days):
        before.append(_day_later(before[-1], law, day, [mine[day] for mine in weights]))
    after = ways_after(law, weights)
    if not before[-1][everybody]:
        return [alone(law, mine) for mine in weights]
    return [
        as_shares(
            [
                mine[day] * sum(
                    ways * law.steps(day, placed.bit_count())[1] * after[day + 1][placed | 2**at]
                    for placed, ways in enumerate(before[day])
                    if ways and not placed & 2**at
                )
                for day in range(days)
            ]
        )
        for at, mine in enumerate(weights)
    ]  # fmt: skip


def ways_after(law: SpanLaw, weights: Sequence[Days]) -> list[list[float]]:
    """For each day, the ways to place all other visits from it on, for each set placed before."""
    after = [[0.0] * (2 ** len(weights) - 1) + [1.0]]
    for day in reversed(range(len(law.options))):
        after.insert(0, _day_earlier(after[0], law, day, [mine[day] for mine in weights]))
    return after


def _day_later(
    ways: Sequence[float], law: SpanLaw, day: int, weights: Sequence[float]
) -> list[float]:
    """The ways to have placed each set of visits by the end of a day, from those before it."""
    later = [0.0] * len(ways)
    for placed, way in enumerate(ways):
        without, with_visit = law.steps(day, placed.bit_count())
        later[placed] += way * without
        for at, weight in enumerate(weights):
            if not placed & 2**at:
                later[placed | 2**at] += way * with_visit * weight
    return later


def _day_earlier(
    ways: Sequence[float], law: SpanLaw, day: int, weights: Sequence[float]
) -> list[float]:
    """The ways to place all others from a day on, for each set placed before it, from those after
    it."""
    earlier = []
    for placed, way in enumerate(ways):
        without, with_visit = law.steps(day, placed.bit_count())
        earlier.append(
            way * without + with_visit * sum(
                ways[placed | 2**at] * weight
                for at, weight in enumerate(weights)
                if not placed & 2**at
            )
        )  # fmt: skip
    return earlier


def alone(law: SpanLaw, weights: Days) -> Days:
    """The likelihood of a visit's days as if its span had no other; by the law, if it has the names
    on none of its days."""
    likely = [law.steps(day, 0)[1] for day in range(len(weights))]
    named = [chance * weight for chance, weight in zip(likely, weights, strict=True)]
    return as_shares(named if any(named) else likely)


def as_shares(weights: Days) -> Days:
    """Likelihoods in any unit as shares of 1."""
    total = sum(weights)
    return [weight / total for weight in weights] if total else weights
