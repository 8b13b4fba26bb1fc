"""A document of content blocks as a Word file, to edit or to take parts from.

Headings have Word's own styles, heads of tables repeat, charts have their text alternatives. The
same document always gives the same bytes.
"""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm

from visitapp.reporting.blocks import (
    Block,
    BulletList,
    ChartBlock,
    Contents,
    Cover,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    ListItem,
    Masthead,
    Opener,
    Paragraph,
    Quote,
    Run,
    Strip,
    Table,
    Terms,
    Text,
    TintKey,
)
from visitapp.reporting.chart_drawings import chart_drawing
from visitapp.reporting.pdf.fonts import register_fonts
from visitapp.reporting.pictures import drawing_png
from visitapp.reporting.plain_text import plain_text
from visitapp.reporting.style import DEEP, SCALE
from visitapp.reporting.word.look import prepare
from visitapp.reporting.word.parts import (
    bookmark,
    counting_from_one,
    describe,
    in_style,
    link,
    shade,
)
from visitapp.reporting.word.tables import add_table
from visitapp.reporting.word.template import emptied, use_ids_of

_STYLES = {"body": "Normal", "lead": "Lead", "note": "Note", "subtitle": "Note"}
_LONGEST = 255
"""Characters of a property of the file."""


def render_docx(document: Document) -> bytes:
    """The file as DOCX. Raises TypeError for blocks that are only for paper."""
    register_fonts()  # drawings measure their words
    writer = _WordWriter(document)
    writer.write()
    file = BytesIO()
    writer.word.save(file)
    return _without_clock(file.getvalue())


class _WordWriter:
    """Adds the blocks of one document, one after the other."""

    def __init__(self, document: Document) -> None:
        self._document = document
        template = document.word_template
        self.word: Any = emptied(template) if template else docx.Document()
        self._names, self._draws_bullets = prepare(self.word, document.language, own=not template)
        page = self.word.sections[-1]
        self._width = page.page_width - page.left_margin - page.right_margin
        day = datetime.combine(document.as_at, time())
        properties = self.word.core_properties
        properties.title, properties.author = map(
            _cut, (document.title, plain_text(document.author))
        )
        properties.subject, properties.language = _cut(document.subject), document.language
        properties.comments, properties.last_modified_by = "", ""
        properties.created = properties.modified = day

    def write(self) -> None:
        """Add everything."""
        if self._document.classification:
            self._mark(self._document.classification)
        if self._document.cover is not None:
            self._cover(self._document.cover)
        if self._document.masthead is not None:
            self._masthead(self._document.masthead)
        for number, section in enumerate(self._document.sections):
            if section.title:
                title = self._add(section.title, "Heading 1")
                bookmark(title, section.key, number)
                if self._document.masthead is not None:  # a sheet's sections follow one another
                    title.paragraph_format.page_break_before = section.starts_page
            for block in section.blocks:
                self._block(block)
        if self._document.word_template:
            use_ids_of(self.word, self._names)

    def _add(self, words: str, style: str) -> Any:
        return in_style(self.word.add_paragraph(plain_text(words)), style)

    def _mark(self, marking: str) -> None:
        """The protective marking at the head and foot of every page; a template's own words there
        stay."""
        section = self.word.sections[-1]
        margins = [section.header, section.footer]
        if section.different_first_page_header_footer:
            margins += [section.first_page_header, section.first_page_footer]
        if self.word.settings.odd_and_even_pages_header_footer:
            margins += [section.even_page_header, section.even_page_footer]
        for margin in margins:
            is_new = margin.is_linked_to_previous
            margin.is_linked_to_previous = False
            place = margin.paragraphs[0] if is_new else margin.add_paragraph()
            place.alignment = WD_ALIGN_PARAGRAPH.CENTER
            place.add_run(plain_text(marking)).bold = True

    def _cover(self, cover: Cover) -> None:
        self._add(cover.office, "Term")
        if cover.crest:
            place = self._add("", "Normal")
            place._p.get_or_add_pPr().append(shade(DEEP))  # crests are light
            picture = place.add_run().add_picture(BytesIO(cover.crest), height=Mm(25))
            describe(picture, cover.crest_description or "Crest")
        self._add(cover.title, "Title")
        self._add(cover.subtitle, "Subtitle")
        author = cover.author and f"Author: {cover.author}"
        for words in (cover.area, cover.period, cover.about, author, cover.reported):
            if words:
                self._add(words, "Normal")
        if cover.notice:
            self._add(cover.notice, "Notice")

    def _masthead(self, masthead: Masthead) -> None:
        self._add(masthead.office, "Term")
        self._add(masthead.title, "Title")
        if masthead.subtitle:
            self._add(masthead.subtitle, "Subtitle")
        if masthead.marking:
            self._add(masthead.marking, "Note")
        if masthead.notice:
            self._add(masthead.notice, "Notice")

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._paragraph(block)
            case Heading():
                self._add(block.text, "Heading 2")
            case Table():
                add_table(self.word, block, self._width)
            case ChartBlock():
                png = drawing_png(chart_drawing(block.chart), 3.0)
                picture = self.word.add_picture(BytesIO(png), width=self._width)
                describe(picture, block.chart.alt)
            case BulletList():
                self._list(block.items, numbered=block.numbered)
            case Opener():
                self._figures(block.figures)
                for paragraph in block.paragraphs:
                    self._paragraph(paragraph)
            case KeyFigures():
                self._figures(block.figures)
            case _:
                self._rare_block(block)

    def _rare_block(self, block: Block) -> None:
        match block:
            case Quote():
                self._quote(block)
            case Strip():
                self._add(block.text, "Notice")
            case Terms():
                for term, meaning in block.entries:
                    self._add(term, "Term")
                    self._add(meaning, "Normal")
            case TintKey():
                self._tint_key(block)
            case Contents():
                self._contents()
            case _:
                raise TypeError(f"No words for {type(block).__name__}")

    def _quote(self, block: Quote) -> None:
        for runs in block.paragraphs:
            self._runs(self._add("", "Quote"), runs)
        if block.source:
            self._add(block.source, "Note")

    def _contents(self) -> None:
        for section in self._document.sections:
            if section.in_contents:
                place = self._add("", "List Bullet")
                self._runs(place, self._bullet())
                link(place, section.title, section=section.key)

    def _paragraph(self, block: Paragraph) -> None:
        paragraph = self._add("", _STYLES[block.style])
        paragraph.paragraph_format.keep_with_next = block.style == "subtitle"
        self._runs(paragraph, block.runs)

    @staticmethod
    def _runs(paragraph: Any, runs: Text) -> None:
        for run in runs:
            if run.is_link:
                link(paragraph, run.text, section=run.section, url=run.url)
            else:
                paragraph.add_run(plain_text(run.text)).bold = run.bold or None

    def _list(self, items: Sequence[ListItem], level: str = "", *, numbered: bool) -> None:
        style = f"List {'Number' if numbered else 'Bullet'}{level}"
        counting = counting_from_one(self.word, style) if numbered and items else None
        for number, item in enumerate(items, 1):
            place = self._add("", style)
            if counting is not None:
                place._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = counting
            begins = () if counting else (Run(f"{number}.\u2002"),) if numbered else self._bullet()
            self._runs(place, (*begins, *item.runs))
            self._list(item.items, " 2", numbered=item.numbered)

    def _bullet(self) -> Text:
        return (Run("\u2022\u2002"),) if self._draws_bullets else ()

    def _figures(self, figures: Sequence[KeyFigure]) -> None:
        for figure in figures:
            self._add(figure.value, "Key figure")
            self._add(figure.label, "Key figure label")
            if figure.note:
                self._add(figure.note, "Note")

    def _tint_key(self, block: TintKey) -> None:
        paragraph = self._add("Key to the colours: ", "Note")
        last = len(block.labels) - 1
        for step, label in enumerate(block.labels):
            if step:
                swatch = paragraph.add_run("\u00a0\u00a0\u00a0")
                swatch._r.get_or_add_rPr().append(shade(SCALE[step]))
            end = "." if step == last else ", "
            paragraph.add_run(plain_text(f"\u00a0{label}{end}" if step else f"{label}{end}"))


def _cut(words: str) -> str:
    """As many of the words as the properties of a file can have (python-docx)."""
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}\u2026"


def _without_clock(content: bytes) -> bytes:
    """The same archive with one fixed date on each of its files."""
    file = BytesIO()
    with ZipFile(BytesIO(content)) as first, ZipFile(file, "w", ZIP_DEFLATED) as fixed:
        for name in first.namelist():
            entry = ZipInfo(name)
            entry.compress_type = ZIP_DEFLATED
            fixed.writestr(entry, first.read(name))
    return file.getvalue()
