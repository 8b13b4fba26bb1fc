"""Tables whose rows are edited in place. QtCore only."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt

from visitapp.ui.widgets.tablemodel import Index

Cell = str | bool


class RowsTableModel(QAbstractTableModel):
    """Rows edited in place and kept as typed, right or wrong; the form reads and checks them.

    A column of bools is ticked, the others are typed. `what` is the name of a row. The first
    cell of `fixed` rows is their name, which can't be changed.
    """

    def __init__(
        self, headings: Sequence[str], blank: Sequence[Cell], what: str,
        parent: QObject | None = None, *, fixed: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._fixed = fixed
        self._headings = tuple(headings)
        self._blank = tuple(blank)
        self._what = what
        self._rows: list[list[Cell]] = []

    @property
    def blank(self) -> tuple[Cell, ...]:
        """A new row."""
        return self._blank

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """All rows as they are."""
        return tuple(tuple(row) for row in self._rows)

    def show(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows in place of the current ones."""
        self.beginResetModel()
        self._rows = [list(row) for row in rows]
        self.endResetModel()

    def add(self) -> int:
        """Add a blank row at the end; returns its number."""
        at = len(self._rows)
        self.beginInsertRows(QModelIndex(), at, at)
        self._rows.append(list(self._blank))
        self.endInsertRows()
        return at

    def remove_row(self, row: int) -> None:
        """Remove a row."""
        if 0 <= row < len(self._rows):
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._rows[row]
            self.endRemoveRows()

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def _is_ticked(self, column: int) -> bool:
        return isinstance(self._blank[column], bool)

    def flags(self, index: Index) -> Qt.ItemFlag:
        usual = super().flags(index)
        if not index.isValid():
            return usual
        if self._is_ticked(index.column()):
            return usual | Qt.ItemFlag.ItemIsUserCheckable
        is_name = self._fixed and not index.column()
        return usual if is_name else usual | Qt.ItemFlag.ItemIsEditable

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section] if 0 <= section < len(self._headings) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        value = self._rows[index.row()][index.column()]
        ticked = self._is_ticked(index.column())
        if role == Qt.ItemDataRole.CheckStateRole and ticked:
            return Qt.CheckState.Checked if value else Qt.CheckState.Unchecked
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole) and not ticked:
            return value
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = ("ticked" if value else "not ticked") if ticked else (value or "empty")
            name = self._rows[index.row()][0] if self._fixed else f"{self._what} {index.row() + 1}"
            return f"{name}, {self._headings[index.column()]}: {words}"
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if not index.isValid():
            return False
        ticked = self._is_ticked(index.column())
        if ticked and role == Qt.ItemDataRole.CheckStateRole:
            new: Cell = Qt.CheckState(value) is Qt.CheckState.Checked
        elif not ticked and role == Qt.ItemDataRole.EditRole:
            new = str(value).strip()
        else:
            return False
        self._rows[index.row()][index.column()] = new
        self.dataChanged.emit(index, index)
        return True
