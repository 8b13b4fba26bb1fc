"""What a quarterly update shows: a quarter beside the reporting year so far."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from visitapp.domain.office.scheme import Kind, Office
from visitapp.domain.period import Period
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.site_quarter import PeriodMark, SiteQuarter
from visitapp.domain.year.summary import SchemeFigures

LISTED_IN_UPDATE = 8
"""The most issues that an update lists, so that it stays short; all of them are counted."""


@dataclass(frozen=True, slots=True)
class RaisedIssue:
    """A concern that was not put right at the visit. `days`: since it was raised, or until it was
    closed."""

    words: str
    site_name: str
    done: str
    is_open: bool
    days: int


@dataclass(frozen=True, slots=True)
class SchemeUpdate:
    """One scheme's quarter, its reporting year until the end of the quarter, and the quarter's
    weeks at each site. `issues` are listed, and `more_issues` only counted."""

    quarter: SchemeFigures
    year_so_far: SchemeFigures
    weeks: tuple[SiteQuarter, ...]
    volunteers: Volunteers
    issues: tuple[RaisedIssue, ...] = ()
    more_issues: int = 0

    @property
    def missed(self) -> int:
        """Weeks (or what else targets count by) that are over and had too few visits."""
        return sum(missed_spans(site) for site in self.weeks)

    def new_timeslots(self) -> Mapping[str, int]:
        """By name of site: timeslots visited in the quarter for the first time in the year."""
        year = {coverage.site_id: coverage for coverage in self.year_so_far.coverage}
        return {
            coverage.site_name: sum(
                1
                for now, all_year in zip(
                    coverage.counts, year[coverage.site_id].counts, strict=True
                )
                for visits, visits_in_year in zip(now, all_year, strict=True)
                if visits and visits == visits_in_year
            )
            for coverage in self.quarter.coverage
            if coverage.site_id in year
        }


@dataclass(frozen=True, slots=True)
class QuarterlyUpdate:
    """Everything that the document shows. `as_at` is today, or the quarter's last day if that is
    over. `year` is the whole reporting year that the quarter belongs to. `further` are schemes
    beside the first of a kind, such as another force's kennels."""

    office: Office
    period: Period
    year: Period
    as_at: date
    schemes: Mapping[Kind, SchemeUpdate] = field(default_factory=dict)
    further: tuple[SchemeUpdate, ...] = ()

    @property
    def every(self) -> tuple[SchemeUpdate, ...]:
        """All schemes, custody first."""
        first = (self.schemes[kind] for kind in Kind if kind in self.schemes)
        return (*first, *self.further)

    @property
    def goes_on(self) -> bool:
        """Whether the quarter isn't over."""
        return self.as_at < self.period.end

    @property
    def ends_year(self) -> bool:
        """Whether the year is over with it: only then may gaps be published, since they show
        where visitors will go next."""
        return self.period.end == self.year.end and not self.goes_on


def missed_spans(site: SiteQuarter) -> int:
    """Weeks of a site that are over and had too few visits."""
    return sum(1 for span in site.spans if span.mark is PeriodMark.MISSED)
