"""Tables of entries to choose from or to read. QtCore only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.records.list_sheet import ListSheet

Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class ListEntry:
    """A row to choose: its item, and its cells as text."""

    item: Any
    cells: tuple[str, ...]


class EntryTableModel(QAbstractTableModel):
    """Entries under fixed headings; `numbers` are the columns aligned right. `sheet` makes the list
    that is copied and saved of items, where it is more than what is shown."""

    def __init__(
        self,
        headings: Sequence[str],
        *,
        numbers: Sequence[int] = (),
        sheet: Callable[[Sequence[Any]], ListSheet] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._headings = tuple(headings)
        self._numbers = frozenset(numbers)
        self._entries: tuple[ListEntry, ...] = ()

    def show(self, entries: Sequence[ListEntry]) -> None:
        """Show these entries."""
        self.beginResetModel()
        self._entries = tuple(entries)
        self.endResetModel()

    def item(self, row: int | None) -> Any:
        """The item of a row; None if there is no such row."""
        if row is None or not 0 <= row < len(self._entries):
            return None
        return self._entries[row].item

    def list_sheet(self, rows: Sequence[int]) -> ListSheet | None:
        """These rows as a list; None if it is what is shown."""
        items = [self._entries[row].item for row in rows]
        return None if self._sheet is None else self._sheet(items)

    def row_of(self, item_id: object) -> int | None:
        """The row of the item with that id; None if it isn't here."""
        lines = (i for i, e in enumerate(self._entries) if getattr(e.item, "id", None) == item_id)
        return next(lines, None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(self._headings):
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in self._numbers:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        text = self._entries[index.row()].cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return text
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self._headings[index.column()]}: {text or 'none'}"
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in self._numbers:
            return _RIGHT
        return None
