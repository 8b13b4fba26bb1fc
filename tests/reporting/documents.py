"""The documents that every check is made on, each written once for all tests."""

from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.reporting import published_year as years
from tests.reporting.sheets import SHEETS
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp import bootstrap, demonstration
from visitapp.domain.records.anchor import Anchor
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.summary import AnnualSummary
from visitapp.reporting.annual import annual_report
from visitapp.reporting.blocks import Document
from visitapp.reporting.pdf.render import render_pdf

MADE = {
    "published": years.published_year,
    "empty": years.empty_year,
    "awkward": years.awkward_year,
}
FROM_RECORDS = {"demonstration 2023/24": 2023, "demonstration 2024/25": 2024, "this year": 2025}
"""Counted from the demonstration's visits; the first year is the published one."""
NAMES = (*MADE, *FROM_RECORDS)


@cache
def summary(name: str) -> AnnualSummary:
    return MADE[name]() if name in MADE else _counted()[name]


@cache
def _counted() -> dict[str, AnnualSummary]:
    key = bytes(range(32))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "demonstration.visits"
        bootstrap.new_records(path, key, demonstration.fill)
        with bootstrap.open_with_key(path, key) as opened:
            return {
                name: opened.services.figures.summary(APRIL_YEARS.year_of(date(year, 4, 1)))
                for name, year in FROM_RECORDS.items()
            }


@cache
def document(name: str) -> Document:
    if name in SHEETS:
        return SHEETS[name]()
    figures = summary(name)
    anchor = Anchor(1234, "7f3a92c10b4d")
    return annual_report(figures, min(figures.period.end, date(2025, 4, 10)), anchor)


@cache
def pdf(name: str) -> bytes:
    content = BytesIO()
    render_pdf(document(name), content)
    return content.getvalue()


@cache
def tagged(name: str) -> TaggedPdf:
    return TaggedPdf(pdf(name))
