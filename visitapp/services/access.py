"""What all services share: the database, the person they act for, and the clock."""

from collections.abc import Callable
from datetime import date, datetime
from functools import partial

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import NotAllowedError
from visitapp.domain.moment import in_utc, uk_time
from visitapp.domain.office.scheme import Actor, Role
from visitapp.persistence.database import Database
from visitapp.persistence.watching import Writer


@dataclass(frozen=True, slots=True)
class Access:
    """The open records, the person acting, and `clock`, which returns an aware time in UTC."""

    database: Database
    actor: Actor
    clock: Callable[[], datetime]

    def __post_init__(self) -> None:
        """Have every change entered in the access register, and those of settings in the ledger."""
        watched = self.database.watched(partial(_who, self.actor, self.clock))
        object.__setattr__(self, "database", watched)

    def now(self) -> datetime:
        """The current time in UTC, to the second, as it is stored."""
        return _stored(self.clock)

    def today(self) -> date:
        """Today by UK clocks, whatever the machine's time zone."""
        return uk_time(self.clock()).date()

    def minute(self) -> int:
        """The minute of the day by UK clocks."""
        now = uk_time(self.clock())
        return 60 * now.hour + now.minute

    @property
    def reads_only(self) -> bool:
        """Whether this is a copy to read, in which nothing changes."""
        return self.actor.role is Role.READER

    def must_manage(self) -> None:
        """Raises NotAllowedError unless a manager is acting."""
        if self.actor.role is not Role.MANAGER:
            raise NotAllowedError("Only the volunteer manager can change this.")


def _stored(clock: Callable[[], datetime]) -> datetime:
    return in_utc(clock()).replace(microsecond=0)


def _who(actor: Actor, clock: Callable[[], datetime]) -> Writer:
    return Writer(actor, _stored(clock))
