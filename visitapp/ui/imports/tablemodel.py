"""Problems of a file and earlier imports as tables. QtCore only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.importing import SHEETS, Batch, ImportProblem
from visitapp.domain.period import day_and_time
from visitapp.domain.text.folding import person_sort_key, sort_key

Index = QModelIndex | QPersistentModelIndex

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class FindingColumn:
    """A heading, the text of its cells, and the sort key."""

    heading: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any]
    is_number: bool = False


class ImportTableModel(QAbstractTableModel):
    """Rows in the given order until the user sorts them. `sentence` words a row for screen
    readers."""

    def __init__(
        self,
        columns: Sequence[FindingColumn],
        sentence: Callable[[Any], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._sentence = sentence
        self._unsorted: tuple[Any, ...] = ()
        self._rows: tuple[Any, ...] = ()
        self._sort: tuple[int, bool] | None = None

    @property
    def rows(self) -> tuple[Any, ...]:
        """All rows as sorted."""
        return self._rows

    def show(self, rows: Sequence[Any]) -> None:
        """Show these rows."""
        if tuple(rows) == self._unsorted:
            return
        self.beginResetModel()
        self._unsorted = tuple(rows)
        self._rows = self._sorted()
        self.endResetModel()

    def at(self, index: Index) -> Any:
        """The row at an index, or None."""
        return self._rows[index.row()] if index.isValid() else None

    def row_of(self, row_id: object) -> int | None:
        """Which row has an id; None if none has."""
        return next((at for at, row in enumerate(self._rows) if row.id == row_id), None)

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole and self._columns[section].is_number:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = self._rows[index.row()], self._columns[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(row)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self._sentence(row)
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return _RIGHT
        return None

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 restores the given order."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        kept = [self._rows[index.row()] for index in before]
        self._sort = None if column < 0 else (column, order is Qt.SortOrder.DescendingOrder)
        self._rows = self._sorted()
        places = {id(row): at for at, row in enumerate(self._rows)} if before else {}
        after = [
            self.index(places[id(row)], index.column())
            for index, row in zip(before, kept, strict=True)
        ]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _sorted(self) -> tuple[Any, ...]:
        if self._sort is None:
            return self._unsorted
        at, descending = self._sort
        return tuple(sorted(self._unsorted, key=self._columns[at].key, reverse=descending))


def _sheet_order(problem: ImportProblem) -> tuple[int, str, int]:
    at = SHEETS.index(problem.sheet) if problem.sheet in SHEETS else len(SHEETS)
    return at, problem.sheet_name, problem.row


def findings_tablemodel(parent: QObject | None = None) -> ImportTableModel:
    """A table of problems or warnings."""
    columns = (
        FindingColumn("Sheet", lambda f: f.sheet_name, _sheet_order),
        FindingColumn("Row", lambda f: f"{f.row:,}", lambda f: f.row, is_number=True),
        FindingColumn("Column", lambda f: f.column, lambda f: (f.column, f.row)),
        FindingColumn("In words", lambda f: f.sentence, lambda f: (f.sentence, f.row)),
    )
    return ImportTableModel(columns, lambda f: f"{f.where}: {f.sentence}", parent)


def when(batch: Batch) -> str:
    """`Mon 4 Mar 2024, 14:30` by UK clocks."""
    return day_and_time(batch.imported_at)


def state(batch: Batch) -> str:
    """Whether its visits count."""
    if batch.withdrawn_at is None:
        return "Counted"
    return f"Withdrawn: {batch.withdrawn_reason}"


def batches_tablemodel(parent: QObject | None = None) -> ImportTableModel:
    """A table of earlier imports."""
    columns = (
        FindingColumn("When", when, lambda b: b.imported_at),
        FindingColumn("From", lambda b: b.source, lambda b: sort_key(b.source)),
        FindingColumn("Visits", lambda b: f"{b.visits:,}", lambda b: b.visits, is_number=True),
        FindingColumn("Skipped", lambda b: f"{b.rejected:,}", lambda b: b.rejected, is_number=True),
        FindingColumn("By", lambda b: b.imported_by, lambda b: person_sort_key(b.imported_by)),
        FindingColumn("State", state, state),
    )

    def sentence(batch: Batch) -> str:
        return (
            f"{when(batch)}, from {batch.source}, by {batch.imported_by}: {batch.visits:,} "
            f"visits, {batch.rejected:,} rows skipped. {state(batch)}."
        )

    return ImportTableModel(columns, sentence, parent)
