"""Answers counted by hand-written SQL over the driver's own connection: nothing of visitapp.

As a page shows it: a period, and the year before to compare with.
"""

import time
from datetime import date
from typing import Any, Protocol


class Days(Protocol):
    """A period of whole months."""

    @property
    def start(self) -> date: ...
    @property
    def end(self) -> date: ...


_MONTHS = """
SELECT question, meaning, code, SUM(number), SUM(total), MAX(most)
FROM counted_month
WHERE place_id IN (SELECT id FROM site) AND month BETWEEN ? AND ? AND type <> 'TRAINING'
GROUP BY question, meaning, code
"""
_REPORTS = """
SELECT question, meaning, code, SUM(number), SUM(number * value), MAX(value)
FROM visit JOIN counted_answer ON visit_id = id
WHERE local_date BETWEEN ? AND ? AND state = 'locked' AND type <> 'TRAINING'
GROUP BY question, meaning, code
"""


def count(connection: Any, days: Days) -> list[tuple[Any, ...]]:
    """Rows of (question, meaning, code, number, sum, largest), some of them in several months."""
    return _rows(connection, _MONTHS, days.start, days.end)


def _rows(connection: Any, sql: str, start: date, end: date) -> list[tuple[Any, ...]]:
    return list(connection.execute(sql, [start.isoformat(), end.isoformat()]).fetchall())


def seconds(connection: Any, days: Days) -> float:
    """How long the period and the year before it take."""
    began = time.perf_counter()
    count(connection, days)
    earlier = days.start.replace(year=days.start.year - 1)
    _rows(connection, _MONTHS, earlier, days.end.replace(year=days.end.year - 1))
    return time.perf_counter() - began


def seconds_one_by_one(connection: Any, days: Days) -> float:
    """How long counting the answers of each report takes."""
    began = time.perf_counter()
    _rows(connection, _REPORTS, days.start, days.end)
    return time.perf_counter() - began
