"""The cover: deep blue with the year's own coverage as its ornament."""

from io import BytesIO
from typing import Any

from reportlab.graphics import renderPDF

from visitapp.reporting.blocks import Cover
from visitapp.reporting.cover_pattern import cover_pattern
from visitapp.reporting.pdf.paragraphs import ParagraphMaker, color
from visitapp.reporting.pdf.structure import Element, Tree
from visitapp.reporting.sketch import width_of
from visitapp.reporting.style import (
    DEEP,
    FULL,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SEMIBOLD,
    SIDE,
    WHITE,
)

_BLUE_BOTTOM = PAGE_HEIGHT - 196 * MM
_TEXT = 118 * MM
_MARKING = 11
MARKING_TOP, MARKING_FOOT = 10 * MM, 5.5 * MM
"""How far a protective marking is from the edges of a page."""


def draw_marking(canvas: Any, words: str, y: float, ink: str) -> None:
    """A protective marking in the middle of the page, smaller if it is long."""
    size = min(_MARKING, _MARKING * FULL / width_of(words, SEMIBOLD, _MARKING))
    canvas.saveState()
    canvas.setFillColor(color(ink))
    canvas.setFont(SEMIBOLD, size)
    canvas.drawCentredString(PAGE_WIDTH / 2, y, words)
    canvas.restoreState()


class CoverPage:
    """The elements of the cover, created with the story; the page template draws them."""

    def __init__(self, cover: Cover, tree: Tree, make: ParagraphMaker, marking: str = "") -> None:
        self._cover, self._words = cover, marking
        sect = tree.root.add("Sect")
        self._marking = sect.add("P") if marking else None
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
                (cover.author and f"Author: {cover.author}", "cover reported"),
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
        if self._marking is not None:
            with canvas.content(self._marking):
                draw_marking(canvas, self._words, PAGE_HEIGHT - MARKING_TOP, WHITE)
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
        pattern = cover_pattern(grids, top - _BLUE_BOTTOM - 12 * MM)
        renderPDF.draw(pattern, canvas, SIDE, top - pattern.height)
