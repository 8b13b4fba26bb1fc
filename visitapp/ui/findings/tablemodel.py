"""The questions, and the answers to one of them, as tables. QtCore only."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.records.lists import findings_list
from visitapp.domain.text.wording import count_text
from visitapp.domain.year.findings import QuestionFigures
from visitapp.ui.findings.answer_number import AnswerNumber
from visitapp.ui.findings.viewmodel import concern_words, spoken

Index = QModelIndex | QPersistentModelIndex
_NO_PARENT = QModelIndex()
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class _RowsTableModel(QAbstractTableModel):
    """Rows of texts: the first `left` columns at the left, numbers at the right."""

    heads: tuple[str, ...]
    left: int

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.texts: list[tuple[str, ...]] = []
        self.sentences: list[str] = []

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.heads)

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self.texts)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= self.left:
            return _RIGHT
        return self.heads[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.texts[index.row()][index.column()]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.sentences[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() >= self.left:
            return _RIGHT
        return None


class FindingsTableModel(_RowsTableModel):
    """A row for each question."""

    heads = ("Question", "Section", "Asked", "Answered", "Concerns")
    left = 2

    def show(self, findings: Sequence[QuestionFigures]) -> None:
        """Show these questions."""
        self.beginResetModel()
        self.findings = tuple(findings)
        self.texts = [
            (
                figures.ask,
                figures.section,
                count_text(figures.asked),
                count_text(figures.answered),
                concern_words(figures),
            )
            for figures in findings
        ]
        self.sentences = [
            f"{ask}, {section}: asked {asked}, answered {answered}, concerns {concerns}"
            for ask, section, asked, answered, concerns in self.texts
        ]
        self.endResetModel()

    def list_sheet(self, rows: Sequence[int]) -> ListSheet:
        """These questions with their numbers."""
        return findings_list(self.findings[row] for row in rows)

    def row_of(self, key: str) -> int | None:
        """The row of a question; None if it isn't listed."""
        return next((at for at, f in enumerate(self.findings) if f.key == key), None)


class AnswersTableModel(_RowsTableModel):
    """A row for each answer to a question."""

    heads = ("Answer", "Before", "Number", "Share")
    left = 2

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[AnswerNumber, ...] = ()
        self._question = ""

    def list_sheet(self, rows: Sequence[int]) -> ListSheet:
        """These answers, each with its question."""
        answers = tuple((self._question, *self.texts[row]) for row in rows)
        return ListSheet("Answers", ("Question", *self.heads), answers)

    def show(self, lines: Sequence[AnswerNumber], question: str = "") -> None:
        """Show these answers to a question."""
        self.beginResetModel()
        self._question = question
        self.lines = tuple(lines)
        self.texts = [(line.words, line.change, line.number, line.share) for line in lines]
        self.sentences = [spoken(line) for line in lines]
        self.endResetModel()
