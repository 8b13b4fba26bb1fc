"""The access register: who read or changed what kind of record, and when; never its content."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from visitapp.domain.period import Period
from visitapp.domain.text.wording import count_text, times

if TYPE_CHECKING:  # at the start nothing is made of it
    from visitapp.domain.office.scheme import Role


class RecordKind(StrEnum):
    """What a line of the register is about. Files keep the values: never to be changed."""

    REPORT = "report"
    DRAFT = "draft"
    ISSUE = "issue"
    COPY = "copy"
    INBOX = "inbox"
    PERSON = "person"
    AVAILABILITY = "availability"
    PLAN = "plan"
    MOMENT = "moment"
    TEXT = "text"
    IMPORT = "import"
    SETTINGS = "settings"
    EXCHANGE = "exchange"
    BACKUP = "backup"
    READERS_COPY = "readers_copy"

    @property
    def label(self) -> str:
        """In words, in the plural."""
        return _LABELS[self]


_LABELS = {
    RecordKind.REPORT: "Visit reports",
    RecordKind.DRAFT: "Drafts of reports",
    RecordKind.ISSUE: "Issues",
    RecordKind.COPY: "Copies of reports for others",
    RecordKind.INBOX: "Reports in the inbox",
    RecordKind.PERSON: "People",
    RecordKind.AVAILABILITY: "Availability",
    RecordKind.PLAN: "Plans of visits",
    RecordKind.MOMENT: "Days and times of planned visits",
    RecordKind.TEXT: "Texts of the year",
    RecordKind.IMPORT: "Imports",
    RecordKind.SETTINGS: "Settings",
    RecordKind.EXCHANGE: "Invitations and visitors\u2019 copies",
    RecordKind.BACKUP: "Backups",
    RecordKind.READERS_COPY: "What is counted, for a copy to read",
}


class Deed(StrEnum):
    """What was done."""

    READ = "read"
    CHANGED = "changed"


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
