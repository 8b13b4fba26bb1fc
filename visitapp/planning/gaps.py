"""The law of visits that are at most so many days apart, whatever the calendar week."""

from collections.abc import Sequence
from functools import cache, lru_cache

from visitapp.planning.law import Policy, SpanLaw

_DAYS, _WEEK = 364, 7
_LEVELS, _BISECTIONS = 100, 40
_QUIET = 0.26
"""The quiet chance, as a part of the mean: just more than `planning.scores.SAFE`."""


class GapLaw(SpanLaw):
    """When in a week the visits fall if no two are further apart than the rule says.

    The likelihood of a visit depends on nothing but the days since the last one, which is on day
    `last` of the week (negative: before it). So what is still to be visited decides the timeslot of
    a day, and not the day: fewer timeslots are visited than by laws that let it. A visit that is
    due falls on the last day on which it is possible.
    """

    def __init__(
        self,
        options: Sequence[Sequence[int]],
        counts: Sequence[int],
        policy: Policy,
        last: int | None = None,
    ) -> None:
        super().__init__(options, counts, policy)
        self._most = policy.rule.most_apart
        self._chances = gap_chances(policy.visits_a_year, self._most)
        mean = _DAYS / policy.visits_a_year
        self.last = -round(mean / 2) if last is None else last
        """Without any earlier visit, as if there had been one half the usual time ago."""

    def state(self, _so_far: int) -> int:
        """The day of the last visit."""
        return self.last

    def after(self, _state: int, day: int) -> int:
        return day

    def hazard(self, day: int, so_far: int) -> float:
        """`so_far`: the day of the last visit."""
        if self._share(day) == 0:
            return 0.0
        gap = day - so_far
        if gap >= self._most or self._is_last_chance(day, so_far + self._most):
            return 1.0
        return self._chances[gap - 1]

    def _share(self, day: int) -> float:
        """Days after the week are as those of the week."""
        return self.day_shares[day % len(self.day_shares)]

    def _is_last_chance(self, day: int, due: int) -> bool:
        """Whether a visit that is due by a day is possible on none of the days up to it."""
        return all(self._share(later) == 0 for later in range(day + 1, due + 1))

    def next_visit(self, day: int, so_far: int) -> tuple[list[float], float]:
        return self._next(day, len(self.options), day - 1 if so_far else self.last)

    def first_visit(self) -> list[float]:
        return self._next(0, self._most + _WEEK, self.last)[0]

    def _next(self, day: int, end: int, last: int) -> tuple[list[float], float]:
        likelihoods, none_yet = [0.0] * len(self.cells), 1.0
        for later in range(day, end):
            hazard = self.hazard(later, last)
            if hazard:
                at = later % len(self.options)
                scale = none_yet * hazard / self.day_shares[at]
                for cell, share in self.options[at]:
                    likelihoods[cell] += scale * share
                none_yet *= 1 - hazard
        return likelihoods, none_yet

    def known(self, _number: int) -> "KnownNumberGaps":
        return KnownNumberGaps(self)


class KnownNumberGaps:
    """The same law given how many visits the week gets."""

    def __init__(self, law: GapLaw) -> None:
        self._law, self._chance = law, cache(self._chance_of)

    def _chance_of(self, day: int, last: int, left: int) -> float:
        """The likelihood of just so many visits from a day on."""
        if day == len(self._law.options):
            return float(left == 0)
        hazard = self._law.hazard(day, last)
        chance = (1 - hazard) * self._chance(day + 1, last, left) if hazard < 1 else 0.0
        return chance + (hazard * self._chance(day + 1, day, left - 1) if left else 0.0)

    def hazard(self, day: int, left: int, state: int = 0) -> float:
        """The likelihood of a visit on `day` when `left` are still to come, and the last one was on
        day `state`."""
        every = self._chance(day, state, left)
        if left == 0 or every <= 0:
            return 0.0
        return self._law.hazard(day, state) * self._chance(day + 1, day, left - 1) / every


@lru_cache(maxsize=64)
def gap_chances(visits_a_year: int, most: int) -> tuple[float, ...]:
    """The likelihood of a visit 1, 2 and more days after the last one, up to `most`, where there is
    one for certain.

    A quiet chance on the first days, so that none can be ruled out, and one level after them. Of
    all levels it is that by which one alert day a week predicts the fewest visits, with so many
    visits a year; no law without days that can be ruled out is predicted less.
    """
    mean = _DAYS / visits_a_year
    quiet = _QUIET / mean
    choices = (_levelled(quiet, at / _LEVELS, mean, most) for at in range(1, _LEVELS + 1))
    return min((chances for chances in choices if chances), key=_caught)


def _levelled(quiet: float, level: float, mean: float, most: int) -> tuple[float, ...]:
    """The chances by a level, from such a day on that visits are `mean` days apart; empty if there
    is no such day."""

    def from_day(first: float) -> tuple[float, ...]:
        raised = (min(1.0, max(0.0, gap - first)) for gap in range(1, most))
        return (*(quiet + part * (level - quiet) for part in raised), 1.0)

    low, high = 0.0, float(most)
    if level <= quiet or not _mean(from_day(low)) <= mean <= _mean(from_day(high)):
        return ()
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if _mean(from_day(middle)) < mean:
            low = middle
        else:
            high = middle
    return from_day(high)


def _reached(chances: Sequence[float]) -> list[float]:
    """How likely the days 1, 2 and more after a visit come without another one before."""
    reached = [1.0]
    for chance in chances[:-1]:
        reached.append(reached[-1] * (1 - chance))
    return reached


def _mean(chances: Sequence[float]) -> float:
    return sum(_reached(chances))


def _caught(chances: Sequence[float]) -> float:
    """The share of visits on the likeliest seventh of all days."""
    days = sorted(zip(chances, _reached(chances), strict=True), reverse=True)
    room, share = _mean(chances) / _WEEK, 0.0
    for chance, reached in days:
        alert = min(reached, room)
        share += alert * chance
        room -= alert
    return share
