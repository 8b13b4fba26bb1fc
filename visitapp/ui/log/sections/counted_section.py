"""What the counting sections have in common: the sum, the way of counting, and rows."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from visitapp.domain.draft.draft_answers import Agreement, agreement, agreement_of
from visitapp.domain.draft.report_sections import TaskSection
from visitapp.domain.report.answer_rules import groups_of
from visitapp.domain.report.answers import Counting
from visitapp.domain.report.form import Question
from visitapp.domain.report.kinds import Option
from visitapp.domain.report.place import COUNT, NOWHERE, ROWS, Place
from visitapp.ui.log.questions.answer_source import CODED_DETAILS, RowAnswers
from visitapp.ui.log.questions.question_list import QuestionList
from visitapp.ui.log.rows.rows_panel import RowsPanel
from visitapp.ui.log.sections.section import SectionWidget
from visitapp.ui.log.sections.sum_panel import SumPanel
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.segmented import Segmented

_WAYS = (
    (Counting.COUNTS, "Counts only"),
    (Counting.ROWS, "One row each"),
    (Counting.BOTH, "Both"),
)


_LOOKS = {
    Agreement.ALONE: ("grey", ""),
    Agreement.DIFFERS: ("bad", "triangle-alert"),
    Agreement.FEWER: ("warn", ""),
    Agreement.AGREES: ("good", "check"),
}
"""Kind and icon of the line below the rows."""


class CountedSection(SectionWidget):
    """A section that counts. Subclasses make the panel of rows."""

    def __init__(self, viewmodel: LogViewModel, section: TaskSection) -> None:
        super().__init__(viewmodel, section)
        self.ways = Segmented("How they are counted", list(_WAYS))
        self.ways.chosen.connect(self._on_way)
        self.heading = self.ways
        self.sum = SumPanel(viewmodel)
        self.sum.rest_wanted.connect(self.count_rest)
        self.panel = self.make_rows()
        self.panel.chosen.connect(lambda _: self._show_row())
        self.about = RowAnswers(viewmodel, section.key)
        self.more = self._make_more()
        self.body.addWidget(self.sum)
        self.body.addWidget(self.panel)
        for question_list in self.more:
            self.body.addWidget(question_list)
        self.body.addWidget(self.sum.why)
        self.add_list(self.own_questions())
        self._row_shown = ""

    def make_rows(self) -> RowsPanel:
        """The panel of rows for this kind of scheme."""
        raise NotImplementedError

    def row_questions(self) -> list[tuple[str, tuple[Question, ...]]]:
        """The questions about the chosen row that have no column, in lists by title."""
        titled = []
        for group in groups_of(self.viewmodel.register.form, self.section.of):
            asked = [self._as_choice(question) for question in group.questions]
            titled.append((group.title, tuple(q for q in asked if not q.is_core)))
        return titled

    def _as_choice(self, question: Question) -> Question:
        """A coded detail as a question with a choice of answers."""
        list_name = CODED_DETAILS.get(question.key)
        if not question.is_core or list_name is None:
            return question
        options = tuple(Option(c.code, c.label) for c in self.viewmodel.offered(list_name))
        return replace(question, kind="choice", options=options)

    def _make_more(self) -> list[QuestionList]:
        return [
            QuestionList(self.viewmodel, self.about, questions, title)
            for title, questions in self.row_questions()
            if questions
        ]

    def counting(self) -> Counting:
        """The way in which this report is counted."""
        return self.viewmodel.reading.answered.counting

    def fill(self) -> None:
        """Show the answers of the report that was opened."""
        self.sum.fill()
        self.panel.rows.read()
        self._row_shown = ""
        super().fill()

    def follow(self) -> None:
        """Update the sum, the rows, and the chosen row."""
        self.ways.set_key(self.counting())
        self.sum.follow()
        by_rows = self.counting() is not Counting.COUNTS
        self.panel.setVisible(by_rows)
        if by_rows:
            self.panel.follow()
            answered, typed = self.viewmodel.reading.answered, self.viewmodel.reading.typed_counts
            self.panel.say(agreement(answered, typed), *_LOOKS[agreement_of(answered, typed)])
        self._show_row()
        super().follow()

    def _show_row(self) -> None:
        """Show more about the row that has the cursor."""
        row_id = self.panel.current_id() if self.panel.isVisibleTo(self) else ""
        is_other, self._row_shown = row_id != self._row_shown, row_id
        self.about.row_id = row_id
        for question_list in self.more:
            question_list.setVisible(bool(row_id))
            if row_id:
                question_list.fill() if is_other else question_list.follow()

    def judge(self) -> None:
        """Show what is wrong with the numbers and the chosen row."""
        self.sum.judge()
        self.panel.judge()
        for question_list in self.more:
            question_list.judge()
        super().judge()

    def _on_way(self, way: object) -> None:
        if isinstance(way, Counting):
            chosen = next((segment for segment in self.ways.segments() if segment.hasFocus()), None)
            with self.viewmodel.together("change how you count"):
                self.viewmodel.counts.set_counting(way)
                if way is not Counting.COUNTS and not self.panel.rows.rowCount():
                    self.panel.add_row()
            # Arrow keys step through the ways of counting, so a new row must not take the cursor.
            if chosen is not None:
                chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def count_rest(self) -> None:
        """Count everybody not accounted for as not seen."""
        self.viewmodel.counts.count_rest()

    def add_by_key(self) -> bool:
        """Ctrl+Enter adds a row, if the report has rows."""
        if self.counting() is Counting.COUNTS:
            return False
        self.panel.add_row()
        return True

    def take_cursor(self, place: Place = NOWHERE) -> None:
        """Move the cursor to a number, or to a row."""
        if place.part == ROWS and place.number >= 0:
            self.go_to_row(place.number, place.key)
        elif place.part in ("present", "counts", COUNT):
            self.sum.whole.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().take_cursor(place)

    def go_to_row(self, number: int, key: str) -> None:
        """Move the cursor to a cell, or to a question about a row of the draft."""
        row_id = self.viewmodel.rows.ids()[number - 1 : number]
        row = self.panel.rows.row_of(row_id[0]) if row_id else None
        keys = [column.key for column in self.panel.rows.columns]
        column = keys.index(key) + 1 if key in keys else 1
        self.panel.table.go_to(row or 0, column)
        if key not in keys:
            any(question_list.take_cursor(key) for question_list in self.more if key)

    def first_field(self) -> QWidget | None:
        """The field for the total."""
        return self.sum.whole
