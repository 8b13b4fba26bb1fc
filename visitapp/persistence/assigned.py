"""In a visitor's copy: the visits that the office has given to this visitor, and what this copy
and the partner's draw their moments from. The moments themselves are never stored."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, insert, select

from visitapp.domain.exchange.copies import PublicKeys
from visitapp.domain.exchange.given_back import AssignedVisit, GivenDraw
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs
from visitapp.persistence.exchange_tables import assigned_draw, assigned_visit
from visitapp.persistence.stored_json import from_json, to_json


def visits(connection: Connection) -> list[AssignedVisit]:
    """All of them, the next one first."""
    query = select(assigned_visit).order_by(assigned_visit.c.start_on, assigned_visit.c.id)
    return [
        AssignedVisit(
            row.id,
            row.scheme_id,
            row.site_id,
            Period(row.start_on, row.end_on),
            row.partner_id,
            row.of_pair,
            bool(row.stood_down),
        )
        for row in connection.execute(query)
    ]


def replace_all(connection: Connection, items: Iterable[AssignedVisit]) -> None:
    """Keep these in the place of all earlier ones."""
    connection.execute(delete(assigned_visit))
    for item in items:
        connection.execute(
            insert(assigned_visit).values(
                id=item.id,
                scheme_id=item.scheme_id,
                site_id=item.site_id,
                start_on=item.span.start,
                end_on=item.span.end,
                partner_id=item.partner_id,
                of_pair=item.is_of_pair,
                stood_down=item.is_stood_down or None,
            )
        )


def draws(connection: Connection) -> list[tuple[GivenDraw, bool]]:
    """What moments are drawn from, the next week first, and whether an earlier draw of that week
    came before, so that a moment that was noted holds no longer."""
    query = select(assigned_draw).order_by(assigned_draw.c.start_on, assigned_draw.c.id)
    return [
        (
            GivenDraw(
                row.id,
                row.scheme_id,
                row.site_id,
                Period(row.start_on, row.end_on),
                row.partner_id,
                PublicKeys(row.sealing, row.signing),
                row.frozen_on,
                from_json(row.inputs, FrozenInputs),
            ),
            row.again,
        )
        for row in connection.execute(query)
    ]


def replace_draws(connection: Connection, items: Iterable[GivenDraw]) -> None:
    """Keep these in the place of all earlier ones."""
    before = {(draw.site_id, draw.span): (draw.id, again) for draw, again in draws(connection)}
    connection.execute(delete(assigned_draw))
    for item in items:
        was_id, was_again = before.get((item.site_id, item.span), (item.id, False))
        connection.execute(
            insert(assigned_draw).values(
                id=item.id,
                scheme_id=item.scheme_id,
                site_id=item.site_id,
                start_on=item.span.start,
                end_on=item.span.end,
                partner_id=item.partner_id,
                sealing=item.partner_keys.sealing,
                signing=item.partner_keys.signing,
                frozen_on=item.frozen_on,
                inputs=to_json(item.inputs),
                again=was_again or was_id != item.id,
            )
        )
