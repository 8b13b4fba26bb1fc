"""What python-docx has no words for: links, bookmarks, shades, and headers of tables."""

from typing import Any

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from visitapp.reporting.plain_text import plain_text


def xml(name: str, /, *children: Any, **attributes: str) -> Any:
    """An element of the `w` namespace, such as `xml("shd", fill="FFFFFF")`."""
    tag = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        tag.set(qn(f"w:{key}"), value)
    for child in children:
        tag.append(child)
    return tag


def shade(fill: str) -> Any:
    """The ground of a paragraph, a run or a cell; `fill` is `#RRGGBB`."""
    return xml("shd", val="clear", color="auto", fill=fill.lstrip("#"))


def in_style(paragraph: Any, style: str) -> Any:
    """The paragraph in a style that the document has. By its key, which is its name without
    spaces: python-docx would look through all styles for each paragraph."""
    paragraph._p.style = style.replace(" ", "")
    return paragraph


def bookmark(paragraph: Any, key: str, number: int) -> None:
    """Make a paragraph the target of links to `key`."""
    ends = {"id": str(number)}
    paragraph._p.insert(1, xml("bookmarkStart", name=bookmark_name(key), **ends))
    paragraph._p.append(xml("bookmarkEnd", **ends))


def bookmark_name(key: str) -> str:
    """Word's name for a section."""
    return f"section_{key}"


def link(paragraph: Any, words: str, *, section: str = "", url: str = "") -> None:
    """Add a link to a section or an address."""
    run = paragraph.add_run(plain_text(words))
    run._r.style = "Hyperlink"
    target = xml("hyperlink")
    if section:
        target.set(qn("w:anchor"), bookmark_name(section))
    else:
        key = paragraph.part.relate_to(url, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        target.set(qn("r:id"), key)
    paragraph._p.append(target)
    target.append(run._r)


def describe(picture: Any, words: str) -> None:
    """Give a picture its text alternative."""
    picture._inline.docPr.set("descr", plain_text(words))


def repeat_as_head(row: Any) -> None:
    """Make a row of a table its head, which is repeated on each page and read as such."""
    row._tr.get_or_add_trPr().append(xml("tblHeader"))


def keep_whole(row: Any) -> None:
    """Keep a row of a table on one page."""
    row._tr.get_or_add_trPr().append(xml("cantSplit"))


def counting_from_one(word: Any, style: str) -> int | None:
    """The id of a new list that counts as the style does, beginning with 1: otherwise it would go
    on from the list before. None if the style doesn't count."""
    properties = word.styles[style].element.pPr
    counts = None if properties is None else properties.numPr
    if counts is None or counts.numId is None:
        return None
    numbering = word.part.numbering_part.element
    listed = numbering.num_having_numId(counts.numId.val)
    new = numbering.add_num(listed.abstractNumId.val)
    level = 0 if counts.ilvl is None else counts.ilvl.val
    new.add_lvlOverride(ilvl=level).add_startOverride(1)
    return int(new.numId)
