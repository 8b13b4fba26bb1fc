"""How long a visitor's copy holds accepted reports, and what is left of them then."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from visitapp.domain.following.ledger import digest_of


@dataclass(frozen=True, slots=True)
class ReducedReport:
    """What is left of a report in a visitor's copy: the office has all of it. `revision` is the
    one that the office accepted, so that no earlier state of it is ever taken for new."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    day: date
    ref: str
    revision: int
    accepted_at: datetime
    reduced_at: datetime

    @property
    def digest(self) -> str:
        """The digest of it in the ledger."""
        return digest_of({name: getattr(self, name) for name in ReducedReport.__dataclass_fields__})


def is_past_retention(accepted_at: datetime | None, keep_days: int, now: datetime) -> bool:
    """Whether a copy no longer holds a report that was accepted then (None where it was not)."""
    return accepted_at is not None and now - accepted_at >= timedelta(days=keep_days)
