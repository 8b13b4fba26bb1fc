"""The times of day at which the shifts of a scheme's sites change."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Connection, select

from visitapp.domain.office.grid import Band
from visitapp.persistence.office_tables import handover
from visitapp.persistence.rows import save_parts


def handovers_by_scheme(connection: Connection) -> dict[UUID, tuple[Band, ...]]:
    """All of them; none for a scheme without any."""
    bands: dict[UUID, tuple[Band, ...]] = defaultdict(tuple)
    for row in connection.execute(select(handover).order_by(handover.c.position)):
        bands[row.scheme_id] += (Band(row.start_minute, row.end_minute),)
    return bands


def save_handovers(
    connection: Connection, scheme_id: UUID, version: int, bands: Iterable[Band]
) -> None:
    """Write those of one scheme, the earliest first."""
    parts = (
        (str(at), {"position": at, "start_minute": band.start, "end_minute": band.end})
        for at, band in enumerate(sorted(bands, key=lambda band: band.start))
    )
    save_parts(connection, handover, {"scheme_id": scheme_id}, version, parts)
