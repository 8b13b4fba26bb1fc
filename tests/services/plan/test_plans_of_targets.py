"""A plan follows the targets of its sites: how many visits, in weeks, fortnights or months."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from tests.builders import KENNELS, SUITE
from tests.planners import QUARTER, START, furnish_planning, of_site, planned, planner
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.services import Services


@pytest.fixture
def office(services: Services) -> Services:
    furnish_planning(services)
    return services


def aim(office, site_id, target):
    site = next(site for site in office.setup.sites() if site.id == site_id)
    office.setup.save_site(replace(site, targets=(target,)))


def per_span(office, site_id):
    return Counter(v.span.start for v in of_site(planned(office), site_id) if not v.is_cancelled)


def test_each_week_gets_two_visits_and_each_fortnight_one(office):
    aim(office, SUITE, VisitTarget(2))
    aim(office, KENNELS, VisitTarget(1, TargetUnit.FORTNIGHT, date(2025, 3, 31)))
    service = planner(office, seconds=0.2)
    service.make(START)
    suite, kennels = per_span(office, SUITE), per_span(office, KENNELS)
    assert len(suite) == 13
    assert min(suite.values()) == 2
    assert all(start.weekday() == 0 for start in kennels)
    assert len(kennels) == len(QUARTER.weeks()) // 2
    days = [(visit.site_id, visit.day) for visit in planned(office)]
    assert len(set(days)) == len(days)
    assert service.is_planned(QUARTER)
    visit = of_site(planned(office), SUITE)[4]
    sentence, _ = service.cancel(visit.id)
    assert "another visit was drawn" in sentence or suite[visit.span.start] > 2
    assert per_span(office, SUITE)[visit.span.start] >= 2


def test_what_has_no_target_or_one_by_the_year_is_not_planned(office):
    aim(office, SUITE, VisitTarget(rule=TargetRule.NONE))
    aim(office, KENNELS, VisitTarget(6, TargetUnit.YEAR))
    service = planner(office)
    assert service.sheet(QUARTER).sites == ()
    with pytest.raises(BadInputError, match="6 times a year"):
        service.policy(KENNELS)
    with pytest.raises(BadInputError, match=r"by the target of Northgate \(no target\)"):
        service.make(START)
