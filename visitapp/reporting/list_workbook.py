"""Lists of records as a workbook: a sheet for each, with a filter over its headings."""

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO

from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.text.shown import shown
from visitapp.reporting.spreadsheet import sheet_names

_LONGEST = 32_767
"""The most characters in a cell of a workbook."""
_FIRST_DAY = date(1900, 3, 1)
"""Workbooks count days from 1900 on, wrongly before March."""
_WIDTH = 18


def lists_xlsx(sheets: Sequence[ListSheet], as_at: date) -> bytes:
    """The workbook; the same lists always give the same bytes. Texts stay texts, so that none is
    taken for a formula."""
    import xlsxwriter  # loaded when a spreadsheet is written

    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        book.set_properties({"created": datetime.combine(as_at, time())})
        head = book.add_format({"bold": True, "bg_color": "#E2ECF6", "bottom": 1})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        names = sheet_names(sheet.name for sheet in sheets)
        for sheet, name in zip(sheets, names, strict=True):
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(sheet.headings) - 1, _WIDTH)
            for at, heading in enumerate(sheet.headings):
                page.write_string(0, at, heading, head)
            for number, row in enumerate(sheet.rows, 1):
                for at, cell in enumerate(row):
                    match cell:
                        case None | "":
                            pass
                        case str():
                            page.write_string(number, at, shown(cell)[:_LONGEST])
                        case date() if cell >= _FIRST_DAY:
                            page.write_datetime(number, at, datetime.combine(cell, time()), day)
                        case date():
                            page.write_string(number, at, cell.isoformat())
                        case _:
                            page.write_number(number, at, float(cell))
            page.autofilter(0, 0, max(1, len(sheet.rows)), len(sheet.headings) - 1)
    return file.getvalue()
