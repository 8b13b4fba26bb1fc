"""The decision that two entries, of people or of sites, are one."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from visitapp.domain.dataclass import dataclass


@dataclass(frozen=True, slots=True)
class SameEntry:
    """The decision that the entry `entry_id` is the one of `kept_id`, under which both are counted.
    `why` is in the manager's own words. A decision is withdrawn, never changed."""

    id: UUID
    entry_id: UUID
    kept_id: UUID
    why: str
    by: str
    at: datetime
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    @property
    def holds(self) -> bool:
        """Whether it was not withdrawn."""
        return self.withdrawn_at is None


def kept_of(decisions: Iterable[SameEntry]) -> dict[UUID, UUID]:
    """Under which entry another is counted, by the ids of those that are."""
    return {item.entry_id: item.kept_id for item in decisions if item.holds}
