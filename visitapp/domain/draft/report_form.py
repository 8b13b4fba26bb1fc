"""The visit report as it is written: what was typed, read into a visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from visitapp.domain.draft.draft_answers import LONGEST_CHAIN, read_answers
from visitapp.domain.draft.issue_rows import read_issues
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.moment import Moment
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.report.answer_rules import facts_of, findings_of_answers
from visitapp.domain.report.answers import Answered, Counting
from visitapp.domain.report.form import Form, applying
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import GUESTS, Report
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import COMPLETED, FACE_TO_FACE

_NOWHERE = UUID(int=0)
_UNKNOWN_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class ReadingBasis:
    """What a report is read with: its form, the scheme's codes, up to how many minutes a wait
    counts as immediate, and the names of the animals."""

    form: Form
    book: CodeBook
    immediate_limit: int = 5
    animals: Mapping[UUID, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a draft says so far.

    `visit` holds all that could be read; where the site, the day or the arrival can't be
    known yet, it holds a placeholder (`has_site`, `has_day`, `has_arrival` say so) and must
    not be signed. `problems` are about single places. `unread` are the parts that can't be read
    yet. `typed_counts` are the numbers typed for each outcome, whatever the rows say.
    `facts` are the conditions that hold for the form's questions.
    """

    visit: Visit
    answered: Answered
    typed_counts: tuple[OutcomeCount, ...]
    facts: frozenset[str]
    problems: tuple[Finding, ...]
    unread: frozenset[str]
    has_site: bool
    has_day: bool
    has_arrival: bool
    basis: ReadingBasis | None = None

    @property
    def is_whole(self) -> bool:
        """Whether site, day and arrival are known, so that it can be signed."""
        return self.has_site and self.has_day and self.has_arrival

    @property
    def day(self) -> date | None:
        """The day of arrival, if it can be read."""
        return self.visit.arrived.day if self.has_day else None

    @property
    def shown_counts(self) -> tuple[OutcomeCount, ...]:
        """What the sum counts: the rows, if there are only rows, else the numbers typed."""
        return self.visit.counts if self.answered.counting is Counting.ROWS else self.typed_counts


def read(
    typed: TypedReport, *, visit_id: UUID, scheme_id: UUID, basis: ReadingBasis | None = None
) -> Reading:
    """Read what was typed. Never raises, whatever that is.

    With no `basis` nothing of a form is read, and the visit has no report.
    """
    times, (extra, extra_problems) = typed.times, typed.minutes
    issues, issue_problems = read_issues(typed, visit_id)
    answered = Answered({}, (), typed.counts, Counting.COUNTS)
    if basis is not None:
        answered = read_answers(typed, basis.form, basis.book)
    arrived, visitors = times.moments["arrived"], typed.visitor_ids
    visit = Visit(
        id=visit_id,
        scheme_id=scheme_id,
        site_id=typed.site_id if isinstance(typed.site_id, UUID) else _NOWHERE,
        arrived=arrived or Moment.at(times.day or _UNKNOWN_DAY, 12 * 60),
        admitted=times.moments["admitted"],
        left=times.moments["left"],
        type=typed.type or "ROUTINE",
        mode=typed.mode or FACE_TO_FACE,
        status=typed.status or COMPLETED,
        visitors=visitors,
        observers=typed.observer_ids,
        delay_reason=typed.delay_reason or None,
        delay_explanation=typed.delay_explanation,
        present=typed.present,
        counts=answered.counts,
        extra_minutes=extra,
        summary=typed.summary,
        issues=issues,
        confirmations=tuple(c for c in typed.confirmations if c.person_id in visitors),
    )
    facts = _facts(visit, answered, basis, has_arrival=arrived is not None)
    for _ in range(LONGEST_CHAIN):
        answered = _asked(answered, facts, basis)
        facts = _facts(visit, answered, basis, has_arrival=arrived is not None)
    problems = (
        *times.problems,
        *extra_problems,
        *_names(typed),
        *issue_problems,
        *answered.problems,
    )
    return Reading(
        visit=replace(visit, report=_report(typed, answered, basis)),
        answered=answered,
        typed_counts=typed.counts,
        facts=facts,
        problems=problems,
        unread=times.unread | {problem.place.part for problem in problems if problem.blocks},
        has_site=isinstance(typed.site_id, UUID),
        has_day=times.day is not None,
        has_arrival=arrived is not None,
        basis=basis,
    )


def _asked(answered: Answered, facts: frozenset[str], basis: ReadingBasis | None) -> Answered:
    """The answers, less those to questions that no longer apply."""
    if basis is None:
        return answered
    keys = {question.key for question in applying(tuple(basis.form.questions()), facts)}
    return replace(answered, answers={k: v for k, v in answered.answers.items() if k in keys})


def _report(typed: TypedReport, answered: Answered, basis: ReadingBasis | None) -> Report | None:
    if basis is None:
        return None
    guests = {GUESTS: [*typed.guests]} if typed.guests else {}
    answers = {**answered.answers, **guests}
    return Report(basis.form.number, answers, kept_words=typed.decisions)


def _facts(
    visit: Visit, answered: Answered, basis: ReadingBasis | None, *, has_arrival: bool
) -> frozenset[str]:
    if basis is None:
        return frozenset()
    facts = facts_of(visit, answered, basis.immediate_limit)
    return facts if has_arrival else facts - {"delayed"}


def judged(reading: Reading, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """All findings about a draft: its own problems, what its answers require, and those of the
    rules' `findings` that hold although parts of it could not be read."""
    kept = [
        finding
        for finding in map(_at_its_field, findings)
        if finding.place.part not in reading.unread and (reading.has_day or not _needs_day(finding))
    ]
    return (*reading.problems, *kept, *_demanded(reading))


def _demanded(reading: Reading) -> list[Finding]:
    if reading.basis is None:
        return []
    wrong = {problem.place for problem in reading.problems}
    basis = reading.basis
    demands = findings_of_answers(
        basis.form, reading.visit, reading.answered, reading.facts, basis.animals
    )
    return [finding for finding in demands if finding.place not in wrong]


def _at_its_field(finding: Finding) -> Finding:
    """The rules report a day in the future at the arrival; the form asks for the day in a field of
    its own."""
    is_about_day = finding.place == Place("arrived") and finding.blocks
    return replace(finding, place=Place("date")) if is_about_day else finding


def _needs_day(finding: Finding) -> bool:
    return not finding.blocks and finding.place.part in ("site_id", "visitors", "observers")


def _names(typed: TypedReport) -> list[Finding]:
    """A problem for each name typed for a visitor that is not in the register."""
    return [
        Finding(Place("visitors"), f"\u201c{name}\u201d is not in the register of people.", True)
        for name in typed.strangers
    ]
