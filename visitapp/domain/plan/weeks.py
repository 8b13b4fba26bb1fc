"""Lengths of time that planning works with."""

from collections.abc import Iterable
from datetime import date, timedelta

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.office.target import TargetRule, TargetUnit, VisitTarget
from visitapp.domain.period import Period, week_of
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.text.wording import number_of

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

MOST_WEEKS = 53
"""The longest plan: each week of a year."""


def plan_weeks(days: Period) -> Period:
    """The whole weeks to plan for some days. Raises BadInputError for too many."""
    weeks = Period(week_of(days.start).start, week_of(days.end).end)
    if weeks.days > MOST_WEEKS * DAYS_A_WEEK:
        raise BadInputError(f"Plan between 1 and {MOST_WEEKS} weeks.")
    return weeks


def plans_to_choose(today: date, years: ReportingYears) -> list[tuple[str, Period]]:
    """What is mostly planned at once, in words: some weeks from the next one on, the rest of the
    quarter, and the next quarter. A week is of the quarter that has its Thursday."""
    this, following = week_of(today), week_of(today + timedelta(days=DAYS_A_WEEK))
    thursday = this.start + timedelta(days=3)
    quarters = [
        quarter
        for day in (thursday, years.year_of(thursday).end + timedelta(days=1))
        for quarter in years.year_of(day).quarters()
    ]
    now = next(at for at, quarter in enumerate(quarters) if thursday in quarter)
    rest, then = (quarter.weeks() for quarter in quarters[now : now + 2])
    return [
        *(
            (
                f"Next {number_of(weeks, 'week')}",
                Period(following.start, following.end + timedelta(days=DAYS_A_WEEK * (weeks - 1))),
            )
            for weeks in (4, WEEKS_A_PLAN)
        ),
        ("Rest of this quarter", Period(this.start, rest[-1].end)),
        ("Next quarter", Period(then[0].start, then[-1].end)),
    ]
