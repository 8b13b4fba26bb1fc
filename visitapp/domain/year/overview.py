"""What Home shows: this quarter's weeks at each site, what needs attention, last year."""

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.following.refusal import Refusal
from visitapp.domain.moment import uk_time
from visitapp.domain.office.people import Person
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.domain.year.site_quarter import SiteQuarter
from visitapp.domain.year.summary import SchemeFigures
from visitapp.domain.year.visit_list import VisitRow

if TYPE_CHECKING:  # at the start there may be none of these
    from visitapp.domain.office.award import Award
    from visitapp.domain.office.expiry import Expiry
    from visitapp.domain.plan.broken_visit import BrokenVisit, VisitAtClosedSite
    from visitapp.domain.plan.late_visit import LateVisit
    from visitapp.domain.year.below_minimum import DoneOfMinimum
    from visitapp.domain.year.group_target import GroupTargetFigures
    from visitapp.domain.year.own_visits import OwnYear

BACKUP_DAYS = 30
"""After so many days without a backup there is a reminder."""


@dataclass(frozen=True, slots=True)
class OpenIssues:
    """Concerns without an outcome, how many are past their scheme's limit, and the oldest."""

    number: int
    category: str
    site_name: str
    raised_on: date
    visit_id: UUID | None
    overdue: int


@dataclass(frozen=True, slots=True)
class SameVisit:
    """Two reports that may be about the same visit; where and when the earlier of them was."""

    first_id: UUID
    second_id: UUID
    site_name: str
    day: date


@dataclass(frozen=True, slots=True)
class NextVisit:
    """A visit that the office has given to the visitor whose copy this is."""

    site_id: UUID
    site_name: str
    span: Period
    partner_name: str
    shows_moment: bool = False
    """Whether this copy can show the day and time, which only the pair knows."""


@dataclass(frozen=True, slots=True)
class ReportToConfirm:
    """A report that another visitor wrote and the visitor whose copy this is has not confirmed.
    `again`: they answered about an earlier edition."""

    report_id: UUID
    writer_name: str
    site_name: str
    day: date
    again: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything on Home, read at once.

    `year` is the last reporting year with a counted visit, out of the last two; `figures` are of
    the office's first scheme that has some. `outside` counts this year's visits in no timeslot. For
    managers: `lacking` has the week of each planned visit without a full pair, `broken` the visits
    that somebody in the pair can no longer make, `refused` those that were refused entry without a
    word on what was done about it, `to_renew` the people whose vetting ends soon or has ended,
    `runs_out` what else of theirs ends soon, `awards` the long-service awards that are due,
    `late` the assigned visits without a report. `recent` visits are for visitors, since managers
    have the list of visits.

    In the office `inbox` reports wait, `allegations` of them with one, and another visitor found
    something wrong with `disputed` reports; in a visitor's copy the office asks `questions`, the
    reports `to_confirm` wait, `next_visits` are to be made, and only the office still has the
    reports `kept_at_office`. `years` are the office's reporting years.
    """

    today: date
    quarter: Period
    sites: tuple[SiteQuarter, ...]
    has_drafts: bool
    recent: tuple[VisitRow, ...]
    same_visit: tuple[SameVisit, ...]
    refused: tuple[Refusal, ...]
    issues: OpenIssues | None
    outside: int
    lacking: tuple[Period, ...]
    broken: "tuple[BrokenVisit, ...]"
    to_renew: tuple[Person, ...]
    late: "tuple[LateVisit, ...]"
    inbox: int
    allegations: int
    disputed: int
    questions: int
    to_confirm: tuple[ReportToConfirm, ...]
    next_visits: tuple[NextVisit, ...]
    kept_at_office: int
    year: Period | None
    figures: SchemeFigures | None
    texts_missing: int
    last_backup: datetime | None
    has_sites: bool
    has_people: bool
    has_visits: bool
    years: ReportingYears = APRIL_YEARS
    short_groups: "tuple[GroupTargetFigures, ...]" = ()
    """Groups that are behind the target that they have as a whole, this year until yesterday."""
    own_years: "tuple[OwnYear, ...]" = ()
    """In a visitor's copy: their visits as the office counts them."""
    at_closed_sites: "tuple[VisitAtClosedSite, ...]" = ()
    """Planned visits to sites that are closed by then."""
    runs_out: "tuple[Expiry, ...]" = ()
    awards: "tuple[Award, ...]" = ()
    below_minimum: "tuple[DoneOfMinimum, ...]" = ()
    """Volunteers who made fewer visits in twelve months, or came to fewer meetings, than asked."""

    @property
    def is_new(self) -> bool:
        """Whether nothing has been recorded yet, and no visitor's report waits to be."""
        return not (self.has_visits or self.inbox)

    @property
    def backup_is_overdue(self) -> bool:
        """Whether there is something to lose and no recent backup of it."""
        if self.is_new:
            return False
        saved_at = self.last_backup
        return saved_at is None or (self.today - uk_time(saved_at).date()).days > BACKUP_DAYS
