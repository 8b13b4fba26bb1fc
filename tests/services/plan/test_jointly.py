"""A visit instead of a cancelled one is drawn as plans draw weeks: with those of other suites."""

from collections import Counter
from random import Random
from uuid import UUID

import pytest

from tests.builders import CUSTODY, SUITE, make_site
from tests.planners import NAMES, QUARTER, START, planned, planner, say
from visitapp.services import Services
from visitapp.services.plan import replacements
from visitapp.services.plan.plan_world import read_world
from visitapp.services.plan.replacements import replacement_visits

OTHER = UUID(int=77)


def test_instead_of_a_cancelled_visit_none_comes_on_a_day_on_which_nobody_is_left_for_it(
    planning_office: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Three people can make one visit a day, four can make two."""
    office = planning_office
    office.setup.save_site(make_site(id=OTHER, name="Southgate", scheme_id=CUSTODY))
    planner(office, seed=3).make(START, 4)
    monkeypatch.setattr(replacements, "_crewed", lambda _w, _c, new, _r: list(new))
    numbers = Counter((visit.span, visit.site_id) for visit in planned(office))
    visit = next(
        v for v in planned(office)
        if v.site_id == SUITE and numbers[v.span, SUITE] == numbers[v.span, OTHER] == 1
    )  # fmt: skip
    (other,) = (v for v in planned(office) if (v.site_id, v.span) == (OTHER, visit.span))
    for number in range(4, len(NAMES)):
        say(office, number, free=())
    days = {}
    for people in (4, 3):
        if people == 3:
            say(office, 3, free=())
        with office.access.database.reading() as connection:
            world = read_world(connection, office.access.today(), QUARTER)
        new = [v for at in range(60) for v in replacement_visits(world, visit, Random(at), 0)]
        days[people] = Counter(each.day for each in new)
    assert other.day in days[4]
    assert other.day not in days[3]
    assert len(days[3]) == 6
