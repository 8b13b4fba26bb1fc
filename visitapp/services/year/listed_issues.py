"""The issues of a period that the force had to answer, for the annual report."""

from collections.abc import Sequence
from datetime import date

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_steps import Step, answered_on, latest_answer
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.period import Period
from visitapp.domain.year.listed_issue import LISTED_MOST, IssueList, ListedIssue
from visitapp.persistence import issues
from visitapp.persistence.database import Connection
from visitapp.services.year.scheme_figures import FiguresBasis


def issue_list(
    connection: Connection, basis: FiguresBasis, period: Period, today: date
) -> IssueList:
    """Concerns that were not put right at the visit, without allegations: their answers are not
    for publication."""
    scope = basis.scope(period)
    lines, total = issues.to_answer(connection, scope, basis.scheme, today, LISTED_MOST)
    answers = issues.steps(connection, [line.issue.id for line in lines])
    listed = tuple(_listed(line, basis.book, answers.get(line.issue.id, ())) for line in lines)
    return IssueList(listed, total - len(listed))


def _listed(line: IssueLine, book: CodeBook, steps: Sequence[Step]) -> ListedIssue:
    answered = answered_on(steps)
    return ListedIssue(
        line.raised_on,
        line.site_name,
        line.category,
        book.label("issue_severity", str(line.issue.severity)),
        book.label("issue_origin", line.issue.origin),
        line.status,
        line.is_open,
        None if answered is None else (answered - line.raised_on).days,
        " ".join(latest_answer(steps).split()),
    )
