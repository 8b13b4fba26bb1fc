"""Paragraphs whose text belongs to an element of the structure tree, links included."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.enums import TA_CENTER, TA_LEFT, TA_RIGHT
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus.paragraph import Paragraph
from reportlab.platypus.paraparser import ParaFrag

from visitapp.reporting.blocks import Run, Text
from visitapp.reporting.pdf.canvas import PAGINATION, TaggedText
from visitapp.reporting.pdf.printable import printable
from visitapp.reporting.pdf.structure import Element, Tree
from visitapp.reporting.style import BLUE, REPORT, SEMIBOLD, Look, TextStyle

_ALIGN = {"left": TA_LEFT, "right": TA_RIGHT, "center": TA_CENTER}


@cache
def color(value: str) -> Color:
    """A ReportLab colour of `#RRGGBB`."""
    return HexColor(value)


@cache
def paragraph_style(style: TextStyle) -> ParagraphStyle:
    """Our style as ReportLab's, without widows and orphans."""
    return ParagraphStyle(
        style.font,
        fontName=style.font,
        fontSize=style.size,
        leading=style.leading,
        textColor=color(style.color),
        leftIndent=style.indent,
        rightIndent=style.right,
        spaceBefore=style.before,
        spaceAfter=style.after,
        alignment=_ALIGN[style.align],
        keepWithNext=style.with_next,
        shaping=style.kern,
        bulletFontName=style.font,
        allowWidows=0,
        allowOrphans=0,
    )


def fragment(text: str, style: TextStyle, bold: bool = False, link: int | None = None) -> Any:
    """A piece of a paragraph as ReportLab's parser would make it, without parsing."""
    font = SEMIBOLD if bold else style.font
    piece = ParaFrag(
        text=printable(text, font),
        fontName=font,
        fontSize=style.size,
        textColor=color(style.color if link is None else BLUE),
        bold=0,
        italic=0,
        rise=0,
        greek=0,
        link=[],
        us_lines=[],
    )
    if link is not None:
        piece.link = [(link, f"#{link}")]
        piece.us_lines = [(link, "underline", None, "0.6", "-0.14*F", 0, 1, "1")]
    return piece


class _MarkedText(TaggedText):
    """Text that opens and closes its marks inside BT…ET, where they must be.

    Without links everything is one mark; with links each stretch of words has its own.
    """

    def __init__(self, canvas: Any, x: float, y: float, owner: "TaggedParagraph") -> None:
        super().__init__(canvas, x, y)
        self._owner = owner
        self._pieces: list[tuple[int, Element]] = []
        self._current = owner.first_span()
        self._line = 0

    def _textOut(self, text: str, TStar: int = 0) -> None:  # ReportLab's names
        if self._current is not None:
            self._pieces.append((len(self._code), self._current))
        if not TStar:
            self._code.append(self._formatText(text))
            return
        self._line += 1
        if self._owner.breaks_a_word(self._line - 1):
            self._code.append(f"{self._formatText(text)} T*")
        elif type(text) is str:
            self._code.append(f"{self._formatText(text + ' ')} T*")
        else:  # shaped text: a space would undo the shaping
            self._code.append(f"{self._formatText(text)} {self._formatText(' ')} T*")

    def _linkRecord(self, link: tuple[int, str], what: str) -> None:
        element, after = self._owner.spans_of_links[link[0]]
        if what == "start":  # called after the words were written
            self._pieces[-1] = (self._pieces[-1][0], element)
            self._current = element
        else:
            self._current = after

    def getCode(self) -> str:
        canvas = self._canvas
        if not canvas.in_mark:
            if self._current is None:
                self._code.insert(1, self._owner.opening_mark(canvas))
                self._code.append("EMC")
            else:
                self._mark_pieces()
        return str(super().getCode())

    def _mark_pieces(self) -> None:
        code = self._code
        previous: Element | None = None
        for index, element in self._pieces:
            if element is not previous:
                closing = "EMC " if previous is not None else ""
                code[index] = f"{closing}{self._canvas.begin_mark(element)} {code[index]}"
                previous = element
        if previous is not None:
            code[self._pieces[-1][0]] += " EMC"


class TaggedParagraph(Paragraph):  # type: ignore[misc]  # ReportLab has no types
    """A paragraph of one element; its halves on two pages belong to the same element.

    `label` is the element of a list's `bullet` or number, drawn before the text. A paragraph that
    `repeats` (a table's head) is content the first time and an artefact afterwards.
    """

    def __init__(
        self,
        text: Any,
        style: ParagraphStyle,
        bulletText: Any = None,  # `split` calls the class with these names
        frags: Any = None,
        element: Element | None = None,
        repeats: bool = False,
    ) -> None:
        super().__init__(text, style, bulletText, frags)
        self.element = element
        self.label: Element | None = None
        self.bullet = "\u2022"
        self.spans_of_links: dict[int, tuple[Element, Element]] = {}
        self._repeats = repeats
        self._drawn = False
        self._wrapped_to: float | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        # Tables and chains ask repeatedly; line breaks depend only on the width.
        if self._wrapped_to != availWidth:
            super().wrap(availWidth, availHeight)
            self._wrapped_to = availWidth
        return self.width, self.height

    def split(self, availWidth: float, availHeight: float) -> list[Any]:
        halves: list[Any] = super().split(availWidth, availHeight)
        self._wrapped_to = None  # splitting may drop the lines
        for half in halves:
            if half is not self:
                half.element = self.element
                half.spans_of_links = self.spans_of_links
        if halves and halves[0] is not self:
            halves[0].label, halves[0].bullet = self.label, self.bullet
        return halves

    def beginText(self, x: float, y: float) -> _MarkedText:
        return _MarkedText(self.canv, x, y, self)

    def breaks_a_word(self, line: int) -> bool:
        """Whether a line ends within a word that is longer than a line."""
        if self.blPara.kind or line >= len(self.blPara.lines):
            return False
        words = self.blPara.lines[line][1]
        return bool(words) and type(words[-1]).__name__ == "_SplitWord"

    def first_span(self) -> Element | None:
        """The element of the first words if links divide the paragraph; otherwise None."""
        if not self.spans_of_links:
            return None
        for line in self.blPara.lines:
            for word in getattr(line, "words", ()):
                if word.link:
                    number = word.link[0][0]
                    return _span_before(self.spans_of_links, number)
        return list(self.spans_of_links.values())[-1][1]

    def opening_mark(self, canvas: Any) -> str:
        """The mark of the whole text."""
        if self._repeats and self._drawn:
            return PAGINATION
        assert self.element is not None
        return str(canvas.begin_mark(self.element))

    def draw(self) -> None:
        if self.canv.counts_only:
            return
        if self.label is not None:
            self._draw_label(self.label)
        super().draw()
        self._drawn = True
        if self.element is not None:
            self.element.note_place(self.canv, self.width, self.height)

    def _draw_label(self, label: Element) -> None:
        canvas, style = self.canv, self.style
        canvas.saveState()
        with canvas.content(label):
            canvas.setFillColor(color(BLUE))
            canvas.setFont(style.fontName, style.fontSize)
            x, y = style.leftIndent - 12, self.height - style.fontSize
            canvas.drawString(x - canvas.stringWidth(self.bullet[:-2]), y, self.bullet)
        canvas.restoreState()


class BalancedParagraph(TaggedParagraph):
    """A heading whose lines have about the same length, with no word alone on the last."""

    _balanced_in: float | None = None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:
        if self._balanced_in == availWidth:
            return availWidth, self.height
        self._balanced_in = availWidth
        size: tuple[float, float] = super().wrap(availWidth, availHeight)
        lines = len(self.blPara.lines)
        if lines < 2:
            return size
        narrow, wide = availWidth * 0.4, availWidth
        while wide - narrow > 4:
            middle = (narrow + wide) / 2
            super().wrap(middle, availHeight)
            if len(self.blPara.lines) > lines:
                narrow = middle
            else:
                wide = middle
        super().wrap(wide, availHeight)
        self.width = availWidth
        return size


def _span_before(spans: dict[int, tuple[Element, Element]], number: int) -> Element:
    numbers = list(spans)
    at = numbers.index(number)
    if at:
        return spans[numbers[at - 1]][1]
    before = spans[number][0].parent
    assert before is not None
    first = before.kids[0]
    assert isinstance(first, Element)
    return first


class ParagraphMaker:
    """Makes the paragraphs of a document: creates their elements and looks up page numbers."""

    def __init__(self, tree: Tree, pages: dict[str, int], look: Look = REPORT) -> None:
        self._tree = tree
        self.look = look
        self._pages = pages
        """The page of each section by key, from the previous pass."""

    def plain(self, text: str, style: str, element: Element, **looks: Any) -> TaggedParagraph:
        """A paragraph in one style. `looks` replace fields of the style."""
        varied = _varied(self.look.styles[style], tuple(sorted(looks.items())))
        return self.styled(text, varied, element)

    def balanced(self, text: str, style: str, element: Element) -> BalancedParagraph:
        """A heading in one style."""
        look = self.look.styles[style]
        return BalancedParagraph(None, paragraph_style(look), None, [fragment(text, look)], element)

    def styled(
        self, text: str, style: TextStyle, element: Element, repeats: bool = False
    ) -> TaggedParagraph:
        """The same with a style passed in."""
        frags = [fragment(text, style)]
        return TaggedParagraph(None, paragraph_style(style), None, frags, element, repeats)

    def rich(self, runs: Text, style: TextStyle, element: Element) -> TaggedParagraph:
        """A paragraph of several runs, some of them links."""
        if not any(run.is_link for run in runs):
            frags = [fragment(run.text, style, run.bold) for run in runs]
            return TaggedParagraph(None, paragraph_style(style), None, frags, element)
        return self._with_links(runs, style, element)

    def _with_links(
        self, runs: Sequence[Run], style: TextStyle, element: Element
    ) -> TaggedParagraph:
        frags, spans = [], {}
        span = element.add("Span")
        for run in runs:
            if not run.is_link:
                frags.append(fragment(run.text, style, run.bold))
                continue
            words = self.link_words(run)
            link = element.add("Link")
            number = self._tree.new_link(link, run.section, run.url, words)
            span = element.add("Span")
            spans[number] = (link, span)
            frags.append(fragment(words, style, run.bold, number))
        if len(frags) == 1:  # ReportLab handles a paragraph with nothing but a link differently
            frags.append(fragment(" ", style))
        paragraph = TaggedParagraph(None, paragraph_style(style), None, frags, element)
        paragraph.spans_of_links = spans
        return paragraph

    def link_words(self, run: Run) -> str:
        """The words of a link: a section's title gets its page."""
        if not run.section:
            return run.text
        return f"{run.text}, page {self.page_of(run.section)}"

    def page_of(self, section: str) -> int:
        """The page of a section; before the first pass, a number as wide as most."""
        return self._pages.get(section, 10)


@cache
def _varied(style: TextStyle, looks: tuple[tuple[str, Any], ...]) -> TextStyle:
    return replace(style, **dict(looks)) if looks else style
