"""A report being written: whatever was typed, right or wrong, kept at every change."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Draft:
    """`content` holds the fields as typed (JSON values); `section` where the writer was.

    `replaces_id` is the signed visit that this report is to replace, with `reason`. A
    `version` of 0: never saved.
    """

    id: UUID
    scheme_id: UUID
    content: Mapping[str, Any] = field(default_factory=dict)
    section: str = ""
    author: str = ""
    saved_at: datetime | None = None
    replaces_id: UUID | None = None
    reason: str = ""
    version: int = 0
