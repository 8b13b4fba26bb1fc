"""The content of a document, in reading order and independent of any format.

A document is a list of sections, and a section a list of blocks. Each format has one renderer for
these blocks; none of them calculates a figure.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from visitapp.domain.year.figure_place import ORIGIN, Only, Origin
from visitapp.reporting.charts import Chart

Align = str
"""`left`, `right` or `center`."""


@dataclass(frozen=True, slots=True)
class Run:
    """Part of a paragraph. With a `section` (a key) or `url` it is a link; a format with pages adds
    ", page N" to links to sections."""

    text: str
    bold: bool = False
    section: str = ""
    url: str = ""

    @property
    def is_link(self) -> bool:
        """Whether it is a link."""
        return bool(self.section or self.url)


Text = tuple[Run, ...]


def text(*parts: str | Run) -> Text:
    """A text made of plain strings and runs."""
    return tuple(part if isinstance(part, Run) else Run(part) for part in parts)


def plain(runs: Text) -> str:
    """The words of a text without their formatting."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A finding or subheading within a section. `wide`: over the full width, as the title of what
    follows, not just the text column."""

    text: str
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`style`: `body`, `lead` (the opening sentence), `note` (small, full width) or
    `subtitle` (what a chart counts). `wide`: body text over the full width."""

    runs: Text
    style: str = "body"
    wide: bool = False


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item of a list, possibly with items of its own, which may be `numbered`."""

    runs: Text
    items: tuple["ListItem", ...] = ()
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class BulletList:
    """Items without an order, or `numbered` from 1. `wide`: over the full width."""

    items: tuple[ListItem, ...]
    wide: bool = False
    numbered: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table: its head, alignment and share of the width (any unit). `origin` is that
    of its figures, unless their cells have their own; None where nothing was counted at visits."""

    head: str
    align: Align = "right"
    width: float = 1.0
    origin: Origin | None = ORIGIN


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts under a numbered caption; the first cell of a row names the row.

    `total` is the last row, set apart. `tints` colours the cells after the first by a step
    of the scale (0: outlined, no visit; None: no colour), row by row, as coverage grids have.
    `subheads` are the indices of rows that name those below them, their other cells empty. `strong`
    are cells (row, column) in heavier letters. With `fixed` the columns have their shares however
    long a text in them is. `of_rows` narrow the visits behind the figures of each row (the total is
    the last) further than the columns do; `origins` are those of single cells, row by row.
    """

    number: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()
    tints: tuple[tuple[int | None, ...], ...] = ()
    subheads: frozenset[int] = frozenset()
    strong: frozenset[tuple[int, int]] = frozenset()
    fixed: bool = False
    of_rows: tuple[Only, ...] = ()
    origins: tuple[tuple[Origin, ...], ...] = ()

    def origin(self, row: int, column: int) -> Origin | None:
        """The visits behind a cell; the total is the last row."""
        if row < len(self.origins) and column < len(self.origins[row]):
            return self.origins[row][column]
        if (origin := self.columns[column].origin) is None:
            return None
        only = self.of_rows[row] if row < len(self.of_rows) else {}
        return replace(origin, only={**only, **origin.only})


@dataclass(frozen=True, slots=True)
class TintKey:
    """What the colours of coverage grids mean: one label for each step, from `no visit` on."""

    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A chart; its alternative text is made from its own values. `origins` are those of its
    `figures`; without any each has that of the section."""

    chart: Chart
    origins: tuple[Origin, ...] = ()

    def parts(self) -> Iterator[tuple[str, str, Origin]]:
        """What each part says, its number as printed, and the visits behind it."""
        for at, (words, value) in enumerate(self.chart.figures):
            yield words, value, self.origins[at] if self.origins else ORIGIN


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A large figure, what it counts, and another line."""

    value: str
    label: str
    note: str = ""
    origin: Origin = ORIGIN


@dataclass(frozen=True, slots=True)
class KeyFigures:
    """The year at a glance: rows of three."""

    figures: tuple[KeyFigure, ...]


@dataclass(frozen=True, slots=True)
class Opener:
    """The opening of a section: figures beside its lead and first paragraphs."""

    figures: tuple[KeyFigure, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """Somebody's words, and who said them."""

    paragraphs: tuple[Text, ...]
    source: str = ""


@dataclass(frozen=True, slots=True)
class Strip:
    """A warning about what follows, such as "Made up to match published totals"."""

    text: str


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and their meanings."""

    entries: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WriteOn:
    """Space to write by hand: what belongs there, a few words of help, how many lines, and its
    share of the width in a row (any unit)."""

    label: str
    help: str = ""
    lines: int = 1
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class WriteOnRow:
    """Spaces to write in, side by side."""

    places: tuple[WriteOn, ...]


@dataclass(frozen=True, slots=True)
class TickRow:
    """A question with boxes to tick, one for each answer."""

    ask: str
    answers: tuple[str, ...]
    help: str = ""


@dataclass(frozen=True, slots=True)
class EmptyTable:
    """A table to fill in by hand under a numbered caption. Each row has its first cell; the others
    are boxes to tick (`ticks`) or space to write in. `height` of a row in points."""

    number: int
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[str, ...]
    ticks: bool = False
    height: float = 20.0


@dataclass(frozen=True, slots=True)
class Contents:
    """The list of the document's sections with their pages."""


Block = (
    Heading
    | Paragraph
    | BulletList
    | Table
    | TintKey
    | ChartBlock
    | KeyFigures
    | Opener
    | Quote
    | Strip
    | Terms
    | WriteOnRow
    | TickRow
    | EmptyTable
    | Contents
)


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document with its own title; links refer to its `key`. On a sheet it may have
    no title, and begins a page only if it `starts_page`. `origin` is that of all its figures."""

    key: str
    title: str
    blocks: tuple[Block, ...]
    in_contents: bool = True
    starts_page: bool = False
    origin: Origin = ORIGIN

    def of(self, scheme_id: UUID) -> "Section":
        """The section as one about a scheme."""
        return replace(self, origin=Origin({"scheme_id": scheme_id}))


@dataclass(frozen=True, slots=True)
class CoverGrid:
    """A site's year as an ornament: visits by row and column of its grid."""

    site: str
    counts: tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Cover:
    """The first page: who publishes what, for where and when. `crest` is a PNG; `author` wrote
    it."""

    office: str
    title: str
    subtitle: str
    area: str
    period: str
    grids: tuple[CoverGrid, ...] = ()
    about: str = ""
    pattern_note: str = ""
    author: str = ""
    reported: str = ""
    notice: str = ""
    crest: bytes = b""
    crest_description: str = ""


@dataclass(frozen=True, slots=True)
class Masthead:
    """The top of a sheet: who publishes it, a marking on the right, the title and what it is about;
    `notice` is in a strip below. A `close` sheet is set in smaller letters, to fit one page."""

    office: str
    marking: str
    title: str
    subtitle: str = ""
    notice: str = ""
    close: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document. `as_at` dates the file; `language` is a BCP 47 tag. `classification` is a
    protective marking, at the head and foot of each page. `word_template`: a DOCX file whose page,
    styles, head and foot it has in Word, or empty.

    With a masthead it is a sheet of one or a few pages, whose sections follow one another.
    """

    title: str
    as_at: date
    office: str
    head_left: str
    head_right: str
    sections: tuple[Section, ...]
    cover: Cover | None = None
    masthead: Masthead | None = None
    language: str = "en-GB"
    subject: str = ""
    keywords: tuple[str, ...] = field(default=())
    classification: str = ""
    word_template: bytes = field(default=b"", repr=False)

    @property
    def author(self) -> str:
        """Who wrote it: the office, unless a person is named."""
        return (self.cover and self.cover.author) or self.office

    def blocks(self) -> Iterator[Block]:
        """Every block in reading order."""
        for section in self.sections:
            yield from section.blocks

    def tables(self) -> Iterator[Table]:
        """Every table in reading order."""
        return (block for block in self.blocks() if isinstance(block, Table))


def paragraphs(texts: Iterable[str]) -> tuple[Paragraph, ...]:
    """Body paragraphs of plain texts."""
    return tuple(Paragraph(text(part)) for part in texts)
