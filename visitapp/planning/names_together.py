"""What names say of the days of a week's visits to several sites, where somebody is named at more
than one of them: nobody makes two visits on a day."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from visitapp.domain.plan.planned import PlannedVisit
from visitapp.planning.by_names import MOST_TOGETHER, Days, as_shares, days_of_weights
from visitapp.planning.law import SpanLaw


@dataclass(frozen=True, slots=True)
class Named:
    """The visits of a week to one site, with how likely their names are on each day."""

    law: SpanLaw
    visits: Sequence[PlannedVisit]
    weights: Sequence[Days]

    def shares_people(self, other: "Named") -> bool:
        """Whether somebody is named here and there."""
        return any(_clash(mine, theirs) for mine in self.visits for theirs in other.visits)


def days_together(sites: Sequence[Named]) -> list[list[Days]]:
    """For each site, the likelihood of each visit's days. Sites at which nobody is named who is
    named elsewhere are taken by themselves, and so are all of more than eight visits together."""
    days: list[list[Days]] = [[] for _ in sites]
    for group in _groups(sites):
        mine = [sites[at] for at in group]
        if len(group) > 1 and sum(len(site.visits) for site in mine) <= MOST_TOGETHER:
            of_group = _NamedWeek(mine).days()
        else:
            of_group = [days_of_weights(site.law, site.weights) for site in mine]
        for at, of_site in zip(group, of_group, strict=True):
            days[at] = of_site
    return days


def _groups(sites: Sequence[Named]) -> list[list[int]]:
    groups: list[list[int]] = []
    for at, site in enumerate(sites):
        near = [g for g in groups if any(site.shares_people(sites[other]) for other in g)]
        groups = [g for g in groups if g not in near] + [[*(o for g in near for o in g), at]]
    return groups


def _clash(first: PlannedVisit, second: PlannedVisit) -> bool:
    return not set(first.pair).isdisjoint(second.pair)


class _NamedWeek:
    """Sums over all ways to place the visits of all sites, day by day: a set of visits is a number
    with a bit each, site after site."""

    def __init__(self, sites: Sequence[Named]) -> None:
        self._sites = sites
        self._visits = [visit for site in sites for visit in site.visits]
        self._weights = [weights for site in sites for weights in site.weights]
        ends = [sum(len(site.visits) for site in sites[: at + 1]) for at in range(len(sites))]
        self._bits = [range(end - len(s.visits), end) for s, end in zip(sites, ends, strict=True)]
        self._number = len(sites[0].law.options)
        self._everybody = 2 ** len(self._visits) - 1
        self._after = cache(self._ways_after)

    def days(self) -> list[list[Days]]:
        """The likelihood of each visit's days; by each site alone, if there is no way."""
        if not self._after(0, 0):
            return [days_of_weights(site.law, site.weights) for site in self._sites]
        shares = [[0.0] * self._number for _ in self._visits]
        before = {0: 1.0}
        for day in range(self._number):
            later: defaultdict[int, float] = defaultdict(float)
            for placed, ways in before.items():
                for added, weight in self._moves(day, placed):
                    later[placed | added] += ways * weight
                    whole = ways * weight * self._after(day + 1, placed | added)
                    for at, of_visit in enumerate(shares):
                        of_visit[day] += whole * (added >> at & 1)
            before = later
        return [[as_shares(shares[at]) for at in bits] for bits in self._bits]

    def _ways_after(self, day: int, placed: int) -> float:
        if day == self._number:
            return float(placed == self._everybody)
        return sum(
            weight * self._after(day + 1, placed | added)
            for added, weight in self._moves(day, placed)
        )

    def _moves(self, day: int, placed: int) -> Iterator[tuple[int, float]]:
        """The visits that can be made on a day after these, with how likely they are."""
        moves = [(0, 1.0)]
        for site, bits in zip(self._sites, self._bits, strict=True):
            so_far = sum(placed >> at & 1 for at in bits)
            without, with_visit = site.law.steps(day, so_far)
            moves = [(added, weight * without) for added, weight in moves] + [
                (added | 1 << at, weight * with_visit * self._weights[at][day])
                for added, weight in moves
                for at in bits
                if not placed >> at & 1 and self._can_both(at, added)
            ]
        return (move for move in moves if move[1])

    def _can_both(self, at: int, others: int) -> bool:
        return not any(
            others >> other & 1 and _clash(self._visits[at], visit)
            for other, visit in enumerate(self._visits)
        )
