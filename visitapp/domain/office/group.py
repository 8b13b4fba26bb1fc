"""Groups of sites: panels, regions, operators or plain groups, and when a site belongs to them.

A site belongs to one group of each kind at most: from a day on, until that changes. Groups of one
kind therefore divide the sites, and with those of no group their figures add up.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.target import VisitTarget
from visitapp.domain.period import Period

LONGEST_NAME = 200


class GroupKind(StrEnum):
    """What the sites of a group have in common. The value is its word in sentences."""

    PANEL = "panel"
    REGION = "region"
    OPERATOR = "operator"
    GROUP = "group"

    @property
    def label(self) -> str:
        """The kind as a heading: `Panel`."""
        return self.value.capitalize()

    @property
    def none(self) -> str:
        """The name of the line of sites that are in no group of this kind: `In no panel`."""
        return f"In no {self.value}"


@dataclass(frozen=True, slots=True)
class SiteGroup:
    """A group of sites of one scheme. Its kind never changes. `targets` are for visits to any of
    its sites together (`domain/office/group_target.py`); each site keeps its own beside them."""

    id: UUID
    scheme_id: UUID
    kind: GroupKind
    name: str
    version: int = 1
    targets: tuple[VisitTarget, ...] = ()


@dataclass(frozen=True, slots=True)
class GroupMembership:
    """A site or a person belongs to a group (None: to no group of this kind) from a day on, until
    the next membership of the same kind begins. `from_on` is None for one from the beginning."""

    kind: GroupKind
    group_id: UUID | None
    from_on: date | None = None


@dataclass(frozen=True, slots=True)
class GroupStay:
    """Days on which a site belonged to one group, or to none."""

    period: Period
    group_id: UUID | None


def begins(membership: GroupMembership) -> date:
    """The first day of a membership."""
    return membership.from_on or date.min


def group_on(memberships: Iterable[GroupMembership], kind: GroupKind, day: date) -> UUID | None:
    """The group of a kind that a site belongs to on a day; None if to none."""
    begun = [m for m in memberships if m.kind is kind and begins(m) <= day]
    latest = max(begun, key=begins, default=None)
    return None if latest is None else latest.group_id


def stays(
    memberships: Sequence[GroupMembership], kind: GroupKind, period: Period
) -> list[GroupStay]:
    """The groups of a kind that a site belonged to within a period, in order: together they are all
    days of it."""
    changes = {
        begins(m) for m in memberships if m.kind is kind and period.start < begins(m) <= period.end
    }
    starts = [period.start, *sorted(changes)]
    ends = [*(day - timedelta(days=1) for day in starts[1:]), period.end]
    return [
        GroupStay(Period(start, end), group_on(memberships, kind, start))
        for start, end in zip(starts, ends, strict=True)
    ]


def with_membership(
    memberships: Iterable[GroupMembership], new: GroupMembership
) -> tuple[GroupMembership, ...]:
    """A site's memberships with another one, which takes the place of one of its kind from the same
    day. Those that change nothing are left out."""
    kept = [m for m in memberships if (m.kind, m.from_on) != (new.kind, new.from_on)]
    in_order = sorted((*kept, new), key=lambda m: (m.kind, begins(m)))
    needed: list[GroupMembership] = []
    for membership in in_order:
        if membership.group_id != group_on(needed, membership.kind, begins(membership)):
            needed.append(membership)
    return tuple(needed)


def is_consistent(memberships: Sequence[GroupMembership]) -> bool:
    """Whether no two memberships of one kind begin on the same day."""
    in_order = sorted((m.kind, begins(m)) for m in memberships)
    return all(earlier != later for earlier, later in pairwise(in_order))
