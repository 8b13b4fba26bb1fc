"""A visit as it was reported, with the people, counts and issues that belong to it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import Moment
from visitapp.domain.office.grid import arrival_text
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import GUESTS, Report, ReportRow
from visitapp.domain.report.visit_codes import (
    COMPLETED,
    FACE_TO_FACE,
    REFUSED_ENTRY,
    AccessBand,
    State,
)

_AMENDED = "Amended: "
LONGEST_PAST_MIDNIGHT = 12 * 60
"""An earlier time of day than the previous one belongs to the next day. If that would make a wait
or a stay longer than this (in minutes), the two times were swapped."""


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """`number` detainees or animals with one outcome; details are codes, or None if unknown.

    If the number is 1, `row` may say more about the detainee or animal.
    """

    outcome: str
    number: int
    reason: str | None = None
    gender: str | None = None
    age_group: str | None = None
    ethnicity: str | None = None
    row: ReportRow | None = None

    def __post_init__(self) -> None:
        if self.number < 0:
            raise BadInputError("A count can't be negative.")
        if self.row is not None and self.number != 1:
            raise BadInputError("A row is about one detainee or one animal.")


@dataclass(frozen=True, slots=True)
class Confirmation:
    """A visitor's typed name, confirmed on this copy at a UTC time."""

    person_id: UUID
    typed_name: str
    confirmed_at: datetime


@dataclass(frozen=True, slots=True)
class Visit:
    """One signed visit report.

    `present` is the whole that `counts` are parts of: detainees in custody, or animals on site,
    when the visitors called; None if nobody counted. `extra_minutes` (travel and other) are per
    visitor. `ref` is the printed reference; `source_ref` and `source_digest` identify an imported
    visit. `report` is None for a visit that wasn't written with a form (an imported one). Without
    `has_time` only the day is known: `arrived` is its noon then, and fills no timeslot. It is
    counted at `site_id`; `signed_site_id` is the site that it was signed for, if that counts as
    another one (`domain/office/same_site.py`).
    """

    id: UUID
    scheme_id: UUID
    site_id: UUID
    arrived: Moment
    admitted: Moment | None = None
    left: Moment | None = None
    type: str = "ROUTINE"
    mode: str = FACE_TO_FACE
    status: str = COMPLETED
    visitors: tuple[UUID, ...] = ()
    observers: tuple[UUID, ...] = ()
    delay_reason: str | None = None
    delay_explanation: str = ""
    present: int | None = None
    counts: tuple[OutcomeCount, ...] = ()
    extra_minutes: int = 0
    summary: str = ""
    issues: tuple[Issue, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    state: State = State.LOCKED
    ref: str = ""
    locked_at: datetime | None = None
    replaces_id: UUID | None = None
    withdrawn_at: datetime | None = None
    withdrawn_reason: str = ""
    batch_id: UUID | None = None
    source_ref: str | None = None
    source_digest: str = ""
    report: Report | None = None
    version: int = 1
    has_time: bool = True
    signed_site_id: UUID | None = None

    @property
    def report_site_id(self) -> UUID:
        """The site that the report names."""
        return self.signed_site_id or self.site_id

    @property
    def amended_reason(self) -> str:
        """Why a newer edition took its place, once one has."""
        return self.withdrawn_reason.removeprefix(_AMENDED)

    @property
    def arrived_at(self) -> str:
        """The time of arriving in words."""
        return arrival_text(self.arrived.minute, self.has_time)

    @property
    def wait_minutes(self) -> int | None:
        """Minutes from arriving at the station to being let in; None if that never happened."""
        return None if self.admitted is None else self.admitted.minutes_since(self.arrived)

    @property
    def plausible_wait(self) -> int | None:
        """The wait; None if the two times are obviously swapped."""
        return passed(self.admitted, self.arrived)

    def waited_beyond(self, limit: int) -> bool:
        """Whether visitors who came in person waited longer than `limit` minutes."""
        wait = self.plausible_wait
        return self.mode == FACE_TO_FACE and wait is not None and wait > limit

    @property
    def volunteer_minutes(self) -> int:
        """(left - arrived + extra) x visitors, without observers; 0 without a leaving time."""
        if self.left is None:
            return 0
        each = self.left.minutes_since(self.arrived) + self.extra_minutes
        return each * len(self.visitors)

    def people_ids(self) -> set[UUID]:
        """Everybody of the register whom it names."""
        return {*self.visitors, *self.observers, *(c.person_id for c in self.confirmations)}

    def count_of(self, outcome: str) -> int:
        """How many had that outcome."""
        return sum(count.number for count in self.counts if count.outcome == outcome)

    @property
    def accounted(self) -> int:
        """The sum of all parts."""
        return sum(count.number for count in self.counts)

    def overlaps(self, other: "Visit") -> bool:
        """Whether both may be reports of the same visit: same site, overlapping times. Where only
        the day of one is known: the same day and visitors."""
        if self.site_id != other.site_id:
            return False
        if not (self.has_time and other.has_time):
            is_same_day = self.arrived.day == other.arrived.day
            return is_same_day and set(self.visitors) == set(other.visitors)
        return (
            other.last_seen.minutes_since(self.arrived) >= 0
            and self.last_seen.minutes_since(other.arrived) >= 0
        )

    @property
    def last_seen(self) -> Moment:
        """The latest time recorded."""
        return max(m for m in (self.arrived, self.admitted, self.left) if m is not None)


def guests_of(visit: Visit) -> tuple[str, ...]:
    """The names of observers who aren't in the register."""
    names = () if visit.report is None else visit.report.answers.get(GUESTS, ())
    return tuple(name for name in names if isinstance(name, str))


def passed(later: Moment | None, earlier: Moment) -> int | None:
    """Minutes between two times of a visit; None if one is missing or they are obviously
    swapped."""
    if later is None:
        return None
    minutes = later.minutes_since(earlier)
    past_midnight = later.day > earlier.day and minutes > LONGEST_PAST_MIDNIGHT
    return None if minutes < 0 or past_midnight else minutes


def access_band(
    mode: str, wait_minutes: int | None, scheme: Scheme, status: str = REFUSED_ENTRY
) -> AccessBand:
    """The band of a wait by the scheme's limits. Telephone and video visits have none. If a
    completed visit has no time of admittance, its wait is unknown."""
    if mode != FACE_TO_FACE:
        return AccessBand.NOT_APPLICABLE
    if wait_minutes is None:
        return AccessBand.UNKNOWN if status == COMPLETED else AccessBand.NOT_ADMITTED
    if wait_minutes <= scheme.immediate_limit:
        return AccessBand.IMMEDIATE
    return AccessBand.DELAY if wait_minutes <= scheme.delay_limit else AccessBand.LONG


def withdrawn_by_amending(reason: str) -> str:
    """The reason kept with a report that a newer edition replaces; see `Visit.amended_reason`."""
    return f"{_AMENDED}{reason}"
