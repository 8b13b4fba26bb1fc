"""A canvas on which everything is tagged, as PDF/UA requires.

Text must be within a mark of its element, or an error is raised; anything else painted outside a
mark becomes an artefact when the page ends.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from reportlab.pdfbase.pdfdoc import (
    XMP,
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.textobject import PDFTextObject

from visitapp.reporting.pdf.metadata import Metadata, TimeStamp, xmp_packet
from visitapp.reporting.pdf.printable import printable
from visitapp.reporting.pdf.structure import ANNOTATION_KEYS, Element, Tree, write_tree
from visitapp.reporting.style import SANS

PAGINATION = "/Artifact <</Type /Pagination>> BDC"
_PAINT = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"})
_STANDARD = ("Helvetica", "Times", "Courier", "Symbol", "ZapfDingbats")


class UntaggedTextError(RuntimeError):
    """Text was drawn without an element: a bug in a flowable, whatever the data."""


class TaggedText(PDFTextObject):  # type: ignore[misc]  # ReportLab has no types
    """A text object whose lines end with a space, so that words don't run together."""

    def textLine(self, text: str = "") -> None:  # ReportLab's name
        super().textLine(text)
        if not text:
            return
        code = self._code[-1]
        self._code[-1] = code[: -len(" T*")] + f" {self._formatText(' ')} T*"


class TaggedCanvas(Canvas):  # type: ignore[misc]  # ReportLab has no types
    """ReportLab's canvas with a structure tree, PDF 1.7 and the metadata of PDF/UA-1."""

    def __init__(
        self,
        filename: Any,
        *,
        tree: Tree,
        metadata: Metadata,
        counts_only: bool = False,
        **options: Any,
    ) -> None:
        options.update(pdfVersion=(1, 7), lang=metadata.language, initialFontName=SANS)
        self.tree = tree
        self.counts_only = counts_only
        """Whether this pass only finds page numbers, so that nothing needs to be drawn."""
        self._in_mark = False
        self.pages_of: dict[str, int] = {}
        super().__init__(filename, **options)
        document = self._doc
        document._timeStamp = TimeStamp(metadata.as_at)
        catalog = document.Catalog
        catalog.MarkInfo = PDFDictionary({"Marked": "true"})
        catalog.Metadata = XMP(creator=lambda _: xmp_packet(metadata))
        self.setViewerPreference("DisplayDocTitle", "true")

    # marks

    @contextmanager
    def content(self, element: Element) -> Iterator[None]:
        """Everything drawn inside belongs to `element`."""
        with self._mark(lambda: self.begin_mark(element)):
            yield

    @contextmanager
    def artifact(self, properties: str) -> Iterator[None]:
        """Everything drawn inside isn't content, for example a running head."""
        with self._mark(lambda: f"/Artifact <<{properties}>> BDC"):
            yield

    @contextmanager
    def _mark(self, begin: Any) -> Iterator[None]:
        if self._in_mark:
            yield
            return
        self._code.append(begin())
        self._in_mark = True
        try:
            yield
        finally:
            self._code.append("EMC")
            self._in_mark = False

    @property
    def in_mark(self) -> bool:
        """Whether a mark is open, so that further ones inside are ignored."""
        return self._in_mark

    def begin_mark(self, element: Element) -> str:
        """The operator that opens a new mark of `element` on this page."""
        mcid = self.tree.mark(self._pageNumber - 1, element)
        return f"/{element.kind} <</MCID {mcid}>> BDC"

    # text

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> TaggedText:
        return TaggedText(self, x, y, direction=direction)

    def drawText(self, text_object: Any) -> None:
        code = text_object.getCode()
        if not self._in_mark and "BDC" not in code and ("Tj" in code or "TJ" in code):
            raise UntaggedTextError(code)
        self._code.append(code)

    def setFont(self, name: str, size: float, leading: float | None = None) -> None:
        """Tables and drawings start with a standard-14 font, which becomes the body font."""
        super().setFont(SANS if name.startswith(_STANDARD) else name, size, leading)

    def drawString(self, x: float, y: float, text: str, *args: Any, **options: Any) -> None:
        super().drawString(x, y, printable(text, self._fontname), *args, **options)

    def drawRightString(self, x: float, y: float, text: str, *args: Any, **options: Any) -> None:
        super().drawRightString(x, y, printable(text, self._fontname), *args, **options)

    def drawCentredString(self, x: float, y: float, text: str, *args: Any, **options: Any) -> None:
        super().drawCentredString(x, y, printable(text, self._fontname), *args, **options)

    # links

    def linkRect(self, contents: str, number: str, rect: Any = None, **options: Any) -> None:
        """The area of link `number` of the tree, in the current coordinates."""
        element, section, url, words = self.tree.links[int(number)]
        name = f"link{len(self.tree.annotations)}"
        annotation = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray(self._absRect(rect, options.get("relative", 0))),
                "Border": PDFArray([0, 0, 0]),
                "F": 4,
                "Contents": PDFString(contents or words),
            }
        )
        if url:
            annotation["A"] = PDFDictionary(
                {"Type": PDFName("Action"), "S": PDFName("URI"), "URI": PDFString(url)}
            )
        else:
            annotation["Dest"] = self._bookmarkReference(section)
        key = self.tree.annotate(element, self._doc.annotationName(name), ANNOTATION_KEYS)
        annotation["StructParent"] = key
        self._addAnnotation(annotation, name)

    # pages

    def showPage(self) -> None:
        self._code[:] = _with_artefacts(self._code)
        super().showPage()

    def _setAnnotations(self, page: Any) -> None:
        super()._setAnnotations(page)
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.StructParents = len(self.tree.page_names)
        page.Tabs = PDFName("S")
        self.tree.page_names.append(self._doc.thisPageName())

    def save(self) -> None:
        """Write the structure tree, then the file."""
        if self._code:
            self.showPage()
        self._doc.Catalog.StructTreeRoot = write_tree(self.tree, self._doc)
        super().save()


def _with_artefacts(code: list[str]) -> list[str]:
    """Page code in which everything painted outside a mark is an artefact."""
    done: list[str] = []
    loose: list[str] = []
    depth = 0
    for entry in code:
        opens, closes = entry.endswith("BDC"), entry == "EMC"
        if depth == 0 and not opens and not entry.startswith("BT"):
            loose.append(entry)
            continue
        done.extend(_artefact(loose))
        loose = []
        depth += opens - closes
        done.append(entry)
    done.extend(_artefact(loose))
    return done


def _artefact(entries: list[str]) -> list[str]:
    last = max((i for i, entry in enumerate(entries) if _paints(entry)), default=-1)
    if last < 0:
        return entries
    first = next(i for i, entry in enumerate(entries) if entry[:2] == "n " or _paints(entry))
    return [
        *entries[:first],
        "/Artifact <</Type /Layout>> BDC",
        *entries[first : last + 1],
        "EMC",
        *entries[last + 1 :],
    ]


def _paints(entry: str) -> bool:
    return entry.rsplit(None, 1)[-1] in _PAINT if entry.strip() else False
