"""In the office: what was frozen for the pairs that draw their own moments."""

from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs, PairDraw
from visitapp.persistence.planning_tables import pair_draw
from visitapp.persistence.stored_json import from_json, to_json


def draws(connection: Connection) -> list[PairDraw]:
    """All of them, the earliest week first."""
    query = select(pair_draw).order_by(pair_draw.c.start_on, pair_draw.c.id)
    return [
        PairDraw(
            id=row.id,
            scheme_id=row.scheme_id,
            site_id=row.site_id,
            span=Period(row.start_on, row.end_on),
            pair=(row.first_id, row.second_id),
            copies=(row.first_copy_id, row.second_copy_id),
            visit_ids=from_json(row.visit_ids, tuple[UUID, ...]),
            frozen_on=row.frozen_on,
            inputs=from_json(row.inputs, FrozenInputs),
        )
        for row in connection.execute(query)
    ]


def add(connection: Connection, item: PairDraw) -> None:
    """Keep what was frozen for a week of a site."""
    connection.execute(
        insert(pair_draw).values(
            id=item.id,
            scheme_id=item.scheme_id,
            site_id=item.site_id,
            start_on=item.span.start,
            end_on=item.span.end,
            first_id=item.pair[0],
            second_id=item.pair[1],
            first_copy_id=item.copies[0],
            second_copy_id=item.copies[1],
            frozen_on=item.frozen_on,
            visit_ids=to_json(item.visit_ids),
            inputs=to_json(item.inputs),
        )
    )


def remove(connection: Connection, item: PairDraw) -> None:
    """Forget what was frozen: it holds no longer, or its week is over."""
    connection.execute(delete(pair_draw).where(pair_draw.c.id == item.id))
