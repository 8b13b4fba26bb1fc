"""Pairs of reports that may be about the same visit, and the decisions about them."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, and_, exists, func, insert, or_, select

from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.overview import SameVisit
from visitapp.persistence import tables as t


def undecided_pairs(connection: Connection) -> list[SameVisit]:
    """Signed visits to one site whose times overlap, earlier first, without a decision so far."""
    first, second, decided = t.visit.alias("first"), t.visit.alias("second"), t.same_visit
    last = func.coalesce(first.c.left_utc, first.c.admitted_utc, first.c.arrived_utc)
    was_decided = exists(
        select(1).where(
            or_(
                and_(decided.c.first_id == first.c.id, decided.c.second_id == second.c.id),
                and_(decided.c.first_id == second.c.id, decided.c.second_id == first.c.id),
            )
        )
    )
    rows = connection.execute(
        select(first.c.id, second.c.id, t.site.c.name, first.c.local_date)
        .join_from(first, t.site, t.site.c.id == first.c.site_id)
        .where(
            second.c.site_id == first.c.site_id,
            second.c.arrived_utc.between(first.c.arrived_utc, last),
            or_(
                second.c.arrived_utc > first.c.arrived_utc,
                second.c.id > first.c.id,
            ),
            first.c.state == State.LOCKED.value,
            second.c.state == State.LOCKED.value,
            first.c.day_only == second.c.day_only,
            ~was_decided,
        )
        .order_by(first.c.arrived_utc, second.c.arrived_utc)
    )
    return [SameVisit(*row) for row in rows]


def record_decision(
    connection: Connection, pair: tuple[UUID, UUID], decision: str, by: str, at: datetime
) -> None:
    """Record a person's decision: `joined` or `kept`.

    A pair is stored in a fixed order, so there can be only one decision about it.
    """
    first, second = sorted(pair, key=str)
    scheme_id = connection.execute(
        select(t.visit.c.scheme_id).where(t.visit.c.id == first)
    ).scalar_one()
    connection.execute(
        insert(t.same_visit).values(
            id=uuid4(),
            scheme_id=scheme_id,
            first_id=first,
            second_id=second,
            decision=decision,
            decided_by=by,
            decided_at=at,
        )
    )
