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

_MOST_TOGETHER = 8
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
    chances of a timeslot times those of the pair in it, where no two visits share a day. A pair
    that draws its own moments does so by the law alone, among the times at which it can go."""
    pairs = {pair_of(*visit.pair) for visit in visits if len(visit.pair) == 2}
    weights = {pair: [0.0] * span.days for pair in pairs}
    can_go = {pair: [0.0] * span.days for pair in pairs}
    by_day = law.weights if law.rate else law.day_shares
    for at, cells in enumerate(law.options):
        day = span.start + timedelta(days=at)
        able = (
            frozenset(who.id for who in ground.able_on(volunteers, day)) if cells else frozenset()
        )
        for cell, share in cells:
            chances = rule.chances(day, cell, able)
            for pair in pairs & chances.keys():
                placed = by_day[at] * share / law.day_shares[at]
                weights[pair][at] += placed * chances[pair]
                can_go[pair][at] += placed
    return _together(
        [_of_visit(visit, can_go if visit.is_of_pair else weights, law) for visit in visits]
    )


def _of_visit(visit: PlannedVisit, weights: Mapping[Pair, Days], law: SpanLaw) -> Days:
    """The law alone says when it is, where nobody or one person is named, or a pair that can't."""
    of_pair = weights[pair_of(*visit.pair)] if len(visit.pair) == 2 else []
    return of_pair if any(of_pair) else list(law.day_shares)


def _together(weights: Sequence[Days]) -> list[Days]:
    """The likelihood of each visit's days by their weights, with one visit a day at most: sums over
    all ways to place them, day by day from both ends."""
    number, days = len(weights), len(weights[0]) if weights else 0
    if number > _MOST_TOGETHER:
        return [_as_shares(mine) for mine in weights]
    before, after = [[1.0] + [0.0] * (2**number - 1)], [[1.0] + [0.0] * (2**number - 1)]
    for day in range(days):
        before.append(_with_day(before[-1], [mine[day] for mine in weights]))
        after.append(_with_day(after[-1], [mine[days - 1 - day] for mine in weights]))
    everybody = 2**number - 1
    if not before[-1][everybody]:
        return [_as_shares(mine) for mine in weights]
    return [
        _as_shares(
            [
                mine[day] * sum(
                    before[day][placed] * after[days - 1 - day][everybody ^ placed ^ 2**at]
                    for placed in range(2**number)
                    if not placed & 2**at
                )
                for day in range(days)
            ]
        )
        for at, mine in enumerate(weights)
    ]  # fmt: skip


def _with_day(ways: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The ways to place each set of visits, with a day more; a set is a number with a bit each."""
    return [
        way + sum(
            ways[placed ^ 2**at] * weight for at, weight in enumerate(weights) if placed & 2**at
        )
        for placed, way in enumerate(ways)
    ]  # fmt: skip


def _as_shares(weights: Days) -> Days:
    total = sum(weights)
    return [weight / total for weight in weights] if total else weights
