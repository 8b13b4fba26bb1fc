"""Who could make a visit, and who should: volunteers as planning sees them, and their pairs."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from math import ceil
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period

Pair = tuple[UUID, UUID]

MOST_A_WEEK = 2
"""The most visits that one person makes in a week."""


def pair_of(first: UUID, second: UUID) -> Pair:
    """Two people in a fixed order, whichever comes first."""
    return (first, second) if first.int <= second.int else (second, first)


@dataclass(frozen=True, slots=True)
class FreeTime:
    """A part of every week in which somebody can visit: on one weekday (0 = Monday), the minutes of
    the day from `start` up to but not including `end`."""

    weekday: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (0 <= self.weekday <= 6 and 0 <= self.start < self.end <= 1440):
            raise BadInputError("A free time lies within one day and ends after it begins.")

    def holds(self, weekday: int, minute: int) -> bool:
        """Whether it contains that minute of that weekday."""
        return self.weekday == weekday and self.start <= minute < self.end


FEWEST_DAYS = 3
"""On fewer weekdays than this, somebody's name gives the day of a visit away."""


def can_hide_a_day(free: Sequence[FreeTime]) -> bool:
    """Whether somebody who is free at these times could go on enough days of the week. Whoever is
    free on two goes on one of them in at least half of all cases, whoever goes with them."""
    return len({part.weekday for part in free}) >= FEWEST_DAYS


@dataclass(frozen=True, slots=True)
class Volunteer:
    """One person as planning sees them.

    `least` and `most` are visits a quarter. On `away` days they can't visit; on `outside` days they
    aren't in that scheme; on `wishes` days they would rather not go. `travel` says how far each
    site is, from 0 (near) to 3; they can't visit sites in `not_at`. `may_buddy`: experienced enough
    to go with somebody on probation. In the schemes of `training` they are still being trained.
    """

    id: UUID
    name: str
    schemes: frozenset[UUID]
    free: tuple[FreeTime, ...]
    away: tuple[Period, ...] = ()
    outside: tuple[tuple[UUID, Period], ...] = ()
    wishes: tuple[Period, ...] = ()
    least: int = 0
    most: int = 13
    vetted_until: date | None = None
    probation_until: date | None = None
    may_buddy: bool = True
    tact_trained: bool = False
    travel: Mapping[UUID, int] = field(default_factory=dict, hash=False)
    not_at: frozenset[UUID] = frozenset()
    training: frozenset[UUID] = frozenset()

    def is_alike_within(self, days: Period) -> bool:
        """Whether nothing but the hours at which they are free differs between these days: no
        absence and no end of their vetting or probation falls among them."""
        apart = (*self.away, *(outside for _, outside in self.outside))
        ends = (self.vetted_until, self.probation_until)
        return not any(
            end is not None and days.start <= end < days.end for end in ends
        ) and not any(period.start <= days.end and period.end >= days.start for period in apart)

    def is_on_probation(self, day: date) -> bool:
        """Whether they are on probation that day."""
        return self.probation_until is not None and day <= self.probation_until

    def is_experienced(self, day: date) -> bool:
        """Whether they may go with somebody on probation."""
        return self.may_buddy and not self.is_on_probation(day)


class Need(StrEnum):
    """What a visit requires of everybody who makes it."""

    SUITE = "suite"
    KENNELS = "kennels"
    TACT = "tact"


@dataclass(frozen=True, slots=True)
class VisitSlot:
    """A visit that needs a pair. Only the manager's copy knows it. `minute` is of the day."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    site_name: str
    day: date
    minute: int
    need: Need = Need.SUITE

    @property
    def week(self) -> date:
        """The Monday of its week."""
        return self.day - timedelta(days=self.day.weekday())


class Obstacle(StrEnum):
    """Why somebody can't make a visit."""

    SCHEME = "scheme"
    TRAINING = "training"
    SITE = "site"
    VETTING = "vetting"
    PROBATION = "probation"
    TACT = "tact"
    AWAY = "away"
    NOT_FREE = "not_free"

    @property
    def words(self) -> str:
        """In words that follow a number of people: `3 are away`."""
        return {
            "scheme": "not in the scheme",
            "training": "still in training",
            "site": "not able to visit there",
            "vetting": "without vetting in date",
            "probation": "on probation, which comes before kennels",
            "tact": "not trained for TACT",
            "away": "away",
            "not_free": "not free at that time",
        }[self.value]


def obstacle(volunteer: Volunteer, slot: VisitSlot) -> Obstacle | None:
    """The most serious reason why somebody can't make a visit; None if they can."""
    return next(obstacles(volunteer, slot), None)


def obstacles(volunteer: Volunteer, slot: VisitSlot) -> Iterator[Obstacle]:
    """Every reason why somebody can't make a visit, most serious first."""
    if slot.scheme_id not in volunteer.schemes or any(
        slot.scheme_id == scheme_id and slot.day in days for scheme_id, days in volunteer.outside
    ):
        yield Obstacle.SCHEME
    if slot.scheme_id in volunteer.training:
        yield Obstacle.TRAINING
    if slot.site_id in volunteer.not_at:
        yield Obstacle.SITE
    if volunteer.vetted_until is not None and slot.day > volunteer.vetted_until:
        yield Obstacle.VETTING
    if slot.need is Need.KENNELS and volunteer.is_on_probation(slot.day):
        yield Obstacle.PROBATION
    if slot.need is Need.TACT and not volunteer.tact_trained:
        yield Obstacle.TACT
    if any(slot.day in period for period in volunteer.away):
        yield Obstacle.AWAY
    weekday = slot.day.weekday()
    if not any(free.holds(weekday, slot.minute) for free in volunteer.free):
        yield Obstacle.NOT_FREE


def may_pair(first: Volunteer, second: Volunteer, day: date) -> bool:
    """At most one of a pair may be on probation, and then the other must be experienced."""
    on_probation = [volunteer for volunteer in (first, second) if volunteer.is_on_probation(day)]
    if not on_probation:
        return True
    return len(on_probation) == 1 and (first.is_experienced(day) or second.is_experienced(day))


@dataclass(frozen=True, slots=True)
class Memory:
    """What was planned and visited earlier in the reporting year: visits of each person, of each
    person at each site, and of each pair. `kennel_days`: when each person visited kennels."""

    loads: Mapping[UUID, int] = field(default_factory=dict, hash=False)
    at_site: Mapping[tuple[UUID, UUID], int] = field(default_factory=dict, hash=False)
    pairs: Mapping[Pair, int] = field(default_factory=dict, hash=False)
    kennel_days: Mapping[UUID, tuple[date, ...]] = field(default_factory=dict, hash=False)


KENNELS_APART = 14
"""Days between a person's visits to kennels, if possible."""


@dataclass(frozen=True, slots=True)
class Unfilled:
    """A visit without a pair: the reason in words, and what would help, most promising first.
    `about` names the site and the week."""

    slot_id: UUID
    about: str
    words: str
    helps: tuple[str, ...] = ()
    obstacles: Mapping[Obstacle, int] = field(default_factory=dict, hash=False)

    @property
    def sentence(self) -> str:
        """Such as `Northgate, week of Mon 6 May 2024: only Ann can go`."""
        return f"{self.about}: {self.words}"


WEIGHED = (
    "We weighed: a pair for every visit; at least the visits people asked for; different pairs; "
    "names that say little of the day; equal shares; nobody twice in a week, or at kennels twice "
    "in two weeks; wishes; more than one site; travel."
)
"""What decides between pairs, most important first; see `planning.crews`."""


@dataclass(frozen=True, slots=True)
class Crewing:
    """The pairs of visits. `cost` and `bound` are the solver's. If they are equal, it proved that
    each of the `quarters` is the best possible, given the quarters before it."""

    pairs: Mapping[UUID, Pair] = field(hash=False)
    unfilled: tuple[Unfilled, ...] = ()
    notes: tuple[str, ...] = ()
    cost: float = 0.0
    bound: float = 0.0
    quarters: int = 1

    @property
    def gap(self) -> float:
        """How much better a plan could be at most, as a share of its cost; 0 is proven best."""
        return 0.0 if self.cost <= self.bound else (self.cost - self.bound) / max(self.cost, 1.0)

    @property
    def proven(self) -> str:
        """How good the solver proved the plan to be, in words."""
        each = "" if self.quarters == 1 else ", quarter by quarter"
        if self.gap <= 1e-9:
            return (
                f"This is the best possible plan for everyone\u2019s availability{each}. {WEIGHED}"
            )
        percent = max(1, ceil(self.gap * 100))
        return f"A better plan may be possible{each}, but by no more than {percent}%. {WEIGHED}"
