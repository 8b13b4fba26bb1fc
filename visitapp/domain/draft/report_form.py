"""The visit report as it is written: a draft's content read into a visit.

Content is JSON, with the names of `Visit`'s attributes as keys, plus `date` (the day of
arrival) and `form` (the number of the form it is written with); `answers`, `rows` and
`counting` are told in `answers`, `issues` in `issue_rows`. Dates, times and minutes are kept
as they were typed; `second_time` names the times that are the second of an hour that happens
twice, and `nothing_raised` says that the writer looked at the issues and had none. Whatever
else stands in the content is left alone.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from uuid import UUID

from visitapp.domain.draft.draft_answers import LONGEST_CHAIN, read_answers
from visitapp.domain.draft.draft_content import Content
from visitapp.domain.draft.issue_rows import read_issues
from visitapp.domain.draft.report_texts import decisions_of
from visitapp.domain.draft.typed_report import TIMES, TypedReport, typed_report
from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import Moment, following
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.report.answer_rules import facts_of, findings_of_answers
from visitapp.domain.report.answers import Answered, Counting
from visitapp.domain.report.form import Form, applying
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import GUESTS, Report
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import COMPLETED, FACE_TO_FACE, OutcomeCount, Visit
from visitapp.domain.text.clock_text import parse_date, parse_time

LATEST_YEAR = 2100
"""Later days are slips of the pen."""

_NOWHERE = UUID(int=0)
_UNKNOWN_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class ReadingBasis:
    """What a report is read by: its form, the scheme's codes, the scheme's limit in minutes
    of a wait that counts as immediate, and what the animals are called."""

    form: Form
    book: CodeBook
    immediate_limit: int = 5
    animals: Mapping[UUID, str] = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a draft's content says so far.

    `visit` holds all that could be read; where the site, the day or the arrival can't be
    known yet, it holds a placeholder (`has_site`, `has_day`, `has_arrival` say so) and must
    not be signed. `problems` are about single places. `unread` are the parts whose answer
    can't be taken yet. `typed` are the numbers typed for each outcome, whatever the rows say.
    `facts` are the conditions that hold for the form's questions.
    """

    visit: Visit
    answered: Answered
    typed: tuple[OutcomeCount, ...]
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
        """What the sum is of: the rows, where there are only rows, else the numbers typed."""
        return self.visit.counts if self.answered.counting is Counting.ROWS else self.typed


def read(
    content: Content, *, visit_id: UUID, scheme_id: UUID, basis: ReadingBasis | None = None
) -> Reading:
    """Read a draft. Never raises, whatever JSON values stand in it.

    With no `basis` nothing of a form is read, and the visit has no report.
    """
    typed = typed_report(content)
    day, problems = _day(typed)
    moments, time_problems = _moments(typed, day)
    extra, extra_problems = _minutes(typed)
    issues, issue_problems = read_issues(typed, visit_id)
    counts = typed.counts
    given = _answered(typed, counts, basis)
    arrived = moments["arrived"]
    site_id = typed.site_id
    visitors = typed.visitors
    visit = Visit(
        id=visit_id,
        scheme_id=scheme_id,
        site_id=site_id or _NOWHERE,
        arrived=arrived or Moment.at(day or _UNKNOWN_DAY, 12 * 60),
        admitted=moments["admitted"],
        left=moments["left"],
        type=typed.texts["type"] or "ROUTINE",
        mode=typed.texts["mode"] or FACE_TO_FACE,
        status=typed.texts["status"] or COMPLETED,
        visitors=visitors,
        observers=typed.observers,
        delay_reason=typed.texts["delay_reason"] or None,
        delay_explanation=typed.texts["delay_explanation"],
        present=typed.present,
        counts=given.counts,
        extra_minutes=extra,
        summary=typed.texts["summary"],
        issues=issues,
        confirmations=tuple(one for one in typed.confirmations if one.person_id in visitors),
    )
    answered = given
    facts = _facts(visit, given, basis, has_arrival=arrived is not None)
    for _ in range(LONGEST_CHAIN):
        answered = _asked(answered, facts, basis)
        facts = _facts(visit, answered, basis, has_arrival=arrived is not None)
    visit = replace(visit, report=_report(typed, answered, basis))
    found = (
        *problems,
        *time_problems,
        *extra_problems,
        *_names(typed),
        *issue_problems,
        *answered.problems,
    )
    unread = {problem.place.part for problem in found if problem.blocks}
    unread |= {name for name in TIMES if typed.texts[name].strip() and not moments[name]}
    return Reading(
        visit=visit,
        answered=answered,
        typed=counts,
        facts=facts,
        problems=found,
        unread=frozenset(unread),
        has_site=site_id is not None,
        has_day=day is not None,
        has_arrival=arrived is not None,
        basis=basis,
    )


def _answered(
    typed: TypedReport, counts: tuple[OutcomeCount, ...], basis: ReadingBasis | None
) -> Answered:
    if basis is None:
        return Answered({}, (), counts, Counting.COUNTS)
    return read_answers(typed, basis.form, counts, basis.book)


def _asked(answered: Answered, facts: frozenset[str], basis: ReadingBasis | None) -> Answered:
    """Without answers to questions that are not asked any more."""
    if basis is None:
        return answered
    keys = {question.key for question in applying(tuple(basis.form.questions()), facts)}
    return replace(answered, answers={k: v for k, v in answered.answers.items() if k in keys})


def _report(typed: TypedReport, answered: Answered, basis: ReadingBasis | None) -> Report | None:
    if basis is None:
        return None
    guests = {GUESTS: [*typed.guests]} if typed.guests else {}
    answers = {**answered.answers, **guests}
    return Report(basis.form.number, answers, kept_words=decisions_of(typed))


def _facts(
    visit: Visit, answered: Answered, basis: ReadingBasis | None, *, has_arrival: bool
) -> frozenset[str]:
    if basis is None:
        return frozenset()
    facts = facts_of(visit, answered, basis.immediate_limit)
    return facts if has_arrival else facts - {"delayed"}


def judged(reading: Reading, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """What is to be said about a draft: its own problems, what its answers demand, and those
    `findings` of the rules that hold although parts of it could not be read."""
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
    found = findings_of_answers(
        basis.form, reading.visit, reading.answered, reading.facts, basis.animals
    )
    return [finding for finding in found if finding.place not in wrong]


def _at_its_field(finding: Finding) -> Finding:
    """A day in the future stops a report; the form asks for the day apart from the time."""
    is_about_day = finding.place == Place("arrived") and finding.blocks
    return replace(finding, place=Place("date")) if is_about_day else finding


def _needs_day(finding: Finding) -> bool:
    return not finding.blocks and finding.place.part in ("site_id", "visitors", "observers")


def _day(typed: TypedReport) -> tuple[date | None, list[Finding]]:
    written = typed.texts["date"].strip()
    if not written:
        return None, [Finding(Place("date"), "Enter the date of the visit.", True)]
    try:
        day = parse_date(written)
    except BadInputError as error:
        return None, [Finding(Place("date"), str(error), True)]
    if day.year > LATEST_YEAR:
        return None, [Finding(Place("date"), f"\u201c{written}\u201d is too far ahead.", True)]
    return day, []


def _moments(
    typed: TypedReport, day: date | None
) -> tuple[dict[str, Moment | None], list[Finding]]:
    """Each time follows the one before it, over midnight where it must; none comes before
    an arrival that can be read."""
    moments: dict[str, Moment | None] = dict.fromkeys(TIMES)
    problems: list[Finding] = []
    previous: Moment | None = None
    for name in TIMES:
        written = typed.texts[name].strip()
        if not written:
            continue
        try:
            minute = parse_time(written)
        except BadInputError as error:
            problems.append(Finding(Place(name), str(error), True))
            continue
        if day is not None and (previous is not None or name == "arrived"):
            second = name in typed.second_times
            moments[name] = previous = _moment(day, previous, minute, second)
    if not typed.texts["arrived"].strip():
        in_person = (typed.texts["mode"] or FACE_TO_FACE) == FACE_TO_FACE
        sentence = "Enter when you arrived." if in_person else "Enter when the call began."
        problems.append(Finding(Place("arrived"), sentence, True))
    return moments, problems


def _moment(day: date, previous: Moment | None, minute: int, second: bool) -> Moment:
    moment = Moment.at(day, minute) if previous is None else following(previous, minute)
    later = Moment.at(moment.day, minute, fold=1)
    return later if second and later.utc_minute > moment.utc_minute else moment


def _minutes(typed: TypedReport) -> tuple[int, list[Finding]]:
    written = typed.texts["extra_minutes"].strip()
    if not written:
        return 0, []
    if not re.fullmatch(r"[0-9]{1,5}", written):
        return 0, [
            Finding(
                Place("extra_minutes"), f"\u201c{written}\u201d is not a number of minutes.", True
            )
        ]
    return int(written), []


def _names(typed: TypedReport) -> list[Finding]:
    """Names that were typed and are nobody's in the register are kept as they are."""
    return [
        Finding(Place("visitors"), f"\u201c{name}\u201d is not in the register of people.", True)
        for name in typed.strangers
    ]
