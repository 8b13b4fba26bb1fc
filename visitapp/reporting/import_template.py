"""The empty workbook that past visits are brought in with."""

from collections.abc import Mapping, Sequence
from io import BytesIO

GUIDE = "guide"
_WIDTH = 18
_NOTES_WIDTH = 74


def template_xlsx(sheets: Mapping[str, Sequence[tuple[str, str, bool]]]) -> bytes:
    """A workbook with a sheet of headings for each of `sheets`, and a guide to them.

    `sheets` holds (heading, explanation, required) for each column, by name of the sheet.
    """
    import xlsxwriter  # loaded when a spreadsheet is written

    made = BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    head = book.add_format({"bold": True, "bg_color": "#E2ECF6", "bottom": 1})
    needed = book.add_format({"bold": True, "bg_color": "#C7DCF0", "bottom": 1})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    time = book.add_format({"num_format": "hh:mm"})
    formats = {"date": day, "arrived": time, "admitted": time, "left": time}
    for name, columns in sheets.items():
        sheet = book.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for position, (heading, _, required) in enumerate(columns):
            sheet.write_string(0, position, heading, needed if required else head)
            sheet.set_column(position, position, _WIDTH, formats.get(heading))
    guide = book.add_worksheet(GUIDE)
    guide.freeze_panes(1, 0)
    guide.set_column(0, 1, _WIDTH)
    guide.set_column(2, 2, _NOTES_WIDTH, wrapped)
    for position, heading in enumerate(("sheet", "column", "what stands there")):
        guide.write_string(0, position, heading, head)
    row = 0
    for name, columns in sheets.items():
        for heading, explanation, required in columns:
            row += 1
            guide.write_string(row, 0, name)
            guide.write_string(row, 1, heading)
            guide.write_string(row, 2, f"Needed. {explanation}" if required else explanation)
    book.close()
    return made.getvalue()
