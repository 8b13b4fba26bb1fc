"""Rows of a report as a table whose cells are edited in place."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.draft.row_edits import Rows
from visitapp.domain.draft.typed_report import TypedRow
from visitapp.domain.json_values import as_text
from visitapp.domain.office.codes import find_choice
from visitapp.domain.report.answers import LONGEST_ROW_TEXT
from visitapp.domain.report.report import shown_ends
from visitapp.domain.text.wording import lowered
from visitapp.ui.log.viewmodel import LogViewModel

_AnyIndex = QModelIndex | QPersistentModelIndex
_NOTHING = "\u2013"

CHOICES = Qt.ItemDataRole.UserRole + 1
"""The choices of a cell: (key, label, further words to find it by); None for plain text."""
TONE = Qt.ItemDataRole.UserRole + 2
"""The colour and pattern that a cell shows beside its words; 0 for none."""

Choices = Sequence[tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class RowColumn:
    """`key` is one of a row's details, or a question's where it `is_answer`; `width` in logical
    pixels, 0 stretches. `choices` gives what can be chosen; None for plain text."""

    key: str
    title: str
    width: int
    choices: Callable[[], Choices] | None = None
    is_secret: bool = False
    is_answer: bool = False


class RowTableModel(QAbstractTableModel):
    """The first column is the row's number; the others are `columns`."""

    def __init__(
        self, viewmodel: LogViewModel, columns: Sequence[RowColumn], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._viewmodel, self._columns = viewmodel, tuple(columns)
        self._rows: Rows = ()
        self.read()

    def read(self) -> None:
        """Read the rows from the draft."""
        rows = self.current_rows() if self._viewmodel.is_open else ()
        if [self.key_of(row) for row in rows] == [self.key_of(row) for row in self._rows]:
            changed = rows != self._rows
            self._rows = rows
            if changed and rows:
                last = self.index(len(rows) - 1, self.columnCount() - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def current_rows(self) -> Rows:
        """The rows of the draft."""
        return self._viewmodel.rows.all()

    def key_of(self, row: TypedRow) -> str:
        """What identifies a line of the table."""
        return row.id

    def own_id(self, at: int) -> str:
        """The id of a row in the draft."""
        return self.row_id(at)

    def row_id(self, at: int) -> str:
        """The id of a row; empty if there is none."""
        return self._rows[at].id if 0 <= at < len(self._rows) else ""

    def row_of(self, row_id: str) -> int | None:
        """The row with an id; None if there is none."""
        ids = [row.id for row in self._rows]
        return ids.index(row_id) if row_id in ids else None

    @property
    def columns(self) -> tuple[RowColumn, ...]:
        """The columns after the number."""
        return self._columns

    def rowCount(self, parent: _AnyIndex = QModelIndex()) -> int:
        """The number of rows."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: _AnyIndex = QModelIndex()) -> int:
        """The number of columns, including the row's number."""
        return 0 if parent.isValid() else len(self._columns) + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Titles above the columns."""
        if orientation is Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        if 0 < section <= len(self._columns):
            return self._columns[section - 1].title
        return ""

    def flags(self, index: _AnyIndex) -> Qt.ItemFlag:
        """All cells but the row's number can be edited."""
        known = super().flags(index)
        if index.isValid() and index.column() > 0:
            known |= Qt.ItemFlag.ItemIsEditable
        return known

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What a cell shows, contains and offers, and what a screen reader says."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        if index.column() == 0:
            return str(index.row() + 1) if role == Qt.ItemDataRole.DisplayRole else None
        row, column = self._rows[index.row()], self._columns[index.column() - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(row, column) or _NOTHING
        if role == Qt.ItemDataRole.EditRole:
            return _value(row, column)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            shown = self._shown(row, column) or "not answered"
            return f"Row {index.row() + 1}, {column.title}: {shown}"
        if role == CHOICES:
            return None if column.choices is None else list(column.choices())
        return self._tone(row) if role == TONE and column.key == "outcome" else None

    def _shown(self, row: TypedRow, column: RowColumn) -> str:
        value = _value(row, column)
        if column.choices is not None:
            return next((c[1] for c in column.choices() if c[0] == value), value)
        if not column.is_secret:
            return value
        return shown_ends(_value(row, column) for row in self._rows).get(value, "")

    def _tone(self, row: TypedRow) -> int:
        parts = self._viewmodel.sum().parts
        return next((part.tone for part in parts if row.outcome in part.outcomes), 0)

    def setData(self, index: _AnyIndex, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Write a text, or the key of a choice; empty takes it away. Words that are no choice
        stay, and are a problem of the row."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid() or index.column() == 0:
            return False
        column = self._columns[index.column() - 1]
        with self._viewmodel.together():
            self._write(self.own_id(index.row()), column, str(value))
        self.read()
        return True

    def take(self, at: int, place: int, cell: str) -> str:
        """Write a pasted cell into the column at `place`, 0 being the first after the number.
        Says what can't be taken; empty where all is well. `read` shows it."""
        if not 0 <= place < len(self._columns):
            return f"“{cell}” is to the right of the last column."
        column = self._columns[place]
        if column.choices is None:
            if len(cell) > LONGEST_ROW_TEXT:
                return (
                    f"\u201c{cell[:20]}\u2026\u201d is longer than {LONGEST_ROW_TEXT} characters."
                )
            self._write(self.own_id(at), column, cell)
            return ""
        choices = list(column.choices())
        at_choice = find_choice(cell, [choice[1:] for choice in choices]) if cell else -1
        if at_choice < 0 and cell not in ("", _NOTHING, "-"):
            return f"\u201c{cell}\u201d is not in the list under \u201c{column.title}\u201d."
        self._write(self.own_id(at), column, choices[at_choice][0] if at_choice >= 0 else "")
        return ""

    def _write(self, row_id: str, column: RowColumn, value: str) -> None:
        if column.is_answer:
            self._viewmodel.rows.answer(row_id, {column.key: value})
        elif column.key == "outcome":
            outcome, reason = _outcome_of(self._viewmodel, value)
            self._viewmodel.rows.set_details(row_id, {"outcome": outcome, "reason": reason})
        else:
            self._viewmodel.rows.set_details(row_id, {column.key: value.strip()})


def _value(row: TypedRow, column: RowColumn) -> str:
    """The content of a cell: a text, or the key of a choice."""
    if column.is_answer:
        return as_text(row.answers.get(column.key))
    if column.key == "outcome":
        return _choice_key(row.outcome, row.reason)
    return str(getattr(row, column.key))


def happened_choices(viewmodel: LogViewModel) -> Choices:
    """Choices of outcome and reason: `UNAVAIL:INTERVIEW`, `Not available: in interview`."""
    choices: list[tuple[str, ...]] = []
    reasons = viewmodel.offered("outcome_reason")
    for outcome in viewmodel.offered("outcome"):
        choices.append((outcome.code, outcome.label, outcome.code))
        for reason in reasons:
            if reason.group == outcome.code:
                words = lowered(reason.label)
                key = _choice_key(outcome.code, reason.code)
                choices.append((key, f"{outcome.name}: {words}", reason.label, reason.code))
    return choices


def _choice_key(outcome: str, reason: str) -> str:
    return ":".join(filter(None, (outcome, reason)))


def _outcome_of(viewmodel: LogViewModel, key: str) -> tuple[str, str]:
    """The outcome and the reason that a choice stands for."""
    for reason in viewmodel.offered("outcome_reason"):
        if key == _choice_key(reason.group, reason.code):
            return reason.group, reason.code
    return key, ""
