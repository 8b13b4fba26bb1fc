"""A table of what a file has and what it is read as, with a field to change the current row."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.ui.imports.matching import MatchRow
from visitapp.ui.imports.tablemodel import FindingColumn, ImportTableModel
from visitapp.ui.look.tokens import COMPACT_ROW
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import Picker
from visitapp.ui.widgets.table import TableWidget, framed
from visitapp.ui.widgets.table_cursor import go_to, go_to_id, start_at_first

_FIELD = 340


class MatchTable(QWidget):
    """Arrow keys move through the rows, Enter goes to the field; a choice there returns to the
    table, to the next row.

    Signals: `chosen` (MatchRow, key).
    """

    chosen = Signal(object, object)

    def __init__(self, name: str, headings: Sequence[str], widths: Sequence[int]) -> None:
        super().__init__()
        columns = [
            FindingColumn(heading, _cell(at), _cell(at)) for at, heading in enumerate(headings)
        ]
        columns.append(FindingColumn("Read as", lambda row: row.label, lambda row: row.label))
        self.tablemodel = ImportTableModel(columns, _sentence, self)
        self.table = TableWidget(name, self.tablemodel)
        self.table.set_row_height(COMPACT_ROW)
        self.table.set_widths(*widths)
        self.field_label = label("", "strong", wrap=True)
        self.field = Picker("Read as", width=_FIELD)
        self.field_label.setBuddy(self.field)
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(self.field_label, 1)
        line.addWidget(self.field, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(framed(self.table), 1)
        column.addLayout(line)
        self.table.activated.connect(lambda _: self.field.setFocus(Qt.FocusReason.OtherFocusReason))
        self.table.selectionModel().currentRowChanged.connect(lambda *_: self._on_row())
        self.field.chosen.connect(self._on_chosen)

    def show_rows(self, rows: Sequence[MatchRow]) -> None:
        """Show these rows; the cursor stays in its row."""
        before = self.current()
        self.tablemodel.show(rows)
        if before is None or not go_to_id(self.table, before.id):
            start_at_first(self.table)
        self._on_row()

    def current(self) -> MatchRow | None:
        """The row under the cursor."""
        row: MatchRow | None = self.tablemodel.at(self.table.currentIndex())
        return row

    def start(self) -> None:
        """Put the cursor in the table."""
        start_at_first(self.table)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_next_field(self) -> None:
        """Enter in the field returns to the table, and doesn't press the dialog's button."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row(self) -> None:
        row = self.current()
        self.field.setEnabled(row is not None)
        self.field_label.setText("" if row is None else f"Read “{row.cells[0]}” as")
        if row is not None:
            self.field.setAccessibleName(f"Read “{row.cells[0]}” as")
            self.field.set_choices(row.choices)
            self.field.set_key(row.chosen)

    def _on_chosen(self, key: object) -> None:
        row = self.current()
        if row is None or key is None or key == row.chosen:
            return
        at = self.table.currentIndex().row()
        self.chosen.emit(row, key)
        go_to(self.table, min(at + 1, self.tablemodel.rowCount() - 1))
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)


def _cell(at: int) -> Callable[[MatchRow], str]:
    return lambda row: row.cells[at]


def _sentence(row: MatchRow) -> str:
    return f"{', '.join(cell for cell in row.cells if cell)}: read as {row.label}"
