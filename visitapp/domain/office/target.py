"""Targets: how often a site should be visited, and the weeks, months or other spans they count by.

Each span has a *deciding day*, which says to which period it belongs and which target is in force
for it: the Thursday of a week (the rule of ISO 8601 for years), the second Monday of a fortnight,
and the first day of a month, quarter or year. A month, quarter or year belongs to a period that
holds all of it.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, month_of, week_of
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.domain.text.wording import times

MOST_VISITS = 99
"""The most visits that a target can ask for in a span."""
_WEEK, _FORTNIGHT = timedelta(days=7), timedelta(days=14)
_FIRST_MONDAY = date(1900, 1, 1)
"""Where fortnights are counted from if a target has no first day."""


class TargetUnit(StrEnum):
    """The span of time that a target counts by."""

    WEEK = "week"
    FORTNIGHT = "fortnight"
    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


class TargetRule(StrEnum):
    """When visits are due: in each span in which the site is open on all its days, in each in which
    it is in use on any of its days, or never."""

    OPEN = "open"
    IN_USE = "in_use"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class VisitTarget:
    """`number` visits in each week, fortnight, month, quarter or year, in force from a day on until
    the next target of the same site or group. `from_on` is None for a target from the beginning."""

    number: int = 1
    unit: TargetUnit = TargetUnit.WEEK
    from_on: date | None = None
    rule: TargetRule = TargetRule.OPEN

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MOST_VISITS:
            raise BadInputError(f"A target is from 1 to {MOST_VISITS} visits.")

    @property
    def words(self) -> str:
        """`once a week`, `twice a month when in use`, `no target`."""
        if self.rule is TargetRule.NONE:
            return "no target"
        often = f"{times(self.number)} a {self.unit}"
        return f"{often} when in use" if self.rule is TargetRule.IN_USE else often

    @property
    def asks_for(self) -> tuple[int, TargetUnit, TargetRule]:
        """The target without the day it begins on."""
        return self.number, self.unit, self.rule

    def span_of(self, day: date, years: ReportingYears = APRIL_YEARS) -> Period:
        """The span that contains a day; a year is one of `years`."""
        if self.unit is TargetUnit.WEEK:
            return week_of(day)
        if self.unit is TargetUnit.FORTNIGHT:
            monday = self._first_monday
            start = monday + (day - monday) // _FORTNIGHT * _FORTNIGHT
            return Period(start, start + _FORTNIGHT - timedelta(days=1))
        if self.unit is TargetUnit.MONTH:
            return month_of(day)
        if self.unit is TargetUnit.YEAR:
            return years.year_of(day)
        first = day.replace(month=day.month - (day.month - 1) % 3, day=1)
        return Period(first, month_of(first + timedelta(days=70)).end)

    def spans(self, period: Period, years: ReportingYears = APRIL_YEARS) -> Sequence[Period]:
        """The spans that belong to a period, in order, whether or not the target is in force."""
        return _spans(self, period, years)

    def belongs(self, span: Period, period: Period) -> bool:
        """Whether a span belongs to a period."""
        return self.deciding_day(span) in period and (self._is_short or period.holds(span))

    def deciding_day(self, span: Period) -> date:
        """The day that decides which period a span belongs to and which target is in force."""
        if self.unit is TargetUnit.WEEK:
            return span.start + timedelta(days=3)
        return span.start + _WEEK if self.unit is TargetUnit.FORTNIGHT else span.start

    @property
    def _is_short(self) -> bool:
        return self.unit in (TargetUnit.WEEK, TargetUnit.FORTNIGHT)

    @property
    def _first_monday(self) -> date:
        """The first fortnight begins with the first week whose Thursday the target is in force
        on."""
        if self.from_on is None:
            return _FIRST_MONDAY
        monday = week_of(self.from_on).start
        return monday if self.from_on <= monday + timedelta(days=3) else monday + _WEEK


@dataclass(frozen=True, slots=True)
class TargetSpan:
    """A week or other span of a target. `due` visits should be made in it: 0 if the site
    isn't open in it as the target's rule asks."""

    span: Period
    target: VisitTarget
    due: int


@lru_cache(maxsize=64)  # most sites of a scheme have the same target
def _spans(target: VisitTarget, period: Period, years: ReportingYears) -> tuple[Period, ...]:
    spans = []
    span = target.span_of(period.start, years)
    while span.start <= period.end:
        if target.belongs(span, period):
            spans.append(span)
        span = target.span_of(span.end + timedelta(days=1), years)
    return tuple(spans)


def problem_of_targets(targets: Sequence[VisitTarget]) -> str:
    """What is wrong with the targets of a site or group as a whole, as a sentence; empty if nothing
    is."""
    for earlier, later in pairwise(sorted(targets, key=begins)):
        if earlier.from_on == later.from_on:
            return "Two targets begin on the same day. Change the day of one of them."
    return ""


def begins(target: VisitTarget) -> date:
    """The day from which a target is in force."""
    return target.from_on or date.min


def in_force(targets: Sequence[VisitTarget], day: date) -> VisitTarget | None:
    """The target in force on a day; None before the first."""
    begun = [target for target in targets if begins(target) <= day]
    return max(begun, key=begins, default=None)
