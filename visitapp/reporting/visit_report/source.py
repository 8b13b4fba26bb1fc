"""What a copy of a report is made from: the report as one reader may see it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from visitapp.domain.office.scheme import Kind, Office
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.records.anchor import Anchor
from visitapp.domain.report.adding_up import Sum, sum_of
from visitapp.domain.report.answer_rules import facts_of
from visitapp.domain.report.answers import Answered, answered_of
from visitapp.domain.report.copies import Recipient
from visitapp.domain.report.form import Form, FormSection, Question, applying
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.pasted import in_one_line
from visitapp.reporting.blocks import Block, Paragraph, Run

_LONG = 120
"""An answer with more letters has a paragraph of its own."""


@dataclass(frozen=True, slots=True)
class VisitCopy:
    """`visit` and `form` contain only what the recipient may see, and nothing here knows more.

    `form` is None for a report that wasn't written with one. `animals` are names by id. `anchor` is
    the state of the ledger when the report was signed. `confirmed` are the visitors who confirmed
    this edition on their own copies, and when (UTC).
    """

    visit: Visit
    form: Form | None
    about: ReportContext
    office: Office
    recipient: Recipient
    animals: Mapping[UUID, str] = field(default_factory=dict)
    anchor: Anchor | None = None
    confirmed: Mapping[UUID, datetime] = field(default_factory=dict)

    @property
    def is_custody(self) -> bool:
        """Whether people were visited, not animals."""
        return self.about.scheme.kind is Kind.CUSTODY

    @property
    def answered(self) -> Answered:
        """The answers, with the rows of detainees or animals."""
        return answered_of(self.visit)

    @property
    def sum(self) -> Sum:
        """Who was there, and what happened."""
        visit, about = self.visit, self.about
        return sum_of(about.scheme.kind, visit.present, visit.counts, about.book, visit.arrived.day)

    def asked(self, section: FormSection) -> tuple[Question, ...]:
        """The form's own questions of a section that were asked at this visit."""
        facts = facts_of(self.visit, self.answered, self.about.scheme.immediate_limit)
        return tuple(q for q in applying(section.questions, facts) if not q.is_core)

    def answer(self, question: Question) -> str:
        """An answer as it is printed; empty if there is none."""
        answers = {} if self.visit.report is None else self.visit.report.answers
        printed = question.shown(answers.get(question.key)).strip()
        return in_one_line(printed) if question.traits.has_lines else printed


def named(name: str, words: str) -> tuple[Run, ...]:
    """`Name: words`, with the name in bold."""
    return Run(f"{name}: ", bold=True), Run(words)


def asked_and_answered(entries: Iterable[tuple[str, str]]) -> list[Block]:
    """Questions with their answers in one paragraph; an answer of several sentences has its
    own."""
    blocks: list[Block] = []
    short: list[Run] = []
    for ask, answer in entries:
        if not answer:
            continue
        mark = "" if ask[-1:] == "?" else ":"
        runs = [Run(f"{ask}{mark} ", bold=True), Run(ended(answer))]
        if len(answer) > _LONG:
            blocks.append(Paragraph(tuple(runs)))
            continue
        short += [Run(" "), *runs] if short else runs
    return [Paragraph(tuple(short)), *blocks] if short else blocks


def ended(words: str) -> str:
    """A text with the end of a sentence."""
    words = in_one_line(words)
    return words if not words or words[-1] in ".!?\u2026\u201d" else f"{words}."
