"""What somebody was in a scheme from which day on: applicant, on probation, on leave, left."""

from calendar import monthrange
from datetime import date, datetime, timedelta
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError

LEFT, ARCHIVED = "LEFT", "ARCHIVED"
ENDED = (LEFT, ARCHIVED)
PROBATION_MONTHS = 6
"""How long probation usually is (the scheme's published report of 2023/24)."""


@dataclass(frozen=True, slots=True)
class StatusChange:
    """The status of somebody in a scheme `from_on` (None: from a day that isn't known), a leave
    `until_on` its last day if that is known.

    A change is never overwritten: what was entered by mistake is withdrawn, and stays readable.
    `by` and `at` are empty where an older file said no more than the status. `reason` is the code
    of why they left, `why` the manager's own words. The last day in the scheme is the `from_on` of
    somebody who left.
    """

    id: UUID
    scheme_id: UUID
    status: str
    from_on: date | None
    until_on: date | None = None
    reason: str | None = None
    why: str = ""
    by: str = ""
    at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.begins:
            raise BadInputError("The last day of the leave is earlier than its first day.")

    @property
    def begins(self) -> date:
        """The first day, before all others if it isn't known."""
        return self.from_on or date.min

    @property
    def order(self) -> tuple[date, str]:
        """By day, and on one day as they were entered."""
        return self.begins, "" if self.at is None else self.at.isoformat()

    @property
    def has_ended(self) -> bool:
        """Whether the person is no longer in the scheme."""
        return self.status in ENDED

    def holds_on(self, day: date) -> bool:
        """Whether it holds on a day unless a later one does; the day of leaving is still one in the
        scheme."""
        is_over = self.until_on is not None and day > self.until_on
        return not self.has_ended and self.begins <= day and not is_over


def end_of_probation(first: date) -> date:
    """The usual last day of a probation that begins on a day."""
    month = first.month - 1 + PROBATION_MONTHS
    year, month = first.year + month // 12, month % 12 + 1
    last_day = min(first.day, monthrange(year, month)[1])
    return date(year, month, last_day) - timedelta(days=1)
