"""The sections of a report as a task list, and how far each has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from visitapp.domain.draft.report_form import Reading, ReadingBasis
from visitapp.domain.report.answer_rules import COUNTS, asked_of_row, groups_of, is_seen
from visitapp.domain.report.answers import Row
from visitapp.domain.report.form import Form, FormSection, Question
from visitapp.domain.report.place import ANSWERS, COUNT, ROWS, Place, answer_place
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
