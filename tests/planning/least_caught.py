"""How far a law is from the best there can be, on small grids: exact, by the linear programme of
the dynamic programme of a year.

    python -m tests.planning.least_caught --days 4 --bands 2 --weeks 12

A year is followed through its states: week, day, whether the week had a visit yet, and how many
timeslots of each day are unvisited. Whoever is on the alert on the likeliest days predicts
`min over a price of (price * alert days + sum of max(0, visits - price * days))` of the visits. For
each price the least of it is a linear programme over all ways to draw a year, whatever they depend
on, that have the same visits on each weekday, cover as many timeslots, leave no week without a
visit, and rule out no day if the law doesn't.
"""

import argparse
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from ortools.linear_solver import pywraplp

from visitapp.planning.law import SpanLaw, suite_policy
from visitapp.planning.level import SETTING, LevelLaw, Setting
from visitapp.planning.scores import Expected, caught_of

State = tuple[int, int, bool, tuple[int, ...]]
"""Week, day, whether the week had a visit, and the unvisited timeslots of each day."""


@dataclass(frozen=True)
class SmallYear:
    """A year of so few days a week, bands and weeks that all of its states can be followed."""

    days: int
    bands: int
    weeks: int
    visits_a_week: float = 1.25

    @property
    def first(self) -> State:
        return 0, 0, False, (self.bands,) * self.days

    @property
    def cells(self) -> int:
        return self.days * self.bands

    @property
    def setting(self) -> Setting:
        """That of plans, whose numbers are meant for 7 days of 5 bands."""
        return replace(
            SETTING,
            cap=SETTING.cap * 35 / self.cells,
            second=SETTING.second * 35 / self.cells,
            level=SETTING.level * 7 / self.days,
        )

    def after(self, state: State) -> Iterator[tuple[State, bool]]:
        """What can follow a day, and whether it has a visit: none, one in a timeslot that was
        visited, or one in another."""
        week, day, some, unvisited = state
        is_last = day == self.days - 1
        if some or not is_last:
            yield self._next(week, day, some, unvisited), False
        if unvisited[day] < self.bands:
            yield self._next(week, day, True, unvisited), True
        if unvisited[day]:
            less = (*unvisited[:day], unvisited[day] - 1, *unvisited[day + 1 :])
            yield self._next(week, day, True, less), True

    def _next(self, week: int, day: int, some: bool, unvisited: tuple[int, ...]) -> State:
        if day == self.days - 1:
            return week + 1, 0, False, unvisited
        return week, day + 1, some, unvisited


@dataclass
class Outcome:
    """A year's days by their chance of a visit, its visits by weekday, and covered timeslots."""

    of_weekday: list[float]
    days: list[Expected] = field(default_factory=list)
    covered: float = 0.0

    @property
    def caught(self) -> float:
        """The share of visits predicted by being alert on one day a week."""
        return caught_of(self.days, 1 / len(self.of_weekday))

    @property
    def price(self) -> float:
        """The chance of the last day on which somebody is alert."""
        room = sum(day.weight for day in self.days) / len(self.of_weekday)
        for day in sorted(self.days, key=lambda day: -day.chance):
            room -= day.weight
            if room <= 0:
                return day.chance
        return 0.0


def outcome_of(year: SmallYear, *, is_level: bool) -> Outcome:
    """What the law of even days, or of even timeslots, makes of a year: all of its ways."""
    outcome = Outcome([0.0] * year.days)
    weeks = {year.first: 1.0}
    while weeks:
        following: dict[State, float] = defaultdict(float)
        for state, chance in weeks.items():
            if state[0] == year.weeks:
                outcome.covered += chance * (year.cells - sum(state[3]))
                continue
            for after, part in _week(year, state, chance, outcome, is_level=is_level).items():
                following[after] += part
        weeks = dict(following)
    return outcome


def _week(
    year: SmallYear, monday: State, chance: float, outcome: Outcome, *, is_level: bool
) -> dict[State, float]:
    """The states after a week with their likelihoods; its days go into the outcome."""
    law, states = _law(year, monday, is_level=is_level), {monday: chance}
    for day in range(year.days):
        following: dict[State, float] = defaultdict(float)
        for state, likelihood in states.items():
            hazard, unvisited = law.hazard(day, int(state[2])), state[3][day]
            outcome.days.append(Expected(hazard, likelihood * hazard, likelihood))
            outcome.of_weekday[day] += likelihood * hazard
            new = unvisited * law.in_cell(day, year.bands * day) if unvisited else 0.0
            for after, is_visit in year.after(state):
                part = hazard * (new if after[3] != state[3] else 1 - new)
                following[after] += likelihood * (part if is_visit else 1 - hazard)
        states = {state: part for state, part in following.items() if part > 0}
    return states


def _law(year: SmallYear, monday: State, *, is_level: bool) -> SpanLaw:
    """Of the week that begins with a state. The first timeslots of a day are its unvisited ones."""
    usual = suite_policy(round(52 * year.visits_a_week))
    policy = replace(usual, cap=min(1.0, usual.cap * 35 / year.cells))
    week = [range(year.bands * day, year.bands * (day + 1)) for day in range(year.days)]
    counts = [0 if band < left else 1 for left in monday[3] for band in range(year.bands)]
    if not is_level:
        return SpanLaw(week, counts, policy)
    return LevelLaw(week, counts, policy, year.weeks - monday[0], year.setting)


def least_caught(year: SmallYear, law: Outcome, prices: Sequence[float], quiet: float) -> float:
    """The least share of visits that is predicted, of all ways with the same visits on each weekday
    and as many covered timeslots as a law has. `quiet`: the least chance of any day."""
    return min(_least(year, law, price, quiet) for price in prices)


def _least(year: SmallYear, law: Outcome, price: float, quiet: float) -> float:
    solver = pywraplp.Solver.CreateSolver("GLOP")
    flow_in: dict[State, list[pywraplp.Variable]] = defaultdict(list)
    of_weekday: list[list[pywraplp.Variable]] = [[] for _ in range(year.days)]
    level, aim, covered = {year.first}, solver.Objective(), []
    while level:
        following: set[State] = set()
        for state in level:
            if state[0] == year.weeks:
                covered += [(year.cells - sum(state[3])) * variable for variable in flow_in[state]]
                continue
            ways = [
                (after, is_visit, solver.NumVar(0, 1, "")) for after, is_visit in year.after(state)
            ]
            mass = sum(variable for _, _, variable in ways)
            solver.Add(mass == (sum(flow_in[state]) if flow_in[state] else 1))
            visits = [variable for _, is_visit, variable in ways if is_visit]
            of_weekday[state[1]] += visits
            solver.Add(sum(visits) >= quiet * mass)
            over = solver.NumVar(0, 1, "")
            solver.Add(over >= sum(visits) - price * mass)
            aim.SetCoefficient(over, 1)
            for after, _, variable in ways:
                flow_in[after].append(variable)
                following.add(after)
        level = following
    solver.Add(sum(covered) >= law.covered - 1e-9)
    for variables, number in zip(of_weekday, law.of_weekday, strict=True):
        solver.Add(sum(variables) == number)
    aim.SetMinimization()
    status = solver.Solve()
    if status != pywraplp.Solver.OPTIMAL:
        raise RuntimeError("The linear programme has no answer.")
    return (aim.Value() + price * year.weeks) / sum(law.of_weekday)


def main() -> None:
    """Print both laws and the least."""
    options = argparse.ArgumentParser(description=__doc__)
    for name, usual in (("days", 3), ("bands", 2), ("weeks", 9), ("prices", 9)):
        options.add_argument(f"--{name}", type=int, default=usual)
    chosen = options.parse_args()
    year = SmallYear(chosen.days, chosen.bands, chosen.weeks)
    for is_level in (False, True):
        law = outcome_of(year, is_level=is_level)
        around = [law.price * (0.8 + 0.4 * at / (chosen.prices - 1)) for at in range(chosen.prices)]
        quiet = min(day.chance for day in law.days)
        least = least_caught(year, law, [law.price, *around], quiet)
        print(
            f"{'even days' if is_level else 'even timeslots'}: predicted {law.caught:.4f}, least "
            f"{least:.4f}; covers {law.covered:.3f} of {year.cells}; visits "
            + " ".join(f"{number:.3f}" for number in law.of_weekday),
            flush=True,
        )


if __name__ == "__main__":
    main()
