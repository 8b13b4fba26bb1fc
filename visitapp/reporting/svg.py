"""A sketch as SVG: text stays text, and the picture has a description.

ReportLab's own writer positions centred text by the widths of fonts that the reader may not have,
and can't write descriptions.
"""

from collections.abc import Iterator
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.graphics.shapes import Circle, Drawing, Line, Rect, String

from visitapp.reporting.plain_text import plain_text
from visitapp.reporting.sketch import width_of
from visitapp.reporting.style import BOLD, SEMIBOLD

_FAMILY = "'Source Sans Pro','Source Sans 3','Segoe UI',Helvetica,Arial,sans-serif"
_WEIGHTS = {SEMIBOLD: ' font-weight="600"', BOLD: ' font-weight="700"'}


def svg_of(drawing: Drawing, title: str, description: str) -> bytes:
    """The drawing as an SVG file of its size in pixels; the same drawing always gives the same
    bytes."""
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        _opening(drawing, 'aria-labelledby="title desc"'),
        f'<title id="title">{_escape(title)}</title>',
        f'<desc id="desc">{_escape(description)}</desc>',
        *_elements(drawing),
        "</svg>",
        "",
    ]
    return "\n".join(lines).encode()


def svg_in_a_page(drawing: Drawing, description: str) -> str:
    """The drawing as part of a web page, with `description` as its text alternative."""
    label = f"aria-label={quoteattr(plain_text(description))}"
    return "\n".join([_opening(drawing, label), *_elements(drawing), "</svg>"])


def _opening(drawing: Drawing, label: str) -> str:
    width, height = _short(drawing.width), _short(drawing.height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}" role="img" {label} '
        f'font-family="{_FAMILY}">'
    )


def _elements(drawing: Drawing) -> Iterator[str]:
    return (_element(shape, drawing.height) for shape in drawing.contents)


def _escape(text: str) -> str:
    """A text as XML."""
    return escape(plain_text(text))


def _element(shape: Any, height: float) -> str:
    match shape:
        case Rect():
            top = height - shape.y - shape.height
            corner = f' rx="{_short(shape.rx)}"' if shape.rx else ""
            return (
                f'<rect x="{_short(shape.x)}" y="{_short(top)}" width="{_short(shape.width)}" '
                f'height="{_short(shape.height)}"{corner} {_paint(shape)}/>'
            )
        case Circle():
            return (
                f'<circle cx="{_short(shape.cx)}" cy="{_short(height - shape.cy)}" '
                f'r="{_short(shape.r)}" {_paint(shape)}/>'
            )
        case Line():
            dash = getattr(shape, "strokeDashArray", None)
            dashes = f' stroke-dasharray="{" ".join(map(_short, dash))}"' if dash else ""
            return (
                f'<line x1="{_short(shape.x1)}" y1="{_short(height - shape.y1)}" '
                f'x2="{_short(shape.x2)}" y2="{_short(height - shape.y2)}" '
                f'stroke="{_hex(shape.strokeColor)}" stroke-width="{_short(shape.strokeWidth)}"'
                f"{dashes}/>"
            )
        case String():
            anchor = "" if shape.textAnchor == "start" else f' text-anchor="{shape.textAnchor}"'
            return (
                f'<text x="{_short(shape.x)}" y="{_short(height - shape.y)}" '
                f'font-size="{_short(shape.fontSize)}"{_WEIGHTS.get(shape.fontName, "")} '
                f'textLength="{_short(_width(shape))}" lengthAdjust="spacingAndGlyphs" '
                f"fill={quoteattr(_hex(shape.fillColor))}{anchor}>{_escape(shape.text)}</text>"
            )
        case _:
            raise TypeError(f"No SVG for {type(shape).__name__}")


def _width(string: String) -> float:
    # Without the font, a reader must keep to this width, so that nothing overlaps.
    return width_of(string.text, string.fontName, string.fontSize)


def _paint(shape: Any) -> str:
    fill = f'fill="{_hex(shape.fillColor) if shape.fillColor else "none"}"'
    if not shape.strokeColor:
        return fill
    stroke = f'stroke="{_hex(shape.strokeColor)}" stroke-width="{_short(shape.strokeWidth)}"'
    return f"{fill} {stroke}"


def _hex(color: Any) -> str:
    return f"#{color.hexval()[2:].upper()}"


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
