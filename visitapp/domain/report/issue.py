"""An issue raised at a visit, and its status."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.report.place import NOWHERE, Place
from visitapp.domain.report.visit_codes import AT_ONCE


@dataclass(frozen=True, slots=True)
class Issue:
    """`severity` runs from 1 (minor, put right on the spot) to 4 (allegation, safeguarding).

    `category`, `origin` and `status` are codes of `issue_category`, `issue_origin` and
    `issue_status`; an issue whose category is in the group `positive` is a good finding, not a
    concern. `place` is where it was found, `question` the answer that opened it, and
    `raised_minute` the local minute of the day at which `raised_with` was told.
    """

    id: UUID
    category: str
    severity: int = 1
    origin: str = "VISITOR"
    status: str = "RAISED"
    resolved_during_visit: bool = False
    description: str = ""
    raised_with: str = ""
    closed_on: date | None = None
    place: str = ""
    question: Place = NOWHERE
    raised_minute: int | None = None
    version: int = 1

    def __post_init__(self) -> None:
        if not 1 <= self.severity <= 4:
            raise BadInputError("Say how serious the issue is, from 1 to 4.")


def days_to_answer(severity: int, issue_days: int) -> int:
    """How many days an issue may stay open if the scheme allows `issue_days`: 0 for an
    allegation."""
    return 0 if severity >= AT_ONCE else issue_days
