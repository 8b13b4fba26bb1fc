"""Figures read back out of several documents of one month: they are the same to the digit."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import openpyxl

from tests.builders import make_visit, sign
from visitapp.domain.office.scheme import Kind
from visitapp.domain.period import Period
from visitapp.domain.report.issue import Issue
from visitapp.domain.year.document_kind import DocumentKind
from visitapp.services import Services

MARCH = Period(date(2025, 3, 1), date(2025, 3, 31))


def rows_of(services: Services, kind: DocumentKind, folder: Path) -> Iterator[tuple[str, ...]]:
    """The rows of a document's tables, read out of its workbook."""
    out = folder / f"{kind}.xlsx"
    services.documents.save(kind, MARCH, out)
    for sheet in openpyxl.load_workbook(out).worksheets:
        for row in sheet.iter_rows(values_only=True):
            yield tuple("" if cell is None else str(cell) for cell in row)


def test_documents_of_a_month_agree(furnished: Services, tmp_path: Path) -> None:
    for day in (3, 11, 19):
        issue = Issue(uuid4(), "FOOD", description=f"No meals on day {day}")
        sign(furnished, make_visit(date(2025, 3, day), issues=(issue,)))
    figures = furnished.figures.summary(MARCH).schemes[Kind.CUSTODY].judged()
    listed = list(rows_of(furnished, DocumentKind.INDICATORS, tmp_path))
    indicators = {row[0]: row[1] for row in reversed(listed)}  # custody, which comes first
    assert (indicators["Visits made"], figures.visits) == ("3", 3)
    assert indicators["Visits due"] == str(figures.target.expected)
    assert indicators["Agreed to talk"] == str(figures.people.seen) == "9"
    assert indicators["Detainees in the cells"] == str(figures.people.present) == "18"
    assert indicators["Issues raised"] == str(figures.issues.total) == "3"
    for kind in (DocumentKind.UPDATE, DocumentKind.EVIDENCE):
        (site,) = [row for row in rows_of(furnished, kind, tmp_path) if row[0] == "Northgate"]
        assert site[1:3] == (indicators["Visits due"], "3"), kind
    raised = [row[0] for row in rows_of(furnished, DocumentKind.MONTHLY, tmp_path)]
    assert sum(words.startswith("No meals on day") for words in raised) == figures.issues.total
