"""Copies of a report: who gets one, and what each reader is given.

The police's copy holds neither what is for the manager alone nor any allegation of
ill-treatment or reprisal, and nothing by which a reader could tell that something was left
out. No copy holds a whole custody number.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from visitapp.domain.privacy.numbers import number_spans
from visitapp.domain.privacy.span import CUSTODY_NUMBER
from visitapp.domain.report.answers import Answered
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.kinds import YES
from visitapp.domain.report.report import GUESTS, Report, shown_ends
from visitapp.domain.report.visit import TACT, OutcomeCount, Visit

ALLEGATION = 4
"""The severity of an issue that never goes to the police's copy."""


class Audience(StrEnum):
    """What kind of reader gets a copy, which decides what stands in it."""

    MANAGER = "manager"
    POLICE = "police"
    VISITORS = "visitors"
    REVIEWER = "reviewer"

    @property
    def label(self) -> str:
        """What such a copy holds, in words."""
        return {
            "manager": "Everything",
            "police": "Everything except allegations and what is for the manager only",
            "visitors": "Everything except expenses",
            "reviewer": "Everything except expenses and what is for the manager only",
        }[self.value]

    @property
    def knows_visitors(self) -> bool:
        """Whether the copy names the visitors."""
        return self in (Audience.MANAGER, Audience.VISITORS)


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who gets copies of a scheme's reports; a role, not a name. `tact_only`: of
    visits to people held under the Terrorism Act."""

    id: UUID
    scheme_id: UUID
    name: str
    audience: Audience
    position: int = 0
    tact_only: bool = False
    is_active: bool = True
    version: int = 0

    def gets(self, visit: Visit) -> bool:
        """Whether a copy of this report is due to them."""
        return self.is_active and (not self.tact_only or visit.type == TACT)


@dataclass(frozen=True, slots=True)
class CopyMade:
    """A copy that was made, at a UTC time. `how` says in a few words where it went; `digest`
    is the SHA-256 of the file."""

    id: UUID
    visit_id: UUID
    recipient_id: UUID
    made_at: datetime
    made_by: str
    how: str
    digest: str


@dataclass(frozen=True, slots=True)
class Due:
    """A recipient of one report, and the copies made for them, the last one first; those made
    `before` the report was amended hold what it said then."""

    recipient: Recipient
    copies: tuple[CopyMade, ...]
    before: tuple[CopyMade, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether there is a copy."""
        return bool(self.copies)


def is_shown(question: Question, audience: Audience) -> bool:
    """Whether a reader is told that a question was asked, whatever its answer."""
    grave = question.raises_severity >= ALLEGATION
    if audience is Audience.MANAGER:
        return True
    if question.is_expense:
        return False
    if audience is Audience.POLICE:
        return not question.manager_only and not grave
    return audience is Audience.VISITORS or grave or not question.manager_only


def form_for(form: Form, audience: Audience) -> Form:
    """The form with the questions that a reader is told of."""
    return replace(
        form,
        sections=tuple(
            replace(s, questions=tuple(q for q in s.questions if is_shown(q, audience)))
            for s in form.sections
        ),
        row_groups=tuple(
            replace(g, questions=tuple(q for q in g.questions if is_shown(q, audience)))
            for g in form.row_groups
        ),
    )


def visit_for(visit: Visit, form: Form, audience: Audience) -> Visit:
    """The report with what a reader is given, custody numbers in its texts shortened."""
    shown = form_for(form, audience)
    short = Shortener(visit)
    names = audience.knows_visitors
    return replace(
        visit,
        delay_explanation=short(visit.delay_explanation),
        summary=short(visit.summary),
        counts=tuple(_count_for(count, shown, short) for count in visit.counts),
        issues=tuple(
            _issue_for(issue, short)
            for issue in visit.issues
            if is_issue_shown(issue, form, audience)
        ),
        report=_report_for(visit.report, shown, audience, short),
        extra_minutes=visit.extra_minutes if names else 0,
        confirmations=tuple(
            signed if names else replace(signed, typed_name="") for signed in visit.confirmations
        ),
    )


def is_issue_shown(issue: Issue, form: Form, audience: Audience) -> bool:
    """Whether a reader is given an issue: the police none that is an allegation, or that an
    answer opened which they are not given."""
    if audience is not Audience.POLICE:
        return True
    if issue.severity >= ALLEGATION:
        return False
    questions = (*form.questions(), *form.row_questions())
    return all(is_shown(q, audience) for q in questions if q.key == issue.question.name)


def leaves_out(visit: Visit, answered: Answered, form: Form, audience: Audience) -> bool:
    """Whether the copy for a reader lacks an allegation that the report makes."""
    if any(not is_issue_shown(issue, form, audience) for issue in visit.issues):
        return True
    answered_groups = [(form.questions(), answered.answers)]
    answered_groups += [(form.row_questions(), row.answers) for row in answered.rows]
    return any(
        answers.get(question.key) == YES
        and question.raises_severity >= ALLEGATION
        and not is_shown(question, audience)
        for questions, answers in answered_groups
        for question in questions
    )


_LIKE_A_NUMBER = re.compile(r"\b[A-Z0-9]{1,6}[/-]\d{3,7}[/-](?:\d{2}|\d{4})\b", re.IGNORECASE)
"""A station's code, a number and a year, as custody records are numbered."""


class Shortener:
    """Puts the shown end of a custody number in the place of the whole, in any text: of those
    in the reports' rows, and of any that the privacy guard takes for one. Fewer than four
    characters are no custody number, and would be found in any date."""

    def __init__(self, *visits: Visit) -> None:
        counts = [count for visit in visits for count in visit.counts]
        rows = [count.row for count in counts if count.row is not None]
        self._numbers = [row.custody_number.strip() for row in rows]
        shown = shown_ends(self._numbers)
        longest_first = sorted(filter(_is_number, shown), key=len, reverse=True)
        self._patterns = [
            (re.compile(re.escape(number), re.IGNORECASE), shown[number])
            for number in longest_first
        ]

    def __call__(self, text: str) -> str:
        for number, shown in self._patterns:
            text = number.sub(shown.replace("\\", r"\\"), text)
        text = _LIKE_A_NUMBER.sub(lambda match: self._end_of(match.group()), text)
        spans = [span for span in number_spans(text) if span.kind == CUSTODY_NUMBER]
        reached = len(text)
        for span in sorted(spans, key=lambda span: span.end, reverse=True):
            if span.end <= reached:
                reached = span.start
                text = text[:reached] + self._end_of(text[reached : span.end]) + text[span.end :]
        return text

    def _end_of(self, number: str) -> str:
        return shown_ends([*self._numbers, number])[number]

    def answer(self, value: Any) -> Any:
        """The same for an answer of any kind."""
        if isinstance(value, str):
            return self(value)
        return [self.answer(item) for item in value] if isinstance(value, list) else value


def _is_number(text: str) -> bool:
    return len(text) >= 4


def _answers_for(answers: Mapping[str, Any], keys: set[str], short: Shortener) -> dict[str, Any]:
    return {key: short.answer(value) for key, value in answers.items() if key in keys}


def _count_for(count: OutcomeCount, shown: Form, short: Shortener) -> OutcomeCount:
    if count.row is None:
        return count
    keys = {question.key for question in shown.row_questions()}
    row = replace(
        count.row,
        cell=short(count.row.cell),
        answers=_answers_for(count.row.answers, keys, short),
    )
    return replace(count, row=row)


def _issue_for(issue: Issue, short: Shortener) -> Issue:
    return replace(
        issue,
        description=short(issue.description),
        raised_with=short(issue.raised_with),
        place=short(issue.place),
    )


def _report_for(
    report: Report | None, shown: Form, audience: Audience, short: Shortener
) -> Report | None:
    """Why a report was amended may tell what was left out, so the police aren't told."""
    if report is None:
        return None
    tells_why = audience is not Audience.POLICE
    keys = {q.key for q in shown.questions()} | ({GUESTS} if audience.knows_visitors else set())
    return replace(
        report,
        answers=_answers_for(report.answers, keys, short),
        amended_reason=short(report.amended_reason) if tells_why else "",
        amended_by=report.amended_by if audience.knows_visitors else "",
        kept_words=(),
    )
