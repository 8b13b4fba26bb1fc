"""The issues of a draft: how they are read, found by the answer that opened them, and changed."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid5

from visitapp.domain.draft.typed_report import TypedIssue, TypedReport
from visitapp.domain.json_values import as_id
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import ANSWERS, ROWS, Place, of_issue
from visitapp.domain.report.rules import Finding

Issues = tuple[TypedIssue, ...]


def read_issues(report: TypedReport, visit_id: UUID) -> tuple[tuple[Issue, ...], list[Finding]]:
    """The issues, and what is missing or wrong in each; findings name an issue by its number from
    0."""
    issues: list[Issue] = []
    problems: list[Finding] = []
    for index, typed in enumerate(report.issues):
        has_severity = 1 <= typed.grade <= 4
        minute, problem = typed.minute
        issue = Issue(
            id=as_id(typed.id) or uuid5(visit_id, f"issue {index}"),
            category=typed.category,
            severity=typed.grade if has_severity else 1,
            origin=typed.origin or "VISITOR",
            status=typed.status or "RAISED",
            resolved_during_visit=typed.resolved_during_visit,
            description=typed.description,
            raised_with=typed.raised_with,
            raised_minute=minute,
            closed_on=typed.closed_on,
            place=typed.place,
            question=report.numbered(typed.question),
            version=typed.version,
        )
        issues.append(issue)
        problems += _problems(index, issue, has_severity)
        if problem:
            problems.append(Finding(of_issue(index, "raised_at"), problem, True))
    return tuple(issues), problems


def _problems(index: int, issue: Issue, has_severity: bool) -> list[Finding]:
    named = f"issue {index + 1}"
    problems = []
    if not issue.category:
        problems.append(Finding(of_issue(index, "category"), f"Say what {named} is about.", True))
    if not has_severity:
        problems.append(Finding(of_issue(index, "severity"), f"Say how serious {named} is.", True))
    if not issue.description.strip():
        sentence = f"Say in a few words what you found, under {named}."
        problems.append(Finding(of_issue(index, "description"), sentence, False))
    return problems


def opened_by(issues: Issues, place: Place) -> TypedIssue | None:
    """The issue that an answer opened; `place` names a row by its id."""
    return next((issue for issue in issues if issue.question == place), None)


def same_matter(issues: Issues, question: Question, where: Place, form: Form) -> TypedIssue | None:
    """The issue that an answer would open, if another answer or the writer opened it already.

    An answer about the whole visit means any such issue; one about a detainee only one that was
    raised about the whole visit. An issue that only the scheme manager may read is never the same
    matter.
    """
    if not question.raises_category or question.manager_only:
        return None
    private = {q.key for q in (*form.questions(), *form.row_questions()) if q.manager_only}
    for issue in issues:
        opener = issue.question
        alike = issue.category == question.raises_category
        grave = issue.grade >= question.raises_severity
        fits = where.part != ROWS or opener.part == ANSWERS
        if alike and grave and fits and opener.name not in private:
            return issue
    return None


def with_issue(issues: Issues, issue_id: str, values: Mapping[str, Any]) -> Issues:
    """The issues with fields of one changed, or one more at the end."""
    ids = [issue.id for issue in issues]
    if issue_id not in ids:
        return (*issues, TypedIssue(issue_id, **values))
    at = ids.index(issue_id)
    return (*issues[:at], replace(issues[at], **values), *issues[at + 1 :])


def without_issue(issues: Issues, issue_id: str) -> Issues:
    """The issues without one."""
    return tuple(issue for issue in issues if issue.id != issue_id)
