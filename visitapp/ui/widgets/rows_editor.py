"""A table whose cells are edited in place: days, times, dated periods."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QVBoxLayout, QWidget

from visitapp.domain.text.wording import lowered
from visitapp.ui.look.theme import fit
from visitapp.ui.look.tokens import TABLE_ROW
from visitapp.ui.undoing import UndoStack, UndoStep
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.rows_tablemodel import Cell, RowsTableModel
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to

_NARROWEST = 24


class _RowCells(TableWidget):
    """Typing starts editing a cell; Space ticks."""

    def __init__(self, name: str, tablemodel: RowsTableModel) -> None:
        super().__init__(name, tablemodel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        triggers = QAbstractItemView.EditTrigger
        self.setEditTriggers(
            triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.SelectedClicked
            | triggers.EditKeyPressed
        )  # fmt: skip

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter starts editing where a cell can be edited; it never saves the form."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        index = self.currentIndex()
        writes = self.state() is QAbstractItemView.State.EditingState
        if not writes and index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)


class RowsEditor(QWidget):
    """A table of rows with buttons to add and remove one."""

    def __init__(
        self, name: str, headings: Sequence[str], blank: Sequence[Cell], what: str, *,
        widths: Sequence[int], fixed: bool = False,
    ) -> None:  # fmt: skip
        """`what` is the name of a row (`Time band`); `widths` are in logical pixels, 0
        stretches. `fixed` rows have a name in their first cell, and none is added or removed."""
        super().__init__()
        self.tablemodel = RowsTableModel(headings, blank, what, self, fixed=fixed)
        self.table = _RowCells(name, self.tablemodel)
        self.table.set_row_height(TABLE_ROW)
        self.table.horizontalHeader().setStretchLastSection(False)
        self.table.horizontalHeader().setMinimumSectionSize(_NARROWEST)
        self.table.set_widths(*widths)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(framed(self.table))
        row = FlowRow(gap=8)
        word = lowered(what)
        article = "an" if word[0] in "aeiou" else "a"
        self.add_button = button(f"Add {article} {word}", self.add, icon="plus", small=True)
        self.out_button = button(f"Remove this {word}", self.remove_row, icon="minus", small=True)
        row.add(self.add_button)
        row.add(self.out_button)
        column.addWidget(row)
        if fixed:  # shown without a parent, it would be a window
            row.hide()
        self.setFocusProxy(self.table)
        self.tablemodel.rowsInserted.connect(lambda *_: self._fit())
        self.tablemodel.rowsRemoved.connect(lambda *_: self._fit())
        self.tablemodel.modelReset.connect(self._fit)
        self.undo_stack = UndoStack(lambda rows, _: self._restore(rows), self)
        self._known: tuple[tuple[Cell, ...], ...] = ()
        self.tablemodel.rowsInserted.connect(lambda *_: self._note(f"add the {word}"))
        self.tablemodel.rowsRemoved.connect(lambda *_: self._note(f"remove the {word}"))
        self.tablemodel.dataChanged.connect(lambda *_: self._note(f"change the {word}"))
        self._fit()

    def _note(self, words: str) -> None:
        """Record a change of the rows for Undo."""
        before, self._known = self._known, self.rows
        self.undo_stack.note(UndoStep(before, self._known, words))

    def _restore(self, rows: Sequence[Sequence[Cell]]) -> None:
        at = self.table.currentIndex()
        self.tablemodel.show(rows)
        self._known = self.rows
        row = min(max(at.row(), 0), self.tablemodel.rowCount() - 1)
        go_to(self.table, row, max(at.column(), 0))
        self.table.setFocus()

    @property
    def rows(self) -> tuple[tuple[Cell, ...], ...]:
        """All rows as they are."""
        return self.tablemodel.rows

    def show_rows(self, rows: Sequence[Sequence[Cell]]) -> None:
        """Show these rows in place of the current ones."""
        self.tablemodel.show(rows)
        self._known = self.rows
        self.undo_stack.clear()
        go_to(self.table, 0)

    def typed_rows(self) -> list[list[Cell]]:
        """All rows, including the text of the cell being edited."""
        rows = [list(row) for row in self.rows]
        at, editor = self.table.currentIndex(), self.table.viewport().findChild(QLineEdit)
        is_writing = self.table.state() is QAbstractItemView.State.EditingState
        if is_writing and isinstance(editor, QLineEdit) and at.isValid():
            rows[at.row()][at.column()] = editor.text().strip()
        return rows

    def show_typed(self, rows: object) -> None:
        """Show rows that `typed_rows` returned. Raises ValueError for anything else."""
        blank = self.tablemodel.blank
        for row in rows if isinstance(rows, list) else [()]:
            if [type(cell) for cell in row] != [type(cell) for cell in blank]:
                raise ValueError("These are no rows of this table.")
        self.show_rows(rows if isinstance(rows, list) else [])

    def add(self) -> None:
        """Add a row and move to it."""
        go_to(self.table, self.tablemodel.add())
        self.table.setFocus()

    def remove_row(self) -> None:
        """Remove the current row."""
        at = self.table.currentIndex()
        if at.isValid():
            self.tablemodel.remove_row(at.row())
            go_to(self.table, min(at.row(), self.tablemodel.rowCount() - 1))
            self.table.setFocus()

    def _fit(self) -> None:
        rows = max(1, self.tablemodel.rowCount())
        fit(self.table, height=TABLE_ROW * rows + 34)
