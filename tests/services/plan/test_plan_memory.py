"""What a plan remembers of the plans before it."""

from collections import Counter
from datetime import timedelta
from uuid import uuid4

import pytest

from tests.builders import SUITE, make_visit
from tests.planners import START, of_site, planned, planner
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
