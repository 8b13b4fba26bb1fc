"""Reads values from JSON, each as the type it should have.

Nothing here raises: JSON that another version wrote, or that was damaged, must still open, and
whatever can be read of it counts.
"""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from visitapp.domain.moment import from_stored_text

LARGEST_NUMBER = 99_999
"""A larger count of people, animals or minutes is a typing mistake."""


def as_text(value: Any) -> str:
    """A text; empty if it isn't one."""
    return value if isinstance(value, str) else ""


def as_mapping(value: Any) -> dict[str, Any]:
    """A mapping; empty if it isn't one."""
    return value if isinstance(value, dict) else {}


def as_list(value: Any) -> list[Any]:
    """A list; empty if it isn't one."""
    return value if isinstance(value, list) else []


def as_mappings(value: Any) -> list[dict[str, Any]]:
    """The mappings of a list."""
    return [item for item in as_list(value) if isinstance(item, dict)]


def as_number(value: Any) -> int | None:
    """A whole number from 0 to `LARGEST_NUMBER`; otherwise None."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value <= LARGEST_NUMBER else None


def as_id(value: Any) -> UUID | None:
    """An id; None if it isn't one."""
    try:
        return UUID(value) if isinstance(value, str) else None
    except ValueError:
        return None


def as_day(value: Any) -> date | None:
    """A day written by the program itself (ISO 8601); otherwise None."""
    try:
        return date.fromisoformat(as_text(value))
    except ValueError:
        return None


def as_utc(value: Any) -> datetime | None:
    """A time as `stored_text` writes it, in aware UTC; otherwise None."""
    try:
        return from_stored_text(as_text(value))
    except ValueError:
        return None
