"""Which issues to list."""

from datetime import date
from enum import StrEnum
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.people import Myself


class IssueStanding(StrEnum):
    """Which issues to list: open concerns, closed ones, both, or positive findings."""

    OPEN = "open"
    CLOSED = "closed"
    ALL = "all"
    POSITIVE = "positive"


@dataclass(frozen=True, slots=True)
class IssueQuery:
    """Which issues to list. Empty `site_ids` and `categories` mean all; `severity` is the lowest to
    list; `of`: only those in a visitor's own reports."""

    standing: IssueStanding = IssueStanding.OPEN
    scheme_id: UUID | None = None
    site_ids: tuple[UUID, ...] = ()
    categories: tuple[str, ...] = ()
    severity: int = 1
    text: str = ""
    closed_since: date | None = None
    of: Myself | None = None
    limit: int = 300
    offset: int = 0
