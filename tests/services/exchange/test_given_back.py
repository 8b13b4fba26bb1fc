"""What a visitor gets back: the next visits, and what became of the issues they raised."""

from uuid import uuid4

from tests.builders import ANNE
from tests.copies import DAY, written
from tests.planners import QUARTER, START, furnish_planning, person_id, planned, planner
from tests.services.exchange.test_reports import sound
from visitapp.domain.following.issue_steps import REFERRED, RESPONSE, VERIFIED, NewStep
from visitapp.domain.report.issue import Issue
from visitapp.persistence import assigned


def given(services):
    with services.access.database.reading() as connection:
        return assigned.visits(connection)


def test_the_answers_to_an_issue_reach_the_visitor_who_raised_it(copies):
    anne = copies.join("anne", ANNE)
    issue = Issue(uuid4(), "FOOD", 2, description="Cold meals")
    visit = written(anne, issues=(issue,))
    copies.exchange("anne", "office")
    copies.office.inbox.accept([visit.id])
    version = copies.office.issues.get(issue.id).line.issue.version
    copies.office.issues.record(issue.id, version, NewStep(REFERRED, DAY, "", "Inspector"))
    copies.exchange("office", "anne")
    version = copies.office.issues.get(issue.id).line.issue.version
    copies.office.issues.record(
        issue.id, version, NewStep(RESPONSE, DAY, "A new oven."), NewStep(VERIFIED, DAY)
    )
    copies.exchange("office", "anne")
    theirs, ours = anne.issues.get(issue.id), copies.office.issues.get(issue.id)
    assert [step.words for step in theirs.steps] == ["", "A new oven.", ""]
    assert theirs.steps == ours.steps
    assert theirs.line.issue.status == ours.line.issue.status == VERIFIED
    sound(anne)
    copies.settle()
    assert list(copies.folder.iterdir()) == []


def test_each_of_a_pair_is_told_its_own_weeks_and_no_moment(copies):
    furnish_planning(copies.office, kennels=False)
    plan = planner(copies.office)
    plan.make(START)
    first, second = person_id(0), person_id(1)
    copies.join("ada", first)
    copies.join("bert", second)
    copies.exchange("office", "ada", "bert")
    assert given(copies.of("ada")) == []
    plan.use(QUARTER)
    copies.exchange("office", "ada", "bert")
    ours = planned(copies.office)
    for name, who in (("ada", first), ("bert", second)):
        assert [(visit.id, visit.span, visit.partner_id) for visit in given(copies.of(name))] == [
            (visit.id, visit.span, next(other for other in visit.pair if other != who))
            for visit in sorted(ours, key=lambda visit: (visit.span, visit.id))
            if who in visit.pair
        ]
        assert given(copies.of(name))
        assert planned(copies.of(name)) == []
    ours_again = next(visit for visit in ours if first in visit.pair)
    plan.cancel(ours_again.id)
    copies.exchange("office", "ada")
    assert ours_again.id not in {visit.id for visit in given(copies.of("ada"))}
