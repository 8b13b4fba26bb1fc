"""Whether there are pairs for all visits of a week, to however many sites: nobody goes twice in a
day, or more often in a week than anybody may."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from itertools import combinations, pairwise
from operator import or_
from uuid import UUID

from visitapp.domain.office.target import TargetUnit
from visitapp.domain.period import Period
from visitapp.domain.plan.rota import MOST_A_WEEK, Volunteer, may_pair
from visitapp.planning.draw import HANDOVERS_A_YEAR, minute_shares
from visitapp.planning.reach import Ground

Pairs = tuple[int, ...]
"""Those who could make a visit: each pair is a number with a bit for each of its people."""
DayPairs = tuple[int, Pairs]
"""The same of a visit on a day of the week."""


@dataclass(frozen=True, slots=True)
class Moments:
    """The minutes of a timeslot at which the same pairs could make a visit: how likely it begins at
    one of them, and one of them."""

    share: float
    pairs: Pairs
    minute: int


def weekly(grounds: Sequence[Ground]) -> list[Ground]:
    """The sites that are visited by the week: their weeks are drawn together."""
    return [ground for ground in grounds if ground.target.unit is TargetUnit.WEEK]


class WeekPairs:
    """The pairs among some people, with what was worked out of them before."""

    def __init__(self, volunteers: Sequence[Volunteer]) -> None:
        self.people = tuple(volunteers)
        self._bits = {who.id: 1 << at for at, who in enumerate(self.people)}
        self._able: dict[tuple[UUID, date], int] = {}
        self._new: dict[date, int] = {}
        self._free: dict[tuple[int, int], int] = {}
        self._pairs: dict[tuple[int, int], Pairs] = {}
        self._moments: dict[tuple[object, ...], tuple[Moments, ...]] = {}
        self._together: dict[tuple[Pairs, ...], bool] = {}

    def of_people(self, ids: Collection[UUID]) -> int:
        """The bits of people; of those who aren't among these, none."""
        return sum(self._bits.get(person_id, 0) for person_id in set(ids))

    def at(self, ground: Ground, day: date, minute: int) -> Pairs:
        """The pairs that could make a visit to a site at a minute of a day."""
        return self._among(self._able_on(ground, day) & self._free_at(day.weekday(), minute), day)

    def moments(
        self, ground: Ground, day: date, cell: int, handovers_left: int = HANDOVERS_A_YEAR
    ) -> tuple[Moments, ...]:
        """The parts of a timeslot's minutes by who is free, as likely as they are drawn."""
        able = self._able_on(ground, day)
        key = (ground.site.id, cell, day.weekday(), able, able & self._new_on(day), handovers_left)
        if key not in self._moments:
            parts: dict[Pairs, Moments] = {}
            for minute, share in self._minutes(ground, day, cell, handovers_left):
                pairs = self.at(ground, day, minute)
                before = parts[pairs].share if pairs in parts else 0.0
                parts[pairs] = Moments(before + share, pairs, minute)
            self._moments[key] = tuple(parts.values())
        return self._moments[key]

    def can_be_made(self, visits: Sequence[DayPairs]) -> bool:
        """Whether there are pairs for all of some visits of a week."""
        if not self.can_on_each_day(visits):
            return False
        return len(visits) < 3 or _PairsOfWeek(visits, len(self.people)).can_be_made()

    def able_in(self, ground: Ground, week: Period) -> tuple[int, ...]:
        """Who can go to a site on each day of a week; nobody on days on which it isn't visited."""
        days = [week.start + timedelta(days=at) for at in range(week.days)]
        return tuple(self._able_on(ground, day) if ground.is_visited_on(day) else 0 for day in days)

    def most_places(self, grounds: Sequence[Ground], week: Period) -> int:
        """How many places in pairs these people can take at most in a week of some sites."""
        of_sites = zip(*(self.able_in(ground, week) for ground in grounds), strict=True)
        able = [reduce(or_, of_day) for of_day in of_sites]
        of_each = (sum(of_day >> at & 1 for of_day in able) for at in range(len(self.people)))
        return sum(min(MOST_A_WEEK, number) for number in of_each)

    def can_on_each_day(self, visits: Sequence[DayPairs]) -> bool:
        """The same for each of its days by itself."""
        by_day: defaultdict[int, list[Pairs]] = defaultdict(list)
        for day, pairs in visits:
            by_day[day].append(pairs)
        return all(self.together(of_day) for of_day in by_day.values())

    def together(self, visits: Sequence[Pairs]) -> bool:
        """Whether there are pairs without a person in common for all visits of a day. A visit with
        more pairs than those of others can touch needs no look."""
        if not all(visits):
            return False
        touched = 2 * (len(visits) - 1) * (len(self.people) - 1)
        scarce = tuple(sorted((p for p in visits if len(p) <= touched), key=len))
        if len(scarce) < 2:
            return True
        if scarce not in self._together:
            self._together[scarce] = _apart(scarce, 0)
        return self._together[scarce]

    def _able_on(self, ground: Ground, day: date) -> int:
        key = (ground.site.id, day)
        if key not in self._able:
            able = ground.able_on(self.people, day)
            self._able[key] = sum(self._bits[who.id] for who in able)
        return self._able[key]

    def _new_on(self, day: date) -> int:
        """Those who are on probation."""
        if day not in self._new:
            new = (who.id for who in self.people if who.is_on_probation(day))
            self._new[day] = sum(self._bits[person_id] for person_id in new)
        return self._new[day]

    def _free_at(self, weekday: int, minute: int) -> int:
        key = (weekday, minute)
        if key not in self._free:
            self._free[key] = sum(
                bit
                for who, bit in zip(self.people, self._bits.values(), strict=True)
                if any(part.holds(weekday, minute) for part in who.free)
            )
        return self._free[key]

    def _among(self, free: int, day: date) -> Pairs:
        key = (free, free & self._new_on(day))
        if key not in self._pairs:
            people = [(who, self._bits[who.id]) for who in self.people if self._bits[who.id] & free]
            self._pairs[key] = tuple(
                of_first | of_second
                for (first, of_first), (second, of_second) in combinations(people, 2)
                if may_pair(first, second, day)
            )
        return self._pairs[key]

    def _minutes(
        self, ground: Ground, day: date, cell: int, handovers_left: int
    ) -> Iterator[tuple[int, float]]:
        """For each stretch of a timeslot in which the same people are free, a minute of it and how
        likely a visit in the timeslot begins in it."""
        able, band = ground.able_on(self.people, day), ground.band(cell)
        minutes = ground.minutes(able, day, cell)
        changes = {edge for h in ground.handovers for edge in (h.start, h.end)}
        order = sorted(changes | set(ground.edges(able, day, band)))
        shares = minute_shares(minutes, ground.handovers, handovers_left)
        for start, end in pairwise(order):
            inside = range(bisect_left(minutes, start), bisect_left(minutes, end))
            if inside:
                yield minutes[inside.start], sum(shares[at] for at in inside)


def _apart(visits: Sequence[Pairs], taken: int) -> bool:
    if not visits:
        return True
    return any(not pair & taken and _apart(visits[1:], taken | pair) for pair in visits[0])


_STEPS = 40
"""The steps that a search usually needs; a longer one looks ahead before each."""


class _PairsOfWeek:
    """The search for pairs of a week's visits: those with the fewest pairs come first. Of the
    people who have a visit, only those count who could make a later one."""

    def __init__(self, visits: Sequence[DayPairs], people: int) -> None:
        self._visits = sorted(visits, key=lambda visit: len(visit[1]))
        self._people, self._steps = people, 0
        self._later = [(0, 0, 0)]
        """For the visits from each on: who could make any of them, the same by day, and how many
        people they need."""
        for day, pairs in reversed(self._visits):
            who, on_days, places = self._later[0]
            mine = reduce(or_, pairs)
            needed = min(pair.bit_count() for pair in pairs)
            later = (who | mine, on_days | mine << day * people, places + needed)
            self._later.insert(0, later)
        self._failed: set[tuple[int, int, int, int]] = set()

    def can_be_made(self, at: int = 0, days: int = 0, some: int = 0, full: int = 0) -> bool:
        """Whether the visits from `at` on can be made: `days` has a bit for each day of a person
        that is taken, `some` are those with a visit, and `full` those with as many as they may."""
        if at == len(self._visits):
            return True
        who, on_days, places = self._later[at]
        days, some, full = days & on_days, some & who, full & who
        state = (at, days, some, full)
        left = MOST_A_WEEK * who.bit_count() - some.bit_count() - full.bit_count()
        if places > left or state in self._failed:
            return False
        self._steps += 1
        if self._steps > _STEPS and not self._have_places(at, days, some, full):
            self._failed.add(state)
            return False
        day, pairs = self._visits[at]
        for pair in pairs:
            of_day = pair << day * self._people
            if not (pair & full or of_day & days) and self.can_be_made(
                at + 1, days | of_day, some | pair, full | some & pair
            ):
                return True
        self._failed.add(state)
        return False

    def _have_places(self, at: int, days: int, some: int, full: int) -> bool:
        """Whether people have places for the visits from `at` on, whoever goes with whom: if not,
        there are no pairs."""
        places = _Places(days, some, full, self._people)
        return all(
            places.add((number, day, reduce(or_, pairs)))
            for number, (day, pairs) in enumerate(self._visits[at:])
            for _ in range(min(pair.bit_count() for pair in pairs))
        )


_OfWeek = tuple[int, int, int]
"""A visit's number, its day, and who could make it."""


class _Places:
    """Which visits take which people on which days: a flow by augmenting paths, in which those who
    have a place move to others to make room."""

    def __init__(self, days: int, some: int, full: int, people: int) -> None:
        self._left = [MOST_A_WEEK - (some >> at & 1) - (full >> at & 1) for at in range(people)]
        self._days = days
        self._taken: dict[tuple[int, int], _OfWeek] = {}
        """The visits by day and person."""

    def add(self, visit: _OfWeek) -> bool:
        """Give a visit one person more; whether that can be."""
        return self._place(visit, set())

    def _place(self, visit: _OfWeek, seen: set[tuple[int, int]]) -> bool:
        _, day, who = visit
        people = len(self._left)
        for person in range(people):
            place = (day, person)
            is_out = not who >> person & 1 or self._days >> day * people + person & 1
            if is_out or place in seen:
                continue
            seen.add(place)
            other = self._taken.get(place)
            if other is None:
                can = self._make_room(person, seen)
            else:
                can = other != visit and self._place(other, seen)
            if can:
                self._taken[place] = visit
                return True
        return False

    def _make_room(self, person: int, seen: set[tuple[int, int]]) -> bool:
        """Let somebody make a visit more, or another one less."""
        if self._left[person]:
            self._left[person] -= 1
            return True
        for place in [place for place in self._taken if place[1] == person and place not in seen]:
            seen.add(place)
            if self._place(self._taken[place], seen):
                del self._taken[place]
                return True
        return False
