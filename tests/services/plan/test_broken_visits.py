"""Visits that a leave, a leaving, or vetting that ends takes from somebody are told at once."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import CUSTODY, SUITE, make_visit, sign
from tests.planners import (
    QUARTER,
    START,
    furnish_planning,
    moments_in,
    of_site,
    person_id,
    planned,
    planner,
    say,
)
from visitapp.domain.office.people import (
    Clearance,
    Membership,
    Person,
    vetting_to_renew,
    vetting_words,
)
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.plan.broken_visit import BrokenVisit
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.services import Services
from visitapp.services.year.home import HomeService


@pytest.fixture
def office(services: Services) -> Services:
    """A plan of four weeks in use, of a suite alone."""
    furnish_planning(services, kennels=False)
    service = planner(services)
    service.make(START, 4)
    service.use(service.weeks_from(START, 4))
    return services


def _first(office: Services) -> tuple[PlannedVisit, Person]:
    visit = of_site(planned(office), SUITE)[0]
    return visit, next(p for p in office.people.people() if p.id == visit.pair[0])


def _mine(office: Services, who: Person) -> list[BrokenVisit]:
    broken = office.home.overview().broken
    assert broken == office.availability.broken_visits(who.id)
    assert {one.name for one in broken} <= {who.name}
    return list(broken)


def _visits(office: Services, who: Person) -> set[object]:
    return {visit.id for visit in planned(office) if who.id in visit.pair}


def test_a_plan_that_holds_breaks_nothing(office: Services) -> None:
    assert office.home.overview().broken == ()


@pytest.mark.parametrize(
    ("status", "left", "why"),
    [
        ("LEAVE", None, "is on leave of absence"),
        ("LEFT", date(2025, 4, 9), "left on 9 April 2025"),
        ("LEFT", date(2025, 4, 13), "leaves on 13 April 2025"),
        ("TRAINING", None, "is in training"),
    ],
)
def test_a_leave_or_a_leaving_is_told_with_its_reason(
    office: Services, status: str, left: date | None, why: str
) -> None:
    _, who = _first(office)
    changed = [
        replace(m, status=status, left_on=left) if m.scheme_id == CUSTODY else m
        for m in who.memberships
    ]
    office.people.save(replace(who, memberships=tuple(changed)))
    found = _mine(office, who)
    assert {one.visit_id for one in found} == _visits(office, who)
    assert {one.why for one in found} == {why}
    assert not moments_in(" ".join(f"{one.where} {one.why}" for one in found), planned(office))


def test_days_away_and_vetting_that_ends_break_the_visits_of_their_days_only(
    office: Services,
) -> None:
    visit, who = _first(office)
    number = next(n for n in range(10) if person_id(n) == who.id)
    say(office, number, away=(visit.span,))
    in_span = [v for v in planned(office) if who.id in v.pair and v.day in visit.span]
    assert {one.visit_id for one in _mine(office, who)} == {v.id for v in in_span}
    assert _mine(office, who)[0].why == "is away then"
    say(office, number, away=())
    assert _mine(office, who) == []
    office.people.save(replace(_first(office)[1], clearance=Clearance(visit.day)))
    later = {v.id for v in planned(office) if who.id in v.pair and v.day > visit.day}
    assert {one.visit_id for one in _mine(office, who)} == later


def test_what_a_manager_chose_by_hand_is_not_told_again(office: Services) -> None:
    visit, who = _first(office)
    number = next(n for n in range(10) if person_id(n) == who.id)
    say(office, number, free=())
    assert visit.id in {one.visit_id for one in _mine(office, who)}
    planner(office).pin(visit.id, True)
    assert visit.id not in {one.visit_id for one in _mine(office, who)}


def test_visits_that_were_made_cancelled_or_are_drafts_are_left_out(office: Services) -> None:
    visit, who = _first(office)
    service = planner(office)
    service.make(START + timedelta(days=28), 9)
    office.people.save(
        replace(who, memberships=(Membership(CUSTODY, date(2020, 1, 1), status="LEAVE"),))
    )
    used = {v.id for v in planned(office) if v.plan_id == visit.plan_id and who.id in v.pair}
    assert {one.visit_id for one in office.home.overview().broken} == used
    told = {one.visit_id for one in office.availability.broken_visits(who.id)}
    assert told == _visits(office, who), "where it is entered the draft is told of as well"
    visitor = HomeService(replace(office.access, actor=Actor(who.name, Role.VISITOR)))
    assert (visitor.overview().broken, visitor.overview().to_renew) == ((), ())
    service.cancel(visit.id)
    assert visit.id not in {one.visit_id for one in office.home.overview().broken}


def test_a_visit_of_which_there_is_a_report_is_broken_by_nothing(services: Services) -> None:
    furnish_planning(services, kennels=False)
    service = planner(services)
    week, _ = service.make(date(2025, 4, 7), 1)
    service.use(week)
    visit = planned(services, week)[0]
    who = next(p for p in services.people.people() if p.id == visit.pair[0])
    services.people.leave(who.id, CUSTODY, date(2025, 4, 9))
    assert visit.id in {one.visit_id for one in services.home.overview().broken}
    sign(services, make_visit(date(2025, 4, 8), visitors=visit.pair))
    assert visit.id not in {one.visit_id for one in services.home.overview().broken}


def test_vetting_that_ends_soon_is_known_before_it_ends(furnished: Services) -> None:
    today = furnished.access.today()
    people = furnished.people.people()
    for person, days in zip(people, (20, 61, -1), strict=True):
        until = today + timedelta(days=days)
        furnished.people.save(replace(person, clearance=Clearance(until)))
    found = furnished.home.overview().to_renew
    assert [one.name for one in found] == [people[2].name, people[0].name]
    assert vetting_words(today + timedelta(days=20), today) == (
        "vetting ends on 30 April 2025, in 20 days"
    )
    assert vetting_words(today + timedelta(days=1), today) == "vetting ends tomorrow"
    applicant = replace(people[0], memberships=(Membership(CUSTODY, today, status="VETTING"),))
    gone = replace(people[0], memberships=(Membership(CUSTODY, date(2020, 1, 1), today),))
    kept = replace(found[1], memberships=applicant.memberships)
    assert vetting_to_renew([kept, gone], today + timedelta(days=1)) == ()


def test_vetting_that_ends_within_the_weeks_is_said_in_the_plan(services: Services) -> None:
    furnish_planning(services, kennels=False)
    who = next(p for p in services.people.people() if p.id == person_id(0))
    services.people.save(replace(who, clearance=Clearance(date(2025, 4, 30))))
    service = planner(services)
    service.make(START, 4)
    said = {s.sentence: s.helps for s in service.sheet(service.weeks_from(START, 4)).notes}
    words = "Ada Ashby\u2019s vetting ends on 30 April 2025. They are not planned after that."
    assert said[words] == ("Renew the vetting of Ada Ashby",)
    assert all(v.day <= date(2025, 4, 30) for v in planned(services) if who.id in v.pair)


def test_the_status_probation_is_probation_though_no_day_is_entered(services: Services) -> None:
    furnish_planning(services, kennels=False)
    for number in range(5):
        who = next(p for p in services.people.people() if p.id == person_id(number))
        changed = tuple(replace(m, status="PROBATION") for m in who.memberships)
        services.people.save(replace(who, memberships=changed))
    new = {person_id(number) for number in range(5)}
    planner(services).make(START, 6)
    assert all(len(new & set(visit.pair)) <= 1 for visit in planned(services))
    assert any(new & set(visit.pair) for visit in planned(services))


def test_visits_to_a_site_that_was_closed_since_are_on_home(planned_office: Services) -> None:
    planned_office.planning.use(QUARTER)
    assert planned_office.home.overview().at_closed_sites == ()
    closed = QUARTER.start + timedelta(weeks=10)
    (site,) = [s for s in planned_office.setup.sites() if s.id == SUITE]
    periods = tuple(replace(p, end=closed - timedelta(days=1)) for p in site.open_periods)
    planned_office.setup.save_site(replace(site, open_periods=periods))
    found = planned_office.home.overview().at_closed_sites
    expected = {v.id for v in planned(planned_office) if v.site_id == SUITE and v.day >= closed}
    assert {visit.visit_id for visit in found} == expected
    assert found[0].site_name == "Northgate"


def test_visits_to_a_site_that_is_closed_for_all_the_weeks_are_cancelled_without_another(
    planned_office: Services,
) -> None:
    planned_office.planning.use(QUARTER)
    before = planned(planned_office)
    (site,) = [s for s in planned_office.setup.sites() if s.id == SUITE]
    periods = tuple(replace(p, end=QUARTER.start - timedelta(days=1)) for p in site.open_periods)
    planned_office.setup.save_site(replace(site, open_periods=periods))
    left = planned_office.home.overview().at_closed_sites
    assert len(left) == sum(visit.site_id == SUITE for visit in before)
    for visit in left:
        words, _ = planned_office.planning.cancel(visit.visit_id)
    assert words.endswith("not visited then, so no other visit was drawn. Let the pair know.")
    assert planned_office.home.overview().at_closed_sites == ()
    assert len(planned(planned_office)) == len(before)
