"""The weeks of a quarter at a site, or what else its target counts by."""

from collections.abc import Mapping, Sequence
from datetime import date
from enum import StrEnum

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.site import Site
from visitapp.domain.office.target import TargetRule, TargetSpan, VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.domain.year.attempts import visits_in_each


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


def quarter_of(
    site: Site,
    quarter: Period,
    by_day: Mapping[date, int],
    today: date,
    years: ReportingYears = APRIL_YEARS,
) -> SiteQuarter:
    """A site's weeks of a quarter, or what else its target counts by, given its visits by day."""
    items = spans_of_quarter(site, quarter, years)
    visits = visits_in_each(by_day, [item.span for item in items])
    spans = tuple(_span(item, number, today) for item, number in zip(items, visits, strict=True))
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


def _span(item: TargetSpan, visits: int, today: date) -> PeriodSpan:
    period = item.span
    if visits and visits >= item.due:
        mark = PeriodMark.VISITED
    elif not item.due:
        mark = PeriodMark.NOT_DUE
    elif today < period.start:
        mark = PeriodMark.COMING
    else:
        mark = PeriodMark.DUE_NOW if today in period else PeriodMark.MISSED
    return PeriodSpan(period, visits, mark, item.due, item.target)
