"""Issues for other programs: how many there were, and those that were to be answered."""

from collections.abc import Sequence
from typing import Any

from visitapp.domain.year.listed_issue import IssueList
from visitapp.domain.year.summary import CategoryFigures, IssueFigures


def of_issues(issues: IssueFigures) -> dict[str, Any]:
    """Concerns by category, severity, origin and matter."""
    return {
        "total": issues.total,
        "by_category": _by_label(issues.by_category),
        "allegations": issues.allegations.total,
        "by_severity": _by_label(issues.by_severity),
        "by_origin": dict(issues.by_origin),
        "by_matter": _by_label(issues.by_matter),
    }


def _by_label(figures: Sequence[CategoryFigures]) -> dict[str, int]:
    """The totals; two codes may have the same label."""
    by_label: dict[str, int] = {}
    for each in figures:
        by_label[each.label] = by_label.get(each.label, 0) + each.total
    return by_label


def of_listed(listed: IssueList) -> dict[str, Any]:
    """Issues that were not put right at the visit, in the order of the report, without what anybody
    wrote; `more` are not listed."""
    issues = [
        {
            "raised": f"{issue.raised_on:%Y-%m}",
            "site": issue.site_name,
            "category": issue.category,
            "severity": issue.severity,
            "raised_by": issue.origin,
            "days_to_answer": issue.days,
            "outcome": issue.outcome,
            "open": issue.is_open,
        }
        for issue in listed.issues
    ]
    return {"listed": issues, "more": listed.more}
