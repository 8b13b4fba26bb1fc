"""The coverage of one site as a table in which each cell has a sentence. QtCore only."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.moment import MINUTES_PER_DAY
from visitapp.domain.office.grid import Band, Grid, clock
from visitapp.domain.office.site import Use
from visitapp.domain.text.wording import lowered, number_of, out_of
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.heatmap import (
    NOT_IN_USE_SIGN,
    HeatmapReading,
    TimeslotLook,
    empty_word,
    look_of,
)
from visitapp.domain.year.visit_list import CellQuery

Index = QModelIndex | QPersistentModelIndex

CELL_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `HeatCell` behind an index."""


class TablePart(StrEnum):
    """What an index of the table shows."""

    CELL = "cell"
    ROW_TOTAL = "row total"
    COLUMN_TOTAL = "column total"
    GRAND_TOTAL = "grand total"


@dataclass(frozen=True, slots=True)
class HeatCell:
    """What the delegate paints. `closed` means that the period is over and nobody can visit any
    more. A site that is not `in_use` needs no visits."""

    part: TablePart
    count: int
    reading: HeatmapReading
    closed: bool
    in_use: bool = True

    @property
    def look(self) -> TimeslotLook:
        """How a timeslot is drawn. Counted, one of a site that isn't in use shows its 0 too."""
        in_use = self.in_use or self.reading is HeatmapReading.COUNT
        return look_of(self.reading, self.count, in_use=in_use)

    @property
    def word(self) -> str:
        """The word next to the number of a timeslot without a visit, otherwise empty."""
        if self.part is not TablePart.CELL:
            return ""
        words = {
            TimeslotLook.NOT_IN_USE: NOT_IN_USE_SIGN,
            TimeslotLook.GO: empty_word(closed=self.closed),
        }
        return words.get(self.look, "")


def visits_text(count: int) -> str:
    """`1 visit`, `1,096 visits`."""
    return number_of(count, "visit")


def timeslots_text(coverage: SiteCoverage, *, closed: bool) -> str:
    """`33 of 35 timeslots visited, 2 to go`; of a closed year `2 without a visit`."""
    if not coverage.is_due:
        return f"{use_words(coverage, closed=closed)}; {_visited(coverage.cells_visited)}"
    left = coverage.cells_left
    done = f"{out_of(coverage.cells_visited, coverage.cells)} timeslots visited"
    if not left:
        return done
    return f"{done}, {left} without a visit" if closed else f"{done}, {left} to go"


def use_words(coverage: SiteCoverage, *, closed: bool) -> str:
    """`Closed`, or that it is not in use any more; of a period that is over, for a part of it."""
    if coverage.use is Use.CLOSED:
        return "Closed"
    return "In use for part of this period" if closed else "Now closed"


def _visited(timeslots: int) -> str:
    if not timeslots:
        return "no timeslot visited"
    return number_of(timeslots, "timeslot visited", "timeslots visited")


def band_words(band: Band) -> str:
    """`12:00 to 15:59`, or the name a scheme gave to the band."""
    return band.label if band.has_own_name else f"{clock(band.start)} to {clock(band.end - 1)}"


def band_heading(band: Band) -> str:
    """The same in two lines, for the head of a column."""
    return band.label if band.has_own_name else f"{clock(band.start)}\n{clock(band.end - 1)}"


class HeatmapTableModel(QAbstractTableModel):
    """Day groups by bands of one site, with a total column, a total row and the grand total."""

    def __init__(self, coverage: SiteCoverage, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._coverage = coverage
        self._reading = HeatmapReading.NEED
        self._closed = False
        self._compact = False

    @property
    def coverage(self) -> SiteCoverage:
        """The counts shown."""
        return self._coverage

    @property
    def grid(self) -> Grid:
        """The timeslots of the site."""
        return self._coverage.grid

    def show(self, coverage: SiteCoverage, reading: HeatmapReading, *, closed: bool) -> None:
        """Show other counts or another reading; the current cell stays if the grid has the same
        shape."""
        same_shape = (
            self._coverage.grid.days == coverage.grid.days
            and self._coverage.grid.bands == coverage.grid.bands
        )
        if not same_shape:
            self.beginResetModel()
        self._coverage, self._reading, self._closed = coverage, reading, closed
        if not same_shape:
            self.endResetModel()
            return
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)

    def set_compact(self, compact: bool) -> None:
        """Whether days are shortened."""
        if compact != self._compact:
            self._compact = compact
            last = len(self.grid.days)
            self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, last)

    def day_names(self, *, compact: bool) -> list[str]:
        """The days in full or shortened."""
        return [day.short_label if compact else day.label for day in self.grid.days]

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.grid.days) + 1

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self.grid.bands) + 1

    def query(self, index: Index) -> CellQuery:
        """The visits that a cell or a total counts."""
        row, column = index.row(), index.column()
        return CellQuery(
            self._coverage.site_id,
            self.grid,
            row if row < len(self.grid.days) else None,
            column if column < len(self.grid.bands) else None,
        )

    def index_of(self, cell: CellQuery) -> QModelIndex:
        """The index that counts the visits of a query."""
        row = len(self.grid.days) if cell.row is None else cell.row
        column = len(self.grid.bands) if cell.column is None else cell.column
        return self.index(row, column)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{self.count(index):,}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.sentence(index)
        if role == CELL_ROLE:
            return HeatCell(
                self.part(index),
                self.count(index),
                self._reading,
                self._closed,
                self._coverage.is_due,
            )
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._heading(section, orientation).replace("\n", " to ")
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section, orientation)
        return None

    def _heading(self, section: int, orientation: Qt.Orientation) -> str:
        if orientation is Qt.Orientation.Horizontal:
            bands = self.grid.bands
            return band_heading(bands[section]) if section < len(bands) else "Total"
        names = self.day_names(compact=self._compact)
        return names[section] if section < len(names) else "Total"

    def part(self, index: Index) -> TablePart:
        """What an index shows: a cell or one of the totals."""
        below = index.row() == len(self.grid.days)
        beside = index.column() == len(self.grid.bands)
        if below:
            return TablePart.GRAND_TOTAL if beside else TablePart.COLUMN_TOTAL
        return TablePart.ROW_TOTAL if beside else TablePart.CELL

    def count(self, index: Index) -> int:
        """The visits of a cell or a total."""
        coverage = self._coverage
        match self.part(index):
            case TablePart.CELL:
                return coverage.counts[index.row()][index.column()]
            case TablePart.ROW_TOTAL:
                return coverage.row_totals[index.row()]
            case TablePart.COLUMN_TOTAL:
                return coverage.column_totals[index.column()]
            case _:
                return coverage.total

    def sentence(self, index: Index) -> str:
        """`Keyham Lane, Tuesday, 12:00 to 15:59: no visit yet, needed`."""
        count = self.count(index)
        if self.part(index) is not TablePart.CELL or count or self._reading is HeatmapReading.COUNT:
            visits = visits_text(count) if count else "no visit"
            return f"{self.place(index)}: {visits}"
        if not self._coverage.is_due:
            why = lowered(use_words(self._coverage, closed=self._closed))
            return f"{self.place(index)}: no visit, {why}"
        return f"{self.place(index)}: {'no visit' if self._closed else 'no visit yet, needed'}"

    def place(self, index: Index) -> str:
        """`Keyham Lane, Tuesday, 16:00 to 19:59`: the site and time of a cell or a total."""
        part, site = self.part(index), self._coverage.site_name
        if part is TablePart.GRAND_TOTAL:
            return f"{site}, all timeslots"
        if part is TablePart.ROW_TOTAL:
            return f"{site}, {self.grid.days[index.row()].label}, {self._whole_day()}"
        band = band_words(self.grid.bands[index.column()])
        if part is TablePart.COLUMN_TOTAL:
            return f"{site}, every day, {band}"
        return f"{site}, {self.grid.days[index.row()].label}, {band}"

    def _whole_day(self) -> str:
        covered = sum(band.end - band.start for band in self.grid.bands)
        return "all day" if covered == MINUTES_PER_DAY else "all timeslots"
