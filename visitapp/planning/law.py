"""The laws of planning: which timeslot (two-sided bounds), and when in the week (Gibbs).

Both are closed formulas of the visits counted so far in the reporting year. So we can compute
exactly what the strongest watcher knows: every past visit and this source code, but not the draw.

Timeslots are numbered row by row: `row * bands + band`. A *span* is the stretch of days that has
the visits of a site's target: usually a week for a suite with at least one, a calendar month for
kennels.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import comb, isclose
from typing import Protocol

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import SiteKind
from visitapp.domain.office.target import TargetUnit, VisitTarget
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.plan.weeks import MONTHS_A_YEAR, SPANS_A_YEAR, WEEKS_A_YEAR
from visitapp.domain.text.wording import times

_BISECTIONS = 200


@dataclass(frozen=True, slots=True)
class Policy:
    """How a site is visited.

    `visits_a_year` are spread over `spans_a_year` weeks (52), fortnights (26), months (12),
    quarters (4) or over the year (1), at least `least` each; those beyond that are spare visits. No
    timeslot is likelier than `cap` where that is possible, and none less likely than `floor` times
    an even share. A `rule` other than that of each week, and `two_pairs` asked for every week, are
    for sites that are visited once a week. With the `law` of even days (`planning.level`), the
    bounds hold only for weeks that it leaves to this law.
    """

    visits_a_year: int
    spans_a_year: int
    cap: float
    floor: float
    least: int = 1
    rule: WeekRule = WeekRule.EACH
    two_pairs: bool = False
    law: VisitLaw = VisitLaw.TIMESLOTS

    def __post_init__(self) -> None:
        if self.visits_a_year < self.spans_a_year * self.least:
            unit = next(u for u, spans in SPANS_A_YEAR.items() if spans == self.spans_a_year)
            raise BadInputError(
                f"A site is visited at least {times(self.least)} a {unit}: "
                f"{self.spans_a_year * self.least} visits a year."
            )
        if not (0 < self.cap <= 1 and 0 <= self.floor <= 1):
            raise BadInputError("The bounds of a timeslot's likelihood lie between 0 and 1.")
        is_own = self.rule is not WeekRule.EACH or self.two_pairs
        if is_own and (self.spans_a_year, self.least) != (WEEKS_A_YEAR, 1):
            raise BadInputError(
                "Only a site that is visited once a week can have empty weeks, or two pairs for "
                "every week."
            )

    @property
    def mean(self) -> float:
        """Visits of a span, on average."""
        return self.visits_a_year / self.spans_a_year

    @property
    def empty(self) -> float:
        """The likelihood that a span is drawn without a visit, where that is drawn by itself."""
        return self.rule.empty_weeks / self.spans_a_year

    @property
    def may_be_empty(self) -> bool:
        """Whether a span can be drawn without a visit."""
        return self.rule is not WeekRule.EACH


def suite_policy(
    visits_a_year: int = 65, rule: WeekRule = WeekRule.EACH, *, two_pairs: bool = False
) -> Policy:
    """Weekly visits to a suite; 65 a year is one spare visit every four weeks."""
    return Policy(visits_a_year, WEEKS_A_YEAR, cap=0.15, floor=0.35, rule=rule, two_pairs=two_pairs)


def kennel_policy(visits_a_year: int = 16) -> Policy:
    """Monthly visits to kennels."""
    return Policy(visits_a_year, MONTHS_A_YEAR, cap=0.33, floor=0.25)


def target_policy(target: VisitTarget, kind: SiteKind) -> Policy:
    """How a site is visited by its target: so many visits in each span, and a spare one in every
    four weeks, fortnights or quarters, in every three months, or in the year. There is at most one
    visit a day, and at least one day of a span stays free."""
    usual = suite_policy() if kind is SiteKind.SUITE else kennel_policy()
    spans = SPANS_A_YEAR[target.unit]
    least = min(target.number, _SHORTEST[target.unit] - 1)
    spare = spans // 3 if spans == MONTHS_A_YEAR else max(1, spans // 4)
    return Policy(spans * least + spare, spans, usual.cap, usual.floor, least)


_SHORTEST = {
    TargetUnit.WEEK: 7,
    TargetUnit.FORTNIGHT: 14,
    TargetUnit.MONTH: 28,
    TargetUnit.QUARTER: 90,
    TargetUnit.YEAR: 365,
}
"""The fewest days of a span, but for a year in which the first month of years changes."""


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
def daily_rate(mean: float, days: int, least: int = 1) -> float:
    """The daily likelihood q with which a span gets `mean` visits, where each day is drawn
    independently with q, and a span with fewer than `least` visits is drawn again. For `least` 1 it
    solves `days * q / (1 - (1 - q)^days) = mean`. 0 for a mean of `least` (exactly so many visits).
    Raises BadInputError for a mean below `least`, or of `days` or more."""
    if mean < least or mean >= days:
        raise BadInputError("The visits of a span lie between its target and one a day.")
    if isclose(mean, least):
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        others = _at_least(least - 1, days - 1, middle)
        if days * middle * others < mean * _at_least(least, days, middle):
            low = middle
        else:
            high = middle
    return (low + high) / 2


def _at_least(number: int, days: int, rate: float) -> float:
    """The likelihood of a visit on at least so many of some days."""
    fewer = sum(comb(days, k) * rate**k * (1 - rate) ** (days - k) for k in range(number))
    return 1 - fewer


class SpanLaw:
    """When in a span the visits fall, and in which timeslots: the exact law of the draw.

    `options[day]` are the timeslots that can be reached on that day of the span; a timeslot
    that several days offer (Saturday/Sunday; kennels over a month) has its likelihood shared
    evenly among them. There is at most one visit a day, and at least `least` a span (one on each
    day that can be reached, if there are fewer). Where the rule of the policy lets spans be empty,
    the others get the more visits.
    """

    def __init__(
        self, options: Sequence[Sequence[int]], counts: Sequence[int], policy: Policy
    ) -> None:
        reachable = set(chain.from_iterable(options))
        likelihood = cell_law(counts, [cell in reachable for cell in range(len(counts))], policy)
        self._spread(options, likelihood)
        days = len(options)
        self.least = policy.least
        self.rate = daily_rate(policy.mean / (1 - policy.empty), days, policy.least)
        odds = self.rate / (1 - self.rate)
        self.weights = tuple(days * odds * share for share in self.day_shares)
        self._days_left = _sums_from([float(share > 0) for share in self.day_shares])
        self.without = 0.0
        self._ways = self._all_ways()
        if policy.empty:
            self.without = self._ways[1][0] * policy.empty / (1 - policy.empty)
            self._ways = self._all_ways()

    def _spread(self, options: Sequence[Sequence[int]], likelihood: Sequence[float]) -> None:
        """Share the likelihood of each timeslot among the days that offer it."""
        days_of = Counter(chain.from_iterable(options))
        self.cells = tuple(likelihood)
        self.options = tuple(
            tuple((cell, likelihood[cell] / days_of[cell]) for cell in cells) for cells in options
        )
        self.day_shares = tuple(sum(share for _, share in cells) for cells in self.options)
        self.last_day = max(day for day, share in enumerate(self.day_shares) if share > 0)

    def _all_ways(self) -> tuple[tuple[float, ...], ...]:
        """`[n][day]`: the sum over all continuations from that day with at least n visits; where
        the number of visits is certain, with exactly n, in units of the days' shares."""
        weights = self.weights if self.rate else self.day_shares
        ways: list[tuple[float, ...]] = []
        for need in range(self.least + 1):
            after = [1.0 if need == 0 else self.without]
            for day in reversed(range(len(weights))):
                with_visit = weights[day] * ways[need - 1][day + 1] if need else 0.0
                if need == 0 and self.rate:
                    with_visit = weights[day] * after[-1]
                after.append(after[-1] + with_visit)
            ways.append(tuple(reversed(after)))
        return tuple(ways)

    def hazard(self, day: int, so_far: int) -> float:
        """The likelihood of a visit on `day` (0 is the first) given the days before it; `so_far`:
        how many visits the span has had."""
        share = self.day_shares[day]
        if share == 0:
            return 0.0
        need = max(0, self.least - so_far)
        if need >= self._days_left[day] and not self.without:
            return 1.0
        if self.rate == 0:
            return share * self._ways[need - 1][day + 1] / self._ways[need][day] if need else 0.0
        weight = self.weights[day]
        return min(1.0, weight * self._ways[max(need - 1, 0)][day + 1] / self._ways[need][day])

    def steps(self, day: int, so_far: int) -> tuple[float, float]:  # noqa: ARG002 - others need it
        """How likely a span goes on without a visit on `day`, and with one, after `so_far` visits:
        compared with others that have equally many in all."""
        return 1.0, self.weights[day] if self.rate else self.day_shares[day]

    def compared(self, days: Collection[int]) -> float:
        """How likely a span has its visits on exactly these days, compared with others that have
        equally many. Days that can't be reached count as if they had to be so."""
        chance, so_far = 1.0, 0
        for day in range(len(self.options)):
            without, with_visit = self.steps(day, so_far)
            if day not in days:
                chance *= without
            else:
                chance *= with_visit if self.day_shares[day] else 1.0
                so_far += 1
        return chance

    def numbers(self) -> list[float]:
        """The likelihood of no, one, two and more visits of a span."""
        numbers = [1.0] + [0.0] * len(self.options)
        for day in range(len(self.options)):
            for so_far in reversed(range(day + 1)):
                with_visit = numbers[so_far] * self.hazard(day, so_far) if numbers[so_far] else 0.0
                numbers[so_far] -= with_visit
                numbers[so_far + 1] += with_visit
        return numbers

    def in_cell(self, day: int, cell: int) -> float:
        """The likelihood of a timeslot given that there is a visit on that day."""
        return next((s for c, s in self.options[day] if c == cell), 0.0) / self.day_shares[day]

    def next_visit(self, day: int, so_far: int) -> tuple[list[float], float]:
        """At the beginning of `day`: for each timeslot, the likelihood that the next visit is in
        this span and in that timeslot; and the likelihood of no further visit in the span."""
        likelihoods = [0.0] * len(self.cells)
        none_yet = 1.0
        for later in range(day, len(self.options)):
            hazard = self.hazard(later, so_far)
            if hazard:
                scale = none_yet * hazard / self.day_shares[later]
                for cell, share in self.options[later]:
                    likelihoods[cell] += scale * share
                none_yet *= 1 - hazard
        return likelihoods, none_yet

    def state(self, so_far: int) -> int:
        """What the chance of a day depends on at the beginning of a span that has had `so_far`
        visits."""
        return so_far

    def after(self, state: int, _day: int) -> int:
        """The same after a visit on a day."""
        return state + 1

    def known(self, number: int) -> "KnownNumber":
        """The law for somebody who knows how many visits the span gets."""
        return KnownNumberLaw(self, number)

    def first_visit(self) -> list[float]:
        """For each timeslot, the likelihood that the next visit is in it, at the beginning of the
        span. After an empty span, the next one has the same law."""
        likelihoods, none_yet = self.next_visit(0, so_far=0)
        return [each / (1 - none_yet) for each in likelihoods] if self.without else likelihoods


class PartLaw(SpanLaw):
    """The law of some days of a span that is drawn in parts, as a year month by month: what the law
    of the whole span says of them, after `before` visits in its other parts.

    Drawn one after another, the parts of a span get exactly the visits that the whole span would,
    since its law needs to know only how many visits there were. A part can have none.
    """

    def __init__(self, whole: SpanLaw, days: range, before: int) -> None:
        self._whole, self._first, self._before = whole, days.start, before
        self.cells, self.rate, self.least, self.without = whole.cells, whole.rate, 0, 0.0
        self.options = whole.options[days.start : days.stop]
        self.day_shares = whole.day_shares[days.start : days.stop]
        self.weights = whole.weights[days.start : days.stop]
        reachable = (day for day, share in enumerate(self.day_shares) if share > 0)
        self.last_day = max(reachable, default=-1)

    def hazard(self, day: int, so_far: int) -> float:
        """As of a span; `so_far`: how many visits the part has had."""
        return self._whole.hazard(self._first + day, self._before + so_far)

    def next_visit(self, day: int, so_far: int) -> tuple[list[float], float]:
        """As of a span: the next visit can be in a later part of it."""
        return self._whole.next_visit(self._first + day, self._before + so_far)


class KnownNumber(Protocol):
    """A law given how many visits a span gets."""

    def hazard(self, day: int, left: int, state: int = 0) -> float:
        """The likelihood of a visit on `day` when `left` are still to come, in a state."""


class KnownNumberLaw:
    """The same law given the `number` of visits of the span, which a pair knows that draws its own
    moments, and somebody who has seen the rota."""

    def __init__(self, law: SpanLaw, number: int) -> None:
        self._law, self._number = law, number
        # sums[day][left]: over all ways to place so many visits on `day` and after.
        sums = [[1.0] + [0.0] * number]
        for day in reversed(range(len(law.options))):
            after, of_day = sums[-1], []
            for left in range(number + 1):
                without, with_visit = law.steps(day, number - left)
                more = with_visit * after[left - 1] if left else 0.0
                of_day.append(without * after[left] + more)
            sums.append(of_day)
        self._sums = tuple(reversed(sums))

    def hazard(self, day: int, left: int, _state: int = 0) -> float:
        """The likelihood of a visit on `day` when `left` visits of the span are still to come."""
        if left == 0 or self._sums[day][left] == 0:
            return 0.0
        with_visit = self._law.steps(day, self._number - left)[1]
        return min(1.0, with_visit * self._sums[day + 1][left - 1] / self._sums[day][left])

    def number(self, number: int) -> float:
        """The likelihood that a span gets so many visits."""
        return self._law.numbers()[number]


def _sums_from(values: Sequence[float]) -> tuple[float, ...]:
    """The sum of the values from each place on."""
    sums = [0.0]
    for value in reversed(values):
        sums.append(sums[-1] + value)
    return tuple(reversed(sums))
