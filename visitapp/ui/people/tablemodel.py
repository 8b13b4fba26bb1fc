"""The register as a table. QtCore only."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.records.list_sheet import ListSheet, SheetCell
from visitapp.domain.text.folding import person_sort_key, sort_key
from visitapp.domain.text.wording import day_of_month
from visitapp.ui.people.person_row import PersonRow

Index = QModelIndex | QPersistentModelIndex

COLUMNS = (
    *("Name", "May visit today?", "Schemes", "Status", "Runs out", "In twelve months"),
    *("Own visitapp", "Joined", "Left"),
)
NAME, MAY_VISIT, SCHEMES, STATUS, RUNS_OUT, MINIMUM, COPY, JOINED, LEFT = range(len(COLUMNS))
ROW_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `PersonRow` behind an index."""

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_FAR = date(9999, 12, 31)


def day_text(day: date | None) -> str:
    """`4 Mar 2024`; empty for None."""
    return "" if day is None else f"{day_of_month(day)} {day.year}"


class PeopleTableModel(QAbstractTableModel):
    """Rows in the view model's order (those who may not visit first) until the user sorts them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._unsorted: tuple[PersonRow, ...] = ()
        self._rows: tuple[PersonRow, ...] = ()
        self._sort: tuple[int, bool] | None = None

    def show(self, rows: Sequence[PersonRow]) -> None:
        """Show these people."""
        self.beginResetModel()
        self._unsorted = tuple(rows)
        self._rows = self._sorted()
        self.endResetModel()

    def list_sheet(self, rows: Sequence[int]) -> ListSheet:
        """These people, with days as such."""
        heads = ("Name", "May visit today?", "Why", *COLUMNS[SCHEMES:])
        return ListSheet("People", heads, tuple(self._listed(self._rows[row]) for row in rows))

    def _listed(self, row: PersonRow) -> tuple[SheetCell, ...]:
        until = row.runs_out[0].until_on if row.runs_out else None
        return (
            *(row.person.name, row.answer, row.reason, row.schemes, row.status, until),
            *("" if row.minimum is None else row.minimum.short, row.copies.words),
            *(row.joined_on if not row.joined_unknown else None, row.left_on),
        )

    def row_of(self, person_id: UUID) -> int | None:
        """The row of a person; None if the filters hide them."""
        rows = (i for i, row in enumerate(self._rows) if row.person.id == person_id)
        return next(rows, None)

    def at(self, index: Index) -> PersonRow | None:
        """The person at an index."""
        return self._rows[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(COLUMNS):
            return COLUMNS[section]
        if role == Qt.ItemDataRole.TextAlignmentRole and section in (JOINED, LEFT):
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, index.column())
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._sentence(row, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (JOINED, LEFT):
            return _RIGHT
        return row if role == ROW_ROLE else None

    @staticmethod
    def _text(row: PersonRow, column: int) -> str:
        if column == MAY_VISIT:
            return f"{row.answer}, {row.reason}" if row.reason else row.answer
        return (
            row.person.name,
            "",
            row.schemes,
            row.status,
            row.runs_out_words,
            "" if row.minimum is None else row.minimum.short,
            row.copies.words,
            "Not known" if row.joined_unknown else day_text(row.joined_on),
            day_text(row.left_on),
        )[column]

    def _sentence(self, row: PersonRow, column: int) -> str:
        if column == NAME:
            return f"{row.person.name}. {row.sentence}"
        if column == MAY_VISIT:
            return row.sentence
        return f"{COLUMNS[column]}: {self._text(row, column) or 'none'}"

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 puts those who may not visit first."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._rows[index.row()].person.id for index in before]
        self._sort = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self._rows = self._sorted()
        after = []
        for index, person_id in zip(before, kept, strict=True):
            row = self.row_of(person_id)
            after.append(QModelIndex() if row is None else self.index(row, index.column()))
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self) -> tuple[PersonRow, ...]:
        if self._sort is None:
            return self._unsorted
        column, descending = self._sort
        return tuple(
            sorted(self._unsorted, key=lambda row: self._key(row, column), reverse=descending)
        )

    def _key(self, row: PersonRow, column: int) -> Any:
        if column == JOINED:
            return row.joined_on or _FAR
        if column == LEFT:
            return row.left_on or _FAR
        if column == MAY_VISIT:
            return (row.may_visit, row.reason)
        if column == RUNS_OUT:
            return row.runs_out[0].until_on if row.runs_out else _FAR
        if column == MINIMUM:
            return (row.minimum is None, row.minimum is not None and not row.minimum.is_below)
        if column == NAME:
            return person_sort_key(row.person.name)
        return sort_key(self._text(row, column))
