"""What the audit of a plan has to say: weeks without a visit, too few timeslots, and visits that
were placed by hand on a likely day. The watcher is on the alert one day in seven."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from tests.builders import KENNELS, SUITE, make_kennels, make_site
from tests.planning.rota_instances import ANIMALS, MONDAY, SCHEME
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period, month_of, week_of
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import FreeTime, Volunteer
from visitapp.planning.auditing import Watched, audit
from visitapp.planning.judging import Arrival
from visitapp.planning.law import kennel_policy, suite_policy
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally
from visitapp.services.office.reference import reference_grid

ALWAYS = tuple(FreeTime(day, 0, 1440) for day in range(7))
NOON = 12 * 60


def _ground(visits_a_year: int = 52) -> Ground:
    site = make_site(scheme_id=SCHEME)
    return Ground(site, reference_grid(Kind.CUSTODY, SCHEME), suite_policy(visits_a_year))


def _people(*free: FreeTime) -> list[Volunteer]:
    schemes = frozenset({SCHEME, ANIMALS})
    return [Volunteer(UUID(int=n), f"Person {n}", schemes, free, most=99) for n in range(1, 5)]


def _visit(day: date, *, by_hand: bool = False) -> PlannedVisit:
    return PlannedVisit(
        uuid4(), UUID(int=1), SCHEME, SUITE, week_of(day), day, NOON, cell=0, is_by_hand=by_hand
    )


def _day(week: int, weekday: int) -> date:
    return MONDAY + timedelta(days=7 * week + weekday)


def _audited(
    weeks: int,
    visits: Sequence[PlannedVisit],
    made: Sequence[Arrival] = (),
    people: Sequence[Volunteer] = (),
    visits_a_year: int = 52,
):
    ground = _ground(visits_a_year)
    spans = tuple(week_of(_day(week, 0)) for week in range(weeks))
    tally = Tally(ground, (), visits)
    return audit(Watched(ground, spans, tuple(visits), tuple(made), tally), people)


def test_without_a_planned_visit_or_a_week_there_is_nothing_to_audit() -> None:
    assert _audited(2, []) is None
    assert _audited(0, [_visit(_day(0, 0))]) is None
    assert _audited(1, [_visit(_day(0, 0))]) is not None


def test_a_week_without_a_visit_is_named_unless_one_was_made_in_it() -> None:
    empty = (
        "Northgate, 14–20 Apr 2025 has no visit: anyone who knows that can rule out the whole week."
    )
    first = [_visit(_day(0, 2))]
    assert _audited(2, first).broken == (empty,)
    assert _audited(2, first, [Arrival(_day(1, 0), NOON)]).broken == ()
    assert _audited(2, first, [Arrival(_day(1, 6), NOON)]).broken == ()
    around = [Arrival(_day(0, 6), NOON), Arrival(_day(2, 0), NOON)]
    assert _audited(2, first, around).broken == (empty,)


def test_visits_made_within_the_weeks_are_judged_with_those_planned() -> None:
    made = [Arrival(_day(week, 2), NOON) for week in (-1, 0, 2)]
    result = _audited(2, [_visit(_day(1, 4))], made)
    assert result.foresight.visits == 2
    assert result.foresight.days == 14
    assert result.is_suite


def test_what_was_visited_before_the_weeks_makes_its_timeslot_less_likely() -> None:
    plan = [_visit(_day(0, 4))]
    anywhere = _audited(1, plan).foresight.cell.caught.share
    assert anywhere == pytest.approx(1 / 35)
    visited = [Arrival(_day(-1, 2), NOON)]
    assert _audited(1, plan, visited).foresight.cell.caught.share > anywhere


def test_where_few_timeslots_can_be_reached_each_is_too_likely() -> None:
    people = _people(FreeTime(2, 720, 960), FreeTime(3, 0, 480))
    result = _audited(1, [_visit(_day(0, 2))], people=people)
    assert result.broken == (
        "Northgate, 7–13 Apr 2025: only 2 timeslots can be reached, so one of them "
        "is as likely as 50 in 100. The limit is 15.",
    )
    assert _audited(1, [_visit(_day(0, 2))], people=_people(*ALWAYS)).broken == ()


def test_where_nobody_can_go_any_timeslot_counts_as_likely_as_another() -> None:
    assert _audited(1, [_visit(_day(0, 2))], people=()).broken == ()


@pytest.mark.parametrize(
    ("drawn", "by_hand", "week"),
    [
        ((1, 6), (0, 5), "7–13 Apr 2025"),  # a Sunday left over is certain, then Saturday
        ((0, 6), (1, 6), "14–20 Apr 2025"),
    ],
)
def test_a_visit_by_hand_on_one_of_the_likeliest_days_is_pointed_out(
    drawn: tuple[int, int], by_hand: tuple[int, int], week: str
) -> None:
    result = _audited(2, [_visit(_day(*drawn)), _visit(_day(*by_hand), by_hand=True)])
    assert result.broken == (), "what follows from days is said apart"
    (sentence,) = result.by_hand
    assert f"Northgate, {week}" in sentence
    assert "by hand" in sentence


@pytest.mark.parametrize(
    ("drawn", "by_hand"),
    [
        ((1, 6), (0, 4)),  # two days of fourteen: Sunday and Saturday of the second week
        ((0, 6), (1, 5)),  # of two Saturdays the first
        ((0, 6), (1, 0)),
    ],
)
def test_a_visit_by_hand_on_a_day_that_is_not_likely_is_not(
    drawn: tuple[int, int], by_hand: tuple[int, int]
) -> None:
    visits = [_visit(_day(*drawn)), _visit(_day(*by_hand), by_hand=True)]
    assert _audited(2, visits).by_hand == ()


def test_a_drawn_visit_on_a_likely_day_is_chance() -> None:
    assert _audited(2, [_visit(_day(0, 6)), _visit(_day(1, 6))]).by_hand == ()
    beside = [_visit(_day(0, 6)), _visit(_day(1, 6)), _visit(_day(1, 0), by_hand=True)]
    assert _audited(2, beside).by_hand == ()


def test_a_visit_that_was_made_lowers_the_alarm_for_the_rest_of_its_week() -> None:
    """Sunday is certain only while the week has had no visit."""
    plan = [_visit(_day(0, 6), by_hand=True), _visit(_day(1, 5))]
    (sentence,) = _audited(2, plan).by_hand
    assert "7–13 Apr 2025" in sentence
    assert _audited(2, plan, [Arrival(_day(0, 1), NOON)]).by_hand == ()


def test_kennels_have_no_limits_but_a_month_without_a_visit_is_named() -> None:
    grid = reference_grid(Kind.ANIMAL_WELFARE, ANIMALS)
    ground = Ground(make_kennels(scheme_id=ANIMALS), grid, kennel_policy())
    april, may = month_of(date(2025, 4, 1)), month_of(date(2025, 5, 1))
    visit = PlannedVisit(
        uuid4(), UUID(int=1), ANIMALS, KENNELS, april, date(2025, 4, 30), NOON, 0, is_by_hand=True
    )
    result = audit(Watched(ground, (april, may), (visit,), (), Tally(ground, (), (visit,))), ())
    assert result is not None
    assert not result.is_suite
    assert result.broken == ("Hillside kennels, May 2025 has no visit.",)
    assert Period(april.start, may.end).days == result.foresight.days


def test_a_visit_by_hand_is_pointed_out_beside_a_drawn_one_of_its_week() -> None:
    plan = [_visit(_day(0, 5), by_hand=True), _visit(_day(0, 6)), _visit(_day(1, 0))]
    (sentence,) = _audited(2, plan).by_hand
    assert "by hand" in sentence


def test_the_watcher_is_on_the_alert_five_days_of_five_weeks() -> None:
    """A Sunday, then Saturdays in their order: that of the fourth week is the fifth."""
    days = [(0, 6), (1, 5), (2, 5), (4, 0)]
    plan = [*(_visit(_day(*day)) for day in days), _visit(_day(3, 5), by_hand=True)]
    (sentence,) = _audited(5, plan).by_hand
    assert "by hand" in sentence
