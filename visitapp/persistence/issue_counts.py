"""Which issues there are: their standings, filters and numbers. No issue is read for this."""

from collections.abc import Iterable
from datetime import date, timedelta

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from visitapp.domain.following.issue_query import IssueQuery, IssueStanding
from visitapp.domain.office.codes import Matter
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report.visit_codes import AT_ONCE, State
from visitapp.persistence import tables as t
from visitapp.persistence.naming import ids_named

STATUS, CATEGORY = t.code.alias("status_code"), t.code.alias("category_code")
# Codes are joined by the issue's scheme, which is the visit's, so that SQLite can tell whether an
# issue counts before it reads the visit.
JOINED = (
    t.issue.join(t.visit, t.visit.c.id == t.issue.c.visit_id)
    .join(t.site, t.site.c.id == t.visit.c.site_id)
    .outerjoin(
        STATUS,
        and_(
            STATUS.c.scheme_id == t.issue.c.scheme_id,
            STATUS.c.list_name == "issue_status",
            STATUS.c.code == t.issue.c.status,
        ),
    )
    .outerjoin(
        CATEGORY,
        and_(
            CATEGORY.c.scheme_id == t.issue.c.scheme_id,
            CATEGORY.c.list_name == "issue_category",
            CATEGORY.c.code == t.issue.c.category,
        ),
    )
)
IS_POSITIVE = CATEGORY.c.group_name == "positive"
IS_CONCERN = CATEGORY.c.group_name.in_(tuple(Matter))
IS_OPEN = and_(
    IS_CONCERN, STATUS.c.group_name == "open", t.issue.c.resolved_during_visit.is_(False)
)
STANDINGS: dict[IssueStanding, ColumnElement[bool]] = {
    IssueStanding.OPEN: IS_OPEN,
    IssueStanding.CLOSED: and_(IS_CONCERN, func.coalesce(~IS_OPEN, True)),
    IssueStanding.ALL: IS_CONCERN,
    IssueStanding.POSITIVE: IS_POSITIVE,
}
_STANDING = case(
    (IS_POSITIVE, IssueStanding.POSITIVE.value), (IS_OPEN, IssueStanding.OPEN.value),
    (IS_CONCERN, IssueStanding.CLOSED.value), else_="",
)  # fmt: skip
CLOSED_ON = func.coalesce(t.issue.c.closed_on, t.visit.c.local_date)


def numbers(connection: Connection, query: IssueQuery) -> dict[IssueStanding, int]:
    """How many issues of each standing match the filters."""
    rows = connection.execute(
        select(_STANDING.label("standing"), func.count())
        .select_from(JOINED)
        .where(*filters(connection, query))
        .group_by("standing")
    )
    by_name = {name: int(number) for name, number in rows}
    counted = {standing: by_name.get(standing.value, 0) for standing in IssueStanding}
    counted[IssueStanding.ALL] = counted[IssueStanding.OPEN] + counted[IssueStanding.CLOSED]
    return counted


def overdue(
    connection: Connection,
    query: IssueQuery,
    schemes: Iterable[Scheme],
    today: date,
) -> int:
    """How many open issues that match the filters are past their scheme's limit; allegations from
    the day after the visit."""
    late = [
        and_(
            t.visit.c.scheme_id == scheme.id,
            t.visit.c.local_date < today - timedelta(days=scheme.issue_days),
        )
        for scheme in schemes
    ]
    if not late:
        return 0
    late.append(and_(t.issue.c.severity >= AT_ONCE, t.visit.c.local_date < today))
    return connection.execute(
        select(func.count())
        .select_from(JOINED)
        .where(*filters(connection, query), IS_OPEN, or_(*late))
    ).scalar_one()


def filters(connection: Connection, query: IssueQuery) -> list[ColumnElement[bool]]:
    """The conditions of a query, but for its standing."""
    conditions: list[ColumnElement[bool]] = [
        t.visit.c.state == State.LOCKED.value,
        t.issue.c.severity >= query.severity,
    ]
    if query.scheme_id is not None:
        conditions.append(t.visit.c.scheme_id == query.scheme_id)
    if query.site_ids:
        conditions.append(t.visit.c.site_id.in_(query.site_ids))
    if query.categories:
        conditions.append(t.issue.c.category.in_(query.categories))
    if query.closed_since is not None:
        conditions.append(query.closed_since <= CLOSED_ON)
    if query.of is not None:
        from visitapp.persistence.own_records import is_mine

        conditions.append(is_mine(query.of))
    conditions.extend(_mentions(connection, word) for word in query.text.split())
    return conditions


def _mentions(connection: Connection, word: str) -> ColumnElement[bool]:
    columns = (
        t.issue.c.description,
        t.issue.c.place,
        t.visit.c.ref,
        CATEGORY.c.label,
    )
    sites = ids_named(connection, t.site, word)
    return or_(
        t.visit.c.site_id.in_(sites),
        *(column.icontains(word, autoescape=True) for column in columns),
    )
