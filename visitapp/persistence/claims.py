"""What volunteers claim, and which of their hours the manager approved."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, insert, select, update

from visitapp.domain.office.claim import ClaimKind, VolunteerClaim
from visitapp.domain.period import Period
from visitapp.domain.year.volunteer_hours import HoursApproval
from visitapp.persistence import claim_tables as ct

_NAMES = {"on": "on_day", "by": "entered_by", "at": "entered_at"}
_FIELDS = (
    *("id", "person_id", "on", "what", "minutes", "miles", "pence", "has_receipt", "pence_a_mile"),
    *("by", "at", "approved_by", "approved_at", "withdrawn_by", "withdrawn_at"),
)


def claims_in(connection: Connection, period: Period) -> defaultdict[UUID, list[VolunteerClaim]]:
    """The claims of each person for days of a period, oldest first."""
    listed: defaultdict[UUID, list[VolunteerClaim]] = defaultdict(list)
    for item in _claims(connection, ct.claim.c.on_day.between(period.start, period.end)):
        listed[item.person_id].append(item)
    return listed


def every_claim(connection: Connection) -> list[VolunteerClaim]:
    """All claims, oldest first."""
    return list(_claims(connection))


def _claims(connection: Connection, *wanted: ColumnElement[bool]) -> Iterator[VolunteerClaim]:
    in_order = (ct.claim.c.on_day, ct.claim.c.entered_at, ct.claim.c.id)
    for row in connection.execute(select(ct.claim).where(*wanted).order_by(*in_order)):
        values = {name: getattr(row, _NAMES.get(name, name)) for name in _FIELDS}
        yield VolunteerClaim(kind=ClaimKind(row.kind), **values)


def add(connection: Connection, item: VolunteerClaim) -> None:
    """Write a claim."""
    values = {_NAMES.get(name, name): getattr(item, name) for name in _FIELDS}
    connection.execute(insert(ct.claim).values(kind=item.kind.value, **values))


def approve(connection: Connection, ids: Sequence[UUID], by: str, at: datetime) -> None:
    """Note that those of these claims that wait may be paid."""
    waits = ct.claim.c.approved_at.is_(None) & ct.claim.c.withdrawn_at.is_(None)
    values = {"approved_by": by, "approved_at": at, "version": ct.claim.c.version + 1}
    connection.execute(update(ct.claim).where(ct.claim.c.id.in_(ids), waits).values(**values))


def withdraw(connection: Connection, claim_id: UUID, by: str, at: datetime) -> bool:
    """Note that it was entered by mistake. Returns whether it stood until now."""
    stood = ct.claim.c.withdrawn_at.is_(None)
    values = {"withdrawn_by": by, "withdrawn_at": at, "version": ct.claim.c.version + 1}
    done = update(ct.claim).where(ct.claim.c.id == claim_id, stood).values(**values)
    return bool(connection.execute(done).rowcount)


def approvals(connection: Connection, period: Period) -> Mapping[UUID, HoursApproval]:
    """The latest approval of each person for exactly these days."""
    rows = ct.hours_approval
    query = (
        select(rows)
        .where(rows.c.start_on == period.start, rows.c.end_on == period.end)
        .order_by(rows.c.approved_at, rows.c.id)
    )
    return {
        row.person_id: HoursApproval(
            row.person_id, period, row.minutes, row.pence, row.approved_by, row.approved_at
        )
        for row in connection.execute(query)
    }


def add_approvals(connection: Connection, items: Sequence[HoursApproval]) -> None:
    """Write what the manager approved."""
    rows = [
        {
            "id": uuid4(),
            "person_id": item.person_id,
            "start_on": item.period.start,
            "end_on": item.period.end,
            "minutes": item.minutes,
            "pence": item.pence,
            "approved_by": item.by,
            "approved_at": item.at,
        }
        for item in items
    ]
    if rows:
        connection.execute(insert(ct.hours_approval), rows)
