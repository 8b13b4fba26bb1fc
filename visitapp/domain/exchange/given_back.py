"""What the office gives a visitor back: their next visits, and what became of their issues."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.following.issue_steps import Step
from visitapp.domain.period import Period


@dataclass(frozen=True, slots=True)
class AssignedVisit:
    """A visit to make within a span, with whom. Its day and time are the pair's to know or the
    manager's, and in no message."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    span: Period
    partner_id: UUID


@dataclass(frozen=True, slots=True)
class Assignments:
    """All visits that a visitor has been given and has not made yet."""

    visits: tuple[AssignedVisit, ...]


@dataclass(frozen=True, slots=True)
class FollowedIssue:
    """An issue that a visitor raised, as it stands with the office, and every step of it."""

    issue_id: UUID
    status: str
    closed_on: date | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class FollowedIssues:
    """Those issues of a visitor's reports of which something has been recorded."""

    issues: tuple[FollowedIssue, ...]
