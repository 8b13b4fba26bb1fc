"""An office's own Word file: its page, styles, head and foot, and nothing else that is in it."""

from io import BytesIO
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml.ns import qn
from docx.styles import BabelFish

_KEPT = {RT.STYLES, RT.NUMBERING, RT.THEME, RT.SETTINGS, RT.FONT_TABLE}
_HEAD_AND_FOOT = {RT.HEADER, RT.FOOTER}
_OF_FILE = {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES}
_OF_OTHER_PARTS = ("w:docVars", "w:mailMerge", "w:footnotePr", "w:endnotePr", "w:attachedTemplate")
"""Settings that mean parts which aren't kept, or tell of the office's work."""


def emptied(template: bytes) -> Any:
    """The document with an empty body; its last section keeps page, head and foot. Nothing else of
    what the office wrote in it stays: no comments, pictures, properties or remains of fields."""
    word = docx.Document(BytesIO(template))
    body = word.element.body
    last = body.sectPr
    for element in list(body):
        if element is not last:
            body.remove(element)
    used = {item.get(qn("r:id")) for item in last}
    rels = word.part.rels
    for key, link in list(rels.items()):
        if link.reltype not in _KEPT and not (link.reltype in _HEAD_AND_FOOT and key in used):
            del rels[key]
    package = word.part.package
    for key, link in list(package.rels.items()):
        if link.reltype not in _OF_FILE:
            del package.rels[key]
    _name_styles_as_word_does(word)
    for tag in _OF_OTHER_PARTS:
        for element in list(word.settings.element.iter(qn(tag))):
            element.getparent().remove(element)
    properties = package.core_properties._element
    for element in list(properties):
        properties.remove(element)
    return word


def _name_styles_as_word_does(word: Any) -> None:
    """LibreOffice writes `Heading 1` where Word writes `heading 1`, which python-docx looks for."""
    for name in word.styles.element.iter(qn("w:name")):
        name.set(qn("w:val"), BabelFish.ui2internal(name.get(qn("w:val"))))


def use_ids_of(word: Any, names: dict[str, str]) -> None:
    """Have paragraphs name their styles as this file does: Word in other languages has other ids.
    `names` are the ids that were written, by the name of the style."""
    actual = {written: word.styles[name].style_id for name, written in names.items()}
    for tag in ("w:pStyle", "w:rStyle"):
        for element in word.element.body.iter(qn(tag)):
            value = element.get(qn("w:val"))
            element.set(qn("w:val"), actual.get(value, value))
