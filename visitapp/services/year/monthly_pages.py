"""The monthly page: what visitors raised, and what the police did about it."""

from collections.abc import Sequence
from datetime import date

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import Step, response_or_reason
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import AT_ONCE
from visitapp.domain.year.monthly_page import MonthlyPage, MonthOfScheme
from visitapp.domain.year.quarterly_update import RaisedIssue
from visitapp.persistence import issues, schemes
from visitapp.persistence.database import Connection
from visitapp.services.year.figures import bases, figures_of
from visitapp.services.year.scheme_figures import FiguresBasis
from visitapp.services.year.updates import raised_issue

_MOST = 20_000
"""Issues of a scheme: more than any has."""
_AT_VISIT = "Put right during the visit"


def page_of(connection: Connection, period: Period, today: date) -> MonthlyPage:
    """What the page shows of a month, or of other days. Raises BadInputError for days that haven't
    begun."""
    office = schemes.office(connection)
    if office is None:
        raise BadInputError("This file has no office. It was not made by visitapp.")
    if today < period.start:
        raise BadInputError("This period has not begun, so there is nothing to report.")
    months = tuple(
        _month(connection, basis, period, today) for basis in bases(connection) if basis.sites
    )
    return MonthlyPage(office, period, min(period.end, today), months)


def _month(
    connection: Connection, basis: FiguresBasis, period: Period, today: date
) -> MonthOfScheme:
    lines = [
        line
        for line in _lines(connection, basis, IssueStanding.ALL, today)
        if line.issue.severity < AT_ONCE
    ]
    raised = [line for line in lines if line.raised_on in period]
    before = [line for line in lines if _was_open(line, period.start)]
    answers = issues.steps(connection, [line.issue.id for line in (*raised, *before)])
    praised = _lines(connection, basis, IssueStanding.POSITIVE, today)
    return MonthOfScheme(
        figures_of(connection, basis, period, today).judged(),
        tuple(_row(line, answers.get(line.issue.id, ())) for line in raised),
        tuple(_row(line, answers.get(line.issue.id, ())) for line in before),
        sum(line.raised_on in period for line in praised),
    )


def _was_open(line: IssueLine, day: date) -> bool:
    """Whether an issue was raised before a day and open on it."""
    if line.raised_on >= day or line.issue.resolved_during_visit:
        return False
    return line.is_open or (line.issue.closed_on is not None and line.issue.closed_on >= day)


def _row(line: IssueLine, steps: Sequence[Step]) -> RaisedIssue:
    at_visit = _AT_VISIT if line.issue.resolved_during_visit else ""
    return raised_issue(line, response_or_reason(steps) or at_visit)


def _lines(
    connection: Connection, basis: FiguresBasis, standing: IssueStanding, today: date
) -> list[IssueLine]:
    sites = tuple(sorted(site.id for site in basis.sites))
    query = IssueQuery(standing, basis.scheme.id, sites, limit=_MOST)
    return issues.lines(connection, query, [basis.scheme], today)
