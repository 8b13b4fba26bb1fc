"""The writers' decisions about words that may identify a person."""

from collections.abc import Sequence

from visitapp.domain.draft.report_texts import undecided_findings
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.rules import Finding
from visitapp.services.reports.privacy import ReportGuard
from visitapp.ui.context import Context
from visitapp.ui.log.changes.writing import Writing


class Decisions:
    """Decisions about words, kept in the draft and then in the signed report."""

    def __init__(self, writing: Writing, context: Context) -> None:
        self._writing, self._context = writing, context

    def guard(self) -> ReportGuard:
        """The privacy guard for the report's free texts."""
        about_animals = self._writing.kind is Kind.ANIMAL_WELFARE
        return self._context.services.privacy.guard(about_animals=about_animals)

    def all(self) -> tuple[KeptWords, ...]:
        """Every decision so far."""
        return self._writing.report.kept_words

    def keep(self, question: Place, kept: Sequence[KeptWords]) -> None:
        """Keep the decisions about one text."""
        decisions = self._writing.report.with_decisions(question, kept)
        self._writing.answer("kept_words", decisions)

    def missing(self) -> list[Finding]:
        """A finding for each word that still needs a decision."""
        reading = self._writing.reading
        form = None if reading.basis is None else reading.basis.form
        return undecided_findings(reading.visit, reading.answered, form, self.guard().look_at)
