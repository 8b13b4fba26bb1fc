"""The structure tree of a tagged PDF: built with the story, before anything is drawn.

Drawing only adds marked-content references to elements that exist, so the order of drawing,
splitting and keeping together can't change the reading order.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFObject, PDFString, pdfdocEnc

from visitapp.domain.year.figure_place import ORIGIN, Origin

Box = tuple[float, float, float, float]


class ShownFigure(NamedTuple):
    """A figure with what it is about, alone, and as `FigurePlace` has it."""

    words: str
    value: str
    origin: Origin = ORIGIN


def has_figure(words: str) -> bool:
    """Whether there is a number in a text."""
    return any(map(str.isdecimal, words))


_ALWAYS_KEPT = frozenset({"TD", "TH"})


class Element:
    """A node of the tree. `kids` are elements, (page, MCID) pairs and annotation names.

    `scope` of a table's head, or how a list is numbered. `title` and `origin` of a section.
    `figure` that it shows, and the `places` (page from 1, box in points) where it was drawn;
    `parts` are the same of the figures within a chart. A preview links them, the file doesn't have
    them.
    """

    __slots__ = (
        "alt", "bbox", "figure", "kids", "kind", "name", "origin", "parent", "parts", "places",
        "scope", "title",
    )  # fmt: skip

    def __init__(self, kind: str, parent: "Element | None" = None) -> None:
        self.kind = kind
        self.parent = parent
        self.kids: list[Element | tuple[int, int] | str] = []
        self.scope = ""
        self.alt = ""
        self.bbox: tuple[float, float, float, float] | None = None
        self.name = ""
        self.title, self.origin = "", ORIGIN
        self.figure: ShownFigure | None = None
        self.places: list[tuple[int, Box]] = []
        self.parts: list[tuple[ShownFigure, int, Box]] = []

    def note_place(self, canvas: Any, width: float, height: float) -> None:
        """Remember where the figure is drawn, from the canvas' current origin."""
        if self.figure is not None:
            self.places.append((canvas.getPageNumber(), _on_page(canvas, (0, 0, width, height))))

    def note_part(self, canvas: Any, shown: ShownFigure, box: Box) -> None:
        """Remember where a figure within this one is drawn."""
        self.parts.append((shown, canvas.getPageNumber(), _on_page(canvas, box)))

    def add(self, kind: str, scope: str = "", alt: str = "") -> "Element":
        """A new last child."""
        child = Element(kind, self)
        child.scope, child.alt = scope, alt
        self.kids.append(child)
        return child

    def drop_undrawn(self) -> bool:
        """Remove what never reached a page. Returns whether anything is left; cells always stay."""
        self.kids = [kid for kid in self.kids if not isinstance(kid, Element) or kid.drop_undrawn()]
        return bool(self.kids) or self.kind in _ALWAYS_KEPT

    def walk(self) -> Iterator["Element"]:
        """The element and all below it, in reading order."""
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()


def _on_page(canvas: Any, box: Box) -> Box:
    left, bottom, right, top = box
    return (*canvas.absolutePosition(left, bottom), *canvas.absolutePosition(right, top))


class Tree:
    """The tree of one document, with everything that pages and annotations refer back to."""

    def __init__(self) -> None:
        self.root = Element("Document")
        self.here = self.root
        self.links: list[tuple[Element, str, str, str]] = []
        """(Link element, section key, URL, words) by the number used when drawing."""
        self.page_marks: list[list[Element]] = []
        """For each page the elements of its MCIDs."""
        self.annotations: list[tuple[str, Element]] = []
        self.page_names: list[str] = []

    def new_link(self, element: Element, section: str, url: str, words: str) -> int:
        """Store a link. ReportLab passes its number back when it draws the area."""
        self.links.append((element, section, url, words))
        return len(self.links) - 1

    def mark(self, page: int, element: Element) -> int:
        """A new MCID on a page (0 is the first) for an element."""
        while len(self.page_marks) <= page:
            self.page_marks.append([])
        marks = self.page_marks[page]
        marks.append(element)
        element.kids.append((page, len(marks) - 1))
        return len(marks) - 1

    def annotate(self, element: Element, name: str, first_key: int) -> int:
        """Attach an annotation to its Link element. Returns its StructParent number."""
        self.annotations.append((name, element))
        element.kids.append(name)
        return first_key + len(self.annotations) - 1


ANNOTATION_KEYS = 100_000
"""StructParent numbers of annotations begin here, those of pages at 0."""


class _Raw(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """An object that writes itself."""

    def __init__(self, write: Any) -> None:
        self._write = write

    def format(self, document: Any) -> bytes:
        encoded: bytes = pdfdocEnc(self._write(document))
        return encoded


def write_tree(tree: Tree, document: Any) -> Any:
    """Put the tree into ReportLab's document. Returns a reference to its root."""
    tree.root.drop_undrawn()
    elements = list(tree.root.walk())
    for number, element in enumerate(elements):
        element.name = f"tag{number}"
    for element in elements:
        document.Reference(_ElementObject(element, tree), element.name)
    document.Reference(_Raw(lambda doc: _parent_tree(tree, doc)), "tag_parents")
    return document.Reference(_Raw(lambda doc: _root(tree, doc)), "tag_root")


def _ref(document: Any, name: str) -> str:
    number, generation = document.idToObjectNumberAndVersion[name]
    return f"{number} {generation} R"


def _root(tree: Tree, document: Any) -> str:
    return (
        f"<< /Type /StructTreeRoot /K {_ref(document, tree.root.name)} "
        f"/ParentTree {_ref(document, 'tag_parents')} "
        f"/ParentTreeNextKey {ANNOTATION_KEYS + len(tree.annotations)} >>"
    )


def _parent_tree(tree: Tree, document: Any) -> str:
    lines = []
    for page, marks in enumerate(tree.page_marks):
        if marks:
            refs = " ".join(_ref(document, element.name) for element in marks)
            lines.append(f"{page} [ {refs} ]")
    for index, (_, element) in enumerate(tree.annotations):
        lines.append(f"{ANNOTATION_KEYS + index} {_ref(document, element.name)}")
    return "<< /Nums [ " + "\n".join(lines) + " ] >>"


class _ElementObject(PDFObject):  # type: ignore[misc]  # ReportLab has no types
    """A structure element, written without ReportLab's dictionaries, since there are thousands."""

    def __init__(self, element: Element, tree: Tree) -> None:
        self._element = element
        self._tree = tree

    def format(self, document: Any) -> bytes:
        element = self._element
        parent = element.parent.name if element.parent else "tag_root"
        head = f"<< /Type /StructElem /S /{element.kind} /P {_ref(document, parent)}"
        kids = " ".join(self._kid(kid, document) for kid in element.kids)
        tail = f" /K [ {kids} ] {_attributes(element)} >>"
        alt = b" /Alt " + PDFString(element.alt).format(document) if element.alt else b""
        encoded: bytes = pdfdocEnc(head) + alt + pdfdocEnc(tail)
        return encoded

    def _kid(self, kid: Element | tuple[int, int] | str, document: Any) -> str:
        if isinstance(kid, Element):
            return _ref(document, kid.name)
        if isinstance(kid, str):
            return f"<< /Type /OBJR /Obj {_ref(document, kid)} >>"
        page, mcid = kid
        name = self._tree.page_names[page]
        return f"<< /Type /MCR /Pg {_ref(document, name)} /MCID {mcid} >>"


def _attributes(element: Element) -> str:
    if element.kind == "L":
        return f"/A << /O /List /ListNumbering /{element.scope or 'Disc'} >>"
    if element.scope:
        return f"/A << /O /Table /Scope /{element.scope} >>"
    if element.bbox:
        box = " ".join(f"{edge:.2f}" for edge in element.bbox)
        return f"/A << /O /Layout /Placement /Block /BBox [ {box} ] >>"
    return ""
