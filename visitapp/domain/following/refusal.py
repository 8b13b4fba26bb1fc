"""Visits that were refused entry: each is a finding of its own, until somebody says what was done
about it."""

from datetime import date, datetime
from uuid import UUID

from visitapp.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class RefusalAnswer:
    """What was done about a refusal, by whom and when (UTC)."""

    words: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """A visit refused entry. `reason`: what visitors were told, empty if the report doesn't say."""

    visit_id: UUID
    site_name: str
    day: date
    reason: str
    answer: RefusalAnswer | None = None
