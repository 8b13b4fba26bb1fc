"""The section "Animals": where each was, the five welfare needs, and what was flagged."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.errors import VisitAppError
from visitapp.domain.report.adding_up import UNEXPLAINED
from visitapp.domain.report.answer_rules import groups_of
from visitapp.domain.report.form import Question
from visitapp.domain.report.place import NOWHERE, Place
from visitapp.domain.text.wording import joined, lowered
from visitapp.ui.connecting import connect
from visitapp.ui.log.questions.issue_card import IssueCard
from visitapp.ui.log.rows.animal_table import AnimalTable
from visitapp.ui.log.rows.animal_tablemodel import RECORD, AnimalTableModel, known_of
from visitapp.ui.log.rows.row_tablemodel import Choices, RowColumn
from visitapp.ui.log.rows.rows_panel import RowsPanel
from visitapp.ui.log.sections.counted_section import CountedSection
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.banner import Banner
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.line_field import LineField
from visitapp.ui.widgets.panel import Panel

_COMMENT = "comment"
_NEED_WIDTH, _NAME_WIDTH, _WORK_WIDTH, _SEEN_WIDTH, _RECORD_WIDTH = 80, 100, 146, 150, 84


class AnimalsPanel(RowsPanel):
    """The table of animals, and a field for one that is not on strength yet.

    Signals: `name_wanted` when an animal is to be added.
    """

    name_wanted = Signal()

    def __init__(self, viewmodel: LogViewModel, needs: tuple[Question, ...], work: Choices) -> None:
        self.needs = needs
        self._work = work
        super().__init__(viewmodel, "Animals", "Add an animal", self._columns(viewmodel), ())
        self.first_column = 2
        self.copy.hide()
        self.fine = button("All five: fine", self._on_fine, icon="check", small=True)
        self.fine.setToolTip("Ctrl+Space")
        self.head_row.add(self.fine, at=len(self.head_row.widgets()) - 1)

    def _columns(self, viewmodel: LogViewModel) -> list[RowColumn]:
        return [
            RowColumn("work", "Work", _WORK_WIDTH, lambda: self._work, is_answer=True),
            RowColumn("outcome", "Seen in, or why not", 0, partial(_outcomes, viewmodel)),
            *(RowColumn(q.key, _two_lines(q.ask), _NEED_WIDTH, is_answer=True) for q in self.needs),
            RowColumn(RECORD, "Records", _RECORD_WIDTH, is_answer=True),
        ]

    def make_table(self, name: str) -> AnimalTable:
        """The table of animals."""
        return AnimalTable(name)

    def make_model(self, viewmodel: LogViewModel, columns: Sequence[RowColumn]) -> AnimalTableModel:
        """The animals on strength and all others of the report."""
        return AnimalTableModel(viewmodel, columns, self.needs, self)

    def add_row(self) -> None:
        """Ask for a name, which a new animal needs first."""
        self.name_wanted.emit()

    def copy_from_above(self) -> None:
        """Copy the cell from the row above, in the order of the table."""
        index = self.table.currentIndex()
        if index.row() > 0 and isinstance(self.rows, AnimalTableModel):
            self.rows.copy_from_above(index)

    def make_row(self) -> bool:
        """Rows can't be added by pasting, since an animal needs a name first."""
        return False

    def follow(self) -> None:
        """Show the current rows."""
        super().follow()
        self.copy.hide()

    def _on_fine(self) -> None:
        if isinstance(self.table, AnimalTable):
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
            self.table.all_fine()

    def widths(self) -> tuple[int, ...]:
        """Widths of the columns from the left."""
        needs = (_NEED_WIDTH,) * len(self.needs)
        return (_NAME_WIDTH, _WORK_WIDTH, 0, *needs, _RECORD_WIDTH)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the column of animals' work if there is no room; it is below the table too."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange again for another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "fine"):
            self._fit()

    def _fit(self) -> None:
        wanted = sum(self.widths()) + _SEEN_WIDTH
        self.table.setColumnHidden(1, self.width() < theme().px(wanted))


class AnimalsSection(CountedSection):
    """A row for each animal on strength, with flagged concerns below the table."""

    panel: AnimalsPanel

    def __init__(self, viewmodel: LogViewModel, section: Any) -> None:
        self._cards: dict[str, IssueCard] = {}
        super().__init__(viewmodel, section)
        table = self.panel.table
        assert isinstance(table, AnimalTable)
        table.flagged.connect(self._show_row)
        connect(table.records_wanted, self, lambda: self._to_question("record"))
        self.panel.name_wanted.connect(self._on_name_wanted)
        self.name = LineField()
        self._name_row = FormRow("Name or PD number of the animal", self.name, wide=True)
        self.name.returnPressed.connect(self._on_name)
        self._adding = Panel()
        line = QHBoxLayout()
        line.addWidget(self._name_row, 1)
        line.addWidget(button("Add", self._on_name), 0, Qt.AlignmentFlag.AlignBottom)
        self._adding.body.addLayout(line)
        self._adding.hide()
        self.flags = QWidget()
        self._flag_column = QVBoxLayout(self.flags)
        self._flag_column.setContentsMargins(0, 0, 0, 0)
        self._flag_column.setSpacing(8)
        at = self.body.indexOf(self.panel)
        self.body.insertWidget(at, self._adding)
        self.body.insertWidget(at + 2, self.flags)
        self._flagged: list[str] = []

    def make_rows(self) -> AnimalsPanel:
        """Columns for name, work, where it was seen, five needs, and records."""
        asked = {q.key: q for q in self.viewmodel.register.form.row_questions()}
        work = [(o.code, o.label, o.code) for o in asked["work"].options] if "work" in asked else []
        return AnimalsPanel(self.viewmodel, self._needs(), work)

    def _needs(self) -> tuple[Question, ...]:
        form = self.viewmodel.register.form
        groups = groups_of(form, self.section.of)
        return tuple(q for group in groups for q in group.questions if q.is_check)

    def row_questions(self) -> list[tuple[str, tuple[Question, ...]]]:
        """The questions that have no column in the table."""
        titled = []
        for title, questions in super().row_questions():
            titled.append((title, tuple(q for q in questions if not q.is_check)))
        return titled

    # What is shown

    def fill(self) -> None:
        """Show the answers of another report."""
        self._drop_flags()
        self._adding.hide()
        super().fill()

    def follow(self) -> None:
        """Update who was not seen, and how many were seen in the last six months."""
        super().follow()
        self.sum.show_extra(" ".join(filter(None, (self._unseen(), self._measure()))))

    def _measure(self) -> str:
        return self.viewmodel.strength.sentence() if self.isVisible() else self.sum.extra.text()

    def _unseen(self) -> str:
        """Who was not seen, and why: `Duke and Fern (deployed), Rex (at the vet)`."""
        rows, book = self.panel.rows, self.viewmodel.register.book
        assert isinstance(rows, AnimalTableModel)
        by_reason: dict[str, list[str]] = {}
        for at in range(rows.rowCount()):
            outcome = rows.current_rows()[at].outcome
            if outcome and book.group("outcome", outcome) != "seen":
                by_reason.setdefault(outcome, []).append(rows.name(at) or f"animal {at + 1}")
        reasons = [
            f"{joined(names)} ({lowered(book.label('outcome', outcome))})"
            for outcome, names in by_reason.items()
        ]
        return f"Not seen: {', '.join(reasons)}." if reasons else ""

    def _show_row(self) -> None:
        super()._show_row()
        if hasattr(self, "_flagged"):
            self._show_flags()

    def _show_flags(self) -> None:
        """Show each concern of the animal that has the cursor: its issue, or a button to open
        one."""
        row_id, rows = self.panel.current_id(), self.panel.rows
        assert isinstance(rows, AnimalTableModel)
        at = self.panel.table.currentIndex().row()
        concerns = rows.concerns(at) if row_id else []
        state = [f"{q.key}:{self._issue_of(q)}:{row_id}" for q in concerns]
        if state == self._flagged:
            for card in self._cards.values():
                card.follow()
            return
        self._drop_flags()
        self._flagged = state
        for question in concerns:
            self._flag_column.addWidget(self._flag(question, rows.name(at)))
        self.flags.setVisible(bool(concerns))

    def _issue_of(self, question: Question) -> str:
        return self.viewmodel.issues.opened_by(self.about.reference(question.key))

    def _flag(self, question: Question, name: str) -> QWidget:
        known = self._issue_of(question)
        if known:
            self._cards[known] = IssueCard(self.viewmodel, known, in_place=True)
            return self._cards[known]
        words = f"{name}, {lowered(question.ask)}: a concern. Explain it in an issue or a note."
        banner = Banner(
            "bad",
            words,
            [
                ("Open an issue", partial(self._on_open, question)),
                ("Note only", lambda: self._to_question(_COMMENT)),
            ],
        )
        banner.buttons[0].setToolTip("Ctrl+Shift+I")
        return banner

    def _drop_flags(self) -> None:
        self._flagged, self._cards = [], {}
        while (item := self._flag_column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def judge(self) -> None:
        """Show what is wrong in rows and issues."""
        super().judge()
        for card in self._cards.values():
            card.judge()

    # What is done

    def issue_by_key(self) -> bool:
        """Open the issue of a concern of the animal that has the cursor: that of the cell, or
        the first that has none."""
        rows, at = self.panel.rows, self.panel.table.currentIndex()
        assert isinstance(rows, AnimalTableModel)
        concerns = rows.concerns(at.row()) if self.panel.isVisibleTo(self) else []
        waiting = [question for question in concerns if not self._issue_of(question)]
        if not waiting:
            return False
        key = rows.columns[at.column() - 1].key
        self._on_open(next((q for q in waiting if key == q.key), waiting[0]))
        return True

    def _on_open(self, question: Question) -> None:
        where, place = self.about.reference(question.key), self.about.found_at(question)
        issue_id = self.viewmodel.issues.open(question, where, place)
        words = self.about.answer_of(_COMMENT)
        if words:
            self.viewmodel.issues.put(issue_id, {"description": str(words)})
        self._show_flags()
        self._cards[issue_id].take_cursor()

    def _to_question(self, key: str) -> None:
        self.panel.rows.own_id(self.panel.table.currentIndex().row())
        self._show_row()
        any(questions.take_cursor(key) for questions in self.more)

    def _on_name_wanted(self) -> None:
        self._adding.show()
        self.name.clear()
        self._name_row.set_error("")
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_name(self) -> None:
        try:
            animal_id = self.viewmodel.strength.add(self.name.text())
        except VisitAppError as error:
            self._name_row.set_error(str(error))
            return
        self._adding.hide()
        rows = self.viewmodel.rows
        animal = next(animal for animal in self.viewmodel.strength.all() if animal.id == animal_id)
        if animal_id not in [row.animal_id for row in rows.all()]:
            rows.add(known_of(animal))
        self.panel.follow()
        names = [self.panel.rows.index(at, 0).data() for at in range(self.panel.rows.rowCount())]
        self.panel.table.go_to(names.index(animal.name), self._seen_column())

    def _seen_column(self) -> int:
        return [column.key for column in self.panel.rows.columns].index("outcome") + 1

    def count_rest(self) -> None:
        """Record animals with no outcome as not seen; if there are fewer rows than animals, count
        the rest as a number."""
        tablemodel = self.panel.rows
        assert isinstance(tablemodel, AnimalTableModel)
        with self.viewmodel.together("count the others as not seen"):
            self._count_rest(tablemodel)

    def _count_rest(self, tablemodel: AnimalTableModel) -> None:
        offered = [code.code for code in self.viewmodel.offered("outcome")]
        outcome = next(code for code in offered if code in UNEXPLAINED)
        for at in range(tablemodel.rowCount()):
            if not tablemodel.current_rows()[at].outcome and self.viewmodel.sum().remainder > 0:
                self.viewmodel.rows.set_details(tablemodel.own_id(at), {"outcome": outcome})
        if self.viewmodel.sum().remainder > 0:
            super().count_rest()

    def take_cursor(self, place: Place = NOWHERE) -> None:
        """Move the cursor to a place, or to the first animal."""
        if not place and self.panel.isVisibleTo(self) and self.panel.rows.rowCount():
            self.panel.take_cursor()
        else:
            super().take_cursor(place)


def _outcomes(viewmodel: LogViewModel) -> Choices:
    """Choices of where an animal was seen, or why it wasn't."""
    generic = [code for code in viewmodel.offered("outcome") if code.group == "seen"]
    return [
        (code.code, code.label, code.code)
        for code in viewmodel.offered("outcome")
        if len(generic) < 2 or code.code != "SEEN"
    ]


def _two_lines(words: str) -> str:
    """A title of two words in two lines."""
    first, _, rest = words.partition(" ")
    return f"{first}\n{rest}" if rest else words
