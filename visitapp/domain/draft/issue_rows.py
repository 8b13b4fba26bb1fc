"""The issues of a draft: read, written, opened from an answer, taken out again.

A row of `issues` has the names of `Issue`'s attributes, but `raised_at` is the time as it was
typed, and in `question`, the text of a place, a row of the report stands by its id until it is
read, so that rows can come and go.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid5

from visitapp.domain.draft.draft_content import (
    Content,
    as_id,
    number_of,
    rows_of,
    text_of,
)
from visitapp.domain.draft.typed_report import TypedIssue, TypedReport
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import clock
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import ANSWERS, NOWHERE, ROWS, Place, of_issue, of_row
from visitapp.domain.report.rules import Finding
from visitapp.domain.text.clock_text import parse_time


def read_issues(typed: TypedReport, visit_id: UUID) -> tuple[tuple[Issue, ...], list[Finding]]:
    """The issues, and what each still lacks; findings name an issue by its number from 0."""
    numbers = typed.row_numbers
    issues: list[Issue] = []
    problems: list[Finding] = []
    for index, row in enumerate(typed.issues):
        severity = row.severity
        known = severity is not None and 1 <= severity <= 4
        minute, wrong = _raised(row)
        issue = Issue(
            id=as_id(row.id) or uuid5(visit_id, f"issue {index}"),
            severity=severity if known and severity is not None else 1,
            resolved_during_visit=row.resolved_during_visit,
            closed_on=row.closed_on,
            question=by_row_number(row.question, numbers),
            raised_minute=minute,
            version=row.version,
            **{
                **row.texts,
                "origin": row.texts["origin"] or "VISITOR",
                "status": row.texts["status"] or "RAISED",
            },
        )
        issues.append(issue)
        problems += _problems(index, issue, known)
        if wrong:
            problems.append(Finding(of_issue(index, "raised_at"), wrong, True))
    return tuple(issues), problems


def _raised(row: TypedIssue) -> tuple[int | None, str]:
    """The minute of the day at which it was told, and why it can't be read."""
    typed = row.raised_at
    if not typed:
        minute = row.raised_minute
        return (minute if minute is None or minute < 1440 else None), ""
    try:
        return parse_time(typed), ""
    except BadInputError as error:
        return None, str(error)


def _problems(index: int, issue: Issue, has_severity: bool) -> list[Finding]:
    named = f"issue {index + 1}"
    found = []
    if not issue.category:
        found.append(Finding(of_issue(index, "category"), f"Say what {named} is about.", True))
    if not has_severity:
        found.append(Finding(of_issue(index, "severity"), f"Say how serious {named} is.", True))
    if not issue.description.strip():
        sentence = f"Say in a few words what you found, under {named}."
        found.append(Finding(of_issue(index, "description"), sentence, False))
    return found


def issue_row(issue: Issue, row_ids: Sequence[str]) -> dict[str, Any]:
    """An issue as content; `row_ids` are those of the report's rows, in their order."""
    at = issue.raised_minute
    return {
        "id": str(issue.id),
        "category": issue.category,
        "severity": issue.severity,
        "origin": issue.origin,
        "status": issue.status,
        "resolved_during_visit": issue.resolved_during_visit,
        "description": issue.description,
        "raised_with": issue.raised_with,
        "raised_at": "" if at is None else clock(at),
        "closed_on": issue.closed_on and issue.closed_on.isoformat(),
        "place": issue.place,
        "question": str(by_row_id(issue.question, row_ids)),
        "version": issue.version,
    }


def by_row_number(place: Place, numbers: Mapping[str, int]) -> Place:
    """The place with its row named by number; nowhere if the row is gone."""
    if place.part != ROWS:
        return place
    if place.row in numbers:
        return of_row(numbers[place.row], place.key)
    return place if place.number >= 0 else NOWHERE


def by_row_id(place: Place, row_ids: Sequence[str]) -> Place:
    """The place with its row named by id."""
    if place.part == ROWS and 1 <= place.number <= len(row_ids):
        return of_row(row_ids[place.number - 1], place.key)
    return place


def question_of(row: Content) -> Place:
    """The answer that opened an issue, as it stands in the content."""
    return Place.parse(text_of(row, "question"))


def opened_by(content: Content, place: Place) -> dict[str, Any] | None:
    """The row of the issue that an answer opened; `place` as it stands in the content."""
    return next((row for row in rows_of(content, "issues") if question_of(row) == place), None)


def same_matter(
    content: Content, question: Question, where: Place, form: Form
) -> dict[str, Any] | None:
    """The row of an issue that is what an answer alleges, opened by another answer or by hand.

    An answer about the whole visit means any such issue; one about a detainee only one that was
    told of the whole visit. What is for the scheme manager alone is a matter of its own.
    """
    if not question.raises_category or question.manager_only:
        return None
    private = {q.key for q in (*form.questions(), *form.row_questions()) if q.manager_only}
    for row in rows_of(content, "issues"):
        opener = question_of(row)
        alike = text_of(row, "category") == question.raises_category
        grave = (number_of(row, "severity") or 0) >= question.raises_severity
        fits = where.part != ROWS or opener.part == ANSWERS
        if alike and grave and fits and opener.name not in private:
            return row
    return None


def with_issue(content: Content, issue_id: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The rows of `issues` with values of one changed, or one more at the end."""
    rows = rows_of(content, "issues")
    found = [row for row in rows if text_of(row, "id") == issue_id]
    if not found:
        return [*rows, {"id": issue_id, **values}]
    return [{**row, **values} if row is found[0] else row for row in rows]


def without_issue(content: Content, issue_id: str) -> list[dict[str, Any]]:
    """The rows of `issues` without one."""
    return [row for row in rows_of(content, "issues") if text_of(row, "id") != issue_id]


def is_untouched(row: Content) -> bool:
    """Whether nobody wrote anything into an issue that an answer opened."""
    return not any(text_of(row, key).strip() for key in ("description", "raised_with", "raised_at"))
