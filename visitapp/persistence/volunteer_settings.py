"""What the office settled for its volunteers: what a mile is paid with, and the least a year."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.mileage import MileageRate
from visitapp.domain.office.minimum import Minimum
from visitapp.persistence import claim_tables as ct
from visitapp.persistence.rows import save_parts


def mileage_rates(connection: Connection) -> tuple[MileageRate, ...]:
    """What a mile is paid with, oldest first."""
    query = select(ct.mileage_rate).order_by(ct.mileage_rate.c.from_on)
    return tuple(MileageRate(row.from_on, row.pence) for row in connection.execute(query))


def save_mileage_rates(
    connection: Connection, office_id: UUID, items: Sequence[MileageRate], version: int
) -> None:
    """Write those of an office that has this version."""
    parts = (
        (rate.from_on.isoformat(), {"from_on": rate.from_on, "pence": rate.pence}) for rate in items
    )
    save_parts(connection, ct.mileage_rate, {"office_id": office_id}, version, parts)


def minimums_by_scheme(connection: Connection) -> Mapping[UUID, Minimum]:
    """What each scheme asks of its volunteers; none of a scheme that asks for nothing."""
    rows = connection.execute(select(ct.volunteer_minimum))
    return {row.scheme_id: Minimum(row.visits, row.meetings) for row in rows}


def save_minimum(connection: Connection, scheme_id: UUID, version: int, item: Minimum) -> None:
    """Replace that of a scheme."""
    asked = [("", {"visits": item.visits, "meetings": item.meetings})]
    parts = asked if item != Minimum() else []
    save_parts(connection, ct.volunteer_minimum, {"scheme_id": scheme_id}, version, parts)
