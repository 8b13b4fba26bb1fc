"""Documents on a period besides its report, of a few visits."""

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from tests.builders import ANNE, BEN, make_person, make_visit, sign
from tests.reporting import period_papers
from tests.reporting.meeting_papers import meeting
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_steps import RESPONSE, NewStep
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.volunteer_file import new_file
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.domain.year.evidence import courses_taken
from visitapp.reporting.annual.targets import target_cells, target_columns
from visitapp.reporting.blocks import Table
from visitapp.reporting.evidence import evidence_pack
from visitapp.services import Services

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


def words(services: Services, kind: DocumentKind, period: Period) -> str:
    return TaggedPdf(services.documents.pages(kind, period).content).outline()


def test_a_month_lists_what_was_raised_and_what_the_police_did(furnished: Services) -> None:
    old = Issue(uuid4(), "CELL", description="Hatch sticks")
    food = Issue(uuid4(), "FOOD", description="No halal meals in date")
    put_right = Issue(uuid4(), "WARM", resolved_during_visit=True, description="Thin blanket")
    alleged = Issue(uuid4(), "CONDUCT", severity=4, description="A shove in the van")
    good = Issue(uuid4(), "GOODCARE", description="Patient staff")
    sign(furnished, make_visit(date(2025, 2, 3), issues=(old,)))
    sign(furnished, make_visit(date(2025, 3, 5), issues=(food, put_right, alleged, good)))
    furnished.issues.record(food.id, 1, NewStep(RESPONSE, date(2025, 3, 9), "Stock is counted now"))
    page = words(furnished, DocumentKind.MONTHLY, MARCH)
    for said in (
        "Issues and police action: March 2025", "No halal meals in date", "Stock is counted now",
        "Put right during the visit", "Hatch sticks", "One allegation was passed on at once",
        "one example of good practice",
    ):  # fmt: skip
        assert said in page, said
    assert "shove" not in page
    assert "Hatch sticks" not in words(
        furnished, DocumentKind.MONTHLY, Period(date(2025, 1, 1), date(2025, 1, 31))
    )


def test_the_evidence_counts_training_and_meetings_and_names_nobody(furnished: Services) -> None:
    sign(furnished, make_visit())
    people = {person.id: person for person in furnished.people.people()}
    aid = Credential(CredentialKind.COURSE, "First aid", date(2024, 6, 3), date(2025, 2, 1))
    card = Credential(CredentialKind.CARD, "", date(2024, 6, 3), date(2026, 2, 1))
    for person_id, held in ((ANNE, (aid, card)), (BEN, (aid,))):
        file = new_file(person_id, people[person_id].name)
        furnished.people.save(people[person_id], replace(file, credentials=held))
    furnished.meetings.save(replace(meeting(), held_on=date(2024, 9, 12)))
    pack = furnished.documents.evidence(YEAR)
    assert pack.volunteers == 3
    ((course,), (held_card,)) = pack.courses, pack.held
    assert (course.title, course.taken, course.in_date) == ("Course: First aid", 2, 0)
    assert (held_card.title, held_card.in_date) == ("Identity card", 1)
    assert [item.held_on for item in pack.meetings] == [date(2024, 9, 12)]
    page = words(furnished, DocumentKind.EVIDENCE, YEAR)
    assert "Team meeting, 12 September 2024" in page
    assert not any(person.name in page for person in people.values())


def test_training_counts_people_until_the_day_and_names_no_days_of_a_few() -> None:
    day, taken = date(2025, 2, 1), date(2024, 6, 3)
    course = partial(Credential, CredentialKind.COURSE)
    held = (
        course("First aid", taken, date(2025, 1, 1)), course("First Aid", taken, date(2026, 1, 1)),
        course("Induction", taken), course("Later", date(2025, 3, 1)),
    )  # fmt: skip
    people = [make_person(id=uuid4()) for _ in range(5)]
    files = {
        person.id: replace(new_file(person.id, person.name), credentials=held[: 3 if at else 4])
        for at, person in enumerate(people)
    }
    many, induction = courses_taken(people, files, YEAR, day)
    assert (many.title, many.taken, many.in_date) == ("Course: First aid", 5, 5)
    assert (many.first_on, many.last_on, induction.taken) == (taken, taken, 5)
    few, _ = courses_taken(people[:4], files, YEAR, day)
    assert (few.taken, few.first_on, few.last_on) == (4, None, None)
    rows = courses_taken(people, files, Period(date(2025, 4, 1), date(2026, 3, 31)), day)
    assert {(row.title, row.taken, row.first_on) for row in rows} == {  # held since before
        ("Course: First Aid", 0, None), ("Course: Induction", 0, None),
    }  # fmt: skip


def test_each_scheme_has_its_own_issues_and_one_count_of_visits() -> None:
    pack = period_papers.evidence()
    second = replace(pack.summary, issues={}, others=())
    (kind, *_) = second.schemes
    figures = second.schemes[kind]
    other = replace(figures, scheme=replace(figures.scheme, id=uuid4(), name="Rutland visiting"))
    second = replace(second, schemes={kind: other})
    document = evidence_pack(replace(pack, summary=replace(pack.summary, others=(second,))))
    assert str(document).count("Issues not put right during the visit") == 1
    first, *_ = [
        block for section in document.sections for block in section.blocks
        if isinstance(block, Table) and "coverage by site" in block.caption
    ]  # fmt: skip
    assert first.columns[1:-1] == target_columns(figures)
    assert [row[1:-1] for row in first.rows] == [target_cells(figures, s) for s in figures.sites]


def test_indicators_of_a_year_that_goes_on_say_so(furnished: Services) -> None:
    running = Period(date(2025, 4, 1), date(2026, 3, 31))
    sign(furnished, make_visit(date(2025, 4, 2)))
    page = words(furnished, DocumentKind.INDICATORS, running)
    assert "The year has not ended. Figures are as at 10 April 2025." in page
    so_far = furnished.figures.summary(running).schemes[Kind.CUSTODY].judged().target.expected
    own = {item.scheme: item for item in furnished.indicators.own(running)}[Kind.CUSTODY]
    due = {item.name: item.number for item in own.indicators}["visits_due"]
    assert due == so_far < 5


def test_gaps_are_evidence_only_once_the_year_is_over(furnished: Services) -> None:
    sign(furnished, make_visit())
    assert "No visit:" in words(furnished, DocumentKind.EVIDENCE, YEAR)
    running = Period(date(2025, 4, 1), date(2025, 4, 9))
    page = words(furnished, DocumentKind.EVIDENCE, running)
    assert "None of 35 timeslots was visited so far." in page
    assert "by day and time of arrival" not in page


def test_indicators_are_a_workbook_too(furnished: Services, tmp_path: Path) -> None:
    sign(furnished, make_visit())
    out = tmp_path / "indicators.xlsx"
    furnished.documents.save(DocumentKind.INDICATORS, YEAR, out)
    sheets = openpyxl.load_workbook(out).worksheets
    rows = [
        tuple(map(str, row[:4])) for sheet in sheets for row in sheet.iter_rows(values_only=True)
    ]
    base = "Timeslots of the sites in use: 35"
    assert [row for row in rows if base in row] == [("Timeslots visited", "1", "0.03", base)]


@pytest.mark.parametrize("kind", [DocumentKind.MONTHLY, DocumentKind.EVIDENCE])
def test_days_to_come_have_no_document(furnished: Services, kind: DocumentKind) -> None:
    with pytest.raises(BadInputError, match="This period has not begun"):
        furnished.documents.pages(kind, Period(date(2025, 5, 1), date(2025, 5, 31)))
