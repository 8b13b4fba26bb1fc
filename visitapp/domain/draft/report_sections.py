"""The sections of a report as a task list, and how far each has come."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from visitapp.domain.draft.report_form import Reading, ReadingBasis
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.report.answer_rules import COUNTS, asked_of_row, groups_of, is_seen
from visitapp.domain.report.answers import Row
from visitapp.domain.report.form import Form, FormSection, Question, applying
from visitapp.domain.report.place import ANSWERS, COUNT, ISSUES, ROWS, Place, answer_place
from visitapp.domain.report.rules import Finding

CHECK = "check"
"""Where a draft's `section` says that the writer was at "Check your answers"."""

_EARLIER = {"times": ("access",), "counts": ("detainees", "animals"), "summary": ("overall",)}
"""Sections of drafts that were begun before there were forms."""
_CORE = {
    "counts": ("counts", "rows", "counting"),
    "issues": ("issues", "nothing_raised"),
    "arrived": ("arrived", "second_time"),
}
"""Keys of the content that a core question stands for, where they are not its own."""


class SectionProgress(StrEnum):
    """How far a section has come."""

    NOT_STARTED = "not_started"
    IN_PROGRESS = "in_progress"
    DONE = "done"
    PROBLEM = "problem"
    NOT_NEEDED = "not_needed"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left to do there."""
        return self in (SectionProgress.DONE, SectionProgress.NOT_NEEDED)

    @property
    def words(self) -> str:
        """The words of the task list."""
        return {
            "not_started": "Not started",
            "in_progress": "In progress",
            "done": "Done",
            "problem": "Has a problem",
            "not_needed": "Not needed",
        }[self.value]


@dataclass(frozen=True, slots=True)
class TaskSection:
    """`places` are those of its questions, as findings name them.
    `row_keys` are those of the questions about a row that the section shows."""

    key: str
    title: str
    places: tuple[Place, ...]
    row_keys: frozenset[str]
    of: FormSection

    def holds(self, finding: Finding) -> bool:
        """Whether a finding is about this section."""
        return self.has(finding.place)

    def has(self, place: Place) -> bool:
        """Whether a place belongs to this section."""
        if place.part == ROWS:
            return place.key in self.row_keys
        if place.part == ANSWERS:
            return place in self.places
        return Place(COUNTS if place.part == COUNT else place.part) in self.places


def sections(form: Form) -> tuple[TaskSection, ...]:
    """The sections of a form's reports, in their order."""
    return tuple(
        TaskSection(
            section.key,
            section.title,
            tuple(place for question in section.questions for place in _places(question)),
            frozenset(q.key for group in groups_of(form, section) for q in group.questions),
            section,
        )
        for section in form.sections
    )


def _places(question: Question) -> tuple[Place, ...]:
    if question.is_core:
        return tuple(map(Place, _CORE.get(question.key, (question.key,))))
    return (answer_place(question.key),)


def section_of(form: Form, finding: Finding) -> TaskSection | None:
    """The section that a finding is about; None for what belongs to the whole report."""
    return next((section for section in sections(form) if section.holds(finding)), None)


def section_key(form: Form, kept: str) -> str:
    """The section in which the writer left the draft; the first if the form has no such section."""
    keys = [section.key for section in form.sections]
    for key in (kept, *_EARLIER.get(kept, ())):
        if key in keys or key == CHECK:
            return key
    return keys[0]


def progress(
    section: TaskSection,
    report: TypedReport,
    reading: Reading,
    findings: Sequence[Finding],
    *,
    pressed: bool = False,
) -> SectionProgress:
    """How far a section has come. Nothing is compulsory until the writer has `pressed` to
    sign: until then only what is wrong is a problem, not what is still missing."""
    blocking = [finding for finding in findings if finding.blocks and section.holds(finding)]
    if any(pressed or not is_unfinished(finding, report, reading) for finding in blocking):
        return SectionProgress.PROBLEM
    if section.of.of_rows:
        return _progress_of_rows(section, reading)
    if section.of.questions and not applying(section.of.questions, reading.facts):
        return SectionProgress.NOT_NEEDED
    if not any(is_answered(report, place) for place in section.places if place.part != "counting"):
        return SectionProgress.NOT_STARTED
    return (
        SectionProgress.IN_PROGRESS
        if blocking or _is_open(section, reading)
        else SectionProgress.DONE
    )


def _is_open(section: TaskSection, reading: Reading) -> bool:
    """Whether a question that always has an answer is still open."""
    return any(
        reading.answered.answers.get(question.key) is None
        for question in applying(section.of.questions, reading.facts)
        if question.traits.is_choice or (question.traits.has_lines and question.when)
    ) or any(
        question.is_check and question.key not in row.answers
        for row in reading.answered.rows
        for question in (asked(reading.basis, section, row) if reading.basis else ())
    )


def _progress_of_rows(section: TaskSection, reading: Reading) -> SectionProgress:
    """The progress of a section about each row seen and those counted without a row. Where nobody
    was seen, there is nothing to ask."""
    basis = reading.basis
    rows = seen_rows(reading)
    answers = reading.answered.answers
    own = [
        (question.traits.is_choice, question.key in answers)
        for question in applying(section.of.questions, reading.facts)
    ]
    if "outside" in reading.facts and not rows:
        return SectionProgress.NOT_NEEDED
    if basis is None or not (rows or own):
        counted = reading.visit.present is not None and reading.visit.accounted
        return SectionProgress.DONE if counted else SectionProgress.NOT_STARTED
    states = own + [
        (question.traits.is_choice, question.key in row.answers)
        for row in rows
        for question in asked(basis, section, row)
    ]
    if not any(is_given for _, is_given in states):
        return SectionProgress.NOT_STARTED
    wanted = [is_given for is_choice, is_given in states if is_choice]
    return SectionProgress.DONE if all(wanted) else SectionProgress.IN_PROGRESS


def asked(basis: ReadingBasis, section: TaskSection, row: Row) -> Iterator[Question]:
    """The questions that a section asks about a row."""
    seen = is_seen(row, basis.book)
    for group in groups_of(basis.form, section.of):
        yield from asked_of_row(group, row, seen)


def seen_rows(reading: Reading) -> tuple[Row, ...]:
    """The rows of those who were seen."""
    if reading.basis is None:
        return ()
    book = reading.basis.book
    return tuple(row for row in reading.answered.rows if is_seen(row, book))


def is_answered(report: TypedReport, place: Place) -> bool:
    """Whether anything was typed into a field, or is the answer to a question."""
    value: Any = report.answers.get(place.key) if place.part == ANSWERS else None
    if not place.key:
        value = getattr(report, place.part, None)
    if isinstance(value, str):
        return bool(value.strip())
    if isinstance(value, list | tuple):
        return any(value)
    return value is not None and value is not False


def is_unfinished(finding: Finding, report: TypedReport, reading: Reading) -> bool:
    """Whether a finding is only about something not entered yet."""
    place = finding.place
    if finding.of_words:
        return False
    if place.part == ISSUES and place.row:
        issue = dict(enumerate(report.issues)).get(place.number)
        return getattr(issue, place.key, None) in (None, "", 0)
    if place.part == ROWS:
        row = dict(enumerate(report.rows, 1)).get(place.number)
        return place.key == "outcome" and not (row and row.outcome)
    if place.part == "present":
        whole = reading.visit.present
        return whole is None or reading.visit.accounted < whole
    if place.part == "visitors" and not finding.blocks:
        return len(reading.visit.visitors) < 2
    return not is_answered(report, place)
