"""A report being written, with the findings about it."""

from dataclasses import dataclass

from visitapp.domain.draft.report_form import Reading
from visitapp.domain.draft.report_sections import (
    SectionProgress,
    TaskSection,
    is_unfinished,
    progress,
)
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.report.place import Place
from visitapp.domain.report.rules import Finding


@dataclass(frozen=True, slots=True)
class Judgement:
    """`findings` are about `reading`, what was read from `report`.

    Missing answers are shown as problems only once the writer has `pressed` to sign.
    """

    report: TypedReport
    reading: Reading
    findings: tuple[Finding, ...]
    pressed: bool = False

    @property
    def blocking(self) -> tuple[Finding, ...]:
        """What must be put right before the report can be locked."""
        return tuple(finding for finding in self.findings if finding.blocks)

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What is worth a look, but stops nothing."""
        return tuple(finding for finding in self.findings if not finding.blocks)

    def is_due(self, finding: Finding) -> bool:
        """Whether to show it at its field now."""
        return self.pressed or not is_unfinished(finding, self.report, self.reading)

    def problem_at(self, place: Place, *, of_words: bool = False) -> str:
        """What is wrong at a place, or `of_words` with its words; empty if nothing is to be shown
        yet."""
        problems = (f for f in self.blocking if (f.place, f.of_words) == (place, of_words))
        return next((finding.sentence for finding in problems if self.is_due(finding)), "")

    def warnings_in(self, section: TaskSection) -> list[str]:
        """What is worth a look in a section."""
        return [f.sentence for f in self.warnings if section.holds(f) and self.is_due(f)]

    def progress(self, section: TaskSection) -> SectionProgress:
        """How far a section has come."""
        return progress(section, self.report, self.reading, self.findings, pressed=self.pressed)
