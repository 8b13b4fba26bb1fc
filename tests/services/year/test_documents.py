"""Documents on a period besides its report, of a few visits."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest

from tests.builders import ANNE, BEN, make_visit, sign
from tests.reporting.meeting_papers import meeting
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_steps import RESPONSE, NewStep
from visitapp.domain.office.credential import Credential, CredentialKind
from visitapp.domain.office.volunteer_file import new_file
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.services import Services

YEAR = Period(date(2024, 4, 1), date(2025, 3, 31))
MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


def words(services: Services, kind: DocumentKind, period: Period) -> str:
    return TaggedPdf(services.documents.pages(kind, period)).outline()


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


def test_gaps_are_evidence_only_once_the_year_is_over(furnished: Services) -> None:
    sign(furnished, make_visit())
    assert "No visit:" in words(furnished, DocumentKind.EVIDENCE, YEAR)
    running = Period(date(2025, 4, 1), date(2025, 4, 9))
    page = words(furnished, DocumentKind.EVIDENCE, running)
    assert "timeslots were visited so far." in page
    assert "by day and time of arrival" not in page


def test_indicators_are_a_workbook_too(furnished: Services, tmp_path: Path) -> None:
    sign(furnished, make_visit())
    out = tmp_path / "indicators.xlsx"
    furnished.documents.save(DocumentKind.INDICATORS, YEAR, out)
    sheets = openpyxl.load_workbook(out).worksheets
    rows = [
        tuple(map(str, row[:4])) for sheet in sheets for row in sheet.iter_rows(values_only=True)
    ]
    base = "timeslots of the sites in use: 35"
    assert [row for row in rows if base in row] == [("Timeslots visited", "1", "0.03", base)]


@pytest.mark.parametrize("kind", [DocumentKind.MONTHLY, DocumentKind.EVIDENCE])
def test_days_to_come_have_no_document(furnished: Services, kind: DocumentKind) -> None:
    with pytest.raises(BadInputError, match="This period has not begun"):
        furnished.documents.pages(kind, Period(date(2025, 5, 1), date(2025, 5, 31)))
