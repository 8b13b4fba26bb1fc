"""Author, protective marking and sections of one's own, in every form of the annual report."""

from dataclasses import replace
from io import BytesIO
from typing import Any

import docx
import pikepdf
import pytest

from tests.reporting.published_year import published_year
from tests.reporting.tagged_pdf import TaggedPdf
from tests.reporting.web_page import parsed, words_of
from visitapp.reporting.annual import annual_report
from visitapp.reporting.blocks import Document, Paragraph
from visitapp.reporting.pdf.render import render_pdf
from visitapp.reporting.web.page import render_html
from visitapp.reporting.word.document import render_docx

MARKING = "OFFICIAL"


@pytest.fixture(scope="module")
def marked() -> Document:
    summary = published_year()
    texts = {**summary.texts, "classification": MARKING}
    office = replace(summary.office, numbers_paragraphs=True)
    return annual_report(replace(summary, office=office, texts=texts))


@pytest.fixture(scope="module")
def short(marked: Document) -> Document:
    return replace(marked, sections=(marked.sections[0], marked.sections[-1]))


@pytest.fixture(scope="module")
def pdf(short: Document) -> bytes:
    content = BytesIO()
    render_pdf(short, content)
    return content.getvalue()


def test_a_section_of_ones_own_is_one_like_the_others(marked: Document) -> None:
    titles = [section.title for section in marked.sections if section.in_contents]
    at = titles.index("How this report was made")
    assert titles[at - 1] == "The volunteers"
    assert "Not begun" not in titles, "it has no text yet"
    assert titles.index("Questions to the panel") == titles.index("How the figures are counted") - 1
    (paragraph,) = next(s.blocks for s in marked.sections if s.title == titles[at])
    assert isinstance(paragraph, Paragraph)
    assert paragraph.runs[0].text.strip().removesuffix(".").isdecimal(), "its number"


def test_the_marking_is_at_the_head_and_foot_of_every_page(pdf: bytes) -> None:
    file = TaggedPdf(pdf)
    for number, page in enumerate(file.pages):
        in_margins = [words for _, words in page.artefacts if words.strip() == MARKING]
        assert len(in_margins) == (2 if number else 1)
    heard = file.outline()
    assert heard.count(MARKING) == 1, "somebody who can't see the pages hears it on the cover"
    assert "Author: Volunteers Manager" in heard
    with pikepdf.open(BytesIO(pdf)) as opened:
        assert str(opened.docinfo["/Author"]) == "Volunteers Manager"


def _in_margins(word: Any) -> list[str]:
    section = word.sections[-1]
    return [
        paragraph.text
        for margin in (section.header, section.footer, section.first_page_header)
        for paragraph in margin.paragraphs
    ]


def test_word_has_the_marking_in_its_margins_beside_those_of_a_template(short: Document) -> None:
    plain = docx.Document(BytesIO(render_docx(short)))
    assert _in_margins(plain)[:2] == [MARKING, MARKING]
    template, file = docx.Document(), BytesIO()
    (page,) = template.sections
    page.header.paragraphs[0].text = "Panel of Anyshire"
    page.different_first_page_header_footer = True
    template.save(file)
    content = render_docx(replace(short, word_template=file.getvalue()))
    assert _in_margins(docx.Document(BytesIO(content))) == [
        "Panel of Anyshire", MARKING, MARKING, MARKING,
    ]  # fmt: skip


def test_a_web_page_has_the_marking_first_and_last(short: Document) -> None:
    words = words_of(parsed(render_html(short)).find("body"))
    assert words.split().count(MARKING) == 2
    assert words.rstrip().endswith(MARKING)
    assert "Author: Volunteers Manager" in words
