"""The two laws of planning: which timeslot (two-sided bounds), and when in the week (Gibbs).

Both are closed formulas of the visits counted so far in the reporting year. So we can compute
exactly what the strongest watcher knows: every past visit and this source code, but not the draw.

Timeslots are numbered row by row: `row * bands + band`. A *span* is the stretch of days that has
at least one visit: a week for a suite, a calendar month for kennels.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import isclose

from visitapp.domain.errors import BadInputError
from visitapp.domain.plan.weeks import MONTHS_A_YEAR, WEEKS_A_YEAR

_BISECTIONS = 200


@dataclass(frozen=True, slots=True)
class Policy:
    """How a site is visited.

    `visits_a_year` are spread over `spans_a_year` weeks (52) or months (12), at least one each;
    those beyond that are spare visits. No timeslot is likelier than `cap` where that is possible,
    and none less likely than `floor` times an even share.
    """

    visits_a_year: int
    spans_a_year: int
    cap: float
    floor: float

    def __post_init__(self) -> None:
        if self.visits_a_year < self.spans_a_year:
            unit = "week" if self.spans_a_year > MONTHS_A_YEAR else "month"
            raise BadInputError(
                f"A site is visited at least once a {unit}: {self.spans_a_year} visits a year."
            )
        if not (0 < self.cap <= 1 and 0 <= self.floor <= 1):
            raise BadInputError("The bounds of a timeslot's likelihood lie between 0 and 1.")

    @property
    def mean(self) -> float:
        """Visits of a span, on average."""
        return self.visits_a_year / self.spans_a_year


def suite_policy(visits_a_year: int = 65) -> Policy:
    """Weekly visits to a suite; 65 a year is one spare visit every four weeks."""
    return Policy(visits_a_year, WEEKS_A_YEAR, cap=0.15, floor=0.35)


def kennel_policy(visits_a_year: int = 16) -> Policy:
    """Monthly visits to kennels."""
    return Policy(visits_a_year, MONTHS_A_YEAR, cap=0.33, floor=0.25)


def cell_law(counts: Sequence[int], reachable: Sequence[bool], policy: Policy) -> tuple[float, ...]:
    """The likelihood of each timeslot; 0 for those not `reachable`. They add up to 1.

    `counts` are the visits of this reporting year by timeslot. Timeslots without a visit get `a`
    each, the others `b`: a is as large as the cap allows while leaving every other timeslot its
    floor, and never under an even share (two-sided bounds).

    Raises BadInputError if nothing is reachable.
    """
    cells = len(counts)
    within = sum(reachable)
    if within == 0:
        raise BadInputError("No timeslot can be reached in this span.")
    unvisited = sum(1 for count, can in zip(counts, reachable, strict=True) if can and count == 0)
    if unvisited in (0, within):
        return tuple(1 / within if can else 0.0 for can in reachable)
    others = within - unvisited
    kept_for_others = others * policy.floor / cells
    a = max(min(policy.cap, (1 - kept_for_others) / unvisited), 1 / within)
    b = (1 - unvisited * a) / others
    return tuple(
        (a if count == 0 else b) if can else 0.0
        for count, can in zip(counts, reachable, strict=True)
    )


@lru_cache(maxsize=256)
def daily_rate(mean: float, days: int) -> float:
    """The daily likelihood q that solves `days * q / (1 - (1 - q)^days) = mean`, where each day of
    a span is drawn independently with q and an empty span is drawn again. 0 for a mean of 1
    (exactly one visit). Raises BadInputError for a mean below 1, or of `days` or more."""
    if mean < 1 or mean >= days:
        raise BadInputError("The visits of a span lie between one and one a day.")
    if isclose(mean, 1):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if days * middle < mean * (1 - (1 - middle) ** days):
            low = middle
        else:
            high = middle
    return (low + high) / 2


class SpanLaw:
    """When in a span the visits fall, and in which timeslots: the exact law of the draw.

    `options[day]` are the timeslots that can be reached on that day of the span; a timeslot
    that several days offer (Saturday/Sunday; kennels over a month) has its likelihood shared
    evenly among them. There is at most one visit a day and at least one a span.
    """

    def __init__(
        self, options: Sequence[Sequence[int]], counts: Sequence[int], policy: Policy
    ) -> None:
        days_of = [0] * len(counts)
        for cells in options:
            for cell in cells:
                days_of[cell] += 1
        likelihood = cell_law(counts, [n > 0 for n in days_of], policy)
        self.cells = likelihood
        self.options = tuple(
            tuple((cell, likelihood[cell] / days_of[cell]) for cell in cells) for cells in options
        )
        self.day_shares = tuple(sum(share for _, share in cells) for cells in self.options)
        days = len(options)
        self.rate = daily_rate(policy.mean, days)
        odds = self.rate / (1 - self.rate)
        self.weights = tuple(days * odds * share for share in self.day_shares)
        after = [1.0]
        for weight in reversed(self.weights):
            after.append(after[-1] * (1 + weight))
        # partition[day] is the sum over all possible continuations from that day, including none.
        self.partition = tuple(reversed(after))
        self.last_day = max(day for day, share in enumerate(self.day_shares) if share > 0)
        left = [0.0]
        for share in reversed(self.day_shares):
            left.append(left[-1] + share)
        self._shares_from = tuple(reversed(left))

    def hazard(self, day: int, had_visit: bool) -> float:
        """The likelihood of a visit on `day` (0 is the first) given the days before it;
        `had_visit`: whether the span has had a visit yet."""
        share = self.day_shares[day]
        if share == 0:
            return 0.0
        if not had_visit and day == self.last_day:
            return 1.0
        if self.rate == 0:
            return 0.0 if had_visit else share / self._shares_from[day]
        weight = self.weights[day]
        if had_visit:
            return weight / (1 + weight)
        return min(1.0, weight * self.partition[day + 1] / (self.partition[day] - 1))

    def in_cell(self, day: int, cell: int) -> float:
        """The likelihood of a timeslot given that there is a visit on that day."""
        return next((s for c, s in self.options[day] if c == cell), 0.0) / self.day_shares[day]

    def next_visit(self, day: int, had_visit: bool) -> tuple[list[float], float]:
        """At the beginning of `day`: for each timeslot, the likelihood that the next visit is in
        this span and in that timeslot; and the likelihood of no further visit in the span."""
        likelihoods = [0.0] * len(self.cells)
        none_yet = 1.0
        for later in range(day, len(self.options)):
            hazard = self.hazard(later, had_visit)
            if hazard:
                scale = none_yet * hazard / self.day_shares[later]
                for cell, share in self.options[later]:
                    likelihoods[cell] += scale * share
                none_yet *= 1 - hazard
        return likelihoods, none_yet


class KnownNumberLaw:
    """The same law given how many visits the span gets, which a pair knows that draws its own
    moments, and somebody who has seen the rota.

    Given the number k, days are drawn with the weights of k-subsets: elementary symmetric
    sums of the days' weights. For exactly one visit the weights are the days' shares.
    """

    def __init__(self, law: SpanLaw, most: int) -> None:
        weights = law.weights if law.rate else law.day_shares
        self._weights = weights
        # sums[day][k]: over all ways to place k visits on `day` and after.
        sums = [[1.0] + [0.0] * most]
        for weight in reversed(weights):
            after = sums[-1]
            sums.append([after[0]] + [after[k] + weight * after[k - 1] for k in range(1, most + 1)])
        self._sums = tuple(reversed(sums))

    def hazard(self, day: int, left: int) -> float:
        """The likelihood of a visit on `day` when `left` visits of the span are still to come."""
        if left == 0 or self._sums[day][left] == 0:
            return 0.0
        chance = self._weights[day] * self._sums[day + 1][left - 1] / self._sums[day][left]
        return min(1.0, chance)

    def number(self, number: int) -> float:
        """The likelihood that a span gets so many visits (1 or more)."""
        return self._sums[0][number] / sum(self._sums[0][1:])
