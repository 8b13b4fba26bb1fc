"""Who was given what of the plan, and when."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Connection, insert, select

from visitapp.domain.period import Period
from visitapp.domain.plan.notice import Notice, NoticeKind, RotaCell, RotaNotice
from visitapp.persistence import same_site
from visitapp.persistence.planning_tables import plan_notice as table
from visitapp.persistence.planning_tables import rota_notice
from visitapp.persistence.stored_json import from_json, to_json

_LISTED = list[tuple[UUID, date, date, list[tuple[UUID, ...]]]]


def add(connection: Connection, items: Iterable[Notice]) -> None:
    """Write notices; earlier ones stay."""
    rows = [
        {
            "id": uuid4(),
            "scheme_id": item.scheme_id,
            "person_id": item.person_id,
            "planned_id": item.visit_id,
            "site_id": item.site_id,
            "partner_id": item.partner_id,
            "start_on": item.span.start,
            "end_on": item.span.end,
            "kind": item.kind.value,
            "at": item.at,
            "by_whom": item.by,
        }
        for item in items
    ]
    if rows:
        connection.execute(insert(table), rows)


def not_over(connection: Connection, today: date, period: Period) -> list[Notice]:
    """Those of weeks and months in a period that are not over, the latest first."""
    query = select(table).where(
        table.c.end_on >= max(today, period.start), table.c.start_on <= period.end
    )
    kept = same_site.kept_of(connection)
    return [
        Notice(
            row.person_id, row.planned_id, row.scheme_id,
            kept.get(row.site_id, row.site_id), row.partner_id,
            Period(row.start_on, row.end_on), NoticeKind(row.kind), row.at, row.by_whom,
        )
        for row in connection.execute(query.order_by(table.c.at.desc(), table.c.id))
    ]  # fmt: skip


def add_rota(connection: Connection, item: RotaNotice) -> None:
    """Write that a rota was handed out."""
    in_order = sorted(item.cells, key=lambda cell: (cell.span, cell.site_id))
    listed = [
        (cell.site_id, cell.span.start, cell.span.end, sorted(cell.pairs)) for cell in in_order
    ]
    connection.execute(
        insert(rota_notice).values(
            id=uuid4(),
            person_id=item.person_id,
            start_on=item.period.start,
            end_on=item.period.end,
            form=item.form,
            listed=to_json(listed),
            at=item.at,
            by_whom=item.by,
        )
    )


def rotas_not_over(connection: Connection, today: date, period: Period) -> list[RotaNotice]:
    """Rotas with weeks of a period that are not over, the latest first."""
    rows = rota_notice
    query = select(rows).where(
        rows.c.end_on >= max(today, period.start), rows.c.start_on <= period.end
    )
    return [
        RotaNotice(
            row.person_id,
            Period(row.start_on, row.end_on),
            row.form,
            tuple(
                RotaCell(site_id, Period(start, end), frozenset(pairs))
                for site_id, start, end, pairs in from_json(row.listed, _LISTED)
            ),
            row.at,
            row.by_whom,
        )
        for row in connection.execute(query.order_by(rows.c.at.desc(), rows.c.id))
    ]
