"""Spreadsheets for imports: the empty workbook, lists of problems, skipped rows."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO, StringIO

from visitapp.domain.text.shown import harmless_in_a_sheet, shown

GUIDE = "guide"
_LONGEST = 32_767
"""The most characters in a cell of a workbook."""
_WIDTH = 18
_NOTES_WIDTH = 74
_REASONS = "why it was left out"


def template_xlsx(sheets: Mapping[str, Sequence[tuple[str, str, bool]]]) -> bytes:
    """A workbook with a sheet of headings for each of `sheets`, and a guide to them.

    `sheets` holds (heading, explanation, required) for each column, by name of the sheet.
    """
    import xlsxwriter  # loaded when a spreadsheet is written

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#E2ECF6", "bottom": 1})
    required_head = book.add_format({"bold": True, "bg_color": "#C7DCF0", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    time = book.add_format({"num_format": "hh:mm"})
    formats = {"date": day, "arrived": time, "admitted": time, "left": time}
    for name, columns in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for position, (heading, _, required) in enumerate(columns):
            sheet.write_string(0, position, heading, required_head if required else head)
            sheet.set_column(position, position, _WIDTH, formats.get(heading))
    guide = book.add_worksheet(GUIDE)
    guide.freeze_panes(1, 0)
    guide.set_column(0, 1, _WIDTH)
    guide.set_column(2, 2, _NOTES_WIDTH, wrapped)
    for position, heading in enumerate(("sheet", "column", "what it says")):
        guide.write_string(0, position, heading, head)
    row = 0
    for name, columns in sheets.items():
        for heading, explanation, required in columns:
            row += 1
            guide.write_string(row, 0, name)
            guide.write_string(row, 1, heading)
            guide.write_string(row, 2, f"Needed. {explanation}" if required else explanation)
    book.close()
    return file.getvalue()


def findings_csv(findings: Iterable[tuple[str, int, str, str]]) -> bytes:
    """(sheet, row, column, sentence) as CSV with a byte-order mark, which Excel needs."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow(("sheet", "row", "column", "what is the matter"))
    for sheet, row, column, sentence in findings:
        texts = [harmless_in_a_sheet(text) for text in (sheet, column, sentence)]
        writer.writerow((texts[0], row, *texts[1:]))
    return file.getvalue().encode("utf-8-sig")


def rejects_xlsx(
    rejects: Iterable[tuple[str, Sequence[tuple[str, str]], Sequence[str]]],
    headings: Mapping[str, Sequence[str]],
) -> bytes:
    """(sheet, cells, reasons) of skipped rows, on the sheets they came from, with the reasons in
    the last column."""
    import xlsxwriter

    file = BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#E2ECF6", "bottom": 1})
    by_sheet: dict[str, list[tuple[Mapping[str, str], str]]] = {}
    for sheet, cells, reasons in rejects:
        by_sheet.setdefault(sheet, []).append((dict(cells), "\n".join(reasons)))
    for name, columns in headings.items():
        rows = by_sheet.get(name)
        if rows is None:
            continue
        page = book.add_worksheet(name)
        page.freeze_panes(1, 0)
        page.set_column(0, len(columns) - 1, _WIDTH)
        page.set_column(len(columns), len(columns), _NOTES_WIDTH)
        for at, heading in enumerate((*columns, _REASONS)):
            page.write_string(0, at, heading, head)
        for number, (texts, reason) in enumerate(rows, 1):
            for at, heading in enumerate(columns):
                if heading in texts:
                    page.write_string(number, at, shown(texts[heading])[:_LONGEST])
            page.write_string(number, len(columns), shown(reason)[:_LONGEST])
    book.close()
    return file.getvalue()
