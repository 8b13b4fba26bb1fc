"""Coverage as a spreadsheet: a sheet that explains it, then one for each site. Totals are formulas
with their values, so they are right even in programs that don't calculate."""

from collections.abc import Iterable
from datetime import datetime, time
from io import BytesIO
from typing import Any

from visitapp.domain.text.shown import shown
from visitapp.domain.text.wording import long_date
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import LIGHT_HEAT, HeatmapReading, heat_step
from visitapp.reporting.coverage_picture import CoverageSheet, outside_text
from visitapp.reporting.style import INK, INK2, STRIP_TEXT
from visitapp.reporting.wording import coverage_sentence, gaps_text

_FONT = {"font_name": "Calibri", "font_size": 11, "font_color": INK}
_FORBIDDEN = dict.fromkeys(map(ord, "[]:*?/\\"), " ")
_NAME_MOST = 31
_FIRST_ROW = 3
"""Row (0 is the first) of the headings of a site's grid."""


def coverage_xlsx(sheet: CoverageSheet) -> bytes:
    """The spreadsheet as XLSX; the same figures always give the same bytes."""
    from xlsxwriter import Workbook

    file = BytesIO()
    with Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        day = datetime.combine(sheet.period.end, time())
        book.set_properties({"title": sheet.title, "created": day, "comments": sheet.summary})
        looks = _Looks(book, sheet)
        names = sheet_names([site.site_name for site in sheet.sites])
        _about(book.add_worksheet("About"), sheet, looks)
        for site, name in zip(sheet.sites, names, strict=True):
            _site(book.add_worksheet(name), site, sheet, looks)
    return file.getvalue()


def sheet_names(names: Iterable[str]) -> list[str]:
    """Names that a spreadsheet allows: at most 31 characters, no two alike, some characters left
    out."""
    sheets: list[str] = []
    taken = {"about", "history"}
    for name in names:
        allowed = " ".join(shown(name).translate(_FORBIDDEN).split()).strip("'") or "Site"
        short = allowed[:_NAME_MOST].strip().strip("'")
        number = 2
        while short.casefold() in taken:
            tail = f" ({number})"
            short = allowed[: _NAME_MOST - len(tail)].strip() + tail
            number += 1
        taken.add(short.casefold())
        sheets.append(short)
    return sheets


class _Looks:
    """The formats of one workbook."""

    def __init__(self, book: Any, sheet: CoverageSheet) -> None:
        heat = LIGHT_HEAT

        def look(**more: Any) -> Any:
            return book.add_format({**_FONT, **more})

        self.title = look(bold=True, font_size=16)
        self.plain = look()
        self.quiet = look(font_color=INK2, text_wrap=True, valign="top")
        self.note = look(bold=True, font_color=STRIP_TEXT)
        self.head = look(bold=True, font_color=INK2, align="center", text_wrap=True)
        self.row_head = look(font_color=INK2, bold=True)
        self.total = look(bold=True, align="center")
        self.closed = look(
            font_color=INK2,
            bg_color=heat.sunken,
            align="center",
            border=1,
            border_color=heat.line,
        )
        self.grand = look(bold=True, align="center", font_size=14, border=1, bg_color=heat.sunken)
        self.whole = look(align="left", num_format="#,##0")
        cell = {"align": "center", "border": 1, "border_color": heat.line}
        if sheet.reading is HeatmapReading.NEED:
            go = look(bg_color=heat.go, font_color=heat.on_go, bold=True, **cell)
            done = look(bg_color=heat.done, font_color=heat.on_done, **cell)
            self._steps = [go] + [done] * 5
        else:
            self._steps = [
                look(bg_color=fill, font_color=ink, bold=step == 0, **cell)
                for step, (fill, ink) in enumerate(zip(heat.counts, heat.on_counts, strict=True))
            ]

    def cell(self, count: int, site: SiteCoverage) -> Any:
        """How a number of visits looks."""
        return self._steps[heat_step(count)] if count or site.is_due else self.closed


def _about(page: Any, sheet: CoverageSheet, looks: _Looks) -> None:
    page.set_column(0, 0, 34)
    page.set_column(1, 5, 16)
    page.hide_gridlines(2)
    page.write_string(0, 0, sheet.title, looks.title)
    facts = [
        ("First day", long_date(sheet.period.start)),
        ("Last day", long_date(sheet.period.end)),
        ("Shown", "By need" if sheet.reading is HeatmapReading.NEED else "By number of visits"),
        ("Meaning", _meaning(sheet)),
    ]
    for row, (word, words) in enumerate(facts, start=2):
        page.write_string(row, 0, word, looks.row_head)
        page.write_string(row, 1, words, looks.plain)
    heads = ("Site", "In timeslots", "Outside", "All visits", "Timeslots", "Visited")
    first = 8
    for column, head in enumerate(heads):
        page.write_string(first - 1, column, head, looks.head if column else looks.row_head)
    for row, site in enumerate(sheet.sites, start=first):
        not_in_use = "" if site.is_due else " (not in use)"
        page.write_string(row, 0, f"{shown(site.site_name)}{not_in_use}", looks.plain)
        page.write_number(row, 1, site.total, looks.total)
        page.write_number(row, 2, site.outside, looks.total)
        formula_of_both = f"=B{row + 1}+C{row + 1}"
        page.write_formula(row, 3, formula_of_both, looks.total, site.total + site.outside)
        page.write_number(row, 4, site.cells_due, looks.total)
        page.write_number(row, 5, site.cells_visited, looks.total)
    last = first + len(sheet.sites)
    page.write_string(last, 0, "All sites", looks.row_head)
    sums = (
        sum(site.total for site in sheet.sites),
        sum(site.outside for site in sheet.sites),
        sum(site.total + site.outside for site in sheet.sites),
        sum(site.cells_due for site in sheet.sites),
        sum(site.cells_visited for site in sheet.sites),
    )
    for column, value in enumerate(sums, start=1):
        letter = "ABCDEF"[column]
        formula = f"=SUM({letter}{first + 1}:{letter}{last})"
        page.write_formula(last, column, formula, looks.total, value)
    if sheet.note:
        page.write_string(last + 2, 0, sheet.note, looks.note)


def _meaning(sheet: CoverageSheet) -> str:
    grey = "" if all(site.is_due for site in sheet.sites) else " Grey: the site was not in use."
    if sheet.reading is not HeatmapReading.NEED:
        return f"The darker a timeslot, the more visits; the number is the visits made.{grey}"
    if sheet.closed:
        return f"Green: no visit in the period. Red: visited; the number is the visits made.{grey}"
    return f"Green: no visit yet, please go. Red: covered; the number is the visits made.{grey}"


def _site(page: Any, site: SiteCoverage, sheet: CoverageSheet, looks: _Looks) -> None:
    from xlsxwriter.utility import xl_range

    bands, days = site.grid.bands, site.grid.days
    top, last_row, last_column = _FIRST_ROW + 1, _FIRST_ROW + len(days), len(bands)
    page.hide_gridlines(2)
    page.set_column(0, 0, max(12, *(len(day.label) + 2 for day in days)))
    page.set_column(1, last_column + 1, 13)
    page.write_string(0, 0, shown(site.site_name), looks.title)
    page.write_string(1, 0, f"{sheet.title}. {coverage_sentence(site)}.", looks.plain)
    page.write_string(_FIRST_ROW, 0, "Day", looks.row_head)
    for column, band in enumerate(bands, start=1):
        page.write_string(_FIRST_ROW, column, band.label, looks.head)
    page.write_string(_FIRST_ROW, last_column + 1, "Total", looks.head)
    for row, (day, counts) in enumerate(zip(days, site.counts, strict=True), start=top):
        page.write_string(row, 0, day.label, looks.row_head)
        for column, count in enumerate(counts, start=1):
            page.write_number(row, column, count, looks.cell(count, site))
        cells = xl_range(row, 1, row, last_column)
        page.write_formula(row, last_column + 1, f"=SUM({cells})", looks.total, sum(counts))
    page.write_string(last_row + 1, 0, "Total", looks.row_head)
    for column, total in enumerate(site.column_totals, start=1):
        cells = xl_range(top, column, last_row, column)
        page.write_formula(last_row + 1, column, f"=SUM({cells})", looks.total, total)
    cells = xl_range(top, 1, last_row, last_column)
    page.write_formula(last_row + 1, last_column + 1, f"=SUM({cells})", looks.grand, site.total)
    page.write_string(last_row + 3, 0, outside_text(site), looks.plain)
    gaps = gaps_text(site)
    if gaps and site.total:
        page.write_string(last_row + 4, 0, f"No visit: {gaps}.", looks.plain)
    if sheet.note:
        page.write_string(last_row + 6, 0, sheet.note, looks.note)
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 1)
