"""What needs attention: open concerns. Also whether the file has any visits or plans yet."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Connection, Date, column, exists, func, select, table, text

from visitapp.domain.dataclass import dataclass
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import AT_ONCE, State
from visitapp.persistence import tables as t
from visitapp.persistence.office_issue_tables import office_issue

if TYPE_CHECKING:
    from visitapp.domain.following.issue_list import IssueLine
    from visitapp.domain.following.issue_query import IssueQuery
    from visitapp.domain.office.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Waiting:
    """One scheme's open concerns: how many, and the oldest."""

    scheme_id: UUID
    number: int
    category: str
    site_name: str
    raised_on: date
    visit_id: UUID | None


def open_issues(
    connection: Connection,
    open_statuses: Mapping[UUID, Sequence[str]],
    concerns: Mapping[UUID, Sequence[str]],
) -> list[Waiting]:
    """Open concerns of locked visits, by scheme, leaving out those put right during the visit."""
    waiting = []
    for scheme_id, statuses in open_statuses.items():
        joined = t.issue.join(t.visit, t.visit.c.id == t.issue.c.visit_id).join(
            t.site, t.site.c.id == t.visit.c.site_id
        )
        conditions = (
            t.issue.c.scheme_id == scheme_id,  # the same as the visit's; few issues are open
            t.visit.c.state == State.LOCKED.value,
            t.issue.c.status.in_(statuses),
            t.issue.c.category.in_(concerns.get(scheme_id, ())),
            t.issue.c.resolved_during_visit.is_(False),
        )
        visit = t.visit.c
        number = func.count().over()  # of all of them, although only the oldest is read
        oldest = connection.execute(
            select(number, t.issue.c.category, t.site.c.name, visit.local_date, visit.id)
            .select_from(joined)
            .where(*conditions)
            .order_by(visit.arrived_utc, t.issue.c.position)
            .limit(1)
        ).first()
        if oldest is not None:
            waiting.append(Waiting(scheme_id, *oldest))
    return waiting


@dataclass(frozen=True, slots=True)
class Recorded:
    """Whether anything of a kind is in the file."""

    visits: bool
    drafts: bool
    plans: bool
    received: bool
    handed: bool
    to_confirm: bool
    assigned: bool
    answers: bool
    counted: bool
    reduced: bool

    @property
    def is_told_by_office(self) -> bool:
        """In a visitor's copy: whether the office has sent anything about a report of its own or of
        another visitor, or visits to make."""
        return self.handed or self.to_confirm or self.assigned


_TABLES = {
    "visits": "visit",
    "drafts": "draft",
    "plans": "plan",
    "received": "received_report",
    "handed": "handed_report",
    "to_confirm": "partner_report",
    "assigned": "assigned_visit",
    "answers": "partner_answer",
    "counted": "counted_visit",
    "reduced": "reduced_report",
}


def recorded(connection: Connection) -> Recorded:
    """What there is, asked at once. What the tables are made of isn't loaded for this."""
    kinds = ", ".join(f"EXISTS (SELECT 1 FROM {name})" for name in _TABLES.values())  # noqa: S608
    row = connection.execute(text(f"SELECT {kinds}")).one()
    return Recorded(*map(bool, row))


def inbox(connection: Connection) -> tuple[int, int]:
    """How many reports wait for the office to decide, and how many of them have an issue of the
    gravest kind."""
    received = table("received_report", column("state"), column("severity"))
    waiting = select(func.count()).select_from(received).where(received.c.state == "waiting")
    number = connection.execute(waiting).scalar_one()
    grave = waiting.where(received.c.severity >= AT_ONCE)
    return number, connection.execute(grave).scalar_one() if number else 0


def was_handed_over(connection: Connection) -> bool:
    """Whether this office was ever handed to another manager."""
    return bool(connection.execute(select(exists().select_from(table("succession")))).scalar())


def kept_at_office(connection: Connection, period: Period | None = None) -> int:
    """In a visitor's copy: how many reports (of a period) only the office still has."""
    reduced = table("reduced_report", column("day", Date()))
    query = select(func.count()).select_from(reduced)
    if period is not None:
        query = query.where(reduced.c.day.between(period.start, period.end))
    return connection.execute(query).scalar_one()


def opened_by_office(
    connection: Connection, query: "IssueQuery", known: "Sequence[Scheme]", today: date
) -> "list[IssueLine]":
    """What a query asks for of the issues that the office opened itself. Most files have none, and
    then nothing is loaded for them."""
    if connection.execute(select(office_issue.c.id).limit(1)).first() is None:
        return []
    from visitapp.persistence import office_issues

    return office_issues.lines(connection, query, known, today)
