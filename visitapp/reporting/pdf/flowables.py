"""Parts of a page that ReportLab lacks: openers, key figures, quotes, figures."""

from collections.abc import Sequence
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.platypus.flowables import Flowable

from visitapp.reporting.blocks import ChartBlock
from visitapp.reporting.chart_drawings import chart_sketch, least_width
from visitapp.reporting.pdf.paragraphs import TaggedParagraph, color
from visitapp.reporting.pdf.structure import Box, Element, ShownFigure
from visitapp.reporting.pdf.tables import paint_tint
from visitapp.reporting.sketch import width_of
from visitapp.reporting.style import (
    BLUE,
    FULL,
    HAIR,
    INDENT,
    INK2,
    LINE,
    MM,
    RAIL,
    SANS,
    SEMIBOLD,
    STRIP_EDGE,
    STRIP_FILL,
)


def _stack_height(column: Sequence[Any], width: float) -> float:
    """Height of paragraphs below one another, without the space after the last."""
    height = 0.0
    for at, part in enumerate(column):
        height += part.wrap(width, 10_000)[1]
        if at < len(column) - 1:
            height += part.getSpaceAfter()
    return height


def _draw_stack(column: Sequence[Any], canvas: Any, x: float, top: float) -> None:
    for part in column:
        top -= part.height
        part.drawOn(canvas, x, top)
        top -= part.getSpaceAfter()


class SectionTitle(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """The section's title, under a short rule unless it is `plain`; a strip at its right. It adds
    its own bookmark for the contents."""

    _RULE = 30 * MM

    def __init__(
        self,
        title: TaggedParagraph,
        words: str,
        key: str,
        strip: "StripBox | None" = None,
        *,
        plain: bool = False,
    ) -> None:
        super().__init__()
        self._title, self._words, self._key, self._strip = title, words, key, strip
        self._plain, self._gap = plain, 0.0 if plain else 9.0
        self.spaceBefore = title.getSpaceBefore()
        self.keepWithNext = True

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._title.wrap(width, height)
        return width, self._title.height + self._gap + self._title.getSpaceAfter()

    def draw(self) -> None:
        canvas = self.canv
        top = self._title.height + self._gap + self._title.getSpaceAfter()
        canvas.bookmarkHorizontal(self._key, 0, top + 20)
        canvas.addOutlineEntry(self._words, self._key, 0)
        canvas.pages_of[self._key] = canvas.getPageNumber()
        if not self._plain:
            canvas.saveState()
            canvas.setStrokeColor(color(BLUE))
            canvas.setLineWidth(2.2)
            canvas.line(0, top, self._RULE, top)
            canvas.restoreState()
        self._title.drawOn(canvas, 0, self._title.getSpaceAfter())
        if self._strip is not None:
            left = FULL - self._strip.width
            self._strip.drawOn(canvas, left, self._title.getSpaceAfter() + 3)


class OpenerFlowable(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Figures in the rail beside the opening paragraphs, as high as the higher of the two."""

    def __init__(self, rail: Sequence[TaggedParagraph], column: Sequence[TaggedParagraph]) -> None:
        super().__init__()
        self._rail, self._column = rail, column
        self.spaceAfter = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.height = max(_stack_height(self._rail, RAIL), _stack_height(self._column, width))
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        """The rail stays with the part of the column that fits; the rest continues as text."""
        fits: list[Any] = []
        rest = list(self._column)
        while rest and _stack_height([*fits, rest[0]], width) <= height:
            fits.append(rest.pop(0))
        if rest:
            used = _stack_height(fits, width) + (fits[-1].getSpaceAfter() if fits else 0)
            halves = rest[0].split(width, height - used)
            if len(halves) == 2:
                fits.append(halves[0])
                rest[0] = halves[1]
        if not fits or _stack_height(self._rail, RAIL) > height:
            return []
        return [OpenerFlowable(self._rail, fits), *rest]

    def draw(self) -> None:
        _draw_stack(self._rail, self.canv, 0, self.height)
        _draw_stack(self._column, self.canv, 0, self.height)


class KeyFigureRow(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Up to `in_row` large figures side by side under a rule; on a sheet between two rules."""

    _GAP = 16.0

    def __init__(
        self, columns: Sequence[Sequence[TaggedParagraph]], in_row: int, *, on_sheet: bool = False
    ) -> None:
        super().__init__()
        self._columns, self._on_sheet = columns, on_sheet
        self._each = self.each(in_row)
        self._pad = 5.0 if on_sheet else 9.0
        self.spaceAfter = 5 if on_sheet else 0

    @classmethod
    def each(cls, in_row: int) -> float:
        """Width of one figure in points."""
        return (FULL - (in_row - 1) * cls._GAP) / in_row

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.height = max(_stack_height(c, self._each) for c in self._columns) + 2 * self._pad
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(color(LINE))
        canvas.setLineWidth(0.9)
        canvas.line(0, self.height, FULL, self.height)
        if self._on_sheet:
            canvas.line(0, 0, FULL, 0)
        canvas.restoreState()
        for at, column in enumerate(self._columns):
            x = at * (self._each + self._GAP)
            _draw_stack(column, canvas, x, self.height - self._pad)


class QuoteBlock(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Somebody's words beside a vertical rule; it splits between paragraphs."""

    def __init__(self, parts: Sequence[TaggedParagraph]) -> None:
        super().__init__()
        self._parts = parts
        self.spaceAfter = 8

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.height = _stack_height(self._parts, width)
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        for at in range(len(self._parts) - 1, 0, -1):
            if _stack_height(self._parts[:at], width) <= height:
                return [QuoteBlock(self._parts[:at]), QuoteBlock(self._parts[at:])]
        halves = self._parts[0].split(width, height)
        if len(halves) != 2:
            return []
        return [QuoteBlock(halves[:1]), QuoteBlock([halves[1], *self._parts[1:]])]

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(color(BLUE))
        canvas.setLineWidth(1.6)
        canvas.line(INDENT + 1, 0, INDENT + 1, self.height)
        canvas.restoreState()
        _draw_stack(self._parts, canvas, 0, self.height)


class StripBox(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A warning in a coloured strip over the full width, or as wide as its words."""

    _PAD, _LEFT = 5.0, 12.0

    def __init__(self, words: TaggedParagraph) -> None:
        super().__init__()
        self._words = words
        self.width = FULL
        self.spaceBefore, self.spaceAfter = 4, 10
        self.keepWithNext = True

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._words.wrap(self.width - 2 * self._LEFT, height)
        self.height = self._words.height + 2 * self._PAD
        return width, self.height

    @classmethod
    def width_of(cls, words: str) -> float:
        """The width of the words on one line with the strip around them, in points."""
        return width_of(words, SEMIBOLD, 10.5) + 2 * cls._LEFT + 1

    def fit(self, words: str) -> None:
        """Be no wider than the words."""
        self.width = self.width_of(words)
        self.wrap(self.width, 0)

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(color(STRIP_FILL))
        canvas.rect(0, 0, self.width, self.height, stroke=0, fill=1)
        canvas.setFillColor(color(STRIP_EDGE))
        canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        canvas.restoreState()
        self._words.drawOn(canvas, self._LEFT, self._PAD - 0.5)


class ContentsRows(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Titles of sections and their pages in two columns above hairlines; a whole row is its
    link."""

    _HEIGHT, _GUTTER = 20.0, 22.0

    def __init__(self, rows: Sequence[tuple[str, int, Element, int]]) -> None:
        """Of each section: title, page, element and number of its link."""
        super().__init__()
        self._rows = rows
        self._below = -(-len(rows) // 2)

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, self._below * self._HEIGHT

    def draw(self) -> None:
        if self.canv.counts_only:
            return
        each = (FULL - self._GUTTER) / 2
        for at, row in enumerate(self._rows):
            column, line = divmod(at, self._below)
            y = (self._below - line - 1) * self._HEIGHT
            self._draw_row(row, column * (each + self._GUTTER), y, each)

    def _draw_row(
        self, row: tuple[str, int, Element, int], x: float, y: float, width: float
    ) -> None:
        canvas, (words, page, element, number) = self.canv, row
        canvas.saveState()
        with canvas.content(element):
            canvas.setFont(SANS, 12)
            canvas.drawString(x, y + 6, words)
            canvas.setFillColor(color(BLUE))
            canvas.setFont(SEMIBOLD, 12)
            canvas.drawRightString(x + width, y + 6, str(page))
        area = (x, y, x + width, y + self._HEIGHT)
        canvas.linkRect("", str(number), area, relative=1)
        canvas.setStrokeColor(color(HAIR))
        canvas.setLineWidth(0.5)
        canvas.line(x, y, x + width, y)
        canvas.restoreState()


class FigureBox(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A chart: one element with its alternative text, whatever strings it contains."""

    def __init__(
        self,
        drawing: Any,
        element: Element,
        with_next: bool = True,
        parts: Sequence[tuple[ShownFigure, Box | None]] = (),
    ) -> None:
        """`parts` are the figures in it with their boxes, in points from its lower left."""
        super().__init__()
        self._drawing, self._element, self._parts = drawing, element, parts
        self.spaceBefore, self.spaceAfter = 2, 6
        self.keepWithNext = with_next

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = self._drawing.width, self._drawing.height
        return self.width, self.height

    def draw(self) -> None:
        canvas = self.canv
        if canvas.counts_only:
            return
        left, bottom = canvas.absolutePosition(0, 0)
        right, top = canvas.absolutePosition(self.width, self.height)
        self._element.bbox = (left, bottom, right, top)
        self._element.note_place(canvas, self.width, self.height)
        for shown, box in self._parts:
            if box is not None:
                self._element.note_part(canvas, shown, box)
        with canvas.content(self._element):
            renderPDF.draw(self._drawing, canvas, 0, 0)


class TintKeyRow(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """What the colours of coverage grids mean."""

    def __init__(self, labels: Sequence[str], element: Element) -> None:
        super().__init__()
        self._labels, self._element = labels, element
        self.spaceBefore = 4
        self.keepWithNext = True

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self.width, self.height = FULL, 16.0
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        self._element.bbox = (left, bottom, left + FULL, bottom + self.height)
        canvas.saveState()
        with canvas.content(self._element):
            x = 0.0
            canvas.setFont(SANS, 10.5)
            for step, label in enumerate(self._labels):
                paint_tint(canvas, step, x, 1, 25, 14)
                canvas.setFillColor(color(INK2))
                canvas.drawString(x + 30, 4, label)
                x += 30 + canvas.stringWidth(label, SANS, 10.5) + 18
        canvas.restoreState()


class ChartParts:
    """A chart with its element, which can be drawn at full width or, if it is small, in a
    column."""

    def __init__(self, block: ChartBlock, element: Element) -> None:
        self._chart, self._element = block.chart, element
        self._figures = [ShownFigure(*part) for part in block.parts()]

    def story(self) -> list[Any]:
        """Over the full width."""
        return [self._box(FULL)]

    @property
    def least(self) -> float:
        """The width in points that it needs at least."""
        return least_width(self._chart)

    @property
    def most(self) -> float:
        """The width in points that it has a use for, beside something else."""
        return self.least

    def narrow(self, width: float) -> list[Any]:
        """At this width in points."""
        return [self._box(width)]

    def about(self, width: float) -> float:
        """How high it is at a width, in points."""
        return chart_sketch(self._chart, width).height

    def _box(self, width: float) -> FigureBox:
        sketch = chart_sketch(self._chart, width)
        parts = tuple(zip(self._figures, sketch.spots, strict=True))
        return FigureBox(sketch.drawing, self._element, bool(self._chart.table), parts)
