"""Whoever knows the names of a pair, and when everybody can go, doesn't know the day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cache
from itertools import combinations, permutations, product
from math import log, prod, sqrt
from random import Random
from uuid import UUID

import pytest

from tests.builders import make_site
from tests.planners import chance_of_days
from tests.planning.rota_instances import BANDS, MONDAY, SCHEME
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.plan_limits import BY_NAMES, Audit, caught_together
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Pair, Volunteer, can_hide_a_day, may_pair, pair_of
from visitapp.planning.auditing import Watched, audit
from visitapp.planning.by_names import days_by_names, weights_by_names
from visitapp.planning.crews import Effort
from visitapp.planning.law import suite_policy
from visitapp.planning.making import PlanTask, make_plan
from visitapp.planning.pair_rule import MOST_PRICE, MOST_TELLING, PairRule
from visitapp.planning.reach import Ground
from visitapp.planning.scores import caught
from visitapp.planning.tally import Tally
from visitapp.services.office.reference import reference_grid

GROUNDS = tuple(
    Ground(
        make_site(id=UUID(int=100 + at), name=f"Suite {at}", position=at, scheme_id=SCHEME),
        reference_grid(Kind.CUSTODY, SCHEME), suite_policy(),
    )
    for at in range(2)
)  # fmt: skip
GROUND = GROUNDS[0]
LONG = pytest.mark.long
KINDS = {
    "retired": ((0.15, 0.6, 0.6, 0.4, 0.2), (0.1, 0.3, 0.3, 0.2, 0.1)),
    "at work": ((0.25, 0.05, 0.05, 0.5, 0.6), (0.3, 0.6, 0.6, 0.5, 0.4)),
    "other": ((0.3, 0.5, 0.5, 0.5, 0.5), (0.3, 0.5, 0.5, 0.5, 0.5)),
}
"""How often somebody is free in each band of a weekday, and of Saturday and Sunday."""
SCHEMES = tuple(enumerate((16, 20, 24, 28, 31), 1))


def scheme(seed: int, number: int) -> list[Volunteer]:
    """People who are retired, at work or neither; one in eight can go on two days only."""
    random = Random(seed)
    people = []
    for at in range(number):
        weekdays, weekends = KINDS[random.choice(list(KINDS))]
        free = {
            (day, band)
            for day in range(7)
            for band, share in enumerate(weekends if day >= 5 else weekdays)
            if random.random() < share
        }
        if at % 8 == 7:
            free = set(product(random.sample(range(7), 2), random.sample(range(5), 3)))
        people.append(
            Volunteer(
                UUID(int=1_000 + at), f"Person {at}", frozenset({SCHEME}),
                tuple(FreeTime(day, *BANDS[band]) for day, band in sorted(free)),
                least=1, most=8,
                probation_until=MONDAY + timedelta(days=180) if at % 6 == 5 else None,
            )
        )  # fmt: skip
    return people


@dataclass(frozen=True)
class Read:
    """What readers of the names expect of one visit: the likelihood of its likeliest day, and
    whether it is that day. `by_times` knows only when the pair can go; `by_others` also how many
    other pairs could."""

    by_rule: tuple[float, bool]
    by_times: tuple[float, bool]
    by_others: tuple[float, bool]


def can_go(pair: Sequence[Volunteer], day: int, cell: int) -> bool:
    start = BANDS[cell % 5][0]
    return all(any(free.holds(day, start) for free in who.free) for who in pair)


@cache
def plan(
    seed: int, number: int, draw: int = 0, weeks: int = 13
) -> tuple[list[Volunteer], tuple[tuple[Watched, Audit], ...]]:
    """Everybody, and what is planned at each site, with its audit."""
    people = scheme(seed, number)
    period = Period(MONDAY, MONDAY + timedelta(days=7 * weeks - 1))
    task = PlanTask(UUID(int=1), period, GROUNDS, tuple(people), (), MONDAY)
    visits, crewing = make_plan(task, Random(100 * seed + draw), Effort(0.5))
    assert not crewing.unfilled
    visits = [replace(visit, pair=crewing.pairs[visit.id]) for visit in visits]
    sites = []
    for ground in GROUNDS:
        mine = [visit for visit in visits if visit.site_id == ground.site.id]
        rule, tally = PairRule(ground, people, MONDAY), Tally(ground, (), mine)
        watched = Watched(ground, tuple(period.weeks()), tuple(mine), (), tally, rule)
        sites.append((watched, audit(watched, people)))
    return people, tuple(sites)


def read(seed: int, number: int, draw: int = 0) -> tuple[tuple[Read, ...], float]:
    """What readers expect of each visit of a plan, and what the audits say of them all."""
    people, sites = plan(seed, number, draw)
    share = caught_together([judged for _, judged in sites], lambda judged: judged.by_names)
    assert share is not None
    return tuple(reading for watched, _ in sites for reading in _read(people, watched)), share


def _read(people: list[Volunteer], watched: Watched) -> Iterator[Read]:
    by_id, ground = {who.id: who for who in people}, watched.ground
    for week in watched.spans:
        mine = [visit for visit in watched.visits if visit.span == week]
        options = ground.options(week, people, MONDAY)
        law = ground.law(week, options, watched.tally.counts(week), 0)
        by_rule = days_by_names(ground, law, week, mine, watched.rule, people)
        for visit, days in zip(mine, by_rule, strict=True):
            pair = [by_id[person] for person in visit.pair]
            cells = [
                (day, share, _others(people, day, cell))
                for day, reached in enumerate(law.options)
                for cell, share in reached
                if can_go(pair, day, cell)
            ]
            alone = [sum(share for d, share, _ in cells if d == day) for day in range(7)]
            among = [sum(share / n for d, share, n in cells if d == day) for day in range(7)]
            day = visit.drawn.day.weekday()
            yield Read(*(
                (max(chances) / sum(chances), chances.index(max(chances)) == day)
                for chances in (days, alone, among)
            ))  # fmt: skip


@cache
def _pairs(people: tuple[Volunteer, ...], day: int, cell: int) -> int:
    able = [who for who in people if can_go([who], day, cell)]
    on = MONDAY + timedelta(days=day)
    return sum(may_pair(first, second, on) for first, second in combinations(able, 2))


def _others(people: list[Volunteer], day: int, cell: int) -> int:
    return _pairs(tuple(people), day, cell)


def _mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


@pytest.mark.parametrize(
    ("schemes", "draws"), [(SCHEMES[1:2], 1), pytest.param(SCHEMES, 6, marks=LONG)]
)
def test_who_knows_the_names_names_no_more_days_than_the_plan_says(
    schemes: tuple[tuple[int, int], ...], draws: int
) -> None:
    readings, shares = [], []
    for seed, number in schemes:
        of_scheme = [read(seed, number, draw) for draw in range(draws)]
        shares += [share for _, share in of_scheme]
        readings += [reading for visits, _ in of_scheme for reading in visits]
        assert _mean([share for _, share in of_scheme]) <= BY_NAMES
    assert _mean(shares) <= 0.36
    expected = _mean([reading.by_rule[0] for reading in readings])
    assert expected == pytest.approx(_mean(shares), abs=0.03)
    noise = 3 * sqrt(expected * (1 - expected) / len(readings))
    for name in ("by_rule", "by_times", "by_others"):
        assert _mean([getattr(reading, name)[1] for reading in readings]) <= expected + noise, name


def _days_seen(people: list[Volunteer], watched: Watched) -> Iterator[tuple[float, bool]]:
    """For each day, how likely a visit is to whoever knows all names and has seen by whom the
    earlier visits of the week were made, over all ways to place them; and whether there was one."""
    ground = watched.ground
    for week in watched.spans:
        mine = [visit for visit in watched.visits if visit.span == week]
        options = ground.options(week, people, MONDAY)
        law = ground.law(week, options, watched.tally.counts(week), 0)
        weights = weights_by_names(ground, law, week, mine, watched.rule, people)
        ways = {
            days: chance_of_days(law, set(days))
            * prod(weight[day] for weight, day in zip(weights, days, strict=True))
            for days in permutations(range(7), len(mine))
        }
        drawn = [visit.drawn.day.weekday() for visit in mine]
        for today in range(7):
            open_ways = {
                days: way
                for days, way in ways.items()
                if all(
                    day == on if on < today else day >= today
                    for day, on in zip(days, drawn, strict=True)
                )
            }
            with_visit = sum(way for days, way in open_ways.items() if today in days)
            yield with_visit / sum(open_ways.values()), today in drawn


@pytest.mark.parametrize(
    ("schemes", "draws"), [(SCHEMES[1:2], 1), pytest.param(SCHEMES, 6, marks=LONG)]
)
def test_who_knows_the_names_and_sees_who_came_predicts_no_more_than_the_plan_says(
    schemes: tuple[tuple[int, int], ...], draws: int
) -> None:
    plans = [plan(seed, number, draw) for seed, number in schemes for draw in range(draws)]
    days = [day for people, sites in plans for watched, _ in sites
            for day in _days_seen(people, watched)]  # fmt: skip
    says = caught_together(
        [judged for _, sites in plans for _, judged in sites], lambda judged: judged.readers.names
    )
    share, number = caught(days, 1 / 7), sum(hit for _, hit in days)
    assert share <= says + 3 * sqrt(says * (1 - says) / number)
    assert says > _mean([read(*of)[1] for of in schemes]), "more than the day named ahead"


@pytest.mark.parametrize(("seed", "number"), SCHEMES)
def test_the_rule_halves_what_pairs_chosen_evenly_would_say(seed: int, number: int) -> None:
    """Where each pair that can go is as likely as another, two in five days are named."""
    people = scheme(seed, number)
    rule = PairRule(GROUND, people, MONDAY)
    able = frozenset(who.id for who in people)
    evenly: dict[Pair, list[float]] = {}
    ruled: dict[Pair, list[float]] = {}
    places = [
        (day, cell, chances)
        for day in range(7)
        for cell in range(5 * day, 5 * day + 5)
        if (chances := rule.chances(MONDAY + timedelta(days=day), cell, able))
    ]
    for day, _, chances in places:
        assert sum(chances.values()) == pytest.approx(1)
        for pair, chance in chances.items():
            evenly.setdefault(pair, [0.0] * 7)[day] += 1 / len(chances) / len(places)
            ruled.setdefault(pair, [0.0] * 7)[day] += chance / len(places)
    before, now = (sum(map(max, days.values())) for days in (evenly, ruled))
    assert before > 0.4
    assert now < min(0.36, 0.7 * before)


@pytest.mark.parametrize("own_law", VisitLaw)
def test_the_days_of_two_visits_are_those_of_all_ways_to_place_them(own_law: VisitLaw) -> None:
    """Counted one by one: every pair of timeslots on two days, by the law and the rule."""
    people = scheme(1, 16)
    rule, week = PairRule(GROUND, people, MONDAY), week_of(MONDAY)
    ground = replace(GROUND, own_law=own_law)
    law = ground.law(week, ground.options(week, people, MONDAY), [0] * 35, 0)
    together = {
        (first, second): chance_of_days(law, {first, second})
        for first, second in permutations(range(7), 2)
    }
    able = frozenset(who.id for who in people)
    pairs = [pair_of(people[0].id, people[1].id), pair_of(people[2].id, people[4].id)]
    visits = [
        PlannedVisit(UUID(int=n), UUID(int=1), SCHEME, GROUND.site.id, week, MONDAY, 0, 0, pair)
        for n, pair in enumerate(pairs)
    ]
    ways = [[0.0] * 7 for _ in visits]
    places = [(day, cell, share) for day, cells in enumerate(law.options) for cell, share in cells]
    for chosen in product(places, repeat=2):
        if chosen[0][0] != chosen[1][0]:
            weight = together[chosen[0][0], chosen[1][0]] * prod(
                share / law.day_shares[day]
                * rule.chances(MONDAY + timedelta(days=day), cell, able).get(pair, 0.0)
                for (day, cell, share), pair in zip(chosen, pairs, strict=True)
            )  # fmt: skip
            for at, (day, _, _) in enumerate(chosen):
                ways[at][day] += weight
    for ours, counted in zip(
        days_by_names(ground, law, week, visits, rule, people), ways, strict=True
    ):
        assert ours == pytest.approx([way / sum(counted) for way in counted])


def test_a_pair_that_tells_more_costs_more_and_as_much_on_all_days_beside_how_rare_it_is() -> None:
    """What it costs the same on all days says nothing of the day."""
    people = scheme(1, 16)
    rule = PairRule(GROUND, people, MONDAY)
    able = frozenset(who.id for who in people)
    places = [(day, cell) for day in range(7) for cell in range(5)]
    days: dict[Pair, list[float]] = {}
    telling: dict[Pair, set[int]] = {}
    for day, band in places:
        on = MONDAY + timedelta(days=day)
        chances = rule.chances(on, 5 * day + band, able)
        for pair, chance in chances.items():
            days.setdefault(pair, [0.0] * 7)[day] += chance
            rare = min(MOST_PRICE, round(10 * log(max(chances.values()) / chance)))
            price = rule.price(pair, on, BANDS[band][0])
            telling.setdefault(pair, set()).add(price - rare)
    assert all(len(costs) == 1 for costs in telling.values())
    right = {pair: max(of_pair) / sum(of_pair) for pair, of_pair in days.items()}
    order = sorted(right, key=right.get)
    costs = [next(iter(telling[pair])) for pair in order]
    assert costs == sorted(costs)
    assert (costs[0], costs[-1]) == (0, MOST_TELLING)


def test_a_pair_costs_more_the_rarer_it_is_to_be() -> None:
    people = scheme(1, 16)
    rule = PairRule(GROUND, people, MONDAY)
    chances = rule.chances(MONDAY, 2, frozenset(who.id for who in people))
    prices = {pair: rule.price(pair, MONDAY, BANDS[2][0]) for pair in chances}
    rarest, likeliest = min(chances, key=chances.get), max(chances, key=chances.get)
    assert prices[rarest] > prices[likeliest] <= MOST_TELLING
    assert max(prices.values()) <= MOST_PRICE + MOST_TELLING
    stranger = pair_of(UUID(int=1), UUID(int=2))
    assert rule.price(stranger, MONDAY, BANDS[2][0]) == MOST_PRICE + MOST_TELLING
    always = tuple(FreeTime(day, 0, 1440) for day in range(7))
    alike = [replace(who, free=always, probation_until=None) for who in people]
    even = PairRule(GROUND, alike, MONDAY)
    assert {even.price(pair_of(a.id, b.id), MONDAY, 0) for a, b in combinations(alike, 2)} == {0}


def test_who_can_go_on_two_days_of_the_week_can_not_hide_one() -> None:
    three = [FreeTime(day, 0, 480) for day in (0, 2, 4)]
    assert can_hide_a_day(three)
    assert not can_hide_a_day(three[:2])
    assert not can_hide_a_day([FreeTime(0, 0, 60), FreeTime(0, 120, 180), FreeTime(1, 0, 60)])
