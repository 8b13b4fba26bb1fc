"""What every service shares: the database, for whom it acts, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from visitapp.domain.errors import NotAllowedError
from visitapp.domain.moment import in_utc, uk_time
from visitapp.domain.office.scheme import Actor, Role
from visitapp.persistence.database import Database


@dataclass(frozen=True, slots=True)
class Access:
    """The open records, the person acting, and `clock` (an aware time in UTC)."""

    database: Database
    actor: Actor
    clock: Callable[[], datetime]

    def __post_init__(self) -> None:
        """Whatever services change of the settings is entered into the ledger."""
        watched = self.database.watched(partial(_who, self.actor.name, self.clock))
        object.__setattr__(self, "database", watched)

    def now(self) -> datetime:
        """The time it is, in UTC, to the second, as it is stored."""
        return _stored(self.clock)

    def today(self) -> date:
        """The day by UK clocks, whatever zone the machine is set to."""
        return uk_time(self.clock()).date()

    def must_manage(self) -> None:
        """Raises NotAllowedError for anybody but a manager."""
        if self.actor.role is not Role.MANAGER:
            raise NotAllowedError("Only the volunteer manager can change this.")


def _stored(clock: Callable[[], datetime]) -> datetime:
    return in_utc(clock()).replace(microsecond=0)


def _who(name: str, clock: Callable[[], datetime]) -> tuple[str, datetime]:
    return name, _stored(clock)
