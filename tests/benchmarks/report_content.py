"""A report as plain lists and strings, for a baseline that knows nothing of the program."""

from typing import Any

from reportlab.graphics.shapes import Circle, Line, Rect, String

from visitapp.domain.year.heatmap import heat_step
from visitapp.reporting.blocks import (
    BulletList,
    ChartBlock,
    Contents,
    Document,
    Heading,
    KeyFigures,
    ListItem,
    Opener,
    Paragraph,
    Quote,
    Strip,
    Table,
    Terms,
    TintKey,
    plain,
)
from visitapp.reporting.chart_drawings import chart_drawing
from visitapp.reporting.pdf.fonts import FONT_FOLDER
from visitapp.reporting.style import (
    COVER_SCALE,
    DEEP,
    FONT_FILES,
    FULL,
    INDENT,
    MM,
    OCHRE,
    PAGE_WIDTH,
    RAIL,
    SCALE,
    SIDE,
    STYLES,
)


def neutral(document: Document) -> dict[str, Any]:
    """The same text, tables and drawings, with fonts, sizes and colours as plain values."""
    flow: list[Any] = []
    for section in document.sections:
        flow += [["break"], _words(section.title, "h2")]
        for block in section.blocks:
            flow += _block(block, document)
    styles = {
        name: [s.font, s.size, s.leading, s.color, s.indent, s.before, s.after, s.with_next]
        for name, s in STYLES.items()
    }
    return {
        "fonts": {name: str(FONT_FOLDER / file) for name, file in FONT_FILES.items()},
        "styles": styles,
        "cover": _cover(document),
        "head": [document.head_left, document.head_right, document.office],
        "flow": flow,
        "widths": [FULL, RAIL, INDENT],
    }


def _words(text: str, style: str) -> list[Any]:
    return ["words", text, style]


def _block(block: Any, document: Document) -> list[Any]:
    match block:
        case Heading():
            return [_words(block.text, "h3 wide" if block.wide else "h3")]
        case Paragraph():
            wide = block.wide and block.style == "body"
            return [_words(plain(block.runs), "body wide" if wide else block.style)]
        case BulletList():
            return [point for item in block.items for point in _points(item)]
        case Table():
            return _table(block)
        case ChartBlock():
            return [_drawing(block)]
        case Opener():
            rail = [
                words
                for figure in block.figures
                for words in (_words(figure.value, "rail"), _words(figure.label, "rail label"))
            ]
            return [["beside", rail, [_block(part, document)[0] for part in block.paragraphs]]]
        case KeyFigures():
            stacks = [
                [
                    _words(figure.value, "glance"),
                    _words(figure.label, "glance label"),
                    _words(figure.note, "glance note"),
                ]
                for figure in block.figures
            ]
            return [["thirds", stacks[at : at + 3]] for at in range(0, len(stacks), 3)]
        case _:
            return _rare_block(block, document)


def _rare_block(block: Any, document: Document) -> list[Any]:
    match block:
        case Quote():
            paragraphs = [_words(plain(runs), "quote") for runs in block.paragraphs]
            return [*paragraphs, _words(block.source, "source")]
        case Strip():
            return [["strip", block.text]]
        case Terms():
            return [["terms", [list(entry) for entry in block.entries]]]
        case TintKey():
            return [["key", list(zip(SCALE, block.labels, strict=False))]]
        case Contents():
            kept = [section.title for section in document.sections if section.in_contents]
            return [["contents", [[title, str(at)] for at, title in enumerate(kept, 3)]]]
    raise TypeError(type(block).__name__)


def _points(item: ListItem) -> list[Any]:
    points = [["point", plain(item.runs)]]
    for inner in item.items:
        points += _points(inner)
    return points


def _table(table: Table) -> list[Any]:
    whole = sum(column.width for column in table.columns)
    rows = [list(row) for row in table.rows]
    return [
        _words(f"Table {table.number}. {table.caption}", "caption"),
        [
            "table",
            [column.head for column in table.columns],
            rows,
            list(table.total),
            [FULL * column.width / whole for column in table.columns],
            [column.align for column in table.columns],
            [
                [at, row, SCALE[tint] if tint else OCHRE, bool(tint)]
                for row, tints in enumerate(table.tints, 1)
                for at, tint in enumerate(tints, 1)
                if tint is not None
            ],
        ],
    ]


def _drawing(block: ChartBlock) -> list[Any]:
    drawing = chart_drawing(block.chart)
    shapes: list[Any] = []
    for shape in drawing.contents:
        match shape:
            case Rect():
                shapes.append(
                    ["rect", shape.x, shape.y, shape.width, shape.height,
                     _hex(shape.fillColor), _hex(shape.strokeColor), shape.strokeWidth]
                )  # fmt: skip
            case Line():
                shapes.append(
                    ["line", shape.x1, shape.y1, shape.x2, shape.y2,
                     _hex(shape.strokeColor), shape.strokeWidth]
                )  # fmt: skip
            case String():
                shapes.append(
                    ["string", shape.x, shape.y, shape.text, shape.fontName, shape.fontSize,
                     _hex(shape.fillColor), shape.textAnchor]
                )  # fmt: skip
            case Circle():
                shapes.append(["circle", shape.cx, shape.cy, shape.r])
            case _:
                raise TypeError(type(shape).__name__)
    return ["drawing", drawing.width, drawing.height, shapes]


def _hex(colour: Any) -> str | None:
    return None if colour is None else f"#{colour.hexval()[2:].upper()}"


def _cover(document: Document) -> dict[str, Any]:
    cover = document.cover
    assert cover is not None
    boxes = []
    for at, grid in enumerate(cover.grids):
        left = SIDE + at * (FULL + 9 * MM) / 2
        for day, counts in enumerate(grid.counts):
            for band, count in enumerate(counts):
                colour = COVER_SCALE[heat_step(count)] if count else None
                boxes.append([left + day * 32, 480 - band * 23, 30, 21, colour])
    texts = [
        [cover.office, "cover office"], [cover.title, "cover title"],
        [cover.subtitle, "cover year"], [cover.area, "cover area"],
        [cover.period, "cover area"], [cover.about, "cover about"],
        [cover.pattern_note, "cover note"], [cover.reported, "cover reported"],
        [cover.notice, "cover notice"],
    ]  # fmt: skip
    return {"texts": texts, "boxes": boxes, "deep": DEEP, "width": PAGE_WIDTH}
