"""Lines of visits and issues where nobody asks how many there are."""

from visitapp.bootstrap import OpenedFile
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery


def test_they_are_those_of_the_page(shown: OpenedFile) -> None:
    visits, issues = shown.services.visits, shown.services.issues
    first = visits.page(VisitQuery(limit=1)).rows[0]
    for query in (
        VisitQuery(text=first.site_name, states=tuple(State), limit=6),
        VisitQuery(text=first.visitors.split()[0], offset=2, limit=3),
        VisitQuery(text="no such word"),
    ):
        assert visits.lines(query) == visits.page(query).rows
    assert len(visits.lines(VisitQuery(limit=6))) == 6
    for standing in IssueStanding:
        listed = IssueQuery(standing=standing, text=first.site_name, limit=4)
        assert issues.lines(listed) == issues.page(listed).lines
    assert issues.lines(IssueQuery(standing=IssueStanding.ALL))
