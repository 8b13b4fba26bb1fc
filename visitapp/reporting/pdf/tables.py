"""Tables with rules only, repeated heads, and coverage grids tinted cell by cell."""

from collections.abc import Callable
from functools import cache
from typing import Any

from reportlab.platypus.tables import Table as StockTable

from visitapp.reporting.blocks import Column, Table
from visitapp.reporting.pdf.paragraphs import ParagraphMaker, TaggedParagraph, color
from visitapp.reporting.pdf.structure import Element, Tree
from visitapp.reporting.sketch import width_of
from visitapp.reporting.style import (
    BOLD,
    FULL,
    HAIR,
    INDENT,
    INK,
    INK2,
    MM,
    OCHRE,
    SANS,
    SCALE,
    SCALE_TEXT,
    SEMIBOLD,
    TextStyle,
)

_GAP = 8.0
"""Points of space left of every column but the first."""


class PlatypusTable(StockTable):  # type: ignore[misc]  # ReportLab has no types
    """Drawn only in the pass that is saved."""

    def draw(self) -> None:
        if not self.canv.counts_only:
            super().draw()


@cache
def _cell_style(kind: str, align: str, tint: int | None = None) -> TextStyle:
    if kind == "head":
        return TextStyle(SEMIBOLD, 10.5, 13, INK2, align=align)
    if tint is not None:
        return TextStyle(BOLD if tint == 0 else SEMIBOLD, 11, 14, SCALE_TEXT[tint], align="center")
    return TextStyle(SEMIBOLD if kind == "total" else SANS, 11, 14, INK, align=align)


def table_story(
    table: Table, tree: Tree, make: ParagraphMaker, under_heading: bool = False
) -> list[Any]:
    """The caption and the table, kept together."""
    parent = tree.here.add("Table")
    words = f"Table {table.number}. {table.caption}"
    looks = {"before": 2} if under_heading else {}
    caption = make.plain(words, "caption", parent.add("Caption"), **looks)
    tinted = bool(table.tints)
    rows = [table_head(table.columns, parent.add("TR"), make, centred=tinted)]
    for index, row in enumerate(table.rows):
        tints = table.tints[index] if tinted else ()
        rows.append(_row(row, "body", table.columns, parent.add("TR"), make, tints))
    if table.total:
        rows.append(_row(table.total, "total", table.columns, parent.add("TR"), make, ()))
    widths = column_widths(table.columns)
    flowable = PlatypusTable(
        rows,
        colWidths=widths,
        repeatRows=1,
        style=_tinted_style(table) if tinted else _ruled_style(table),
        hAlign="LEFT",
    )
    flowable.spaceAfter = 6 if tinted else 12
    return [caption, flowable]


def column_widths(columns: tuple[Column, ...]) -> list[float]:
    """Widths in points, by the columns' shares."""
    total = sum(column.width for column in columns)
    return [FULL * column.width / total for column in columns]


def table_head(
    columns: tuple[Column, ...], tr: Element, make: ParagraphMaker, *, centred: bool
) -> list[TaggedParagraph]:
    """The head of a table, which is repeated on each page; `centred` except for the first
    column."""
    return [
        make.styled(
            column.head,
            _cell_style("head", "center" if centred and at else column.align),
            tr.add("TH", scope="Column"),
            repeats=True,
        )
        for at, column in enumerate(columns)
    ]


def _row(
    row: tuple[str, ...],
    kind: str,
    columns: tuple[Column, ...],
    tr: Element,
    make: ParagraphMaker,
    tints: tuple[int | None, ...],
) -> list[Any]:
    cells: list[Any] = []
    centred = bool(tints)
    for at, (words, column) in enumerate(zip(row, columns, strict=True)):
        tint = tints[at - 1] if tints and at and at - 1 < len(tints) else None
        align = "center" if at and (centred or column.align == "center") else column.align
        element = tr.add("TD") if at else tr.add("TH", scope="Row")
        style = _cell_style(kind, align, tint)
        cells.append(make.styled(words, style, element) if words else "")
    return cells


def _ruled_style(table: Table) -> list[tuple[Any, ...]]:
    ink = color(INK)
    commands: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), SANS),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), _GAP),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 5),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, ink),
    ]
    last = -2 if table.total else -1
    if len(table.rows) > 1:
        commands.append(("LINEBELOW", (0, 1), (-1, last - 1), 0.4, color(HAIR)))
    if table.total:
        commands.append(("LINEABOVE", (0, -1), (-1, -1), 0.9, ink))
        if table.rows:
            commands.append(("NOSPLIT", (0, -2), (-1, -1)))
    commands.append(("LINEBELOW", (0, -1), (-1, -1), 0.9, ink))
    return commands


def _tinted_style(table: Table) -> list[tuple[Any, ...]]:
    commands: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), SANS),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 6),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
    ]
    for row, tints in enumerate(table.tints, start=1):
        for column, tint in enumerate(tints, start=1):
            if tint is not None:
                cell = (column, row)
                commands.append(("BACKGROUND", cell, cell, _painter(tint)))
    return commands


@cache
def _painter(tint: int) -> Callable[..., None]:
    def paint(_: Any, canvas: Any, x: float, y: float, width: float, height: float) -> None:
        paint_tint(canvas, tint, min(x, x + width), min(y, y + height), abs(width), abs(height))

    return paint


def paint_tint(canvas: Any, tint: int, x: float, y: float, width: float, height: float) -> None:
    """Paint a cell with a margin, so that white stays between cells: a checker would take drawn
    lines for the borders of two tables. A timeslot without a visit is a ring."""
    if tint:
        canvas.setFillColor(color(SCALE[tint]))
        canvas.rect(x + 1.2, y + 1.2, width - 2.4, height - 2.4, stroke=0, fill=1)
        return
    canvas.setStrokeColor(color(OCHRE))
    canvas.setLineWidth(1.8)
    canvas.rect(x + 2.1, y + 2.1, width - 4.2, height - 4.2, stroke=1, fill=0)


def terms_story(entries: tuple[tuple[str, str], ...], tree: Tree, make: ParagraphMaker) -> Any:
    """Words and meanings: a list for screen readers, columns for the eye. On a sheet two short
    entries can share a line."""
    parent = tree.here.add("L")
    cells = []
    for word, meaning in entries:
        item = parent.add("LI")
        cells.append(
            (
                make.plain(word, "term", item.add("Lbl")),
                make.plain(meaning, "meaning", item.add("LBody")),
                _is_short(word, meaning),
            )
        )
    rows, spans = _two_abreast(cells) if make.look.is_sheet else _one_below_another(cells)
    above, below = (2, 3) if make.look.is_sheet else (7, 8)
    table = PlatypusTable(
        rows,
        colWidths=_SHEET_TERMS if make.look.is_sheet else [INDENT, FULL - INDENT],
        hAlign="LEFT",
        style=[
            ("FONTNAME", (0, 0), (-1, -1), SANS),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 8),
            ("RIGHTPADDING", (-1, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), above),
            ("BOTTOMPADDING", (0, 0), (-1, -1), below),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LINEABOVE", (0, 0), (-1, 0), 0.4, color(HAIR)),
            ("LINEBELOW", (0, 0), (-1, -1), 0.4, color(HAIR)),
            *spans,
        ],
    )
    table.spaceAfter = 6
    return table


_SHEET_TERMS = [52 * MM, 33 * MM, 52 * MM, 33 * MM]
_Cells = list[tuple[Any, Any, bool]]
"""Word, meaning, and whether both fit in half the width, the word on at most two lines."""
_Commands = list[tuple[Any, ...]]


def _is_short(word: str, meaning: str) -> bool:
    return width_of(word, SEMIBOLD, 11) <= 88 * MM and width_of(meaning) <= 29 * MM


def _one_below_another(cells: _Cells) -> tuple[list[list[Any]], _Commands]:
    return [[word, meaning] for word, meaning, _ in cells], []


def _two_abreast(cells: _Cells) -> tuple[list[list[Any]], _Commands]:
    rows: list[list[Any]] = []
    spans: _Commands = []
    waits = False
    for word, meaning, short in cells:
        if waits and short:
            rows[-1][2:] = [word, meaning]
            waits = False
            continue
        rows.append([word, meaning, "", ""])
        waits = short
        if not short:
            spans.append(("SPAN", (1, len(rows) - 1), (3, len(rows) - 1)))
    return rows, spans
