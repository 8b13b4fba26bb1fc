"""Copies of a report: who receives one, and what each reader may see.

The police's copy contains nothing that is for the manager alone, no allegation of ill-treatment or
reprisal, and no hint that something was left out. No copy contains a whole custody number.
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
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import TACT

ALLEGATION = 4
"""The severity of an issue that is never in the police's copy."""


class Audience(StrEnum):
    """What kind of reader a copy is for, which decides what it contains."""

    MANAGER = "manager"
    POLICE = "police"
    VISITORS = "visitors"
    REVIEWER = "reviewer"

    @property
    def label(self) -> str:
        """What such a copy contains, in words."""
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
    """Somebody who receives copies of a scheme's reports; a role, not a name. `tact_only`: only of
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
        """Whether they should receive a copy of this report."""
        return self.is_active and (not self.tact_only or visit.type == TACT)


@dataclass(frozen=True, slots=True)
class CopyMade:
    """A copy that was made, at a UTC time. `how` says in a few words where it went; `digest` is the
    SHA-256 of the file."""

    id: UUID
    visit_id: UUID
    recipient_id: UUID
    made_at: datetime
    made_by: str
    how: str
    digest: str


@dataclass(frozen=True, slots=True)
class RecipientCopies:
    """A recipient of one report, and the copies made for them, latest first. Copies made `before`
    the report was amended contain its earlier version."""

    recipient: Recipient
    copies: tuple[CopyMade, ...]
    before: tuple[CopyMade, ...] = ()

    @property
    def is_made(self) -> bool:
        """Whether there is a copy."""
        return bool(self.copies)


def is_shown(question: Question, audience: Audience) -> bool:
    """Whether a reader may know that a question was asked, whatever its answer."""
    grave = question.raises_severity >= ALLEGATION
    if audience is Audience.MANAGER:
        return True
    if question.is_expense:
        return False
    if audience is Audience.POLICE:
        return not question.manager_only and not grave
    return audience is Audience.VISITORS or grave or not question.manager_only


def form_for(form: Form, audience: Audience) -> Form:
    """The form with the questions that a reader may know of."""
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
    """The report as a reader may see it, with custody numbers in its texts shortened."""
    shown = form_for(form, audience)
    short = Shortener(visit)
    names = audience.knows_visitors
    return replace(
        visit,
        delay_explanation=short(visit.delay_explanation),
        summary=short(visit.summary),
        counts=tuple(_count_for(count, shown, short) for count in visit.counts),
        issues=tuple(
            issue_for(issue, short)
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
    """Whether a reader sees an issue. The police see no allegation, and no issue opened by an
    answer that they don't see."""
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
"""A station's code, a number and a year: the form of a custody number."""


class Shortener:
    """Shortens custody numbers in any text: those of the reports' rows, and whatever the privacy
    guard takes for one. Texts under four characters don't count, since they would match parts of
    dates."""

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
        """Shortens custody numbers in an answer of any kind."""
        if isinstance(value, str):
            return self(value)
        if isinstance(value, Mapping):
            return {key: self.answer(item) for key, item in value.items()}
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


def issue_for(issue: Issue, short: Shortener) -> Issue:
    """The issue without whole custody numbers."""
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
