"""The access register: who read or changed what kind of record, and when; never its content."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from visitapp.domain.period import Period
from visitapp.domain.records.record_kind import Deed, RecordKind
from visitapp.domain.text.wording import count_text, times

if TYPE_CHECKING:  # at the start nothing is made of it
    from visitapp.domain.office.scheme import Role


@dataclass(frozen=True, slots=True)
class AccessEntry:
    """One line. `at` is UTC. `number` is how many records a transaction changed, or how often
    records of the kind were read in the hour that ended then."""

    at: datetime
    by: str
    role: "Role"
    kind: RecordKind
    deed: Deed
    number: int

    @property
    def words(self) -> str:
        """What was done: `read 3 times`, `5 changed`."""
        if self.deed is Deed.READ:
            return f"read {times(self.number)}"
        return f"{count_text(self.number)} changed"

    def digest(self, previous: str) -> str:
        """The digest of the chain if this line follows one whose digest is `previous`."""
        from visitapp.domain.following.ledger import digest_of

        return digest_of({**asdict(self), "previous": previous})


@dataclass(frozen=True, slots=True)
class AccessQuery:
    """Which lines to list, newest first; None means all."""

    period: Period | None = None
    kind: RecordKind | None = None
    limit: int = 300
    offset: int = 0


@dataclass(frozen=True, slots=True)
class AccessPage:
    """Some lines, the total number that match, and the day of the first line of all."""

    entries: tuple[AccessEntry, ...]
    total: int
    first_day: date | None
