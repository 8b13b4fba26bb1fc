"""When a site can be reached, and what is counted of the visits before."""

from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

import pytest

from tests.builders import KENNELS, SUITE, make_kennels, make_site
from tests.planning.rota_instances import ANIMALS, MONDAY, SCHEME
from visitapp.domain.office.grid import Band
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.period import Period, month_of, week_of
from visitapp.domain.plan.planned import Drawn, PastVisit, PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Need, Volunteer
from visitapp.planning.law import kennel_policy, suite_policy
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally
from visitapp.services.office.reference import reference_grid

HANDOVER = Band(390, 435)
SUITE_GROUND = Ground(
    make_site(scheme_id=SCHEME), reference_grid(Kind.CUSTODY, SCHEME), suite_policy(), (HANDOVER,)
)
KENNEL_GROUND = Ground(
    make_kennels(scheme_id=ANIMALS), reference_grid(Kind.ANIMAL_WELFARE, ANIMALS), kennel_policy()
)
WEEK = week_of(MONDAY)
MINUTES = (60, 500, 800, 1000, 1300)
"""One in each band of the day."""
ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))


def _person(number: int, *free: FreeTime, **changed: object) -> Volunteer:
    schemes = frozenset({SCHEME, ANIMALS})
    who = Volunteer(UUID(int=number), f"Person {number}", schemes, free or ALWAYS, most=99)
    return replace(who, **changed)  # type: ignore[arg-type]


def _visit(day: date, minute: int = 600, site: UUID = SUITE) -> PastVisit:
    return PastVisit(site, day, minute, ())


def _planned(day: date, minute: int = 600, cell: int = 0, site: UUID = SUITE) -> PlannedVisit:
    return PlannedVisit(uuid4(), UUID(int=1), SCHEME, site, week_of(day), day, minute, cell)


def test_a_suite_has_weeks_and_kennels_have_months_whose_middle_is_planned() -> None:
    period = Period(date(2025, 4, 14), date(2025, 7, 13))
    assert SUITE_GROUND.spans(period)[0] == week_of(date(2025, 4, 14))
    assert len(SUITE_GROUND.spans(period)) == 13
    assert [month.start.month for month in KENNEL_GROUND.spans(period)] == [4, 5, 6]
    assert [m.start.month for m in KENNEL_GROUND.spans(Period(date(2025, 4, 16), period.end))] == [
        5, 6,
    ]  # fmt: skip
    assert (SUITE_GROUND.need, KENNEL_GROUND.need) == (Need.SUITE, Need.KENNELS)


def test_a_span_in_which_the_site_is_closed_is_not_planned() -> None:
    opened = (OpenPeriod(date(2025, 4, 20), date(2025, 4, 27)),)
    ground = replace(SUITE_GROUND, site=make_site(scheme_id=SCHEME, open_periods=opened))
    spans = ground.spans(Period(date(2025, 4, 7), date(2025, 5, 11)))
    assert [span.start.day for span in spans] == [14, 21]
    reached = ground.options(spans[0], [_person(1), _person(2)], spans[0].start)
    assert [bool(cells) for cells in reached] == [False] * 6 + [True]


def test_a_visit_counts_in_the_year_of_its_day_as_it_does_in_the_report() -> None:
    turn, following = week_of(date(2026, 4, 1)), week_of(date(2026, 4, 6))
    tuesday, wednesday = date(2026, 3, 31), date(2026, 4, 1)
    tally = Tally(SUITE_GROUND, [_visit(date(2026, 3, 23)), _visit(tuesday), _visit(wednesday)], [])
    assert sum(tally.counts(following)) == 1, "only Wednesday's is of the new year"
    assert tally.counts(turn) == [0, 1] + [0] * 33, "a week is drawn by the year it begins in"
    assert KENNEL_GROUND.calendar.counts(month_of(tuesday), [(wednesday, 1)]) == [0] * 12


@pytest.mark.parametrize(
    ("people", "days"),
    [
        ((), []),
        ((_person(1),), []),
        ((_person(1), _person(2)), [0, 1, 2, 3, 4, 5, 6]),
        ((_person(1, FreeTime(2, 0, 1440)), _person(2)), [2]),
        ((_person(1, schemes=frozenset({ANIMALS})), _person(2)), []),
        ((_person(1, probation_until=date(2026, 1, 1)), _person(2)), [0, 1, 2, 3, 4, 5, 6]),
        (
            tuple(_person(n, probation_until=date(2026, 1, 1)) for n in (1, 2)),
            [],
        ),
    ],
)
def test_a_day_is_reached_if_two_can_go_and_one_of_them_is_experienced(
    people: tuple[Volunteer, ...], days: list[int]
) -> None:
    reached = SUITE_GROUND.options(WEEK, people, WEEK.start)
    assert [at for at, cells in enumerate(reached) if cells] == days


def test_only_timeslots_in_which_both_are_free_at_once_are_reached() -> None:
    one = _person(1, FreeTime(0, 480, 730))
    for begins, cells in ((600, (1, 2)), (719, (1, 2)), (720, (2,)), (726, ()), (730, ())):
        other = _person(2, FreeTime(0, begins, 900))
        assert SUITE_GROUND.options(WEEK, [one, other], WEEK.start)[0] == cells, begins


def test_no_day_before_the_earliest_and_no_dropped_timeslot_is_reached() -> None:
    people = [_person(1), _person(2)]
    reached = SUITE_GROUND.options(WEEK, people, MONDAY + timedelta(days=5), {(WEEK.end, 33)})
    assert [len(cells) for cells in reached] == [0] * 5 + [5, 4]
    assert 33 not in reached[6]


def test_an_arrival_is_at_a_minute_at_which_both_are_free() -> None:
    people = [_person(1, FreeTime(0, 480, 503)), _person(2, FreeTime(0, 497, 720))]
    random = Random(5)
    assert {SUITE_GROUND.arrival(people, MONDAY, 1, 0, random) for _ in range(20)} == {500}
    moments = [_person(n, FreeTime(0, 501, 504)) for n in (1, 2)]
    never = SUITE_GROUND.arrival(moments, MONDAY, 1, 0, random)
    assert never == 480, "free for no step"
    nobody = SUITE_GROUND.arrival([], MONDAY, 1, 0, random)
    assert nobody == SUITE_GROUND.band(1).start


@pytest.mark.parametrize(
    ("minute", "inside"), [(389, False), (390, True), (434, True), (435, False)]
)
def test_a_shift_changes_from_its_first_minute_to_its_last(minute: int, inside: bool) -> None:
    assert SUITE_GROUND.in_handover(minute) is inside
    twice_a_day = replace(SUITE_GROUND, handovers=(HANDOVER, Band(1110, 1155)))
    assert twice_a_day.in_handover(minute) is inside


@pytest.mark.parametrize(("visits", "left"), [(0, 3), (1, 2), (3, 0), (4, 0)])
def test_three_visits_of_a_year_may_fall_in_a_shift_change(visits: int, left: int) -> None:
    made = [_visit(MONDAY + timedelta(days=7 * n), 400) for n in range(visits)]
    others = [_visit(MONDAY, 600), _visit(date(2024, 6, 3), 400)]
    tally = Tally(SUITE_GROUND, [*made, *others, _visit(MONDAY, 400, KENNELS)], [])
    assert tally.handovers_left(MONDAY) == left


def test_visits_are_counted_by_timeslot_up_to_the_span_and_within_its_year() -> None:
    tuesday = MONDAY + timedelta(days=1)
    tally = Tally(
        SUITE_GROUND,
        [
            _visit(MONDAY),
            _visit(MONDAY, 610),
            _visit(date(2025, 3, 24)),
            _visit(MONDAY, 0, KENNELS),
        ],
        [_planned(tuesday + timedelta(days=7), cell=7), _planned(MONDAY, site=KENNELS)],
    )
    week = {n: week_of(MONDAY + timedelta(days=7 * n)) for n in range(3)}
    assert sum(tally.counts(week[0])) == 0
    assert tally.counts(week[1]) == [0, 2] + [0] * 33
    assert tally.counts(week[2]) == [0, 2] + [0] * 5 + [1] + [0] * 27
    assert tally.visited_spans == {week[0].start, date(2025, 3, 24)}
    drawn = [Drawn(week[1].end, 600, 3), Drawn(week[2].start, 600, 4)]
    for visit in drawn:
        tally.add(visit)
    of_weeks = [(MONDAY, 1), (MONDAY, 1), (date(2025, 3, 24), 1), (tuesday + timedelta(days=7), 7)]
    assert tally.visited() == [*of_weeks, (week[1].end, 3), (week[2].start, 4)]
    assert tally.visited(until=week[1].end) == [*of_weeks, (week[1].end, 3)]
    tally.forget_from(week[2], drawn)
    assert tally.visited() == [*of_weeks, (week[1].end, 3)]


def test_a_visit_outside_the_grid_makes_its_span_visited_and_counts_in_no_timeslot() -> None:
    tally = Tally(KENNEL_GROUND, [_visit(date(2025, 4, 2), 60, KENNELS)], [])
    assert tally.visited_spans == {date(2025, 4, 1)}
    assert sum(tally.counts(month_of(date(2025, 5, 1)))) == 0
