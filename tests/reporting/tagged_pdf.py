"""A tagged PDF read back by other means than those that wrote it."""

import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import pikepdf

_TEXT = {"Tj", "TJ", "'", '"'}
_PAINT = {"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "sh", "Do"}


@dataclass
class Page:
    """What a page shows, by mark. `loose` are operators that stand in no mark."""

    number: int
    texts: dict[int, str] = field(default_factory=lambda: defaultdict(str))
    order: list[int] = field(default_factory=list)
    kinds: dict[int, str] = field(default_factory=dict)
    artefacts: list[tuple[str, str]] = field(default_factory=list)
    loose: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    fonts: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))


@dataclass
class Node:
    """An element of the tree: kids are elements, (page, MCID) pairs and annotations."""

    kind: str
    raw: pikepdf.Object
    kids: list["Node | tuple[int, int] | pikepdf.Object"]
    parent: "Node | None" = None

    def walk(self) -> Iterator["Node"]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.walk()

    def marks(self) -> Iterator[tuple[int, int]]:
        for kid in self.kids:
            if isinstance(kid, Node):
                yield from kid.marks()
            elif isinstance(kid, tuple):
                yield kid

    @property
    def alt(self) -> str:
        return str(self.raw.Alt) if "/Alt" in self.raw else ""


class TaggedPdf:
    """Pages, structure and fonts of one file."""

    def __init__(self, content: bytes) -> None:
        self.pdf = pikepdf.open(io.BytesIO(content))
        self._numbers = {page.objgen: at for at, page in enumerate(self.pdf.pages)}
        self.fonts: dict[str, pikepdf.Object] = {}
        self.pages = [self._page(at, page) for at, page in enumerate(self.pdf.pages)]
        self.root = self._node(self.pdf.Root.StructTreeRoot.K, None)

    def text_of(self, node: Node) -> str:
        """The words of an element and all below it, in tree order."""
        words = "".join(self.pages[page].texts[mcid] for page, mcid in node.marks())
        return " ".join(words.split())

    def nodes(self, kind: str) -> list[Node]:
        return [node for node in self.root.walk() if node.kind == kind]

    def parent_tree(self) -> dict[int, pikepdf.Object]:
        numbers = list(self.pdf.Root.StructTreeRoot.ParentTree.Nums)
        return {int(numbers[at]): numbers[at + 1] for at in range(0, len(numbers), 2)}

    def outline(self) -> str:
        """Every element with its words, one a line: what somebody hears who can't see."""
        lines: list[str] = []
        self._outline(self.root, 0, lines)
        return "\n".join(lines) + "\n"

    def _outline(self, node: Node, depth: int, lines: list[str]) -> None:
        own = "".join(
            self.pages[kid[0]].texts[kid[1]] for kid in node.kids if isinstance(kid, tuple)
        )
        words = " ".join((node.alt or own).split())
        lines.append(f"{'  ' * depth}{node.kind}{': ' + words if words else ''}")
        for kid in node.kids:
            if isinstance(kid, Node):
                self._outline(kid, depth + 1, lines)

    def _node(self, raw: pikepdf.Object, parent: Node | None) -> Node:
        node = Node(str(raw.S)[1:], raw, [], parent)
        kids = raw.get("/K", pikepdf.Array())
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if "/MCID" in kid:
                node.kids.append((self._numbers[kid.Pg.objgen], int(kid.MCID)))
            elif kid.get("/Type") == "/OBJR":
                node.kids.append(kid.Obj)
            else:
                node.kids.append(self._node(kid, node))
        return node

    def _page(self, number: int, source: pikepdf.Page) -> Page:
        fonts = source.Resources.Font
        self.fonts.update({str(font.BaseFont): font for font in fonts.values()})
        reader = _Reader(Page(number), dict(fonts.items()))
        for operands, operator in pikepdf.parse_content_stream(source):
            reader.take(str(operator), operands)
        if reader.mark:
            reader.page.faults.append("a mark stays open at the end of the page")
        return reader.page


class _Reader:
    """Follows a page's operators. `mark` is the open one: its MCID (None: an artefact) and
    whether it was opened within BT and ET."""

    def __init__(self, page: Page, fonts: dict[str, pikepdf.Object]) -> None:
        self.page = page
        self.mark: tuple[int | None, bool] | None = None
        self._codes = {name: _codes(font) for name, font in fonts.items()}
        self._names = {name: str(font.BaseFont) for name, font in fonts.items()}
        self._in_text, self._font = False, ""

    def take(self, name: str, operands: list[pikepdf.Object]) -> None:
        if name in ("BDC", "BMC"):
            self._open(operands)
        elif name == "EMC":
            self._close()
        elif name in ("BT", "ET"):
            if self.mark and self.mark[1]:
                self.page.faults.append("a mark goes over BT or ET")
            self._in_text = name == "BT"
        elif name == "Tf":
            self._font = str(operands[0])
        elif name in _TEXT:
            strings = operands[-1] if name == "TJ" else [operands[-1]]
            self._say(b"".join(bytes(s) for s in strings if isinstance(s, pikepdf.String)))
        elif name in _PAINT and self.mark is None:
            self.page.loose.append(name)

    def _open(self, operands: list[pikepdf.Object]) -> None:
        page, kind = self.page, str(operands[0])[1:]
        if self.mark:
            page.faults.append("a mark within a mark")
        if kind == "Artifact":
            page.artefacts.append((str(operands[1].get("/Type", ""))[1:], ""))
            self.mark = (None, self._in_text)
            return
        mcid = int(operands[1].MCID)
        if mcid in page.kinds:
            page.faults.append(f"MCID {mcid} twice")
        page.kinds[mcid] = kind
        page.order.append(mcid)
        page.texts[mcid] += ""
        self.mark = (mcid, self._in_text)

    def _close(self) -> None:
        if self.mark is None or self.mark[1] != self._in_text:
            self.page.faults.append("a mark ends where none is open, or across BT or ET")
        self.mark = None

    def _say(self, codes: bytes) -> None:
        page = self.page
        page.fonts[self._names[self._font]].update(codes)
        words = "".join(self._codes[self._font][code] for code in codes)
        if self.mark is None:
            page.loose.append(words)
        elif self.mark[0] is None:
            kind, before = page.artefacts[-1]
            page.artefacts[-1] = (kind, before + words)
        else:
            page.texts[self.mark[0]] += words


def _codes(font: pikepdf.Object) -> dict[int, str]:
    """What each code of a font says, by its ToUnicode table."""
    table = font.ToUnicode.read_bytes().decode("latin-1")
    texts = {}
    for part in re.findall(r"beginbfchar(.*?)endbfchar", table, re.DOTALL):
        for code, text in re.findall(r"<([0-9A-Fa-f]+)>\s*<([0-9A-Fa-f]+)>", part):
            texts[int(code, 16)] = bytes.fromhex(text).decode("utf-16-be")
    return texts
