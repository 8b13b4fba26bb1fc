"""The page Coverage: which days and times were visited, site by site."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import (
    QGuiApplication,
    QImage,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QFileDialog, QMenu, QVBoxLayout, QWidget

from visitapp.domain.period import Period
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.domain.year.visit_list import CellQuery, VisitQuery
from visitapp.ui.context import Context
from visitapp.ui.coverage.bars import SpreadPanels
from visitapp.ui.coverage.cell_list import CellList
from visitapp.ui.coverage.foreseen import ForeseenPanel
from visitapp.ui.coverage.foreseen_viewmodel import ForeseenViewModel
from visitapp.ui.coverage.grids import Grids
from visitapp.ui.coverage.spread import spreads
from visitapp.ui.coverage.viewmodel import CoverageViewModel
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import BETWEEN_DOWN
from visitapp.ui.widgets.buttons import button, link_button, menu_action
from visitapp.ui.widgets.empty_state import EmptyState
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.heatmap import HeatSample
from visitapp.ui.widgets.heatmap_tablemodel import HeatCell, TablePart, visits_text
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.page import Page
from visitapp.ui.widgets.period_and_sites import PeriodAndSites
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.segmented import Segmented
from visitapp.ui.widgets.shortcuts import add_shortcut

_COPY = "Ctrl+Shift+C"
_ROOMY = 860
"""The least page height, in logical pixels, for grids with higher rows."""
_FORMS = (("PNG picture", ".png"), ("SVG drawing", ".svg"), ("XLSX spreadsheet", ".xlsx"))


class CoverageView(Page):
    """Controls in one row, then the grids, then conclusions."""

    _about_grids = (
        "Each grid is one site: days down, times across. Under Need, green timeslots have had no "
        "visit yet; red hatched ones were visited, with the number of visits; grey ones with a "
        "dash need none, because the site is not in use. Count shows the same numbers in shades "
        "of blue."
    )
    help_text = _about_grids + (
        "\n\nArrow keys move in a grid, Enter lists the visits of a timeslot, Ctrl+Shift+C copies "
        "the grids as a picture. Visits that are not in any timeslot are counted below "
        "the grid."
    )

    def __init__(self, context: Context) -> None:
        super().__init__(context, "Coverage")
        if context.reads_only:
            self.help_text = self._about_grids
        self.viewmodel = CoverageViewModel(context)
        self.follow(self.viewmodel)
        self._asked: object = None
        self._make_controls()
        self._make_middle()
        self.viewmodel.changed.connect(self._on_changed)
        self.viewmodel.listed.connect(self._on_listed)
        self.viewmodel.saved.connect(self._on_saved)
        self.viewmodel.pictured.connect(self._on_pictured)
        self._on_changed()

    # -- layout --------------------------------------------------------------------------

    def _make_controls(self) -> None:
        self.list_button = button("List the visits", self.viewmodel.open_all, icon="list")
        self.add_action(self.list_button)
        self._controls = PeriodAndSites(self.viewmodel, self.context.years)
        self.period, self.sites = self._controls.period, self._controls.sites
        self.reading = Segmented(
            "Reading",
            [(HeatmapReading.NEED, "Need"), (HeatmapReading.COUNT, "Count")],
            icons=("flag", "hash"),
        )
        self.reading.chosen.connect(self.viewmodel.choose_reading)
        self.copy_button = button(
            "Copy picture", self.viewmodel.copy_picture, icon="copy", shortcut=_COPY
        )
        add_shortcut(self, _COPY, self.viewmodel.copy_picture)
        self.save_button = button("Save as", self._open_save_menu, icon="download")
        self._controls.add(self.reading)
        self._controls.add_stretch()
        self._controls.add(self.copy_button)
        self._controls.add(self.save_button)
        self.body.addWidget(self._controls)

    def _make_middle(self) -> None:
        self.grids = Grids()
        if not self.context.reads_only:  # a copy to read has numbers of visits, and no list
            self.grids.chosen.connect(self.viewmodel.list_cell)
        self.body.addWidget(self.grids)
        self._legend = FlowRow(gap=10)
        self.body.addWidget(self._legend)
        self.cell_list = CellList(
            self.viewmodel.open_listed,
            partial(self.context.go, "visits"),
            self.viewmodel.close_list,
        )
        self.body.addWidget(self.cell_list)
        self._spreads = QVBoxLayout()
        self._spreads.setSpacing(BETWEEN_DOWN)
        self.body.addLayout(self._spreads)
        self.foreseen_viewmodel = ForeseenViewModel(self.context)
        self.foreseen_viewmodel.setParent(self)
        self.foreseen = ForeseenPanel(self.foreseen_viewmodel)
        self.body.addWidget(self.foreseen)
        self._empty = EmptyState(
            "grid-3x3",
            "Here you will see which days and times each site was visited, and which still "
            "need a visit. Add the first suite or kennels to begin.",
            button("Add a site", lambda: self.context.go("settings", "sites"), icon="plus"),
        )
        self.body.addWidget(self._empty)
        self.body.addStretch(1)

    # -- showing -------------------------------------------------------------------------

    def _on_changed(self) -> None:
        viewmodel = self.viewmodel
        has_sites = bool(viewmodel.coverages)
        for widget in (self._controls, self.grids, self._legend, self.list_button):
            widget.setVisible(has_sites or (bool(viewmodel.sites) and widget is self._controls))
        self._empty.setVisible(not viewmodel.sites)
        self.set_facts(viewmodel.facts)
        self.list_button.setText(f"List the {visits_text(viewmodel.total)}")
        self.list_button.setVisible(viewmodel.total > 0 and not self.context.reads_only)
        self.reading.set_key(viewmodel.reading)
        self._controls.show_chosen([(site.id, site.name) for site in viewmodel.sites])
        self.grids.show_coverages(
            viewmodel.coverages, viewmodel.kinds(), viewmodel.reading, closed=viewmodel.is_closed
        )
        self._show_legend()
        self._show_spreads()
        self._ask_foreseen()

    def _ask_foreseen(self) -> None:
        """Ask only when period or sites changed: another reading has the same answer."""
        viewmodel = self.viewmodel
        if self.context.reads_only:
            self.foreseen.hide()
            return
        asked = viewmodel.period, viewmodel.coverages
        if asked != self._asked:
            self._asked = asked
            self.foreseen_viewmodel.ask(viewmodel.period, [c.site_id for c in viewmodel.coverages])
        else:
            self.foreseen.put_link_last()

    def _show_legend(self) -> None:
        self._legend.clear()
        viewmodel, need = self.viewmodel, HeatmapReading.NEED
        if viewmodel.reading is need:
            words = "no visit was made" if viewmodel.is_closed else "no visit yet: please go"
            self._explain(HeatCell(TablePart.CELL, 0, need, viewmodel.is_closed), words)
            self._explain(
                HeatCell(TablePart.CELL, 2, need, viewmodel.is_closed),
                "visited (number of visits)",
            )
            if not all(coverage.is_due for coverage in viewmodel.coverages):
                self._explain(
                    HeatCell(TablePart.CELL, 0, need, viewmodel.is_closed, in_use=False),
                    "site not in use: no visit needed",
                )
        else:
            self._legend.add(label("Visits in a timeslot", "second", "text2"))
            for count in range(6):
                cell = HeatCell(TablePart.CELL, count, HeatmapReading.COUNT, closed=False)
                self._legend.add(HeatSample(cell, "5+" if count == 5 else str(count)))
        self._legend.add_stretch()
        self._legend.add(label(viewmodel.outside_text, "second", "text2"))
        for coverage in viewmodel.coverages:
            if coverage.outside and not self.context.reads_only:
                self._legend.add(self._outside_link(coverage.site_id))

    def _outside_link(self, site_id: object) -> QWidget:
        viewmodel = self.viewmodel
        coverage = next(c for c in viewmodel.coverages if c.site_id == site_id)
        place = f"{coverage.site_name}, not in any timeslot"
        outside = CellQuery(coverage.site_id, coverage.grid, outside=True)
        many = len(viewmodel.coverages) > 1
        return link_button(
            f"List {coverage.site_name}’s" if many else "List",
            lambda: viewmodel.list_cell(outside, place),
            about=place,
        )

    def _explain(self, cell: HeatCell, words: str) -> None:
        self._legend.add(HeatSample(cell))
        self._legend.add(label(words, "second"))

    def _show_spreads(self) -> None:
        while (item := self._spreads.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for pair in spreads(self.viewmodel.coverages, self.viewmodel.kinds()):
            self._spreads.addWidget(SpreadPanels(pair))

    def _on_listed(self) -> None:
        viewmodel = self.viewmodel
        query = viewmodel.listed_query
        if query is None or query.cell is None:
            self.grids.mark(None)
            self.cell_list.hide()
            return
        self.grids.mark(query.cell)
        self.cell_list.show_visits(viewmodel.listed_title, viewmodel.visits)
        scroll_into_view(self.cell_list)

    def _on_saved(self, sentence: str) -> None:
        self.clear_banner("problem")
        self.context.say(sentence)

    def _on_pictured(self, picture: bytes) -> None:
        image = QImage()
        image.loadFromData(picture)
        QGuiApplication.clipboard().setImage(image)
        self.context.say("Picture copied. Paste it where you need it.")

    # -- saving --------------------------------------------------------------------------

    def _open_save_menu(self) -> None:
        menu = self.save_menu()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.save_button.mapToGlobal(QPoint(0, self.save_button.height() + 2)))

    def save_menu(self) -> QMenu:
        """The file formats to save as."""
        menu = QMenu(self.save_button)
        for words, ending in _FORMS:
            menu_action(menu, f"{words}…", partial(self.ask_where, words, ending))
        return menu

    def ask_where(self, words: str, ending: str) -> None:
        """Ask where to save, and save there."""
        period = self.context.years().label(self.viewmodel.period).replace("/", "-")
        name = f"coverage-{period}{ending}"
        where, _ = QFileDialog.getSaveFileName(
            self, "Save the coverage", str(Path.home() / name), f"{words} (*{ending})"
        )
        if where:
            out = Path(where)
            self.viewmodel.save(out if out.suffix.lower() == ending else Path(where + ending))

    # -- called by the window ------------------------------------------------------------

    def open_target(self, target: object) -> None:
        """Show a period, or the period and sites of a query."""
        if isinstance(target, Period):
            self.viewmodel.choose_period(target)
        elif isinstance(target, VisitQuery):
            if target.period is not None:
                self.viewmodel.choose_period(target.period)
            self.viewmodel.choose_sites(target.site_ids)

    def place(self) -> object:
        """The period and sites shown."""
        return VisitQuery(period=self.viewmodel.period, site_ids=self.viewmodel.chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes the list of a cell."""
        if event.key() == Qt.Key.Key_Escape and self.viewmodel.listed_query is not None:
            self.viewmodel.close_list()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.grids.set_roomy(self.height() >= theme().px(_ROOMY))
