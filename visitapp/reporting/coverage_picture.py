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
from visitapp.reporting.pdf.fonts import register_fonts
from visitapp.reporting.pictures import drawing_png
from visitapp.reporting.sketch import Sketch, lines_of, width_of
from visitapp.reporting.style import (
    CALM,
    COUNT_EDGE,
    COUNT_FILLS,
    COUNT_TEXT,
    INK,
    INK2,
    NEED_DONE,
    NEED_GO,
    NEED_HATCH,
    ON_NEED_DONE,
    ON_NEED_GO,
    PANEL_EDGE,
    SANS,
    SEMIBOLD,
    STRIP_EDGE,
    STRIP_FILL,
    STRIP_TEXT,
    SUNKEN,
    WHITE,
    heat_step,
)
from visitapp.reporting.svg import svg_of
from visitapp.reporting.wording import closed_words, coverage_sentence, gaps_text

NEED, COUNT = "need", "count"
READINGS = (NEED, COUNT)

_CELL, _ROW, _GAP, _RADIUS = 73.0, 34.0, 3.0, 4.0
_PAD, _BETWEEN, _MARGIN = 16.0, 16.0, 24.0
_TOTAL, _WIDEST = 64.0, 1150.0
_SMALL_LINE, _NAME_LINE = 18.0, 23.0
_NOT_IN_USE = -1


@dataclass(frozen=True, slots=True)
class CoverageSheet:
    """What a coverage picture or spreadsheet shows.

    `reading` is `need` or `count`. `closed`: the period is over, so no visits are needed. `note`
    marks made-up figures.
    """

    sites: tuple[SiteCoverage, ...]
    period: Period
    reading: str
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
        by = "by need" if self.reading == NEED else "by number of visits"
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

    @property
    def empty_word(self) -> str:
        """The word in a timeslot without a visit, by need."""
        return "No visit" if self.closed else "Go"


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
        grid = self._days + len(self._heads) * (_CELL + _GAP) + _TOTAL
        self.width = max(grid, 330.0) + 2 * _PAD
        self._names = lines_of(site.site_name, self.width - 2 * _PAD - 80, SEMIBOLD, 17)
        self._heading = lines_of(self._in_words(), self.width - 2 * _PAD, SANS, 14)
        self._head_height = 40.0
        self.height = (
            _PAD * 2
            + len(self._names) * _NAME_LINE
            + len(self._heading) * _SMALL_LINE
            + self._head_height
            + (len(days) + 1) * (_ROW + _GAP)
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
        if not left or sheet.reading == COUNT:
            return visits_and_slots
        return (
            f"{visits_and_slots}, {count_text(left)} {'had no visit' if sheet.closed else 'to go'}"
        )

    def draw(self, sketch: Sketch, x: float, top: float, tall: float) -> None:
        sketch.box(x, top - tall, self.width, tall, WHITE, PANEL_EDGE, 1, 6)
        x, y = x + _PAD, top - _PAD
        for at, line in enumerate(self._names):
            y -= _NAME_LINE
            sketch.words(x, y + 6, line, SEMIBOLD, 17)
            if self._site.site_cells is not None and not at:
                unit = plural(self._site.site_cells, "cell")
                cells = f"{count_text(self._site.site_cells)} {unit}"
                sketch.words(x + self.width - 2 * _PAD, y + 6, cells, SANS, 13, CALM, "end")
        for line in self._heading:
            y -= _SMALL_LINE
            sketch.words(x, y + 4, line, SANS, 14, INK2)
        self._draw_heads(sketch, x, y)
        self._draw_grid(sketch, x, y - self._head_height)
        sketch.words(x, top - tall + _PAD, outside_text(self._site), SANS, 13, INK2)

    def _middle(self, x: float, column: int) -> float:
        return x + self._days + column * (_CELL + _GAP) + _CELL / 2

    def _total_middle(self, x: float) -> float:
        return x + self._days + len(self._heads) * (_CELL + _GAP) + _TOTAL / 2

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
            y -= _ROW + _GAP
            middle = y + _ROW / 2 - 5
            lines = lines_of(day.label, self._days - 6, SANS, 14)[:2]
            for at, line in enumerate(lines):
                sketch.words(x, middle + (len(lines) - 1) * 8 - at * 16, line, SANS, 14)
            for column, count in enumerate(counts):
                left = self._middle(x, column) - _CELL / 2
                if count or site.is_due:
                    draw_cell(sketch, left, y, count, self._sheet)
                else:
                    draw_closed_cell(sketch, left, y)
            _total(sketch, self._total_middle(x), middle, total)
        y -= _ROW + _GAP + 2
        middle = y + _ROW / 2 - 5
        sketch.words(x, middle, "Total", SANS, 14)
        for column, total in enumerate(site.column_totals):
            _total(sketch, self._middle(x, column), middle, total)
        box = self._total_middle(x) - 27
        sketch.box(box, y, 54, _ROW, SUNKEN, PANEL_EDGE, 1, 3)
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
    sketch: Sketch, x: float, y: float, count: int, sheet: CoverageSheet, width: float = _CELL
) -> None:
    """A timeslot with its lower left corner at (x, y)."""
    middle, base = x + width / 2, y + _ROW / 2 - 5
    if sheet.reading == COUNT:
        step = heat_step(count)
        edge = COUNT_EDGE if not step else None
        sketch.box(x, y, width, _ROW, COUNT_FILLS[step], edge, 1, _RADIUS)
        sketch.words(middle, base, count_text(count), SEMIBOLD, 14, COUNT_TEXT[step], "middle")
        return
    if count:
        sketch.box(x, y, width, _ROW, NEED_DONE, None, 0, _RADIUS)
        sketch.hatch(x + 1, y + 1, width - 2, _ROW - 2, NEED_HATCH, 10.6, 1.5)
        plate = max(22.0, width_of(count_text(count), SEMIBOLD, 14) + 10)
        sketch.box(middle - plate / 2, y + 7, plate, _ROW - 14, NEED_DONE, None, 0, 3)
        sketch.words(middle, base, count_text(count), SEMIBOLD, 14, ON_NEED_DONE, "middle")
        return
    sketch.box(x + 1, y + 1, width - 2, _ROW - 2, NEED_GO, INK, 2, _RADIUS)
    word = sheet.empty_word
    size = 14.0 if len(word) < 4 else 11.0
    across = 20.0 if len(word) < 4 else 16.0
    wide = width_of(word, SEMIBOLD, size)
    left = middle - (across + 5 + wide) / 2
    sketch.ring(left + across / 2, y + _ROW / 2, across / 2 - 0.75, ON_NEED_GO)
    digit = 13.0 if across == 20 else 11.0
    sketch.words(
        left + across / 2, y + _ROW / 2 - digit * 0.33, "0", SEMIBOLD, digit, ON_NEED_GO, "middle"
    )
    sketch.words(left + across + 5, y + _ROW / 2 - size * 0.34, word, SEMIBOLD, size, ON_NEED_GO)


def draw_closed_cell(sketch: Sketch, x: float, y: float, width: float = _CELL) -> None:
    """A timeslot of a site that wasn't in use, so no visit was due."""
    sketch.box(x, y, width, _ROW, SUNKEN, PANEL_EDGE, 1, _RADIUS)
    sketch.words(x + width / 2, y + _ROW / 2 - 5, "\u2013", SEMIBOLD, 14, CALM, "middle")


class _Legend:
    """What the cells mean, drawn like the cells."""

    def __init__(self, sheet: CoverageSheet) -> None:
        self._sheet = sheet
        if sheet.reading == NEED:
            empty = "no visit in the period" if sheet.closed else "no visit yet: please go"
            done = "visited" if sheet.closed else "covered"
            self._entries = [(0, empty), (2, f"{done}; the number is the visits made")]
            self._cell = _CELL
        else:
            self._entries = [(step, "") for step in range(5)] + [(5, "5 or more visits")]
            self._entries[0] = (0, "no visit")
            self._cell = 44.0
        if not all(site.is_due for site in sheet.sites):
            self._entries.append((_NOT_IN_USE, "site not in use: no visit needed"))
        self.height = _ROW + 8
        self.width = sum(self._wide(label) for _, label in self._entries)

    def _wide(self, label: str) -> float:
        return self._cell + (width_of(label, SANS, 14) + 30 if label else 6)

    def draw(self, sketch: Sketch, x: float, y: float) -> None:
        for count, label in self._entries:
            if count == _NOT_IN_USE:
                draw_closed_cell(sketch, x, y, self._cell)
            else:
                draw_cell(sketch, x, y, count, self._sheet, self._cell)
            if label:
                sketch.words(x + self._cell + 10, y + _ROW / 2 - 5, label, SANS, 14, INK2)
            x += self._wide(label)
