"""A document of content blocks as a tagged PDF file."""

from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from typing import Any, BinaryIO

from reportlab import rl_config
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.text.wording import out_of
from visitapp.domain.year.figure_place import FigurePlace
from visitapp.reporting.blocks import Document
from visitapp.reporting.pdf.canvas import TaggedCanvas
from visitapp.reporting.pdf.cover import MARKING_FOOT, MARKING_TOP, CoverPage, draw_marking
from visitapp.reporting.pdf.fonts import register_fonts
from visitapp.reporting.pdf.metadata import Metadata
from visitapp.reporting.pdf.paragraphs import ParagraphMaker, color
from visitapp.reporting.pdf.sealing import Seal, SealedDocument
from visitapp.reporting.pdf.story import StoryMaker
from visitapp.reporting.pdf.structure import Element, Tree
from visitapp.reporting.style import (
    CLOSE_SHEET,
    FULL,
    HAIR,
    INK,
    INK2,
    MM,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    REPORT,
    SANS,
    SEMIBOLD,
    SHEET,
    SIDE,
    Look,
)

_PASSES_MOST = 5
rl_config.useA85 = 0  # raw bytes: a fifth smaller than ASCII encoding


def render_pdf(
    document: Document,
    target: BinaryIO,
    progress: Progress | None = None,
    *,
    seal: Seal | None = None,
    figures: list[FigurePlace] | None = None,
) -> int:
    """Write the document to a binary file and return its number of pages.

    The story is built again until its page numbers no longer change, usually twice; the first time
    nothing is drawn. The same document always gives the same bytes, unless a `seal` encrypts it.
    `figures` gets where each figure is, in reading order.
    Raises CancelledError if `progress` returns False.
    """
    register_fonts()
    pages: dict[str, int] = {}
    count = 0
    for attempt in range(_PASSES_MOST):
        layout = _Pass(document, pages, count, progress, counts_only=attempt == 0)
        layout.build()
        count = layout.canvas.getPageNumber() - 1
        if attempt == 0:
            pages = layout.canvas.pages_of
            continue
        if layout.canvas.pages_of == pages or attempt == _PASSES_MOST - 1:
            break
        pages = layout.canvas.pages_of
    if figures is not None:
        figures += layout.figures()
    layout.write(target, seal)
    return int(count)


def _look_of(document: Document) -> Look:
    if document.masthead is None:
        return REPORT
    return CLOSE_SHEET if document.masthead.close else SHEET


class _Pass:
    """One layout of the whole document."""

    def __init__(
        self,
        document: Document,
        pages: dict[str, int],
        count: int,
        progress: Progress | None,
        *,
        counts_only: bool,
    ) -> None:
        """`pages` and `count` are from the previous pass: the page of each section, and the
        total."""
        self._document = document
        self._look = _look_of(document)
        self._count = count
        self._progress = progress
        self._counts_only = counts_only
        self._expected = max(pages.values(), default=len(document.sections) + 1)
        self.tree = Tree()
        make = ParagraphMaker(self.tree, pages)
        self._cover = (
            CoverPage(document.cover, self.tree, make, document.classification)
            if document.cover
            else None
        )
        self._story = StoryMaker(document, self.tree, pages, self._look).story()
        self._file = BytesIO()
        self.canvas: Any = None

    def build(self) -> None:
        """Lay out and draw every page; nothing is written yet."""
        document = self._document
        frame = Frame(
            SIDE, self._look.bottom, FULL, self._look.frame,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        template = _Template(
            self._file,
            pagesize=(PAGE_WIDTH, PAGE_HEIGHT),
            title=document.title,
            author=document.author,
            subject=document.subject,
            creator="visitapp",
            keywords=", ".join(document.keywords),
            invariant=1,
            pageCompression=1,
        )
        margins = self._foot_of_sheet if self._look.is_sheet else self._head_and_foot
        if document.classification:
            margins = partial(self._marked, margins)
        page = PageTemplate("page", [frame], onPage=margins, onPageEnd=self._report_page)
        cover = PageTemplate("cover", [frame], onPage=self._draw_cover, onPageEnd=self._report_page)
        template.addPageTemplates([cover, page] if self._cover else [page])
        metadata = Metadata(
            document.title, document.author, document.subject, document.language, document.as_at
        )
        maker = partial(
            _KeptCanvas, tree=self.tree, metadata=metadata, counts_only=self._counts_only
        )
        template.build(self._story, canvasmaker=maker)
        self.canvas = template.canv

    def figures(self) -> Iterator[FigurePlace]:
        """Where each figure was drawn."""
        for part in self.tree.root.kids:
            if isinstance(part, Element):
                for element in part.walk():
                    yield from _places(element, part)

    def write(self, target: BinaryIO, seal: Seal | None) -> None:
        """Write the file, encrypted if there is a seal."""
        if seal is not None:
            self.canvas._doc.encrypt = SealedDocument(seal)
        self.canvas.save_now()
        target.write(self._file.getbuffer())

    def _draw_cover(self, canvas: Any, _: Any) -> None:
        if self._cover is not None and not self._counts_only:
            self._cover.draw(canvas)
            self._mark(canvas, below=True)

    def _marked(self, margins: Callable[[Any, Any], None], canvas: Any, template: Any) -> None:
        """A page with its head and foot, and the protective marking above and below them."""
        margins(canvas, template)
        if not self._counts_only:
            self._mark(canvas, below=False)
            self._mark(canvas, below=True)

    def _mark(self, canvas: Any, *, below: bool) -> None:
        if not self._document.classification:
            return
        name, place = ("Footer", "Bottom") if below else ("Header", "Top")
        y = MARKING_FOOT if below else PAGE_HEIGHT - MARKING_TOP
        with canvas.artifact(f"/Type /Pagination /Subtype /{name} /Attached [/{place}]"):
            draw_marking(canvas, self._document.classification, y, INK)

    def _report_page(self, canvas: Any, _: Any) -> None:
        number = canvas.getPageNumber()
        stage = "Laying out" if self._counts_only else "Writing"
        expected = max(number, self._expected)
        report_progress(
            self._progress,
            stage,
            number,
            expected,
            "The report was not finished. Nothing was saved.",
        )

    def _foot_of_sheet(self, canvas: Any, _: Any) -> None:
        """A sheet of one page has no foot; on more pages it helps to put them in order."""
        if self._counts_only or self._count < 2:
            return
        canvas.saveState()
        with canvas.artifact("/Type /Pagination /Subtype /Footer /Attached [/Bottom]"):
            canvas.setFillColor(color(INK2))
            canvas.setFont(SANS, 9.5)
            y = min(8 * MM, self._look.bottom - 4.5 * MM)
            canvas.drawString(SIDE, y, self._document.head_left)
            words = f"Page {out_of(canvas.getPageNumber(), self._count)}"
            canvas.drawRightString(PAGE_WIDTH - SIDE, y, words)
        canvas.restoreState()

    def _head_and_foot(self, canvas: Any, _: Any) -> None:
        if self._counts_only:
            return
        document = self._document
        canvas.saveState()
        with canvas.artifact("/Type /Pagination /Subtype /Header /Attached [/Top]"):
            canvas.setFillColor(color(INK2))
            canvas.setFont(SANS, 9.5)
            y = PAGE_HEIGHT - 17 * MM + 3
            canvas.drawString(SIDE, y, document.head_left)
            canvas.drawRightString(PAGE_WIDTH - SIDE, y, document.head_right)
        with canvas.artifact("/Type /Pagination /Subtype /Footer /Attached [/Bottom]"):
            canvas.setStrokeColor(color(HAIR))
            canvas.setLineWidth(0.5)
            canvas.line(SIDE, 15.5 * MM, PAGE_WIDTH - SIDE, 15.5 * MM)
            canvas.setFillColor(color(INK2))
            canvas.setFont(SANS, 9.5)
            canvas.drawString(SIDE, 11 * MM, document.office)
            canvas.setFillColor(color(INK))
            canvas.setFont(SEMIBOLD, 10)
            canvas.drawRightString(PAGE_WIDTH - SIDE, 11 * MM, str(canvas.getPageNumber()))
        canvas.restoreState()


def _places(element: Element, section: Element) -> Iterator[FigurePlace]:
    """The places of one figure of a section, which may stand on two pages, and of those in it."""
    if element.figure is None:
        return
    whole = [(element.figure, *place) for place in element.places]
    for (words, value, origin), page, (left, bottom, right, top) in (*whole, *element.parts):
        yield FigurePlace(
            page - 1,
            left / PAGE_WIDTH,
            1 - top / PAGE_HEIGHT,
            right / PAGE_WIDTH,
            1 - bottom / PAGE_HEIGHT,
            words,
            value,
            origin.of or section.title,
            origin.within(section.origin),
        )


class _KeptCanvas(TaggedCanvas):
    """Saving waits: a pass with wrong page numbers is thrown away without writing it."""

    def save(self) -> None:
        if self._code:
            self.showPage()

    def save_now(self) -> None:
        """Write the tree and the file."""
        super().save()


class _Template(BaseDocTemplate):  # type: ignore[misc]  # ReportLab has no types
    """Keeps its canvas after building."""

    canv: Any

    def _endBuild(self) -> None:
        canvas = self.canv
        super()._endBuild()
        self.canv = canvas
