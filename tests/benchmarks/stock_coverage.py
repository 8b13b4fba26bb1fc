"""Coverage as hand-written SQL over the driver's own connection: nothing of visitapp."""

import time
from datetime import date
from typing import Any

_SQL = """
SELECT site_id, weekday,
       CASE WHEN minute < 480 THEN 0 WHEN minute < 720 THEN 1 WHEN minute < 960 THEN 2
            WHEN minute < 1200 THEN 3 ELSE 4 END AS band,
       COUNT(*)
FROM visit
WHERE site_id IN ({sites}) AND state = 'locked' AND type <> 'TRAINING'
  AND status NOT IN ('ABANDONED', 'REFUSED_ENTRY', 'SITE_CLOSED') AND mode = 'FACE'
  AND local_date BETWEEN ? AND ?
GROUP BY site_id, weekday, band
"""


def count(connection: Any, site_ids: list[str], start: date, end: date) -> list[tuple[Any, ...]]:
    """Rows of (site, weekday, band, visits) of the usual 35 timeslots."""
    sql = _SQL.format(sites=", ".join("?" * len(site_ids)))
    rows = connection.execute(sql, [*site_ids, start.isoformat(), end.isoformat()])
    return list(rows.fetchall())


def seconds(connection: Any, site_ids: list[str], start: date, end: date) -> float:
    """How long it takes once."""
    began = time.perf_counter()
    count(connection, site_ids, start, end)
    return time.perf_counter() - began
