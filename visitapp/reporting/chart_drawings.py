"""Each chart as a drawing, labelled directly; bars start at 0."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing

from visitapp.domain.text.wording import count_text, out_of
from visitapp.reporting.charts import (
    BarsAgainstDue,
    Cascade,
    CategoryBars,
    Chart,
    ColumnChart,
    DividedBar,
    SharesBeside,
    SpanSquare,
    SpanSquares,
    StrengthSteps,
)
from visitapp.reporting.divided_bar import divided_bar
from visitapp.reporting.sketch import FILLS, Sketch, lines_of, width_of
from visitapp.reporting.style import (
    BLUE,
    FULL,
    INK,
    INK2,
    LINE,
    OCHRE,
    PALE,
    SANS,
    SEMIBOLD,
    WHITE,
)

_LABEL_MOST = 150.0


_BESIDE_NAME = 39.0
"""Points that a name in a key needs beside its words."""
_COLUMN_LEAST = 42.0
"""Points for each column of a chart of columns, with its label."""


def least_width(chart: Chart) -> float:
    """The width in points that a chart needs: all of it, but for columns that have labels below."""
    match chart:
        case ColumnChart():
            names = (chart.name, chart.before_name) if chart.before else ()
            key = sum(width_of(name, SANS, 10.5) + _BESIDE_NAME for name in names)
            return max(_COLUMN_LEAST * max(len(chart.labels), 4), key)
        case StrengthSteps():
            return 1.4 * _COLUMN_LEAST * max(len(chart.steps), 3)
        case SharesBeside():
            return 5 * _COLUMN_LEAST
        case _:
            return FULL


def chart_drawing(chart: Chart, width: float = FULL) -> Drawing:
    """The drawing of a chart, as `chart_sketch` has it."""
    return chart_sketch(chart, width).drawing


def chart_sketch(chart: Chart, width: float = FULL) -> Sketch:
    """A chart with the places of its `figures`; only a small one can be drawn at less than the full
    width, in points. The report's fonts must be registered."""
    match chart:
        case DividedBar():
            return divided_bar(chart)
        case BarsAgainstDue():
            return _bars_against_due(chart)
        case Cascade():
            return _cascade(chart)
        case CategoryBars():
            return _category_bars(chart)
        case ColumnChart():
            return _columns(chart, width)
        case StrengthSteps():
            return _strength(chart, width)
        case SpanSquares():
            return _span_squares(chart)
        case SharesBeside():
            return _shares_beside(chart, width)


def _label_width(labels: Sequence[str], font: str, size: float) -> float:
    widest = max((width_of(label, font, size) for label in labels), default=0.0)
    return min(widest, _LABEL_MOST) + 10


def _rows(labels: Sequence[str], font: str, size: float, least: float) -> list[float]:
    """Heights of rows that hold their labels, each at least `least`."""
    lines = (len(lines_of(label, _LABEL_MOST, font, size)) for label in labels)
    return [max(least, many * 12.4 + 4) for many in lines]


def _side_label(
    sketch: Sketch, edge: float, middle: float, text: str, font: str = SANS,
    size: float = 11, ink: str = INK,
) -> None:  # fmt: skip
    """A label of one or more lines, right-aligned at `edge`, around the height `middle`."""
    lines = lines_of(text, _LABEL_MOST, font, size)
    y = middle + (len(lines) - 1) * 6.2 - size * 0.34
    for line in lines:
        sketch.words(edge, y, line, font, size, ink, "end")
        y -= 12.4


def _bars_against_due(chart: BarsAgainstDue) -> Sketch:
    labels = [bar.label for bar in chart.bars]
    left = _label_width(labels, SEMIBOLD, 11)
    ends = [f"{out_of(b.done, b.due)} due" if b.due else "no target"
            for b in chart.bars]  # fmt: skip
    right = max(width_of(end, SEMIBOLD, 11) for end in ends) + 12
    plot = FULL - left - max(right, 80)
    most = max(max(bar.done, bar.due) for bar in chart.bars) or 1
    thick, gap = (24.0, 10.0) if len(chart.bars) <= 4 else (18.0, 8.0)
    rows = _rows(labels, SEMIBOLD, 11, thick + gap)
    sketch = Sketch(FULL, 4 + sum(rows))
    top = sketch.height + gap / 2 - 2
    for bar, end, row in zip(chart.bars, ends, rows, strict=True):
        y = top - (row + thick) / 2
        top -= row
        done, due = plot * bar.done / most, plot * bar.due / most
        _side_label(sketch, left - 10, y + thick / 2, bar.label, SEMIBOLD)
        sketch.spot(left, y, max(done, due), thick)
        sketch.box(left, y, due, thick, WHITE, LINE, 0.9)
        sketch.box(left, y, done, thick, BLUE)
        if 0 < due < done:  # the target, within the bar
            sketch.line(left + due, y, left + due, y + thick, WHITE, 1.2)
        share = width_of(bar.share, SEMIBOLD, 11)
        if bar.due and done > share + 20:
            sketch.words(left + done - 9, y + thick / 2 - 4, bar.share, SEMIBOLD, 11, WHITE, "end")
        sketch.words(left + max(done, due) + 8, y + thick / 2 - 4, end, SEMIBOLD)
    return sketch


def _cascade(chart: Cascade) -> Sketch:
    labels = [step.label for step in chart.steps]
    left = _label_width(labels, SEMIBOLD, 11.5)
    right = max(
        width_of(count_text(s.number), SEMIBOLD, 12) + width_of(s.share, SANS, 11)
        for s in chart.steps
    )
    plot = FULL - left - min(right + 22, 170)
    most = max(step.number for step in chart.steps) or 1
    row = 26.0
    sketch = Sketch(FULL, row * len(chart.steps) + 4)
    level = most
    y = sketch.height - row
    ends: list[tuple[float, float]] = []
    for step in chart.steps:
        solid = step.stays
        thick = 21.0 if solid else 14.0
        start = 0 if solid else level - step.number
        level = step.number if solid else start
        x, width = left + plot * start / most, plot * step.number / most
        middle = y + row / 2
        font, size, ink = (SEMIBOLD, 11.5, INK) if solid else (SANS, 11, INK2)
        _side_label(sketch, left - 10, middle, step.label, font, size, ink)
        sketch.spot(x, middle - thick / 2, max(width, 0.8), thick)
        sketch.box(x, middle - thick / 2, max(width, 0.8), thick, BLUE if solid else PALE)
        at = x + width + 7
        at += sketch.words(at, middle - 4, count_text(step.number), SEMIBOLD, 12) + 6
        if step.share:
            sketch.words(at, middle - 4, step.share, SANS, 11, INK2)
        ends.append((left + plot * level / most, middle - thick / 2))
        y -= row
    for (x, bottom), step in zip(ends, chart.steps[1:], strict=False):
        reach = row - (21 if step.stays else 14) / 2 - (row / 2 - (row / 2 - 0))
        sketch.line(x, bottom, x, bottom - max(reach - 11, 2), LINE, 0.5)
    sketch.line(left, 2, left, sketch.height - 2, LINE)
    return sketch


def _category_bars(chart: CategoryBars) -> Sketch:
    left = _label_width([bar.label for bar in chart.bars], SANS, 11)
    totals = [sum(bar.numbers) for bar in chart.bars]
    most = max(totals, default=0) or 1
    key = 24.0 if len(chart.parts) > 1 else 2.0
    thick = 18.0
    rows = _rows([bar.label for bar in chart.bars], SANS, 11, 24.0)
    plot = FULL - left - 40
    sketch = Sketch(FULL, key + sum(rows) + 2)
    if len(chart.parts) > 1:
        _key(sketch, left, sketch.height - 15, chart.parts)
    y = sketch.height - key
    for bar, total, row in zip(chart.bars, totals, rows, strict=True):
        y -= row
        middle = y + row / 2
        _side_label(sketch, left - 10, middle, bar.label)
        x = left
        for at, number in enumerate(bar.numbers):
            width = plot * number / most
            sketch.spot(x, middle - thick / 2, width, thick)
            sketch.box(x, middle - thick / 2, width, thick, FILLS[at])
            x += width
        sketch.words(x + 7, middle - 4, count_text(total), SEMIBOLD)
    sketch.line(left, 0, left, sketch.height - key, LINE)
    return sketch


def _key(sketch: Sketch, x: float, y: float, parts: Sequence[str]) -> None:
    for at, part in enumerate(parts):
        sketch.box(x, y, 13, 13, FILLS[at])
        x += 19 + sketch.words(x + 19, y + 3, part, SANS, 10.5, INK2) + 20


def _shares_beside(chart: SharesBeside, width: float) -> Sketch:
    left = _label_width([group.label for group in chart.groups], SANS, 11)
    has_beside = any(group.beside for group in chart.groups)
    thick, head, key = 9.0, 18.0, 18.0 if has_beside else 0.0
    rows = [thick * (2 if group.beside else 1) + 4 for group in chart.groups]
    known = [share for group in chart.groups for share in (group.share, group.beside) if share]
    most = max((float(share.percent or 0) for share in known), default=0) or 1
    wholes = dict.fromkeys(group.of for group in chart.groups)
    sketch = Sketch(width, key + head * len(wholes) + sum(rows) + 2)
    if has_beside:
        _key(sketch, 0, sketch.height - 15, chart.names)
    y = sketch.height - key
    for of in wholes:
        y -= head
        sketch.words(0, y + 5, of, SEMIBOLD, 11)
        top = y
        for group, row in zip(chart.groups, rows, strict=True):
            if group.of != of:
                continue
            y -= row
            _side_label(sketch, left - 10, y + row / 2, group.label)
            bars = [group.share, *([group.beside] if group.beside else [])]
            bottom = y + (row + thick * len(bars)) / 2
            for at, share in enumerate(bars):
                bottom -= thick
                long = (width - left - 42) * float(share.percent or 0) / most
                if share is group.share:
                    sketch.spot(left, bottom, long, thick - 0.5)
                sketch.box(left, bottom, long, thick - 0.5, FILLS[at])
                font, ink = (SANS, INK2) if at else (SEMIBOLD, INK)
                sketch.words(left + long + 7, bottom + 1, share.text, font, 9.5, ink)
        sketch.line(left, y, left, top, LINE)
    return sketch


def _columns(chart: ColumnChart, width: float) -> Sketch:
    has_before = bool(chart.before)
    most = max((*chart.numbers, *chart.before, 1))
    key, plot, foot = (22.0 if has_before else 0.0), 92.0, 20.0
    sketch = Sketch(width, key + plot + foot + 16)
    if has_before:
        sketch.box(0, sketch.height - 15, 13, 13, BLUE)
        x = 19 + sketch.words(19, sketch.height - 12, chart.name, SANS, 10.5, INK2) + 20
        sketch.box(x, sketch.height - 15, 13, 13, WHITE, LINE)
        sketch.words(x + 19, sketch.height - 12, chart.before_name, SANS, 10.5, INK2)
    each = width / max(len(chart.labels), 1)
    wide = min(each * (0.36 if has_before else 0.6), 44.0)
    for at, (label, number) in enumerate(zip(chart.labels, chart.numbers, strict=True)):
        middle = each * (at + 0.5)
        x = middle - wide - 1 if has_before else middle - wide / 2
        _column(sketch, x, foot, wide, plot * number / most, number, BLUE, None)
        if has_before:
            before = chart.before[at]
            _column(sketch, middle + 1, foot, wide, plot * before / most, before, WHITE, LINE)
        sketch.words(middle, 5, label, SANS, 10.5, INK2, "middle")
    sketch.line(0, foot, width, foot, LINE)
    return sketch


def _column(
    sketch: Sketch, x: float, y: float, width: float, height: float, number: int,
    fill: str, stroke: str | None,
) -> None:  # fmt: skip
    sketch.spot(x, y, width, height + 14)
    sketch.box(x, y, width, height, fill, stroke)
    font, ink = (SEMIBOLD, INK) if stroke is None else (SANS, INK2)
    sketch.words(x + width / 2, y + height + 3, count_text(number), font, 10.5, ink, "middle")


def _strength(chart: StrengthSteps, width: float) -> Sketch:
    most = max((step.number for step in chart.steps if step.kind == "level"), default=1) or 1
    top = most + sum(step.number for step in chart.steps if step.kind == "up")
    plot, foot = 84.0, 20.0
    sketch = Sketch(width, plot + foot + 20)
    each = width / max(len(chart.steps), 1)
    wide = min(each * 0.76, 90.0)
    level, previous = 0, None
    for at, step in enumerate(chart.steps):
        x = each * (at + 0.5) - wide / 2
        if step.kind == "level":
            low, high, label = 0, step.number, count_text(step.number)
            level = step.number
        elif step.kind == "up":
            low, high, label = level, level + step.number, f"+{step.number}"
            level = high
        else:
            low, high, label = level - step.number, level, f"\u2212{step.number}"
            level = low
        y1, y2 = foot + plot * low / top, foot + plot * high / top
        fill, stroke = {"level": (BLUE, None), "up": ("hatch", None), "down": (WHITE, INK)}[
            step.kind
        ]
        sketch.spot(x, y1, wide, y2 - y1 + 18)
        sketch.box(x, y1, wide, max(y2 - y1, 0.8), fill, stroke, 1.2)
        sketch.words(x + wide / 2, y2 + 5, label, SEMIBOLD, 13, INK, "middle")
        sketch.words(x + wide / 2, 5, step.label, SANS, 10.5, INK2, "middle")
        if previous is not None:
            sketch.line(previous[0], previous[1], x, previous[1], LINE, 0.6)
        previous = (x + wide, foot + plot * level / top)
    sketch.line(0, foot, width, foot, LINE)
    return sketch


def _span_squares(chart: SpanSquares) -> Sketch:
    labels = [row.label for row in chart.rows]
    left = _label_width(labels, SANS, 11)
    rows = _rows(labels, SANS, 11, 24.0)
    sketch = Sketch(FULL, sum(rows) + 18)
    each = (FULL - left) / len(chart.labels)
    y = sketch.height
    for row, height in zip(chart.rows, rows, strict=True):
        y -= height
        _side_label(sketch, left - 10, y + height / 2, row.label)
        for at, square in enumerate(row.squares):
            _square(sketch, left + at * each + 1.2, y + height / 2 - 9.5, each - 2.4, square)
    for at, label in enumerate(chart.labels):
        sketch.words(left + (at + 0.5) * each, 3, label, SANS, 9.5, INK2, "middle")
    return sketch


def _square(sketch: Sketch, x: float, y: float, width: float, square: SpanSquare) -> None:
    fill, stroke, ink, thick = BLUE, None, WHITE, 0.8
    if square.is_missed:
        fill, stroke, ink, thick = WHITE, OCHRE, OCHRE, 1.8
    elif not square.visits:
        fill, stroke, ink = WHITE, LINE, INK2
    sketch.spot(x, y, width, 19)
    sketch.box(x, y, width, 19, fill, stroke, thick)
    words = count_text(square.visits) if square.visits or square.is_missed else "\u2013"
    sketch.words(x + width / 2, y + 5.6, words, SEMIBOLD, 11, ink, "middle")
