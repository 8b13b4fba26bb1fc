"""What Home shows: this quarter's weeks at each site, what needs attention, last year."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.following.refusal import Refusal
from visitapp.domain.moment import uk_time
from visitapp.domain.office.people import Person
from visitapp.domain.office.site import Site
from visitapp.domain.office.target import TargetRule, TargetSpan, VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.domain.year.attempts import visits_within
from visitapp.domain.year.summary import SchemeFigures
from visitapp.domain.year.visit_list import VisitRow

if TYPE_CHECKING:  # at the start there may be none of these
    from visitapp.domain.plan.broken_visit import BrokenVisit
    from visitapp.domain.plan.late_visit import LateVisit
    from visitapp.domain.year.own_visits import OwnYear

BACKUP_DAYS = 30
"""After so many days without a backup there is a reminder."""


class PeriodMark(StrEnum):
    """A week of a site, or what else its target counts by. `VISITED` if it has all visits due."""

    VISITED = "visited"
    DUE_NOW = "due now"
    MISSED = "missed"
    COMING = "still to come"
    NOT_DUE = "not due"


@dataclass(frozen=True, slots=True)
class PeriodSpan:
    """One week, or what else the site's `target` counts by: the visits in it, those due, and what
    that means today."""

    period: Period
    visits: int
    mark: PeriodMark
    due: int
    target: VisitTarget


@dataclass(frozen=True, slots=True)
class SiteQuarter:
    """A site's weeks of the quarter, or what else its `target`, the one in force today, counts by;
    none without a target. `last_on`: its last visit in them."""

    site: Site
    spans: tuple[PeriodSpan, ...]
    last_on: date | None
    target: VisitTarget

    @property
    def unit(self) -> str:
        """What is counted: usually weeks for suites, months for kennels."""
        return self.target.unit.value

    @property
    def has_target(self) -> bool:
        """Whether anything may be due today."""
        return self.target.rule is not TargetRule.NONE

    def at(self, day: date) -> PeriodSpan | None:
        """The week or other span that contains a day; None if it belongs to another quarter."""
        return next((span for span in self.spans if day in span.period), None)


@dataclass(frozen=True, slots=True)
class OpenIssues:
    """Concerns without an outcome, how many are past their scheme's limit, and the oldest."""

    number: int
    category: str
    site_name: str
    raised_on: date
    visit_id: UUID
    overdue: int


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
    same_visit: tuple[tuple[VisitRow, VisitRow], ...]
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
    own_years: "tuple[OwnYear, ...]" = ()
    """In a visitor's copy: their visits as the office counts them."""

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


def quarter_of(
    site: Site,
    quarter: Period,
    by_day: Mapping[date, int],
    today: date,
    years: ReportingYears = APRIL_YEARS,
) -> SiteQuarter:
    """A site's weeks of a quarter, or what else its target counts by, given its visits by day."""
    spans = tuple(_span(item, by_day, today) for item in spans_of_quarter(site, quarter, years))
    days = [day for day, number in by_day.items() if number and day <= today]
    return SiteQuarter(site, spans, max(days, default=None), site.target_on(today))


def spans_of_quarter(
    site: Site, quarter: Period, years: ReportingYears = APRIL_YEARS
) -> Sequence[TargetSpan]:
    """The spans of a site's target that belong to a quarter, or that hold all of it."""
    return [
        item
        for item in site.target_spans(years.year_of(quarter.start), years)
        if item.target.deciding_day(item.span) in quarter or item.span.holds(quarter)
    ]


def _span(item: TargetSpan, by_day: Mapping[date, int], today: date) -> PeriodSpan:
    period, visits = item.span, visits_within(by_day, item.span)
    if visits and visits >= item.due:
        mark = PeriodMark.VISITED
    elif not item.due:
        mark = PeriodMark.NOT_DUE
    elif today < period.start:
        mark = PeriodMark.COMING
    else:
        mark = PeriodMark.DUE_NOW if today in period else PeriodMark.MISSED
    return PeriodSpan(period, visits, mark, item.due, item.target)
