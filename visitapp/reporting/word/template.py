"""An office's own Word file: its page, styles, head and foot, without what is written in it."""

from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn

from visitapp.domain.errors import BadInputError

_UNPACKED_MOST = 64 << 20
"""Bytes of all parts of the file together."""
_NOT_WORD = "This is not a Word document. Choose a file that ends in .docx."
_IN_BODY = ("w:p", "w:tbl", "w:sdt")


def word_template(content: bytes) -> bytes:
    """The file, if documents can be written in its styles. Raises BadInputError for another file,
    one that is too large, and one that would fetch something from elsewhere."""
    try:
        with ZipFile(BytesIO(content)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _UNPACKED_MOST:
                raise BadInputError("This Word document is too large. Choose a smaller one.")
        word = docx.Document(BytesIO(content))
    except BadInputError:
        raise
    except (AttributeError, BadZipFile, KeyError, OSError, SyntaxError, ValueError) as error:
        raise BadInputError(_NOT_WORD) from error
    parts = [word.part.package, *word.part.package.iter_parts()]
    outside = [
        link
        for part in parts
        for link in part.rels.values()
        if link.is_external and link.reltype != RELATIONSHIP_TYPE.HYPERLINK
    ]
    if outside:
        raise BadInputError(
            "This Word document takes parts of it from elsewhere, such as a picture or another "
            "template. Save it as a .docx file that holds everything."
        )
    return content


def emptied(template: bytes) -> Any:
    """The document with an empty body; its last section keeps page, head and foot."""
    word = docx.Document(BytesIO(template))
    body = word.element.body
    for tag in _IN_BODY:
        for element in list(body.iterchildren(qn(tag))):
            body.remove(element)
    return word


def use_ids_of(word: Any, names: dict[str, str]) -> None:
    """Have paragraphs name their styles as this file does: Word in other languages has other ids.
    `names` are the ids that were written, by the name of the style."""
    actual = {written: word.styles[name].style_id for name, written in names.items()}
    for tag in ("w:pStyle", "w:rStyle"):
        for element in word.element.body.iter(qn(tag)):
            value = element.get(qn("w:val"))
            element.set(qn("w:val"), actual.get(value, value))
