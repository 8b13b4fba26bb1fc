"""The animals of a site as a table: all on strength, even those without a row in the draft."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, Qt

from visitapp.domain.draft.row_edits import Rows
from visitapp.domain.draft.typed_report import TypedRow
from visitapp.domain.json_values import as_list, as_text
from visitapp.domain.office.animal import Animal
from visitapp.domain.report.form import Question
from visitapp.domain.report.kinds import CONCERN, NOT_CHECKED, SATISFACTORY
from visitapp.domain.text.wording import lowered, out_of
from visitapp.ui.log.rows.row_tablemodel import RowColumn, RowTableModel
from visitapp.ui.log.viewmodel import LogViewModel

RECORD = "record"
"""The key of the question about an animal's records, which is answered below the table."""
_AnyIndex = QModelIndex | QPersistentModelIndex

NEED = Qt.ItemDataRole.UserRole + 3
"""The data role for needs: the code of the answer, empty if there is none, None for other cells."""

_WORDS = {
    "": "", "s": SATISFACTORY, "satisfactory": SATISFACTORY, "fine": SATISFACTORY,
    "c": CONCERN, "concern": CONCERN, "x": NOT_CHECKED, "not checked": NOT_CHECKED,
    "did not check": NOT_CHECKED,
}  # fmt: skip
_CYCLE = {"": SATISFACTORY, SATISFACTORY: CONCERN, CONCERN: NOT_CHECKED, NOT_CHECKED: ""}


class AnimalTableModel(RowTableModel):
    """A table of animals. The draft gets a row for an animal once somebody writes about it."""

    def __init__(
        self,
        viewmodel: LogViewModel,
        columns: Sequence[RowColumn],
        needs: Sequence[Question],
        parent: QObject | None = None,
    ) -> None:
        self._needs = {question.key: question for question in needs}
        asked = {q.key: q for q in viewmodel.register.form.row_questions()}
        self._most_records = len(asked["record"].options) if "record" in asked else 0
        super().__init__(viewmodel, columns, parent)

    def current_rows(self) -> Rows:
        """Each animal on strength with its row, if it has one; then all other rows."""
        written = {row.animal_id: row for row in self._viewmodel.rows.all()}
        strength = self._viewmodel.strength.on_the_day()
        rows = [written.get(animal.id) or known_of(animal) for animal in strength]
        known = {animal.id for animal in strength}
        return (*rows, *(row for row in self._viewmodel.rows.all() if row.animal_id not in known))

    def key_of(self, row: TypedRow) -> str:
        """The id of the animal, whether or not the draft has a row for it."""
        return str(row.animal_id or row.id)

    def own_id(self, at: int) -> str:
        """The id of an animal's row, which is added to the draft if there is none."""
        if row_id := self.row_id(at):
            return row_id
        strength = self._viewmodel.strength.on_the_day()
        if self._viewmodel.reading.visit.present is None:
            self._viewmodel.answer("present", len(strength))
        return self._viewmodel.rows.add(self._rows[at])

    def unwritten(self) -> list[int]:
        """The rows of animals about which nothing was written."""
        return [at for at in range(len(self._rows)) if not self.row_id(at)]

    def name(self, at: int) -> str:
        """The name of a row's animal."""
        animal_id = self._rows[at].animal_id
        return "" if animal_id is None else self._viewmodel.strength.names().get(animal_id, "")

    def data(self, index: _AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Names, needs, and how many records were checked."""
        if not index.isValid() or not 0 <= index.row() < len(self._rows):
            return None
        column = None if index.column() == 0 else self.columns[index.column() - 1]
        if column is None:
            return self._name_data(index.row(), role)
        if column.key in self._needs and self._asks_needs(index.row()):
            return self._need_data(index, column, role)
        if column.key == RECORD and role == Qt.ItemDataRole.DisplayRole:
            checked = as_list(self._rows[index.row()].answers.get("record"))
            return out_of(len(checked), self._most_records) if checked else "\u2013"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.name(index.row())}, {column.title}: {self.data(index)}"
        return super().data(index, role)

    def _asks_needs(self, at: int) -> bool:
        """Whether the needs are asked: not for an animal that was not seen."""
        outcome = self._rows[at].outcome
        return not outcome or self._viewmodel.register.book.group("outcome", outcome) == "seen"

    def _name_data(self, at: int, role: int) -> Any:
        shown = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        return self.name(at) if role in shown else None

    def _need_data(self, index: _AnyIndex, column: RowColumn, role: int) -> Any:
        answer = as_text(self._rows[index.row()].answers.get(column.key))
        words = self._needs[column.key].shown(answer) or "not answered"
        if answer == NOT_CHECKED:
            words = "did not check"  # a screen reader says "not checked" for an empty tick box
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return f"{self.name(index.row())}, {self._needs[column.key].ask}: {lowered(words)}"
        if role == NEED:
            return answer
        return answer if role == Qt.ItemDataRole.EditRole else None

    def flags(self, index: _AnyIndex) -> Qt.ItemFlag:
        """Cells can be edited, except needs (answered by keys) and records (answered below the
        table)."""
        known = super().flags(index)
        if index.column() > 0:
            key = self.columns[index.column() - 1].key
            if key in self._needs or key == RECORD:
                known &= ~Qt.ItemFlag.ItemIsEditable
        return known

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """The first column is the name."""
        across = orientation is Qt.Orientation.Horizontal
        if section == 0 and across and role == Qt.ItemDataRole.DisplayRole:
            return "Name"
        return super().headerData(section, orientation, role)

    # What is done

    def is_need(self, index: _AnyIndex) -> bool:
        """Whether a cell is one of the five needs."""
        return index.column() > 0 and self.columns[index.column() - 1].key in self._needs

    def give(self, index: _AnyIndex, answer: str) -> None:
        """Answer a need."""
        if self.is_need(index) and self._asks_needs(index.row()):
            key = self.columns[index.column() - 1].key
            about = lowered(self._needs[key].ask)
            words = f"change {about} of {self.name(index.row()) or 'the animal'}"
            with self._viewmodel.together(words):
                self._viewmodel.rows.answer(self.own_id(index.row()), {key: answer})
            self.read()

    def copy_from_above(self, index: _AnyIndex) -> None:
        """Copy the cell above into a cell."""
        above = self.index(index.row() - 1, index.column())
        if self.is_need(index):
            self.give(index, str(above.data(NEED) or ""))
        elif index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setData(index, above.data(Qt.ItemDataRole.EditRole))

    def take(self, at: int, place: int, cell: str) -> str:
        """Write a pasted cell. For a need this can be the words of the answer or its letter."""
        key = self.columns[place].key if 0 <= place < len(self.columns) else ""
        if key == RECORD:
            return "Tick what you checked in the records below the table."
        if key not in self._needs:
            return super().take(at, place, cell)
        answer = _WORDS.get(cell.casefold())
        if answer is None:
            return f"“{cell}” is not one of the answers to “{self._needs[key].ask}”."
        self._viewmodel.rows.answer(self.own_id(at), {key: answer})
        return ""

    def cycle(self, index: _AnyIndex) -> None:
        """Step to the next answer: fine, concern, not checked, none."""
        self.give(index, _CYCLE[str(index.data(NEED) or "")])

    def all_fine(self, at: int) -> None:
        """Mark every need without an answer as met."""
        with self._viewmodel.together(f"mark all needs of {self.name(at) or 'the animal'} as fine"):
            row_id = self.own_id(at)
            keys = list(self._needs)
            answers = self._viewmodel.rows.get(row_id).answers
            left = {key: SATISFACTORY for key in keys if key not in answers}
            self._viewmodel.rows.answer(row_id, left)
        self.read()

    def concerns(self, at: int) -> list[Question]:
        """The needs of an animal that are a concern."""
        answers = self._rows[at].answers if 0 <= at < len(self._rows) else {}
        return [q for q in self._needs.values() if answers.get(q.key) == CONCERN]


def known_of(animal: Animal) -> TypedRow:
    """A new row for an animal, with what the register knows about it."""
    known = {"species": animal.species, "work": animal.work, "handler": animal.handler}
    answers = {key: value for key, value in known.items() if value}
    return TypedRow(animal_id=animal.id, answers=answers)
