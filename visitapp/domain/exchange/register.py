"""Who has joined with a copy of their own: what the register says of each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from visitapp.domain.exchange.copies import Invitation
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import day_of_month

REPLY_FILE = "Reply to my manager.visitmsg"
"""How a visitor's answer to an invitation is called unless they choose another name."""


@dataclass(frozen=True, slots=True)
class JoinedCopy:
    """A visitor's copy that joined. `fingerprint` are the six words for its keys."""

    id: UUID
    joined_on: date
    fingerprint: str
    shut_out_on: date | None = None


@dataclass(frozen=True, slots=True)
class PersonCopies:
    """A person's copies, the first one first, and the invitation by which they can still join."""

    copies: tuple[JoinedCopy, ...] = ()
    invitation: Invitation | None = None

    @property
    def in_use(self) -> tuple[JoinedCopy, ...]:
        """Those that were not shut out."""
        return tuple(copy for copy in self.copies if copy.shut_out_on is None)

    @property
    def last_day(self) -> date | None:
        """The last day on which the joining code works; None without an invitation."""
        return None if self.invitation is None else last_day_of(self.invitation)

    @property
    def words(self) -> str:
        """`Joined`, `Invited until 12 Mar`, `Shut out`; empty for neither."""
        if self.in_use:
            return "Joined"
        if self.last_day is not None:
            return f"Invited until {day_of_month(self.last_day)}"
        return "Shut out" if self.copies else ""


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """The six words for the keys of this copy, and in a visitor's copy of the office's."""

    own: str
    office: str = ""


def last_day_of(invitation: Invitation) -> date:
    """The last day on which an invitation's code works."""
    return uk_time(invitation.ends_at).date()


def open_invitation(
    invitations: Sequence[Invitation], person_id: UUID, now: datetime
) -> Invitation | None:
    """The newest invitation by which a person can still join."""
    usable = (item for item in invitations if item.person_id == person_id and item.is_open_at(now))
    return max(usable, key=lambda item: item.number, default=None)
