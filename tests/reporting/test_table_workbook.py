"""The tables of a report as a spreadsheet: every cell as printed, and numbers as numbers."""

from datetime import date
from decimal import Decimal
from functools import cache
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from tests.reporting import documents
from visitapp.reporting.blocks import Column, Document, Section, Strip, Table
from visitapp.reporting.table_workbook import printed_number, tables_xlsx

NAMES = ("published", "empty")


@cache
def book(name: str) -> Any:
    return openpyxl.load_workbook(BytesIO(tables_xlsx(documents.document(name))))


def _of(*blocks: Any) -> Document:
    section = Section("s", "Section", blocks)
    return Document("Report", date(2025, 4, 1), "Office", "", "", (section,))


def _as_printed(cell: Any) -> str:
    """What a spreadsheet program shows for the formats that are written."""
    if not isinstance(cell.value, int | float):
        return cell.value or ""
    form, value = cell.number_format, Decimal(str(cell.value))
    share, places = "%" * ("%" in form), form.rstrip("%").partition(".")[2].count("0")
    digits = f"{abs(value) * (100 if share else 1):,.{places}f}"
    sign = "\u2212" if value < 0 else ""
    return f"{sign}{form.partition('#')[0]}{digits}{share}"


@pytest.mark.parametrize("name", NAMES)
def test_every_table_is_a_sheet_with_each_cell_as_it_is_printed(name: str) -> None:
    tables = list(documents.document(name).tables())
    sheets = book(name).worksheets[1:]
    assert len(sheets) == len(tables) > 0
    for sheet, table in zip(sheets, tables, strict=True):
        title, _, heads, *rows = [[_as_printed(cell) for cell in row] for row in sheet.iter_rows()]
        assert title[0] == f"Table {table.number}: {table.caption}"
        assert heads == [column.head for column in table.columns]
        expected = [*table.rows, *((table.total,) if table.total else ())]
        assert [tuple(row) for row in rows] == [tuple(row) for row in expected]


def test_numbers_and_shares_can_be_calculated_with() -> None:
    columns = (Column("Suite", "left"), Column("Visits"), Column("Share"), Column("Weeks"))
    table = Table(3, "Visits [all]", columns, (("2023", "1,096", "97.1%", "50 of 52"),), ("All",))
    [row] = list(openpyxl.load_workbook(BytesIO(tables_xlsx(_of(table))))["3 Visits all"].iter_rows(
        min_row=4, max_row=4, values_only=True
    ))  # fmt: skip
    assert row == ("2023", 1096, 0.971, "50 of 52")


def test_the_first_sheet_lists_the_tables_and_says_that_figures_are_made_up() -> None:
    about = book("published")["About"]
    cells = [cell.value for row in about.iter_rows() for cell in row if cell.value is not None]
    tables = list(documents.document("published").tables())
    assert [table.caption for table in tables] == cells[-2 * len(tables) + 1 :: 2]
    blocks = documents.document("published").blocks()
    warnings = {block.text for block in blocks if isinstance(block, Strip)}
    assert warnings
    assert warnings <= set(cells)


def test_a_cell_is_never_a_formula_and_the_same_report_gives_the_same_bytes() -> None:
    hostile = Table(1, "=1+1", (Column("=2", "left"), Column("=3")), (("=4", "=5"),))
    first = tables_xlsx(_of(hostile))
    sheets = openpyxl.load_workbook(BytesIO(first)).worksheets
    assert all(c.data_type != "f" for sheet in sheets for row in sheet.iter_rows() for c in row)
    assert first == tables_xlsx(_of(hostile))


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("1,096", (Decimal(1096), "#,##0")),
        ("97.1%", (Decimal("0.971"), "#,##0.0%")),
        ("£8,119.32", (Decimal("8119.32"), "£#,##0.00")),
        ("\u22122", (Decimal(-2), "#,##0")),
        ("50 of 52", None),
        ("2023/24", None),
        ("", None),
    ],
)
def test_a_number_is_known_by_how_it_is_printed(words: str, number: Any) -> None:
    assert printed_number(words) == number
