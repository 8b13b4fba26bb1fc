"""What Home says of the exchange, in the office and in a visitor's copy."""

from uuid import uuid4

from tests.builders import ANNE, BEN
from tests.copies import DAY, amended, written
from tests.planners import QUARTER, START, furnish_planning, person_id, planner
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.overview import ReportToConfirm
from visitapp.ui.home.tasks import to_confirm


def test_home_says_what_waits_for_the_office_and_what_for_the_visitor(copies):
    anne = copies.join("anne", ANNE)
    first = written(anne)
    written(anne, DAY.replace(day=9), issues=(Issue(uuid4(), "FOOD", 4, description="Struck."),))
    assert copies.office.home.overview().inbox == 0
    copies.exchange("anne", "office")
    overview = copies.office.home.overview()
    assert (overview.inbox, overview.allegations, overview.has_visits) == (2, 1, False)
    assert not overview.is_new  # else Home would show how to begin, and not what waits
    assert overview.backup_is_overdue
    copies.office.inbox.ask(first.id, "Which cells did you see?")
    copies.exchange("office", "anne")
    assert copies.office.home.overview().inbox == 1
    assert anne.home.overview().questions == 1
    anne.handing_over.answer(first.id, "All of them.")
    assert anne.home.overview().questions == 0


def test_a_visitor_sees_the_next_visits_with_site_week_and_partner(copies):
    furnish_planning(copies.office, kennels=False)
    plan = planner(copies.office)
    plan.make(START)
    plan.use(QUARTER)
    ada = copies.join("ada", person_id(0))
    copies.exchange("office", "ada")
    visits = ada.home.overview().next_visits
    assert 1 <= len(visits) <= 3
    assert {visit.site_name for visit in visits} <= {"Northgate", "Hillside kennels"}
    assert [visit.span for visit in visits] == sorted(visit.span for visit in visits)
    copies.clock.move(days=120)
    assert ada.home.overview().next_visits == ()


def test_a_visitor_is_asked_to_confirm_what_another_wrote(copies):
    anne, ben = copies.join("anne", ANNE), copies.join("ben", BEN)
    visit = written(anne)
    copies.exchange("anne", "office", "ben")
    asked = ReportToConfirm(visit.id, "Anne Example", "Northgate", DAY, again=False)
    overview = ben.home.overview()
    assert overview.to_confirm == (asked,)
    (task,) = to_confirm(overview)
    assert task.title == "Anne Example asks you to confirm the visit of 8 April"
    assert (task.page, task.target) == ("exchange", visit.id)
    ben.confirming.confirm(visit.id, visit.id)
    assert ben.home.overview().to_confirm == ()
    amended(anne, visit)
    other = written(anne, DAY.replace(day=3))
    copies.exchange("anne", "office", "ben")
    overview = ben.home.overview()
    assert [report.report_id for report in overview.to_confirm] == [visit.id, other.id]
    (task,) = to_confirm(overview)
    assert task.title == "Anne Example changed the report of 8 April: confirm it again"
    assert "1 more report waits." in task.note
    assert list(to_confirm(anne.home.overview())) == []
