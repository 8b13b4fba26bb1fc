"""What a plan remembers of the plans before it, and the days that its scheme excludes."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.builders import SUITE, make_visit
from tests.planners import START, of_site, planned, planner
from visitapp.domain.office.day_off import DayOff
from visitapp.domain.office.scheme import Kind
from visitapp.domain.plan.planned import Gravity
from visitapp.domain.plan.rota import pair_of
from visitapp.persistence.visits import insert_visits
from visitapp.planning.making import memory_before
from visitapp.services import Services
from visitapp.services.plan.plan_tasks import task_of
from visitapp.services.plan.plan_world import read_world
from visitapp.services.plan.planning import weeks_from


@pytest.fixture
def office(planning_office: Services) -> Services:
    return planning_office


def test_a_quarter_remembers_the_pairs_of_the_quarters_before_it(office: Services) -> None:
    """Whether their visits are still to come, are reported, or were never reported."""
    service = planner(office)
    service.make(START)
    cancelled, reported = of_site(planned(office), SUITE)[:2]
    service.cancel(cancelled.id)
    with office.access.database.transaction() as connection:
        insert_visits(connection, [make_visit(reported.day, visitors=reported.pair)])
    following = weeks_from(START + timedelta(days=91))
    pairs = Counter(pair_of(*v.pair) for v in planned(office) if not v.is_cancelled)
    for today in (office.access.today(), following.start - timedelta(days=3)):
        with office.access.database.reading() as connection:
            world = read_world(connection, today, following)
        task = task_of(world, uuid4(), ())
        memory = memory_before((*task.past_visits, *task.before), following, world.grounds)
        assert memory.pairs == pairs
        assert sum(memory.loads.values()) == 2 * pairs.total()


def test_no_visit_is_planned_on_a_day_that_the_scheme_excludes(office: Services) -> None:
    scheme = office.setup.scheme(Kind.CUSTODY)
    week = [START + timedelta(days=at) for at in range(7)]
    off = tuple(DayOff(day) for day in week if day.weekday() != 4)
    office.setup.save_scheme(replace(scheme, days_off=(*off, DayOff(date(2024, 4, 25), True))))
    assert office.setup.scheme(Kind.CUSTODY).days_off == (DayOff(date(2024, 4, 25), True), *off)
    planner(office).make(START)
    days = {visit.day for visit in of_site(planned(office), SUITE)}
    assert week[4] in days
    assert not {day for day in days if day in week and day != week[4]}
    assert date(2025, 4, 25) not in days


def test_a_week_of_which_all_days_are_excluded_has_no_days_left(office: Services) -> None:
    scheme = office.setup.scheme(Kind.CUSTODY)
    off = tuple(DayOff(START + timedelta(days=at)) for at in range(7))
    office.setup.save_scheme(replace(scheme, days_off=off))
    planner(office).make(START, 2)
    sentences = [note.sentence for note in planner(office).sheet(weeks_from(START, 2)).notes]
    assert "Northgate, 14–20 Apr 2025: no visit is planned. No days are left." in sentences


def test_a_visit_whose_day_is_excluded_after_it_was_planned_is_pointed_out(
    office: Services,
) -> None:
    service, scheme = planner(office), office.setup.scheme(Kind.CUSTODY)
    service.make(START, 2)
    visit = of_site(planned(office), SUITE)[0]
    period = weeks_from(START, 2)
    assert not [note for note in service.sheet(period).notes if "excludes" in note.words]
    office.setup.save_scheme(replace(scheme, days_off=(DayOff(visit.day),)))
    (note,) = (note for note in service.sheet(period).notes if "excludes" in note.words)
    assert (note.visit_id, note.gravity, note.is_of_moment) == (visit.id, Gravity.BROKEN, True)
    says = service.plan_json(period)
    assert "excludes" not in says
    assert "A rule is broken at 1 visit." in says
    service.cancel(visit.id)
    assert not [note for note in service.sheet(period).notes if "excludes" in note.words]
    assert visit.day not in {v.day for v in planned(office) if not v.is_cancelled}
