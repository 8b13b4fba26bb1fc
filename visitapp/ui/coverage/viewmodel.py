"""What the coverage page shows and does: period, sites, reading; QtCore only."""

from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.period import Period, reporting_year
from visitapp.domain.text.wording import long_date, out_of
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.visit_list import CellQuery, VisitPage, VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.widgets.heatmap_tablemodel import HeatmapReading, visits_text

LISTED = 6
"""As many visits of a cell are listed on the page; the rest are on the page Visits."""


class CoverageViewModel(PageViewModel):
    """State and commands. The counts come from `services.figures` alone."""

    changed = Signal()  # period, sites, reading or counts are other ones
    concerns = Changes.VISITS | Changes.SITES | Changes.SETTINGS
    listed = Signal()  # other visits are listed beneath, or none
    saved = Signal(str)  # a sentence: a picture or spreadsheet was written
    pictured = Signal(object)  # bytes of a PNG picture to copy

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.coverages: tuple[SiteCoverage, ...] = ()
        self.visits = VisitPage((), 0)
        self.listed_query: VisitQuery | None = None
        self._listed_place = ""
        self.reading = HeatmapReading.NEED
        self.sites: tuple[Site, ...] = ()
        self._chosen: tuple[UUID, ...] = ()
        self.period = self._first_period()
        self._chosen = self._first_sites()
        self.renew()

    # -- state ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """The day the records say it is."""
        return self._context.services.access.today()

    @property
    def is_closed(self) -> bool:
        """Whether the period is over, so that nobody can go any more."""
        return self.period.end < self.today

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """The sites that were chosen; none means all that were in use in the period."""
        return self._chosen

    def kinds(self) -> tuple[SiteKind, ...]:
        """What each site shown is, in their order."""
        kinds = {site.id: site.kind for site in self.sites}
        return tuple(kinds[coverage.site_id] for coverage in self.coverages)

    @property
    def total(self) -> int:
        """All visits of the chosen sites in the period, those outside every timeslot too."""
        return sum(coverage.total + coverage.outside for coverage in self.coverages)

    @property
    def outside(self) -> int:
        """Visits that fall in no timeslot."""
        return sum(coverage.outside for coverage in self.coverages)

    @property
    def facts(self) -> str:
        """The line under the title."""
        start, end = long_date(self.period.start), long_date(self.period.end)
        days = start if start == end else f"{start} to {end}"
        if not self.coverages:
            return days
        visited = sum(coverage.cells_visited for coverage in self.coverages)
        cells = sum(coverage.cells_due for coverage in self.coverages)
        return f"{days}: {visits_text(self.total)}, {out_of(visited, cells)} timeslots visited"

    @property
    def outside_text(self) -> str:
        """Said always, also when there are none."""
        where = self._each_site_text()
        return f"Not in any timeslot: {visits_text(self.outside)}{where}"

    def _each_site_text(self) -> str:
        with_some = [c for c in self.coverages if c.outside]
        if len(self.coverages) < 2 or not with_some:
            return ""
        return " (" + ", ".join(f"{c.site_name} {c.outside}" for c in with_some) + ")"

    @property
    def listed_title(self) -> str:
        """`Keyham Lane, Tuesday, 16:00 to 19:59: 4 visits`."""
        total = self.visits.total
        return f"{self._listed_place}: {visits_text(total) if total else 'no visit'}"

    @property
    def query(self) -> VisitQuery:
        """All visits that the grids count."""
        return VisitQuery(
            site_ids=tuple(coverage.site_id for coverage in self.coverages),
            period=self.period,
            counted=True,
        )

    # -- commands ------------------------------------------------------------------------

    def choose_period(self, period: Period) -> None:
        """Look at other days."""
        if period != self.period:
            self.period = period
            self._close_list()
            self.renew()

    def choose_sites(self, site_ids: tuple[UUID, ...]) -> None:
        """Look at these sites, in the office's order; none means all."""
        self._chosen = tuple(site_ids)
        self._close_list()
        self.renew()

    def choose_reading(self, reading: HeatmapReading) -> None:
        """Need or count."""
        if reading is not self.reading:
            self.reading = reading
            self.changed.emit()

    def list_cell(self, cell: CellQuery, place: str) -> None:
        """List the visits behind a number of a grid; `place` says in words which."""
        self.listed_query = VisitQuery(period=self.period, counted=True, cell=cell, limit=LISTED)
        self._listed_place = place
        self._list()

    def close_list(self) -> None:
        """Take the list away again."""
        self._close_list()
        self.listed.emit()

    def open_listed(self) -> None:
        """Show the listed visits on the page Visits."""
        if self.listed_query is not None:
            self._context.go("visits", self._whole(self.listed_query))

    def open_all(self) -> None:
        """Show every counted visit on the page Visits."""
        self._context.go("visits", self.query)

    @staticmethod
    def _whole(query: VisitQuery) -> VisitQuery:
        return VisitQuery(period=query.period, counted=query.counted, cell=query.cell)

    def save(self, out: Path) -> None:
        """Write the grids as PNG, SVG or XLSX by the ending; the dialog asked before."""
        reports = self._context.services.reports
        period, sites, reading = self._pictured()

        def work() -> Path:
            reports.coverage_picture(period, sites, reading, out, force=True)
            return out

        self._context.jobs.run(work, owner=self, done=self._on_saved)

    def copy_picture(self) -> None:
        """Make a PNG picture, then say so through `pictured`."""
        reports = self._context.services.reports
        asked = self._pictured()
        self._context.jobs.run(
            lambda: reports.coverage_bytes(*asked, ".png"),
            owner=self,
            done=self.pictured.emit,
        )

    def _pictured(self) -> tuple[Period, tuple[UUID, ...], str]:
        sites = tuple(coverage.site_id for coverage in self.coverages)
        return self.period, sites, self.reading.value

    def _on_saved(self, out: Path) -> None:
        self.saved.emit(f"The coverage was saved as {out.name}.")

    # -- counting ------------------------------------------------------------------------

    def renew(self) -> None:
        """Count again, and list the chosen cell again."""
        try:
            self.sites = self._context.services.setup.sites()
            self._chosen = tuple(site.id for site in self.sites if site.id in self._chosen)
            self._count()
            self._list_again()
        except VisitAppError as error:
            self.show_problem(error)

    def _count(self) -> None:
        figures = self._context.services.figures
        shown = self._chosen or figures.site_ids(self.period, None, [])
        self.coverages = figures.coverage(self.period, shown)
        self.changed.emit()

    def _list_again(self) -> None:
        """Close the list where its timeslot is no longer what it was."""
        if self.listed_query is None or self.listed_query.cell is None:
            return
        cell = self.listed_query.cell
        now = next((c.grid for c in self.coverages if c.site_id == cell.site_id), None)
        if now is None or (now.days, now.bands) != (cell.grid.days, cell.grid.bands):
            self.close_list()
        else:
            self._list()

    def _list(self) -> None:
        assert self.listed_query is not None
        self.visits = self._context.services.visits.page(self.listed_query)
        self.listed.emit()

    def _close_list(self) -> None:
        self.listed_query, self._listed_place, self.visits = None, "", VisitPage((), 0)

    def _first_sites(self) -> tuple[UUID, ...]:
        """The suites of the period, or (none) every site there is."""
        kind = Kind.CUSTODY.value
        try:
            return self._context.services.figures.site_ids(self.period, kind, [])
        except VisitAppError:
            return ()

    def _first_period(self) -> Period:
        """The current year; in its first quarter, when it is nearly empty, the last 12 months."""
        this_year = reporting_year(self.today)
        if self.today > this_year.quarters()[0].end:
            return this_year
        a_year_ago = Period(self.today, self.today).year_before().start
        return Period(a_year_ago + timedelta(days=1), self.today)
