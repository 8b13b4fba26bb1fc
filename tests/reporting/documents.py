"""The documents that every check is made on, each written once for all tests."""

from functools import cache
from io import BytesIO

from tests.reporting import published_year as years
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.summary import AnnualSummary
from visitapp.reporting.annual import annual_report, write_annual_pdf
from visitapp.reporting.blocks import Document

SUMMARIES = {
    "published": years.published_year,
    "empty": years.empty_year,
    "awkward": years.awkward_year,
}
NAMES = tuple(SUMMARIES)


@cache
def summary(name: str) -> AnnualSummary:
    return SUMMARIES[name]()


@cache
def document(name: str) -> Document:
    return annual_report(summary(name))


@cache
def pdf(name: str) -> bytes:
    made = BytesIO()
    write_annual_pdf(document(name), made)
    return made.getvalue()


@cache
def tagged(name: str) -> TaggedPdf:
    return TaggedPdf(pdf(name))
