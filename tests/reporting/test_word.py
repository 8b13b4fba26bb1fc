"""The report for Word: the words of the PDF, with headings, heads of tables and descriptions."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from tests.reporting import documents, golden
from tests.reporting.web_page import words_of_outline
from visitapp.reporting.blocks import Document, Heading, Run, Section, WriteOnRow, text
from visitapp.reporting.blocks import Paragraph as ParagraphBlock
from visitapp.reporting.word.document import render_docx

NAMES = ("published", "empty")


@cache
def content(name: str) -> bytes:
    return render_docx(documents.document(name))


@cache
def opened(name: str) -> Any:
    return docx.Document(BytesIO(content(name)))


def _heard(word: Any) -> Iterator[str]:
    for part in word.iter_inner_content():
        if isinstance(part, Table):
            for row in part.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield from _heard_in(part)


def _heard_in(paragraph: Paragraph) -> Iterator[str]:
    yield paragraph.text
    yield from (picture.get("descr") for picture in paragraph._p.iter(qn("wp:docPr")))


@pytest.mark.parametrize("name", NAMES)
def test_the_words_are_those_of_the_pdf_in_the_same_order(name: str) -> None:
    note = documents.document(name).cover.pattern_note  # of the ornament, which Word has not
    expected = words_of_outline(golden.path_of(name).read_text("utf-8"))
    if note:
        assert note in expected
        expected = expected.replace(note, "")
    assert "".join("".join(_heard(opened(name))).split()) == "".join(expected.split())


@pytest.mark.parametrize("name", NAMES)
def test_headings_have_words_own_styles(name: str) -> None:
    document = documents.document(name)
    by_style: dict[str, list[str]] = {"Title": [], "Heading 1": [], "Heading 2": []}
    for paragraph in opened(name).paragraphs:
        if paragraph.style.name in by_style:
            by_style[paragraph.style.name].append(paragraph.text)
    assert by_style["Title"] == [document.cover.title]
    assert by_style["Heading 1"] == [section.title for section in document.sections]
    headings = [block.text for block in document.blocks() if isinstance(block, Heading)]
    assert by_style["Heading 2"] == headings


def test_each_table_has_the_cells_of_the_document_and_a_head_that_repeats() -> None:
    tables = list(documents.document("published").tables())
    shown = opened("published").tables
    assert len(tables) == len(shown)
    for table, made in zip(tables, shown, strict=True):
        head = tuple(column.head for column in table.columns)
        rows = [head, *table.rows, *([table.total] if table.total else [])]
        assert [tuple(cell.text for cell in row.cells) for row in made.rows] == rows
        heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in made.rows]
        assert heads == [True] + [False] * (len(rows) - 1)
        described = made._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
        assert described == f"Table {table.number}. {table.caption}"


def test_language_title_links_and_descriptions_are_there() -> None:
    word, document = opened("published"), documents.document("published")
    assert word.core_properties.title == document.title
    assert word.core_properties.created.date() == document.as_at
    languages = {mark.get(qn("w:val")) for mark in word.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}
    body = word.element.body
    places = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    goals = {mark.get(qn("w:anchor")) for mark in body.iter(qn("w:hyperlink"))} - {None}
    assert goals
    assert goals <= places
    assert len(word.inline_shapes) == 6
    assert all(shape._inline.docPr.get("descr") for shape in word.inline_shapes)


def test_the_same_document_gives_the_same_bytes() -> None:
    assert render_docx(documents.document("empty")) == content("empty")


def _of(*blocks: Any) -> Document:
    return Document("T", date(2025, 4, 1), "O", "", "", (Section("a", "A", blocks),))


def test_any_text_can_be_written() -> None:
    hostile = text("a\x00<b>&\ufffe ", Run("there", url="mailto:a@example.org"))
    word = docx.Document(BytesIO(render_docx(_of(ParagraphBlock(hostile)))))
    assert word.paragraphs[-1].text == "a\ufffd<b>&\ufffd there"


def test_an_author_of_many_names_is_cut_in_the_properties_alone() -> None:
    names = "Siân Pemberwick and " * 20
    document = replace(_of(), office=names, subject=names)
    properties = docx.Document(BytesIO(render_docx(document))).core_properties
    for words in (properties.author, properties.subject):
        assert len(words) == 255
        assert words.startswith("Siân Pemberwick and")
        assert words.endswith("\u2026")


def test_blocks_for_paper_are_refused() -> None:
    with pytest.raises(TypeError, match="WriteOnRow"):
        render_docx(_of(WriteOnRow(())))
