"""What the sections of the form have in common: rows of fields, with problems shown beside them."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from visitapp.domain.draft.report_sections import TaskSection
from visitapp.domain.report.form import Question, applying
from visitapp.domain.report.place import ANSWERS, NOWHERE, Place
from visitapp.ui.log.questions.answer_source import VisitAnswers
from visitapp.ui.log.questions.question_list import QuestionList
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.look.tokens import BETWEEN_DOWN
from visitapp.ui.widgets.banner import Banner, BannerArea
from visitapp.ui.widgets.describing import innermost
from visitapp.ui.widgets.fields import FormRow
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.picker import picker_error

_NOT_INSIDE = "You were not let in, so there is nothing to answer here."


class SectionWidget(QWidget):
    """Subclasses add their panels to `body`, rows of core questions to `rows`, and lists of
    the form's own questions to `lists`, and fill them.

    `heading` stands at the right of the section's name, `note` beside it.
    """

    def __init__(self, viewmodel: LogViewModel, section: TaskSection) -> None:
        super().__init__()
        self.viewmodel, self.section, self.key = viewmodel, section, section.key
        self.rows: dict[str, FormRow] = {}
        self.lists: list[QuestionList] = []
        self.heading: QWidget | None = None
        self.notes = BannerArea()
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(BETWEEN_DOWN)
        self.body.addWidget(self.notes)
        self.missing = label("", "second", "text2", wrap=True)
        self.missing.hide()
        self.body.addWidget(self.missing)
        self.nothing = label("", "body", "text2", wrap=True)
        self.nothing.hide()
        self.body.addWidget(self.nothing)

    def note(self) -> str:
        """A short note beside the section's name."""
        return ""

    def ask(self, key: str) -> Question:
        """The words of a core question in the form."""
        return next(question for question in self.section.of.questions if question.key == key)

    def add_by_key(self) -> bool:
        """Ctrl+Enter: add a row or an issue. Returns whether this section has any."""
        return False

    def issue_by_key(self) -> bool:
        """Ctrl+Shift+I: open the issue that an answer here asks for. Returns whether there is
        one."""
        return False

    def turn(self, step: int) -> None:
        """Alt+Right and Alt+Left: go to the next or previous row, if rows are shown one at a
        time."""

    def rest_by_key(self) -> None:
        """Ctrl+Shift+R: mark what is left as not checked."""

    def own_questions(self) -> tuple[Question, ...]:
        """The form's own questions of this section."""
        return tuple(q for q in self.section.of.questions if not q.is_core)

    def add_list(self, questions: Sequence[Question], title: str = "") -> None:
        """Add a list of the form's questions."""
        if questions:
            question_list = QuestionList(
                self.viewmodel, VisitAnswers(self.viewmodel), questions, title
            )
            self.lists.append(question_list)
            self.body.addWidget(question_list)

    def fill(self) -> None:
        """Show the answers of the report that was opened."""
        for question_list in self.lists:
            question_list.fill()

    def follow(self) -> None:
        """Update what depends on the answers. Called after each answer."""
        for question_list in self.lists:
            question_list.follow()
        facts = self.viewmodel.reading.facts
        asks_nothing = (
            bool(self.lists) and not self.rows and not applying(self.section.of.questions, facts)
        )
        self.nothing.setText(_NOT_INSIDE if asks_nothing else "")
        self.nothing.setVisible(asks_nothing)

    def add_row(
        self, field: str, widget: QWidget, *, text: str = "", hint: str = "", wide: bool = False
    ) -> FormRow:
        """Add the row of a core question, with the form's words or with `text` and `hint`."""
        question = self.ask(field)
        row = FormRow(text or question.ask, widget, question.help or hint, wide=wide)
        self.rows[field] = row
        return row

    def judge(self) -> None:
        """Show at each field what is wrong, but not while somebody is typing in it."""
        focus = QApplication.focusWidget()
        for field, row in self.rows.items():
            sentence = self.viewmodel.judgement.problem_at(Place(field))
            own = getattr(row.field, "error", None)
            if callable(own) and own():
                sentence = picker_error(row.field)  # other fields show their own problem
            if not sentence or focus is None or focus is not innermost(row.field):
                row.set_error(sentence)
        for question_list in self.lists:
            question_list.judge()
        self._warn()

    def judge_now(self) -> None:
        """Save and judge as soon as a field is left: the last findings may be about a half-typed
        answer."""
        self.viewmodel.flush()
        self.judge()

    def _missing_words(self) -> str:
        """What must still be answered here before the report can be signed."""
        judgement, section = self.viewmodel.judgement, self.viewmodel.section(self.key)
        left = [f for f in judgement.blocking if section.holds(f) and not judgement.is_due(f)]
        sentences = dict.fromkeys(finding.sentence for finding in left)
        return f"Before you sign: {' '.join(sentences)}" if sentences else ""

    def _warn(self) -> None:
        self.missing.setText(self._missing_words())
        self.missing.setVisible(bool(self.missing.text()))
        sentences = self.viewmodel.judgement.warnings_in(self.viewmodel.section(self.key))
        shown = [banner.sentence for banner in self.notes.banners() if banner.kind == "warn"]
        if sentences != shown:
            for index in range(len(shown)):
                self.notes.clear(f"warning {index}")
            for index, sentence in enumerate(sentences):
                self.notes.show_banner(Banner("warn", sentence), f"warning {index}")

    def take_cursor(self, place: Place = NOWHERE) -> None:
        """Move the cursor to a place, or to the first field."""
        if place.part == ANSWERS and any(
            question_list.take_cursor(place.key) for question_list in self.lists
        ):
            return
        row = self.rows.get(place.part)
        target = row.field if row is not None else self.first_field()
        if target is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            any(question_list.take_cursor() for question_list in self.lists)

    def first_field(self) -> QWidget | None:
        """The field that gets the cursor when the section is opened; None for the first
        question."""
        return next((row.field for row in self.rows.values() if not row.isHidden()), None)
