"""The grids of several sites, side by side where there is room, otherwise stacked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractScrollArea, QGridLayout, QWidget

from visitapp.domain.office.site import SiteKind
from visitapp.domain.text.wording import number_of, out_of
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import HeatmapReading
from visitapp.domain.year.visit_list import CellQuery
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS, BETWEEN_DOWN, HEATMAPS_STACK, INSET
from visitapp.ui.widgets.arranging import empty
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.heatmap import Heatmap
from visitapp.ui.widgets.heatmap_tablemodel import timeslots_text, visits_text
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel

_COMPACT_INSET = 12


class SitePanel(Panel):
    """One site: its name and cells, how much was visited, and the grid."""

    def __init__(self, coverage: SiteCoverage, kind: SiteKind) -> None:
        super().__init__()
        self.setAccessibleName(coverage.site_name)
        self._visited = label("", "strong")
        head = FlowRow(gap=8)
        head.add(label(coverage.site_name, "h2"))
        if coverage.site_cells is not None:
            head.add(label(number_of(coverage.site_cells, *kind.rooms), "second", "text2"))
        head.add_stretch()
        head.add(self._visited)
        self.body.setSpacing(8)
        self.body.setContentsMargins(INSET, 10, INSET, 12)
        self.body.addWidget(head)
        self.heatmap = Heatmap(coverage)
        self.body.addWidget(self.heatmap)
        self.body.addStretch(1)

    def show_coverage(
        self, coverage: SiteCoverage, reading: HeatmapReading, *, closed: bool
    ) -> None:
        """Show other counts of the same site."""
        self._visited.setText(_visited_text(coverage, reading, closed=closed))
        self.heatmap.show_coverage(coverage, reading, closed=closed)

    @property
    def visited_text(self) -> str:
        """`33 of 35 timeslots visited, 2 to go`."""
        return self._visited.text()

    def set_compact(self, compact: bool) -> None:
        """Use less room, so that more sites fit side by side."""
        side = _COMPACT_INSET if compact else INSET
        self.body.setContentsMargins(side, 10, side, 12)
        self.heatmap.set_compact(compact)

    def wanted_width(self, *, compact: bool) -> int:
        """The width of the panel in pixels."""
        side = _COMPACT_INSET if compact else INSET
        return self.heatmap.wanted_width(compact=compact) + 2 * side + 2


def _visited_text(coverage: SiteCoverage, reading: HeatmapReading, *, closed: bool) -> str:
    if reading is HeatmapReading.NEED:
        return timeslots_text(coverage, closed=closed)
    total = coverage.total + coverage.outside
    outside = f", {coverage.outside} not in any timeslot" if coverage.outside else ""
    if not coverage.is_due:
        return f"{visits_text(total)}{outside}. {timeslots_text(coverage, closed=closed)}"
    return (
        f"{visits_text(total)}{outside}, {out_of(coverage.cells_visited, coverage.cells)} timeslots"
    )


class Grids(QWidget):
    """The panels of the sites shown.

    Signals: `chosen` (CellQuery, place and time in words) when a cell or total is pressed.
    """

    chosen = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._panels: list[SitePanel] = []
        self._is_roomy = False
        self._shape: tuple[int, bool] = (0, False)
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(BETWEEN_ACROSS)
        self._layout.setVerticalSpacing(BETWEEN_DOWN)

    @property
    def panels(self) -> tuple[SitePanel, ...]:
        """One for each site, in order."""
        return tuple(self._panels)

    def show_coverages(
        self, coverages: Sequence[SiteCoverage], kinds: Sequence[SiteKind],
        reading: HeatmapReading, *, closed: bool,
    ) -> None:  # fmt: skip
        """Show these sites; the panel of a site that stays keeps its cursor."""
        before = [_place(panel.heatmap.tablemodel.coverage) for panel in self._panels]
        if before != [_place(coverage) for coverage in coverages]:
            self._make(coverages, kinds)
        for panel, coverage in zip(self._panels, coverages, strict=True):
            panel.show_coverage(coverage, reading, closed=closed)
        self._arrange(rebuild=True)

    def mark(self, cell: CellQuery | None) -> None:
        """Mark the number whose visits are listed; None removes the mark."""
        for panel in self._panels:
            tablemodel = panel.heatmap.tablemodel
            here = (
                cell is not None
                and not cell.outside
                and tablemodel.coverage.site_id == cell.site_id
            )
            panel.heatmap.mark_listed(tablemodel.index_of(cell) if here and cell else None)

    def set_roomy(self, roomy: bool) -> None:
        """Use higher rows, in a tall window."""
        self._is_roomy = roomy
        for panel in self._panels:
            panel.heatmap.set_roomy(roomy)

    def _make(self, coverages: Sequence[SiteCoverage], kinds: Sequence[SiteKind]) -> None:
        for panel in self._panels:
            panel.hide()
            panel.deleteLater()
        self._panels = [
            SitePanel(coverage, kind) for coverage, kind in zip(coverages, kinds, strict=True)
        ]
        for panel in self._panels:
            panel.heatmap.chosen.connect(self._pressed(panel))

    def _pressed(self, panel: SitePanel) -> Callable[[QModelIndex], None]:
        tablemodel = panel.heatmap.tablemodel

        def press(index: QModelIndex) -> None:
            self.chosen.emit(tablemodel.query(index), tablemodel.place(index))

        return press

    def _arrange(self, *, rebuild: bool = False) -> None:
        """Use as many columns as fit. Days are shortened before grids are stacked."""
        shape = self._columns()
        if shape == self._shape and not rebuild:
            return
        self._shape = shape
        columns, compact = shape
        empty(self._layout)
        for column in range(len(self._panels) + 1):
            self._layout.setColumnStretch(column, 1 if column < columns else 0)
        for i, panel in enumerate(self._panels):
            panel.set_compact(compact)
            panel.heatmap.set_roomy(self._is_roomy)
            self._layout.addWidget(
                panel, i // columns, i % columns, Qt.AlignmentFlag.AlignTop
                if columns == 1 else Qt.AlignmentFlag(0),
            )  # fmt: skip
            panel.show()

    def _columns(self) -> tuple[int, bool]:
        count = len(self._panels)
        if not count:
            return 1, False
        full = self._most_columns(compact=False)
        if theme().factor >= HEATMAPS_STACK:
            return 1, full == 0
        if full >= count:
            return count, False
        compact = self._most_columns(compact=True)
        if compact >= count:
            return count, True
        return (full, False) if full > 1 else (max(compact, 1), True)

    def _most_columns(self, *, compact: bool) -> int:
        """How many panels as wide as the widest fit side by side."""
        widest = max(panel.wanted_width(compact=compact) for panel in self._panels)
        return (self._steady_width() + BETWEEN_ACROSS) // (widest + BETWEEN_ACROSS)

    def _steady_width(self) -> int:
        """The width beside a scroll bar, whether or not it is there. Otherwise a scroll bar that
        comes and goes with the layout would change the layout for ever."""
        around = self.parentWidget()
        while around is not None and not isinstance(around, QAbstractScrollArea):
            around = around.parentWidget()
        if around is None or around.verticalScrollBar().isVisible():
            return self.width()
        return self.width() - around.verticalScrollBar().sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_layout"):
            self._arrange()


def _place(coverage: SiteCoverage) -> tuple[object, ...]:
    return (
        coverage.site_id, coverage.site_name, coverage.site_cells,
        coverage.grid.days, coverage.grid.bands,
    )  # fmt: skip
