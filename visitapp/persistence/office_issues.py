"""Issues that the office opened without a visit, listed as those of reports are."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, insert, select, update

from visitapp.domain.errors import ConflictError
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.following.issue_steps import Step, is_open
from visitapp.domain.following.office_issue import OfficeIssue
from visitapp.domain.moment import Moment
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report.issue import Issue, days_to_answer
from visitapp.domain.report.kept_words import as_plain
from visitapp.domain.text.folding import folded
from visitapp.persistence import issues, same_site, schemes
from visitapp.persistence.office_issue_tables import office_issue, office_issue_step
from visitapp.persistence.stored_json import to_json

_ORIGIN = "STAFF"
"""It is not one of what visitors raised."""


def add(connection: Connection, item: OfficeIssue, by: str, at: datetime) -> None:
    """Write a new one."""
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "site_id": item.site_id,
        "raised_on": item.raised_on,
        "category": item.category,
        "severity": item.severity,
        "status": "RAISED",
        "description": item.description.strip(),
        "place": item.place.strip(),
        "source": item.source.strip(),
        "opened_by": by,
        "opened_at": at,
        "kept": to_json([as_plain(words) for words in item.kept]),
    }
    connection.execute(insert(office_issue).values(values))


def lines(
    connection: Connection, query: IssueQuery, known: Sequence[Scheme], today: date
) -> list[IssueLine]:
    """Those of some schemes that a query asks for, in its order: oldest first, closed ones newest
    first. A visitor's copy has none."""
    of_known = office_issue.c.scheme_id.in_([scheme.id for scheme in known])
    rows = connection.execute(select(office_issue).where(of_known)).all()
    if not rows or query.of is not None:
        return []
    sites = schemes.site_names(connection)
    books = {scheme.id: schemes.codes(connection, scheme.id) for scheme in known}
    limits = {scheme.id: scheme.issue_days for scheme in known}
    kept = same_site.kept_of(connection)
    listed = [
        _line(
            row,
            kept.get(row.site_id, row.site_id),
            sites,
            books[row.scheme_id],
            limits[row.scheme_id],
            today,
        )
        for row in rows
    ]
    chosen = [line for line in listed if _is_asked_for(line, query)]
    return sorted(chosen, key=order_of(query.standing))


def order_of(standing: IssueStanding) -> Any:
    """The key by which lines of a standing are sorted."""
    if standing is IssueStanding.CLOSED:
        return lambda line: (-_closed(line).toordinal(), -line.raised.utc_minute)
    return lambda line: line.raised.utc_minute


def line(
    connection: Connection, issue_id: UUID, known: Sequence[Scheme], today: date
) -> IssueLine | None:
    """One of them."""
    everything = lines(connection, IssueQuery(IssueStanding.ALL), known, today)
    return next((item for item in everything if item.issue.id == issue_id), None)


def opened_by(connection: Connection, issue_id: UUID) -> str:
    """Who opened it for the office."""
    name = select(office_issue.c.opened_by).where(office_issue.c.id == issue_id)
    return str(connection.execute(name).scalar_one())


def steps(connection: Connection, issue_ids: Sequence[UUID]) -> dict[UUID, tuple[Step, ...]]:
    """The steps of some of them in the order of recording."""
    return issues.steps_in(
        connection, office_issue_step, office_issue_step.c.issue_id.in_(issue_ids)
    )


def add_steps(
    connection: Connection, scheme_id: UUID, issue_id: UUID, new: Sequence[Step], before: int
) -> None:
    """Write steps that follow the `before` ones an issue already has."""
    issues.add_steps(connection, scheme_id, issue_id, new, before, table=office_issue_step)


def set_state(
    connection: Connection, issue: Issue, version: int, status: str, closed_on: date | None
) -> None:
    """As for issues of reports. Raises ConflictError."""
    done = connection.execute(
        update(office_issue)
        .where(office_issue.c.id == issue.id, office_issue.c.version == version)
        .values(status=status, closed_on=closed_on, version=version + 1)
    )
    if done.rowcount != 1:
        raise ConflictError(issues.RECORDED_MEANWHILE)


def _line(
    row: Row[Any], site_id: UUID, sites: dict[UUID, str], book: CodeBook, limit: int, today: date
) -> IssueLine:
    issue = Issue(
        id=row.id,
        category=row.category,
        severity=row.severity,
        origin=_ORIGIN,
        status=row.status,
        description=row.description,
        raised_with=row.source,
        closed_on=row.closed_on,
        place=row.place,
        version=row.version,
    )
    return IssueLine(
        issue=issue,
        visit_id=None,
        ref="",
        scheme_id=row.scheme_id,
        site_id=site_id,
        site_name=sites.get(site_id, ""),
        raised=Moment.at(row.raised_on, 0),
        category=book.label("issue_category", row.category),
        status=book.label("issue_status", row.status),
        is_open=is_open(issue, book),
        is_positive=False,
        limit=days_to_answer(row.severity, limit),
        today=today,
    )


def _is_asked_for(line: IssueLine, query: IssueQuery) -> bool:
    by_standing = {
        IssueStanding.OPEN: line.is_open,
        IssueStanding.CLOSED: not line.is_open,
        IssueStanding.ALL: True,
        IssueStanding.POSITIVE: False,
    }
    text = folded(f"{line.issue.description} {line.issue.place} {line.category} {line.site_name}")
    return (
        by_standing[query.standing]
        and query.scheme_id in (None, line.scheme_id)
        and (not query.site_ids or line.site_id in query.site_ids)
        and (not query.categories or line.issue.category in query.categories)
        and line.issue.severity >= query.severity
        and (query.closed_since is None or query.closed_since <= _closed(line))
        and all(folded(word) in text for word in query.text.split())
    )


def _closed(line: IssueLine) -> date:
    return line.issue.closed_on or line.raised_on
