"""Planned visits. Their day and time are secret: they are stored only in the encrypted records and
left out of `repr`, and no module of `reporting` may import this one."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import Site
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.domain.plan.week_rule import WeekRule

MOST_REDRAWS = 3
"""How often days and times of the same weeks may be redrawn: choosing among drafts introduces a
bias that a watcher could learn."""


class Mode(StrEnum):
    """Who knows the day and time of a visit."""

    MANAGER_HELD = "manager_held"
    PAIR_HELD = "pair_held"

    @property
    def words(self) -> str:
        """As it is chosen and shown."""
        return {
            Mode.MANAGER_HELD: "Known to the office",
            Mode.PAIR_HELD: "Known to the pair alone",
        }[self]


class WhyOffice(StrEnum):
    """Why the office knows the day and time of a visit in a scheme that leaves them to pairs."""

    NO_COPY = "no_copy"
    TWO_PAIRS = "two_pairs"
    OTHER_VISIT = "other_visit"
    NO_TIME = "no_time"
    BY_HAND = "by_hand"
    BEFORE = "before"
    LONG_SPAN = "long_span"

    @property
    def words(self) -> str:
        """As a sentence."""
        return {
            "no_copy": "Somebody in the pair has no copy of visitapp.",
            "two_pairs": "Two pairs visit this site in that week.",
            "other_visit": "Somebody in the pair has another visit in that week.",
            "no_time": "The pair has too few days in common in that week.",
            "by_hand": "The office changed this visit by hand.",
            "before": "It was planned before the scheme left days and times to pairs.",
            "long_span": "The site\u2019s target is by the quarter or year.",
        }[self.value]


class PlanState(StrEnum):
    """A plan is a draft until the manager starts using it."""

    DRAFT = "draft"
    CURRENT = "current"


class PlannedStanding(StrEnum):
    """What happened to a planned visit."""

    PLANNED = "planned"
    VISITED = "visited"
    CANCELLED = "cancelled"
    MISSED = "missed"
    STOOD_DOWN = "stood_down"


@dataclass(frozen=True, slots=True)
class SitePolicy:
    """How often and how evenly a site is visited: see `planning.law.Policy`."""

    site_id: UUID
    visits_a_year: int
    cap: float
    floor: float
    rule: WeekRule = WeekRule.EACH


@dataclass(frozen=True, slots=True)
class Plan:
    """Some weeks planned together. `proven` says in words how good its pairs are."""

    id: UUID
    start: date
    weeks: int
    state: PlanState
    made_at: datetime
    made_by: str
    proven: str = ""
    version: int = 1

    @property
    def period(self) -> Period:
        """Its weeks."""
        return Period(self.start, self.start + timedelta(days=7 * self.weeks - 1))


NOT_NEEDED = "This pair is not needed: it was asked for the week, but makes no visit."
ONLY_THE_PAIR = "Only the pair knows the day and time of this visit. The office doesn’t have them."


@dataclass(frozen=True, slots=True)
class Drawn:
    """When a visit is: the day, the minute of the day, and the index of the timeslot, row by
    row."""

    day: date = field(repr=False)
    minute: int = field(repr=False)
    cell: int = field(repr=False)


@dataclass(frozen=True, slots=True)
class PlannedVisit:
    """A visit to a site within a `span` (a week; kennels: a month).

    `day`, `minute` (of the day) and `cell` (index of the timeslot, row by row) are secret. The
    office doesn't have them where the `mode` says that the pair alone does. `pair` has no, one or
    two people. `is_by_hand`: day and time were chosen, not drawn. `why_office`: why the office has
    them although the scheme leaves them to pairs. `is_stood_down`: the pair is asked and not
    needed; day and time were only for finding it. That is as secret as a day and time.
    """

    id: UUID
    plan_id: UUID
    scheme_id: UUID
    site_id: UUID
    span: Period
    day: date | None = field(default=None, repr=False)
    minute: int | None = field(default=None, repr=False)
    cell: int | None = field(default=None, repr=False)
    pair: tuple[UUID, ...] = ()
    is_pinned: bool = False
    is_by_hand: bool = False
    is_cancelled: bool = False
    mode: Mode = Mode.MANAGER_HELD
    why_office: WhyOffice | None = None
    is_stood_down: bool = field(default=False, repr=False)
    law: VisitLaw = VisitLaw.TIMESLOTS
    """By which its week was drawn, so that it is judged by the same."""
    moved_at: datetime | None = None
    """When its day or time was last changed by hand, or drawn again; UTC."""
    version: int = 1

    def __post_init__(self) -> None:
        if len(self.pair) > 2 or len(set(self.pair)) != len(self.pair):
            raise BadInputError("A visit is made by two different people.")
        if self.mode is Mode.PAIR_HELD:
            if (self.day, self.minute, self.cell) != (None, None, None) or len(self.pair) < 2:
                raise BadInputError(ONLY_THE_PAIR)
            return
        drawn = self.drawn
        if drawn.day not in self.span:
            raise BadInputError("The day lies outside the week that the visit is planned for.")
        if not 0 <= drawn.minute < 1440:
            raise BadInputError("The time lies within the day.")

    @property
    def is_of_pair(self) -> bool:
        """Whether the pair alone knows the day and time."""
        return self.mode is Mode.PAIR_HELD

    @property
    def drawn(self) -> Drawn:
        """When it is. Raises BadInputError where only the pair knows."""
        if self.day is None or self.minute is None or self.cell is None:
            raise BadInputError(ONLY_THE_PAIR)
        return Drawn(self.day, self.minute, self.cell)

    def left_to_pair(self) -> "PlannedVisit":
        """The same visit without a day and time: its pair draws them."""
        return replace(
            self, day=None, minute=None, cell=None, is_by_hand=False,
            mode=Mode.PAIR_HELD, why_office=None,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class PastVisit:
    """A visit that was attempted, as far as planning needs it. Only a visit made `at_site` fills a
    timeslot; `meets_target`: its week or month needs no other visit."""

    site_id: UUID
    day: date
    minute: int
    visitors: tuple[UUID, ...]
    at_site: bool = True
    meets_target: bool = True


@dataclass(frozen=True, slots=True)
class Redraw:
    """A record that days and times of some weeks were redrawn."""

    period: Period
    at: datetime
    by_whom: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """A planned visit as it may be shown: without day and time."""

    visit_id: UUID
    site_id: UUID
    span: Period
    pair: tuple[UUID, ...]
    is_pinned: bool
    is_by_hand: bool
    standing: PlannedStanding
    mode: Mode
    why_office: WhyOffice | None = None
    visited_on: date | None = None
    """The day on which it was reported; None while there is no report."""

    @property
    def is_missing(self) -> bool:
        """Whether a visit that is still to come lacks one or both people."""
        return self.standing is PlannedStanding.PLANNED and len(self.pair) < 2


@dataclass(frozen=True, slots=True)
class PlannedMoment:
    """The secret day and time of one visit, given only when asked for."""

    day: date = field(repr=False)
    minute: int = field(repr=False)


class Gravity(StrEnum):
    """How serious something in a plan is, most serious first."""

    MISSING = "missing"
    BROKEN = "broken"
    UNEVEN = "uneven"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class PlanNote:
    """Something worth knowing about a visit, or about the whole plan. `about` names the site and
    the weeks; empty for the whole plan. `helps` are possible solutions, best first. `person_id`:
    whose availability would help most. `is_of_moment`: it follows from the day and time of the
    visit, so whoever knows when people can go could work those out of it."""

    gravity: Gravity
    words: str
    helps: tuple[str, ...] = ()
    visit_id: UUID | None = None
    person_id: UUID | None = None
    about: str = ""
    is_of_moment: bool = False

    @property
    def sentence(self) -> str:
        """The words, after what they are about."""
        return f"{self.about}: {self.words}" if self.about else self.words


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """A plan as the manager sees it: sites, their visits week by week, what is worth knowing."""

    period: Period
    sites: tuple[Site, ...]
    rows: tuple[PlannedRow, ...]
    names: Mapping[UUID, str] = field(hash=False)
    state: PlanState | None
    made_at: datetime | None
    notes: tuple[PlanNote, ...]
    proven: str
    redraws_left: int
    two_pairs: bool = False
    """Whether pairs are among them that the draw stood down."""

    @property
    def counts(self) -> str:
        """What its rows are, in the plural."""
        return "pairs" if self.two_pairs else "visits"

    def of(self, site_id: UUID) -> tuple[PlannedRow, ...]:
        """The visits of a site, without cancelled ones."""
        return tuple(
            row
            for row in self.rows
            if row.site_id == site_id and row.standing is not PlannedStanding.CANCELLED
        )

    def row(self, visit_id: UUID) -> PlannedRow | None:
        """One visit."""
        return next((row for row in self.rows if row.visit_id == visit_id), None)


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who could take a place in a visit. `reasons` speak for them, `breaks` against
    them."""

    person_id: UUID
    name: str
    reasons: tuple[str, ...]
    breaks: tuple[str, ...] = ()
    telephone: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What one person may know about a visit of theirs: the site, the span, the other person."""

    visit_id: UUID
    person_id: UUID
    visitor: str
    scheme_id: UUID
    scheme_name: str
    site_id: UUID
    site_name: str
    span: Period
    partner_id: UUID
    partner: str
    two_pairs: bool = False
    """Whether two pairs are asked for each week, of which one may not be needed."""


@dataclass(frozen=True, slots=True)
class CalendarVisit:
    """What somebody's calendar file last said about a visit. `sequence` grows with each change, so
    that a calendar can tell which of two files is newer."""

    visit_id: UUID
    person_id: UUID
    scheme_id: UUID
    partner_id: UUID
    span: Period
    sequence: int = 0
    is_cancelled: bool = False
