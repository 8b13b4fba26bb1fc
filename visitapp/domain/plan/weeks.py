"""Lengths of time that planning works with."""

from collections.abc import Iterable
from datetime import date, timedelta

from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.period import Period

WEEKS_A_YEAR, MONTHS_A_YEAR, DAYS_A_WEEK = 52, 12, 7
"""Weeks and months in a year of planning, and days in a week."""

SPANS_A_YEAR = {
    TargetUnit.WEEK: WEEKS_A_YEAR,
    TargetUnit.FORTNIGHT: 26,
    TargetUnit.MONTH: MONTHS_A_YEAR,
    TargetUnit.QUARTER: 4,
    TargetUnit.YEAR: 1,
}
"""How many spans of a target there are in a year of planning."""


def target_of_plan(site: Site, period: Period) -> VisitTarget:
    """The target by which a site is planned for a period: that of its first week."""
    return site.target_on(period.start + timedelta(days=3))


def with_spare_visits(sites: Iterable[Site], day: date) -> list[Site]:
    """The suites visited once a week, to which an office can choose to make more visits. How many
    others get follows from their targets."""
    usual = VisitTarget().asks_for[:2]
    suites = [site for site in sites if site.kind is SiteKind.SUITE]
    targets = [site.target_on(day) for site in suites]
    return [
        site
        for site, target in zip(suites, targets, strict=True)
        if can_be_planned(target) and target.asks_for[:2] == usual
    ]


def can_be_planned(target: VisitTarget) -> bool:
    """Whether visits are drawn for a target."""
    return target.rule is not TargetRule.NONE


def is_drawn_in_parts(target: VisitTarget) -> bool:
    """Whether a span of the target is longer than what is planned at once. Then it is drawn month
    by month."""
    return target.unit in (TargetUnit.QUARTER, TargetUnit.YEAR)


WEEKS_A_PLAN = 13
"""A quarter. A plan is this long unless somebody chooses another length; pairs of a longer plan are
found quarter by quarter."""
