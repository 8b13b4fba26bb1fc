"""The monthly page: what visitors raised, and what the police did about it."""

from collections.abc import Sequence
from datetime import date

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import Step, latest_answer
from visitapp.domain.period import Period
from visitapp.domain.report.copies import Shortener
from visitapp.domain.year.monthly_page import MonthlyPage, MonthOfScheme
from visitapp.domain.year.quarterly_update import RaisedIssue
from visitapp.persistence import issues, office_issues
from visitapp.persistence.database import Connection
from visitapp.services.office_of_file import office_of
from visitapp.services.reports.police_issues import shortened, shown_to_police, steps_of
from visitapp.services.year.figures import bases, figures_of
from visitapp.services.year.scheme_figures import FiguresBasis
from visitapp.services.year.updates import raised_issue

_AT_VISIT = "Put right during the visit"


def page_of(connection: Connection, period: Period, today: date) -> MonthlyPage:
    """What the page shows of a month, or of other days. Raises BadInputError for days that haven't
    begun."""
    office = office_of(connection)
    if today < period.start:
        raise BadInputError("This period has not begun, so there is nothing to report.")
    every = [_month(connection, basis, period, today) for basis in bases(connection) if basis.sites]
    months = [month for month in every if month.figures.is_in_use] or every
    return MonthlyPage(office, period, min(period.end, today), tuple(months))


def _month(
    connection: Connection, basis: FiguresBasis, period: Period, today: date
) -> MonthOfScheme:
    lines = lines_for_force(connection, basis, IssueStanding.ALL, period.end, today)
    chosen = [
        line for line in lines if line.raised_on in period or was_open_before(line, period.start)
    ]
    listed, short = shortened(connection, chosen)
    answers = steps_of(connection, listed)
    rows = [(line, _row(line, answers.get(line.issue.id, ()), short)) for line in listed]
    praised = issues.lines_in(
        connection, basis.scope(period), IssueStanding.POSITIVE, basis.scheme, today
    )
    return MonthOfScheme(
        figures_of(connection, basis, period, today).judged(),
        tuple(row for line, row in rows if line.raised_on in period),
        tuple(row for line, row in rows if line.raised_on < period.start),
        len(praised),
    )


def was_open_before(line: IssueLine, day: date) -> bool:
    """Whether an issue was raised before a day and was still open when it began."""
    if line.raised_on >= day or line.issue.resolved_during_visit:
        return False
    return line.is_open or (line.issue.closed_on is not None and line.issue.closed_on >= day)


def _row(line: IssueLine, steps: Sequence[Step], short: Shortener) -> RaisedIssue:
    at_visit = _AT_VISIT if line.issue.resolved_during_visit else ""
    return raised_issue(line, short(latest_answer(steps)) or at_visit)


def lines_for_force(
    connection: Connection, basis: FiguresBasis, standing: IssueStanding, last: date, today: date
) -> tuple[IssueLine, ...]:
    """Issues of counted visits until a day, and those that the office opened, as far as the force
    may see them, oldest first."""
    until = basis.scope(Period(date.min, last))
    lines = issues.lines_in(connection, until, standing, basis.scheme, today)
    sites = tuple(sorted(site.id for site in basis.sites))
    query = IssueQuery(standing, basis.scheme.id, sites)
    apart = office_issues.lines(connection, query, [basis.scheme], today)
    lines += [line for line in apart if line.raised_on <= last]
    return shown_to_police(connection, sorted(lines, key=office_issues.order_of(standing)))
