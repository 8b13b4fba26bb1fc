"""A certificate as a tagged PDF of one page across, fit to frame."""

from io import BytesIO
from typing import Any

from visitapp.reporting.certificate import CertificateWords
from visitapp.reporting.pdf.canvas import TaggedCanvas
from visitapp.reporting.pdf.fonts import register_fonts
from visitapp.reporting.pdf.metadata import Metadata
from visitapp.reporting.pdf.paragraphs import ParagraphMaker, TaggedParagraph, color
from visitapp.reporting.pdf.structure import Tree
from visitapp.reporting.style import (
    DEEP,
    DISPLAY,
    HEAD_SERIF,
    INK,
    INK2,
    OCHRE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    SANS,
    SCALE,
    SEMIBOLD,
    SERIF,
    TextStyle,
)

_WIDE, _HIGH = PAGE_HEIGHT, PAGE_WIDTH
_TEXT, _NARROW = 640.0, 440.0
_TOP = 78.0
_SIGN, _SIGN_WIDTH, _SIGN_GAP = 122.0, 187.0, 34.0
_SQUARE, _GAP, _GROUP_GAP, _GROUP = 24.0, 2.5, 11.0, 3
_SQUARES_MOST = 460.0
_SHADES = (SCALE[2], SCALE[4], DEEP)
_LONG_NAME = 26

_OFFICE = TextStyle(SEMIBOLD, 11, 15, INK2, after=30, align="center")
_TITLE = TextStyle(DISPLAY, 46, 54, DEEP, after=10, align="center", kern=True)
_PRESENTED = TextStyle(SERIF, 15, 20, INK2, after=8, align="center", kern=True)
_NAME = TextStyle(HEAD_SERIF, 36, 44, INK, after=10, align="center", kern=True)
_NAME_LONG = TextStyle(HEAD_SERIF, 26, 33, INK, after=8, align="center", kern=True)
_SERVICE = TextStyle(SERIF, 16, 23, INK, after=12, align="center", kern=True)
_SENTENCE = TextStyle(SANS, 12, 18, INK2, align="center")
_LINE = TextStyle(SANS, 11, 15, INK2, align="center")
_NOTICE = TextStyle(SANS, 9.5, 13, OCHRE, align="center")


def certificate_pdf(words: CertificateWords) -> bytes:
    """The page. The same words always give the same bytes."""
    register_fonts()
    tree, file = Tree(), BytesIO()
    metadata = Metadata(words.title, words.office, words.service, "en-GB", words.day)
    canvas = TaggedCanvas(
        file,
        tree=tree,
        metadata=metadata,
        pagesize=(_WIDE, _HIGH),
        invariant=1,
        pageCompression=1,
    )
    canvas.setTitle(words.title)
    canvas.setAuthor(words.office)
    canvas.setSubject(words.service)
    canvas.setCreator("visitapp")
    _draw(canvas, words, tree)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


def _draw(canvas: Any, words: CertificateWords, tree: Tree) -> None:
    make, section = ParagraphMaker(tree, {}), tree.root.add("Sect")
    name = _NAME_LONG if len(words.name) > _LONG_NAME else _NAME
    office = make.styled(words.office, _OFFICE, section.add("P"))
    below = [
        make.styled("Certificate of service", _TITLE, section.add("H1")),
        make.styled("presented to", _PRESENTED, section.add("P")),
        make.styled(words.name, name, section.add("P")),
        make.styled(words.service, _SERVICE, section.add("P")),
        make.styled(words.sentence, _SENTENCE, section.add("P")),
    ]
    lines = [make.styled(line, _LINE, section.add("P")) for line in words.lines]
    _draw_frame(canvas)
    top = _down(canvas, [office], _HIGH - _TOP)
    top = _draw_years(canvas, words.years, top)
    top = _down(canvas, below[:3], top - 18)
    _down(canvas, below[3:], top, _NARROW)
    _draw_lines(canvas, lines)
    if words.notice:
        _down(canvas, [make.styled(words.notice, _NOTICE, section.add("P"))], _SIGN - 36)


def _draw_frame(canvas: Any) -> None:
    canvas.saveState()
    canvas.setStrokeColor(color(DEEP))
    for inset, width in ((30.0, 1.8), (36.5, 0.7)):
        canvas.setLineWidth(width)
        canvas.rect(inset, inset, _WIDE - 2 * inset, _HIGH - 2 * inset, stroke=1, fill=0)
    canvas.restoreState()


def _down(canvas: Any, parts: list[TaggedParagraph], top: float, width: float = _TEXT) -> float:
    """Draw paragraphs one below the other in the middle; returns where the next one begins."""
    for part in parts:
        part.wrap(width, _HIGH)
        top -= part.height
        part.drawOn(canvas, (_WIDE - width) / 2, top)
        top -= part.getSpaceAfter()
    return top


def _draw_years(canvas: Any, years: int, top: float) -> float:
    """A square for each year, in threes that grow darker: an ornament, no content."""
    groups = (years - 1) // _GROUP
    whole = years * _SQUARE + (years - 1 - groups) * _GAP + groups * _GROUP_GAP
    scale = min(1.0, _SQUARES_MOST / whole)
    x, side = (_WIDE - whole * scale) / 2, _SQUARE * scale
    canvas.saveState()
    for year in range(years):
        shade = min(year // _GROUP * len(_SHADES) // max(groups + 1, 1), len(_SHADES) - 1)
        canvas.setFillColor(color(_SHADES[shade]))
        canvas.rect(x, top - side, side, side, stroke=0, fill=1)
        ends_group = year % _GROUP == _GROUP - 1
        x += side + (_GROUP_GAP if ends_group else _GAP) * scale
    canvas.restoreState()
    return top - side


def _draw_lines(canvas: Any, lines: list[TaggedParagraph]) -> None:
    """Lines to sign on, with who signs, and the day."""
    whole = len(lines) * _SIGN_WIDTH + (len(lines) - 1) * _SIGN_GAP
    x = (_WIDE - whole) / 2
    for line in lines:
        canvas.saveState()
        canvas.setStrokeColor(color(INK2))
        canvas.setLineWidth(0.7)
        canvas.line(x, _SIGN, x + _SIGN_WIDTH, _SIGN)
        canvas.restoreState()
        line.wrap(_SIGN_WIDTH, _HIGH)
        line.drawOn(canvas, x, _SIGN - 6 - line.height)
        x += _SIGN_WIDTH + _SIGN_GAP
