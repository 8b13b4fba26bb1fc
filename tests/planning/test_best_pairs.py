"""The pairs that the solver proves best are the best of all that could be made, by a count of the
whole cost that tries every one and knows nothing of the solver."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, product
from random import Random
from uuid import UUID

import pytest

from visitapp.domain.period import Period
from visitapp.domain.plan.rota import (
    FreeTime,
    Memory,
    Need,
    Pair,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
    pair_of,
)
from visitapp.planning.crews import Effort, find_crews

SCHEME = UUID(int=1)
MONDAY = date(2025, 4, 7)
ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
PEOPLE = tuple(
    Volunteer(UUID(int=500 + n), f"Person {n}", frozenset({SCHEME}), ALWAYS) for n in range(4)
)
Plan = Mapping[UUID, Pair]
Pins = Mapping[UUID, Sequence[UUID]]


class NoChance(Random):
    """Where pairs are the same otherwise, chance decides between them; here it never does."""

    def randint(self, a: int, _b: int) -> int:
        return a


def slot(number: int, day: int, site: int = 0, need: Need = Need.SUITE) -> VisitSlot:
    return VisitSlot(
        UUID(int=number), SCHEME, UUID(int=100 + site), f"Site {site}",
        MONDAY + timedelta(days=day), 600, need,
    )  # fmt: skip


def plans(slots: Sequence[VisitSlot], people: Sequence[Volunteer], pins: Pins) -> Iterator[Plan]:
    """Every way to make these visits, with or without pairs, that breaks no rule."""
    choices = []
    for wanted in slots:
        kept = set(pins.get(wanted.id, ()))
        able = [
            person
            for person in people
            if person.id in kept or (len(kept) < 2 and obstacle(person, wanted) is None)
        ]
        pairs = [
            pair_of(a.id, b.id)
            for a, b in combinations(able, 2)
            if kept <= {a.id, b.id} and may_pair(a, b, wanted.day)
        ]
        choices.append([None, *pairs])
    for chosen in product(*choices):
        plan = {s.id: pair for s, pair in zip(slots, chosen, strict=True) if pair is not None}
        days: Counter[tuple[UUID, date]] = Counter()
        weeks: Counter[tuple[UUID, date]] = Counter()
        for wanted in slots:
            for member in plan.get(wanted.id, ()):
                days[member, wanted.day] += 1
                weeks[member, wanted.week] += 1
        visits = Counter(member for pair in plan.values() for member in pair)
        if (
            max(days.values(), default=0) <= 1
            and max(weeks.values(), default=0) <= 2
            and all(visits[person.id] <= person.most for person in people)
        ):
            yield plan


def cost(
    plan: Plan, slots: Sequence[VisitSlot], people: Sequence[Volunteer], memory: Memory, pins: Pins
) -> int:
    """What a plan costs, term by term, as the docstring of the pairs weighs them."""
    total = 500 * (len(slots) - len(plan)) + again(plan, memory)
    loads = []
    for person in people:
        able = [
            s for s in slots
            if person.id in pins.get(s.id, ())
            or (len(pins.get(s.id, ())) < 2 and obstacle(person, s) is None)
        ]  # fmt: skip
        mine = [s for s in slots if person.id in plan.get(s.id, ())]
        total += sum(of_visit(person, wanted, memory) for wanted in mine)
        total += 40 * max(0, person.least - len(mine))
        total += 8 * sum(max(0, n - 1) for n in Counter(s.week for s in mine).values())
        total += sum(16 * max(0, n - 1) - 8 * (n > 1) for n in near_at_kennels(able, mine))
        total += too_often_at_one_site(person, able, mine, slots, people, memory)
        if able and person.most > person.least:
            loads.append(len(mine) + memory.loads.get(person.id, 0))
    if len(loads) > 1:
        equal = -(-(sum(memory.loads.values()) + 2 * len(slots)) // len(loads))
        total += 6 * (max(loads) - min(loads)) + 4 * sum(max(0, load - equal) for load in loads)
    return total


def again(plan: Plan, memory: Memory) -> int:
    """Of pairs that met before, in this plan or an earlier one."""
    together = Counter(plan.values())
    return 12 * sum(
        max(0, times + min(1, memory.pairs.get(pair, 0)) - 1) for pair, times in together.items()
    )


def of_visit(person: Volunteer, wanted: VisitSlot, memory: Memory) -> int:
    is_unwished = any(wanted.day in period for period in person.wishes)
    is_soon = wanted.need is Need.KENNELS and any(
        abs((wanted.day - day).days) < 14 for day in memory.kennel_days.get(person.id, ())
    )
    return person.travel.get(wanted.site_id, 0) + 5 * is_unwished + 8 * is_soon


def near_at_kennels(able: Sequence[VisitSlot], mine: Sequence[VisitSlot]) -> Iterator[int]:
    """How many of somebody's visits to kennels lie in each stretch of two weeks."""
    days = sorted(s.day for s in able if s.need is Need.KENNELS)
    stretches = [[day for day in days if 0 <= (day - first).days < 14] for first in days]
    ends = []
    for stretch in stretches:
        if stretch[-1] not in ends and len(stretch) > 1:
            yield sum(s.need is Need.KENNELS and s.day in stretch for s in mine)
        ends.append(stretch[-1])


def too_often_at_one_site(
    person: Volunteer, able: Sequence[VisitSlot], mine: Sequence[VisitSlot],
    slots: Sequence[VisitSlot], people: Sequence[Volunteer], memory: Memory,
) -> int:  # fmt: skip
    """Visits beyond seven in ten of a fair load at one site, two at least, where there are more."""
    sites = {s.site_id for s in able}
    if len(sites) < 2:
        return 0
    fair = min(person.most, -(-2 * len(slots) // len(people)))
    load = memory.loads.get(person.id, 0) + fair
    over = 0
    for site in sites:
        allowed = max(0, max(2, 7 * load // 10) - memory.at_site.get((person.id, site), 0))
        over += max(0, sum(s.site_id == site for s in mine) - allowed)
    return over


def assert_best(
    slots: Sequence[VisitSlot],
    people: Sequence[Volunteer],
    memory: Memory | None = None,
    pins: Pins | None = None,
) -> Plan:
    memory, pins = memory or Memory(), pins or {}
    crewing = find_crews(
        slots, people, NoChance(1), memory=memory, pins=pins, effort=Effort(20)
    )  # fmt: skip
    everything = list(plans(slots, people, pins))
    filled = max(map(len, everything))
    least = min(cost(p, slots, people, memory, pins) for p in everything if len(p) == filled)
    assert crewing.gap == pytest.approx(0)
    assert cost(crewing.pairs, slots, people, memory, pins) == least
    assert crewing.cost == pytest.approx(least)
    return crewing.pairs


def test_a_plan_of_one_week_is_the_best_of_all() -> None:
    assert_best([slot(n, n) for n in range(3)], PEOPLE)
    assert_best([slot(1, 0), slot(2, 7)], PEOPLE[:2])
    assert_best([slot(1, 0), slot(2, 1), slot(3, 2)], PEOPLE[:2])


def test_earlier_visits_and_pairs_weigh() -> None:
    a, b, c, d = (person.id for person in PEOPLE)
    slots = [slot(1, 0), slot(2, 7), slot(3, 14, site=1)]
    for memory in (
        Memory(loads={a: 3, b: 1}),
        Memory(pairs={pair_of(a, b): 1, pair_of(c, d): 2}),
        Memory(loads={a: 2, b: 2, c: 2, d: 2}, at_site={(a, UUID(int=100)): 2}),
        Memory(loads={a: 4, b: 4, c: 4}, at_site={(n, UUID(int=100)): 4 for n in (a, b, c)}),
    ):
        assert_best(slots, PEOPLE, memory)


@pytest.mark.parametrize("days_between", [13, 14])
def test_two_weeks_between_visits_to_kennels_are_kept_where_they_can_be(days_between: int) -> None:
    slots = [slot(1, 0, need=Need.KENNELS), slot(2, days_between, need=Need.KENNELS)]
    pairs = assert_best(slots, PEOPLE)
    assert_best(slots, PEOPLE[:3])
    if days_between == 13:
        assert not set(pairs[slots[0].id]) & set(pairs[slots[1].id])
    before = {PEOPLE[0].id: (MONDAY - timedelta(days=days_between),)}
    assert_best(slots[:1], PEOPLE[:2], Memory(kennel_days=before))
    assert_best([*slots, slot(3, 20, need=Need.KENNELS)], PEOPLE[:3])


def test_each_wish_of_somebody_weighs() -> None:
    june = Period(MONDAY, MONDAY + timedelta(days=3))
    first, second, *others = PEOPLE
    slots = [slot(1, 0), slot(2, 8, site=1), slot(3, 16)]
    for changed in (
        replace(first, wishes=(june,)),
        replace(first, travel={UUID(int=100): 3, UUID(int=101): 1}),
        replace(first, least=2),
        replace(first, least=3, most=3),
        replace(first, most=1),
        replace(first, probation_until=MONDAY + timedelta(days=9)),
        replace(first, away=(june,)),
    ):
        assert_best(slots, [changed, second, *others])
        assert_best(slots, [changed, second, others[0]])


def test_a_visit_whose_two_are_pinned_is_nobody_elses() -> None:
    assert_best([slot(1, 0)], PEOPLE, pins={UUID(int=1): (PEOPLE[0].id, PEOPLE[1].id)})


def test_nobody_new_is_paired_with_somebody_near_who_may_not_guide_them() -> None:
    far = {UUID(int=100): 3}
    new = [replace(person, probation_until=MONDAY) for person in PEOPLE[:2]]
    old = [replace(person, travel=far) for person in PEOPLE[2:]]
    shy = replace(PEOPLE[1], may_buddy=False)
    for people in ([*new, *old], [new[0], shy, *old], new, [new[0], shy]):
        assert_best([slot(1, 0)], people)


def test_a_third_visit_to_kennels_in_two_weeks_weighs_twice() -> None:
    days = (0, 7, 13)
    slots = [slot(n, day, need=Need.KENNELS) for n, day in enumerate(days)]
    assert_best(slots, PEOPLE[:2])
    assert_best(slots, PEOPLE[:3])


def test_more_than_seven_in_ten_at_one_site_weigh_for_whoever_has_many_visits() -> None:
    slots = [slot(n, 7 * n, site=n // 4) for n in range(5)]
    assert_best(slots, PEOPLE[:2])
    assert_best(slots, PEOPLE[:2], Memory(loads={PEOPLE[0].id: 3}))


def random_case(random: Random) -> tuple[list[VisitSlot], list[Volunteer], Memory, Pins]:
    slots = [
        slot(n, random.randrange(0, 28), site=n % 2, need=random.choice(list(Need)[:2]))
        for n in range(1, 4)
    ]
    people = []
    for person in PEOPLE:
        least = random.choice([0, 0, 1, 2])
        wish = MONDAY + timedelta(days=random.randrange(28))
        people.append(
            replace(
                person,
                least=least,
                most=random.choice([least or 1, 2, 13]) if least < 2 else random.choice([2, 13]),
                wishes=(Period(wish, wish + timedelta(days=random.randrange(7))),),
                travel={UUID(int=100 + site): random.randrange(4) for site in range(2)},
                probation_until=MONDAY if random.random() < 0.2 else None,
            )
        )
    ids = [person.id for person in PEOPLE]
    at_site: dict[tuple[UUID, UUID], int] = defaultdict(int)
    for _ in range(random.randrange(4)):
        at_site[random.choice(ids), UUID(int=100 + random.randrange(2))] += 1
    memory = Memory(
        loads={person_id: random.randrange(4) for person_id in ids if random.random() < 0.5},
        at_site=dict(at_site),
        pairs={pair_of(*random.sample(ids, 2)): 1 for _ in range(random.randrange(3))},
        kennel_days={ids[0]: (MONDAY - timedelta(days=random.randrange(20)),)},
    )
    pinned = random.sample(ids, random.choice([0, 0, 1, 2]))
    return slots, people, memory, {slots[0].id: pinned} if pinned else {}


@pytest.mark.parametrize(
    "seed", [*range(15), *(pytest.param(n, marks=pytest.mark.long) for n in range(15, 300))]
)
def test_whoever_there_is_the_plan_is_the_best_of_all(seed: int) -> None:
    assert_best(*random_case(Random(seed)))
