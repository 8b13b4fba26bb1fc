"""A copy of a report is read at a glance: one page where it fits, and a "no" is seen."""

from dataclasses import replace
from io import BytesIO

from tests.reporting.sheets import CUSTODY_NUMBERS, copy_of, full_custody
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.copies import Audience
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.reporting.blocks import Document
from visitapp.reporting.pdf.render import render_pdf
from visitapp.reporting.visit_report import visit_report

USUAL = {"told_rights": "YES", "food": "YES", "drink": "YES", "complaint": "NO"}


def report_of(rows: int) -> Document:
    """Everybody was offered a drink but the first."""
    answers = [USUAL | ({} if at else {"drink": "NO"}) for at in range(rows)]
    visit = replace(
        full_custody(0),
        counts=tuple(
            OutcomeCount("SEEN", 1, row=ReportRow(f"M{at}", number, answers=answered))
            for at, (number, answered) in enumerate(zip(CUSTODY_NUMBERS, answers, strict=False))
        ),
        present=rows,
        report=Report(1, {"cells_clean": "SATISFACTORY", "overall": "SATISFACTORY"}),
    )
    return visit_report(copy_of(visit, Kind.CUSTODY, Audience.MANAGER))


def test_a_short_report_fits_one_page_and_begins_with_what_was_raised() -> None:
    document = report_of(1)
    assert render_pdf(document, BytesIO()) == 1
    assert [section.key for section in document.sections][:3] == ["facts", "issues", "people"]


def test_a_no_stands_out_in_a_few_rows() -> None:
    (table,) = (t for t in report_of(1).tables() if t.caption == "Each detainee")
    at = [column.head for column in table.columns].index("To look at")
    assert table.rows[0][at] == "No: drink offered."
    assert table.strong == {(0, at)}
    others = table.rows[0][at + 1]
    assert "Yes: food offered." in others
    assert "drink offered" not in others
    assert "No: complaint or allegation of ill-treatment." in others  # as it should be


def test_answers_of_several_are_beside_one_another_and_a_no_stands_out() -> None:
    tables = [t for t in report_of(9).tables() if t.columns[0].head == "Question"]
    assert sum(len(t.columns) - 1 for t in tables) == 9
    strong = [(t.rows[row][0], t.rows[row][at]) for t in tables for row, at in t.strong]
    assert strong == [("Drink offered", "No")]
    asked = {row[0]: row[1:] for row in tables[0].rows}
    assert asked["Food offered"][:2] == ("Yes", "Yes")
    assert asked["Complaint or allegation of ill-treatment"][0] == "No"
