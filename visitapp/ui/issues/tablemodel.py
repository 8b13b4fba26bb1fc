"""Issues as a table. QtCore only."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.lists import issue_list
from visitapp.domain.text.wording import day_of_month, lowered, weekday_and_day

Index = QModelIndex | QPersistentModelIndex

ISSUE, RAISED, DAYS, STATE = range(4)
LINE_ROLE = Qt.ItemDataRole.UserRole + 1
"""The `IssueLine` behind an index."""


class IssueTableModel(QAbstractTableModel):
    """Lines in the order of the query."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[IssueLine, ...] = ()
        self._heads = ("Issue", "Raised", "Days open", "State")

    def show(self, lines: Sequence[IssueLine], heads: tuple[str, str, str, str]) -> None:
        """Show these lines under these headings."""
        self.beginResetModel()
        self._lines, self._heads = tuple(lines), heads
        self.endResetModel()

    def list_sheet(self, rows: Sequence[int]) -> ListSheet:
        """These issues with all that a list has of them."""
        return issue_list(self._lines[row] for row in rows)

    def row_of(self, issue_id: UUID) -> int | None:
        """The row of an issue; None if the filters hide it."""
        return next((i for i, line in enumerate(self._lines) if line.issue.id == issue_id), None)

    def at(self, index: Index) -> IssueLine | None:
        """The issue at an index."""
        return self._lines[index.row()] if index.isValid() else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        return 0 if parent.isValid() else len(self._heads)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._heads[section] if 0 <= section < len(self._heads) else None
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self._lines[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(line, index.column())
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.issue.description if index.column() == ISSUE else None
        return line if role == LINE_ROLE else None

    @staticmethod
    def _text(line: IssueLine, column: int) -> str:
        days = "" if line.is_positive else line.days_text
        return (line.title, _day(line), days, line.status)[column]

    def _sentence(self, line: IssueLine, column: int) -> str:
        if column == ISSUE:
            return f"{line.title}, {where(line)}"
        if column == DAYS and line.is_open:
            of_limit = "" if line.is_at_once else f", of {line.limit} days"
            return f"Open for {line.days_text}{of_limit}"
        return f"{self._heads[column]}: {self._text(line, column) or 'none'}"


def where(line: IssueLine) -> str:
    """The second line: `Euston Street, food and drink`."""
    return f"{line.site_name}, {lowered(line.category)}"


def _day(line: IssueLine) -> str:
    """A date, without the year if it is this year."""
    day = line.raised_on
    same_year = day.year == line.today.year
    return weekday_and_day(day) if same_year else f"{day_of_month(day)} {day.year}"
