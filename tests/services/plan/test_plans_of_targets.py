"""A plan follows the targets of its sites: how many visits, in weeks, fortnights or months."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from tests.builders import CUSTODY, KENNELS, SUITE
from tests.pairs import leave_to_pairs
from tests.planners import QUARTER, START, of_site, planned, planner, weeks_from
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.period import Period, month_of
from visitapp.domain.plan.planned import Mode, WhyOffice
from visitapp.domain.text.wording import none_or
from visitapp.persistence import plans
from visitapp.services import Services


@pytest.fixture
def office(planning_office: Services) -> Services:
    return planning_office


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


def test_a_year_is_drawn_month_by_month_and_each_month_once(office):
    aim(office, SUITE, VisitTarget(rule=TargetRule.NONE))
    aim(office, KENNELS, VisitTarget(6, TargetUnit.YEAR))
    service = planner(office, seconds=0.2)
    service.make(START)
    assert service.policy(KENNELS).visits_a_year == 7
    assert service.is_planned(QUARTER)
    assert all(visit.span == month_of(visit.day) for visit in planned(office))
    with pytest.raises(BadInputError, match="planned already"):
        service.make(START)
    assert [note for note in service.sheet(QUARTER).notes if "no visit" in note.sentence] == []
    start, ends = START, []
    for _ in range(3):
        start += timedelta(days=91)
        ends.append(service.make(start)[0].end)
    with office.access.database.reading() as connection:
        every = plans.visits(connection, Period(START, ends[-1]))
    within = [visit for visit in every if visit.day.year == 2025 or visit.day.month < 4]
    assert len(within) >= 6
    assert len({visit.day for visit in every}) == len(every)


def test_a_quarter_gets_its_visits_and_a_cancelled_one_is_made_up_for(office):
    aim(office, SUITE, VisitTarget(rule=TargetRule.NONE))
    aim(office, KENNELS, VisitTarget(4, TargetUnit.QUARTER))
    service = planner(office, seconds=0.2)
    service.make(START)
    more = len(planned(office)) - 4
    assert more >= 0
    for left in range(more, -1, -1):
        sentence, _ = service.cancel(min(alive(office), key=lambda visit: visit.day).id)
        enough = "the quarter has the visits that are due"
        assert (enough if left else "another visit was drawn") in sentence
    days = [visit.day for visit in alive(office)]
    assert len(set(days)) == len(days) == 4
    assert all(day in Period(date(2025, 4, 1), date(2025, 6, 30)) for day in days)
    (audit,) = office.foresight.plan(QUARTER)
    assert audit.foresight.is_exact
    assert (audit.foresight.visits_a_year, audit.broken) == (17, ())


def test_the_office_places_the_visits_of_a_quarter(office):
    aim(office, SUITE, VisitTarget(4, TargetUnit.QUARTER))
    leave_to_pairs(office)
    planner(office, seconds=0.2).make(START)
    visits = of_site(planned(office), SUITE)
    why = WhyOffice.LONG_SPAN
    assert {(visit.mode, visit.why_office) for visit in visits} == {(Mode.MANAGER_HELD, why)}
    assert why.words == "The site\u2019s target is by the quarter or year."


def alive(office):
    return [visit for visit in planned(office) if not visit.is_cancelled]


def test_what_has_no_target_is_not_planned(office):
    for site_id in (SUITE, KENNELS):
        aim(office, site_id, VisitTarget(rule=TargetRule.NONE))
    service = planner(office)
    assert service.sheet(QUARTER).sites == ()
    with pytest.raises(BadInputError, match="not planned: no target"):
        service.policy(KENNELS)
    with pytest.raises(BadInputError, match=r"by the target of Northgate \(no target\)"):
        service.make(START)


def test_a_group_that_needs_more_visits_than_are_planned_is_named(office):
    west = SiteGroup(uuid4(), CUSTODY, GroupKind.PANEL, "West", 0, (VisitTarget(1),))
    office.groups.save(west, {SUITE})
    service = planner(office)
    service.make(START, 4)
    weeks = weeks_from(START, 4)

    def notes():
        return [note for note in service.sheet(weeks).notes if note.about.startswith("West")]

    assert notes() == []
    (west,) = office.groups.groups()
    office.groups.save(replace(west, targets=(VisitTarget(9),)))
    number = per_span(office, SUITE)[START]
    first = notes()[0]
    assert first.words.startswith(f"{none_or(number)} of 9 visits due to its sites together")
    assert str(START.day) in first.about
    assert not any(note.is_of_moment for note in notes())
    (west,) = office.groups.groups()
    later = date(2025, 5, 5)
    office.groups.save(replace(west, targets=(VisitTarget(9), VisitTarget(1, from_on=later))))
    assert notes()
    office.groups.save(office.groups.groups()[0], (), START)  # nothing is due without a site
    assert notes() == []
