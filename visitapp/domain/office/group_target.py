"""The target of a group: visits due to any of its sites together, while they belong to it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.site import OpenPeriod, Site, spans_in_force
from visitapp.domain.office.target import TargetRule, TargetSpan, VisitTarget, begins, in_force
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears

NO_TARGET = VisitTarget(rule=TargetRule.NONE)
"""What a group has before the first of its own targets."""


def has_target_on(group: SiteGroup, day: date) -> bool:
    """Whether the group as a whole has a target on a day."""
    return (in_force(group.targets, day) or NO_TARGET).rule is not TargetRule.NONE


def has_target_in(group: SiteGroup, period: Period) -> bool:
    """Whether the group as a whole has a target on any day of a period."""
    days = [period.start, *(day for day in map(begins, group.targets) if day in period)]
    return any(has_target_on(group, day) for day in days)


def days_of_group_spans(
    group: SiteGroup, period: Period, years: ReportingYears = APRIL_YEARS
) -> Period:
    """The period with all days of the spans of the group's targets that belong to it."""
    spans = [span for target in group.targets for span in target.spans(period, years)]
    first = min((span.start for span in spans), default=period.start)
    last = max((span.end for span in spans), default=period.end)
    return Period(min(first, period.start), max(last, period.end))


def days_in_group(group: SiteGroup, site: Site, days: Period) -> list[Period]:
    """The parts of some days on which a site belonged to the group."""
    if all(membership.group_id != group.id for membership in site.groups):
        return []  # at once: a nation has many sites and many groups
    return [stay.period for stay in site.stays(group.kind, days) if stay.group_id == group.id]


def group_target_spans(
    group: SiteGroup, sites: Iterable[Site], period: Period, years: ReportingYears = APRIL_YEARS
) -> Sequence[TargetSpan]:
    """The spans that belong to a period by the group's targets in force, in order, each with the
    visits due in it: the group is open on a day if any of its sites is."""
    days = days_of_group_spans(group, period, years)
    open_periods = tuple(
        sorted(
            open_period
            for site in sites
            for part in days_in_group(group, site, days)
            for open_period in _open_within(site, part)
        )
    )
    return spans_in_force(NO_TARGET, group.targets, open_periods, period, years)


def _open_within(site: Site, part: Period) -> Iterator[OpenPeriod]:
    for open_period in site.open_periods:
        first = max(open_period.start, part.start)
        last = min(open_period.end or part.end, part.end)
        if first <= last:
            yield OpenPeriod(first, last, open_period.in_use_by)
