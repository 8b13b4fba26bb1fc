"""A week as a table: days down, times across, each cell free or not."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.office.grid import WEEKDAYS, Band
from visitapp.ui.widgets.heatmap_tablemodel import band_words

_AnyIndex = QModelIndex | QPersistentModelIndex


class WeekTableModel(QAbstractTableModel):
    """`CheckStateRole` says whether a cell is free."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._bands: tuple[Band, ...] = ()
        self.cells: list[bool] = []

    def show(self, bands: Sequence[Band], cells: Sequence[bool]) -> None:
        """Show a week; the cursor stays if the bands are the same."""
        if tuple(bands) != self._bands:
            self.beginResetModel()
            self._bands, self.cells = tuple(bands), list(cells)
            self.endResetModel()
            return
        self.cells = list(cells)
        if self._bands:
            last = self.index(6, len(self._bands) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def is_free(self, index: _AnyIndex) -> bool:
        """Whether a cell is free."""
        return self.cells[index.row() * len(self._bands) + index.column()]

    def set_free(self, index: _AnyIndex, free: bool) -> None:
        """Make a cell free or not."""
        self.cells[index.row() * len(self._bands) + index.column()] = free
        self.dataChanged.emit(index, index)

    def rowCount(self, _parent: _AnyIndex = QModelIndex()) -> int:
        """Seven days, once there are times."""
        return 7 if self._bands else 0

    def columnCount(self, _parent: _AnyIndex = QModelIndex()) -> int:
        """A column for each band."""
        return len(self._bands)

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The word Free or nothing, and for screen readers a sentence."""
        if role == Qt.ItemDataRole.CheckStateRole:
            return Qt.CheckState.Checked if self.is_free(index) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return "Free" if self.is_free(index) else ""
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            free = "free" if self.is_free(index) else "not free"
            band = band_words(self._bands[index.column()])
            return f"{WEEKDAYS[index.row()]}, {band}: {free}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Days, and times in two lines."""
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if orientation is Qt.Orientation.Vertical:
            return WEEKDAYS[section]
        return self._bands[section].label.replace("–", "–\n", 1)
