"""What a change of targets counts again: the visits due in the years since, before and after."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.group_target import group_target_spans
from visitapp.domain.office.site import Site
from visitapp.domain.office.target import TargetSpan
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.domain.text.wording import count_text, number_of

SpansOf = Callable[[Period], Sequence[TargetSpan]]
"""The spans of targets in a year."""
_NAMED = 3
"""The most years that a sentence names."""
_FIRST_YEAR = 1950
"""A site that was open always, as an import may say, has no records of before."""


@dataclass(frozen=True, slots=True)
class Recount:
    """Visits due at a site or group in a reporting year, by its label, in spans that are over."""

    year: str
    before: int
    after: int


def recounts(
    before: Site, after: Site, today: date, years: ReportingYears = APRIL_YEARS
) -> tuple[Recount, ...]:
    """The years in which another number of visits was due, newest first. Years that the site wasn't
    open in are left out, as is what is still to come."""
    return _recounts(
        [after],
        lambda year: before.target_spans(year, years),
        lambda year: after.target_spans(year, years),
        today,
        years,
    )


def recounts_together(
    apart: Sequence[Site], together: Site, today: date, years: ReportingYears = APRIL_YEARS
) -> tuple[Recount, ...]:
    """The same for sites that are counted as one."""
    return _recounts(
        apart,
        lambda year: [item for site in apart for item in site.target_spans(year, years)],
        lambda year: together.target_spans(year, years),
        today,
        years,
    )


def group_recounts(
    before: SiteGroup,
    after: SiteGroup,
    sites: Sequence[Site],
    today: date,
    years: ReportingYears = APRIL_YEARS,
) -> tuple[Recount, ...]:
    """The same for the targets of a group as a whole; `sites` are those of its scheme."""
    return _recounts(
        sites,
        lambda year: group_target_spans(before, sites, year, years),
        lambda year: group_target_spans(after, sites, year, years),
        today,
        years,
    )


def _recounts(
    sites: Sequence[Site], before: SpansOf, after: SpansOf, today: date, years: ReportingYears
) -> tuple[Recount, ...]:
    opened = [period.start for site in sites for period in site.open_periods]
    if not opened:
        return ()
    changed = []
    for year in _years_back(today, min(opened), years):
        counts = Recount(years.label(year), _due(before(year), today), _due(after(year), today))
        if counts.before != counts.after:
            changed.append(counts)
    return tuple(changed)


def _years_back(today: date, first: date, years: ReportingYears) -> Iterator[Period]:
    year = years.year_of(today)
    while year.end >= first and year.start.year > _FIRST_YEAR:
        yield year
        year = years.last_year(year.start)


def _due(spans: Iterable[TargetSpan], today: date) -> int:
    return sum(item.due for item in spans if item.span.end < today)


def recounted_sentence(changed: Sequence[Recount], begin: str = "Counted again") -> str:
    """`Counted again: 2023/24, 104 visits due instead of 52.`; empty if nothing is."""
    years = [
        f"{item.year}, {number_of(item.after, 'visit')} due instead of {count_text(item.before)}"
        for item in changed[:_NAMED]
    ]
    if more := changed[_NAMED:]:
        years.append(number_of(len(more), "earlier year"))
    return f"{begin}: {'; '.join(years)}." if years else ""
