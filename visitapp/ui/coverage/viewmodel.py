"""State and commands of the page Coverage: period, sites, reading. QtCore only."""

from datetime import date
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import Signal

from visitapp.domain.changes import Changes
from visitapp.domain.errors import VisitAppError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.period import Period
from visitapp.domain.text.wording import long_date, out_of
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.domain.year.visit_list import CellQuery, CountedVisits, VisitPage, VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.page_viewmodel import PageViewModel
from visitapp.ui.widgets.heatmap_tablemodel import visits_text

LISTED = 6
"""How many visits of a cell are listed here; the page Visits has the rest."""


class CoverageViewModel(PageViewModel):
    """All counts come from `services.figures`."""

    changed = Signal()  # period, sites, reading or counts changed
    concerns = Changes.VISITS | Changes.SITES | Changes.SETTINGS
    listed = Signal()  # the list of visits changed
    saved = Signal(str)  # a picture or spreadsheet was saved, as a sentence
    pictured = Signal(object)  # a PNG picture to copy, as bytes

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.coverages: tuple[SiteCoverage, ...] = ()
        self.visits = VisitPage((), 0)
        self.listed_query: VisitQuery | None = None
        self._listed_place = ""
        self.reading = HeatmapReading.NEED
        self.sites: tuple[Site, ...] = ()
        self.groups: tuple[ChosenSites, ...] = ()
        """The groups that had the same sites in all of the period."""
        self._chosen: tuple[UUID, ...] = ()
        self.period = context.years().with_visits(self.today)
        self._chosen = self._first_sites()
        self.renew()

    # -- state ---------------------------------------------------------------------------

    @property
    def today(self) -> date:
        """Today's date according to the records."""
        return self._context.services.access.today()

    @property
    def is_closed(self) -> bool:
        """Whether the period is over, so that nobody can visit any more."""
        return self.period.end < self.today

    @property
    def chosen(self) -> tuple[UUID, ...]:
        """The chosen sites; empty means all that were in use in the period."""
        return self._chosen

    def kinds(self) -> tuple[SiteKind, ...]:
        """The kind of each site shown, in order."""
        kinds = {site.id: site.kind for site in self.sites}
        return tuple(kinds[coverage.site_id] for coverage in self.coverages)

    @property
    def total(self) -> int:
        """All visits to the chosen sites in the period, including those outside every timeslot."""
        return sum(coverage.total + coverage.outside for coverage in self.coverages)

    @property
    def outside(self) -> int:
        """Visits outside every timeslot."""
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
        """How many visits were outside every timeslot, even if none."""
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
            counted=CountedVisits.AT_SITE,
        )

    # -- commands ------------------------------------------------------------------------

    def choose_period(self, period: Period) -> None:
        """Show another period."""
        if period != self.period:
            self.period = period
            self._close_list()
            self.renew()

    def choose_sites(self, site_ids: tuple[UUID, ...]) -> None:
        """Show these sites, in the office's order; empty means all."""
        self._chosen = tuple(site_ids)
        self._close_list()
        self.renew()

    def choose_reading(self, reading: HeatmapReading) -> None:
        """Show need or count."""
        if reading is not self.reading:
            self.reading = reading
            self.changed.emit()

    def list_cell(self, cell: CellQuery, place: str) -> None:
        """List the visits counted by a cell; `place` is its site and time in words."""
        self.listed_query = VisitQuery(
            period=self.period, counted=CountedVisits.AT_SITE, cell=cell, limit=LISTED
        )
        self._listed_place = place
        self._list()

    def close_list(self) -> None:
        """Close the list."""
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
        """Save the grids as PNG, SVG or XLSX, by the file's ending. Replaces an existing file; the
        dialog has asked."""
        reports = self._context.services.reports
        period, sites, reading = self._pictured()

        def work() -> Path:
            reports.coverage_picture(period, sites, reading, out, force=True)
            return out

        self._context.jobs.run(work, owner=self, done=self._on_saved)

    def copy_picture(self) -> None:
        """Draw a PNG picture, and emit `pictured`."""
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
        """Count again, and update the list."""
        with self.showing_problems():
            self.sites = self._context.services.setup.sites()
            self.groups = self._context.services.chosen_sites.groups(self.period)
            self._chosen = tuple(site.id for site in self.sites if site.id in self._chosen)
            self._count()
            self._list_again()

    def _count(self) -> None:
        figures = self._context.services.figures
        shown = self._chosen or figures.site_ids(self.period, None, [])
        self.coverages = figures.coverage(self.period, shown)
        self.changed.emit()

    def _list_again(self) -> None:
        """Update the list, or close it if its timeslot has changed."""
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
        """The suites in use, or empty for all sites if there are none."""
        kind = Kind.CUSTODY.value
        try:
            return self._context.services.figures.site_ids(self.period, kind, [])
        except VisitAppError:
            return ()
