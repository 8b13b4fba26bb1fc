"""A scheme that asks two pairs for every week: what the rota shows, and what a pair stood down is
not."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest

from tests.builders import CUSTODY, SUITE
from tests.copies import Copies
from tests.pairs import FRIDAY
from tests.planners import (
    NAMES,
    QUARTER,
    START,
    furnish_planning,
    of_site,
    person_id,
    planned,
    planner,
)
from tests.services.plan.test_given_out import opened
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.plan.planned import PlannedStanding, PlannedVisit
from visitapp.persistence import plans
from visitapp.services import Services
from visitapp.services.plan.late_visits import late_visits
from visitapp.services.plan.plan_world import World, read_world


@pytest.fixture
def office(planning_office: Services) -> Services:
    """A plan of a quarter with two pairs for every week of the suite."""
    scheme = planning_office.setup.scheme(Kind.CUSTODY)
    planning_office.setup.save_scheme(replace(scheme, two_pairs=True))
    planner(planning_office).make(START)
    planning_office.planning.use(QUARTER)
    return planning_office


def _of_suite(office: Services) -> list[PlannedVisit]:
    return of_site(planned(office), SUITE)


def _stood_down(office: Services) -> list[PlannedVisit]:
    return [visit for visit in _of_suite(office) if visit.is_stood_down]


def _weeks(visits: Iterator[PlannedVisit] | list[PlannedVisit]) -> set[int]:
    return set(Counter(visit.span.start for visit in visits if not visit.is_cancelled).values())


def _world(office: Services, weeks_later: int = 0) -> World:
    with office.access.database.reading() as connection:
        return read_world(connection, START + timedelta(weeks=weeks_later), QUARTER)


def test_rota_pages_calendar_and_command_show_as_many_pairs_in_each_week(office: Services) -> None:
    assert _weeks(_of_suite(office)) == {2}
    assert 0 < len(_stood_down(office)) <= 13
    sheet = office.planning.sheet(QUARTER)
    assert set(Counter(row.span.start for row in sheet.of(SUITE)).values()) == {2}
    assert len({(row.standing, row.mode, row.why_office) for row in sheet.of(SUITE)}) == 1
    assignments = [a for a in office.assignments.all(QUARTER) if a.site_name == "Northgate"]
    assert Counter(a.span.start for a in assignments) == {w.start: 4 for w in QUARTER.weeks()}
    words = office.planning.plan_json(QUARTER)
    assert "stood_down" not in words
    assert office.planning.plan_json(QUARTER, moments=True).count('"stood_down": true') == len(
        _stood_down(office)
    )


def test_only_who_asks_for_the_moment_sees_that_a_pair_is_stood_down(office: Services) -> None:
    for visit in _of_suite(office):
        assert (office.planning.reveal(visit.id) is None) == visit.is_stood_down
    with pytest.raises(BadInputError, match="not needed"):
        office.planning.choose_moment(_stood_down(office)[0].id, START + timedelta(days=80), 600)


def test_a_pair_stood_down_is_no_visit_no_cancellation_and_no_missed_visit(
    office: Services,
) -> None:
    visits, stood_down = _of_suite(office), _stood_down(office)
    (audit,) = (audit for audit in office.foresight.plan(QUARTER) if audit.is_suite)
    assert audit.foresight.visits == len(visits) - len(stood_down)
    suite = next(out for out in office.foresight.outlooks(QUARTER) if out.cells == 35)
    cells = {visit.cell for visit in visits if not visit.is_stood_down}
    assert suite.by_plan == len(cells)
    later = _world(office, 13).standings()
    assert {later[visit.id] for visit in stood_down} == {PlannedStanding.STOOD_DOWN}
    with office.access.database.reading() as connection:
        late = late_visits(connection, QUARTER.end + timedelta(days=1))
        every = [visit.id for visit in plans.visits(connection, QUARTER)]
    assert {visit.visit_id for visit in late} <= set(every) - {visit.id for visit in stood_down}


def test_being_asked_counts_for_the_loads_of_the_next_plan(office: Services) -> None:
    from visitapp.services.plan.plan_tasks import planned_before

    with office.access.database.reading() as connection:
        following = read_world(
            connection, QUARTER.end + timedelta(days=1), planner(office).weeks_from(
                QUARTER.end + timedelta(days=1), 13
            )
        )  # fmt: skip
    asked = Counter(frozenset(visit.visitors) for visit in planned_before(following))
    assert all(asked[frozenset(visit.pair)] for visit in _stood_down(office))


def test_a_cancelled_visit_is_replaced_and_so_is_a_pair_stood_down(office: Services) -> None:
    down = _stood_down(office)[-1]
    beside = next(v for v in _of_suite(office) if v.span == down.span and not v.is_stood_down)
    words = [office.planning.cancel(visit.id)[0] for visit in (down, beside)]
    assert words[0] == words[1], "what is said doesn't tell which it was"
    week = [v for v in _of_suite(office) if v.span == down.span and not v.is_cancelled]
    assert sorted(visit.is_stood_down for visit in week) == [False, True]


def test_planning_again_keeps_two_pairs_in_each_week(office: Services) -> None:
    office.planning.plan_again(QUARTER)
    assert _weeks(_of_suite(office)) == {2}


def test_pairs_that_draw_their_own_moments_are_not_asked_in_vain(office: Services) -> None:
    scheme = office.setup.scheme(Kind.CUSTODY)
    with pytest.raises(BadInputError, match="only where the office knows"):
        replace(scheme, moments_to_pairs=True)
    assert Scheme(CUSTODY, Kind.CUSTODY, "x").two_pairs is False


def test_the_copy_of_a_pair_says_so_kindly_from_the_first_day_of_its_week_on(
    copies: Copies,
) -> None:
    office = copies.office
    furnish_planning(office, kennels=False)
    scheme = office.setup.scheme(Kind.CUSTODY)
    office.setup.save_scheme(replace(scheme, two_pairs=True))
    copies.clock.now = FRIDAY
    ada = copies.join(NAMES[0], person_id(0))
    plan = planner(office)
    plan.make(START, 4)
    plan.use(QUARTER)
    down = next(visit for visit in of_site(planned(office), SUITE) if visit.is_stood_down)
    plan.assign(down.id, (person_id(0), person_id(1)))

    def words() -> str:
        copies.exchange("office", NAMES[0])
        weeks = [week for week in ada.own_visits.weeks() if week.span == down.span]
        (week,) = (week for week in weeks if week.partner_name == NAMES[1])
        return week.words(copies.clock.now.date())

    assert words() == "Your manager tells you the day and time."
    copies.clock.now += timedelta(days=(down.span.start - FRIDAY.date()).days - 1)
    assert words() == "Your manager tells you the day and time."
    copies.clock.now += timedelta(days=1)
    assert words().startswith("You are not needed this time.")
    assert "Thank you for keeping the week free." in words()


def test_a_sealed_sheet_says_who_is_not_needed_only_in_the_running_week(
    office: Services, tmp_path: Path
) -> None:
    """A pair's page promises to hear of it in that week."""
    name = {person_id(number): NAMES[number] for number in range(len(NAMES))}
    week = _stood_down(office)[3].span
    mine = [visit for visit in _of_suite(office) if visit.span == week]
    now = datetime.combine(week.start, time(9), UTC)
    then = Services(replace(office.access, clock=lambda: now), b"", Random(1))
    files = then.assignments.write_sealed(QUARTER, tmp_path)
    rows = {file.visitor: opened(file) for file in files}
    for visit in mine:
        for who in visit.pair:
            assert ("Not needed" in rows[name[who]]) == any(
                other.is_stood_down for other in mine if who in other.pair
            )
    for who, words in rows.items():
        theirs = [visit for visit in mine if who in {name[person] for person in visit.pair}]
        assert words.count("Northgate") == 1 + len(theirs), "later weeks are left out"
        assert "For Northgate this sheet has only the week" in words
