"""A report on more suites than a page has room for."""

from dataclasses import replace
from uuid import UUID

from tests.reporting.published_year import custody, published_year
from visitapp.domain.office.scheme import Kind
from visitapp.reporting.annual import annual_report
from visitapp.reporting.blocks import ChartBlock, Document, Table
from visitapp.reporting.charts import MOST_BARS, BarsAgainstDue


def with_suites(number: int) -> Document:
    """The published year's report as if there were so many suites."""
    suites = custody()
    first = suites.sites[0]
    sites = tuple(
        replace(first, site_id=UUID(int=at), name=f"Suite {at}") for at in range(1, number + 1)
    )
    by_site = {site.site_id: suites.by_site[first.site_id] for site in sites}
    year = published_year()
    of_custody = replace(suites, sites=sites, by_site=by_site)
    return annual_report(replace(year, schemes={**year.schemes, Kind.CUSTODY: of_custody}))


def charts_of_sites(document: Document) -> int:
    blocks = [block for section in document.sections for block in section.blocks]
    charts = [block.chart for block in blocks if isinstance(block, ChartBlock)]
    return sum(isinstance(chart, BarsAgainstDue) for chart in charts)


def test_more_suites_than_bars_fit_on_a_page_are_in_the_table_alone() -> None:
    assert charts_of_sites(with_suites(MOST_BARS)) == 1
    many = with_suites(MOST_BARS + 1)
    assert charts_of_sites(many) == 0
    tables = [b for section in many.sections for b in section.blocks if isinstance(b, Table)]
    assert any(f"Suite {MOST_BARS + 1}" in row for table in tables for row in table.rows)
