"""Volunteers, as far as visits need them: name, memberships and clearance."""

from collections.abc import Iterable
from dataclasses import field, replace
from datetime import date
from itertools import pairwise
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import GroupKind, GroupMembership, group_on
from visitapp.domain.office.status_change import StatusChange
from visitapp.domain.text.wording import long_date

VETTING_NOTICE = 60
"""How many days before vetting ends we say so: the force takes weeks to renew it."""
IN_TRAINING, ON_PROBATION = "TRAINING", "PROBATION"
_IN_CHECKS = ("APPLICANT", "INTERVIEWED", "VETTING")
LEAVE = "LEAVE"
_AWAY = (*_IN_CHECKS, LEAVE)


@dataclass(frozen=True, slots=True)
class Membership:
    """A person's membership of one scheme. `status` is a code of the list `volunteer_status`.

    `joined_unknown`: an import added the person, so `joined_on` is only a day on which they were in
    the scheme, such as that of their first visit; they may have joined long before. `status` is the
    latest; `changes` are those that led to it, oldest first, and empty in a visitor's copy.
    """

    scheme_id: UUID
    joined_on: date
    left_on: date | None = None
    status: str = "ACTIVE"
    leaving_reason: str | None = None
    joined_unknown: bool = False
    changes: tuple[StatusChange, ...] = field(default=(), compare=False)

    def __post_init__(self) -> None:
        if self.left_on is not None and self.left_on < self.joined_on:
            raise BadInputError("The day they left is earlier than the day they joined.")

    @property
    def is_applicant(self) -> bool:
        """Whether the person hasn't been appointed yet."""
        return self.status in _IN_CHECKS

    @property
    def is_in_training(self) -> bool:
        """Whether the person is still training for the scheme, so no visits are planned for
        them."""
        return self.status == IN_TRAINING

    def is_active_on(self, day: date) -> bool:
        """Whether the person belonged to the scheme that day and wasn't on leave from it."""
        return not self.why_not_on(day)

    def why_not_on(self, day: date, status_label: str = "") -> str:
        """Why the person can't visit for the scheme that day, in words; empty if they can."""
        if self.has_ended_by(day):
            assert self.left_on is not None
            return f"left on {long_date(self.left_on)}"
        if self.joined_on > day and not self.joined_unknown:
            return f"joins on {long_date(self.joined_on)}"
        status = self.status_on(day)
        if status not in _AWAY:
            return ""
        now = self._change_on(day)
        until = now and now.until_on and f" until {long_date(now.until_on)}"
        return f"{(status_label or status).lower()}{until or ''}"

    def status_on(self, day: date) -> str:
        """The status on a day, as far as it is dated; otherwise the latest."""
        if self.has_ended_by(day):
            return self.status
        now = self._change_on(day)
        return self.status if now is None else now.status

    def _change_on(self, day: date) -> StatusChange | None:
        return next((change for change in reversed(self.changes) if change.holds_on(day)), None)

    def is_applicant_on(self, day: date) -> bool:
        """Whether the person hadn't been appointed by a day."""
        return self.status_on(day) in _IN_CHECKS

    def is_of(self, day: date) -> bool:
        """Whether the person belonged to the scheme that day, on leave or not."""
        return self.joined_on <= day and not self.has_ended_by(day)

    def has_ended_by(self, day: date) -> bool:
        """Whether the last day in the scheme is past."""
        return self.left_on is not None and self.left_on < day


@dataclass(frozen=True, slots=True)
class Clearance:
    """What a pair needs for some visits. `vetted_until` is the last day of the force's vetting,
    `probation_until` the last day of probation; None if no date was entered."""

    vetted_until: date | None = None
    probation_until: date | None = None
    tact_trained: bool = False

    def is_vetted_on(self, day: date) -> bool:
        """Whether vetting is in date. Without a date we assume it is."""
        return self.vetted_until is None or day <= self.vetted_until

    def vetting_days_left(self, day: date) -> int | None:
        """Days until vetting ends, negative once it has; None if that is far off or unknown."""
        if self.vetted_until is None:
            return None
        left = (self.vetted_until - day).days
        return left if left <= VETTING_NOTICE else None

    def is_on_probation(self, day: date) -> bool:
        """Whether the person is still on probation."""
        return self.probation_until is not None and day <= self.probation_until


@dataclass(frozen=True, slots=True)
class PanelMembership:
    """A person belongs to a panel of a scheme, or to none of it, from a day on."""

    scheme_id: UUID
    membership: GroupMembership


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer in one or more of the office's schemes, and in panels of these. `same_as` is who
    they are counted as, by a decision that two entries are of the same person."""

    id: UUID
    name: str
    memberships: tuple[Membership, ...] = ()
    clearance: Clearance = Clearance()
    version: int = 1
    panels: tuple[PanelMembership, ...] = ()
    same_as: UUID | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise BadInputError("Enter the person’s name.")

    def is_active_on(self, scheme_id: UUID, day: date) -> bool:
        """Whether the person could visit for that scheme on that day."""
        return any(m.scheme_id == scheme_id and m.is_active_on(day) for m in self.memberships)

    def membership(self, scheme_id: UUID) -> Membership | None:
        """The latest membership of a scheme, if any."""
        mine = [m for m in self.memberships if m.scheme_id == scheme_id]
        return max(mine, key=lambda m: m.joined_on, default=None)

    def panels_in(self, scheme_id: UUID) -> tuple[GroupMembership, ...]:
        """The person's panels in a scheme, one after the other."""
        return tuple(item.membership for item in self.panels if item.scheme_id == scheme_id)

    def panel_on(self, scheme_id: UUID, day: date) -> UUID | None:
        """The panel of a scheme that the person belongs to on a day; None if to none."""
        return group_on(self.panels_in(scheme_id), GroupKind.PANEL, day)

    def latest_memberships(self) -> tuple[Membership, ...]:
        """The latest membership of each scheme, ordered by joining date."""
        schemes = dict.fromkeys(m.scheme_id for m in self.memberships)
        memberships = [self.membership(scheme_id) for scheme_id in schemes]
        return tuple(sorted((m for m in memberships if m), key=lambda m: m.joined_on))

    def problem_of_memberships(self) -> str:
        """What is wrong with the memberships as a whole, as a sentence; empty if nothing is."""
        for scheme_id in {m.scheme_id for m in self.memberships}:
            mine = sorted(
                (m for m in self.memberships if m.scheme_id == scheme_id),
                key=lambda m: m.joined_on,
            )
            for earlier, later in pairwise(mine):
                if earlier.left_on is None:
                    return "Enter the day they left the scheme before they joined it again."
                if earlier.left_on >= later.joined_on:
                    return "Two periods in the same scheme overlap. Change one of the dates."
        return ""


@dataclass(frozen=True, slots=True)
class Myself:
    """Whose copy this is: the `person_id` in the register, None if it isn't there, and the name
    under which that visitor signs."""

    person_id: UUID | None
    name: str


def with_changes(
    memberships: Iterable[Membership], changes: Iterable[StatusChange]
) -> tuple[Membership, ...]:
    """Memberships with their changes of status: each belongs to the one of its scheme that hadn't
    ended yet when it began, or to the last."""
    in_order = sorted(memberships, key=lambda m: m.joined_on)
    dated: dict[int, list[StatusChange]] = {at: [] for at in range(len(in_order))}
    for change in sorted(changes, key=lambda change: change.order):
        own = [at for at, m in enumerate(in_order) if m.scheme_id == change.scheme_id]
        still = [at for at in own if not in_order[at].has_ended_by(change.begins)]
        if own:
            dated[still[0] if still else own[-1]].append(change)
    return tuple(replace(m, changes=tuple(dated[at])) for at, m in enumerate(in_order))


def vetting_words(vetted_until: date, day: date) -> str:
    """`vetting ended 3 May 2025`, `vetting ends today`, `vetting ends on 3 May 2025, in 20
    days`."""
    left = (vetted_until - day).days
    if left < 0:
        return f"vetting ended {long_date(vetted_until)}"
    when = {0: "today", 1: "tomorrow"}.get(left)
    return f"vetting ends {when or f'on {long_date(vetted_until)}, in {left} days'}"


def vetting_to_renew(people: Iterable[Person], day: date) -> tuple[Person, ...]:
    """People who visit, or are on leave, and whose vetting ends soon or has ended; soonest
    first."""
    to_renew = [
        person
        for person in people
        if person.clearance.vetting_days_left(day) is not None
        and any(not m.is_applicant_on(day) and not m.has_ended_by(day) for m in person.memberships)
    ]
    return tuple(
        sorted(to_renew, key=lambda renewer: (renewer.clearance.vetted_until, renewer.name))
    )
