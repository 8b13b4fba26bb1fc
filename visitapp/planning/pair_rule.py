"""How likely each pair is to make a visit, so that who goes says little of the day.

Whoever knows the names of a pair and when both can go expects the days on which they can, and
more so those for which few others could be chosen. So the rule by which pairs are chosen matters:
a pair that is needed for a day on which hardly anybody can go has to go on its other days too. The
rule is found by weights that are corrected step by step: a pair becomes less likely on the days
that it would give away. That lowers how often the likeliest day of a pair is right, by
exponentiated gradients of its smoothed maximum. Shares of visits stay within bounds for each
person.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import cached_property
from itertools import combinations
from math import exp, log
from random import Random
from uuid import UUID

from visitapp.domain.plan.rota import Pair, Volunteer, may_pair, pair_of
from visitapp.planning.draw import steps_of
from visitapp.planning.reach import Ground

_STEPS = 40
_LIKELIEST = 6
"""A day counts as a pair's likeliest in proportion to this power of its likelihood."""
_LEAST, _MOST = 0.4, 1.6
"""Bounds of a person's share of the visits, in equal shares."""
_RAISE = 4.0
"""The most by which a step raises somebody who is below them."""
MOST_PRICE = 60
_PRICE = 10
"""What a pair costs that is e times less likely than the likeliest: almost that of pairing people
again. `MOST_PRICE` is the most that any costs for that."""
MOST_TELLING, _TELLING = 36, 120
"""What a pair costs for each share of its visits of which its names give the day away, beyond the
pair that tells least; at most a little less than a person without the visits that they asked for.
As that is the same on all days, it says nothing of the day itself."""


def gumbel(random: Random) -> int:
    """A chance to take off each price: of choices priced by the logarithm of how rare they are to
    be, the cheapest is then each with its likelihood (Gumbel)."""
    return round(-_PRICE * log(-log(min(max(random.random(), 1e-300), 1 - 1e-12))))


_Chances = dict[tuple[int, int], dict[int, float]]
"""For each weekday (0 = Monday) and timeslot, the likelihood of each pair by its number."""


class PairRule:
    """The rule of one site, by its usual week: days away and dates of joining are left out."""

    def __init__(self, ground: Ground, volunteers: Sequence[Volunteer], first: date) -> None:
        """`first` is a day of the period that is planned, for what depends on dates."""
        self._ground = ground
        self._people = [replace(who, away=(), outside=()) for who in volunteers if who.free]
        self._monday = first - timedelta(days=first.weekday())
        self._numbers: dict[Pair, int] = {}

    def chances(self, day: date, cell: int, able: frozenset[UUID]) -> dict[Pair, float]:
        """The likelihood of each pair in a timeslot of a day on which only these people can go."""
        numbered = self._chances.get((day.weekday(), cell), {})
        pairs = {
            pair: numbered[number]
            for pair, number in self._numbers.items()
            if number in numbered and able.issuperset(pair)
        }
        total = sum(pairs.values())
        return {pair: chance / total for pair, chance in pairs.items()}

    def price(self, pair: Pair, day: date, minute: int) -> int:
        """What it costs to choose a pair for a visit, beside all else that is weighed: the less
        likely it is to be, and the more its names tell on any day."""
        cell = self._ground.cell(day, minute)
        chances = {} if cell is None else self._chances.get((day.weekday(), cell), {})
        if not chances:
            return 0
        number = self._numbers.get(pair, -1)
        chance = chances.get(number, 0.0)
        if not chance:
            return MOST_PRICE + MOST_TELLING
        rare = min(MOST_PRICE, round(_PRICE * log(max(chances.values()) / chance)))
        return rare + self._telling[number]

    @cached_property
    def _telling(self) -> list[int]:
        """What each pair costs for how often its likeliest day is right."""
        by_day = _Members(list(self._numbers)).by_day(self._chances)
        right = [max(days) / sum(days) if any(days) else 1.0 for days in by_day]
        least = min(right, default=0.0)
        return [min(MOST_TELLING, round(_TELLING * (share - least))) for share in right]

    @cached_property
    def _chances(self) -> _Chances:
        chances = {place: pairs for place, pairs in self._places().items() if pairs}
        members = _Members(list(self._numbers))
        _make_one(chances)
        for _ in range(_STEPS):
            members.correct(chances)
        return chances

    def _places(self) -> _Chances:
        """The pairs that can go, each with the part of a timeslot's minutes at which it can."""
        ground, bands = self._ground, len(self._ground.grid.bands)
        places = {}
        for weekday in range(7):
            day = self._monday + timedelta(days=weekday)
            row, able = ground.calendar.row(day), ground.able_on(self._people, day)
            allowed = [
                (first.id, second.id, self._number(first, second))
                for first, second in combinations(able, 2)
                if may_pair(first, second, day)
            ]
            for cell in range(row * bands, (row + 1) * bands if row >= 0 else 0):
                steps = steps_of(ground.band(cell))
                minutes = {who.id: _minutes(who, weekday, steps) for who in able}
                places[weekday, cell] = {
                    number: both.bit_count() / len(steps)
                    for first, second, number in allowed
                    if (both := minutes[first] & minutes[second])
                }
        return places

    def _number(self, first: Volunteer, second: Volunteer) -> int:
        return self._numbers.setdefault(pair_of(first.id, second.id), len(self._numbers))


def _minutes(who: Volunteer, weekday: int, steps: range) -> int:
    """The steps at which somebody is free, a bit each."""
    bits = 0
    for part in who.free:
        if part.weekday == weekday:
            first, end = (
                min(len(steps), max(0, -((steps.start - minute) // steps.step)))
                for minute in (part.start, part.end)
            )
            bits |= (1 << end) - (1 << first)
    return bits


def _make_one(chances: _Chances) -> None:
    for place, pairs in chances.items():
        total = sum(pairs.values())
        chances[place] = {pair: chance / total for pair, chance in pairs.items()}


class _Members:
    """Who the numbered pairs are."""

    def __init__(self, pairs: Sequence[Pair]) -> None:
        people = {
            person: at for at, person in enumerate(dict.fromkeys(p for two in pairs for p in two))
        }
        self._number = len(people)
        self._pairs = [(people[first], people[second]) for first, second in pairs]

    def by_day(self, chances: _Chances) -> list[list[float]]:
        """How likely each pair is on each weekday, where all timeslots are equally likely. What is
        guessed of the weekday by whoever knows the rule is the sum over pairs of the likeliest."""
        days = [[0.0] * 7 for _ in self._pairs]
        for (weekday, _), pairs in chances.items():
            for pair, chance in pairs.items():
                days[pair][weekday] += chance / len(chances)
        return days

    def correct(self, chances: _Chances) -> None:
        """Make each pair less likely on the days that it gives away, and keep everybody's share
        within bounds."""
        by_day = self.by_day(chances)
        bounds = self._bounds([sum(days) for days in by_day])
        factors = [
            [exp(-share) * bounds[first] * bounds[second] for share in _likeliest(days)]
            for (first, second), days in zip(self._pairs, by_day, strict=True)
        ]
        for (weekday, _), pairs in chances.items():
            for pair in pairs:
                pairs[pair] *= factors[pair][weekday]
        _make_one(chances)

    def _bounds(self, whole: Sequence[float]) -> list[float]:
        """By what each person's chances are to be multiplied."""
        shares = [0.0] * self._number
        for pair, chance in zip(self._pairs, whole, strict=True):
            for person in pair:
                shares[person] += chance
        equal = 2 / max(1, self._number)
        return [
            min(1.0, _MOST * equal / share)
            if share > _MOST * equal
            else max(1.0, min(_RAISE, _LEAST * equal / share if share else 1.0))
            for share in shares
        ]


def _likeliest(days: Sequence[float]) -> list[float]:
    """How far each day counts as the likeliest one; together they count as one."""
    most = max(days)
    powers = [(day / most) ** _LIKELIEST if most else 0.0 for day in days]
    return [power / max(1.0, sum(powers)) for power in powers]
