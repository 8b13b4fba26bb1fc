"""What a form on paper is made from, and its conditions in words."""

from dataclasses import dataclass
from datetime import date

from visitapp.domain.office.codes import Code, CodeBook
from visitapp.domain.office.scheme import Kind, Office, Scheme
from visitapp.domain.report.adding_up import GENERIC_SEEN
from visitapp.domain.report.copies import Audience, form_for
from visitapp.domain.report.form import Form, Question
from visitapp.domain.text.wording import joined

_WHEN = {
    "delayed": "Only if you waited longer than {limit} minutes",
    "child_not_seen": "Only if a child or a vulnerable person was in custody and not seen",
    "female": "women and girls",
    "record_agreed": "if they agreed to a check",
}


@dataclass(frozen=True, slots=True)
class BlankForm:
    """A scheme's current form, with everything it refers to."""

    form: Form
    scheme: Scheme
    book: CodeBook
    office: Office
    today: date

    @property
    def is_custody(self) -> bool:
        """Whether rows are detainees."""
        return self.scheme.kind is Kind.CUSTODY

    @property
    def what(self) -> str:
        """What a row is about."""
        return "detainee" if self.is_custody else "animal"

    @property
    def open_form(self) -> Form:
        """The form without what the police must not see."""
        return form_for(self.form, Audience.POLICE)

    def labels(self, list_name: str) -> tuple[str, ...]:
        """The values that a visit today may have."""
        return tuple(code.label for code in self.book.offered(list_name, self.today))

    def outcomes(self) -> tuple[Code, ...]:
        """The possible outcomes; "seen" without a place only if there is no other way of being
        seen."""
        offered = self.book.offered("outcome", self.today)
        ways = [code.code for code in offered if code.group == "seen"]
        return tuple(c for c in offered if c.code != GENERIC_SEEN or ways == [GENERIC_SEEN])

    def when(self, question: Question) -> str:
        """When a question is asked; empty for always."""
        if known := _WHEN.get(question.when, ""):
            return known.format(limit=self.scheme.immediate_limit)
        answers = [condition.split("=") for condition in question.waits_for if "=" in condition]
        asked = {q.key: q for q in (*self.form.questions(), *self.form.row_questions())}
        words = [asked[key].shown(code) for key, code in answers if key in asked]
        choices = joined([f"\u201c{word}\u201d" for word in words], "or")
        return f"if {choices} above" if choices else ""

    def help(self, question: Question) -> str:
        """When the question is asked, and help with answering it."""
        return ". ".join(filter(None, [self.when(question), question.help]))
