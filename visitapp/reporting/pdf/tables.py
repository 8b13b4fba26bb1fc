"""Tables with rules only, repeated heads, and coverage grids tinted cell by cell."""

from collections.abc import Callable, Container, Iterable
from functools import cache, cached_property
from math import ceil
from typing import Any

from reportlab.platypus.tables import Table as StockTable

from visitapp.reporting.blocks import Column, Table
from visitapp.reporting.pdf.paragraphs import ParagraphMaker, TaggedParagraph, color
from visitapp.reporting.pdf.structure import Element, ShownFigure, Tree, has_figure
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
    REPORT,
    SANS,
    SCALE,
    SCALE_TEXT,
    SEMIBOLD,
    TextStyle,
)

_GAP, _NARROW_GAP = 8.0, 11.0
"""Points of space left of every column but the first; the least of a table in a narrow column."""
_CAPTION = 150.0
_LONG = 15
"""A table with more rows has them closer together."""
_LONG_ROW = 500.0
"""Points of a row that is divided between pages, as it may not fit on one."""
_HALF = 0.5
"""The share of a head's width that is enough to print it on two lines."""


class PlatypusTable(StockTable):  # type: ignore[misc]  # ReportLab has no types
    """Drawn only in the pass that is saved."""

    def draw(self) -> None:
        if not self.canv.counts_only:
            super().draw()


@cache
def _cell_style(
    kind: str, align: str, tint: int | None = None, cell: tuple[float, float] = REPORT.cell
) -> TextStyle:
    if kind == "head":
        return TextStyle(SEMIBOLD, cell[0] - 0.5, cell[1] - 1, INK2, align=align)
    if tint is not None:
        return TextStyle(BOLD if tint == 0 else SEMIBOLD, *cell, SCALE_TEXT[tint], align="center")
    return TextStyle(SEMIBOLD if kind == "total" else SANS, *cell, INK, align=align)


class TableParts:
    """A table with its elements and cells, which can be laid out at full width or in a column."""

    def __init__(
        self, table: Table, tree: Tree, make: ParagraphMaker, under_heading: bool = False
    ) -> None:
        self._table, self._look = table, make.look
        parent = tree.here.add("Table")
        words = f"Table {table.number}. {table.caption}"
        looks = {"before": 2} if under_heading else {}
        self._caption = make.plain(words, "caption", parent.add("Caption"), **looks)
        tinted = bool(table.tints)
        rows = [table_head(table.columns, parent.add("TR"), make, centred=tinted)]
        for index, row in enumerate(table.rows):
            tints = table.tints[index] if tinted else ()
            kind = "total" if index in table.subheads else "body"
            strong = {column for at, column in table.strong if at == index}
            tr = parent.add("TR")
            rows.append(_row(row, kind, table.columns, tr, make, tints, strong))
        if table.total:
            rows.append(_row(table.total, "total", table.columns, parent.add("TR"), make, ()))
        for at, cells in enumerate(rows[1:]):
            _name_figures(table, at, cells)
        self._rows = rows

    def story(self) -> list[Any]:
        """The caption and the table over the full width, kept together. The columns have their
        shares, or what they need if that is more."""
        shares = column_widths(self._table.columns)
        needs = zip(self._column_needs, shares, strict=True)
        if self._table.fixed:
            return self._laid_out(shares)
        if self.least < FULL and any(most > share for (_, most), share in needs):
            return self.narrow(FULL)
        return self._laid_out(shares)

    @property
    def least(self) -> float:
        """The width in points at which no word and no number is broken, and the caption has a few
        words on a line."""
        return max(_CAPTION, sum(least for least, _ in self._column_needs))

    @property
    def most(self) -> float:
        """The width in points that it has a use for."""
        return max(self.least, sum(most for _, most in self._column_needs))

    @cached_property
    def _column_needs(self) -> list[tuple[float, float]]:
        return [column_needs(self._table, at) for at in range(len(self._table.columns))]

    def narrow(self, width: float) -> list[Any]:
        """The same at a width in points."""
        return self._laid_out(self._widths(width))

    def about(self, width: float) -> float:
        """About how high it is at a width, in points, without laying it out."""
        shares = column_widths(self._table.columns)
        widths = shares if width == FULL else self._widths(width)
        return 60.0 + sum(
            6.0 + 14.0 * max(ceil(cell / wide) for cell, wide in zip(row, widths, strict=True))
            for row in self._cells
        )

    @cached_property
    def _cells(self) -> list[list[float]]:
        """How wide each cell is on one line, by row."""
        table = self._table
        rows = (*table.rows, *([table.total] if table.total else []))
        return [
            [width_of(cell, SANS, 11) + (_GAP if at else 0) for at, cell in enumerate(row)]
            for row in rows
        ]

    def _widths(self, width: float) -> list[float]:
        """Widths of the columns; what is left goes where a little more is enough first."""
        widths = [least for least, _ in self._column_needs]
        wants = [most - least for least, most in self._column_needs]
        left = width - sum(widths)
        columns = range(len(widths))
        for many, at in enumerate(sorted(columns, key=wants.__getitem__)):
            more = min(wants[at], left / (len(widths) - many))
            widths[at] += more
            left -= more
        return [each + left / len(widths) for each in widths]

    def _laid_out(self, widths: list[float]) -> list[Any]:
        tinted = bool(self._table.tints)
        flowable = PlatypusTable(
            self._rows,
            colWidths=widths,
            repeatRows=1,
            splitInRow=any(
                14.0 * ceil(cell / wide) > _LONG_ROW
                for row in self._cells
                for cell, wide in zip(row, widths, strict=True)
            ),
            style=_tinted_style(self._table) if tinted else _ruled_style(self._table),
            hAlign="LEFT",
        )
        flowable.spaceAfter = 6 if tinted else self._look.after_table
        return [self._caption, flowable]


def column_needs(table: Table, at: int) -> tuple[float, float]:
    """The least width of a column in points, without breaking a word of a text or a number, and the
    most that it has a use for."""
    column = table.columns[at]
    cells = [row[at] for row in (*table.rows, *([table.total] if table.total else []))]
    words = [word for cell in cells for word in cell.split()] if column.align == "left" else cells
    gap = _NARROW_GAP if at else 0.0
    head = _widest(column.head.split(), 10.5)
    on_two_lines = max(head, _HALF * _widest([column.head], 10.5))
    return gap + max(head, _widest(words, 11)), gap + max(on_two_lines, _widest(cells, 11))


def _widest(texts: Iterable[str], size: float) -> float:
    return max((width_of(text, SEMIBOLD, size) for text in texts), default=0.0)


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
            _cell_style("head", "center" if centred and at else column.align, cell=make.look.cell),
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
    strong: Container[int] = (),
) -> list[Any]:
    cells: list[Any] = []
    centred = bool(tints)
    for at, (words, column) in enumerate(zip(row, columns, strict=True)):
        tint = tints[at - 1] if tints and at and at - 1 < len(tints) else None
        align = "center" if at and (centred or column.align == "center") else column.align
        element = tr.add("TD") if at else tr.add("TH", scope="Row")
        weight = "total" if at in strong else kind
        style = _cell_style(weight, align, tint, make.look.cell)
        cells.append(make.styled(words, style, element) if words else "")
    return cells


def _name_figures(table: Table, at: int, cells: list[Any]) -> None:
    """Say of each cell of a row that has a number what it is and what it was counted from."""
    row = (*table.rows, table.total)[at]
    for column, cell in enumerate(cells):
        value = row[column]
        element = cell.element if isinstance(cell, TaggedParagraph) else None
        origin = table.origin(at, column)
        if column and element is not None and origin is not None and has_figure(value):
            words = f"{row[0]}, {table.columns[column].head}: {value}"
            element.figure = ShownFigure(words, value, origin)


def _ruled_style(table: Table) -> list[tuple[Any, ...]]:
    ink = color(INK)
    is_long = len(table.rows) > _LONG
    commands: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), SANS),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), _GAP),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 1.5 if is_long else 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2.5 if is_long else 3.5),
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
    for at in sorted(table.subheads):
        commands.append(("NOSPLIT", (0, at + 1), (-1, at + 2)))
        commands.append(("SPAN", (0, at + 1), (-1, at + 1)))
    commands.append(("LINEBELOW", (0, -1), (-1, -1), 0.9, ink))
    return commands


def _tinted_style(table: Table) -> list[tuple[Any, ...]]:
    commands: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), SANS),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 0.5),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3),
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
    above, below = (2, 3) if make.look.is_sheet else (2.5, 3.5)
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
