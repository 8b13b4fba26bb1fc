"""How documents look: colours, page, type. The light theme on white, whatever the screen."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from visitapp.domain.year.heatmap import LIGHT_HEAT

MM = 72 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 595.2756, 841.8898
"""A4 in points."""

SIDE = 20 * MM
TOP = 27 * MM
BOTTOM = 22 * MM
FULL = 170 * MM
RAIL = 38 * MM
INDENT = 44 * MM
"""Left edge of the text column, measured from the left edge of the full width (rail + gutter)."""
COLUMN = FULL - INDENT

INK, INK2 = "#1B1F24", "#464C54"
DEEP, BLUE = "#12355B", "#1B4F82"
COVER_SMALL = "#D6E4F2"
OCHRE = "#8A5200"
STRIP_TEXT, STRIP_FILL, STRIP_EDGE = "#6B4000", "#FCEFD3", "#8A5200"
LINE, HAIR, PALE = "#8A8F96", "#CFD3D8", "#E4E7EA"
WHITE = "#FFFFFF"
SCALE = (WHITE, *LIGHT_HEAT.counts[1:])
SCALE_TEXT = (OCHRE, INK, INK, INK, WHITE, WHITE)
COVER_SCALE = ("", "#1A4571", "#2A5E93", "#4884BC", "#7DB0E0", "#B5D5F2")

SANS, SEMIBOLD, BOLD, ITALIC = (
    "ReportSans",
    "ReportSans-Semibold",
    "ReportSans-Bold",
    "ReportSans-It",
)
DISPLAY, HEAD_SERIF, SERIF = "ReportSerif-Display", "ReportSerif-Semibold", "ReportSerif-Text"

FONT_FILES = MappingProxyType(
    {
        SANS: "SourceSansPro-Regular.ttf",
        SEMIBOLD: "SourceSansPro-Semibold.ttf",
        BOLD: "SourceSansPro-Bold.ttf",
        ITALIC: "SourceSansPro-It.ttf",
        DISPLAY: "SourceSerif4-Display.ttf",
        HEAD_SERIF: "SourceSerif4-DisplaySemibold.ttf",
        SERIF: "SourceSerif4-Text.ttf",
    }
)
"""Registered name -> file under `resources/fonts/report`."""


@dataclass(frozen=True, slots=True)
class TextStyle:
    """Font, size and leading in points, colour, indents and space in points.

    `kern`: shape the text, which kerns it; for the few large serif lines.
    """

    font: str
    size: float
    leading: float
    color: str = INK
    indent: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    align: str = "left"
    with_next: bool = False
    kern: bool = False


STYLES = MappingProxyType(
    {
        "h2": TextStyle(HEAD_SERIF, 26, 31, DEEP, after=5, kern=True),
        "h3": TextStyle(SEMIBOLD, 14, 18.5, indent=INDENT, before=10, after=3, with_next=True),
        "h3 wide": TextStyle(SEMIBOLD, 14, 18.5, before=10, after=3, with_next=True),
        "lead": TextStyle(SERIF, 14, 20.5, indent=INDENT, after=8, kern=True),
        "quote": TextStyle(SERIF, 13, 19.5, indent=INDENT + 14, after=6, kern=True),
        "source": TextStyle(SANS, 10.5, 14, INK2, indent=INDENT + 14, after=4),
        "body": TextStyle(SANS, 12, 17, indent=INDENT, after=6),
        "body wide": TextStyle(SANS, 12, 17, after=6),
        "note": TextStyle(SANS, 10.5, 14, INK2, before=3, after=5),
        "subtitle": TextStyle(SANS, 10.5, 14, INK2, after=3, with_next=True),
        "caption": TextStyle(SEMIBOLD, 10.5, 14, INK2, before=9, after=2, with_next=True),
        "strip": TextStyle(SEMIBOLD, 10.5, 14, STRIP_TEXT),
        "glance": TextStyle(DISPLAY, 40, 42, BLUE),
        "glance label": TextStyle(SEMIBOLD, 12, 16, after=2),
        "glance note": TextStyle(SANS, 10.5, 14, INK2),
        "rail": TextStyle(DISPLAY, 34, 36, BLUE),
        "rail label": TextStyle(SANS, 10.5, 14, INK2),
        "term": TextStyle(SEMIBOLD, 11, 14),
        "meaning": TextStyle(SANS, 11, 14),
        "contents": TextStyle(SANS, 12.5, 17),
        "cover office": TextStyle(SEMIBOLD, 13, 17.5, WHITE),
        "cover title": TextStyle(DISPLAY, 50, 55, WHITE, kern=True),
        "cover year": TextStyle(DISPLAY, 25, 30, WHITE, kern=True),
        "cover area": TextStyle(SANS, 14, 20, COVER_SMALL),
        "cover about": TextStyle(SANS, 12, 17, after=9),
        "cover note": TextStyle(SANS, 10.5, 14, INK2, after=9),
        "cover reported": TextStyle(SEMIBOLD, 12, 17, after=9),
        "cover notice": TextStyle(SEMIBOLD, 10.5, 14, OCHRE),
    }
)


@dataclass(frozen=True, slots=True)
class Look:
    """How a kind of document is laid out: top and bottom margins and the left edge of running text
    in points, key figures in a row, the style of each kind of text.

    To keep things together, up to the share `gap_most` of a page may stay empty at its foot; tables
    up to the share `table_whole` of a page aren't split.

    A report's sections begin on new pages with a running head; a sheet's follow one another, and a
    sheet has a foot only if it has more than one page.
    """

    top: float
    bottom: float
    indent: float
    in_row: int
    styles: Mapping[str, TextStyle]
    gap_most: float = 0.25
    table_whole: float = 0.3
    is_sheet: bool = False
    cell: tuple[float, float] = (11, 14)
    """Size and leading of the cells of tables."""
    after_table: float = 9

    @property
    def frame(self) -> float:
        """Height of a page's text in points."""
        return PAGE_HEIGHT - self.top - self.bottom


REPORT = Look(TOP, BOTTOM, INDENT, 3, STYLES)
SHEET = Look(
    15 * MM,
    15 * MM,
    0.0,
    4,
    MappingProxyType(
        {
            **STYLES,
            "h1": TextStyle(HEAD_SERIF, 24, 29, DEEP, kern=True),
            "subtitle line": TextStyle(SERIF, 13, 18, INK2, after=7, kern=True),
            "office": TextStyle(SEMIBOLD, 10.5, 14, INK2),
            "marking": TextStyle(SANS, 10.5, 14, INK2, align="right"),
            "h2": TextStyle(SEMIBOLD, 12.5, 16, before=11, after=3, with_next=True),
            "h3": TextStyle(SEMIBOLD, 11, 15, before=8, after=2, with_next=True),
            "h3 wide": TextStyle(SEMIBOLD, 11, 15, before=8, after=2, with_next=True),
            "lead": TextStyle(SERIF, 12.5, 17, after=5, kern=True),
            "body": TextStyle(SANS, 11, 15, after=4),
            "body wide": TextStyle(SANS, 11, 15, after=4),
            "note": TextStyle(SANS, 10, 13, INK2, before=4, after=3),
            "caption": TextStyle(SEMIBOLD, 10, 13, INK2, before=7, after=1, with_next=True),
            "glance": TextStyle(DISPLAY, 29, 31, BLUE),
            "glance label": TextStyle(SEMIBOLD, 11, 14),
            "glance note": TextStyle(SANS, 10, 13, INK2),
            "code": TextStyle(SEMIBOLD, 19, 30),
            "field": TextStyle(SEMIBOLD, 10, 13),
            "field help": TextStyle(SANS, 9.5, 12, INK2),
            "tick": TextStyle(SANS, 10.5, 14, indent=16),
        }
    ),
    gap_most=0.2,
    table_whole=0.2,
    is_sheet=True,
)
"""Documents of one or a few pages: briefings, letters, forms on paper."""
CLOSE_SHEET = replace(
    SHEET,
    top=9.5 * MM,
    bottom=10.5 * MM,
    cell=(10, 12.2),
    after_table=4,
    gap_most=0.12,
    table_whole=0.1,
    styles=MappingProxyType(
        {
            **SHEET.styles,
            "h1": TextStyle(HEAD_SERIF, 21, 24, DEEP, kern=True),
            "subtitle line": TextStyle(SERIF, 12, 15, INK2, after=2, kern=True),
            "h2": TextStyle(SEMIBOLD, 11, 13, before=4, after=1, with_next=True),
            "body": TextStyle(SANS, 10, 12.2, after=1.5),
            "body wide": TextStyle(SANS, 10, 12.2, after=1.5),
            "note": TextStyle(SANS, 9.5, 12, INK2, before=3, after=1),
            "caption": TextStyle(SEMIBOLD, 9.5, 12, INK2, before=3, after=0, with_next=True),
            "glance": TextStyle(DISPLAY, 22, 23, BLUE),
            "glance label": TextStyle(SEMIBOLD, 10, 12.2),
            "glance note": TextStyle(SANS, 9.5, 12, INK2),
        }
    ),
)
"""Reports of visits, which are to be read at a glance on one page where they fit."""
