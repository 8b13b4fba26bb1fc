"""An issue that the office opens without a visit: a complaint, or what the force itself said."""

from datetime import date
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_steps import LONGEST_SAID_BY
from visitapp.domain.report.report import KeptWords


@dataclass(frozen=True, slots=True)
class OfficeIssue:
    """`source` says in a few words how the office knows of it, by role and not by name. It is
    followed up like those of reports and counted in none of their figures."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    raised_on: date
    category: str
    severity: int
    description: str
    place: str = ""
    source: str = ""
    kept: tuple[KeptWords, ...] = ()
    """Words that the privacy guard flagged and the writer kept, with the reason."""

    def __post_init__(self) -> None:
        if not self.description.strip():
            raise BadInputError("Write what the issue is about.")
        if not 1 <= self.severity <= 4:
            raise BadInputError("Say how serious the issue is, from 1 to 4.")
        if max(len(self.place), len(self.source)) > LONGEST_SAID_BY:
            raise BadInputError("Say in a few words where it was and how you know of it.")
