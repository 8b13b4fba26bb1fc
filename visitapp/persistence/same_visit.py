"""Pairs of reports that may be about the same visit, and the decisions about them."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, FromClause, Select, and_, exists, func, insert, or_, select

from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.overview import SameVisit
from visitapp.persistence import tables as t


def undecided_pairs(connection: Connection) -> list[SameVisit]:
    """Signed visits to one site whose times overlap, earlier first, without a decision so far. Of
    a visit whose time isn't known, those of the same day."""
    first, second = t.visit.alias("first"), t.visit.alias("second")
    last = func.coalesce(first.c.left_utc, first.c.admitted_utc, first.c.arrived_utc)
    overlap = (
        second.c.arrived_utc.between(first.c.arrived_utc, last),
        or_(second.c.arrived_utc > first.c.arrived_utc, second.c.id > first.c.id),
        first.c.day_only.is_(False),
        second.c.day_only.is_(False),
    )
    same_day = (
        first.c.day_only.is_(True),
        second.c.local_date == first.c.local_date,
        or_(second.c.day_only.is_(False), second.c.id > first.c.id),
    )
    pairs: list[tuple[int, int, SameVisit]] = []
    for conditions in (overlap, same_day):
        for row in connection.execute(_undecided(first, second).where(*conditions)):
            earlier, later = sorted(((row.first_at, row.first_id), (row.second_at, row.second_id)))
            pair = SameVisit(earlier[1], later[1], row.name, row.local_date)
            pairs.append((earlier[0], later[0], pair))
    return [pair for _, _, pair in sorted(pairs, key=lambda each: each[:2])]


def _undecided(first: FromClause, second: FromClause) -> Select[Any]:
    """Pairs of signed visits to one site without a decision."""
    decided = t.same_visit
    was_decided = exists(
        select(1).where(
            or_(
                and_(decided.c.first_id == first.c.id, decided.c.second_id == second.c.id),
                and_(decided.c.first_id == second.c.id, decided.c.second_id == first.c.id),
            )
        )
    )
    return (
        select(
            first.c.id.label("first_id"),
            second.c.id.label("second_id"),
            first.c.arrived_utc.label("first_at"),
            second.c.arrived_utc.label("second_at"),
            t.site.c.name,
            first.c.local_date,
        )
        .join_from(first, t.site, t.site.c.id == first.c.site_id)
        .where(
            second.c.site_id == first.c.site_id,
            first.c.state == State.LOCKED.value,
            second.c.state == State.LOCKED.value,
            ~was_decided,
        )
    )


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
