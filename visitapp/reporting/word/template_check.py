"""Whether an office's own Word file can be a template."""

import re
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from visitapp.domain.errors import BadInputError
from visitapp.reporting.blocks import Column, Document, Paragraph, Section, Table, text
from visitapp.reporting.word.document import render_docx

_UNPACKED_MOST = 64 << 20
"""Bytes of all parts of the file together."""
_NOT_WORD = "This is not a Word document. Choose a file that ends in .docx."
_OUTSIDE = (
    "This Word document takes parts of it from elsewhere, such as a picture or another "
    "template. Save it as a .docx file that holds everything."
)
_FETCHING = re.compile(r"\s*(INCLUDE|DDE|LINK)", re.IGNORECASE)
"""How the codes of fields begin that read another file."""


def word_template(content: bytes) -> bytes:
    """The file, if documents can be written in its styles. Raises BadInputError for another file,
    one that is too large, and one that would fetch something from elsewhere."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_MOST:
                raise BadInputError("This Word document is too large. Choose a smaller one.")
        word = docx.Document(BytesIO(content))
        if _reads_elsewhere(word):
            raise BadInputError(_OUTSIDE)
        _write_a_few_lines(content)
    except BadInputError:
        raise
    except Exception as error:
        raise BadInputError(_NOT_WORD) from error
    return content


def _reads_elsewhere(word: Any) -> bool:
    parts = [word.part.package, *word.part.package.iter_parts()]
    links = (link for part in parts for link in part.rels.values())
    if any(link.is_external and link.reltype != RELATIONSHIP_TYPE.HYPERLINK for link in links):
        return True
    elements = (part.element for part in parts if hasattr(part, "element"))
    return any(_FETCHING.match(code) for item in elements for code in _field_codes(item))


def _field_codes(element: Any) -> Iterator[str]:
    """`PAGE`, `INCLUDEPICTURE "x.png"`: Word may cut one into several runs."""
    code = ""
    for item in element.iter(qn("w:fldSimple"), qn("w:fldChar"), qn("w:instrText")):
        if item.tag == qn("w:fldSimple"):
            yield item.get(qn("w:instr")) or ""
        elif item.tag == qn("w:instrText"):
            code += item.text or ""
        else:
            yield code
            code = ""
    yield code


def _write_a_few_lines(template: bytes) -> None:
    """Raises whatever a document in its styles would."""
    table = Table(1, "Table", (Column("Column", "left"),), (("Cell",),))
    render_docx(
        Document(
            title="Title",
            as_at=date(2025, 1, 1),
            office="Office",
            head_left="",
            head_right="",
            sections=(Section("one", "Heading", (Paragraph(text("Line")), table)),),
            word_template=template,
        )
    )
