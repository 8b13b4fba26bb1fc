"""Pairs found quickly by a simple rule: a first plan, which the solver then improves."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from random import Random
from uuid import UUID

from visitapp.domain.plan.rota import (
    KENNELS_APART,
    MOST_A_WEEK,
    Memory,
    Need,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
    pair_of,
)
from visitapp.planning.pair_rule import PairRule

_AGAIN = 3
"""The cost of pairing people again, in visits of either person's load."""
_SOON = 2
"""The cost of a second visit in a week, or to kennels within two weeks."""

_PRICES = 4
"""What the solver counts for a visit of load, as pairs that meet again cost 12 there."""

Pins = Mapping[UUID, tuple[UUID, ...]]
"""Who keeps their place, by visit: one person or a pair."""


def first_pairs(
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    random: Random,
    memory: Memory | None = None,
    pins: Pins | None = None,
    rules: Mapping[UUID, PairRule] | None = None,
) -> dict[int, tuple[int, int]]:
    """Pairs for the slots of one quarter, as indexes: slot -> two volunteers. The hardest visits
    come first, and each gets the pair with the least load, or one that says less of the day. All
    hard rules are kept; some visits may stay without a pair."""
    memory, pins, rules = memory or Memory(), pins or {}, rules or {}
    return _Choosing(slots, volunteers, random, memory, pins, rules).chosen()


class _Choosing:
    def __init__(
        self,
        slots: Sequence[VisitSlot],
        volunteers: Sequence[Volunteer],
        random: Random,
        memory: Memory,
        pins: Pins,
        rules: Mapping[UUID, PairRule],
    ) -> None:
        self._slots, self._volunteers, self._random = slots, volunteers, random
        self._memory, self._pins, self._rules = memory, pins, rules
        self._able = [self._who_can(slot) for slot in slots]
        self._loads: Counter[int] = Counter()
        self._days: set[tuple[int, date]] = set()
        self._weeks: Counter[tuple[int, date]] = Counter()
        self._met: Counter[tuple[int, int]] = Counter()
        self._kennel_days: dict[int, list[date]] = defaultdict(list)

    def chosen(self) -> dict[int, tuple[int, int]]:
        pairs: dict[int, tuple[int, int]] = {}
        order = sorted(
            range(len(self._slots)), key=lambda s: (-len(self._kept(s)), len(self._able[s]))
        )
        for s in order:
            best = min(self._priced(s), default=None)
            if best is not None:
                _, v, w = best
                pairs[s] = (v, w)
                self._take(s, v, w)
        return pairs

    def _kept(self, s: int) -> tuple[UUID, ...]:
        return self._pins.get(self._slots[s].id, ())

    def _who_can(self, slot: VisitSlot) -> list[int]:
        kept = self._pins.get(slot.id, ())
        return [
            v
            for v, person in enumerate(self._volunteers)
            if person.id in kept or (len(kept) < 2 and obstacle(person, slot) is None)
        ]

    def _priced(self, s: int) -> list[tuple[float, int, int]]:
        slot = self._slots[s]
        free = [
            v
            for v in self._able[s]
            if self._loads[v] < self._volunteers[v].most
            and (v, slot.day) not in self._days
            and self._weeks[v, slot.week] < MOST_A_WEEK
        ]
        return [
            (self._price(s, v, w) + self._soon(v, slot) + self._soon(w, slot), v, w)
            for v, w in combinations(free, 2)
            if self._is_possible(s, v, w)
        ]

    def _price(self, s: int, v: int, w: int) -> float:
        first, second = self._volunteers[v].id, self._volunteers[w].id
        met = self._met[v, w] + self._memory.pairs.get(pair_of(first, second), 0)
        loads = self._memory.loads
        burden = self._loads[v] + self._loads[w] + loads.get(first, 0) + loads.get(second, 0)
        slot = self._slots[s]
        chance, rule = self._random.random(), self._rules.get(slot.site_id)
        if rule is not None and len(self._kept(s)) < 2:
            chance += rule.price(pair_of(first, second), slot.day, slot.minute) / _PRICES
        return met * _AGAIN + burden + chance

    def _soon(self, v: int, slot: VisitSlot) -> int:
        """The cost of a person's other visits close to this one."""
        person_id = self._volunteers[v].id
        near = slot.need is Need.KENNELS and (
            soon_after_kennels(self._memory, person_id, slot)
            or any(abs((slot.day - day).days) < KENNELS_APART for day in self._kennel_days[v])
        )
        return _SOON * ((self._weeks[v, slot.week] > 0) + near)

    def _is_possible(self, s: int, v: int, w: int) -> bool:
        first, second = self._volunteers[v], self._volunteers[w]
        return {first.id, second.id} >= set(self._kept(s)) and may_pair(
            first, second, self._slots[s].day
        )

    def _take(self, s: int, v: int, w: int) -> None:
        slot = self._slots[s]
        self._met[v, w] += 1
        for member in (v, w):
            self._loads[member] += 1
            self._days.add((member, slot.day))
            self._weeks[member, slot.week] += 1
            if slot.need is Need.KENNELS:
                self._kennel_days[member].append(slot.day)


def soon_after_kennels(memory: Memory, person_id: UUID, slot: VisitSlot) -> bool:
    """Whether a visit to kennels is within two weeks of one that the person made before."""
    days = memory.kennel_days.get(person_id, ())
    return slot.need is Need.KENNELS and any(
        abs((slot.day - day).days) < KENNELS_APART for day in days
    )
