"""The sections of a report, and the page each starts on."""

from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from visitapp.ui.reports.report import ReportSection
from visitapp.ui.reports.viewmodel import ReportsViewModel

_Index = QModelIndex | QPersistentModelIndex
_HEADS = ("Section", "Page")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NO_PARENT = QModelIndex()


class SectionTableModel(QAbstractTableModel):
    """A row for each section."""

    def __init__(self, viewmodel: ReportsViewModel) -> None:
        super().__init__(viewmodel)
        self._viewmodel = viewmodel
        self._rows: tuple[ReportSection, ...] = ()
        self.refresh()

    def refresh(self) -> None:
        """Show the sections of another report."""
        rows = self._viewmodel.sections()
        if [row.title for row in rows] != [row.title for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
        elif rows != self._rows:
            self._rows = rows
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 1))

    def row_of(self, title: str) -> int | None:
        """The row of a section; None if the report has none with that title."""
        return next((at for at, row in enumerate(self._rows) if row.title == title), None)

    def section(self, index: _Index) -> ReportSection:
        """The section of a row."""
        return self._rows[index.row()]

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(_HEADS)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return _HEADS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == 1:
            return _RIGHT
        return None

    def data(self, index: _Index, role: int = 0) -> Any:
        row = self._rows[index.row()]
        page = "" if row.page is None else str(row.page + 1)
        if role == Qt.ItemDataRole.DisplayRole:
            return row.title if index.column() == 0 else page
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == 1:
            return _RIGHT
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{row.title}, page {page}" if page else f"{row.title}: no text yet, not printed"
        return None
