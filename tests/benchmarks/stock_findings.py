"""Answers counted by hand-written SQL over the driver's own connection: nothing of visitapp.

As a page shows it: a period, and the year before to compare with.
"""

import time
from datetime import date
from typing import Any

_SQL = """
SELECT site_id, question, meaning, code, SUM(number), SUM(number * value), MAX(value)
FROM counted_answer
WHERE day BETWEEN ? AND ?
  AND visit_id NOT IN (SELECT id FROM visit WHERE state <> 'locked' OR type = 'TRAINING')
GROUP BY site_id, question, meaning, code
"""


def count(connection: Any, start: date, end: date) -> list[tuple[Any, ...]]:
    """Rows of (site, question, meaning, code, number, sum, largest)."""
    return list(connection.execute(_SQL, [start.isoformat(), end.isoformat()]).fetchall())


def seconds(connection: Any, start: date, end: date) -> float:
    """How long the period and the year before it take."""
    began = time.perf_counter()
    count(connection, start, end)
    count(connection, start.replace(year=start.year - 1), end.replace(year=end.year - 1))
    return time.perf_counter() - began
