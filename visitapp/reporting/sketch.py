"""Shapes that charts are drawn with, as ReportLab graphics: for PDF pages, SVG and PNG."""

from functools import cache, lru_cache
from typing import Any

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String
from reportlab.lib.colors import Color, HexColor
from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase.pdfmetrics import stringWidth

from visitapp.reporting.style import BLUE, DEEP, INK, LINE, PALE, SANS, SCALE, WHITE

FILLS = (BLUE, SCALE[2], "hatch", PALE, DEEP, WHITE)
"""The looks of the parts of a bar, one after the other; after the last they start again."""
ON_FILLS = (WHITE, INK, INK, INK, WHITE, INK)


@cache
def _color(value: str) -> Color:
    return HexColor(value)


@lru_cache(8192)
def width_of(text: str, font: str = SANS, size: float = 11) -> float:
    """Width in points."""
    return float(stringWidth(text, font, size))


def lines_of(text: str, width: float, font: str = SANS, size: float = 11) -> list[str]:
    """The text in lines no wider than `width`; a word that is wider is split."""
    lines = []
    for line in simpleSplit(text, font, size, width):
        rest = line
        while len(rest) > 1 and width_of(rest, font, size) > width:
            fits = next(
                n
                for n in range(len(rest) - 1, 0, -1)
                if n == 1 or _fits(rest[:n], width, font, size)
            )
            lines.append(rest[:fits])
            rest = rest[fits:]
        lines.append(rest)
    return lines


def _fits(text: str, width: float, font: str, size: float) -> bool:
    return width_of(text, font, size) <= width


_LEAST_SPOT = 6.0


class Sketch:
    """A drawing in points, with (0, 0) at the lower left. `spots` are the boxes (left, bottom,
    right, top) of the parts of a chart, in their order; None for a part that isn't drawn."""

    def __init__(self, width: float, height: float) -> None:
        self.drawing = Drawing(width, height)
        self.width, self.height = width, height
        self.spots: list[tuple[float, float, float, float] | None] = []

    def spot(self, x: float, y: float, width: float, height: float) -> None:
        """Note where the next part of the chart is; a thin one is given more room to point at."""
        if width <= 0 or height <= 0:
            self.spots.append(None)
            return
        beside = max(_LEAST_SPOT - width, 0) / 2
        self.spots.append((x - beside, y, x + width + beside, y + height))

    def box(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        fill: str | None = None,
        stroke: str | None = None,
        stroke_width: float = 0.8,
        radius: float = 0,
    ) -> None:
        """A rectangle; the fill `hatch` is white with slanted lines and an outline."""
        if width <= 0 or height <= 0:
            return
        if fill == "hatch":
            self.box(x, y, width, height, WHITE)
            self.hatch(x, y, width, height)
            fill, stroke, stroke_width = None, INK, 0.8
        if fill == PALE and stroke is None:
            stroke = LINE
        self.drawing.add(
            Rect(
                x, y, width, height, rx=radius, ry=radius,
                fillColor=_color(fill) if fill else None,
                strokeColor=_color(stroke) if stroke else None,
                strokeWidth=stroke_width if stroke else 0,
            )
        )  # fmt: skip

    def hatch(
        self,
        x: float,
        y: float,
        width: float,
        height: float,
        ink: str = INK,
        step: float = 4.0,
        stroke_width: float = 0.6,
        rising: bool = False,
    ) -> None:
        """Slanted lines within a rectangle, down to the right unless `rising`."""
        offset = step
        while offset < width + height:
            x1, y1 = max(0.0, offset - height), min(height, offset)
            x2, y2 = min(width, offset), max(0.0, offset - width)
            if rising:  # mirrored
                y1, y2 = height - y1, height - y2
            self.line(x + x1, y + height - y1, x + x2, y + height - y2, ink, stroke_width)
            offset += step

    def line(
        self, x1: float, y1: float, x2: float, y2: float, ink: str = LINE,
        stroke_width: float = 0.8, dash: list[float] | None = None,
    ) -> None:  # fmt: skip
        """A straight line."""
        extra: dict[str, Any] = {"strokeDashArray": dash} if dash else {}
        self.drawing.add(
            Line(x1, y1, x2, y2, strokeColor=_color(ink), strokeWidth=stroke_width, **extra)
        )

    def ring(self, x: float, y: float, radius: float, ink: str, stroke_width: float = 1.5) -> None:
        """A circle around (x, y), not filled."""
        self.drawing.add(
            Circle(x, y, radius, fillColor=None, strokeColor=_color(ink), strokeWidth=stroke_width)
        )

    def words(
        self, x: float, y: float, text: str, font: str = SANS, size: float = 11,
        ink: str = INK, anchor: str = "start",
    ) -> float:  # fmt: skip
        """A line of text with its baseline at `y`. Returns its width in points."""
        self.drawing.add(
            String(
                x, y, text, fontName=font, fontSize=size, fillColor=_color(ink), textAnchor=anchor
            )
        )
        return width_of(text, font, size)
