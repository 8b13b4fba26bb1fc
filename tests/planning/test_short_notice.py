"""Cancelled visits leave next to no week empty, also those that are cancelled on their day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations
from random import Random
from uuid import UUID

import pytest

from tests.planning.rota_instances import MONDAY
from tests.planning.test_names import GROUND, scheme
from visitapp.domain.period import week_of
from visitapp.domain.plan.rota import FreeTime, Volunteer, may_pair
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.planning.draw import draw_span, redraw_rest
from visitapp.planning.short_notice import NOTICE, later_today
from visitapp.planning.tally import Tally

WEEK = week_of(MONDAY)
CANCELLED = 0.05
SIX_HOURS = 360
"""The most notice of a visit that is cancelled on its day."""


class Year:
    """A year of visits to a suite, of which one in twenty is cancelled: a part of them on the day
    itself, up to six hours before, the others a day to a week ahead."""

    def __init__(self, people: Sequence[Volunteer], on_the_day: float, random: Random) -> None:
        self._people, self._on_the_day, self._random = people, on_the_day, random
        self._options = GROUND.options(WEEK, people, MONDAY)
        self._tally = Tally(GROUND, (), ())
        self.counts = [0] * 35

    def empty_weeks(self) -> int:
        return sum(self._visits() == 0 for _ in range(52))

    def _visits(self) -> int:
        """How many visits a week gets."""
        law = GROUND.law(WEEK, self._options, self.counts, 0)
        left, visits = draw_span(law, self._random), 0
        while left:
            visit = left.pop(0)
            if self._random.random() >= CANCELLED:
                self.counts[visit.cell] += 1
                visits += 1
            elif visits or left:
                continue
            elif self._random.random() >= self._on_the_day:
                left = redraw_rest(law, visit.day - self._random.randint(1, 7), self._random)
            elif not (left := redraw_rest(law, visit.day, self._random)):
                visits += self._later(visit.day, visit.cell)
        return visits

    def _later(self, at: int, cell: int) -> bool:
        day, random = MONDAY + timedelta(days=at), self._random
        minute = GROUND.arrival(self._people, day, cell, 0, random)
        could = [who for who in self._people if is_free(who, at, minute)]
        pair = random.choice([two for two in combinations(could, 2) if may_pair(*two, day)])
        now = max(0, minute - random.randint(0, SIX_HOURS))
        others = [who for who in self._people if who not in pair]
        new = later_today(GROUND, UUID(int=1), WEEK, self._tally, others, day, now, random)
        assert new is None or (new.day == day and new.minute >= now + NOTICE)
        return new is not None and random.random() >= CANCELLED


def is_free(who: Volunteer, weekday: int, minute: int) -> bool:
    return any(part.holds(weekday, minute) for part in who.free)


def empty_weeks(number: int, on_the_day: float, years: int) -> float:
    """Empty weeks a year with so many people."""
    random, people = Random(number), scheme(number, number)
    return sum(Year(people, on_the_day, random).empty_weeks() for _ in range(years)) / years


@pytest.mark.parametrize(
    ("number", "years"),
    [(20, 100), *(pytest.param(n, 1_000, marks=pytest.mark.long) for n in (16, 24, 28, 31))],
)
def test_where_half_of_those_cancelled_are_so_on_the_day_one_week_in_ten_years_is_empty_at_most(
    number: int, years: int
) -> None:
    assert empty_weeks(number, 0.5, years) <= 0.1


def test_a_visit_later_today_is_at_a_time_at_which_two_people_can_go_who_are_asked_in_time() -> (
    None
):
    evening = tuple(FreeTime(day, 1080, 1260) for day in range(7))
    people = [
        Volunteer(UUID(int=n), f"Person {n}", frozenset({GROUND.site.scheme_id}), evening)
        for n in range(2)
    ]
    sunday, random, tally = WEEK.end, Random(1), Tally(GROUND, (), ())
    minutes = Counter(
        new.minute
        for now in (0, 1000, 1100)
        for _ in range(20)
        if (new := later_today(GROUND, UUID(int=1), WEEK, tally, people, sunday, now, random))
    )
    assert min(minutes) >= 1080
    assert max(minutes) < 1260
    too_late = (1135, people), (0, people[:1]), (1400, people)
    for now, asked in too_late:
        new = later_today(GROUND, UUID(int=1), WEEK, tally, asked, sunday, now, random)
        assert (new is None) == (now + NOTICE >= 1260 or len(asked) < 2)
        assert new is None or new.minute >= now + NOTICE


@pytest.mark.parametrize("rule", [WeekRule.EMPTY_1, WeekRule.EMPTY_4])
def test_where_weeks_may_be_empty_a_cancelled_visit_is_replaced_later_today_all_the_same(
    rule: WeekRule,
) -> None:
    ground = replace(GROUND, policy=replace(GROUND.policy, rule=rule))
    people, tally, sunday = scheme(1, 16), Tally(ground, (), ()), WEEK.end
    for seed in range(20):
        new = later_today(ground, UUID(int=1), WEEK, tally, people, sunday, 0, Random(seed))
        assert new is not None
        assert new.day == sunday
