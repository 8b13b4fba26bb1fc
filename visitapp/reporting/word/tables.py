"""Tables of a Word document: a head that is repeated, rules only, and coverage grids in colour."""

from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Emu

from visitapp.reporting.blocks import Column, Table
from visitapp.reporting.plain_text import plain_text
from visitapp.reporting.style import HAIR, INK, OCHRE, SCALE, SCALE_TEXT
from visitapp.reporting.word.look import rgb
from visitapp.reporting.word.parts import in_style, keep_whole, repeat_as_head, shade, xml

_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
}


def add_table(word: Any, table: Table, full: int) -> None:
    """The caption, then the table, `full` units of Word wide."""
    words = plain_text(f"Table {table.number}. {table.caption}")
    in_style(word.add_paragraph(words), "Caption")
    shown = word.add_table(rows=0, cols=len(table.columns))
    properties = shown._tbl.tblPr
    properties.append(_rules())
    properties.append(xml("tblLook", val="0480", firstRow="1", firstColumn="1", noVBand="1"))
    properties.append(xml("tblCaption", val=words))
    head = shown.add_row()
    repeat_as_head(head)
    _fill(head, tuple(column.head for column in table.columns), table, bold=True)
    all_tints = table.tints or ((),) * len(table.rows)
    for at, (row, tints) in enumerate(zip(table.rows, all_tints, strict=True)):
        added = shown.add_row()
        _fill(added, row, table, bold=at in table.subheads)
        for cell, tint in zip(added.cells[1:], tints, strict=False):
            if tint is not None:
                _tint(cell, tint)
    if table.total:
        _fill(shown.add_row(), table.total, table, bold=True)
    for row in shown.rows:
        keep_whole(row)
    _set_widths(shown, table.columns, full)
    in_style(word.add_paragraph(), "Table text")  # between two tables, which Word would join


def _fill(row: Any, words: tuple[str, ...], table: Table, *, bold: bool = False) -> None:
    for at, (cell, text, column) in enumerate(zip(row.cells, words, table.columns, strict=True)):
        paragraph = in_style(cell.paragraphs[0], "Table text")
        paragraph.alignment = _ALIGN["center" if at and table.tints else column.align]
        paragraph.paragraph_format.keep_with_next = bold and words is not table.total
        paragraph.add_run(plain_text(text)).bold = bold


def _tint(cell: Any, tint: int) -> None:
    properties = cell._tc.get_or_add_tcPr()
    if tint == 0:
        color = OCHRE.lstrip("#")
        sides = (
            xml(side, val="single", sz="12", space="0", color=color)
            for side in ("top", "left", "bottom", "right")
        )
        properties.append(xml("tcBorders", *sides))
    else:
        properties.append(shade(SCALE[tint]))
    for run in cell.paragraphs[0].runs:
        run.font.color.rgb = rgb(SCALE_TEXT[tint])
        run.bold = tint == 0


def _rules() -> Any:
    hair, ink = HAIR.lstrip("#"), INK.lstrip("#")
    return xml(
        "tblBorders",
        xml("top", val="single", sz="8", space="0", color=ink),
        xml("bottom", val="single", sz="8", space="0", color=ink),
        xml("insideH", val="single", sz="4", space="0", color=hair),
    )


def _set_widths(shown: Any, columns: tuple[Column, ...], full: int) -> None:
    shown.autofit = False
    total = sum(column.width for column in columns)
    for at, column in enumerate(columns):
        width = Emu(int(full * column.width / total))
        shown.columns[at].width = width
        for cell in shown.columns[at].cells:
            cell.width = width
