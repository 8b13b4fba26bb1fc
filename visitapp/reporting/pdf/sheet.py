"""Parts of sheets: the masthead, and what is filled in by hand on paper. Lines to write on and
boxes to tick are drawn as artefacts, not content: a screen reader reads out the questions and
answers."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable

from visitapp.reporting.blocks import EmptyTable, Masthead, TickRow, WriteOnRow
from visitapp.reporting.pdf.flowables import StripBox
from visitapp.reporting.pdf.paragraphs import ParagraphMaker, TaggedParagraph, color
from visitapp.reporting.pdf.structure import Tree
from visitapp.reporting.pdf.tables import PlatypusTable, column_widths, table_head
from visitapp.reporting.style import BLUE, FULL, INK, LINE, MM, SANS, TextStyle

_LINE_HEIGHT = 21.0
"""Points between lines to write on: 7.4 mm."""
_BOX = 9.0
_BETWEEN_TICKS = 18.0


class MastheadLine(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Who publishes the sheet, above a short rule, and its marking on the right."""

    _RULE, _BELOW = 27 * MM, 12.0

    def __init__(self, office: TaggedParagraph, marking: TaggedParagraph | None) -> None:
        super().__init__()
        self._office, self._marking = office, marking

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        parts = [self._office.wrap(FULL * 0.6, height)[1]]
        if self._marking is not None:
            parts.append(self._marking.wrap(FULL * 0.38, height)[1])
        self.height = max(parts) + self._BELOW
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        self._office.drawOn(canvas, 0, self.height - self._office.height)
        if self._marking is not None:
            top = self.height - self._marking.height
            self._marking.drawOn(canvas, FULL * 0.62, top)
        canvas.saveState()
        canvas.setStrokeColor(color(BLUE))
        canvas.setLineWidth(1.8)
        canvas.line(0, self._BELOW - 5, self._RULE, self._BELOW - 5)
        canvas.restoreState()


def masthead_story(masthead: Masthead, tree: Tree, make: ParagraphMaker) -> list[Any]:
    """The top of a sheet; its title is the only H1."""
    section = tree.here
    office = make.plain(masthead.office, "office", section.add("P"))
    marking = None
    if masthead.marking:
        marking = make.plain(masthead.marking, "marking", section.add("P"))
    story: list[Any] = [
        MastheadLine(office, marking),
        make.balanced(masthead.title, "h1", section.add("H1")),
    ]
    if masthead.subtitle:
        story.append(make.plain(masthead.subtitle, "subtitle line", section.add("P")))
    if masthead.notice:
        strip = StripBox(make.plain(masthead.notice, "strip", section.add("P")))
        strip.spaceAfter = 6
        strip.keepWithNext = False  # at the top of the page it stays with the rest anyway
        story.append(strip)
    return story


class WriteOnPlaces(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Labels side by side, with lines to write on below each."""

    _GAP, _AFTER = 14.0, 5.0

    def __init__(self, columns: Sequence[tuple[float, Sequence[TaggedParagraph], int]]) -> None:
        """`columns`: share of the width, label and help, number of lines."""
        super().__init__()
        whole = sum(share for share, _, _ in columns)
        room = FULL - self._GAP * (len(columns) - 1)
        self._columns = [(room * share / whole, words, lines) for share, words, lines in columns]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        self._labels = max(
            sum(part.wrap(each, height)[1] for part in words) for each, words, _ in self._columns
        )
        lines = max(lines for _, _, lines in self._columns)
        self.height = self._labels + lines * _LINE_HEIGHT + self._AFTER
        return width, self.height

    def draw(self) -> None:
        canvas, left = self.canv, 0.0
        for each, words, lines in self._columns:
            y = self.height
            for part in words:
                y -= part.height
                part.drawOn(canvas, left, y)
            canvas.saveState()
            canvas.setStrokeColor(color(INK))
            canvas.setLineWidth(0.6)
            for line in range(1, lines + 1):
                y = self.height - self._labels - line * _LINE_HEIGHT
                canvas.line(left, y, left + each, y)
            canvas.restoreState()
            left += each + self._GAP


def write_on_row(block: WriteOnRow, tree: Tree, make: ParagraphMaker) -> Any:
    """Spaces to write in, side by side."""
    columns = []
    for place in block.places:
        words = [make.plain(place.label, "field", tree.here.add("P"))]
        if place.help:
            words.append(make.plain(place.help, "field help", tree.here.add("P")))
        columns.append((place.width, words, place.lines))
    return WriteOnPlaces(columns)


class Ticks(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Answers, each after a box, on as many lines as they need."""

    _ROW = 17.0

    def __init__(self, answers: Sequence[tuple[str, TaggedParagraph]], style: TextStyle) -> None:
        super().__init__()
        self._answers, self._style = answers, style
        self.spaceAfter = 4

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        from visitapp.reporting.sketch import width_of

        self._places: list[tuple[float, int, TaggedParagraph]] = []
        x, row = 0.0, 0
        for words, part in self._answers:
            wide = width_of(words, self._style.font, self._style.size) + self._style.indent + 2
            wide = min(wide, FULL)
            if x and x + wide > FULL:
                x, row = 0.0, row + 1
            part.wrap(wide, height)
            self._places.append((x, row, part))
            x += wide + _BETWEEN_TICKS
        self.height = (row + 1) * self._ROW
        return width, self.height

    def draw(self) -> None:
        canvas = self.canv
        for x, row, part in self._places:
            y = self.height - row * self._ROW - part.height
            draw_box(canvas, x, y + 1.5)
            part.drawOn(canvas, x, y)


def draw_box(canvas: Any, x: float, y: float) -> None:
    """A box to tick, with its lower left corner at (x, y)."""
    canvas.saveState()
    canvas.setStrokeColor(color(INK))
    canvas.setLineWidth(0.8)
    canvas.rect(x, y, _BOX, _BOX, stroke=1, fill=0)
    canvas.restoreState()


def tick_story(block: TickRow, tree: Tree, make: ParagraphMaker) -> list[Any]:
    """A question, and its answers with boxes as a list."""
    section = tree.here
    story: list[Any] = [make.plain(block.ask, "field", section.add("P"))]
    if block.help:
        story.append(make.plain(block.help, "field help", section.add("P")))
    listed = section.add("L")
    parts = [
        (words, make.plain(words, "tick", listed.add("LI").add("LBody"))) for words in block.answers
    ]
    for part in story:
        part.keepWithNext = True
    return [*story, Ticks(parts, make.look.styles["tick"])]


def empty_table_story(block: EmptyTable, tree: Tree, make: ParagraphMaker) -> list[Any]:
    """A table to fill in with a pen: boxes to tick, or space to write."""
    parent = tree.here.add("Table")
    words = f"Table {block.number}. {block.caption}"
    caption = make.plain(words, "caption", parent.add("Caption"))
    rows: list[list[Any]] = [table_head(block.columns, parent.add("TR"), make, centred=True)]
    first = TextStyle(SANS, 10.5, 13, INK)
    for label in block.rows:
        row = parent.add("TR")
        cells: list[Any] = [make.styled(label, first, row.add("TH", scope="Row"))]
        for _ in block.columns[1:]:
            row.add("TD")
            cells.append("")
        rows.append(cells)
    table = PlatypusTable(
        rows,
        colWidths=column_widths(block.columns),
        repeatRows=1,
        hAlign="LEFT",
        style=_empty_style(block),
    )
    table.spaceAfter = 8
    return [caption, table]


def _empty_style(block: EmptyTable) -> list[tuple[Any, ...]]:
    pad = max(3.0, (block.height - 13) / 2)
    commands: list[tuple[Any, ...]] = [
        ("FONTNAME", (0, 0), (-1, -1), SANS),
        ("LEFTPADDING", (0, 0), (0, -1), 0),
        ("LEFTPADDING", (1, 0), (-1, -1), 3),
        ("RIGHTPADDING", (0, 0), (-1, -1), 3),
        ("TOPPADDING", (0, 0), (-1, 0), 3),
        ("BOTTOMPADDING", (0, 0), (-1, 0), 4),
        ("TOPPADDING", (0, 1), (-1, -1), pad),
        ("BOTTOMPADDING", (0, 1), (-1, -1), pad),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "MIDDLE"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.9, color(INK)),
        ("LINEBELOW", (0, 1), (-1, -1), 0.5, color(LINE)),
    ]
    if block.ticks:
        cells = [(at, row) for row in range(len(block.rows)) for at in range(len(block.columns))]
        commands += [
            ("BACKGROUND", (at, row + 1), (at, row + 1), _tick_cell) for at, row in cells if at
        ]
    else:
        commands.append(("LINEAFTER", (0, 1), (-2, -1), 0.5, color(LINE)))
    return commands


def _tick_cell(_: Any, canvas: Any, x: float, y: float, width: float, height: float) -> None:
    middle_x, middle_y = x + width / 2, y + height / 2
    draw_box(canvas, middle_x - _BOX / 2, middle_y - _BOX / 2)
