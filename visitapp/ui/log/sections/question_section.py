"""A section of a form's own questions: the suite, staff and conduct, a checklist, overall."""

from dataclasses import replace

from visitapp.domain.draft.report_sections import TaskSection
from visitapp.domain.reading.report_cards import check_numbers
from visitapp.domain.report.form import Question
from visitapp.domain.report.kinds import NOT_CHECKED
from visitapp.domain.report.place import NOWHERE, Place, answer_place
from visitapp.ui.log.questions.answer_source import CORE_WORDS, VisitAnswers
from visitapp.ui.log.sections.section import SectionWidget
from visitapp.ui.log.viewmodel import LogViewModel
from visitapp.ui.widgets.buttons import button
from visitapp.ui.widgets.flow import FlowRow

_CHECKLIST = 5
"""With this many checklist items, a section counts as a checklist."""


class QuestionSection(SectionWidget):
    """All questions in the order of the form. The remaining items of a checklist can be marked as
    not checked together, but never as satisfactory."""

    def __init__(self, viewmodel: LogViewModel, section: TaskSection) -> None:
        super().__init__(viewmodel, section)
        self.checks = [q for q in section.of.questions if q.is_check]
        self.others = button("", self.rest_by_key, icon="minus", shortcut="Ctrl+Shift+R")
        self.others.setParent(self)
        self.others.hide()
        if len(self.checks) >= _CHECKLIST:
            self.heading = FlowRow()
            self.heading.add(self.others)
        self.add_list([_as_words(question) for question in section.of.questions])

    def note(self) -> str:
        """Progress of the checklist: `21 items: 18 satisfactory, 1 concern, 2 to answer`."""
        if self.heading is None:
            return ""
        return check_numbers(self.checks, self.viewmodel.reading.answered)

    def follow(self) -> None:
        """Update how many items of the checklist are left."""
        super().follow()
        left = self._left()
        self.others.setText(f"Mark the remaining {len(left)} as not checked")
        self.others.setAccessibleName(self.others.text())
        self.others.setVisible(self.heading is not None and bool(left))

    def _left(self) -> list[str]:
        answers = self.viewmodel.report.answers
        return [question.key for question in self.checks if question.key not in answers]

    def rest_by_key(self) -> None:
        """Mark the remaining items of a checklist as not checked."""
        left = self._left()
        if left and self.others.hasFocus():  # the button is about to be hidden
            self.take_cursor(answer_place(left[0]))
        VisitAnswers(self.viewmodel).put_all(dict.fromkeys(left, NOT_CHECKED))

    def take_cursor(self, place: Place = NOWHERE) -> None:
        """Move the cursor to a place; texts that every report has are among the form's own
        questions."""
        super().take_cursor(answer_place(place.part) if place.part in CORE_WORDS else place)


def _as_words(question: Question) -> Question:
    """The summary as a question for text."""
    return replace(question, kind="text") if question.key in CORE_WORDS else question
