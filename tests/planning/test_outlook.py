"""How many timeslots a year will have had: what is planned, and the law for what is left of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

import pytest

from tests.builders import SUITE, make_site
from tests.planning.rota_instances import SCHEME
from visitapp.domain.office.day_off import DayOff
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.foresight import Outlook
from visitapp.domain.plan.planned import PastVisit
from visitapp.domain.plan.rota import FreeTime, Volunteer
from visitapp.planning.law import SpanLaw, suite_policy
from visitapp.planning.outlook import Ahead, outlooks
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally
from visitapp.services.office.reference import reference_grid

GROUND = Ground(make_site(scheme_id=SCHEME), reference_grid(Kind.CUSTODY, SCHEME), suite_policy(52))
"""One visit a week."""
LAST = week_of(date(2024, 3, 25))
"""The last week of a reporting year, which ends with its Sunday."""
BEFORE = week_of(LAST.start - timedelta(days=1))
MINUTES = (60, 500, 800, 1000, 1300)
"""One in each band of the day."""
EVERY = [
    PastVisit(SUITE, date(2023, 4, 3) + timedelta(days=day), minute, ())
    for day in range(7)
    for minute in MINUTES
]


ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
PEOPLE = [Volunteer(UUID(int=n), f"Person {n}", frozenset({SCHEME}), ALWAYS) for n in range(1, 4)]


def _outlook(
    visits: Sequence[PastVisit],
    planned_to: Period,
    *unseen: Period,
    ground: Ground = GROUND,
    people: Sequence[Volunteer] = PEOPLE,
) -> Outlook:
    site = Ahead(ground, Tally(ground, visits, []), planned_to, unseen)
    (ahead,) = outlooks([site], people, Random(1))
    return ahead


@pytest.mark.parametrize("planned_to", [BEFORE, LAST])
def test_a_year_that_has_had_every_timeslot_has_them_in_100_of_100_years(
    planned_to: Period,
) -> None:
    full = _outlook(EVERY, planned_to)
    assert (full.by_plan, full.expected, full.all_of_100) == (35, 35, 100)


@pytest.mark.parametrize("number", [0, 1])
def test_no_visit_comes_without_two_people(number: int) -> None:
    ahead = _outlook(EVERY[:3], BEFORE, people=PEOPLE[:number])
    assert (ahead.wanted, ahead.come, ahead.expected) == (52, 0, 3)
    assert "About 0 of 52 visits a year will come." in ahead.sentence


def test_the_last_timeslot_comes_in_as_many_of_100_years_as_the_law_says() -> None:
    ahead = _outlook(EVERY[1:], BEFORE)
    law = SpanLaw(GROUND.calendar.options(LAST), [0] + [1] * 34, GROUND.policy)
    assert abs(ahead.all_of_100 - 100 * law.cells[0]) <= 4 * 100**0.5 / 2
    assert 0 < ahead.all_of_100 < 100
    assert ahead.expected == pytest.approx(34 + ahead.all_of_100 / 100)


def test_the_last_planned_week_counts_as_planned_and_those_after_it_as_expected() -> None:
    visit = PastVisit(SUITE, BEFORE.start, 600, ())
    for planned_to, expected in ((LAST, 1), (BEFORE, 2)):
        ahead = _outlook([visit], planned_to)
        assert (ahead.by_plan, ahead.cells, ahead.all_of_100) == (1, 35, 0)
        assert ahead.year_end == date(2024, 3, 31)
        assert expected - 0.2 < ahead.expected <= expected


def test_weeks_of_this_year_that_only_pairs_can_place_are_expected_to_be_visited() -> None:
    assert _outlook([], LAST, LAST, BEFORE).expected == pytest.approx(2, abs=0.2)
    last_year, next_year = week_of(date(2023, 3, 6)), week_of(date(2024, 4, 1))
    assert _outlook([], LAST, last_year, next_year).expected == 0


@pytest.mark.parametrize(
    ("planned_to", "by_plan", "year"), [(date(2025, 3, 31), 2, 2025), (date(2025, 4, 7), 1, 2026)]
)
def test_timeslots_are_those_of_the_published_year(
    planned_to: date, by_plan: int, year: int
) -> None:
    """A visit of 31 March belongs to the year that ends that day, though its week goes on."""
    days = (date(2025, 3, 25), date(2025, 3, 31), date(2025, 4, 2))
    ahead = _outlook([PastVisit(SUITE, day, 600, ()) for day in days], week_of(planned_to))
    assert (ahead.by_plan, ahead.year_end) == (by_plan, date(year, 3, 31))


def test_only_the_days_of_a_last_week_that_are_in_the_year_are_expected_of_it() -> None:
    """Of the week from Monday 31 March 2025 on, the year has only the Monday: a visit in seven."""
    ahead = _outlook([], week_of(date(2025, 3, 24)))
    assert ahead.by_plan == 0
    assert ahead.expected == pytest.approx(1 / 7, abs=0.13)
    drawn = sum(_outlook([], week_of(date(2026, 3, 23))).expected for _ in range(2)) / 2
    assert drawn == pytest.approx(2 / 7, abs=0.15), "Monday and Tuesday"


def test_no_visit_is_expected_on_days_that_the_scheme_excludes() -> None:
    """Of the last week only its Monday is left, and of a week without any day nothing."""
    week = [DayOff(LAST.start + timedelta(days=at)) for at in range(7)]
    for off, expected in ((week, 0), (week[1:], 1)):
        ground = replace(GROUND, days_off=tuple(off))
        ahead = _outlook(EVERY[5:], BEFORE, ground=ground)
        assert (ahead.by_plan, ahead.expected) == (30, 30 + expected)
