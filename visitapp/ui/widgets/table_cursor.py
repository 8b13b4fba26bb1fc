"""The cursor of a table: moved to a row, or to the row with an id. The focus stays where it is."""

from typing import Any, Protocol, cast

from PySide6.QtCore import QItemSelectionModel
from PySide6.QtWidgets import QAbstractItemView


class _FindsRows(Protocol):
    def row_of(self, row_id: Any) -> int | None: ...


def go_to(table: QAbstractItemView, row: int | None, column: int = 0) -> bool:
    """Select a row (or a cell, where cells are selected) and scroll to it. Without such a row
    nothing is selected; returns whether there is one."""
    model = table.model()
    if row is None or not model.hasIndex(row, column):
        table.clearSelection()
        return False
    index = model.index(row, column)
    if table.selectionMode() is QAbstractItemView.SelectionMode.ExtendedSelection:
        flags = QItemSelectionModel.SelectionFlag  # alone, whichever keys are held
        table.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
    else:
        table.setCurrentIndex(index)
    table.scrollTo(index)
    return True


def go_to_id(
    table: QAbstractItemView, row_id: object, column: int = 0, *, or_first: bool = False
) -> bool:
    """The same for the row with an id, which the table's model finds by `row_of`. If it isn't
    shown, the cursor stays, or goes to the first row; returns whether it was moved."""
    row = None if row_id is None else cast(_FindsRows, table.model()).row_of(row_id)
    if row is None and not or_first:
        return False
    return go_to(table, row or 0, column)


def start_at_first(table: QAbstractItemView, column: int = 0) -> None:
    """Put the cursor in the first row of a table that has none yet."""
    if not table.currentIndex().isValid():
        table.setCurrentIndex(table.model().index(0, column))
