"""A document of content blocks as one web page: no script, nothing loaded from elsewhere.

Headings, lists, tables and landmarks are HTML's own, so that they mean to screen readers what
they mean to the eye. The same document always gives the same bytes.
"""

from base64 import b64encode
from collections.abc import Iterator, Sequence

from visitapp.reporting.blocks import (
    Block,
    BulletList,
    ChartBlock,
    Contents,
    Document,
    Heading,
    KeyFigure,
    KeyFigures,
    ListItem,
    Opener,
    Paragraph,
    Quote,
    Section,
    Strip,
    Table,
    Terms,
    Text,
    TintKey,
)
from visitapp.reporting.chart_drawings import chart_drawing
from visitapp.reporting.cover_pattern import cover_pattern
from visitapp.reporting.pdf.fonts import register_fonts
from visitapp.reporting.style import MM
from visitapp.reporting.svg import svg_in_a_page
from visitapp.reporting.web.look import STYLE_SHEET
from visitapp.reporting.web.markup import Markup, element, on_lines, together
from visitapp.reporting.web.tables import table_markup

_SAFE_LINKS = ("https://", "http://", "mailto:")
_PATTERN_HEIGHT = 46 * MM
_SKIP = "Skip to the contents"
_MAIN = "report"


def render_html(document: Document) -> bytes:
    """The page in UTF-8. Raises TypeError for blocks that are only for paper."""
    register_fonts()  # drawings measure their words
    head = element(
        "head",
        on_lines(
            element("meta", charset="utf-8"),
            element("meta", name="viewport", content="width=device-width, initial-scale=1"),
            element("title", document.title),
            element("meta", name="author", content=document.author),
            element("meta", name="description", content=document.subject),
            element("meta", name="dcterms.date", content=document.as_at.isoformat()),
            element("style", Markup(STYLE_SHEET)),
        ),
    )
    body = element(
        "body",
        on_lines(
            element("a", _SKIP, href=f"#{_MAIN}", class_="skip"),
            _header(document),
            element("main", *_sections(document), id=_MAIN, class_="inner", tabindex=-1),
            element(
                "footer",
                element("div", *_foot(document), class_="inner"),
            ),
        ),
    )
    page = element("html", on_lines(head, body), lang=document.language)
    return f"<!doctype html>\n{page}\n".encode()


def _foot(document: Document) -> Iterator[Markup]:
    yield element("p", document.office)
    if document.classification:
        yield element("p", document.classification, class_="marking")


def _header(document: Document) -> Markup:
    cover, masthead = document.cover, document.masthead
    marking = element("p", document.classification, class_="marking")
    above = [marking] if document.classification else []
    if cover is None:
        parts = [
            *above, element("p", document.office, class_="office"), element("h1", document.title)
        ]  # fmt: skip
        if masthead is not None:
            lines = ((masthead.subtitle, "subtitle"), (masthead.marking, ""),
                     (masthead.notice, "notice"))  # fmt: skip
            parts += [element("p", words, class_=kind) for words, kind in lines if words]
        return element("header", element("div", on_lines(*parts), class_="inner"))
    parts = [*above, element("p", cover.office, class_="office")]
    if cover.crest:
        source = f"data:image/png;base64,{b64encode(cover.crest).decode('ascii')}"
        parts.append(element("img", src=source, alt=cover.crest_description or "Crest"))
    parts.append(element("h1", cover.title))
    for words, kind in ((cover.subtitle, "subtitle"), (cover.area, ""), (cover.period, "")):
        if words:
            parts.append(element("p", words, class_=kind))
    grids = cover.grids[:4]
    if grids:
        pattern = svg_in_a_page(cover_pattern(grids, _PATTERN_HEIGHT), "")
        parts.append(element("div", Markup(pattern), aria_hidden="true"))
    below = [
        element("p", words, class_=kind)
        for words, kind in (
            (cover.about, ""),
            (cover.pattern_note if grids else "", ""),
            (cover.author and f"Author: {cover.author}", ""),
            (cover.reported, ""),
            (cover.notice, "notice"),
        )
        if words
    ]
    return element("header", element("div", on_lines(*parts, *below), class_="inner"))


def _sections(document: Document) -> Iterator[Markup]:
    for section in document.sections:
        title = f"{section.key}-title"
        parts = [element("h2", section.title, id=title)] if section.title else []
        parts += [_block(block, document) for block in section.blocks]
        label = title if section.title else ""
        yield on_lines(element("section", on_lines(*parts), id=section.key, aria_labelledby=label))


def _block(block: Block, document: Document) -> Markup:
    match block:
        case Paragraph():
            return _paragraph(block)
        case Heading():
            return element("h3", block.text)
        case Table():
            return table_markup(block)
        case ChartBlock():
            picture = svg_in_a_page(chart_drawing(block.chart), block.chart.alt)
            return element("figure", Markup(picture))
        case BulletList():
            return _bullets(block.items, numbered=block.numbered)
        case Opener():
            column = element("div", on_lines(*map(_paragraph, block.paragraphs)))
            return element("div", _figures(block.figures), column, class_="opener")
        case KeyFigures():
            return _figures(block.figures)
        case _:
            return _rare_block(block, document)


def _rare_block(block: Block, document: Document) -> Markup:
    match block:
        case Quote():
            words = on_lines(*(element("p", _inline(runs)) for runs in block.paragraphs))
            source = element("figcaption", block.source) if block.source else ""
            return element("figure", element("blockquote", words), source)
        case Strip():
            return element("p", block.text, class_="strip")
        case Terms():
            entries = (
                element("div", element("dt", word), element("dd", meaning))
                for word, meaning in block.entries
            )
            return element("dl", on_lines(*entries))
        case TintKey():
            return _tint_key(block)
        case Contents():
            return _contents(document.sections)
        case _:
            raise TypeError(f"No markup for {type(block).__name__}")


def _paragraph(block: Paragraph) -> Markup:
    return element("p", _inline(block.runs), class_="" if block.style == "body" else block.style)


def _inline(runs: Text) -> Markup:
    pieces: list[str] = []
    for run in runs:
        words: str = element("strong", run.text) if run.bold else run.text
        if run.section:
            words = element("a", words, href=f"#{run.section}")
        elif run.url.startswith(_SAFE_LINKS):
            words = element("a", words, href=run.url)
        pieces.append(words)
    return together(*pieces)


def _bullets(items: Sequence[ListItem], *, numbered: bool) -> Markup:
    entries = (
        element(
            "li",
            _inline(item.runs),
            _bullets(item.items, numbered=item.numbered) if item.items else "",
        )
        for item in items
    )
    return element("ol" if numbered else "ul", on_lines(*entries))


def _figures(figures: Sequence[KeyFigure]) -> Markup:
    if not figures:
        return Markup("")
    entries = []
    for figure in figures:
        lines = ((figure.value, "value"), (figure.label, "label"), (figure.note, "note"))
        parts = [element("p", words, class_=kind) for words, kind in lines if words]
        entries.append(element("li", *parts))
    # The role stays where a list without bullets would lose it.
    return element("ul", on_lines(*entries), class_="figures", role="list")


def _tint_key(block: TintKey) -> Markup:
    pieces: list[str] = ["Key to the colours: "]
    last = len(block.labels) - 1
    for step, label in enumerate(block.labels):
        swatch = element("span", class_=f"swatch step{step}", aria_hidden="true")
        end = "." if step == last else ","
        pieces += [element("span", swatch, f"{label}{end}"), " "]
    return element("p", *pieces, class_="note key")


def _contents(sections: Sequence[Section]) -> Markup:
    entries = (
        element("li", element("a", section.title, href=f"#{section.key}"))
        for section in sections
        if section.in_contents
    )
    return element("nav", element("ul", on_lines(*entries)), aria_label="Contents")
