"""What the laws of several suites say of a week together, if there have to be pairs for all visits
of each day: those of each suite by its own law, times how likely there are pairs. It is exact, by
sums over all ways to go on from each day.

Weeks are drawn by all laws and drawn again until there are pairs (`week_draw`), which comes to the
same: Bayes' rule. That nobody goes more often in a week than anybody may is not in these sums.
"""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from itertools import combinations, product
from math import prod
from typing import Protocol

from visitapp.domain.period import Period
from visitapp.planning.by_names import as_shares
from visitapp.planning.law import SpanLaw
from visitapp.planning.reach import Ground
from visitapp.planning.week_pairs import Moments, WeekPairs

MOST_SUITES = 3
"""With more, the sums get too long."""
State = tuple[int, ...]
Visited = frozenset[int]
"""The numbers of the suites that are visited on a day."""


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite in a week: its law, and the days of the week with visits made or planned."""

    ground: Ground
    law: SpanLaw
    days: Collection[int] = ()
    handovers_left: int = 0


class Room:
    """How likely there are pairs for the visits of a day, by which suites are visited: 1 for those
    that are not listed. `cells`: the same times the likelihood of each timeslot."""

    def __init__(self, suites: Sequence[Suite], at: int, span: Period, pairs: WeekPairs) -> None:
        self.shares: dict[Visited, float] = {}
        self.cells: dict[tuple[Visited, int], dict[int, float]] = {}
        day = span.start + timedelta(days=at)
        moments = [
            [
                (cell, share / suite.law.day_shares[at], moments)
                for cell, share in suite.law.options[at]
                for moments in pairs.moments(suite.ground, day, cell, suite.handovers_left)
            ]
            for suite in suites
        ]
        for number in range(2, len(suites) + 1):
            for visited in combinations(range(len(suites)), number):
                if all(moments[suite] for suite in visited):
                    self._weigh(visited, [moments[suite] for suite in visited], pairs)

    def _weigh(
        self,
        visited: Sequence[int],
        moments: Sequence[Sequence[tuple[int, float, Moments]]],
        pairs: WeekPairs,
    ) -> None:
        whole, cells = 0.0, [defaultdict[int, float](float) for _ in visited]
        is_short = False
        for chosen in product(*moments):
            if pairs.together([part.pairs for _, _, part in chosen]):
                weight = prod(share * part.share for _, share, part in chosen)
                whole += weight
                for mine, (cell, _, _) in zip(cells, chosen, strict=True):
                    mine[cell] += weight
            else:
                is_short = True
        if is_short:
            key = frozenset(visited)
            self.shares[key] = whole
            self.cells |= {(key, suite): dict(of) for suite, of in zip(visited, cells, strict=True)}


class Steps(Protocol):
    """Days of one suite, one after another."""

    start: State

    def hazard(self, day: int, state: State) -> float:
        """The likelihood of a visit on a day."""

    def after(self, day: int, state: State) -> State:
        """The state after a visit on a day."""


class _OfLaw:
    def __init__(self, law: SpanLaw) -> None:
        self._law = law
        self.start: State = (law.state(0),)

    def hazard(self, day: int, state: State) -> float:
        return self._law.hazard(day, state[0])

    def after(self, day: int, state: State) -> State:
        return (self._law.after(state[0], day),)


class _OfNumber:
    """The same for somebody who knows how many visits the week gets."""

    def __init__(self, law: SpanLaw, number: int) -> None:
        self._law, self._known = law, law.known(number)
        self.start: State = (number, law.state(0))

    def hazard(self, day: int, state: State) -> float:
        return self._known.hazard(day, state[0], state[1])

    def after(self, day: int, state: State) -> State:
        return (state[0] - 1, self._law.after(state[1], day))


class Walk:
    """The days of a week of several suites."""

    def __init__(self, steps: Sequence[Steps], rooms: Sequence[Room]) -> None:
        self._steps, self._rooms = steps, rooms
        self._values: dict[tuple[int, tuple[State, ...]], float] = {}
        self._outcomes: dict[
            tuple[int, tuple[State, ...]], list[tuple[Visited, float, tuple[State, ...]]]
        ] = {}
        self.start = tuple(step.start for step in steps)

    def outcomes(
        self, day: int, states: tuple[State, ...]
    ) -> list[tuple[Visited, float, tuple[State, ...]]]:
        """Who is visited on a day, how likely, and the states after it. Nothing, if there is no way
        to go on with pairs for all."""
        key = (day, states)
        if key not in self._outcomes:
            weighed = list(self._weighed(day, states))
            total = sum(weight for _, weight, _ in weighed)
            self._outcomes[key] = [
                (visited, weight / total, after) for visited, weight, after in weighed if total
            ]
        return self._outcomes[key]

    def _weighed(
        self, day: int, states: tuple[State, ...]
    ) -> Iterator[tuple[Visited, float, tuple[State, ...]]]:
        hazards = [step.hazard(day, state) for step, state in zip(self._steps, states, strict=True)]
        choices = [
            [choice for choice, chance in ((False, 1 - hazard), (True, hazard)) if chance > 0]
            for hazard in hazards
        ]
        for goes in product(*choices):
            visited = frozenset(at for at, is_visited in enumerate(goes) if is_visited)
            chance = prod(h if g else 1 - h for h, g in zip(hazards, goes, strict=True))
            chance *= self._rooms[day].shares.get(visited, 1.0)
            after = tuple(
                step.after(day, state) if is_visited else state
                for step, state, is_visited in zip(self._steps, states, goes, strict=True)
            )
            if chance:
                yield visited, chance * self._value(day + 1, after), after

    def _value(self, day: int, states: tuple[State, ...]) -> float:
        """How likely there are pairs for all visits from a day on."""
        if day == len(self._rooms):
            return 1.0
        key = (day, states)
        if key not in self._values:
            self._values[key] = sum(weight for _, weight, _ in self._weighed(day, states))
        return self._values[key]

    def forward(self) -> Iterator[list[tuple[tuple[State, ...], float]]]:
        """For each day, the states at its beginning and how likely they are."""
        likely = {self.start: 1.0}
        for day in range(len(self._rooms)):
            yield list(likely.items())
            later: defaultdict[tuple[State, ...], float] = defaultdict(float)
            for states, chance in likely.items():
                for _, share, after in self.outcomes(day, states):
                    later[after] += chance * share
            likely = dict(later)

    def along(self, days: Sequence[Collection[int]]) -> Iterator[dict[Visited, float]]:
        """For each day, how likely each set of suites is visited, after the visits before it; and
        if there can't be pairs for those, by the laws alone."""
        states = self.start
        for day in range(len(self._rooms)):
            chances = {visited: share for visited, share, _ in self.outcomes(day, states)}
            if not chances:
                chances = self._apart(day, states)
            yield chances
            states = tuple(
                step.after(day, state) if day in mine else state
                for step, state, mine in zip(self._steps, states, days, strict=True)
            )

    def _apart(self, day: int, states: tuple[State, ...]) -> dict[Visited, float]:
        return {
            frozenset((at,)): step.hazard(day, state)
            for at, (step, state) in enumerate(zip(self._steps, states, strict=True))
        }


@dataclass(frozen=True, slots=True)
class Beside:
    """Of a suite in a week, by day: how likely a visit is, how likely others are visited, and how
    likely both. `first`: of each timeslot, that the first visit is in it."""

    visits: tuple[float, ...]
    others: tuple[float, ...]
    both: tuple[float, ...]
    first: tuple[float, ...]


class WeekTogether:
    """A week of several suites that share people."""

    def __init__(self, suites: Sequence[Suite], span: Period, pairs: WeekPairs) -> None:
        self._suites = tuple(suites)
        self._rooms = [Room(self._suites, at, span, pairs) for at in range(span.days)]
        self._expected: dict[int, Beside] = {}

    @property
    def is_needed(self) -> bool:
        """Whether there may be no pairs for visits of a day, so that the suites depend on one
        another. If no week can be made at all, there are only the laws of each."""
        is_short = any(room.shares for room in self._rooms)
        return is_short and bool(self._walk.outcomes(0, self._walk.start))

    def law(self, at: int) -> "LawBeside":
        """The law of a suite by its number, for whoever knows the visits of all of them."""
        return LawBeside(self._suites, self._rooms, self._walk, at, self.beside(at).first)

    @cached_property
    def _walk(self) -> Walk:
        return Walk([_OfLaw(suite.law) for suite in self._suites], self._rooms)

    def beside(self, at: int) -> Beside:
        """What is to be expected of a suite before the week begins."""
        if at not in self._expected:
            self._expected[at] = self._beside(at)
        return self._expected[at]

    def _beside(self, at: int) -> Beside:
        walk, start = self._walk, self._walk.start[at]
        days: list[list[float]] = [[], [], []]
        first = [0.0] * len(self._suites[at].law.cells)
        for day, likely in enumerate(walk.forward()):
            chances = [0.0, 0.0, 0.0]
            for states, chance in likely:
                for visited, share, _ in walk.outcomes(day, states):
                    here, elsewhere = at in visited, bool(visited - {at})
                    for number, is_so in enumerate((here, elsewhere, here and elsewhere)):
                        chances[number] += chance * share * is_so
                    if here and states[at] == start:
                        for cell, part in _cells(self._suites, self._rooms, at, day, visited):
                            first[cell] += chance * share * part
            for of, value in zip(days, chances, strict=True):
                of.append(value)
        visits, others, both = (tuple(of) for of in days)
        return Beside(visits, others, both, tuple(as_shares(first)))


def _cells(
    suites: Sequence[Suite], rooms: Sequence[Room], at: int, day: int, visited: Visited
) -> list[tuple[int, float]]:
    """How likely each timeslot of a suite is, if these suites are visited on a day."""
    law, room = suites[at].law, rooms[day]
    weighed = room.cells.get((visited, at))
    if weighed is None:
        return [(cell, share / law.day_shares[day]) for cell, share in law.options[day]]
    return [(cell, share / room.shares[visited]) for cell, share in weighed.items()]


class LawBeside(SpanLaw):
    """The law of a suite's week as it went, for whoever also knows the visits of other suites up to
    the day before. Its chances of a day are those after the visits that the week had."""

    def __init__(
        self,
        suites: Sequence[Suite],
        rooms: Sequence[Room],
        walk: Walk,
        at: int,
        first: Sequence[float],
    ) -> None:
        law, days = suites[at].law, [suite.days for suite in suites]
        self._suites, self._rooms, self._at, self._first = suites, rooms, at, list(first)
        self.cells, self.least, self.without = law.cells, law.least, law.without
        self.rate, self.last_day = law.rate, law.last_day
        chances = list(walk.along(days))
        self._hazards = [self._hazard(of_day) for of_day in chances]
        self.options = tuple(
            tuple(self._shares(day, of_day, law.options[day])) for day, of_day in enumerate(chances)
        )
        self.day_shares = law.day_shares

    def _hazard(self, chances: Mapping[Visited, float]) -> float:
        return min(1.0, sum(chance for visited, chance in chances.items() if self._at in visited))

    def _shares(
        self, day: int, chances: Mapping[Visited, float], options: Sequence[tuple[int, float]]
    ) -> Iterator[tuple[int, float]]:
        """The timeslots of a day, as likely as they are if there is a visit."""
        law, cells = self._suites[self._at].law, defaultdict[int, float](float)
        for visited, chance in chances.items():
            if self._at in visited:
                for cell, part in _cells(self._suites, self._rooms, self._at, day, visited):
                    cells[cell] += chance * part
        total = sum(cells.values())
        for cell, share in options:
            yield cell, law.day_shares[day] * cells[cell] / total if total else share

    def hazard(self, day: int, _so_far: int) -> float:
        """As of a span, after the visits that this one had."""
        return self._hazards[day]

    def known(self, number: int) -> "NumberBeside":
        """As of a span; the numbers of all suites are known."""
        numbers = [len(suite.days) for suite in self._suites]
        numbers[self._at] = number
        steps = [_OfNumber(s.law, n) for s, n in zip(self._suites, numbers, strict=True)]
        chances = Walk(steps, self._rooms).along([suite.days for suite in self._suites])
        return NumberBeside([self._hazard(of_day) for of_day in chances])

    def first_visit(self) -> list[float]:
        """As of a span, before anything of the week is known."""
        return self._first


class NumberBeside:
    """The chances of a suite's days if the numbers of visits are known, as `KnownNumber`."""

    def __init__(self, hazards: Sequence[float]) -> None:
        self._hazards = hazards

    def hazard(self, day: int, _left: int, _state: int = 0) -> float:
        """As the week went."""
        return self._hazards[day]
