"""Weeks for which two pairs are asked whatever the draw: the one that isn't needed is stood down,
so that the rota doesn't show how many visits a week gets."""

from collections.abc import Sequence

from visitapp.planning.gaps import GapLaw
from visitapp.planning.law import Policy, SpanLaw

PAIRS = 2
"""How many pairs are asked for a week, which is the most visits that it can get."""


class TwoPairsLaw(SpanLaw):
    """The law of a week with one visit or two, or with none where its rule lets it be empty.

    Numbers are as likely as gives the policy's visits a year. Given the number, days are as likely
    as for every span (`KnownNumberLaw`).
    """

    def __init__(
        self, options: Sequence[Sequence[int]], counts: Sequence[int], policy: Policy
    ) -> None:
        super().__init__(options, counts, policy)
        self.rate, self.without = 0.0, policy.empty
        # sums[day][k]: over all ways to place k visits on `day` and after.
        sums = [(1.0, 0.0, 0.0)]
        for share in reversed(self.day_shares):
            _, single, both = sums[-1]
            sums.append((1.0, single + share, both + share * single))
        self._sums = tuple(reversed(sums))
        self._numbers = self._weighed(policy.mean)

    def _weighed(self, mean: float) -> tuple[float, ...]:
        """By number of visits, its likelihood in units of the ways to place so many."""
        _, single, both = self._sums[0]
        twice = min(1.0, max(0.0, mean - 1 + self.without)) if both else 0.0
        return self.without, (1 - self.without - twice) / single, twice / both if both else 0.0

    def hazard(self, day: int, so_far: int) -> float:
        numbers = range(so_far, PAIRS + 1)
        ways = sum(self._numbers[n] * self._sums[day][n - so_far] for n in numbers)
        if ways <= 0:
            return 0.0
        with_visit = sum(
            self._numbers[n] * self._sums[day + 1][n - so_far - 1] for n in numbers[1:]
        )
        return min(1.0, self.day_shares[day] * with_visit / ways)


def law_for(
    options: Sequence[Sequence[int]],
    counts: Sequence[int],
    policy: Policy,
    last: int | None = None,
) -> SpanLaw:
    """The law of a span by its policy. `last`: the day of the last visit before the draw, counted
    from the first day of the span, if there was any."""
    if policy.rule.most_apart:
        return GapLaw(options, counts, policy, last)
    return (TwoPairsLaw if policy.two_pairs else SpanLaw)(options, counts, policy)
