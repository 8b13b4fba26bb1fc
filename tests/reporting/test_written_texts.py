"""Lists and bold words of a text of the year, in every form of a document."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest

from tests.reporting.tagged_pdf import TaggedPdf
from tests.reporting.web_page import parsed
from visitapp.reporting.blocks import BulletList, Document, Paragraph, Quote, Section, plain
from visitapp.reporting.meeting_pack import _words
from visitapp.reporting.pdf.render import render_pdf
from visitapp.reporting.prose import in_paragraphs, text_blocks
from visitapp.reporting.web.page import render_html
from visitapp.reporting.word.document import render_docx

TEXT = """The office will **recruit four** volunteers:

- two **evening** courses
  - in Kirkby
- a buddy each

Then:

1. vetting
  1. references
  2. identity
2. **induction**

Last:

1. a probation
2. a review"""


@pytest.fixture(scope="module")
def written() -> Document:
    blocks = (*text_blocks(TEXT), Quote(tuple(in_paragraphs(text_blocks("As we said:\n- **go**")))))
    section = Section("plans", "Plans for next year", blocks)
    return Document("Plans", date(2025, 3, 31), "Office", "Plans", "Anyshire", (section,))


@pytest.fixture(scope="module")
def pdf(written: Document) -> TaggedPdf:
    content, again = BytesIO(), BytesIO()
    render_pdf(written, content)
    render_pdf(written, again)
    assert content.getvalue() == again.getvalue()
    return TaggedPdf(content.getvalue())


def test_in_the_pdf_lists_are_tagged_and_labels_count(pdf: TaggedPdf) -> None:
    lists = pdf.nodes("L")
    kinds = [str(node.raw.A.ListNumbering)[1:] for node in lists]
    assert kinds == ["Disc", "Disc", "Decimal", "Decimal", "Decimal"]
    labels = [pdf.text_of(node) for node in pdf.nodes("Lbl")]
    assert labels == ["•", "•", "•", "1.", "1.", "2.", "2.", "1.", "2."]
    assert all(item.parent in lists for item in pdf.nodes("LI"))
    assert [pdf.text_of(body) for body in pdf.nodes("LBody")][:3] == [
        "two evening courses • in Kirkby", "in Kirkby", "a buddy each",
    ]  # fmt: skip
    assert not [fault for page in pdf.pages for fault in page.faults]
    assert any("Bold" in name or "Semi" in name for name in pdf.fonts)
    assert "**" not in pdf.outline()


def test_on_the_web_page_they_are_lists_and_strong_words(written: Document) -> None:
    body = parsed(render_html(written))
    assert [node.tag for node in body.iter() if node.tag in ("ul", "ol")][-5:] == [
        "ul", "ul", "ol", "ol", "ol",
    ]  # fmt: skip
    strong = [node.text for node in body.iter("strong")]
    assert strong == ["recruit four", "evening", "induction", "go"]


def _paragraphs(content: bytes) -> list[Any]:
    return [p for p in docx.Document(BytesIO(content)).paragraphs if p.style.name[:4] == "List"]


def test_in_word_each_numbered_list_begins_with_1(written: Document) -> None:
    content = render_docx(written)
    assert content == render_docx(written)
    items = _paragraphs(content)
    assert [(p.text, p.style.name) for p in items][:5] == [
        ("two evening courses", "List Bullet"), ("in Kirkby", "List Bullet 2"),
        ("a buddy each", "List Bullet"), ("vetting", "List Number"),
        ("references", "List Number 2"),
    ]  # fmt: skip
    lists = [p._p.pPr.numPr.numId.val for p in items[3:]]
    assert lists[0] == lists[3]
    assert lists[1] == lists[2]
    assert lists[4] == lists[5]
    assert len(set(lists)) == 3
    numbering = docx.Document(BytesIO(content)).part.numbering_part.element
    for key in set(lists):
        (override,) = numbering.num_having_numId(key).lvlOverride_lst
        assert override.startOverride.val == 1
    assert [run.text for run in items[0].runs if run.bold] == ["evening"]


def test_a_template_without_numbered_lists_has_the_numbers_in_words(written: Document) -> None:
    word = docx.Document()
    for name in ("List Number", "List Number 2"):
        word.styles[name].element.getparent().remove(word.styles[name].element)
    file = BytesIO()
    word.save(file)
    items = _paragraphs(render_docx(replace(written, word_template=file.getvalue())))
    assert [p.text for p in items[2:5]] == ["a buddy each", "1.\u2002vetting", "1.\u2002references"]


def test_older_texts_read_as_before() -> None:
    text = "Rated 4** in 2023.\n1. May was wet.\n\n2. It rained.\n\n- a\n- b"
    first, second, listed = text_blocks(text)
    assert isinstance(first, Paragraph)
    assert plain(first.runs) == "Rated 4** in 2023. 1. May was wet."
    assert isinstance(second, Paragraph)
    assert plain(second.runs) == "2. It rained."
    assert isinstance(listed, BulletList)
    assert not listed.numbered


def test_minutes_keep_lists_and_bold_words() -> None:
    blocks = list(_words("**Agreed**\nas follows:\n- a bell\n- a tap\nThe **end**."))
    assert [type(block) for block in blocks] == [Paragraph, Paragraph, BulletList, Paragraph]
    first, _, listed, last = blocks
    assert isinstance(first, Paragraph)
    assert isinstance(last, Paragraph)
    assert first.runs[0].bold
    assert isinstance(listed, BulletList)
    assert listed.wide
    assert [run.bold for run in last.runs] == [False, True, False]


def test_a_day_on_an_indented_line_keeps_its_number() -> None:
    (listed,) = text_blocks("- Held on\n  12. March and\n  3. April\n- a\n  1. b\n  2. c")
    assert isinstance(listed, BulletList)
    held, a = listed.items
    assert plain(held.runs) == "Held on 12. March and 3. April"
    assert [plain(item.runs) for item in a.items] == ["b", "c"]


def test_bullets_below_numbers_stay_bullets() -> None:
    (listed,) = text_blocks("- a\n  1. b\n  - c\n  - d\n  1. e")
    assert isinstance(listed, BulletList)
    (a,) = listed.items
    b, e = a.items
    assert a.numbered
    assert [plain(item.runs) for item in (b, *b.items, e)] == ["b", "c", "d", "e"]
    assert not b.numbered
