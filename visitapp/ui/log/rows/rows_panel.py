"""A panel with the rows of a report: the table, its buttons, and more about the chosen row."""

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout

from visitapp.domain.draft.row_edits import Rows
from visitapp.domain.report.place import of_row
from visitapp.domain.text.wording import plural
from visitapp.ui.log.rows.row_table import RowTable
from visitapp.ui.log.rows.row_tablemodel import RowColumn, RowTableModel
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.buttons import button, link_button
from visitapp.ui.widgets.fields import Reason
from visitapp.ui.widgets.flow import FlowRow
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.pasting import cells_of
from visitapp.ui.widgets.scrolling import scroll_into_view
from visitapp.ui.widgets.table_cursor import go_to_id
from visitapp.ui.widgets.tag import Tag


class RowsPanel(Panel):
    """`copied` are the keys that a row with nothing in it takes over from the one above.

    Signals: `chosen` (id of a row, or nothing) when another row has the cursor.
    """

    chosen = Signal(str)

    def __init__(
        self,
        viewmodel: LogViewModel,
        name: str,
        add_words: str,
        columns: Sequence[RowColumn],
        copied: Collection[str],
    ) -> None:
        super().__init__(flush=True)
        self.first_column = 1
        self._viewmodel, self._copied = viewmodel, tuple(copied)
        self.state = Tag("", "grey")
        self.copy = button("Copy from above", self.copy_from_above, shortcut="Ctrl+D", small=True)
        self.add = button(add_words, self.add_row, icon="plus", shortcut="Ctrl+Return", small=True)
        self.back = link_button("Bring the row back", self.bring_back)
        self.head_row = head = FlowRow(gap=10)
        head.add(label(name, "strong"))
        head.add(self.state)
        head.add(self.back)
        head.add_stretch()
        head.add(self.copy)
        head.add(self.add)
        row = QHBoxLayout()
        row.setContentsMargins(16, 8, 16, 8)
        row.addWidget(head)
        self.table = self.make_table(name)
        self.rows = self.make_model(viewmodel, columns)
        self.table.setModel(self.rows)
        self.table.set_widths(*self.widths())
        self.table.add_wanted.connect(self.add_row)
        self.table.copy_wanted.connect(self.copy_from_above)
        self.table.remove_wanted.connect(self.remove_row)
        self.table.pasted.connect(self.paste)
        self.table.moved.connect(lambda: self.chosen.emit(self.current_id()))
        self.body.addLayout(row)
        self.body.addWidget(hairline())
        self.body.addWidget(self.table)
        self.reason = Reason()
        self.reason.setContentsMargins(16, 6, 16, 8)
        self.body.addWidget(self.reason)
        self.not_taken = Reason()
        self.not_taken.setContentsMargins(16, 0, 16, 8)
        self.body.addWidget(self.not_taken)
        self._when_pasted: Rows = ()

    def make_table(self, name: str) -> RowTable:
        """The table of this panel."""
        return RowTable(name)

    def make_model(self, viewmodel: LogViewModel, columns: Sequence[RowColumn]) -> RowTableModel:
        """The model for the table."""
        return RowTableModel(viewmodel, columns, self)

    def widths(self) -> tuple[int, ...]:
        """Widths of the columns from the left; 0 stretches."""
        return (40, *(column.width for column in self.rows.columns))

    def current_id(self) -> str:
        """The id of the row that has the cursor."""
        return self.rows.row_id(self.table.currentIndex().row())

    def follow(self) -> None:
        """Show the current rows; the cursor stays in its row."""
        at, column = self.current_id(), self.table.currentIndex().column()
        self.rows.read()
        if at and at != self.current_id():
            go_to_id(self.table, at, max(column, 1))
        if self.not_taken.text() and self._viewmodel.rows.all() != self._when_pasted:
            self.not_taken.say("")  # the rows have changed since
        self.back.setVisible(self._viewmodel.rows.can_bring_back)
        self.copy.setEnabled(self.rows.rowCount() > 1)

    def say(self, words: str, kind: str, icon: str = "") -> None:
        """Show whether the rows agree with the numbers."""
        self.state.show_state(words, kind, icon)
        self.state.setVisible(bool(words))

    def judge(self) -> None:
        """Show the first problem of a cell."""
        keys = [column.key for column in self.rows.columns]
        numbers = range(1, len(self._viewmodel.rows.ids()) + 1)
        places = [of_row(number, key) for number in numbers for key in keys]
        problems = (
            self._viewmodel.judgement.problem_at(place, of_words=of_words)
            for place in places
            for of_words in (False, True)
        )
        self.reason.say(next(filter(None, problems), ""))

    def add_row(self) -> None:
        """Add a row below the one that has the cursor, and move the cursor to it."""
        row_id = self._viewmodel.rows.add(after=self.current_id())
        self._go_to(row_id)

    def take_cursor(self) -> None:
        """Move the cursor into the first row, or to the button that adds one."""
        if self.rows.rowCount():
            at = self.table.currentIndex()
            column = at.column() if at.column() > 0 else self.first_column
            self.table.go_to(max(0, at.row()), column)
        else:
            self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def copy_from_above(self) -> None:
        """Copy the cell from the row above; for an empty row, copy the whole row."""
        index, row_id = self.table.currentIndex(), self.current_id()
        if index.row() < 1 or index.column() < 1:
            return
        key = self.rows.columns[index.column() - 1].key
        own = ("outcome", "reason") if key == "outcome" else (key,)
        blank = self._viewmodel.rows.get(row_id).is_blank
        self._viewmodel.rows.copy_from_above(row_id, self._copied if blank else own)
        self.follow()

    def paste(self, text: str) -> None:
        """Fill the cells from the one that has the cursor on with a copied block, adding rows
        where there are too few; say what can't be taken."""
        block, titles = cells_of(text), [column.title for column in self.rows.columns]
        if [cell.casefold() for cell in block[0]] == [
            t.casefold() for t in titles[: len(block[0])]
        ]:
            block = block[1:]  # without its headings
        index = self.table.currentIndex()
        first, place = max(index.row(), 0), max(index.column() - 1, 0)
        problems: list[str] = []
        with self._viewmodel.together(
            plural(len(block), "paste cells", f"paste {len(block)} rows")
        ):
            for down, cells in enumerate(block):
                problems += self._paste_row(first + down, place, cells)
        self._when_pasted = self._viewmodel.rows.all()
        self.rows.read()
        self.table.go_to(first, place + 1)
        more = f" And {len(problems) - 3} more." if len(problems) > 3 else ""
        sentence = f"Not used: {' '.join(problems[:3])}{more}" if problems else ""
        self.not_taken.say(sentence)
        announce(self, sentence or f"{len(block)} rows filled.")

    def _paste_row(self, at: int, place: int, cells: Sequence[str]) -> list[str]:
        if at >= self.rows.rowCount() and not self.make_row():
            return [f"There is no row {at + 1}."]
        taken = (self.rows.take(at, place + across, cell) for across, cell in enumerate(cells))
        problems = [f"Row {at + 1}: {problem}" for problem in taken if problem]
        self.rows.read()
        return problems

    def make_row(self) -> bool:
        """Add a row at the end for pasted cells. Returns whether that was possible."""
        self._viewmodel.rows.add()
        self.rows.read()
        return True

    def remove_row(self) -> None:
        """Remove the row that has the cursor; it can be restored."""
        at, column = self.table.currentIndex().row(), self.table.currentIndex().column()
        if row_id := self.current_id():
            self._viewmodel.rows.remove(row_id)
            self.follow()
            left = self.rows.rowCount()
            if left:
                self.table.go_to(min(at, left - 1), max(column, 1))
            else:
                self.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def bring_back(self) -> None:
        """Restore the row that was removed last."""
        self._go_to(self._viewmodel.rows.bring_back())

    def _go_to(self, row_id: str) -> None:
        self.follow()
        place = self.rows.row_of(row_id)
        if place is not None:
            self.table.go_to(place, self.first_column)
            scroll_into_view(self)
