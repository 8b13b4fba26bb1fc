"""Where answers are kept: those about the visit, and those about one row of it."""

from typing import Any, Protocol

from visitapp.domain.draft.report_sections import asked
from visitapp.domain.draft.row_edits import changed_answers
from visitapp.domain.report.form import Question, applying
from visitapp.domain.report.place import Place, answer_place, of_row
from visitapp.ui.log.viewmodel import LogViewModel

CORE_WORDS = ("summary",)
"""Texts that every report has. They are core questions, but are asked like the form's own."""


CODED_DETAILS = {"ethnicity": "ethnicity"}
"""Details of a row that are asked like the form's own questions, with their lists of codes."""


class AnswerSource(Protocol):
    """The answers that a list of questions shows."""

    def answer_of(self, key: str) -> Any:
        """The answer as it was typed; None if there is none."""

    def put(self, key: str, answer: Any) -> None:
        """Store an answer; None removes it."""

    def asked(self, questions: tuple[Question, ...]) -> set[str]:
        """The keys of the questions that are asked at present."""

    def place(self, key: str) -> Place:
        """The place of an answer, as findings name it."""

    def reference(self, key: str) -> Place:
        """The place of an answer, as issues and decisions in the draft name it."""

    def found_at(self, question: Question) -> str:
        """Where the matter was found, for an issue that an answer opens."""


class VisitAnswers:
    """Answers about the visit as a whole."""

    def __init__(self, viewmodel: LogViewModel) -> None:
        self._viewmodel = viewmodel

    def answer_of(self, key: str) -> Any:
        """The answer as it was typed."""
        if key in CORE_WORDS:
            return getattr(self._viewmodel.report, key) or None
        return self._viewmodel.report.answers.get(key)

    def put(self, key: str, answer: Any) -> None:
        """Store an answer."""
        if key in CORE_WORDS:
            self._viewmodel.answer(key, answer or "")
            return
        self.put_all({key: answer})

    def put_all(self, answers: dict[str, Any]) -> None:
        """Store several answers at once."""
        before = self._viewmodel.report.answers
        self._viewmodel.answer("answers", changed_answers(before, answers))

    def asked(self, questions: tuple[Question, ...]) -> set[str]:
        """The keys of the questions whose condition is met."""
        return {question.key for question in applying(questions, self._viewmodel.reading.facts)}

    def place(self, key: str) -> Place:
        """An answer about the visit, or a text that every report has."""
        return Place(key) if key in CORE_WORDS else answer_place(key)

    def reference(self, key: str) -> Place:
        """The same place, since there is only one visit."""
        return self.place(key)

    def found_at(self, question: Question) -> str:
        """The item of a checklist, whose words name a place."""
        return question.ask if question.is_check else ""


class RowAnswers:
    """Answers about one row; another row can be chosen."""

    def __init__(self, viewmodel: LogViewModel, section: str) -> None:
        self._viewmodel, self._section = viewmodel, section
        self.row_id = ""

    def answer_of(self, key: str) -> Any:
        """The answer as it was typed."""
        if key in CODED_DETAILS:
            return getattr(self._viewmodel.rows.get(self.row_id), key) or None
        return self._viewmodel.rows.answer_of(self.row_id, key)

    def put(self, key: str, answer: Any) -> None:
        """Store an answer."""
        if key in CODED_DETAILS:
            self._viewmodel.rows.set_details(self.row_id, {key: answer or ""})
        else:
            self._viewmodel.rows.answer(self.row_id, {key: answer})

    def put_all(self, answers: dict[str, Any]) -> None:
        """Store several answers at once."""
        self._viewmodel.rows.answer(self.row_id, answers)

    def asked(self, questions: tuple[Question, ...]) -> set[str]:
        """The keys of the questions that the section asks about this row."""
        row = self._viewmodel.row(self.row_id)
        section = self._viewmodel.section(self._section)
        if row is None:
            return set()
        keys = {question.key for question in asked(self._viewmodel.register.basis, section, row)}
        return keys & {question.key for question in questions}

    def place(self, key: str) -> Place:
        """The place, with the row's number."""
        row = self._viewmodel.row(self.row_id)
        return of_row(0 if row is None else row.number, key)

    def reference(self, key: str) -> Place:
        """The place, with the row's id: numbers change when rows are added or removed."""
        return of_row(self.row_id, key)

    def found_at(self, _question: Question) -> str:
        """The cell or the animal."""
        row = self._viewmodel.row(self.row_id)
        entry = None if row is None or row.count is None else row.count.row
        if entry is None:
            return ""
        names = self._viewmodel.surroundings().animals
        cell = f"Cell {entry.cell}" if entry.cell else ""
        return names.get(entry.animal_id, "") if entry.animal_id else cell
