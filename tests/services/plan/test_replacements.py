"""What comes instead of a cancelled visit: later the same day, or by the rule for days between."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest

from tests.builders import SUITE
from tests.planners import QUARTER, START, of_site, person_id, planned, planner, say
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PastVisit, PlannedVisit
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.planning.short_notice import NOTICE
from visitapp.services import Services
from visitapp.services.plan.plan_world import World, read_world
from visitapp.services.plan.replacements import cancelled_words, replacement_visits

NOON = 720


@pytest.fixture
def office(planning_office: Services) -> Services:
    return planning_office


def _world(office: Services, today: date, cancelled: PlannedVisit) -> World:
    """A day by which all visits before it are reported, but for one that is being cancelled."""
    with office.access.database.reading() as connection:
        world = read_world(connection, today, QUARTER)
    past = (v for v in world.planned if v.day < today and v.id != cancelled.id)
    reported = (PastVisit(v.site_id, v.day, v.minute, v.pair) for v in past)
    return replace(world, past_visits=tuple(reported))


def _alone(office: Services) -> list[PlannedVisit]:
    """Visits to the suite whose week has no other."""
    suite = of_site(planned(office), SUITE)
    return [v for v in suite if sum(o.span == v.span for o in suite) == 1]


def test_a_visit_cancelled_when_no_later_day_is_left_is_drawn_for_later_today_with_another_pair(
    office: Services,
) -> None:
    planner(office, seed=3).make(START, 4)
    visit = _alone(office)[0]
    world = _world(office, visit.span.end, visit)
    minutes = set()
    for seed in range(8):
        (new,) = replacement_visits(world, visit, Random(seed), NOON)
        assert (new.day, new.span) == (visit.span.end, visit.span)
        assert len(new.pair) == 2
        assert not set(new.pair) & set(visit.pair)
        minutes.add(new.minute)
        words = cancelled_words(world, visit, [new])
        assert "another visit was drawn for today. Let its pair know now." in words
    assert min(minutes) >= NOON + NOTICE
    assert len(minutes) > 3
    late = 1439 - NOTICE
    assert replacement_visits(world, visit, Random(1), late) == []
    assert "No later day is left, and no two people can go" in cancelled_words(world, visit, [])


def test_nobody_is_asked_for_later_today_who_has_a_visit_today_or_is_away(
    office: Services,
) -> None:
    planner(office, seed=3).make(START, 4)
    visit = _alone(office)[0]
    today = visit.span.end
    for number in range(10):
        if person_id(number) not in visit.pair:
            say(office, number, away=(Period(today, today),))
    assert replacement_visits(_world(office, today, visit), visit, Random(1), NOON) == []


def test_on_its_own_day_a_cancelled_visit_is_not_given_back_to_the_pair_that_can_not_go(
    office: Services,
) -> None:
    """Drawn again for its whole week, it can come on the same day."""
    planner(office, seed=3).make(START, 4)
    visit = _alone(office)[0]
    world = _world(office, visit.span.start - timedelta(days=3), visit)
    new = [v for seed in range(25) for v in replacement_visits(world, visit, Random(seed), 0)]
    same_day = [v for v in new if v.day == visit.day]
    assert same_day
    assert all(len(v.pair) == 2 and not set(v.pair) & set(visit.pair) for v in same_day)


@pytest.fixture
def apart(office: Services) -> Services:
    """Visits of the suite are at most ten days apart."""
    office.week_rules.set_rule(SUITE, WeekRule.APART_10)
    planner(office, seed=5).make(START)
    return office


def _with(office: Services, gone: PlannedVisit, new: list[PlannedVisit]) -> list[date]:
    left = [v for v in of_site(planned(office), SUITE) if v.id != gone.id]
    return sorted(visit.day for visit in (*left, *new))


def _longest(days: list[date]) -> int:
    return max((after - before).days for before, after in pairwise(days))


def test_a_replacement_keeps_the_days_between_visits_where_a_day_is_left_that_does(
    apart: Services,
) -> None:
    for visit in of_site(planned(apart), SUITE)[1:9]:
        world = _world(apart, visit.span.start - timedelta(days=1), visit)
        for seed in range(2):
            new = replacement_visits(world, visit, Random(seed), 0)
            assert _longest(_with(apart, visit, new)) <= 10
            assert "apart" not in cancelled_words(world, visit, new)


def test_it_is_said_when_no_day_is_left_that_keeps_them(apart: Services) -> None:
    said = 0
    for visit in of_site(planned(apart), SUITE)[1:9]:
        world = _world(apart, visit.span.end - timedelta(days=1), visit)
        new = replacement_visits(world, visit, Random(1), 0)
        longest = _longest(_with(apart, visit, new))
        words = cancelled_words(world, visit, new)
        assert (f"Visits are then {longest} days apart, more than 10." in words) == (longest > 10)
        said += longest > 10
    assert said


def test_no_other_rule_asks_for_days_between(office: Services) -> None:
    planner(office, seed=3).make(START, 4)
    visit = _alone(office)[0]
    world = _world(office, visit.span.start, visit)
    assert "apart" not in cancelled_words(world, visit, [])


def test_what_is_said_of_a_cancelled_visit_says_nothing_of_the_day_of_the_next_one(
    apart: Services,
) -> None:
    """Although the visit instead of it has to be close enough to that one."""
    alone = sorted(_alone(apart), key=lambda visit: visit.span.start)[1:]
    visit, following = next((v, w) for v, w in pairwise(alone) if (w.day - v.day).days < 14)
    world = _world(apart, visit.span.start, visit)
    words = set()
    for at in range(7):
        moved = replace(following, day=following.span.start + timedelta(days=at))
        others = [v for v in world.planned if v.id != following.id]
        here = replace(world, planned=(*others, moved))
        words.add(cancelled_words(here, visit, [visit]).partition(" Visits are then")[0])
    (same,) = words
    assert "times in 100" in same
