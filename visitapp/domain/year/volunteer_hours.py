"""The time that one volunteer gave in a period, where it comes from, and what is paid to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from visitapp.domain.office.claim import ClaimKind, VolunteerClaim
from visitapp.domain.office.people import Person
from visitapp.domain.period import Period


class TimeKind(StrEnum):
    """What the time was given to, in the order of tables."""

    VISIT = "visits"
    MEETING = "meetings"
    TRAINING = "training"
    TRAVEL = "travel"
    OTHER = "other"

    @property
    def label(self) -> str:
        """`Visits`."""
        return self.value.capitalize()


OF_CLAIMS = {
    ClaimKind.TRAVEL: TimeKind.TRAVEL,
    ClaimKind.TRAINING: TimeKind.TRAINING,
    ClaimKind.OTHER: TimeKind.OTHER,
}


@dataclass(frozen=True, slots=True)
class TimeLine:
    """Time on a day, in minutes, None if not known. It comes from the visit or meeting with an id,
    from a claim, or from a course in the person's file."""

    kind: TimeKind
    on: date
    what: str
    minutes: int | None
    visit_id: UUID | None = None
    meeting_id: UUID | None = None
    claim: VolunteerClaim | None = None

    @property
    def title(self) -> str:
        """`Visit: Euston Street`, `Team meeting`, `Travel: to the suite`."""
        if self.visit_id is not None:
            return f"Visit: {self.what}"
        if self.claim is None or not self.claim.what:
            return self.what
        return f"{self.claim.kind.label}: {self.what}"

    @property
    def counts(self) -> bool:
        """Whether it is part of the sums: a claim is once it is approved."""
        return self.claim is None or self.claim.is_approved


@dataclass(frozen=True, slots=True)
class HoursApproval:
    """The manager approved somebody's hours of a period, which came to so many minutes, and so many
    pence to pay."""

    person_id: UUID
    period: Period
    minutes: int
    pence: int
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class VolunteerHours:
    """Everything somebody gave in a period, oldest first, and the latest approval of these days."""

    person: Person
    lines: tuple[TimeLine, ...] = ()
    approval: HoursApproval | None = None

    def of_kind(self, kind: TimeKind) -> Iterator[TimeLine]:
        """The lines of a kind that count."""
        return (line for line in self.lines if line.kind is kind and line.counts)

    def number_of(self, kind: TimeKind) -> int:
        """How many lines of a kind count."""
        return sum(1 for _ in self.of_kind(kind))

    def minutes_of(self, kind: TimeKind) -> int:
        """The time of a kind, as far as it is known and approved."""
        return sum(line.minutes or 0 for line in self.of_kind(kind))

    @property
    def minutes(self) -> int:
        """All time given, as far as it is known and approved."""
        return sum(map(self.minutes_of, TimeKind))

    @property
    def unknown(self) -> int:
        """How many visits, meetings and courses have no length."""
        return sum(line.minutes is None for line in self.lines)

    @property
    def claims(self) -> tuple[VolunteerClaim, ...]:
        """What was claimed and not withdrawn."""
        claims = (line.claim for line in self.lines if line.claim is not None)
        return tuple(claim for claim in claims if not claim.is_withdrawn)

    @property
    def waiting(self) -> int:
        """How many claims somebody has to approve or withdraw."""
        return sum(claim.waits for claim in self.claims)

    @property
    def miles(self) -> int:
        """Approved miles."""
        return sum(claim.miles for claim in self.claims if claim.is_approved)

    @property
    def to_pay(self) -> int:
        """What the approved claims come to, in pence."""
        return sum(claim.to_pay for claim in self.claims if claim.is_approved)

    @property
    def is_approved(self) -> bool:
        """Whether the hours are as they were when the manager approved them."""
        approval = self.approval
        return (
            approval is not None
            and (approval.minutes, approval.pence) == (self.minutes, self.to_pay)
            and not self.waiting
        )

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known of them in the period."""
        return not self.lines


@dataclass(frozen=True, slots=True)
class TimeBesideVisits:
    """What all volunteers of a period gave beside visits: minutes by kind, without kinds of which
    there were none. There was more if the length of some meetings or courses `is_unknown`."""

    minutes: tuple[tuple[TimeKind, int], ...]
    is_unknown: bool = False


def time_beside_visits(listed: Sequence[VolunteerHours]) -> TimeBesideVisits | None:
    """The sums of everybody's hours; None if no time was recorded."""
    kinds = [kind for kind in TimeKind if kind is not TimeKind.VISIT]
    sums = ((kind, sum(item.minutes_of(kind) for item in listed)) for kind in kinds)
    minutes = tuple((kind, total) for kind, total in sums if total)
    unknown = any(
        line.minutes is None and line.kind is not TimeKind.VISIT
        for item in listed
        for line in item.lines
    )
    return TimeBesideVisits(minutes, unknown) if minutes else None
