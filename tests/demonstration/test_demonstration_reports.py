"""The demonstration's last visits as whole reports, the dogs of the unit, issues followed."""

from dataclasses import replace
from datetime import date

import pytest

from visitapp import demonstration
from visitapp.bootstrap import OpenedFile
from visitapp.demonstration import Demonstration
from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.issue_steps import CLOSED, RESPONSE
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answer_rules import facts_of, findings_of_answers
from visitapp.domain.report.answers import answered_of
from visitapp.domain.report.copies import Audience
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.visit import Visit
from visitapp.domain.year.visit_list import VisitQuery

TODAY = date(2025, 4, 10)


@pytest.fixture(scope="module")
def made() -> Demonstration:
    return demonstration.build()


@pytest.fixture(scope="module")
def written(made: Demonstration) -> list[Visit]:
    return [visit for visit in made.visits if visit.report is not None]


def test_a_handful_of_visits_of_2025_is_written_with_the_form(made, written):
    kinds = {scheme.id: kind for kind, scheme in made.schemes.items()}
    assert [kinds[v.scheme_id] for v in written].count(Kind.CUSTODY) == 9
    assert [kinds[v.scheme_id] for v in written].count(Kind.ANIMAL_WELFARE) == 3
    assert min(visit.arrived.day for visit in written) >= date(2025, 1, 1)


def test_the_answers_demand_nothing_more(made, written):
    kinds = {scheme.id: kind for kind, scheme in made.schemes.items()}
    for visit in written:
        scheme = made.schemes[kinds[visit.scheme_id]]
        answered = answered_of(visit)
        facts = facts_of(visit, answered, scheme.immediate_limit)
        form = made.forms[scheme.kind]
        assert findings_of_answers(form, visit, answered, facts) == [], visit.ref
        keys = {question.key for question in form.questions()}
        assert visit.report.answers.keys() <= keys
        for row in answered.rows:
            asked = with_standard_questions(form).row_questions()
            assert row.answers.keys() <= {question.key for question in asked}


def test_rows_change_no_count(made, written):
    """What is counted of a written visit is what was counted before it had rows."""
    for visit in written:
        rows = [count for count in visit.counts if count.row is not None]
        assert all(count.number == 1 for count in rows)
        assert visit.accounted == visit.present


def test_no_detainee_has_anything_but_a_number(written):
    for visit in written:
        for count in visit.counts:
            if count.row is not None and count.row.animal_id is None:
                assert len(count.row.custody_number) == 10
                assert count.row.shown_number == f"\u2026{count.row.custody_number[-4:]}"


def test_each_dog_has_a_row_at_each_visit_to_the_unit(made, written):
    names = {animal.id: animal.name for animal in made.animals}
    for visit in written:
        rows = [c.row for c in visit.counts if c.row is not None and c.row.animal_id is not None]
        if not rows:
            continue
        there = {a.name for a in made.animals if a.is_on_strength(visit.arrived.day)}
        assert sorted(names[row.animal_id] for row in rows) == sorted(there)


def test_every_issue_that_was_closed_later_has_the_forces_answer(made):
    for visit in made.visits:
        for issue in visit.issues:
            steps = made.steps.get(issue.id, ())
            if issue.status == CLOSED:
                assert [step.status for step in steps][-2:] == [RESPONSE, CLOSED]
                assert steps[-1].on == issue.closed_on
            if steps:
                assert steps[-1].status == issue.status
                days = [visit.arrived.day, *(step.on for step in steps), TODAY]
                assert days == sorted(days)


def test_the_file_is_sound_and_shows_issues_dogs_and_briefings(shown: OpenedFile):
    services = shown.services
    assert services.maintenance.check() == []
    page = services.issues.page(IssueQuery())
    assert (page.total, page.overdue) == (5, 1)
    assert {line.status for line in page.lines} == {
        "Raised", "Referred to the inspector", "Response in",
    }  # fmt: skip
    assert page.lines[0].days_text == "38 days, 24 over"
    assert len(services.issues.outcomes(IssueQuery())) >= 2
    kennels = next(s for s in services.setup.sites() if s.name.endswith("Dog Unit"))
    assert services.animals.coverage([kennels.id]).sentence.startswith("6 of the unit’s 9 animals")
    assert len(services.animals.animals(kennels.id)) == 13
    briefing = services.briefing.briefing(kennels.id)
    assert [one.title for one in briefing.open_issues] == [
        "Two fence posts by the lower field rotted through"
    ]


def test_copies_of_a_written_report_can_be_made(shown: OpenedFile):
    services = shown.services
    newest = services.visits.page(VisitQuery(limit=1)).rows[0]
    due = services.copies.due(newest.id)
    assert [one.recipient.audience for one in due] == [
        Audience.MANAGER, Audience.POLICE, Audience.VISITORS,
    ]  # fmt: skip
    for one in due:
        assert services.copies.pdf(newest.id, one.recipient.id).startswith(b"%PDF")


def test_reports_and_steps_are_made_alike_every_time(made):
    again = demonstration.build()
    assert again.visits == made.visits
    assert [v.report and v.report.answers for v in again.visits] == [
        v.report and v.report.answers for v in made.visits
    ]
    assert again.steps == made.steps
    assert replace(again, visits=()) == replace(made, visits=())
