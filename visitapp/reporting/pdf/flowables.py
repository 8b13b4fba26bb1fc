"""Parts of a page that ReportLab lacks: openers, key figures, quotes, figures."""

from collections.abc import Sequence
from typing import Any

from reportlab.graphics import renderPDF
from reportlab.platypus.flowables import Flowable

from visitapp.reporting.pdf.paragraphs import TaggedParagraph, color
from visitapp.reporting.pdf.structure import Element
from visitapp.reporting.pdf.tables import paint_tint
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
    """The section's title, under a short rule unless it is `plain`. It adds its own bookmark for
    the contents."""

    _RULE = 30 * MM

    def __init__(
        self, title: TaggedParagraph, words: str, key: str, *, plain: bool = False
    ) -> None:
        super().__init__()
        self._title, self._words, self._key = title, words, key
        self._plain, self._gap = plain, 0.0 if plain else 12.0
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
        self._pad = 7.0 if on_sheet else 14.0
        self.spaceAfter = 7 if on_sheet else 0

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
    """A warning in a coloured strip over the full width."""

    _PAD, _LEFT = 5.0, 12.0

    def __init__(self, words: TaggedParagraph) -> None:
        super().__init__()
        self._words = words
        self.spaceBefore, self.spaceAfter = 4, 10
        self.keepWithNext = True

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._words.wrap(FULL - 2 * self._LEFT, height)
        self.height = self._words.height + 2 * self._PAD
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setFillColor(color(STRIP_FILL))
        canvas.rect(0, 0, FULL, self.height, stroke=0, fill=1)
        canvas.setFillColor(color(STRIP_EDGE))
        canvas.rect(0, 0, 3, self.height, stroke=0, fill=1)
        canvas.restoreState()
        self._words.drawOn(canvas, self._LEFT, self._PAD - 0.5)


class ContentsRow(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A section's title and page above a hairline; the whole row is the link."""

    _HEIGHT = 27.0

    def __init__(self, words: str, page: int, element: Element, number: int) -> None:
        super().__init__()
        self._words, self._page = words, page
        self._element, self._number = element, number

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, self._HEIGHT

    def draw(self) -> None:
        canvas = self.canv
        if canvas.counts_only:
            return
        canvas.saveState()
        with canvas.content(self._element):
            canvas.setFont(SANS, 12.5)
            canvas.drawString(INDENT, 9, self._words)
            canvas.setFillColor(color(BLUE))
            canvas.setFont(SEMIBOLD, 12.5)
            canvas.drawRightString(FULL, 9, str(self._page))
        canvas.linkRect("", str(self._number), (INDENT, 0, FULL, self._HEIGHT), relative=1)
        canvas.setStrokeColor(color(HAIR))
        canvas.setLineWidth(0.5)
        canvas.line(INDENT, 0, FULL, 0)
        canvas.restoreState()


class FigureBox(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """A chart: one element with its alternative text, whatever strings it contains."""

    def __init__(self, drawing: Any, element: Element, with_next: bool = True) -> None:
        super().__init__()
        self._drawing, self._element = drawing, element
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
        with canvas.content(self._element):
            renderPDF.draw(self._drawing, canvas, 0, 0)


class TintKeyRow(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """What the colours of coverage grids mean."""

    def __init__(self, labels: Sequence[str], element: Element) -> None:
        super().__init__()
        self._labels, self._element = labels, element
        self.spaceBefore = 8

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
