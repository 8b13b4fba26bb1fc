"""Coverage as XLSX, opened again by another program's code."""

from dataclasses import replace
from io import BytesIO

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook import Workbook

from tests.reporting import published_year as years
from visitapp.domain.year.heatmap import LIGHT_HEAT, HeatmapReading
from visitapp.reporting.coverage_picture import CoverageSheet
from visitapp.reporting.spreadsheet import coverage_xlsx, sheet_names

EUSTON, KEYHAM = years.custody().coverage[:2]
DOGS = years.kennels().coverage[0]
NOTE = "Made up to match published totals."


def sheet(
    *sites, reading: HeatmapReading = HeatmapReading.NEED, closed: bool = True
) -> CoverageSheet:
    return CoverageSheet(sites or (EUSTON, KEYHAM, DOGS), years.YEAR, reading, closed, NOTE)


def book(shown: CoverageSheet, *, values: bool = True) -> Workbook:
    return openpyxl.load_workbook(BytesIO(coverage_xlsx(shown)), data_only=values)


def test_each_site_has_a_sheet_with_its_numbers_and_totals() -> None:
    found = book(sheet())
    assert found.sheetnames == [
        "About", "Euston Street", "Keyham Lane", "Leicestershire Police Dog Unit",
    ]  # fmt: skip
    for site in (EUSTON, KEYHAM, DOGS):
        page = found[site.site_name]
        rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
        assert rows[0] == ["Day", *(band.label for band in site.grid.bands), "Total"]
        body = zip(site.grid.days, site.counts, site.row_totals, strict=True)
        expected = [[day.label, *counts, total] for day, counts, total in body]
        assert rows[1 : len(expected) + 1] == expected
        assert rows[len(expected) + 1] == ["Total", *site.column_totals, site.total]
        assert page["A1"].value == site.site_name


def test_totals_are_formulas_over_the_cells_they_sum() -> None:
    page = book(sheet(), values=False)["Keyham Lane"]
    assert page["G5"].value == "=SUM(B5:F5)"
    assert page["B12"].value == "=SUM(B5:B11)"
    assert page["G12"].value == "=SUM(B5:F11)"


def test_the_first_sheet_says_period_reading_and_what_fell_outside() -> None:
    shown = sheet(EUSTON, replace(KEYHAM, outside=3))
    page = book(shown)["About"]
    facts = {row[0].value: row[1].value for row in page.iter_rows(min_row=3, max_row=6)}
    assert facts["First day"] == "1 April 2023"
    assert facts["Last day"] == "31 March 2024"
    assert facts["Shown"] == "By need"
    assert facts["Meaning"].startswith("Green: no visit in the period")
    rows = [[cell.value for cell in row][:6] for row in page.iter_rows(min_row=9, max_row=11)]
    assert rows[0] == ["Euston Street", 51, 0, 51, 35, 33]
    assert rows[1] == ["Keyham Lane", 50, 3, 53, 35, 31]
    assert rows[2] == ["All sites", 101, 3, 104, 70, 64]
    assert page["A13"].value == NOTE
    assert book(shown)["Keyham Lane"]["A14"].value == "Not in any timeslot: 3 visits"


def test_colours_follow_the_reading() -> None:
    need = book(sheet())["Keyham Lane"]
    assert need["B5"].fill.fgColor.rgb == f"FF{LIGHT_HEAT.go[1:]}"
    assert need["C5"].fill.fgColor.rgb != need["B5"].fill.fgColor.rgb
    count = book(sheet(reading=HeatmapReading.COUNT))["Keyham Lane"]
    shades = {count.cell(5, column).fill.fgColor.rgb for column in (2, 3, 4)}
    assert len(shades) == 3


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    shown = sheet(replace(EUSTON, site_name="=1+1"))
    assert book(shown, values=False)["=1+1"]["A1"].value == "=1+1"
    assert book(shown, values=False)["=1+1"]["A1"].data_type == "s"


def test_the_same_coverage_gives_the_same_bytes() -> None:
    assert coverage_xlsx(sheet()) == coverage_xlsx(sheet())


@pytest.mark.parametrize("shown", [sheet(replace(EUSTON, counts=years.NOTHING)), sheet(DOGS)])
def test_an_empty_grid_and_one_site_can_be_opened(shown: CoverageSheet) -> None:
    assert len(book(shown).sheetnames) == 2


_name = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=45)


@given(st.lists(_name, max_size=6))
def test_names_of_sheets_are_short_and_all_different(names: list[str]) -> None:
    found = sheet_names(names)
    assert len({name.casefold() for name in found}) == len(names)
    for name in found:
        assert 0 < len(name) <= 31
        assert not set("[]:*?/\\") & set(name)
        assert not name.startswith("'")
        assert not name.endswith("'")
        assert name.casefold() not in ("about", "history")
