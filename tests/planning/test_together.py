"""Weeks of several suites with few people: drawn together, and their chances worked out exactly."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import combinations, permutations, product
from math import prod, sqrt
from random import Random
from uuid import UUID

import pytest

from tests.planning.rota_instances import MONDAY, SCHEME
from tests.planning.test_names import GROUNDS, scheme
from visitapp.domain.office.grid import Band
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Volunteer, may_pair, pair_of
from visitapp.planning.auditing import SharedWeeks, Watched, audit
from visitapp.planning.by_names import MOST_TOGETHER, days_of_weights, weights_by_names
from visitapp.planning.enough_people import people_needed
from visitapp.planning.law import SpanLaw
from visitapp.planning.making import PlanTask, _Drawing
from visitapp.planning.names_together import Named, days_together
from visitapp.planning.outlook import Ahead, outlooks
from visitapp.planning.pair_rule import PairRule
from visitapp.planning.reach import Ground
from visitapp.planning.readers import by_names
from visitapp.planning.scores import caught_of
from visitapp.planning.tally import Tally
from visitapp.planning.together import Suite, WeekTogether
from visitapp.planning.week_pairs import WeekPairs, _PairsOfWeek

WEEK = week_of(MONDAY)
LONG = pytest.mark.long


def _people(seed: int, number: int) -> list[Volunteer]:
    """With most visits enough for two suites, and nobody has to be at both on one day."""
    return [replace(who, most=99) for who in scheme(seed, number)]


def _watched(ground: Ground, visits: Sequence[PlannedVisit] = ()) -> Watched:
    mine = tuple(visit for visit in visits if visit.site_id == ground.site.id)
    return Watched(ground, (WEEK,), mine, (), Tally(ground, (), mine))


def _drawn(people: Sequence[Volunteer], random: Random) -> list[PlannedVisit]:
    drawing = _Drawing(PlanTask(UUID(int=1), WEEK, GROUNDS, tuple(people), (), MONDAY), random)
    drawing.draw_all()
    return drawing.visits()


@pytest.mark.parametrize(
    ("number", "weeks"),
    [(6, 200), *(pytest.param(number, 6000, marks=LONG) for number in (6, 8, 10))],
)
def test_visits_come_as_often_as_is_shown_when_the_other_suite_is_visited(
    number: int, weeks: int
) -> None:
    """And by the law of each suite alone they would come more often."""
    people = _people(1, number)
    sites = [_watched(ground) for ground in GROUNDS]
    others = SharedWeeks(sites, people).others(sites[0])
    assert others is not None
    assert others.when_visited < others.usual
    random = Random(number)
    of_other = both = here = 0
    for _ in range(weeks):
        visits = _drawn(people, random)
        days = [{v.day for v in visits if v.site_id == ground.site.id} for ground in GROUNDS]
        here, of_other = here + len(days[0]), of_other + len(days[1])
        both += len(days[0] & days[1])
    _is_near(both / of_other, others.when_visited, of_other)
    _is_near(here / weeks / 7, others.usual, weeks * 7)
    (needed,) = people_needed(GROUNDS, people, MONDAY, random)
    assert (here + of_other) / weeks * 52 == pytest.approx(needed.come, abs=52 * 3 / sqrt(weeks))


def _is_near(share: float, shown: float, number: int) -> None:
    assert abs(share - shown) <= 3.5 * sqrt(shown * (1 - shown) / number) + 0.002


def test_the_outlook_counts_the_visits_that_come_with_the_people_there_are() -> None:
    last = week_of(MONDAY + timedelta(days=7 * 42))
    come = []
    for people in (_people(1, 6), _people(1, 31)):
        sites = [Ahead(ground, Tally(ground, (), ()), last) for ground in GROUNDS]
        come.append(outlooks(sites, people, Random(1)))
    (needed,) = people_needed(GROUNDS, _people(1, 6), MONDAY, Random(1))
    few, many = come
    assert sum(ahead.come for ahead in few) == pytest.approx(needed.come, abs=1.5)
    assert f"About {round(few[0].come)} of 65 visits a year will come." in few[0].sentence
    assert [ahead.wanted for ahead in few] == [65, 65]
    assert [round(ahead.come) for ahead in many] == [65, 65]
    assert "will come" not in many[0].sentence


class _TwoDays(SpanLaw):
    """Visits on two days of a week, as likely as given."""

    def __init__(self, chances: Sequence[float], cells: Sequence[Sequence[float]]) -> None:
        self.options = tuple(tuple(enumerate(shares)) for shares in cells)
        self.day_shares = tuple(sum(shares) for shares in cells)
        self.cells, self.chances = (0.0,) * 2, tuple(chances)
        self.rate, self.least, self.without, self.last_day = 0.5, 0, 0.0, 1

    def hazard(self, day: int, so_far: int) -> float:
        return self.chances[day] / (1 + so_far)

    def steps(self, day: int, so_far: int) -> tuple[float, float]:
        hazard = self.hazard(day, so_far)
        return 1 - hazard, hazard


def _ways(
    laws: Sequence[_TwoDays], people: Sequence[Volunteer], bands: Sequence[Band]
) -> list[tuple[tuple[tuple[int | None, ...], ...], float]]:
    """Every way of two suites to be visited on two days, in which timeslots, and its likelihood."""
    ways = []
    for way in product((None, 0, 1), repeat=4):
        of_suites = (way[:2], way[2:])
        chance = 1.0
        for law, cells in zip(laws, of_suites, strict=True):
            so_far = 0
            for day, cell in enumerate(cells):
                hazard = law.hazard(day, so_far)
                chance *= 1 - hazard if cell is None else hazard * law.in_cell(day, cell)
                so_far += cell is not None
        if all(
            _can(people, day, [bands[c] for c in (way[day], way[2 + day]) if c is not None])
            for day in range(2)
        ):
            ways.append((of_suites, chance))
    total = sum(chance for _, chance in ways)
    return [(way, chance / total) for way, chance in ways]


def _can(people: Sequence[Volunteer], day: int, bands: Sequence[Band]) -> bool:
    on = MONDAY + timedelta(days=day)
    pairs = [
        {first.id, second.id}
        for first, second in combinations(people, 2)
        if may_pair(first, second, on)
    ]
    free = [
        {who.id for who in people if any(part.holds(day, band.start) for part in who.free)}
        for band in bands
    ]
    return any(
        all(pair <= able for pair, able in zip(chosen, free, strict=True))
        for chosen in permutations(pairs, len(bands))
        if sum(map(len, chosen)) == len(set().union(*chosen))
    )


def test_chances_of_days_and_timeslots_are_those_of_all_ways_that_can_be_made() -> None:
    bands = GROUNDS[0].grid.bands
    free = [{0: (0, 1), 1: (0,)}, {0: (0,), 1: (0, 1)}, {0: (0, 1), 1: (1,)}, {0: (1, 0), 1: (1,)}]
    people = [
        Volunteer(
            UUID(int=at + 1), "", frozenset({SCHEME}),
            tuple(FreeTime(day, bands[cell].start, bands[cell].end)
                  for day, cells in times.items() for cell in cells),
            probation_until=MONDAY if at == 2 else None,
        )
        for at, times in enumerate([*free, {0: (0,), 1: (0,)}])
    ]  # fmt: skip
    laws = [
        _TwoDays((0.7, 0.6), ((0.3, 0.2), (0.1, 0.4))),
        _TwoDays((0.5, 0.9), ((0.1, 0.3), (0.4, 0.2))),
    ]
    ways = _ways(laws, people, bands)
    days = [frozenset({0}), frozenset({0, 1})]
    suites = [Suite(g, law, on) for g, law, on in zip(GROUNDS, laws, days, strict=True)]
    week = WeekTogether(suites, Period(MONDAY, MONDAY + timedelta(days=1)), WeekPairs(people))
    assert week.is_needed
    beside = week.beside(0)
    for day in range(2):
        here = [(way, chance) for way, chance in ways if way[0][day] is not None]
        assert beside.visits[day] == pytest.approx(sum(chance for _, chance in here))
        both = sum(chance for way, chance in here if way[1][day] is not None)
        assert beside.both[day] == pytest.approx(both)
    firsts = [0.0, 0.0]
    for (first, _), chance in ways:
        cell = first[0] if first[0] is not None else first[1]
        if cell is not None:
            firsts[cell] += chance
    assert week.law(0).first_visit() == pytest.approx([each / sum(firsts) for each in firsts])
    for at in range(2):
        law, number = week.law(at), len(days[at])
        alike = ways
        counted = [
            w
            for w in ways
            if all(_visits(way) == len(d) for way, d in zip(w[0], days, strict=True))
        ]
        for day in range(2):
            for known, mine in ((law.hazard(day, 0), alike),
                                (law.known(number).hazard(day, 0), counted)):  # fmt: skip
                total = sum(chance for _, chance in mine)
                here = [(way, chance) for way, chance in mine if way[at][day] is not None]
                assert known == pytest.approx(sum(chance for _, chance in here) / total)
            here = [(way, chance) for way, chance in alike if way[at][day] is not None]
            in_first = sum(chance for way, chance in here if way[at][day] == 0)
            assert law.in_cell(day, 0) == pytest.approx(in_first / sum(c for _, c in here))
            alike = [w for w in alike if _as_it_went(w[0], days, day)]
            counted = [w for w in counted if _as_it_went(w[0], days, day)]


def _visits(cells: Sequence[int | None]) -> int:
    return sum(cell is not None for cell in cells)


def _as_it_went(
    way: Sequence[Sequence[int | None]], days: Sequence[frozenset[int]], day: int
) -> bool:
    return all((cells[day] is not None) == (day in on) for cells, on in zip(way, days, strict=True))


def test_the_audit_takes_the_chances_of_suites_together() -> None:
    """Whoever sees both suites expects less of one after visits to the other can't be ruled out."""
    people = _people(1, 6)
    visits = _drawn(people, Random(3))
    sites = [_watched(ground, visits) for ground in GROUNDS]
    alone = audit(sites[0], people)
    together = audit(sites[0], people, SharedWeeks(sites, people))
    assert alone is not None
    assert together is not None
    assert alone.others is None
    assert together.others is not None
    assert together.others.sentence.startswith("A visit comes on 17 of 100 days.")
    assert together.foresight != alone.foresight
    many = _people(1, 31)
    roomy = [_watched(ground, visits) for ground in GROUNDS]
    assert audit(roomy[0], many, SharedWeeks(roomy, many)) == audit(roomy[0], many)


def test_a_week_that_nobody_could_have_drawn_is_judged_by_the_laws_alone() -> None:
    """Visits moved by hand to times that only the same two people can make."""
    people = [replace(who, free=(FreeTime(0, 480, 720), FreeTime(3, 480, 720)))
              for who in _people(1, 3)]  # fmt: skip
    visits = [
        PlannedVisit(UUID(int=at), UUID(int=1), SCHEME, ground.site.id, WEEK, MONDAY, 600, 1)
        for at, ground in enumerate(GROUNDS)
    ]
    sites = [_watched(ground, visits) for ground in GROUNDS]
    shared = SharedWeeks(sites, people)
    law = shared.law(GROUNDS[0].site.id, WEEK)
    assert law is not None
    assert law.hazard(0, 0) == pytest.approx(0.5, abs=0.01)
    assert law.hazard(3, 1) >= 0


def test_nobody_goes_three_times_in_a_week_or_twice_in_a_day() -> None:
    pairs = WeekPairs(_people(1, 6))
    only = (0b11,)
    assert pairs.can_be_made([(0, only), (1, only)])
    assert not pairs.can_be_made([(0, only), (0, only)])
    assert not pairs.can_be_made([(0, only), (1, only), (2, only)])
    assert pairs.can_be_made([(0, only), (1, only), (2, (0b1100, 0b11))])
    assert not pairs.can_be_made([(0, only), (1, only), (2, (0b101,))])
    assert pairs.can_be_made([(0, (0b11, 0b110)), (0, (0b11,)), (1, (0b1100,))]) is False
    assert pairs.can_be_made([(0, (0b11, 0b1100)), (0, (0b11,)), (1, (0b1100,))])
    assert not pairs.can_be_made([(0, ())])
    nobody = WeekPairs([])
    assert not any(nobody.can_be_made([(0, ())] * number) for number in (1, 2, 3))


def test_names_at_two_suites_have_no_days_on_which_somebody_would_be_at_both() -> None:
    """Compared with all ways to place the visits of both, day by day, by the laws and the rule."""
    people = _people(2, 12)
    ann, bob, cat, dan, eve = (who.id for who in people[:5])
    pairs = ([(ann, bob), (cat, dan)], [(ann, cat)], [(eve, people[5].id)])
    grounds = [*GROUNDS, replace(GROUNDS[0], site=replace(GROUNDS[0].site, id=UUID(int=9)))]
    rule = PairRule(GROUNDS[0], people, MONDAY)
    sites, named = [], []
    for ground, of_site in zip(grounds, pairs, strict=True):
        visits = tuple(
            PlannedVisit(
                UUID(int=at),
                UUID(int=1),
                SCHEME,
                ground.site.id,
                WEEK,
                MONDAY,
                0,
                0,
                pair_of(*pair),
            )
            for at, pair in enumerate(of_site)
        )
        law = ground.law(WEEK, ground.options(WEEK, people, MONDAY), [0] * 35, 0)
        weights = weights_by_names(ground, law, WEEK, visits, rule, people)
        named.append(Named(law, visits, weights))
        tally = Tally(ground, (), ())
        sites.append(Watched(ground, (WEEK,), visits, (), tally, rule))
    counted = [[[0.0] * 7 for _ in site.visits] for site in named]
    for days in product(range(7), repeat=3):
        if days[0] != days[1] and days[2] not in days[:2]:  # Ann is at both, and so is Cat
            chance = named[0].law.compared(set(days[:2])) * named[1].law.compared({days[2]})
            chance *= prod(w[day] for w, day in zip(
                [*named[0].weights, *named[1].weights], days, strict=True))  # fmt: skip
            for day, of_visit in zip(days, [*counted[0], *counted[1]], strict=True):
                of_visit[day] += chance
    counted[2] = days_of_weights(named[2].law, named[2].weights)
    shared = SharedWeeks(sites, people)
    for site, of_site in zip(sites, counted, strict=True):
        days_of_visits = shared.days_by_names(site.ground.site.id, WEEK)
        for ours, theirs in zip(days_of_visits or (), of_site, strict=True):
            assert ours == pytest.approx([each / sum(theirs) for each in theirs])
    (apart,) = days_of_weights(named[1].law, named[1].weights)
    (of_both,) = shared.days_by_names(sites[1].ground.site.id, WEEK) or ()
    assert of_both != pytest.approx(apart)
    alone, together = (audit(sites[1], people, of) for of in (None, shared))
    assert alone is not None
    assert together is not None
    assert together.by_names != alone.by_names
    assert shared.days_by_names(UUID(int=5), WEEK) is None


def test_names_that_can_not_all_go_are_taken_by_each_suite_alone() -> None:
    """As after a change by hand: the same two people, who can go on one day only, at both."""
    people = [replace(who, free=(FreeTime(0, 480, 720),)) for who in _people(1, 2)]
    pair = pair_of(*(who.id for who in people))
    named = []
    for ground in GROUNDS:
        visits = [
            PlannedVisit(UUID(int=1), UUID(int=1), SCHEME, ground.site.id, WEEK, MONDAY, 0, 0, pair)
        ]
        law = ground.law(WEEK, ground.options(WEEK, people, MONDAY), [0] * 35, 0)
        rule = PairRule(ground, people, MONDAY)
        weights = weights_by_names(ground, law, WEEK, visits, rule, people)
        named.append(Named(law, visits, weights))
    assert days_together(named) == [[[1.0, *[0.0] * 6]]] * 2


def _at_any_time(number: int, probation_until: date | None = None) -> list[Volunteer]:
    free = tuple(FreeTime(day, 0, 1440) for day in range(7))
    return [replace(who, free=free, probation_until=probation_until) for who in _people(1, number)]


def test_a_week_that_the_people_can_not_make_is_judged_by_the_laws_of_each_suite() -> None:
    """Two people who can go on Mondays only, and a visit to each of two suites every week."""
    people = [replace(who, free=(FreeTime(0, 0, 1440),)) for who in _people(1, 2)]
    visits = _drawn(people, Random(1))
    sites = [_watched(ground, visits) for ground in GROUNDS]
    shared = SharedWeeks(sites, people)
    for site in sites:
        judged = audit(site, people, shared)
        assert judged is not None
        assert judged == audit(site, people)
        assert judged.foresight.day.caught.share == 1


def test_pairs_of_a_timeslot_are_others_when_a_probation_has_ended() -> None:
    pairs = WeekPairs(_at_any_time(2, MONDAY + timedelta(days=7)))
    during, after = (pairs.moments(GROUNDS[0], MONDAY + timedelta(days=at), 1) for at in (0, 28))
    assert [part.pairs for part in during] == [()]
    assert [part.pairs for part in after] == [(0b11,)]


def test_six_people_for_eight_suites_are_seen_at_once_to_be_too_few() -> None:
    every_pair = tuple(1 << a | 1 << b for a, b in combinations(range(6), 2))
    for days in ((0, 1, 2, 3, 4, 5, 6), (0, 0, 1, 1, 2, 2, 3, 3)):
        search = _PairsOfWeek([(day, every_pair) for day in days], 6)
        assert not search.can_be_made()
        assert len(search._failed) < 50
    scarce = [(day, every_pair) for day in range(5)] + [(5, (0b11,)), (6, (0b11,)), (0, (0b110,))]
    search = _PairsOfWeek(scarce[1:], 7)
    assert not search.can_be_made()
    assert len(search._failed) < 500


def test_names_of_a_visit_that_the_law_has_on_other_days_are_judged_by_the_law() -> None:
    """As after a change by hand: the visit is on Monday, and these names are possible only on
    Tuesday."""
    law = _TwoDays((1.0, 0.5), ((0.3, 0.2), (0.1, 0.4)))
    law.chances = (1.0, 0.0)
    expected = list(by_names(law, [[0.0, 1.0]]))
    assert [(day.chance, day.hits, day.weight) for day in expected] == [
        (1.0, 1.0, 1.0), (0.0, 0.0, 1.0)
    ]  # fmt: skip


def test_each_of_too_many_visits_is_as_likely_by_its_names_as_by_itself() -> None:
    law = GROUNDS[0].law(
        WEEK, [tuple(range(at * 5, at * 5 + 1 + at % 3)) for at in range(7)], [0] * 35, 0
    )
    names = [float(at + 1) for at in range(7)]
    alone = list(by_names(law, [names]))
    of_many = list(by_names(law, [names] * (MOST_TOGETHER + 1)))
    assert sum(day.hits for day in of_many) == pytest.approx(MOST_TOGETHER + 1)
    assert caught_of(of_many, 1 / 7) == pytest.approx(caught_of(alone, 1 / 7))
