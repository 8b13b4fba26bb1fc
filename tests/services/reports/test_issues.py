"""Issues followed over a real file: listed, gone on step by step, never changed unseen."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, update

from tests.builders import (
    ANIMALS,
    CUSTODY,
    KENNELS,
    SUITE,
    confirmed,
    make_kennel_visit,
    make_visit,
    sign,
)
from visitapp.bootstrap import OpenedFile
from visitapp.domain.changes import Changes
from visitapp.domain.draft import report_form
from visitapp.domain.errors import BadInputError, ConflictError, NotAllowedError
from visitapp.domain.following.issue_list import IssueFile
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import CLOSED, REFERRED, RESPONSE, VERIFIED, NewStep
from visitapp.domain.office.scheme import Actor, Kind, Role
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.visit import Visit
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.services import Services
from visitapp.services.reports.issues import IssueService

TODAY = date(2025, 4, 10)


def issue(category: str = "FOOD", severity: int = 2, **changed) -> Issue:
    return Issue(**{"id": uuid4(), "category": category, "severity": severity} | changed)


@pytest.fixture
def raised(furnished: Services) -> dict[str, Visit]:
    """Four visits with concerns and a good finding."""
    made = {
        "food": make_visit(
            date(2025, 3, 12), issues=(issue(description="No halal meals in date; crisps only."),)
        ),
        "bell": make_visit(
            date(2025, 4, 1),
            issues=(
                issue("EQUIP", 3, description="Call bell faint", place="Cell M6"),
                issue("GOODSTAFF", 1, status="NFA", description="A kind word"),
            ),
        ),
        "dogs": make_kennel_visit(date(2025, 4, 3), issues=(issue("VEHICLE", 1),)),
        "paper": make_visit(
            date(2025, 4, 8),
            issues=(issue("CELL", 1, status="RESOLVED", resolved_during_visit=True),),
        ),
    }
    return {name: sign(furnished, visit) for name, visit in made.items()}


def listed(services: Services, **wanted) -> list[str]:
    return [line.category for line in services.issues.page(IssueQuery(**wanted)).lines]


def the(services: Services, visit: Visit, at: int = 0) -> IssueFile:
    return services.issues.get(services.visits.get(visit.id).issues[at].id)


def record(services: Services, file: IssueFile, *steps: NewStep) -> IssueFile:
    issue_id = file.line.issue.id
    changes = services.issues.record(issue_id, file.line.issue.version, *steps)
    assert changes == Changes.ISSUES | Changes.VISITS
    return services.issues.get(issue_id)


def test_open_concerns_stand_oldest_first_with_their_days(furnished, raised):
    page = furnished.issues.page(IssueQuery())
    assert [(n.category, n.site_name, n.days_text) for n in page.lines] == [
        ("Food and drink", "Northgate", "29 days, 15 over"),
        ("CCTV, call bell and equipment", "Northgate", "9 days, 5 left"),
        ("Vehicle", "Hillside kennels", "7 days, 7 left"),
    ]
    assert page.lines[0].title == "No halal meals in date"
    assert page.numbers == {
        IssueStanding.OPEN: 3,
        IssueStanding.CLOSED: 1,
        IssueStanding.ALL: 4,
        IssueStanding.POSITIVE: 1,
    }
    assert (page.total, page.overdue) == (3, 1)


def test_good_findings_stand_apart(furnished, raised):
    assert listed(furnished, standing=IssueStanding.POSITIVE) == ["Good staff practice"]
    assert "Good staff practice" not in listed(furnished, standing=IssueStanding.ALL)


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"site_ids": (KENNELS,)}, ["Vehicle"]),
        ({"scheme_id": CUSTODY}, ["Food and drink", "CCTV, call bell and equipment"]),
        ({"scheme_id": ANIMALS}, ["Vehicle"]),
        ({"categories": ("EQUIP", "CELL")}, ["CCTV, call bell and equipment"]),
        ({"severity": 2}, ["Food and drink", "CCTV, call bell and equipment"]),
        ({"text": "halal CRISPS"}, ["Food and drink"]),
        ({"text": "m6"}, ["CCTV, call bell and equipment"]),
        ({"text": "hillside"}, ["Vehicle"]),
        ({"text": "food and"}, ["Food and drink"]),
        ({"text": "100%_"}, []),
        ({"limit": 1, "offset": 1}, ["CCTV, call bell and equipment"]),
        ({"standing": IssueStanding.CLOSED}, ["Cell and its contents"]),
    ],
)
def test_issues_are_found_by_filters(furnished, raised, wanted, found):
    assert listed(furnished, **wanted) == found


def test_the_limit_is_the_schemes_own(furnished, raised):
    custody = furnished.setup.scheme(Kind.CUSTODY)
    furnished.setup.save_scheme(replace(custody, issue_days=30))
    page = furnished.issues.page(IssueQuery())
    assert page.overdue == 0
    assert page.lines[0].days_text == "29 days, 1 left"


def test_an_issue_goes_on_step_by_step_and_the_figures_follow(furnished, raised):
    year = APRIL_YEARS.year_of(TODAY)
    food = the(furnished, raised["bell"])
    assert food.raised_by == ("Anne Example", "Ben Sample")
    before = furnished.figures.summary(year).schemes[Kind.CUSTODY].issues
    food = record(furnished, food, NewStep(REFERRED, date(2025, 4, 2), "", "Custody inspector"))
    food = record(furnished, food, NewStep(RESPONSE, date(2025, 4, 9), " A new bell. "))
    assert (food.line.status, food.line.is_open) == ("Response in", True)
    food = record(furnished, food, NewStep(VERIFIED, date(2025, 4, 10)))
    assert (food.line.is_open, food.line.issue.closed_on) == (False, TODAY)
    food = record(furnished, food, NewStep(CLOSED, date(2025, 4, 10)))
    assert [step.status for step in food.steps] == [REFERRED, RESPONSE, VERIFIED, CLOSED]
    assert food.steps[1].words == "A new bell."
    assert food.steps[0].entered_by == "Mary Manager"
    after = furnished.figures.summary(year).schemes[Kind.CUSTODY].issues
    assert (before.open, after.open) == (1, 0)
    assert furnished.home.overview().issues.number == 2
    assert [line.title for line in furnished.issues.recently_closed(IssueQuery()).lines] == [
        "Call bell faint",
        "Cell and its contents",
    ]
    assert [(o.raised, o.done) for o in furnished.issues.outcomes(IssueQuery())] == [
        ("Call bell faint", "A new bell."),
        ("Cell and its contents", "This was put right during the visit."),
    ]
    assert furnished.maintenance.check() == []


def test_a_response_and_its_outcome_are_recorded_as_one(furnished, raised):
    food = the(furnished, raised["food"])
    food = record(furnished, food, NewStep(RESPONSE, TODAY, "Ordered."), NewStep(CLOSED, TODAY))
    assert (food.line.status, len(food.steps)) == ("Closed", 2)
    food = record(furnished, food, NewStep(REFERRED, TODAY, "Out of date again."))
    assert (food.line.is_open, food.line.issue.closed_on) == (True, None)
    with pytest.raises(BadInputError, match="Write what the force said"):
        record(furnished, food, NewStep(RESPONSE, TODAY), NewStep(CLOSED, TODAY))
    assert len(the(furnished, raised["food"]).steps) == 3
    assert furnished.maintenance.check() == []


def test_what_can_not_be_recorded_is_said(furnished, raised):
    food = the(furnished, raised["food"])
    for step, said in (
        (NewStep(CLOSED, TODAY), "Record the force’s response"),
        (NewStep(REFERRED, date(2025, 3, 11)), "earlier than the day the issue was raised"),
        (NewStep(RESPONSE, TODAY, "Yes", "x" * 201), "a job title, not a name"),
    ):
        with pytest.raises(BadInputError, match=said):
            record(furnished, food, step)
    record(furnished, food, NewStep(REFERRED, TODAY))
    with pytest.raises(ConflictError, match="Look at it again first"):
        record(furnished, food, NewStep(REFERRED, TODAY))
    visitor = replace(furnished.access, actor=Actor("Anne", Role.VISITOR))
    with pytest.raises(NotAllowedError):
        IssueService(visitor).record(food.line.issue.id, 2, NewStep(REFERRED, TODAY))
    furnished.visits.withdraw(raised["food"].id, "The wrong suite")
    with pytest.raises(BadInputError, match="withdrawn or amended"):
        furnished.issues.get(food.line.issue.id)
    assert "Food and drink" not in listed(furnished)
    assert furnished.maintenance.check() == []


def amended(services: Services, visit: Visit, **changed) -> Visit:
    draft, _ = services.drafts.replace(visit.id, "A slip")
    read = report_form.read(draft.report, visit_id=draft.id, scheme_id=draft.scheme_id).visit
    return services.visits.sign(confirmed(services, replace(read, **changed)), draft)[0]


def test_the_steps_of_an_issue_go_on_with_an_amended_report(furnished, raised):
    food = the(furnished, raised["food"])
    draft, _ = furnished.drafts.replace(raised["food"].id, "A slip")
    record(furnished, food, NewStep(RESPONSE, TODAY, "Ordered."), NewStep(CLOSED, TODAY))
    read = report_form.read(draft.report, visit_id=draft.id, scheme_id=CUSTODY).visit
    more = (*read.issues, issue("WARM", description="No blanket"))
    again, _ = furnished.visits.sign(
        confirmed(furnished, replace(read, summary="Put right", issues=more)), draft
    )
    assert again.issues[0].id != food.line.issue.id
    kept = the(furnished, again)
    assert [step.status for step in kept.steps] == [RESPONSE, CLOSED]
    assert (kept.line.status, kept.line.issue.closed_on) == ("Closed", TODAY)
    assert kept.line.issue == again.issues[0]
    assert the(furnished, again, 1).steps == ()
    third = amended(furnished, again)
    assert len(the(furnished, third).steps) == 2
    assert listed(furnished).count("Blankets, bedding and warmth") == 1
    assert furnished.maintenance.check() == []


def change(opened: OpenedFile, statement) -> list[str]:
    with opened.database.transaction() as connection:
        connection.execute(statement)
    return opened.services.maintenance.check()


@pytest.mark.parametrize("of_step", [False, True])
@pytest.mark.parametrize("values", [{"status": "CLOSED"}, {"closed_on": date(2025, 1, 1)}], ids=str)
def test_a_state_changed_by_another_program_is_named(opened, furnished, raised, values, of_step):
    food = the(furnished, raised["food"])
    if of_step:
        food = record(furnished, food, NewStep(REFERRED, TODAY))
    statement = update(t.issue).where(t.issue.c.id == food.line.issue.id).values(**values)
    assert change(opened, statement) == [
        f"Visit {food.line.ref}, issue 1: what happened to it was changed by another program."
    ]


@pytest.mark.parametrize(
    "statement",
    [
        lambda one: update(rt.issue_step).where(one).values(words="Nothing was wrong."),
        lambda one: update(rt.issue_step).where(one).values(on_day=date(2025, 1, 1)),
        delete(rt.issue_step).where,
    ],
)
def test_a_step_changed_or_taken_out_by_another_program_is_named(
    opened, furnished, raised, statement
):
    food = record(furnished, the(furnished, raised["food"]), NewStep(RESPONSE, TODAY, "Ordered."))
    said = change(opened, statement(rt.issue_step.c.issue_id == food.line.issue.id))
    assert said == [
        f"Visit {food.line.ref}, issue 1: what happened to it was changed by another program."
    ]


def test_an_issue_that_is_not_there_is_said(furnished):
    with pytest.raises(BadInputError, match="no longer here"):
        furnished.issues.get(UUID(int=5))
    assert furnished.issues.page(IssueQuery()).lines == ()
    assert furnished.issues.page(IssueQuery(site_ids=(SUITE,))).numbers[IssueStanding.ALL] == 0


def test_words_kept_in_a_response_come_back_with_the_reason(furnished, raised):
    food = the(furnished, raised["food"])
    kept = KeptWords(
        Place("response"),
        "PC 4417",
        "name",
        "The force asked",
        "Mary",
        datetime(2025, 4, 9, tzinfo=UTC),
    )
    step = NewStep(RESPONSE, TODAY, "PC 4417 ordered it.", kept=(kept,))
    food = record(furnished, food, step)
    assert food.steps[0].kept == (kept,)
    assert furnished.maintenance.check() == []


def test_an_allegation_is_due_at_once_wherever_its_days_are_told(furnished):
    grave = Issue(id=uuid4(), category="FOOD", severity=4, description="Said he was pushed")
    visit = make_visit(TODAY - timedelta(days=2), issues=(grave,))
    sign(furnished, visit)
    line = the(furnished, visit).line
    assert (line.days_text, line.limit, line.is_overdue) == ("2 days, due at once", 0, True)
    assert furnished.issues.page(IssueQuery()).overdue == 1
    assert furnished.home.overdue_issues() == 1
    assert furnished.home.overview().issues.overdue == 1
    today = make_visit(TODAY, issues=(replace(grave, id=uuid4()),))
    sign(furnished, today)
    assert the(furnished, today).line.days_text == "0 days, due at once"
    assert furnished.home.overdue_issues() == 1
