"""What the Questions section reads and changes, without widgets."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report import form_changes
from visitapp.domain.report.form import Form, Question, RowGroup
from visitapp.domain.report.form_changes import Part
from visitapp.domain.report.kinds import KINDS, Option
from visitapp.domain.text.wording import lowered
from visitapp.services import Services
from visitapp.ui.settings.animal_entries import CarryOut

_KEPT = "Older reports keep their form."


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in the table; `id` is its key, unique in the form."""

    id: str
    question: Question


class QuestionEntries:
    """Works on the open file; `carry_out` runs a change and reports the result or the problem."""

    def __init__(self, services: Services, carry_out: CarryOut) -> None:
        self._services, self._carry_out = services, carry_out

    def form(self, scheme_id: UUID) -> Form:
        """The newest version of a scheme's form."""
        return self._services.forms.form(scheme_id)

    def parts(self, scheme_id: UUID) -> list[tuple[str, str]]:
        """The (key, name) of each section, and of each group of questions about detainees or
        animals."""
        form = self.form(scheme_id)
        return [(part.key, _part_words(form, part)) for part in form_changes.parts(form)]

    def asked(self, scheme_id: UUID, part_key: str) -> list[Asked]:
        """The questions of one part, in order."""
        part = form_changes.part_of(self.form(scheme_id), part_key)
        return [Asked(question.key, question) for question in part.questions]

    def about(self, scheme: Scheme) -> str:
        """Which version the form is, how long it is, and what changing it does."""
        form = self.form(scheme.id)
        every = (*form.questions(), *form.row_questions())
        asked = sum(not question.is_retired for question in every)
        return (
            f"{scheme.label} form, version {form.number}: {asked} questions in "
            f"{len(form.sections)} sections. If you change it, new reports use version "
            f"{form.number + 1}. Reports already written keep their version."
        )

    def kinds(self, scheme_id: UUID, part_key: str) -> list[tuple[str, str]]:
        """The kinds that a new question in this part can have."""
        of_rows = self.is_of_rows(scheme_id, part_key)
        return [
            (name, kind.words)
            for name, kind in KINDS.items()
            if not kind.is_built_in and not (of_rows and kind.is_check)
        ]

    def is_of_rows(self, scheme_id: UUID, part_key: str) -> bool:
        """Whether the questions of this part are asked about each detainee or animal."""
        return isinstance(form_changes.part_of(self.form(scheme_id), part_key), RowGroup)

    def categories(self, scheme_id: UUID) -> list[tuple[str, str]]:
        """The categories for an issue that a concern raises."""
        offered = self._services.setup.codes(scheme_id).offered(
            "issue_category", self._services.access.today()
        )
        return [(code.code, code.label) for code in offered if code.group != "positive"]

    def may_be_needed(self, scheme_id: UUID, part_key: str, question: Question | None) -> bool:
        """Whether this question may be made compulsory."""
        if question is None:
            return not self.is_of_rows(scheme_id, part_key)
        first = self._services.forms.first(scheme_id)
        return form_changes.may_be_needed(self.form(scheme_id), first, question.key)

    def is_own(self, scheme_id: UUID, question: Question | None) -> bool:
        """Whether the scheme added the question itself, and so may change everything about it."""
        first = self._services.forms.first(scheme_id)
        return question is None or form_changes.question_of(first, question.key) is None

    def may_stop(self, scheme_id: UUID, question: Question) -> bool:
        """Whether this question may be dropped."""
        return form_changes.may_stop(self._services.forms.first(scheme_id), question.key)

    # -- changing ------------------------------------------------------------------------

    def add(self, scheme_id: UUID, part_key: str, question: Question) -> str | None:
        """Add a question and return its key. The key of `question` is ignored."""
        forms = self._services.forms
        key = forms.free_key(scheme_id, question.ask)
        added = replace(question, key=key)

        def keep() -> Changes:
            return forms.add_question(scheme_id, part_key, added)

        return key if self._carry_out(keep, f"Question added. {_KEPT}") else None

    def change(self, scheme_id: UUID, question: Question) -> str | None:
        """Change the wording of a question and return its key."""

        def keep() -> Changes:
            return self._services.forms.change_question(scheme_id, question)

        return question.key if self._carry_out(keep, f"Question saved. {_KEPT}") else None

    def move(self, scheme_id: UUID, question: Question, by: int) -> bool:
        """Move a question up (-1) or down (1)."""

        def keep() -> Changes:
            return self._services.forms.move_question(scheme_id, question.key, by)

        return self._carry_out(keep, f"Order changed. {_KEPT}")

    def stop(self, scheme_id: UUID, question: Question) -> bool:
        """Stop asking a question."""

        def keep() -> Changes:
            return self._services.forms.remove_question(scheme_id, question.key)

        return self._carry_out(keep, f"This question will no longer be asked. {_KEPT}")

    def ask_again(self, scheme_id: UUID, question: Question) -> bool:
        """Ask a dropped question again."""

        def keep() -> Changes:
            return self._services.forms.ask_again(scheme_id, question.key)

        return self._carry_out(keep, f"It is asked again. {_KEPT}")


def answered_by(question: Question) -> str:
    """The kind of answer, in words."""
    words = question.traits.words
    if question.is_retired:
        return f"{words}; earlier reports only"
    return f"{words}; needed" if question.compulsory else words


def options_of(rows: Sequence[Sequence[str | bool]]) -> tuple[Option, ...]:
    """Rows of (label, code) as options. A new one gets a code made from its label."""
    options: list[Option] = []
    taken = {str(code) for _, code in rows if code}
    for words, kept in rows:
        label = " ".join(str(words).split())
        code = str(kept) or form_changes.new_answer_code(label, taken)
        taken.add(code)
        options.append(Option(code, label))
    return tuple(options)


def _part_words(form: Form, part: Part) -> str:
    number = len(part.questions)
    if isinstance(part, RowGroup):
        return f"Each {form.row_of}: {lowered(part.title)} ({number})"
    return f"{part.title} ({number})"
