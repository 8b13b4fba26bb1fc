"""The animals that sites have, and when each was last seen."""

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, and_, func, or_, select

from visitapp.domain.office.animal import Animal
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.folding import sort_key
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.rows import save_row


def animals(connection: Connection, site_id: UUID | None = None) -> list[Animal]:
    """All animals that a site, or any site, has ever had, by name."""
    query = select(rt.animal)
    if site_id is not None:
        query = query.where(rt.animal.c.site_id == site_id)
    rows_by_id = [
        Animal(
            id=row.id,
            scheme_id=row.scheme_id,
            site_id=row.site_id,
            name=row.name,
            species=row.species,
            work=row.work,
            handler=row.handler,
            from_on=row.from_on,
            to_on=row.to_on,
            version=row.version,
        )
        for row in connection.execute(query)
    ]
    return sorted(rows_by_id, key=lambda animal: (*sort_key(animal.name), str(animal.id)))


def names(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, str]:
    """The names of animals by id."""
    rows = connection.execute(
        select(rt.animal.c.id, rt.animal.c.name).where(rt.animal.c.id.in_(ids))
    )
    return {row.id: row.name for row in rows}


def save_animal(connection: Connection, item: Animal) -> None:
    """Write an animal."""
    values = {
        "id": item.id,
        "scheme_id": item.scheme_id,
        "site_id": item.site_id,
        "name": item.name,
        "species": item.species,
        "work": item.work,
        "handler": item.handler,
        "from_on": item.from_on,
        "to_on": item.to_on,
    }
    save_row(connection, rt.animal, values, item.version)


def last_seen(
    connection: Connection,
    seen_outcomes: Mapping[UUID, Sequence[str]],
    training_types: Mapping[UUID, Sequence[str]],
    until: date,
) -> dict[UUID, date]:
    """When each animal was last seen on a counted visit up to a day. The codes are each scheme's
    own."""
    ways = [
        and_(
            t.visit.c.scheme_id == scheme_id,
            t.outcome_count.c.outcome.in_(outcomes),
            t.visit.c.type.not_in(training_types.get(scheme_id, ())),
        )
        for scheme_id, outcomes in seen_outcomes.items()
    ]
    if not ways:
        return {}
    query = (
        select(rt.report_row.c.animal_id, func.max(t.visit.c.local_date))
        .select_from(
            rt.report_row.join(
                t.outcome_count, t.outcome_count.c.id == rt.report_row.c.count_id
            ).join(t.visit, t.visit.c.id == rt.report_row.c.visit_id)
        )
        .where(
            rt.report_row.c.animal_id.is_not(None),
            t.visit.c.state == State.LOCKED.value,
            t.visit.c.local_date <= until,
            or_(*ways),
        )
        .group_by(rt.report_row.c.animal_id)
    )
    return {animal_id: day for animal_id, day in connection.execute(query)}  # noqa: C416 - rows
