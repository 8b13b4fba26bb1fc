"""A report being written, with the findings about it."""

from dataclasses import dataclass

from visitapp.domain.draft.report_form import Reading
from visitapp.domain.draft.report_sections import SectionProgress, TaskSection, asked, seen_rows
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.report.form import applying
from visitapp.domain.report.place import ISSUES, ROWS, Place
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
        return self.pressed or not self._is_to_come(finding)

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
        blocking = [finding for finding in self.blocking if section.holds(finding)]
        if any(map(self.is_due, blocking)):
            return SectionProgress.PROBLEM
        if section.of.of_rows:
            return _progress_of_rows(section, self.reading)
        if section.of.questions and not applying(section.of.questions, self.reading.facts):
            return SectionProgress.NOT_NEEDED
        places = (place for place in section.places if place.part != "counting")
        if not any(map(self.report.has_answer, places)):
            return SectionProgress.NOT_STARTED
        is_open = bool(blocking) or _is_open(section, self.reading)
        return SectionProgress.IN_PROGRESS if is_open else SectionProgress.DONE

    def _is_to_come(self, finding: Finding) -> bool:
        """Whether a finding is only about something not entered yet."""
        place, visit = finding.place, self.reading.visit
        if finding.of_words:
            return False
        if place.part == ISSUES and place.row:
            issue = dict(enumerate(self.report.issues)).get(place.number)
            return getattr(issue, place.key, None) in (None, "", 0)
        if place.part == ROWS:
            row = dict(enumerate(self.report.rows, 1)).get(place.number)
            return place.key == "outcome" and not (row and row.outcome)
        if place.part == "present":
            return visit.present is None or visit.accounted < visit.present
        if place.part == "visitors" and not finding.blocks:
            return len(visit.visitors) < 2
        return not self.report.has_answer(place)


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
