"""The cover: deep blue with the year's own coverage as its ornament."""

from io import BytesIO
from typing import Any

from visitapp.domain.year.heatmap import heat_step
from visitapp.reporting.blocks import Cover, CoverGrid
from visitapp.reporting.pdf.paragraphs import ParagraphMaker, color
from visitapp.reporting.pdf.structure import Element, Tree
from visitapp.reporting.style import (
    COVER_SCALE,
    DEEP,
    FULL,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SIDE,
)

_BLUE_BOTTOM = PAGE_HEIGHT - 196 * MM
_TEXT = 118 * MM
_OUTLINE = "#4F93D2"


class CoverPage:
    """The elements of the cover, created with the story; the page template draws them."""

    def __init__(self, cover: Cover, tree: Tree, make: ParagraphMaker) -> None:
        self._cover = cover
        sect = tree.root.add("Sect")
        self._crest: Element | None = None
        self._office = make.balanced(cover.office, "cover office", sect.add("P"))
        if cover.crest:
            self._crest = sect.add("Figure", alt=cover.crest_description or "Crest")
        self._head = [make.plain(cover.title, "cover title", sect.add("H1"), after=14)]
        for words, style in (
            (cover.subtitle, "cover year"),
            (cover.area, "cover area"),
            (cover.period, "cover area"),
        ):
            if words:
                self._head.append(make.plain(words, style, sect.add("P"), after=2))
        self._foot = [
            make.plain(words, style, sect.add("P"))
            for words, style in (
                (cover.about, "cover about"),
                (cover.pattern_note if cover.grids else "", "cover note"),
                (cover.reported, "cover reported"),
                (cover.notice, "cover notice"),
            )
            if words
        ]

    def draw(self, canvas: Any) -> None:
        """Paint the page."""
        canvas.saveState()
        canvas.setFillColor(color(DEEP))
        canvas.rect(0, _BLUE_BOTTOM, PAGE_WIDTH, PAGE_HEIGHT - _BLUE_BOTTOM, stroke=0, fill=1)
        canvas.restoreState()
        self._down(canvas, [self._office], PAGE_HEIGHT - 20 * MM, 100 * MM)
        if self._crest is not None:
            self._draw_crest(canvas, self._crest)
        low = self._down(canvas, self._head, PAGE_HEIGHT - 60 * MM, 140 * MM)
        self._draw_grids(canvas, min(low - 8 * MM, _BLUE_BOTTOM + 58 * MM))
        self._down(canvas, self._foot, _BLUE_BOTTOM - 15 * MM, _TEXT)

    @staticmethod
    def _down(canvas: Any, parts: list[Any], top: float, width: float) -> float:
        for part in parts:
            part.wrap(width, PAGE_HEIGHT)
            top -= part.height
            part.drawOn(canvas, SIDE, top)
            top -= part.getSpaceAfter()
        return top

    def _draw_crest(self, canvas: Any, element: Element) -> None:
        from reportlab.lib.utils import ImageReader

        picture = ImageReader(BytesIO(self._cover.crest))
        wide, high = picture.getSize()
        scale = min(40 * MM / wide, 30 * MM / high)
        wide, high = wide * scale, high * scale
        x, y = PAGE_WIDTH - SIDE - wide, PAGE_HEIGHT - 18 * MM - high
        element.bbox = (x, y, x + wide, y + high)
        with canvas.content(element):
            canvas.drawImage(picture, x, y, wide, high, mask="auto")

    def _draw_grids(self, canvas: Any, top: float) -> None:
        grids = self._cover.grids[:4]
        if not grids:
            return
        gap = 9 * MM
        share = (FULL - gap * (max(len(grids), 2) - 1)) / max(len(grids), 2)
        room = top - _BLUE_BOTTOM - 12 * MM
        canvas.saveState()
        for at, grid in enumerate(grids):
            self._draw_grid(canvas, grid, SIDE + at * (share + gap), top, share, room)
        canvas.restoreState()

    @staticmethod
    def _draw_grid(
        canvas: Any, grid: CoverGrid, x: float, top: float, width: float, height: float
    ) -> None:
        # Bands run down and days across, so that the grid is wider than high.
        columns, rows = len(grid.counts), max(len(grid.counts[0]), 1)
        cell, high = width / columns, min(height / rows, 8.2 * MM)
        most = max(max(row) for row in grid.counts)
        for day, counts in enumerate(grid.counts):
            for band, count in enumerate(counts):
                left, bottom = x + day * cell + 0.9, top - (band + 1) * high + 0.9
                if count:
                    step = heat_step(count) if most <= 5 else max(1, round(5 * count / most))
                    canvas.setFillColor(color(COVER_SCALE[step]))
                    canvas.rect(left, bottom, cell - 1.8, high - 1.8, stroke=0, fill=1)
                else:
                    canvas.setStrokeColor(color(_OUTLINE))
                    canvas.setLineWidth(0.8)
                    canvas.rect(left + 0.4, bottom + 0.4, cell - 2.6, high - 2.6, stroke=1, fill=0)
