"""What the office gives a visitor back: their next visits, and what became of their issues."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from visitapp.domain.exchange.copies import PublicKeys
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.period import Period
from visitapp.domain.plan.pair_moments import FrozenInputs


@dataclass(frozen=True, slots=True)
class AssignedVisit:
    """A visit to make within a span, with whom. Its day and time are in no message: the manager
    tells them or, `is_of_pair`, this copy and the partner's draw them (`GivenDraw`)."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    span: Period
    partner_id: UUID
    is_of_pair: bool = False


@dataclass(frozen=True, slots=True)
class GivenDraw:
    """What this copy and the partner's draw the moments of a week from: the same for both but for
    the partner and the keys of the partner's copy. `id` is new with each draw of the week."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    span: Period
    partner_id: UUID
    partner_keys: PublicKeys = field(repr=False)
    frozen_on: date
    inputs: FrozenInputs


@dataclass(frozen=True, slots=True)
class Assignments:
    """All visits that a visitor has been given and has not made yet, and what their moments are
    drawn from in weeks whose inputs are frozen."""

    visits: tuple[AssignedVisit, ...]
    draws: tuple[GivenDraw, ...] = ()


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
