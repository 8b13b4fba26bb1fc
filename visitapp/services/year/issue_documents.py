"""The issue log and letters about issues. They contain what the police may see and no more: no
allegation, and no whole custody number."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_log import (
    IssueLetter,
    IssueLog,
    LetterAbout,
    LoggedIssue,
    logged,
)
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import latest_answer, since_reopened
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.office.site import Site
from visitapp.domain.period import Period, month_of, span_words
from visitapp.domain.report.copies import Audience
from visitapp.domain.report.visit_codes import AT_ONCE
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.pasted import in_one_line
from visitapp.domain.text.wording import dates, joined, long_date
from visitapp.persistence import office_issues, schemes, visits
from visitapp.persistence.database import Connection
from visitapp.services.office.recipients import recipients_of
from visitapp.services.office_of_file import office_of
from visitapp.services.reports.briefing import lines_for_police
from visitapp.services.reports.police_issues import shortened, steps_of


def issue_log_of(
    connection: Connection, period: Period, site_ids: Sequence[UUID], today: date
) -> IssueLog:
    """The log of some sites, or of all."""
    office, known = office_of(connection), schemes.schemes(connection)
    sites = [s for s in schemes.sites(connection) if not site_ids or s.id in site_ids]
    lines = [line for line in _lines(connection, sites, today) if line.raised_on <= period.end]
    closed = [
        line
        for line in lines
        if not line.is_open
        and (line.raised_on in period or (line.issue.closed_on or line.raised_on) in period)
    ]
    return IssueLog(
        office=office.name,
        first=period.start,
        last=period.end,
        as_at=today,
        open_issues=_logged(connection, [line for line in lines if line.is_open]),
        closed=_logged(connection, closed),
        made_up=office.made_up_note,
        quarters=tuple(_quarters(office.years, period)),
        site_names=tuple(site.name for site in sites) if site_ids else (),
        scheme_names=tuple((s.id, s.name) for s in known) if len(known) > 1 else (),
    )


def _quarters(years: ReportingYears, period: Period) -> Iterator[tuple[date, str]]:
    """The quarters of every reporting year of a period."""
    year = years.year_of(period.start)
    while year.start <= period.end:
        yield from ((quarter.end, _dates(quarter)) for quarter in year.quarters())
        year = years.year_of(year.end + timedelta(days=1))


def letter_about(connection: Connection, about: LetterAbout, today: date) -> IssueLetter:
    """The letter. Raises BadInputError if it would be about nothing."""
    office, scheme = office_of(connection), _scheme(connection, about)
    sites = [
        site
        for site in schemes.sites(connection)
        if site.scheme_id == scheme.id and (not about.site_ids or site.id in about.site_ids)
    ]
    lines = [line for line in _lines(connection, sites, today) if _is_about(line, about)]
    issues_of_it = _logged(connection, lines)
    to_answer = tuple(issue for issue in issues_of_it if issue.waits)
    put_right = tuple(issue for issue in issues_of_it if issue.line.issue.resolved_during_visit)
    if about.is_reminder:
        to_answer, put_right = tuple(i for i in to_answer if i.line.is_overdue), ()
    if not to_answer and not put_right:
        nothing = _NOTHING_OVERDUE if about.is_reminder else _NOTHING_RAISED
        raise BadInputError(f"{scheme.name}: {nothing}")
    return IssueLetter(
        office=office.name,
        scheme=scheme.name,
        to=_role(connection, scheme.id),
        about=_about_words(about, sites, (*to_answer, *put_right)),
        as_at=today,
        to_answer=to_answer,
        put_right=put_right,
        is_reminder=about.is_reminder,
        made_up=office.made_up_note,
    )


_ALL = 1_000_000
_NOTHING_OVERDUE = "No answer of the force is overdue, so there is nothing to remind them of."
_NOTHING_RAISED = "Nothing was raised there that waits for an answer or was put right."


def _scheme(connection: Connection, about: LetterAbout) -> Scheme:
    scheme_id = about.scheme_id
    if about.ref:
        visit = visits.by_ref(connection, about.ref)
        if visit is None:
            raise BadInputError(f"There is no report {about.ref}.")
        scheme_id = visit.scheme_id
    if scheme_id is None:
        raise BadInputError("Say which scheme the letter is about.")
    return schemes.scheme(connection, scheme_id)


def _lines(connection: Connection, sites: Iterable[Site], today: date) -> list[IssueLine]:
    """Concerns at some sites that the police may see, oldest first."""
    lines: list[IssueLine] = []
    for site in sites:
        query = IssueQuery(IssueStanding.ALL, site_ids=(site.id,), limit=_ALL)
        lines += lines_for_police(connection, query, today)
        apart = office_issues.lines(connection, query, schemes.schemes(connection), today)
        lines += [line for line in apart if line.issue.severity < AT_ONCE]
    return sorted(lines, key=lambda line: (line.raised_on, line.site_name, line.ref))


def _is_about(line: IssueLine, about: LetterAbout) -> bool:
    if about.is_reminder:
        return line.is_open
    if about.ref:
        return line.ref == about.ref
    return about.period is None or line.raised_on in about.period


def _logged(connection: Connection, lines: Sequence[IssueLine]) -> tuple[LoggedIssue, ...]:
    steps = steps_of(connection, lines)
    shortened_lines, short = shortened(connection, lines)
    books = {
        scheme_id: schemes.codes(connection, scheme_id)
        for scheme_id in {line.scheme_id for line in lines}
    }
    listed = []
    for shown in shortened_lines:
        mine = steps.get(shown.issue.id, ())
        listed.append(
            logged(
                shown,
                in_one_line(shown.issue.description) or shown.category,
                books[shown.scheme_id].label("issue_severity", str(shown.issue.severity)),
                mine,
                short(in_one_line(latest_answer(since_reopened(mine)))),
            )
        )
    return tuple(listed)


def _role(connection: Connection, scheme_id: UUID) -> str:
    """Who gets copies of a scheme's reports at the force."""
    police = (
        recipient.name
        for recipient in recipients_of(connection, scheme_id)
        if recipient.is_active and recipient.audience is Audience.POLICE
    )
    return next(police, "force")


def _about_words(about: LetterAbout, sites: Sequence[Site], listed: Sequence[LoggedIssue]) -> str:
    """`at Keyham Lane on 12 March 2025`, `at visits in March 2025`; `at your sites` where the
    office opened one."""
    lines = [issue.line for issue in listed]
    if about.ref:
        return f"at {lines[0].site_name} on {long_date(lines[0].raised_on)}"
    of_visits = all(line.visit_id is not None for line in lines)
    where = "at visits" if of_visits else "at your sites"
    if about.site_ids:
        where = f"at {joined([site.name for site in sites])}"
    if about.period is None:
        return where
    month = month_of(about.period.start)
    when = f"in {span_words(month)}" if about.period == month else f"from {_dates(about.period)}"
    return f"{where} {when}"


def _dates(period: Period) -> str:
    return dates(period.start, period.end)
