"""The office handed from one manager to the next, and new keys for its visitors to follow."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitapp.domain.exchange.copies import PublicKeys
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import long_date

OFFICE_SUFFIX = ".visitoffice"
"""Ending of the file that the next manager opens."""


@dataclass(frozen=True, slots=True)
class Succession:
    """One handing over of the office. `number` is that of the keys which the successor makes.

    In the copy that was left `ended_at` is empty until the handing over is taken back, and
    `followed_at` says since when it knows that somebody took over. In the successor's copy both
    are when it was taken over.
    """

    id: UUID
    number: int
    handed_over_at: datetime
    handed_over_by: str
    successor: str = ""
    followed_at: datetime | None = None
    ended_at: datetime | None = None
    version: int = 1

    @property
    def closes_this_copy(self) -> bool:
        """Whether the office goes on elsewhere, so that nothing changes here."""
        return self.ended_at is None


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a visitor's copy is told of the office's new keys, signed by keys it knows. `number`
    grows with each renewal, so that an earlier one never takes the place of a later one."""

    number: int
    copy_id: UUID
    keys: PublicKeys


def closed_words(succession: Succession) -> str:
    """Why nothing changes in the copy that was left."""
    to = f" to {succession.successor}" if succession.successor else ""
    day = long_date(uk_time(succession.handed_over_at).date())
    return f"This office was handed over{to} on {day}. This copy can be read but not changed."


def followed_words(succession: Succession) -> str:
    """What the copy that was left knows of its successor."""
    if succession.followed_at is None:
        return "This copy doesn’t know yet whether the office has been taken over."
    who = succession.successor or "Somebody"
    return f"{who} has taken over the office."
