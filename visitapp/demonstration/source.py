"""The demonstration's files under `resources/demonstration`, and ids derived from names."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid5

from visitapp.domain.period import Period
from visitapp.paths import resources_folder

_NAMESPACE = UUID("6f6a1c1e-54f1-5c1a-9d0e-2f0f8f3b7d61")


def read(name: str) -> dict[str, Any]:
    """The content of `NAME.json`."""
    path = resources_folder() / "demonstration" / f"{name}.json"
    content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return content


def demonstration_id(*parts: str) -> UUID:
    """An id that is the same in every copy of the demonstration."""
    return uuid5(_NAMESPACE, "/".join(parts))


def day_of(text: str) -> date:
    """The day of `2024-03-31`."""
    return date.fromisoformat(text)


def period_of(days: list[str]) -> Period:
    """The period from the first to the last day."""
    return Period(day_of(days[0]), day_of(days[1]))


def minute_of(text: str) -> int:
    """`07:30` as minutes of the day."""
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)
