"""The days on which schemes plan no visits."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.day_off import DayOff
from visitapp.persistence.office_tables import scheme_day_off
from visitapp.persistence.rows import save_parts


def days_off_by_scheme(connection: Connection) -> Mapping[UUID, tuple[DayOff, ...]]:
    """Those of each scheme, in order; none for a scheme without any."""
    days_off: dict[UUID, tuple[DayOff, ...]] = defaultdict(tuple)
    for row in connection.execute(select(scheme_day_off).order_by(scheme_day_off.c.day_on)):
        days_off[row.scheme_id] += (DayOff(row.day_on, row.yearly),)
    return days_off


def save_days_off(
    connection: Connection, scheme_id: UUID, version: int, days_off: Sequence[DayOff]
) -> None:
    """Replace those of a scheme."""
    parts = (
        (day_off.first.isoformat(), {"day_on": day_off.first, "yearly": day_off.is_yearly})
        for day_off in days_off
    )
    save_parts(connection, scheme_day_off, {"scheme_id": scheme_id}, version, parts)
