"""Search for settings of the law of even days, judged by the program's own exact scores.

    python -m tests.benchmarks.search_law --visits 65 --least 0.2
    python -m tests.benchmarks.search_law --visits 75 --likeliest 0.225
    python -m tests.benchmarks.search_law --visits 52
    python -m tests.benchmarks.search_law --kennels --visits 16

Each try changes some numbers of the best setting so far. All are judged over imagined years that
are drawn by the same stream, so that they differ by little but the setting. What is printed: the
law in force, then each setting that is better. `--tries 0` judges the setting that plans use.
"""

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields, replace
from itertools import chain
from random import Random

from visitapp.domain.plan.weeks import MONTHS_A_YEAR
from visitapp.planning.draw import draw_span
from visitapp.planning.law import Policy, SpanLaw, kennel_policy, suite_policy
from visitapp.planning.level import SETTING, LevelLaw, Setting
from visitapp.planning.scores import SAFE, Expected, caught_of
from visitapp.planning.simulation import WEEK, shifts_of, week_options, year_options

Options = Sequence[Sequence[int]]
BANDS = 5
_WEIGHT = 3.0
"""What a share of a bound that is missed counts, in shares of visits."""


@dataclass(frozen=True, slots=True)
class Judged:
    """See `visitapp.planning.scores.Scores`. `visits` are those of a year, on average."""

    caught: float
    shift: float
    leaked: float
    safe: float
    likeliest: float
    least: float
    timeslots: float
    full: float
    visits: float

    def __str__(self) -> str:
        return "  ".join(
            f"{item.name} {value:.3f}"
            for item, value in zip(fields(self), astuple(self), strict=True)
        )


def judge(year: Sequence[Options], policy: Policy, setting: Setting | None, years: int) -> Judged:
    """What a watcher achieves over so many years of these spans, by the law of even days with a
    setting, or without one by that of even timeslots."""
    run = _Run(year, policy, setting)
    for _ in range(years):
        run.year()
    return run.judged()


class _Run:
    def __init__(self, year: Sequence[Options], policy: Policy, setting: Setting | None) -> None:
        self._year, self._policy, self._setting = year, policy, setting
        self._random = Random(1)
        self._cells = 1 + max(chain.from_iterable(chain.from_iterable(year)))
        self._days: list[Expected] = []
        self._leaked: list[Expected] = []
        self._shifts: list[Expected] = []
        self._best: list[float] = []
        self._worst: list[float] = []
        self._covered: list[int] = []

    def _law(self, at: int, counts: Sequence[int]) -> SpanLaw:
        """Of a span of the year; of the first one of the next for the number after the last."""
        number = len(self._year)
        options, counted = self._year[at % number], counts if at < number else [0] * self._cells
        if self._setting is None:
            return SpanLaw(options, counted, self._policy)
        return LevelLaw(options, counted, self._policy, number - at % number, self._setting)

    def year(self) -> None:
        """A year from empty counts."""
        counts = [0] * self._cells
        for at in range(len(self._year)):
            self._span(at, self._law(at, counts), counts)
        self._covered.append(sum(count > 0 for count in counts))

    def _span(self, at: int, law: SpanLaw, counts: list[int]) -> None:
        placed = {visit.day: visit.cell for visit in draw_span(law, self._random)}
        leaked, so_far = law.known(len(placed)), 0
        for day in range(len(law.options)):
            chance = law.hazard(day, so_far)
            known = leaked.hazard(day, len(placed) - so_far)
            cell = placed.get(day)
            self._days.append(Expected(chance, chance))
            self._leaked.append(Expected(known, known))
            self._shifts += [
                Expected(each, each)
                for each, _ in shifts_of(law, day, chance, () if cell is None else (cell,))
            ]
            if cell is not None:
                so_far += 1
                counts[cell] += 1
                here, none = law.next_visit(day + 1, so_far)
                later = self._law(at + 1, counts).first_visit()
                following = [each + none * more for each, more in zip(here, later, strict=True)]
                self._best.append(max(following))
                self._worst.append(min(following))

    def judged(self) -> Judged:
        """What was seen so far."""
        years = len(self._covered)
        mean = sum(day.chance for day in self._days) / len(self._days)
        return Judged(
            caught_of(self._days, 1 / WEEK),
            caught_of(self._shifts, 1 / WEEK / len(self._year[0][0])),
            caught_of(self._leaked, 1 / WEEK),
            sum(day.chance < SAFE * mean for day in self._days) / len(self._days),
            max(self._best),
            min(self._worst) * self._cells,
            sum(self._covered) / years,
            sum(number == self._cells for number in self._covered) / years,
            mean * len(self._days) / years,
        )


def changed(setting: Setting, random: Random) -> Setting:
    """The setting with up to three of its numbers made larger or smaller."""
    names = random.sample([item.name for item in fields(setting)], random.randint(1, 3))
    new = {}
    for name in names:
        value = getattr(setting, name) * (1 + random.gauss(0, 0.2))
        new[name] = value if name in ("late", "early") else min(value, 1.0)
    return replace(setting, **new)


def cost(judged: Judged, aims: Judged) -> float:
    """The share of visits predicted on an alert day, and what is missed of what is aimed at."""
    return judged.caught + _WEIGHT * (
        max(0.0, aims.least - judged.least) / 4
        + max(0.0, judged.likeliest - aims.likeliest)
        + max(0.0, judged.shift - aims.shift)
        + max(0.0, judged.safe - aims.safe)
        + max(0.0, aims.timeslots - judged.timeslots) / 2
        + max(0.0, judged.visits / aims.visits - 1.005)
    )


def search(
    year: Sequence[Options], policy: Policy, start: Setting, aims: Judged, tries: int, years: int
) -> Iterator[tuple[Setting, Judged]]:
    """The setting to start with, and each that is better than those before."""
    best, random = start, Random(2)
    judged = judge(year, policy, start, years)
    least = cost(judged, aims)
    yield best, judged
    for _ in range(tries):
        setting = changed(best, random)
        judged = judge(year, policy, setting, years)
        if cost(judged, aims) < least - 1e-4:
            best, least = setting, cost(judged, aims)
            yield best, judged


ONE_A_WEEK = replace(SETTING, cap=0.131, floor=0.21, first=1.0, quiet=0.0)
"""To start with where there are no spare visits: a week's first visit is its last."""
KENNELS = replace(SETTING, cap=0.38, floor=0.25, level=0.06, second=0.2)


def _kennel_year() -> list[Options]:
    """Months of days, of which each has two timeslots, shared by Saturdays and Sundays."""
    lengths = [len(month) for month in year_options(MONTHS_A_YEAR, BANDS)]
    starts = [sum(lengths[:at]) for at in range(len(lengths))]
    rows = [min(day, WEEK - 2) for day in range(WEEK)]
    return [
        [(2 * rows[(start + at) % WEEK], 2 * rows[(start + at) % WEEK] + 1) for at in range(length)]
        for start, length in zip(starts, lengths, strict=True)
    ]


def main() -> None:
    """Search, and print what is better."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--visits", type=int, default=65)
    options.add_argument("--kennels", action="store_true")
    options.add_argument("--tries", type=int, default=60)
    options.add_argument("--years", type=int, default=40, help="that each setting is judged over")
    options.add_argument("--least", type=float, default=0.0, help="least timeslot, in even shares")
    options.add_argument("--likeliest", type=float, default=1.0, help="likeliest timeslot")
    options.add_argument("--set", nargs="*", default=[], help="numbers to start with, as cap=0.12")
    chosen = options.parse_args()
    if chosen.kennels:
        year, policy, start = _kennel_year(), kennel_policy(chosen.visits), KENNELS
    else:
        year = [week_options(WEEK, BANDS)] * 52
        policy = suite_policy(chosen.visits)
        start = SETTING if policy.visits_a_year > policy.spans_a_year else ONE_A_WEEK
    numbers = dict(item.split("=") for item in chosen.set)
    start = replace(start, **{name: float(value) for name, value in numbers.items()})
    usual = judge(year, policy, None, chosen.years)
    print(f"even timeslots  {usual}", flush=True)
    aims = replace(
        usual,
        timeslots=usual.timeslots - 0.01, least=chosen.least, likeliest=chosen.likeliest,
        visits=policy.visits_a_year,
    )  # fmt: skip
    for setting, judged in search(year, policy, start, aims, chosen.tries, chosen.years):
        print(f"{setting}\n  {judged}", flush=True)


if __name__ == "__main__":
    main()
