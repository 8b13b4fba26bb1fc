"""What a year of planned visits looks like: handovers, cancellations, kennels, other grids."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random
from uuid import UUID

import pytest

from tests.builders import make_site
from tests.planning.rota_instances import MONDAY, SCHEME
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Volunteer
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.planning.draw import draw_span, redraw_rest
from visitapp.planning.judging import monthly
from visitapp.planning.law import SpanLaw, kennel_policy, suite_policy
from visitapp.planning.making import PlanTask, _Drawing
from visitapp.planning.reach import Ground
from visitapp.planning.simulation import week_options
from visitapp.services.office.reference import reference_grid

ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
PEOPLE = tuple(
    Volunteer(UUID(int=n), f"Person {n}", frozenset({SCHEME}), ALWAYS, most=99) for n in range(1, 9)
)
HANDOVERS = (Band(390, 436), Band(1110, 1156))
YEAR = Period(MONDAY, MONDAY + timedelta(days=7 * 51 - 1))
"""Weeks of one reporting year."""


def _planned(
    grid: Grid,
    random: Random,
    handovers: Sequence[Band] = (),
    people: tuple[Volunteer, ...] = PEOPLE,
) -> list[PlannedVisit]:
    ground = Ground(make_site(scheme_id=SCHEME), grid, suite_policy(), tuple(handovers))
    drawing = _Drawing(PlanTask(UUID(int=1), YEAR, (ground,), people, (), MONDAY), random)
    drawing.draw_all()
    return drawing.visits()


def test_a_year_has_about_two_visits_where_shifts_change_and_three_at_most() -> None:
    grid = reference_grid(Kind.CUSTODY, SCHEME)
    inside = [
        sum(
            any(band.start <= visit.minute < band.end for band in HANDOVERS)
            for visit in _planned(grid, Random(seed), HANDOVERS)
        )
        for seed in range(40)
    ]
    assert max(inside) <= 3
    assert 1.5 <= sum(inside) / len(inside) <= 3.0


def test_people_free_from_six_on_see_shift_changes_as_often_and_all_year_round() -> None:
    """Their share was 38 in 100 of the nights' visits, and all three were used by mid-year."""
    from_six = tuple(FreeTime(day, 360, 1440) for day in range(7))
    people = tuple(replace(person, free=from_six) for person in PEOPLE)
    grid, nights, inside, used_up = reference_grid(Kind.CUSTODY, SCHEME), 0, [], 0
    for seed in range(40):
        visits = _planned(grid, Random(seed), HANDOVERS[:1], people)
        nights += sum(visit.minute < 480 for visit in visits)
        days = [visit.day for visit in visits if 390 <= visit.minute < 436]
        inside += days
        used_up += sum(day < YEAR.start + timedelta(days=182) for day in days) == 3
    assert 0.05 <= len(inside) / nights <= 0.12
    assert used_up <= 2
    quarters = Counter((day - YEAR.start).days // 91 for day in inside)
    assert min(quarters[at] for at in range(4)) >= len(inside) / 8


def _weeks(random: Random, ahead: int | None) -> Iterator[int]:
    """Visits made in each week of a year, where one in twenty is cancelled so many days `ahead` of
    its day; None: none of them is drawn again."""
    options, counts = week_options(7, 5), [0] * 35
    for _ in range(52):
        law = SpanLaw(options, counts, suite_policy())
        left, made = draw_span(law, random), []
        while left:
            visit = left.pop(0)
            if random.random() >= 0.05:
                made.append(visit)
            elif ahead is not None and not made and not left:
                left = redraw_rest(law, visit.day - ahead, random)
        for visit in made:
            counts[visit.cell] += 1
        yield len(made)


@pytest.mark.parametrize(
    ("ahead", "least", "most"), [(None, 1.5, 2.5), (0, 0.2, 0.5), (1, 0, 0), (7, 0, 0)]
)
def test_a_cancelled_visit_drawn_again_leaves_no_week_empty_unless_it_was_its_last_day(
    ahead: int | None, least: float, most: float
) -> None:
    years = 300
    random = Random(8)
    empty = sum(list(_weeks(random, ahead)).count(0) for _ in range(years))
    assert least <= empty / years <= most


def test_who_hears_of_a_cancelled_visit_learns_no_likelier_day() -> None:
    """Alert on the best day of each week of which a cancellation is heard: one in seven and what
    chance adds. Drawn only for the days after the cancelled one, Sunday had 41 in 100 of them."""
    law, random = SpanLaw(week_options(7, 5), [0] * 35, suite_policy()), Random(5)
    days: Counter[int] = Counter()
    for _ in range(3_000):
        cancelled = draw_span(law, random)
        if len(cancelled) == 1:
            days.update(visit.day for visit in redraw_rest(law, -3, random))
    assert max(days.values()) / sum(days.values()) <= 0.17


@pytest.mark.parametrize(
    ("visits", "covered", "whole"),
    [(12, 10.5, 0.08), (14, 11.2, 0.38), (16, 11.55, 0.62), (18, 11.7, 0.75)],
)
def test_kennels_are_covered_and_their_next_visit_is_no_certainty(
    visits: int, covered: float, whole: float
) -> None:
    """A month's spare visit may meet the timeslot of its first: both are drawn from the counts
    before the month. Drawn one after another, 16 visits would reach 11.7 timeslots."""
    calendar = monthly(reference_grid(Kind.ANIMAL_WELFARE, SCHEME))
    policy, random, years = kennel_policy(visits), Random(visits), 300
    cells, guessed, likeliest = [], [], 0.0
    for _ in range(years):
        counts = [0] * 12
        for month in APRIL_YEARS.year_of(MONDAY).months():
            law = SpanLaw(calendar.options(month), counts, policy)
            chances = law.next_visit(0, so_far=0)[0]
            likeliest = max(likeliest, *chances)
            placed = draw_span(law, random)
            assert placed
            guessed.append(chances.index(max(chances)) == placed[0].cell)
            for visit in placed:
                counts[visit.cell] += 1
        cells.append(sum(1 for count in counts if count))
    assert sum(cells) / years == pytest.approx(covered, abs=0.15)
    assert cells.count(12) / years == pytest.approx(whole, abs=0.1)
    assert likeliest <= 0.35
    assert sum(guessed) / len(guessed) <= 0.20


def test_a_grid_that_a_scheme_defines_is_planned_by_the_same_law() -> None:
    """Three rows of days and four bands, with hours and a day that belong to no timeslot."""
    days = (DayGroup("Mon to Wed", (0, 1, 2)), DayGroup("Thu", (3,)), DayGroup("Weekend", (5, 6)))
    bands = (Band(0, 360), Band(360, 720), Band(780, 1080), Band(1080, 1440))
    grid = Grid(UUID(int=9), SCHEME, "Ours", days, bands)
    whole = 0
    for seed in range(20):
        visits = _planned(grid, Random(seed))
        assert {visit.span.start for visit in visits} == {week.start for week in YEAR.weeks()}
        assert all(visit.day.weekday() != 4 and not 720 <= visit.minute < 780 for visit in visits)
        for visit in visits:
            slot = grid.timeslot_at(visit.day.weekday(), visit.minute)
            assert slot is not None
            assert visit.cell == slot.row * 4 + slot.column
        counts = Counter(visit.cell for visit in visits)
        assert max(counts.values()) <= 14  # an even share is five
        whole += len(counts) == 12
    assert whole >= 19
