"""Volunteers, as far as recording visits needs them: name, schemes, dates and status."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.errors import BadInputError


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's time in one scheme. `status` is a code of the list `volunteer_status`."""

    scheme_id: UUID
    joined_on: date
    left_on: date | None = None
    status: str = "ACTIVE"
    leaving_reason: str | None = None

    def __post_init__(self) -> None:
        if self.left_on is not None and self.left_on < self.joined_on:
            raise BadInputError("A person can't leave a scheme before joining it.")

    @property
    def is_applicant(self) -> bool:
        """Whether the person has not been taken on yet."""
        return self.status in ("APPLICANT", "INTERVIEWED", "VETTING")

    def is_active_on(self, day: date) -> bool:
        """Whether the person belonged to the scheme that day and was not away from it."""
        away = self.is_applicant or self.status == "LEAVE"
        return self.joined_on <= day and (self.left_on is None or day <= self.left_on) and not away


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer of the office, in one scheme or several."""

    id: UUID
    name: str
    memberships: tuple[Membership, ...] = ()
    version: int = 1

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadInputError("A person needs a name.")

    def is_active_on(self, scheme_id: UUID, day: date) -> bool:
        """Whether the person could visit for that scheme on that day."""
        return any(m.scheme_id == scheme_id and m.is_active_on(day) for m in self.memberships)

    def membership(self, scheme_id: UUID) -> Membership | None:
        """The latest membership of a scheme, if any."""
        mine = [m for m in self.memberships if m.scheme_id == scheme_id]
        return max(mine, key=lambda m: m.joined_on, default=None)
