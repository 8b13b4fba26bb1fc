"""Zones that a machine may be in, and the clocks of a summer and a winter."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

ZONES = ("Europe/London", "Pacific/Auckland", "UTC", "America/New_York")
SUMMER = datetime(2025, 7, 4, 13, 31, 7, tzinfo=UTC)
WINTER = datetime(2025, 1, 3, 13, 31, 7, tzinfo=UTC)
BY_UK_CLOCKS = {"July": (SUMMER, "14:31:07"), "January": (WINTER, "13:31:07")}
"""A time in UTC, and what the clock on the wall of a UK office shows then."""
_ORDINARY = {("Pacific/Auckland", "July"), ("Europe/London", "January")}
"""Where neither the machine's clock nor UTC shows what a UK one does, and where all three do."""
ZONES_AND_TIMES = [
    pytest.param(
        zone, *BY_UK_CLOCKS[month], id=f"{zone}-{month}",
        marks=() if (zone, month) in _ORDINARY else pytest.mark.long,
    )
    for zone in ZONES
    for month in BY_UK_CLOCKS
]  # fmt: skip


@contextmanager
def machine_in(zone: str) -> Iterator[None]:
    """The process's own zone is this one while the block runs."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()
