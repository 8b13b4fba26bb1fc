"""The annual report in Word on the office's own template, and with numbered paragraphs."""

from dataclasses import replace
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.shared import Mm

from tests.reporting.published_year import published_year
from visitapp.domain.errors import BadInputError
from visitapp.domain.year.summary import AnnualSummary
from visitapp.reporting.annual import annual_report
from visitapp.reporting.blocks import Opener, Paragraph, Section, plain, text
from visitapp.reporting.word.document import render_docx
from visitapp.reporting.word.template_check import word_template


def saved(word: Any) -> bytes:
    file = BytesIO()
    word.save(file)
    return file.getvalue()


@pytest.fixture(scope="module")
def template() -> bytes:
    """A landscape page, a red heading whose style has a German id, a head, a foot, no lists."""
    word = docx.Document()
    (page,) = word.sections
    page.page_width, page.page_height = Mm(297), Mm(210)
    page.header.paragraphs[0].text = "Panel of Anyshire"
    page.footer.paragraphs[0].text = "Official"
    heading = word.styles["Heading 1"]
    heading.font.name = "Arial"
    heading.element.set(docx.oxml.ns.qn("w:styleId"), "berschrift1")
    for name in ("List Bullet", "List Bullet 2", "Subtitle"):
        word.styles[name].element.getparent().remove(word.styles[name].element)
    word.add_paragraph("Delete this before use", "Heading 1")
    word.add_table(2, 2)
    return saved(word)


def written(**office: Any) -> AnnualSummary:
    summary = published_year()
    return replace(summary, office=replace(summary.office, **office))


def test_the_report_has_page_styles_head_and_foot_of_the_template(template: bytes) -> None:
    document = annual_report(written(word_template=word_template(template)))
    content = render_docx(document)
    assert content == render_docx(document)
    word = docx.Document(BytesIO(content))
    page = word.sections[-1]
    assert round(page.page_width.mm) == 297
    assert page.header.paragraphs[0].text == "Panel of Anyshire"
    assert page.footer.paragraphs[0].text == "Official"
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings == [section.title for section in document.sections if section.title]
    assert word.styles["Heading 1"].font.name == "Arial"
    assert not [p.text for p in word.paragraphs if "Delete this" in p.text]
    bullets = [p.text for p in word.paragraphs if p.style.name == "List Bullet"]
    assert bullets
    assert all(text.startswith("\u2022\u2002") for text in bullets)
    width = page.page_width - page.left_margin - page.right_margin
    assert all(abs(sum(c.width for c in table.rows[0].cells) - width) < Mm(1)
               for table in word.tables)  # fmt: skip
    used = {p.style.style_id for p in word.paragraphs}
    assert used <= {style.style_id for style in word.styles}


def test_styles_named_as_libreoffice_names_them_are_used(template: bytes) -> None:
    word = docx.Document(BytesIO(template))
    name = word.styles["Heading 1"].element.find(docx.oxml.ns.qn("w:name"))
    name.set(docx.oxml.ns.qn("w:val"), "Heading 1")  # Word itself writes `heading 1`
    section = Section("one", "What the year showed", (Paragraph(text("Line")),))
    document = replace(
        annual_report(written(word_template=word_template(saved(word)))), sections=(section,)
    )
    result = docx.Document(BytesIO(render_docx(document)))
    (heading,) = [p for p in result.paragraphs if p.text == section.title]
    assert (heading.style.name, heading.style.font.name) == ("Heading 1", "Arial")


def test_other_files_are_no_template(template: bytes) -> None:
    with pytest.raises(BadInputError, match="This is not a Word document"):
        word_template(b"%PDF-1.7")
    book = BytesIO()
    with ZipFile(book, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
    with pytest.raises(BadInputError, match="This is not a Word document"):
        word_template(book.getvalue())
    word = docx.Document(BytesIO(template))
    word.part.relate_to("https://example.org/t.png", RELATIONSHIP_TYPE.IMAGE, True)
    with pytest.raises(BadInputError, match="takes parts of it from elsewhere"):
        word_template(saved(word))


def damaged(content: bytes) -> bytes:
    """A part whose bytes can't be unpacked."""
    at = content.index(b"word/document.xml") + 40
    return content[:at] + bytes(30) + content[at + 30 :]


def encrypted(content: bytes) -> bytes:
    """Each entry says that it is encrypted."""
    with ZipFile(BytesIO(content)) as archive:
        at = archive.start_dir
    whole = bytearray(content)
    while whole[at : at + 4] == b"PK\x01\x02":
        whole[at + 8] |= 1
        lengths = (int.from_bytes(whole[at + n : at + n + 2], "little") for n in (28, 30, 32))
        at += 46 + sum(lengths)
    return bytes(whole)


def lacking(content: bytes, path: str) -> bytes:
    """Without some element of its section, or without a style."""
    word = docx.Document(BytesIO(content))
    (element,) = word.part._element.xpath(path) or word.styles.element.xpath(path)
    element.getparent().remove(element)
    return saved(word)


def test_a_damaged_or_empty_template_is_refused_when_it_is_chosen(template: bytes) -> None:
    for content in (
        damaged(template),
        encrypted(template),
        lacking(template, "//w:body"),
        lacking(template, "//w:sectPr"),
        lacking(template, "//w:pgSz"),
        lacking(template, "//w:pgMar"),
        lacking(template, "//w:style[w:name/@w:val='Normal']"),
    ):
        with pytest.raises(BadInputError, match="This is not a Word document"):
            word_template(content)


def in_field(paragraph: Any, *pieces: str) -> None:
    """A field whose code is cut into runs, as Word cuts them."""
    for tag, kind, words in (
        ("w:fldChar", "begin", ""),
        *(("w:instrText", "", piece) for piece in pieces),
        ("w:fldChar", "end", ""),
    ):
        item = docx.oxml.OxmlElement(tag)
        if kind:
            item.set(docx.oxml.ns.qn("w:fldCharType"), kind)
        item.text = words or None
        paragraph.add_run()._r.append(item)


@pytest.mark.parametrize("code", [("INCLUDE", "PICTURE x.png"), (" dde winword x",), ("LINK y",)])
def test_a_field_that_reads_a_file_is_refused(template: bytes, code: tuple[str, ...]) -> None:
    word = docx.Document(BytesIO(template))
    in_field(word.sections[0].header.paragraphs[0], *code)
    with pytest.raises(BadInputError, match="takes parts of it from elsewhere"):
        word_template(saved(word))
    word = docx.Document(BytesIO(template))
    in_field(word.sections[0].footer.paragraphs[0], " PAGE ")
    word_template(saved(word))


def test_nothing_that_was_written_in_the_template_is_published(template: bytes) -> None:
    word = docx.Document(BytesIO(template))
    word.core_properties.keywords = word.core_properties.category = "gherkin"
    word.add_paragraph("gherkin").add_run("x")
    word.element.body.insert(0, docx.oxml.parse_xml(
        '<w:customXml xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        "<w:p><w:r><w:t>gherkin</w:t></w:r></w:p></w:customXml>"
    ))  # fmt: skip
    for number, kind in enumerate((RELATIONSHIP_TYPE.COMMENTS, RELATIONSHIP_TYPE.IMAGE)):
        name = docx.opc.packuri.PackURI(f"/word/other{number}.xml")
        part = docx.opc.part.Part(name, "application/xml", b"<gherkin/>", word.part.package)
        word.part.relate_to(part, kind)
    word.part.package.relate_to(part, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES)
    document = annual_report(written(word_template=word_template(saved(word))))
    with ZipFile(BytesIO(render_docx(document))) as archive:
        for name in archive.namelist():
            assert b"gherkin" not in archive.read(name), name
        assert "word/comments.xml" not in archive.namelist()


def test_paragraphs_are_numbered_through_the_report() -> None:
    document = annual_report(written(numbers_paragraphs=True))
    words = [
        plain(paragraph.runs)
        for block in document.blocks()
        for paragraph in (block.paragraphs if isinstance(block, Opener) else (block,))
        if isinstance(paragraph, Paragraph) and paragraph.style in ("body", "lead")
    ]
    assert len(words) > 15
    assert [text.partition(".\u2002")[0] for text in words] == [
        str(number) for number in range(1, len(words) + 1)
    ]
