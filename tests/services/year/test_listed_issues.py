"""Which issues the report lists, and what it says of them."""

import json
from datetime import timedelta
from uuid import uuid4

from tests.builders import make_visit
from tests.services.year.test_figures import DAY, YEAR, put
from visitapp.domain.following.issue_steps import NewStep
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.issue import Issue
from visitapp.domain.year import listed_issue
from visitapp.services.year import listed_issues


def _listed(services):
    return services.figures.summary(YEAR).issues[Kind.CUSTODY]


def test_issues_that_the_force_had_to_answer_are_listed_the_most_serious_first(furnished):
    minor, serious = Issue(uuid4(), "FOOD", 1, status="REFERRED"), Issue(uuid4(), "CELL", 3)
    left_out = (
        Issue(uuid4(), "FOOD", 2, status="RESOLVED", resolved_during_visit=True),
        Issue(uuid4(), "CONDUCT", 4),
        Issue(uuid4(), "GOODCARE"),
    )
    put(furnished, make_visit(DAY, issues=(minor, *left_out, serious)))
    answer = NewStep("RESPONSE", DAY + timedelta(2), "Stock is\nchecked.", "Inspector")
    furnished.issues.record(minor.id, minor.version, answer, NewStep("CLOSED", DAY + timedelta(6)))
    first, second = _listed(furnished).issues
    assert (first.category, first.is_open, first.days) == ("Cell and its contents", True, None)
    assert first.answer == ""
    assert (first.severity, first.origin, first.outcome) == (
        "Serious: same day to the inspector and the manager", "Visitors saw it", "Raised",
    )  # fmt: skip
    assert (second.category, second.is_open, second.answer) == (
        "Food and drink", False, "Stock is checked.",
    )  # fmt: skip
    assert second.days == 2
    scheme = json.loads(furnished.figures.figures_json(YEAR))["schemes"]["custody"]
    assert scheme["issues_to_answer"]["more"] == 0
    assert scheme["issues_to_answer"]["listed"][1] == {
        "raised": f"{DAY:%Y-%m}", "site": "Northgate", "category": "Food and drink",
        "severity": "Minor, put right on the spot", "raised_by": "Visitors saw it",
        "days_to_answer": 2, "outcome": "Closed", "open": False,
    }  # fmt: skip
    assert (second.raised_on, second.site_name) == (DAY, "Northgate")


def test_a_long_list_is_cut_and_says_so(furnished, monkeypatch):
    monkeypatch.setattr(listed_issues, "LISTED_MOST", 2)
    put(furnished, make_visit(DAY, issues=tuple(Issue(uuid4(), "FOOD") for _ in range(3))))
    listed = _listed(furnished)
    assert (len(listed.issues), listed.more) == (2, 1)
    assert listed_issue.LISTED_MOST == 60
