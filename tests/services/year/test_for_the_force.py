"""Documents that the force gets too show no more than its copies of reports, and count as figures
do."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import update

from tests.builders import CUSTODY, SUITE, at, make_visit, sign
from tests.reporting.meeting_papers import meeting
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.following.issue_steps import RESPONSE, NewStep
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.period import Period
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.reporting.meeting_pack import meeting_paper
from visitapp.services import Services
from visitapp.services.year import meeting_packs
from visitapp.services.year.year_folder import write_year

MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))
MARCH_5 = date(2025, 3, 5)
NUMBER = "EK/123456/25"


def issue(words: str, **changed: object) -> Issue:
    return Issue(id=uuid4(), category="FOOD", severity=2, description=words, **changed)


def pages(services: Services) -> dict[str, str]:
    return {
        kind: TaggedPdf(services.documents.pages(kind, MARCH).content).outline()
        for kind in (DocumentKind.MONTHLY, DocumentKind.UPDATE)
    } | {"pack": str(meeting_paper(services.meetings.pack(MARCH)))}


@pytest.fixture
def confidential(furnished: Services) -> Services:
    own = Question("rota", "Enough staff?", "check", category="CONDUCT", manager_only=True)
    furnished.forms.add_question(CUSTODY, "staff", own)
    cold = issue("Meals were cold")
    told = issue("Told in confidence", question=Place.parse("answers:rota"))
    answers = {"overall": "SATISFACTORY", "rota": "CONCERN"}
    visit = make_visit(MARCH_5, admitted=at(MARCH_5, 14, 30), issues=(cold, told))
    visit = replace(
        visit, delay_reason="HANDOVER", delay_explanation="They were busy",
        report=Report(2, answers),
    )  # fmt: skip
    sign(furnished, visit)
    furnished.issues.record(cold.id, 1, NewStep(RESPONSE, date(2025, 3, 9), "A microwave came"))
    with furnished.access.database.transaction() as connection:  # from before there was a guard
        for table, column, words in (
            (t.issue, "description", "Meals were cold"),
            (rt.issue_step, "words", "A microwave came"),
            (t.visit, "delay_explanation", "They were busy"),
        ):
            change = update(table).where(table.c[column] == words)
            connection.execute(change.values({column: f"{words} for {NUMBER}"}))
    return furnished


def test_they_have_no_custody_number_and_nothing_for_the_manager_alone(
    confidential: Services,
) -> None:
    for kind, page in pages(confidential).items():
        assert "Meals were cold for" in page, kind
        assert "123456" not in page, kind
        assert "Told in confidence" not in page, kind
        assert ("They were busy for" if kind == "pack" else "A microwave came for") in page, kind


def test_training_visits_are_in_no_list_as_in_no_figure(furnished: Services) -> None:
    sign(furnished, make_visit(date(2025, 2, 3), type="TRAINING", issues=(issue("Hatch sticks"),)))
    shown = issue("Shown to a trainee")
    good = replace(issue("Patient staff"), category="GOODCARE")
    sign(furnished, make_visit(MARCH_5, type="TRAINING", issues=(shown, good)))
    for kind, page in pages(furnished).items():
        for words in ("trainee", "Hatch", "good practice"):
            assert words not in page, kind


def test_what_the_office_opened_is_listed_and_told_apart(furnished: Services) -> None:
    sign(furnished, make_visit(MARCH_5))
    opened = OfficeIssue(uuid4(), CUSTODY, SUITE, MARCH_5, "WARM", 2, "The heating failed")
    furnished.issues.open_without_visit(opened)
    for kind, page in pages(furnished).items():
        if kind != DocumentKind.UPDATE:
            assert "The heating failed (opened by the office)" in page, kind
    assert any(
        "The heating failed" in item.sentence for item in furnished.missing.missing(MARCH)
    ), "nobody answered it"


def test_open_issues_are_all_counted_and_the_first_ones_listed(
    furnished: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(meeting_packs, "_MOST_ISSUES", 2)
    alleged = [replace(issue(f"A shove {n}"), severity=4, category="CONDUCT") for n in range(2)]
    sign(furnished, make_visit(date(2025, 3, 3), issues=tuple(alleged)))
    waiting = tuple(issue(words) for words in ("No soap", "No towels", "No books"))
    sign(furnished, make_visit(MARCH_5, issues=waiting))
    pack = furnished.meetings.pack(MARCH)
    assert [line.title for line in pack.open_issues] == ["No soap", "No towels"]
    page = str(meeting_paper(pack))
    assert "Three issues were open" in page
    assert "1 other is not listed." in page


def test_papers_of_a_day_that_is_over_have_the_issues_that_were_open_on_it(
    furnished: Services,
) -> None:
    soap, towels = issue("No soap"), issue("No towels")
    sign(furnished, make_visit(MARCH_5, issues=(soap, towels)))
    sign(furnished, make_visit(date(2025, 4, 3), issues=(issue("No books"),)))
    furnished.issues.record(soap.id, 1, NewStep("CLOSED", date(2025, 4, 2), "It came"))
    furnished.issues.record(towels.id, 1, NewStep("CLOSED", MARCH.end, "They came"))
    pack = furnished.meetings.pack(MARCH)
    assert [(line.title, line.days) for line in pack.open_issues] == [("No soap", 26)]
    page = str(meeting_paper(pack))
    assert "One issue was open" in page
    assert "Open on 31 March 2025, oldest first" in page
    april = furnished.meetings.pack(Period(date(2025, 4, 1), date(2025, 4, 30)))
    assert [line.title for line in april.open_issues] == ["No books"]
    assert "One issue is open" in str(meeting_paper(april))


def test_the_folder_has_the_last_meeting_held_and_is_written_from_a_copy_to_read(
    furnished: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sign(furnished, make_visit(MARCH_5))
    held = replace(meeting(), id=uuid4(), held_on=date(2025, 4, 3))
    for item in (held, replace(held, id=uuid4(), held_on=date(2025, 4, 25))):
        furnished.meetings.save(item)
    monkeypatch.setattr(furnished.reports, "save_annual", lambda *_: None)
    april = Period(date(2025, 4, 1), date(2025, 4, 30))
    names = {path.name for path in write_year(furnished, april, tmp_path / "office")}
    assert {name for name in names if name.startswith("meeting")} == {"meeting-2025-04-03.pdf"}
    reader = Actor("A reader", Role.READER)
    monkeypatch.setattr(type(furnished.access), "actor", property(lambda _: reader))
    names = {path.name for path in write_year(furnished, april, tmp_path / "copy")}
    assert "figures.json" in names
    assert not any(name.startswith("meeting") for name in names)
