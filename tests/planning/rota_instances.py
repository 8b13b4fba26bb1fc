"""Made-up volunteers and visits to crew, and a checker that knows nothing of the solver."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations
from random import Random
from uuid import UUID

from visitapp.domain.period import Period
from visitapp.domain.plan.rota import Crewing, FreeTime, Need, Obstacle, Pair, VisitSlot, Volunteer
from visitapp.planning.draw import draw_span
from visitapp.planning.law import SpanLaw, kennel_policy, suite_policy
from visitapp.planning.simulation import week_options

SCHEME, ANIMALS = UUID(int=1), UUID(int=2)
BANDS = ((0, 480), (480, 720), (720, 960), (960, 1200), (1200, 1440))
MONDAY = date(2025, 4, 7)


def make_slots(random: Random, weeks: int, suites: int, kennels: int = 0) -> list[VisitSlot]:
    """Visits drawn by the laws that plan, from Monday 7 April 2025 on."""
    slots: list[VisitSlot] = []
    for suite in range(suites):
        site, counts = UUID(int=100 + suite), [0] * 35
        for week in range(weeks):
            law = SpanLaw(week_options(7, 5), counts, suite_policy())
            for placed in draw_span(law, random):
                counts[placed.cell] += 1
                start, end = BANDS[placed.cell % 5]
                day = MONDAY + timedelta(days=7 * week + placed.day)
                slots.append(
                    _slot(slots, site, f"Suite {suite}", day, random.randrange(start, end, 5))
                )
    for kennel in range(kennels):
        site, counts = UUID(int=200 + kennel), [0] * 12
        for month in range(max(1, weeks * 7 // 30)):
            first = MONDAY + timedelta(days=30 * month)
            rows = [min((first + timedelta(days=d)).weekday(), 5) for d in range(28)]
            law = SpanLaw([(r * 2, r * 2 + 1) for r in rows], counts, kennel_policy())
            for placed in draw_span(law, random):
                counts[placed.cell] += 1
                minute = random.randrange(420, 780, 5) if placed.cell % 2 == 0 else 900
                day = first + timedelta(days=placed.day)
                slot = _slot(slots, site, f"Kennels {kennel}", day, minute)
                slots.append(replace(slot, scheme_id=ANIMALS, need=Need.KENNELS))
    return slots


def _slot(slots: Sequence[VisitSlot], site: UUID, name: str, day: date, minute: int) -> VisitSlot:
    return VisitSlot(UUID(int=10_000 + len(slots)), SCHEME, site, name, day, minute)


def make_volunteers(random: Random, number: int, weeks: int, share: float = 0.5) -> list[Volunteer]:
    """People free in a `share` of the bands of a week, some away, a sixth on probation."""
    people = []
    for at in range(number):
        free = tuple(
            FreeTime(weekday, *BANDS[band])
            for weekday in range(7)
            for band in range(5)
            if random.random() < (share if band else share / 2)
        )
        away = []
        for _ in range(random.randint(0, 1 + weeks // 13)):
            start = MONDAY + timedelta(days=random.randrange(7 * weeks))
            away.append(Period(start, start + timedelta(days=random.randint(3, 14))))
        new = at % 6 == 5
        people.append(
            Volunteer(
                id=UUID(int=1_000 + at),
                name=f"Volunteer {at}",
                schemes=frozenset({SCHEME, ANIMALS} if at % 5 < 2 else {SCHEME}),
                free=free,
                away=tuple(away),
                least=1,
                most=8,
                probation_until=MONDAY + timedelta(days=180) if new else None,
                travel={UUID(int=100 + s): random.randint(0, 2) for s in range(6)},
            )
        )
    return people


def broken_rules(
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    crewing: Crewing,
    pins: Mapping[UUID, tuple[UUID, ...]] | None = None,
) -> list[str]:
    """Every hard rule that a plan breaks, found by looking at the plan alone."""
    people = {who.id: who for who in volunteers}
    broken = []
    days: Counter[tuple[UUID, date]] = Counter()
    weeks: Counter[tuple[UUID, tuple[int, int]]] = Counter()
    loads: Counter[tuple[UUID, int]] = Counter()
    first = min(slot.day - timedelta(days=slot.day.weekday()) for slot in slots)
    for slot in slots:
        pair = crewing.pairs.get(slot.id)
        if pair is None:
            continue
        kept = set((pins or {}).get(slot.id, ()))
        broken += _of_pair(slot, pair, people, kept)
        for person in pair:
            days[person, slot.day] += 1
            weeks[person, slot.day.isocalendar()[:2]] += 1
            loads[person, (slot.day - first).days // 91] += 1
    broken += [f"{p} twice on {d}" for (p, d), n in days.items() if n > 1]
    broken += [f"{p} {n} times in {w}" for (p, w), n in weeks.items() if n > 2]
    broken += [f"{p} over the most" for (p, _), n in loads.items() if n > people[p].most]
    return broken


def _of_pair(
    slot: VisitSlot, pair: Pair, people: Mapping[UUID, Volunteer], kept: set[UUID]
) -> list[str]:
    both = [people[person] for person in pair]
    broken = [] if len(set(pair)) == 2 and kept <= set(pair) else ["not the two people"]
    for who in both:
        if who.id not in kept:
            broken += _of_person(slot, who)
    new = [w for w in both if w.probation_until and slot.day <= w.probation_until]
    if len(new) == 2 or (new and not any(w.may_buddy for w in both if w not in new)):
        broken.append("probation without a buddy")
    return broken


def _of_person(slot: VisitSlot, who: Volunteer) -> list[str]:
    weekday = slot.day.weekday()
    rules = {
        "wrong scheme": slot.scheme_id in who.schemes,
        "wrong site": slot.site_id not in who.not_at,
        "vetting ran out": who.vetted_until is None or slot.day <= who.vetted_until,
        "kennels on probation": slot.need is not Need.KENNELS
        or who.probation_until is None
        or slot.day > who.probation_until,
        "not trained for TACT": slot.need is not Need.TACT or who.tact_trained,
        "away": not any(p.start <= slot.day <= p.end for p in who.away),
        "not free": any(f.weekday == weekday and f.start <= slot.minute < f.end for f in who.free),
    }
    return [name for name, kept in rules.items() if not kept]


def with_a_planted_rota(
    random: Random, slots: list[VisitSlot], volunteers: list[Volunteer]
) -> list[Volunteer]:
    """Volunteers who can just make every visit: each visit is given a pair that keeps every
    rule, and they are made free for it."""
    loads: Counter[UUID] = Counter()
    days: set[tuple[UUID, date]] = set()
    weeks: Counter[tuple[UUID, date]] = Counter()
    by_id = {who.id: who for who in volunteers}
    quarter_loads: Counter[tuple[UUID, int]] = Counter()
    first = min(slot.week for slot in slots)
    for slot in slots:
        quarter = (slot.week - first).days // 91
        able = [
            who
            for who in volunteers
            if (who.id, slot.day) not in days and weeks[who.id, slot.week] < 2
        ]
        pairs = [
            (a, b)
            for a, b in combinations(able, 2)
            if a.is_on_probation(slot.day) + b.is_on_probation(slot.day)
            <= (slot.need is not Need.KENNELS)
        ]
        chosen = min(pairs, key=lambda p: (loads[p[0].id] + loads[p[1].id], random.random()))
        for who in chosen:
            loads[who.id] += 1
            quarter_loads[who.id, quarter] += 1
            days.add((who.id, slot.day))
            weeks[who.id, slot.week] += 1
            now = by_id[who.id]
            band = next(b for b in BANDS if b[0] <= slot.minute < b[1])
            by_id[who.id] = replace(
                now,
                free=(*now.free, FreeTime(slot.day.weekday(), *band)),
                away=tuple(p for p in now.away if slot.day not in p),
                schemes=now.schemes | {slot.scheme_id},
            )
    most = Counter[UUID]()
    for (person, _), number in quarter_loads.items():
        most[person] = max(most[person], number)
    return [replace(who, most=max(most[who.id], 1), least=0) for who in by_id.values()]


def with_a_planted_cause(
    random: Random, slots: list[VisitSlot], volunteers: list[Volunteer]
) -> tuple[VisitSlot, Obstacle, list[VisitSlot], list[Volunteer]]:
    """One visit more, in a week of its own, that one person at most can make, and why."""
    cause = random.choice(
        [Obstacle.SITE, Obstacle.VETTING, Obstacle.PROBATION, Obstacle.TACT, Obstacle.AWAY]
    )
    last = max(slot.day for slot in slots)
    day = last + timedelta(days=14 - last.weekday())
    site = UUID(int=999)
    need = {Obstacle.PROBATION: Need.KENNELS, Obstacle.TACT: Need.TACT}.get(cause, Need.SUITE)
    planted = VisitSlot(UUID(int=99_999), SCHEME, site, "Farmoor", day, 600, need)
    spared = random.choice(volunteers).id if random.random() < 0.5 else None
    changed = {
        Obstacle.SITE: lambda who: replace(who, not_at=frozenset({site})),
        Obstacle.VETTING: lambda who: replace(who, vetted_until=day - timedelta(days=3)),
        Obstacle.PROBATION: lambda who: replace(who, probation_until=day),
        Obstacle.TACT: lambda who: replace(who, tact_trained=False),
        Obstacle.AWAY: lambda who: replace(who, away=(*who.away, Period(day, day))),
    }[cause]
    able = FreeTime(day.weekday(), 480, 720)
    people = []
    for who in volunteers:
        here = replace(who, free=(*who.free, able), most=who.most + 1)
        people.append(
            replace(here, tact_trained=True, probation_until=None)
            if who.id == spared
            else changed(here)
        )
    others = slots if cause is not Obstacle.PROBATION else []  # which keeps pairs from all visits
    return planted, cause, [*others, planted], people
