"""A web page read back by another parser than the one that wrote it, in the order in which
somebody hears it."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

import html5lib

_PAGE = re.compile(r", page \d+$")


def parsed(page: bytes) -> Element:
    """The page as a tree. Raises ParseError for what HTML doesn't allow."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False, strict=True)
    return parser.parse(page.decode("utf-8"))


def words_of(element: Element) -> str:
    return " ".join("".join(_heard(element)).split())


def _heard(element: Element) -> Iterator[str]:
    if element.get("aria-hidden") == "true":
        return
    if element.get("role") == "img" or element.tag == "img":
        yield element.get("aria-label") or element.get("alt") or ""
        return
    yield element.text or ""
    for child in element:
        yield from _heard(child)
        if child.tag in _BLOCKS:
            yield " "
        yield child.tail or ""


_BLOCKS = {"p", "li", "td", "th", "tr", "dt", "dd", "h1", "h2", "h3", "caption", "figcaption"}


def words_of_outline(outline: str) -> str:
    """The words of a PDF from the kept text of its structure, but for bullets and numbers of
    pages, which a web page has not."""
    heard, before = [], ""
    for line in outline.splitlines():
        kind, _, words = line.strip().partition(": ")
        if kind == "Link":
            words = words.rpartition(" ")[0] if before == "TOCI" else _PAGE.sub("", words)
        if (kind, words) != ("Lbl", "\u2022"):
            heard.append(words)
        before = kind
    return " ".join(" ".join(heard).split())
