"""How predictable visits are: each share carries the number of visits it is a share of."""

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil, floor, sqrt

from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.text.wording import long_date, number_of, out_of

_NORMAL_95 = 1.959964


@dataclass(frozen=True, slots=True)
class Caught:
    """The `share` of `visits` that a watcher would have predicted. `low` and `high` are the 95%
    confidence interval (Wilson's)."""

    share: float
    visits: int

    @property
    def low(self) -> float:
        """The lower end."""
        return self._ends()[0]

    @property
    def high(self) -> float:
        """The upper end."""
        return self._ends()[1]

    def _ends(self) -> tuple[float, float]:
        if not self.visits:
            return 0.0, 1.0
        n, p, z2 = self.visits, self.share, _NORMAL_95**2
        middle = (p + z2 / (2 * n)) / (1 + z2 / n)
        spread = _NORMAL_95 * sqrt(p * (1 - p) / n + z2 / (4 * n * n)) / (1 + z2 / n)
        return max(0.0, middle - spread), min(1.0, middle + spread)

    @property
    def words(self) -> str:
        """`38 of 100 visits`."""
        return f"{round(100 * self.share)} of 100 visits"


@dataclass(frozen=True, slots=True)
class Guess:
    """What the best of several watchers would have predicted, and what pure chance would."""

    caught: Caught
    watcher: str
    chance: float


@dataclass(frozen=True, slots=True)
class Foresight:
    """How predictable a site's visits are. `day`: predicted with one alert day a week (kennels: a
    month); `shift`: with one alert timeslot; `cell`: the timeslot of the next visit guessed.
    `safe_days`: the share of days that can be ruled out. `floor_day`: the lowest possible `day` for
    so many visits a year by the site's rule for weeks; None if unknown.

    `is_exact`: the visits were drawn by the law, so no watcher can do better. `leaked_day` and
    `leaked_safe`: for a watcher who knows how many visits each week gets. `watchers` were measured;
    those `left_out` aren't installed here.
    """

    site_name: str
    visits: int
    days: int
    visits_a_year: float
    day: Guess
    shift: Guess
    cell: Guess
    safe_days: float
    floor_day: float | None
    is_exact: bool
    leaked_day: Caught
    leaked_safe: float
    watchers: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """The main figure in one plain sentence."""
        if self.visits < FEWEST:
            few = number_of(self.visits, "visit") if self.visits else "no visits"
            return f"{self.site_name}: {few}, too few to say how predictable they are."
        chance = round(100 * self.day.chance)
        return (
            f"{self.site_name}: someone on the alert one day a week could have predicted "
            f"{self.day.caught.words}. Pure luck would be {chance}."
        )

    @property
    def left_out_sentence(self) -> str:
        """How many watchers aren't installed; empty if all of them are."""
        if not self.left_out:
            return ""
        ours, others = len(self.watchers), len(self.left_out)
        return (
            f"We tried {ours} of our {ours + others} ways to predict visits. The other {others} "
            "need scikit-learn, which is not installed here. They might predict more visits."
        )


@dataclass(frozen=True, slots=True)
class Outlook:
    """Timeslots of a site visited by the end of a plan, and expected by the end of the reporting
    year. In `all_of_100` of 100 simulations every timeslot was visited. Of the visits `wanted` in a
    year, so many `come` in them with the people there are."""

    site_name: str
    cells: int
    by_plan: int
    expected: float
    all_of_100: int
    year_end: date
    wanted: int = 0
    come: float = 0.0

    @property
    def sentence(self) -> str:
        """Both in words, without naming a timeslot."""
        low, high = floor(self.expected + 0.05), ceil(self.expected - 0.05)
        expected = out_of(max(low, high), self.cells)
        number = expected if low >= high else f"{low} or {expected}"
        visits = out_of(round(self.come), self.wanted, "visit")
        come = f" About {visits} a year will come."
        return (
            f"{self.site_name}: we expect {number} timeslots to be covered by "
            f"{long_date(self.year_end)}. Full coverage is {self.all_of_100}% likely."
            f"{come if round(self.come) < self.wanted else ''}"
        )


FEWEST = 10
"""With fewer visits the figures mean nothing."""

_VISITS = (52, 56, 60, 65, 75, 104)
_FLOOR = {
    WeekRule.EACH: (0.464, 0.407, 0.366, 0.323, 0.271, 0.191),
    WeekRule.EMPTY_1: (0.435, 0.384, 0.345, 0.307, 0.257, 0.181),
    WeekRule.EMPTY_2: (0.407, 0.361, 0.324, 0.291, 0.244, 0.171),
    WeekRule.EMPTY_4: (0.359, 0.319, 0.288, 0.260, 0.217, 0.152),
    WeekRule.APART_10: (0.429, 0.379, 0.339, 0.304, 0.254, 0.178),
}
"""The lowest possible share predicted with one alert day a week, by visits a year, with all
weekdays equally likely; at most 10 days apart, without a day that can be ruled out. Found by linear
programming over all hazard tables."""


def floor_of_day(visits_a_year: float, rule: WeekRule = WeekRule.EACH) -> float | None:
    """The lowest share that one alert day a week can predict, interpolated linearly between the
    computed points; None below one visit a week and above two."""
    for (v0, f0), (v1, f1) in pairwise(zip(_VISITS, _FLOOR[rule], strict=True)):
        if v0 <= visits_a_year <= v1:
            return f0 + (f1 - f0) * (visits_a_year - v0) / (v1 - v0)
    return None
