"""The bodies that the office's schemes belong to, one after the other."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.body import COMMISSIONER, Body, Law, years_of
from visitapp.domain.reporting_years import ReportingYears
from visitapp.persistence import office_tables as ot
from visitapp.persistence.rows import save_parts


def bodies(connection: Connection) -> tuple[Body, ...]:
    """All of them, the first one first; a file that names none belongs to `COMMISSIONER`."""
    rows = connection.execute(select(ot.body).order_by(ot.body.c.from_on.nulls_first()))
    stored = (
        Body(
            name=r.name,
            short=r.short_name,
            possessive=r.possessive,
            law=Law(r.law),
            visitors=r.visitors,
            visited=r.visited,
            first_month=r.first_month,
            from_on=r.from_on,
        )
        for r in rows
    )
    return tuple(stored) or (COMMISSIONER,)


def reporting_years(connection: Connection) -> ReportingYears:
    """The years that the office reports on."""
    return years_of(bodies(connection))


def save(connection: Connection, office_id: UUID, items: Sequence[Body], version: int) -> None:
    """Write the bodies of an office that has this version."""
    named = [] if items == (COMMISSIONER,) else items
    parts = (
        (
            "" if body.from_on is None else body.from_on.isoformat(),
            {
                "from_on": body.from_on,
                "name": body.name,
                "short_name": body.short,
                "possessive": body.possessive,
                "law": body.law.value,
                "visitors": body.visitors,
                "visited": body.visited,
                "first_month": body.first_month,
            },
        )
        for body in named
    )
    save_parts(connection, ot.body, {"office_id": office_id}, version, parts)
