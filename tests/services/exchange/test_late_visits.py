"""What is expected and late: an assigned week without a report, until one comes."""

from datetime import date

import pytest

from tests.builders import KENNELS, SUITE, make_kennel_visit, sign
from tests.copies import Copies, written
from tests.planners import (
    QUARTER,
    START,
    furnish_planning,
    moments_in,
    of_site,
    person_id,
    planned,
    planner,
)  # fmt: skip
from visitapp.domain.errors import NotAllowedError
from visitapp.domain.plan.planned import PlannedVisit


@pytest.fixture
def office(copies: Copies):
    """An office with a plan in use from 14 April, and Ada joined; it is the week after."""
    furnish_planning(copies.office)
    plan = planner(copies.office)
    plan.make(START)
    plan.use(QUARTER)
    return copies.office


def of_first_week(services) -> PlannedVisit:
    return next(visit for visit in of_site(planned(services), SUITE) if visit.span.start == START)


def name_of(services, who) -> str:
    return next(person.name for person in services.people.people() if person.id == who)


def visit_of(services, assigned: PlannedVisit, **changed):
    """A report of an assigned visit, on the second day of its week."""
    day = date.fromordinal(assigned.span.start.toordinal() + 1)
    return written(services, day, visitors=assigned.pair, **changed)


def late_ids(services):
    return [late.visit_id for late in services.inbox.late()]


def test_a_week_is_late_from_the_day_after_it_until_its_report_counts(copies, office):
    visit = of_first_week(office)
    copies.clock.now = copies.clock.now.replace(day=20)  # its last day
    assert late_ids(office) == []
    copies.clock.move(days=1)
    late = next(late for late in office.inbox.late() if late.visit_id == visit.id)
    assert (late.visit_id, late.site_name, late.span) == (visit.id, "Northgate", visit.span)
    assert late.names == tuple(sorted(name_of(office, who) for who in visit.pair))
    assert late.since == date(2025, 4, 21)
    assert late in office.home.overview().late
    assert moments_in(repr(late), [visit]) == []
    visit_of(office, visit)  # logged at the office, as for people without a copy
    assert visit.id not in late_ids(office)
    assert late not in office.home.overview().late


def test_a_report_that_waits_in_the_inbox_is_no_longer_late(copies, office):
    visit = of_first_week(office)
    copies.clock.now = copies.clock.now.replace(day=21)
    ada = copies.join("ada", visit.pair[0])
    report = visit_of(ada, visit)
    assert visit.id in late_ids(office)
    copies.exchange("ada", "office")
    assert office.inbox.waiting() == 1
    assert visit.id not in late_ids(office)
    office.inbox.ask(report.id, "Which cells did you see?")
    assert visit.id not in late_ids(office)
    ada.visits.withdraw(report.id, "It was another week.", names_of(ada, report))
    copies.exchange("ada", "office")
    assert visit.id in late_ids(office)


def names_of(services, report):
    return services.visits.names_needed(report.id)


def test_a_visit_that_was_cancelled_is_not_expected(copies, office):
    visit = of_first_week(office)
    planner(office).cancel(visit.id)
    copies.clock.now = copies.clock.now.replace(day=21)
    assert visit.id not in late_ids(office)


def test_a_draft_of_a_plan_is_not_expected(copies):
    furnish_planning(copies.office)
    planner(copies.office).make(START)
    copies.clock.now = copies.clock.now.replace(day=21)
    assert late_ids(copies.office) == []
    assert copies.office.home.overview().late == ()


def test_kennels_are_late_after_their_month_and_the_longest_overdue_come_first(copies, office):
    kennels = next(
        visit for visit in of_site(planned(office), KENNELS) if visit.span.start.month == 5
    )
    copies.clock.now = copies.clock.now.replace(month=6, day=1)
    late = office.inbox.late()
    assert [item.since for item in late] == sorted(item.since for item in late)
    assert kennels.id in {item.visit_id for item in late}
    sign(office, make_kennel_visit(date(2025, 5, 6), visitors=kennels.pair))
    assert kennels.id not in late_ids(office)


def test_after_a_quarter_nothing_is_expected_any_more(copies, office):
    copies.clock.now = copies.clock.now.replace(day=20)
    copies.clock.move(days=13 * 7)
    assert of_first_week(office).id in late_ids(office)
    copies.clock.move(days=1)
    assert of_first_week(office).id not in late_ids(office)


def test_only_the_manager_sees_what_is_late(copies, office):
    ada = copies.join("ada", person_id(0))
    with pytest.raises(NotAllowedError):
        ada.inbox.late()
    assert ada.home.overview().late == ()


def test_a_next_visit_goes_from_home_once_its_report_is_locked_there(copies, office):
    visit = of_first_week(office)
    ada = copies.join("ada", visit.pair[0])
    copies.clock.now = copies.clock.now.replace(day=16)
    copies.exchange("office", "ada")
    spans = [item.span for item in ada.home.overview().next_visits]
    assert visit.span in spans
    report = visit_of(ada, visit)
    assert visit.span not in [item.span for item in ada.home.overview().next_visits]
    ada.visits.withdraw(report.id, "It was another site.", names_of(ada, report))
    assert visit.span in [item.span for item in ada.home.overview().next_visits]
