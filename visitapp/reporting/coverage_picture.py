"""Coverage as a picture: the grids of several sites side by side, by need or by count.

One drawing is used for PNG and SVG, always in the window's light theme. Nothing depends on colour
alone: a timeslot without a visit has a ring and a word, one with visits a hatch, and all have
numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.graphics.shapes import Drawing

from visitapp.domain.office.grid import Band, clock
from visitapp.domain.period import Period
from visitapp.domain.text.wording import count_text, dates, number_of, out_of, plural
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import (
    CELL_HEIGHT,
    GAP,
    GO_EDGE,
    HATCH_LINE,
    HATCH_STEP,
    LIGHT_HEAT,
    NOT_IN_USE_SIGN,
    PLATE_HEIGHT,
    PLATE_ROOM,
    RADIUS,
    RING,
    HeatmapReading,
    TimeslotLook,
    empty_word,
    heat_step,
    look_of,
)
from visitapp.reporting.pdf.fonts import register_fonts
from visitapp.reporting.pictures import drawing_png
from visitapp.reporting.sketch import Sketch, lines_of, width_of
from visitapp.reporting.style import (
    INK,
    INK2,
    SANS,
    SEMIBOLD,
    STRIP_EDGE,
    STRIP_FILL,
    STRIP_TEXT,
    WHITE,
)
from visitapp.reporting.svg import svg_of
from visitapp.reporting.wording import closed_words, coverage_sentence, gaps_text

_CELL, _ROW = 73.0, float(CELL_HEIGHT)
_PAD, _BETWEEN, _MARGIN = 16.0, 16.0, 24.0
_TOTAL, _WIDEST = 64.0, 1150.0
_SMALL_LINE, _NAME_LINE = 18.0, 23.0


@dataclass(frozen=True, slots=True)
class CoverageSheet:
    """What a coverage picture or spreadsheet shows.

    `reading` is `need` or `count`. `closed`: the period is over, so no visits are needed. `note`
    marks made-up figures.
    """

    sites: tuple[SiteCoverage, ...]
    period: Period
    reading: HeatmapReading
    closed: bool
    note: str = ""

    @property
    def title(self) -> str:
        """`Coverage, 1 April 2023 to 31 March 2024`."""
        return f"Coverage, {dates(self.period.start, self.period.end)}"

    @property
    def summary(self) -> str:
        """All visits at the sites shown, and how many timeslots had one."""
        visits = sum(site.total + site.outside for site in self.sites)
        cells = sum(site.cells_due for site in self.sites)
        visited = sum(site.cells_visited for site in self.sites)
        by = "by need" if self.reading is HeatmapReading.NEED else "by number of visits"
        return (
            f"{number_of(visits, 'visit')}, {out_of(visited, cells)} timeslots visited; shown {by}"
        )

    @property
    def description(self) -> str:
        """The picture in words: each site with its gaps and its visits outside the grid."""
        sentences = [f"{self.summary}."]
        for site in self.sites:
            gaps = gaps_text(site)
            missing = f" No visit: {gaps}." if gaps and site.total else ""
            sentences.append(f"{coverage_sentence(site)}.{missing} {outside_text(site)}.")
        return " ".join(sentences)


def outside_text(site: SiteCoverage) -> str:
    """`Not in any timeslot: 2 visits`."""
    visits = plural(site.outside, "visit")
    return f"Not in any timeslot: {count_text(site.outside)} {visits}"


def coverage_svg(sheet: CoverageSheet) -> bytes:
    """The picture as SVG."""
    return svg_of(coverage_drawing(sheet), sheet.title, sheet.description)


def coverage_png(sheet: CoverageSheet, scale: float = 2.0) -> bytes:
    """The picture as PNG, `scale` pixels for each of the drawing's."""
    return drawing_png(coverage_drawing(sheet), scale)


def coverage_drawing(sheet: CoverageSheet) -> Drawing:
    """The grids with their totals, a legend, and the visits in no timeslot."""
    register_fonts()
    rows = _rows([_Panel(site, sheet) for site in sheet.sites])
    legend = _Legend(sheet)
    heights = [max((panel.height for panel in row), default=0.0) for row in rows]
    inner = max(
        *(_row_width(row) for row in rows),
        width_of(sheet.title, SEMIBOLD, 22),
        width_of(sheet.summary, SANS, 14),
        legend.width,
        420.0,
    )
    body = sum(heights) + _BETWEEN * len(rows)
    foot = legend.height + (40.0 if sheet.note else 0.0)
    height = _MARGIN * 2 + 58 + body + foot
    sketch = Sketch(inner + 2 * _MARGIN, height)
    sketch.box(0, 0, sketch.width, sketch.height, WHITE)
    y = height - _MARGIN - 20
    sketch.words(_MARGIN, y, sheet.title, SEMIBOLD, 22)
    sketch.words(_MARGIN, y - 23, sheet.summary, SANS, 14, INK2)
    y -= 38
    for row, tall in zip(rows, heights, strict=True):
        x = _MARGIN
        for panel in row:
            panel.draw(sketch, x, y, tall)
            x += panel.width + _BETWEEN
        y -= tall + _BETWEEN
    legend.draw(sketch, _MARGIN, y - legend.height)
    if sheet.note:
        _note(sketch, sheet.note)
    return sketch.drawing


def _rows(panels: Sequence["_Panel"]) -> list[list["_Panel"]]:
    rows: list[list[_Panel]] = [[]]
    for panel in panels:
        if rows[-1] and _row_width([*rows[-1], panel]) > _WIDEST:
            rows.append([])
        rows[-1].append(panel)
    return rows


def _row_width(row: Sequence["_Panel"]) -> float:
    return sum(panel.width for panel in row) + _BETWEEN * max(len(row) - 1, 0)


def _note(sketch: Sketch, note: str) -> None:
    sketch.box(_MARGIN, _MARGIN - 6, sketch.width - 2 * _MARGIN, 28, STRIP_FILL)
    sketch.box(_MARGIN, _MARGIN - 6, 4, 28, STRIP_EDGE)
    sketch.words(_MARGIN + 14, _MARGIN + 3, note, SEMIBOLD, 13, STRIP_TEXT)


class _Panel:
    """One site: its name, its grid with totals, its visits outside."""

    def __init__(self, site: SiteCoverage, sheet: CoverageSheet) -> None:
        self._site, self._sheet = site, sheet
        days = [day.label for day in site.grid.days]
        self._days = max(max(width_of(day, SANS, 14) for day in days) + 12, 84.0)
        self._days = min(self._days, 190.0)
        self._heads = [_two_lines(band) for band in site.grid.bands]
        grid = self._days + len(self._heads) * (_CELL + GAP) + _TOTAL
        self.width = max(grid, 330.0) + 2 * _PAD
        self._names = lines_of(site.site_name, self.width - 2 * _PAD - 80, SEMIBOLD, 17)
        self._heading = lines_of(self._in_words(), self.width - 2 * _PAD, SANS, 14)
        self._head_height = 40.0
        self.height = (
            _PAD * 2
            + len(self._names) * _NAME_LINE
            + len(self._heading) * _SMALL_LINE
            + self._head_height
            + (len(days) + 1) * (_ROW + GAP)
            + 8
            + _SMALL_LINE
        )

    def _in_words(self) -> str:
        site, sheet = self._site, self._sheet
        visits = site.total + site.outside
        visited = out_of(site.cells_visited, site.cells)
        visits_and_slots = f"{number_of(visits, 'visit')}; {visited} timeslots visited"
        left = site.cells_left
        if not site.is_due:
            slots = number_of(site.cells_visited, "timeslot")
            if not visits:
                return f"No visits; {closed_words(site)}"
            return f"{number_of(visits, 'visit')} in {slots}; {closed_words(site)}"
        if not left or sheet.reading is HeatmapReading.COUNT:
            return visits_and_slots
        return (
            f"{visits_and_slots}, {count_text(left)} {'had no visit' if sheet.closed else 'to go'}"
        )

    def draw(self, sketch: Sketch, x: float, top: float, tall: float) -> None:
        sketch.box(x, top - tall, self.width, tall, WHITE, LIGHT_HEAT.line, 1, 6)
        x, y = x + _PAD, top - _PAD
        for at, line in enumerate(self._names):
            y -= _NAME_LINE
            sketch.words(x, y + 6, line, SEMIBOLD, 17)
            if self._site.site_cells is not None and not at:
                unit = plural(self._site.site_cells, "cell")
                cells = f"{count_text(self._site.site_cells)} {unit}"
                sketch.words(
                    x + self.width - 2 * _PAD, y + 6, cells, SANS, 13, LIGHT_HEAT.calm, "end"
                )
        for line in self._heading:
            y -= _SMALL_LINE
            sketch.words(x, y + 4, line, SANS, 14, INK2)
        self._draw_heads(sketch, x, y)
        self._draw_grid(sketch, x, y - self._head_height)
        sketch.words(x, top - tall + _PAD, outside_text(self._site), SANS, 13, INK2)

    def _middle(self, x: float, column: int) -> float:
        return x + self._days + column * (_CELL + GAP) + _CELL / 2

    def _total_middle(self, x: float) -> float:
        return x + self._days + len(self._heads) * (_CELL + GAP) + _TOTAL / 2

    def _draw_heads(self, sketch: Sketch, x: float, y: float) -> None:
        for column, lines in enumerate(self._heads):
            for at, line in enumerate(reversed(lines)):
                low = y - self._head_height + 8 + at * 15
                sketch.words(self._middle(x, column), low, line, SEMIBOLD, 13, INK2, "middle")
        low = y - self._head_height + 8
        sketch.words(self._total_middle(x), low, "Total", SEMIBOLD, 13, INK2, "middle")

    def _draw_grid(self, sketch: Sketch, x: float, y: float) -> None:
        site = self._site
        for day, counts, total in zip(site.grid.days, site.counts, site.row_totals, strict=True):
            y -= _ROW + GAP
            middle = y + _ROW / 2 - 5
            lines = lines_of(day.label, self._days - 6, SANS, 14)[:2]
            for at, line in enumerate(lines):
                sketch.words(x, middle + (len(lines) - 1) * 8 - at * 16, line, SANS, 14)
            for column, count in enumerate(counts):
                left = self._middle(x, column) - _CELL / 2
                draw_cell(sketch, left, y, _CELL, count, self._sheet, site.is_due)
            _total(sketch, self._total_middle(x), middle, total)
        y -= _ROW + GAP + 2
        middle = y + _ROW / 2 - 5
        sketch.words(x, middle, "Total", SANS, 14)
        for column, total in enumerate(site.column_totals):
            _total(sketch, self._middle(x, column), middle, total)
        box = self._total_middle(x) - 27
        sketch.box(box, y, 54, _ROW, LIGHT_HEAT.sunken, LIGHT_HEAT.line, 1, 3)
        grand = count_text(site.total)
        sketch.words(self._total_middle(x), middle - 1, grand, SEMIBOLD, 18, INK, "middle")


def _total(sketch: Sketch, x: float, y: float, number: int) -> None:
    sketch.words(x, y, count_text(number), SEMIBOLD, 15, INK, "middle")


def _two_lines(band: Band) -> list[str]:
    """`00:00` over `07:59`; a name of its own as it fits a cell, in at most two lines."""
    if band.has_own_name:
        return lines_of(band.label, _CELL, SEMIBOLD, 13)[:2]
    return [clock(band.start), clock(band.end - 1)]


def draw_cell(
    sketch: Sketch, x: float, y: float, width: float, count: int, sheet: CoverageSheet, in_use: bool
) -> None:
    """A timeslot with its lower left corner at (x, y)."""
    match look_of(sheet.reading, count, in_use=in_use):
        case TimeslotLook.NOT_IN_USE:
            _draw_not_in_use(sketch, x, y, width)
        case TimeslotLook.COUNT:
            _draw_count(sketch, x, y, width, count)
        case TimeslotLook.DONE:
            _draw_done(sketch, x, y, width, count)
        case TimeslotLook.GO:
            _draw_go(sketch, x, y, width, empty_word(closed=sheet.closed))


def _draw_count(sketch: Sketch, x: float, y: float, width: float, count: int) -> None:
    step = heat_step(count)
    edge = None if step else LIGHT_HEAT.edge
    sketch.box(x, y, width, _ROW, LIGHT_HEAT.counts[step], edge, 1, RADIUS)
    _number(sketch, x + width / 2, y, count_text(count), LIGHT_HEAT.on_counts[step])


def _draw_done(sketch: Sketch, x: float, y: float, width: float, count: int) -> None:
    colours, middle = LIGHT_HEAT, x + width / 2
    sketch.box(x, y, width, _ROW, colours.done, None, 0, RADIUS)
    sketch.hatch(x + 1, y + 1, width - 2, _ROW - 2, colours.hatch, HATCH_STEP, HATCH_LINE)
    plate = max(22.0, width_of(count_text(count), SEMIBOLD, 14) + PLATE_ROOM)
    low = y + (_ROW - PLATE_HEIGHT) / 2
    sketch.box(middle - plate / 2, low, plate, PLATE_HEIGHT, colours.done, None, 0, 3)
    _number(sketch, middle, y, count_text(count), colours.on_done)


def _draw_go(sketch: Sketch, x: float, y: float, width: float, word: str) -> None:
    ink = LIGHT_HEAT.on_go
    sketch.box(x + 1, y + 1, width - 2, _ROW - 2, LIGHT_HEAT.go, INK, GO_EDGE, RADIUS)
    size, across, digit = (14.0, float(RING), 13.0) if len(word) < 4 else (11.0, 16.0, 11.0)
    left = x + width / 2 - (across + 5 + width_of(word, SEMIBOLD, size)) / 2
    middle, centre = y + _ROW / 2, left + across / 2
    sketch.ring(centre, middle, across / 2 - 0.75, ink)
    sketch.words(centre, middle - digit * 0.33, "0", SEMIBOLD, digit, ink, "middle")
    sketch.words(left + across + 5, middle - size * 0.34, word, SEMIBOLD, size, ink)


def _draw_not_in_use(sketch: Sketch, x: float, y: float, width: float) -> None:
    """No visit was due."""
    sketch.box(x, y, width, _ROW, LIGHT_HEAT.sunken, LIGHT_HEAT.line, 1, RADIUS)
    _number(sketch, x + width / 2, y, NOT_IN_USE_SIGN, LIGHT_HEAT.calm)


def _number(sketch: Sketch, middle: float, y: float, words: str, ink: str) -> None:
    sketch.words(middle, y + _ROW / 2 - 5, words, SEMIBOLD, 14, ink, "middle")


class _Legend:
    """What the cells mean, drawn like the cells."""

    def __init__(self, sheet: CoverageSheet) -> None:
        self._sheet = sheet
        if sheet.reading is HeatmapReading.NEED:
            empty = "no visit in the period" if sheet.closed else "no visit yet: please go"
            done = "visited" if sheet.closed else "covered"
            entries = [(0, empty), (2, f"{done}; the number is the visits made")]
            self._cell = _CELL
        else:
            entries = [(0, "no visit"), *((step, "") for step in range(1, 5))]
            entries.append((5, "5 or more visits"))
            self._cell = 44.0
        self._entries = [(count, label, True) for count, label in entries]
        if not all(site.is_due for site in sheet.sites):
            self._entries.append((0, "site not in use: no visit needed", False))
        self.height = _ROW + 8
        self.width = sum(self._wide(label) for _, label, _ in self._entries)

    def _wide(self, label: str) -> float:
        return self._cell + (width_of(label, SANS, 14) + 30 if label else 6)

    def draw(self, sketch: Sketch, x: float, y: float) -> None:
        for count, label, in_use in self._entries:
            draw_cell(sketch, x, y, self._cell, count, self._sheet, in_use)
            if label:
                sketch.words(x + self._cell + 10, y + _ROW / 2 - 5, label, SANS, 14, INK2)
            x += self._wide(label)
