"""The latest visits to a site and their answers, for a briefing."""

from typing import Any
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.following.briefing import Checks
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.stored_json import from_json


def last_visits(connection: Connection, site_id: UUID, many: int) -> list[UUID]:
    """The latest visits to a site that count and were reported with a form, newest first."""
    ids = connection.execute(
        select(t.visit.c.id)
        .join(rt.report, rt.report.c.visit_id == t.visit.c.id)
        .where(t.visit.c.site_id == site_id, t.visit.c.state == State.LOCKED.value)
        .order_by(t.visit.c.arrived_utc.desc())
        .limit(many)
    )
    return list(ids.scalars())


def checks(connection: Connection, site_id: UUID, many: int) -> list[Checks]:
    """The answers at the latest visits that were reported with a form, newest first."""
    rows = connection.execute(
        select(t.visit.c.local_date, rt.report.c.answers)
        .join(rt.report, rt.report.c.visit_id == t.visit.c.id)
        .where(t.visit.c.site_id == site_id, t.visit.c.state == State.LOCKED.value)
        .order_by(t.visit.c.arrived_utc.desc())
        .limit(many)
    )
    return [Checks(day, from_json(answers, dict[str, Any])) for day, answers in rows]


def form_numbers(connection: Connection, site_id: UUID) -> dict[UUID, int]:
    """The number of the form that each visit to a site was reported with, without visits that have
    none."""
    rows = connection.execute(
        select(rt.report.c.visit_id, rt.report.c.form_number)
        .join(t.visit, t.visit.c.id == rt.report.c.visit_id)
        .where(t.visit.c.site_id == site_id)
    )
    return {row.visit_id: row.form_number for row in rows}
