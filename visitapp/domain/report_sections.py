"""The sections of a report as a task list, and how far each has come."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from visitapp.domain.report_form import Content, Reading
from visitapp.domain.rules import Finding
from visitapp.domain.scheme import Kind

CHECK = "check"
"""Where a draft's `section` says that the writer was at "Check your answers"."""


class Progress(StrEnum):
    """How far a section has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    PROBLEM = "problem"

    @property
    def words(self) -> str:
        """As the task list says it."""
        return {
            "not_started": "Not started",
            "in_progress": "In progress",
            "done": "Done",
            "problem": "Has a problem",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Section:
    """`fields` are keys of a draft's content; findings name them."""

    key: str
    title: str
    fields: tuple[str, ...]

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is about this section."""
        name = finding.field.split(":")[0]
        return ("counts" if name == "count" else name) in self.fields


def sections(kind: Kind) -> tuple[Section, ...]:
    """The sections of a scheme's report, in their order."""
    counted = "Detainees" if kind is Kind.CUSTODY else "Animals"
    return (
        Section(
            "visit",
            "The visit",
            ("site_id", "date", "type", "mode", "status", "visitors", "observers"),
        ),
        Section(
            "times",
            "Times and access",
            ("arrived", "admitted", "left", "delay_reason", "delay_explanation", "extra_minutes"),
        ),
        Section("counts", counted, ("present", "counts")),
        Section("issues", "Issues", ("issues", "nothing_raised")),
        Section("summary", "Summary", ("summary",)),
    )


def section_of(kind: Kind, finding: Finding) -> Section | None:
    """The section that a finding is about; None for what belongs to the whole report."""
    return next((section for section in sections(kind) if section.holds(finding)), None)


def progress(
    section: Section,
    content: Content,
    reading: Reading,
    findings: Sequence[Finding],
    *,
    pressed: bool = False,
) -> Progress:
    """How far a section has come. Nothing is compulsory until the writer has `pressed` to
    sign: until then only what is wrong is a problem, not what is still missing."""
    blocking = [finding for finding in findings if finding.blocks and section.holds(finding)]
    if any(pressed or not is_unfinished(finding, content, reading) for finding in blocking):
        return Progress.PROBLEM
    if not any(is_answered(content, field) for field in section.fields):
        return Progress.NOT_STARTED
    return Progress.IN_PROGRESS if blocking else Progress.DONE


def is_answered(content: Content, field: str) -> bool:
    """Whether anything stands under a key of the content."""
    value: Any = content.get(field)
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list):
        return any(value)
    return value is not None and value is not False


def is_unfinished(finding: Finding, content: Content, reading: Reading) -> bool:
    """Whether a finding only says that something is still to come."""
    if finding.field.startswith("issues:"):
        return True
    if finding.field == "present":
        whole = reading.visit.present
        return whole is None or reading.visit.accounted < whole
    if finding.field == "visitors" and not finding.blocks:
        return len(reading.visit.visitors) < 2
    return not is_answered(content, finding.field)
