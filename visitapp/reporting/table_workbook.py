"""All tables of a document as one spreadsheet: a sheet that lists them, then one for each table.

Cells have what is printed. Where that is a number or a share, the cell is one too, so that others
can calculate with it.
"""

import re
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from textwrap import wrap
from typing import Any

from visitapp.domain.text.shown import shown
from visitapp.reporting.blocks import Document, Strip, Table
from visitapp.reporting.spreadsheet import sheet_names
from visitapp.reporting.style import INK, INK2, STRIP_TEXT

_FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK, "valign": "top"}
_NUMBER = re.compile(
    r"(?P<sign>[-\u2212]?)(?P<pounds>\u00a3?)(?P<digits>\d[\d,]*(?:\.(?P<decimals>\d+))?)(?P<share>%?)"
)
_LONGEST = 32_767
"""The most characters in a cell of a workbook."""
_FIRST_WIDTH, _TEXT_WIDTH, _NUMBER_WIDTH = 44, 30, 14
_HEAD_ROW = 2
_A4 = 9
_LINE, _MOST_LINES = 15, 27
"""Points of a line of text; no row can be higher than 409."""


def tables_xlsx(document: Document) -> bytes:
    """The spreadsheet; the same document always gives the same bytes."""
    from xlsxwriter import Workbook

    file = BytesIO()
    tables = tuple(document.tables())
    names = sheet_names(f"{table.number} {table.caption}" for table in tables)
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = datetime.combine(document.as_at, time())
        book.set_properties({"title": document.title, "author": document.office, "created": day})
        looks = _TableLooks(book)
        _about(book.add_worksheet("About"), document, tables, names, looks)
        for table, name in zip(tables, names, strict=True):
            _sheet(book.add_worksheet(name), table, looks)
    return file.getvalue()


class _TableLooks:
    """The formats of one workbook; those of numbers are made when they are needed."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._numbers: dict[tuple[str, bool], Any] = {}
        self.title = self._look(bold=True, font_size=16)
        self.quiet = self._look(font_color=INK2)
        self.note = self._look(bold=True, font_color=STRIP_TEXT)
        self.link = self._look(underline=1, font_color="#1F5C99")
        self.heads = {
            align: self._look(bold=True, align=align, text_wrap=True, bottom=1)
            for align in ("left", "right", "center")
        }
        self.texts = {
            (align, bold): self._look(align=align, text_wrap=True, bold=bold, top=int(bold))
            for align in ("left", "right", "center")
            for bold in (False, True)
        }

    def _look(self, **more: Any) -> Any:
        return self._book.add_format({**_FONT, **more})

    def number(self, form: str, *, bold: bool) -> Any:
        """How a number is shown; `form` is that of the spreadsheet program."""
        key = (form, bold)
        if key not in self._numbers:
            self._numbers[key] = self._look(num_format=form, bold=bold, top=int(bold))
        return self._numbers[key]


def _about(
    page: Any, document: Document, tables: tuple[Table, ...], names: list[str], looks: _TableLooks
) -> None:
    _fit_to_page(page)
    page.hide_gridlines(2)
    page.set_column(0, 0, 8)
    page.set_column(1, 1, 90)
    page.write_string(0, 0, shown(document.title), looks.title)
    page.write_string(1, 0, shown(document.office), looks.quiet)
    row = 2
    if document.cover is not None:
        page.write_string(row, 0, shown(document.cover.period), looks.quiet)
        row += 1
    strips = (block.text for block in document.blocks() if isinstance(block, Strip))
    for warning in dict.fromkeys(strips):
        page.write_string(row, 0, shown(warning), looks.note)
        row += 1
    page.write_string(row + 1, 0, "Table", looks.heads["left"])
    page.write_string(row + 1, 1, "What it counts", looks.heads["left"])
    for at, (table, name) in enumerate(zip(tables, names, strict=True), row + 2):
        page.write_number(at, 0, table.number, looks.texts["left", False])
        quoted = name.replace("'", "''")
        page.write_url(at, 1, f"internal:'{quoted}'!A1", looks.link, shown(table.caption))


def _sheet(page: Any, table: Table, looks: _TableLooks) -> None:
    _fit_to_page(page)
    page.repeat_rows(_HEAD_ROW)
    page.write_string(0, 0, f"Table {table.number}: {shown(table.caption)}", looks.title)
    page.freeze_panes(_HEAD_ROW + 1, 1)
    for at, column in enumerate(table.columns):
        page.set_column(at, at, _width(table, at))
        page.write_string(_HEAD_ROW, at, shown(column.head), looks.heads[column.align])
    for row, cells in enumerate(table.rows, _HEAD_ROW + 1):
        _row(page, row, table, cells, looks, bold=False)
    if table.total:
        _row(page, _HEAD_ROW + 1 + len(table.rows), table, table.total, looks, bold=True)


def _fit_to_page(page: Any) -> None:
    """Print all columns beside each other, on A4 across."""
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)


def _width(table: Table, at: int) -> int:
    """Of a column, in characters."""
    is_text = table.columns[at].align == "left"
    return _FIRST_WIDTH if at == 0 else _TEXT_WIDTH if is_text else _NUMBER_WIDTH


def _row(
    page: Any, row: int, table: Table, cells: tuple[str, ...], looks: _TableLooks, *, bold: bool
) -> None:
    lines = max(len(wrap(words, _width(table, at))) for at, words in enumerate(cells))
    if lines > 1:  # not every program makes room for texts that need it
        page.set_row(row, min(lines, _MOST_LINES) * _LINE)
    for at, (column, words) in enumerate(zip(table.columns, cells, strict=False)):
        number = None if column.align == "left" else printed_number(words)
        if number is None:
            page.write_string(row, at, shown(words)[:_LONGEST], looks.texts[column.align, bold])
        else:
            value, form = number
            page.write_number(row, at, float(value), looks.number(form, bold=bold))


def printed_number(words: str) -> tuple[Decimal, str] | None:
    """The number that a cell prints, and how a spreadsheet program prints it alike: `1,096`,
    `97.1%` (0.971), `£8,119.32`, `−2`. None for anything else."""
    match = _NUMBER.fullmatch(words)
    if match is None:
        return None
    value = Decimal(match["digits"].replace(",", ""))
    places = len(match["decimals"] or "")
    form = f"{match['pounds']}#,##0{'.' + '0' * places if places else ''}{match['share']}"
    if match["share"]:
        value /= 100
    return (-value if match["sign"] else value), form
