"""Questions of a form as rows, with the question on the left and the answer on the right."""

from collections.abc import Collection, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QVBoxLayout, QWidget

from visitapp.domain.report.form import Question
from visitapp.ui.log.questions.answer_source import AnswerSource
from visitapp.ui.log.questions.issue_card import IssueCard
from visitapp.ui.log.questions.question_fields import FIELDS, ChoiceField, WordsField
from visitapp.ui.log.questions.requests_field import RequestsField
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.theme import fit, theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS, INSET
from visitapp.ui.widgets.announcing import announce
from visitapp.ui.widgets.arranging import align, turn
from visitapp.ui.widgets.buttons import link_button, literal
from visitapp.ui.widgets.describing import HINT, describe, innermost
from visitapp.ui.widgets.fields import FormRow, Reason, set_wrong
from visitapp.ui.widgets.form_grid import FormGrid
from visitapp.ui.widgets.labels import hairline, label
from visitapp.ui.widgets.panel import Panel
from visitapp.ui.widgets.picker import picker_error
from visitapp.ui.widgets.scrolling import scroll_into_view

_ROW = 46
_LEAST_WORDS = 200
"""If a question would be narrower than this, it goes above its answer."""


class QuestionRow(QWidget):
    """One question. Beneath it stands what is wrong, or the issue that the answer opened.

    Signals: `left` (-1 or 1) when the keyboard goes to another question; `issue_wanted` when
    somebody takes up the offer of an issue.
    """

    left = Signal(int)
    issue_wanted = Signal()

    def __init__(self, question: Question, field: Any) -> None:
        super().__init__()
        self.question, self.field = question, field
        self.card: IssueCard | None = None
        self.reason = Reason()
        words = QWidget()
        column = QVBoxLayout(words)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        asked = label(literal(question.ask), "body", wrap=True)
        asked.setBuddy(self._hearing())  # so that screen readers announce it with the answers
        column.addWidget(asked)
        if question.help:
            column.addWidget(label(question.help, "small", "text3", wrap=True))
            describe(self._hearing(), HINT, question.help)
        self._line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._line.setSpacing(BETWEEN_ACROSS)
        self._line.addWidget(words, 1)
        self._line.addWidget(field)
        fit(self, least_height=_ROW)
        self.below = QVBoxLayout()
        self.below.setSpacing(8)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(INSET, 6, INSET, 6)
        outer.setSpacing(6)
        outer.addLayout(self._line)
        outer.addWidget(self.reason)
        self.recorded_as = label("", "small", "text2", wrap=True)
        self.recorded_as.hide()
        self.offer = link_button("Open an issue about this", self.issue_wanted.emit)
        self.offer.setAccessibleName(f"Open an issue: {question.ask}")
        self.offer.hide()
        outer.addWidget(self.recorded_as)
        outer.addWidget(self.offer, 0, Qt.AlignmentFlag.AlignLeft)
        outer.addLayout(self.below)
        if isinstance(field, ChoiceField):
            field.left.connect(self.left)
        self._arrange()

    def take_cursor(self) -> None:
        """Move the cursor into the answer."""
        self.field.target().setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_into_view(self)

    def say(self, sentence: str) -> None:
        """Show what must be put right here."""
        if sentence != self.reason.text():
            self.reason.say(sentence)
            set_wrong(self._hearing(), sentence)

    def _hearing(self) -> QWidget:
        """The widget with which a screen reader speaks the help and the problem: the group of
        answers, where there are several to choose from."""
        field: QWidget = self.field
        return field if isinstance(field, ChoiceField) else innermost(self.field.target())

    def _arrange(self) -> None:
        """Put the answer beside the question, or below it if there is no room."""
        wide = self.field.sizeHint().expandedTo(self.field.minimumSize()).width()
        room = self.width() - 2 * INSET - BETWEEN_ACROSS - wide
        kind = FIELDS[self.question.kind]
        below = kind.is_below or room < theme().px(_LEAST_WORDS)
        turn(self._line, below=below, spacing=4 if below else BETWEEN_ACROSS)
        left, middle = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter
        beside = Qt.AlignmentFlag(0) if kind.fills else left
        align(self._line, self.field, beside if below else middle)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange again for another width."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Arrange again for another text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange and hasattr(self, "_line"):
            self._arrange()


class QuestionList(Panel):
    """Rows in the order of the form. Questions that aren't asked at present are hidden."""

    def __init__(
        self,
        viewmodel: LogViewModel,
        source: AnswerSource,
        questions: Sequence[Question],
        title: str = "",
    ) -> None:
        super().__init__(title, flush=True)
        self._viewmodel, self._source = viewmodel, source
        self.questions = tuple(questions)
        self.rows: dict[str, QuestionRow] = {}
        self.numbers: dict[str, FormRow] = {}
        self._lines: dict[str, QWidget] = {}
        self._heads: dict[str, tuple[QWidget, tuple[str, ...]]] = {}
        for group, own in groupby(self.questions, key=lambda question: question.group):
            if group:
                self._add_numbers(group, tuple(own))
            else:
                for question in own:
                    self._add(question)

    def _add(self, question: Question) -> None:
        row = QuestionRow(question, FIELDS[question.kind].make(question, self._viewmodel))
        row.field.answered.connect(partial(self._on_answered, question))
        row.left.connect(partial(self._on_left, question.key))
        row.issue_wanted.connect(partial(self._on_issue_wanted, question.key))
        self._add_line(question.key)
        self.rows[question.key] = row
        self.body.addWidget(row)

    def _add_line(self, key: str) -> None:
        if self.body.count():
            self._lines[key] = hairline()
            self.body.addWidget(self._lines[key])

    def _add_numbers(self, title: str, questions: tuple[Question, ...]) -> None:
        """Put the questions of a group into a grid under its name."""
        held = QWidget()
        column = QVBoxLayout(held)
        column.setContentsMargins(INSET, 10, INSET, 10)
        column.setSpacing(8)
        column.addWidget(label(title, "strong"))
        grid = FormGrid(columns=3, least=220)
        for question in questions:
            field: Any = FIELDS[question.kind].make(question, self._viewmodel)
            field.answered.connect(partial(self._on_answered, question))
            row = FormRow(question.ask, field, question.help)
            self.numbers[question.key] = row
            grid.add(row)
        column.addWidget(grid)
        self._add_line(questions[0].key)
        self.body.addWidget(held)

    # What is shown

    def fill(self) -> None:
        """Show the answers of another report or row."""
        self._show(overwrite=True)

    def follow(self) -> None:
        """Update the list after an answer."""
        self._show(overwrite=False)

    def _show(self, *, overwrite: bool) -> None:
        asked = self._source.asked(self.questions)
        if not overwrite:
            self._announce_new(asked)
        for key, row in self.rows.items():
            row.setVisible(key in asked)
            if line := self._lines.get(key):
                line.setVisible(key in asked)
            if key in asked:
                if isinstance(row.field, WordsField | RequestsField):
                    row.field.about = self._source.reference(key)
                row.field.show_answer(self._source.answer_of(key), overwrite=overwrite)
                self._show_card(row)
        for key, numbers in self.numbers.items():
            numbers.setVisible(key in asked)
            typed: Any = numbers.field
            typed.show_answer(self._source.answer_of(key), overwrite=overwrite)
        self.setVisible(bool(asked))

    def _announce_new(self, asked: Collection[str]) -> None:
        """Announce to screen readers the questions that the last answer opened."""
        holder = self.parentWidget()
        if holder is None or not holder.isVisible():
            return
        rows: dict[str, QWidget] = {**self.rows, **self.numbers}
        new = [q.ask for q in self.questions if q.key in asked and rows[q.key].isHidden()]
        if new:
            more = f" And {len(new) - 1} more." if len(new) > 1 else ""
            announce(self, f"Now asked: {new[0]}.{more}".replace("?.", "?"))

    def _show_card(self, row: QuestionRow) -> None:
        """Show the issue that the answer opened below it."""
        question = row.question
        answer, issues = self._source.answer_of(question.key), self._viewmodel.issues
        asks, concern = question.opens_issue(answer), question.is_concern(answer)
        where = self._source.reference(question.key)
        known = issues.opened_by(where) if asks or concern else ""
        row.offer.setVisible(concern and not asks and not known)
        other = issues.same_matter(question, where) if asks and not known else 0
        row.recorded_as.setText(f"This is recorded as issue {other}." if other else "")
        row.recorded_as.setVisible(bool(other))
        if row.card is not None and row.card.issue_id != known:
            row.below.removeWidget(row.card)
            row.card.hide()
            row.card.deleteLater()
            row.card = None
        if known and row.card is None:
            row.card = IssueCard(
                self._viewmodel, known, in_place=True, least=question.raises_severity
            )
            row.below.addWidget(row.card)
            if row.isVisible():
                announce(row, "An issue is opened under this answer.")
        if row.card is not None:
            row.card.follow()

    def judge(self) -> None:
        """Show at each answer what is wrong, but not while somebody is typing in it."""
        focus = QApplication.focusWidget()
        for key, row in self.rows.items():
            if row.isHidden():
                continue
            sentence = self._viewmodel.judgement.problem_at(self._source.place(key))
            own = getattr(row.field, "error", None)
            if callable(own) and own():
                sentence = picker_error(row.field)  # other fields show their own problem
            if not sentence or focus is not row.field.target():
                row.say(sentence)
            if row.card is not None:
                row.card.judge()
        for key, numbers in self.numbers.items():
            numbers.set_error(self._viewmodel.judgement.problem_at(self._source.place(key)))

    # The keyboard

    def take_cursor(self, key: str = "") -> bool:
        """Into the answer of a question, or the first one asked; whether there was one."""
        if key in self.numbers:
            self.numbers[key].field.setFocus(Qt.FocusReason.OtherFocusReason)
            return True
        rows = [row for name, row in self.rows.items() if not row.isHidden() and key in ("", name)]
        if rows:
            rows[0].take_cursor()
            return True
        fields = [row.field for row in self.numbers.values() if not row.isHidden()]
        if fields and not key:
            fields[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(fields) and not key

    def _on_answered(self, question: Question, answer: Any) -> None:
        where = self._source.reference(question.key)
        opens = question.opens_issue(answer)
        raises = question.traits.concerns or question.raises_category or question.concerns
        drops = not opens and bool(raises) and not question.is_concern(answer)
        if not opens and not drops:
            self._source.put(question.key, answer)
            return
        with self._viewmodel.together():
            self._source.put(question.key, answer)
            if opens:
                self._viewmodel.issues.open(question, where, self._source.found_at(question))
            else:
                self._viewmodel.issues.drop_untouched(where)

    def _on_issue_wanted(self, key: str) -> None:
        """Open an issue about an answer, which the row offered."""
        row = self.rows[key]
        self._viewmodel.issues.open(
            row.question, self._source.reference(key), self._source.found_at(row.question)
        )
        self._show_card(row)
        if row.card is not None:
            row.card.take_cursor()

    def _on_left(self, key: str, step: int) -> None:
        row = self.rows[key]
        if step > 0 and row.card is not None and not row.card.is_described():
            row.card.take_cursor()
            return
        keys = [name for name, row in self.rows.items() if not row.isHidden()]
        at = keys.index(key) + step
        if 0 <= at < len(keys):
            self.rows[keys[at]].take_cursor()
