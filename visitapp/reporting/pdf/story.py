"""Content blocks as ReportLab flowables, each with its element of the structure tree."""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, PageBreak

from visitapp.domain.year.figure_place import ORIGIN, Origin
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    ChartBlock,
    Contents,
    Document,
    EmptyTable,
    Heading,
    KeyFigure,
    KeyFigures,
    ListItem,
    Opener,
    Paragraph,
    Quote,
    Section,
    Strip,
    Table,
    Terms,
    TickRow,
    TintKey,
    WriteOnRow,
    plain,
)
from visitapp.reporting.pdf import flowables, sheet
from visitapp.reporting.pdf.columns import Piece, in_columns
from visitapp.reporting.pdf.keep_together import height_of, whole, with_chains
from visitapp.reporting.pdf.paragraphs import ParagraphMaker
from visitapp.reporting.pdf.structure import Element, ShownFigure, Tree, has_figure
from visitapp.reporting.pdf.tables import TableParts, terms_story
from visitapp.reporting.sketch import width_of
from visitapp.reporting.style import FULL, HEAD_SERIF, Look, TextStyle

_BULLET = 15.0
"""Points from a bullet to its text, and for each level of nesting."""
_SHORT, _SHORT_MOST, _BETWEEN_SECTIONS = 190.0, 12, 16.0
"""Sections lower than this, in points, and with fewer pieces follow the previous one on its
page."""
_ROOM = 0.2
"""The share of a page below which a section begins on the next one."""


def _fitting(value: str, look: Look) -> float:
    """The size at which a key figure fits on one line, at least two thirds of the usual one."""
    style = look.styles["glance"]
    width = width_of(value, style.font, style.size)
    each = flowables.KeyFigureRow.each(look.in_row)
    return max(0.65 * style.size, min(style.size, style.size * each / max(width, 1)))


class StoryMaker:
    """Builds the story of a document and, at the same time, the structure tree."""

    def __init__(self, document: Document, tree: Tree, pages: dict[str, int], look: Look) -> None:
        self._document = document
        self._tree = tree
        self._look = look
        self._by_key = {section.key: section for section in document.sections}
        self._make = ParagraphMaker(tree, pages, look)

    def story(self) -> list[Any]:
        """Everything after the cover, which its page template draws."""
        return self._sheet() if self._look.is_sheet else self._report()

    def _sheet(self) -> list[Any]:
        story: list[Any] = []
        if self._document.masthead is not None:
            self._tree.here = self._tree.root.add("Sect")
            story += sheet.masthead_story(self._document.masthead, self._tree, self._make)
        for section in self._document.sections:
            if section.starts_page:
                story.append(PageBreak())
            story += with_chains(self._section(section), self._look)
        return story

    def _report(self) -> list[Any]:
        story: list[Any] = []
        joins = False
        for at, section in enumerate(self._document.sections):
            flowables = self._section(section)
            if joins and self._is_short(flowables):
                story.append(whole(flowables, _BETWEEN_SECTIONS))
                continue
            if joins:
                story.append(CondPageBreak(_ROOM * self._look.frame))
                flowables[0].spaceBefore = _BETWEEN_SECTIONS
            elif at or self._document.cover:
                story.append(PageBreak())
            story.extend(with_chains(flowables))
            joins = True
        if self._document.cover:
            story.insert(0, NextPageTemplate("page"))
        return story

    @staticmethod
    def _is_short(flowables: list[Any]) -> bool:
        """Whether it would leave most of a page of its own empty."""
        return len(flowables) < _SHORT_MOST and height_of(flowables, None, FULL) < _SHORT

    def _section(self, section: Section) -> list[Any]:
        tree = self._tree
        tree.here = tree.root.add("Sect")
        tree.here.title, tree.here.origin = section.title, section.origin
        blocks = list(section.blocks)
        story = self._title(section, blocks) if section.title else []
        pieces: list[Piece] = []
        before: Block | None = None
        for block in blocks:
            is_note = isinstance(block, Paragraph) and block.style == "note"
            if is_note and pieces:
                pieces[-1].notes += self._block(block)
            elif isinstance(block, Table):
                under = isinstance(before, Heading)
                pieces.append(Piece(TableParts(block, self._tree, self._make, under)))
            elif isinstance(block, ChartBlock) and not self._look.is_sheet:
                pieces.append(Piece(self._chart(block)))
            else:
                story += self._laid_out(pieces)
                pieces = []
                if is_note and story:
                    story[-1].keepWithNext = True
                story.extend(self._block(block))
            before = block
        return story + self._laid_out(pieces)

    def _laid_out(self, pieces: Sequence[Piece]) -> list[Any]:
        """Tables and charts that follow each other; on a sheet they are never side by side."""
        if self._look.is_sheet:
            return [flowable for piece in pieces for flowable in piece.wide]
        return in_columns(pieces)

    def _title(self, section: Section, blocks: list[Block]) -> list[Any]:
        """The section's title; a strip that comes first stands beside it if there is room, and is
        taken from the blocks."""
        title = self._make.plain(section.title, "h2", self._tree.here.add("H2"))
        strip = None
        first = blocks[0] if blocks else None
        if isinstance(first, Strip) and not self._look.is_sheet:
            room = FULL - width_of(section.title, HEAD_SERIF, 26) - 20
            if flowables.StripBox.width_of(first.text) <= room:
                strip = self._strip(first)
                strip.fit(first.text)
                del blocks[0]
        return [
            flowables.SectionTitle(
                title, section.title, section.key, strip, plain=self._look.is_sheet
            )
        ]

    def _strip(self, block: Strip) -> flowables.StripBox:
        element = self._tree.here.add("P")
        return flowables.StripBox(self._make.plain(block.text, "strip", element))

    def _chart(self, block: ChartBlock) -> flowables.ChartParts:
        element = self._tree.here.add("Figure", alt=block.chart.alt)
        element.figure = ShownFigure(block.chart.alt, "")
        return flowables.ChartParts(block, element)

    def _block(self, block: Block) -> Sequence[Any]:
        match block:
            case Paragraph():
                return [self._paragraph(block)]
            case Heading():
                style = "h3 wide" if block.wide else "h3"
                element = self._tree.here.add("H3")
                _name_figure(element, block.text if block.wide else "")
                return [self._make.balanced(block.text, style, element)]
            case ChartBlock():
                return self._chart(block).story()
            case BulletList():
                left = 0.0 if block.wide else self._look.indent
                return self._list(block.items, self._tree.here, left, numbered=block.numbered)
            case Opener():
                return [self._opener(block)]
            case KeyFigures():
                return self._key_figures(block)
            case _:
                return self._rare_block(block)

    def _rare_block(self, block: Block) -> Sequence[Any]:
        match block:
            case Quote():
                return [self._quote(block)]
            case Strip():
                return [self._strip(block)]
            case Terms():
                return [terms_story(block.entries, self._tree, self._make)]
            case TintKey():
                words = "Key to the colours: " + ", ".join(block.labels) + "."
                element = self._tree.here.add("Figure", alt=words)
                return [flowables.TintKeyRow(block.labels, element)]
            case Contents():
                return self._contents()
            case WriteOnRow():
                return [sheet.write_on_row(block, self._tree, self._make)]
            case TickRow():
                return sheet.tick_story(block, self._tree, self._make)
            case EmptyTable():
                return sheet.empty_table_story(block, self._tree, self._make)
            case _:
                raise TypeError(f"No drawing for {type(block).__name__}")

    def _paragraph(self, block: Paragraph) -> Any:
        wide = block.wide and block.style == "body"
        style = self._look.styles["body wide" if wide else block.style]
        element = self._tree.here.add("P")
        _name_figure(element, plain(block.runs) if block.style != "body" else "")
        return self._make.rich(block.runs, style, element)

    def _list(
        self, items: Sequence[ListItem], parent: Element, left: float, *, numbered: bool = False
    ) -> list[Any]:
        look = self._look.styles["body"]
        style = TextStyle(look.font, look.size, look.leading, indent=left + _BULLET, after=3)
        list_element = parent.add("L", "Decimal" if numbered else "Disc")
        paragraphs: list[Any] = []
        for number, item in enumerate(items, 1):
            entry = list_element.add("LI")
            label = entry.add("Lbl")
            body = entry.add("LBody")
            target = body.add("P") if item.items else body
            for section in (self._by_key.get(run.section) for run in item.runs):
                if section is not None:  # what is at a glance is counted in the section it links
                    origin = Origin(of=section.title, records=section.origin.records)
                    _name_figure(target, plain(item.runs), origin)
            paragraph = self._make.rich(item.runs, style, target)
            paragraph.label = label
            if numbered:
                paragraph.bullet = f"{number}."
            paragraphs.append(paragraph)
            if item.items:
                below = self._list(item.items, body, left + _BULLET, numbered=item.numbered)
                paragraphs.extend(below)
        return paragraphs

    def _opener(self, block: Opener) -> Any:
        section, make = self._tree.here, self._make
        rail = []
        for figure in block.figures:
            rail.append(make.plain(figure.value, "rail", _figure(section, figure)))
            rail.append(make.plain(figure.label, "rail label", section.add("P"), after=12))
        column = [self._paragraph(part) for part in block.paragraphs]
        return flowables.OpenerFlowable(rail, column)

    def _key_figures(self, block: KeyFigures) -> list[Any]:
        section, make = self._tree.here, self._make
        rows = []
        look = self._look
        for at in range(0, len(block.figures), look.in_row):
            columns = []
            for figure in block.figures[at : at + look.in_row]:
                size = _fitting(figure.value, look)
                stack = [
                    make.plain(figure.value, "glance", _figure(section, figure), size=size),
                    make.plain(figure.label, "glance label", section.add("P")),
                ]
                if figure.note:
                    stack.append(make.plain(figure.note, "glance note", section.add("P")))
                columns.append(stack)
            row = flowables.KeyFigureRow(columns, look.in_row, on_sheet=look.is_sheet)
            rows.append(row)
        return rows

    def _quote(self, block: Quote) -> Any:
        element = self._tree.here.add("BlockQuote")
        parts = [
            self._make.rich(runs, self._look.styles["quote"], element.add("P"))
            for runs in block.paragraphs
        ]
        if block.source:
            parts.append(self._make.plain(block.source, "source", element.add("P")))
        return flowables.QuoteBlock(parts)

    def _contents(self) -> list[Any]:
        toc = self._tree.here.add("TOC")
        rows = []
        for section in self._document.sections:
            if not section.in_contents:
                continue
            link = toc.add("TOCI").add("Link")
            page = self._make.page_of(section.key)
            words = f"{section.title}, page {page}"
            number = self._tree.new_link(link, section.key, "", words)
            rows.append((section.title, page, link, number))
        return [flowables.ContentsRows(rows)]


def _figure(section: Element, figure: KeyFigure) -> Element:
    """The element of a large figure."""
    element = section.add("P")
    words = f"{figure.value} {figure.label}"
    element.figure = ShownFigure(words, figure.value, figure.origin)
    return element


def _name_figure(element: Element, words: str, origin: Origin = ORIGIN) -> None:
    """Say of a sentence with a number what it is."""
    if has_figure(words):
        element.figure = ShownFigure(words, "", origin)
