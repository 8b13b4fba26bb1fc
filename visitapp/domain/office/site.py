"""Sites: custody suites, kennels and stables, and when they were open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from functools import cache, lru_cache
from itertools import pairwise
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.group import (
    GroupKind,
    GroupMembership,
    GroupStay,
    group_on,
    stays,
)
from visitapp.domain.office.target import (
    TargetRule,
    TargetSpan,
    TargetUnit,
    VisitTarget,
    begins,
    in_force,
)
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.domain.text.animals import DOG, HORSE


class SiteKind(StrEnum):
    """What a site is."""

    SUITE = "suite"
    KENNELS = "kennels"
    STABLES = "stables"

    @property
    def is_for_animals(self) -> bool:
        """Whether animals live there."""
        return self is not SiteKind.SUITE

    @property
    def usual_species(self) -> str:
        """The species of an animal there of which nobody said another; empty at a suite."""
        return {SiteKind.KENNELS: DOG, SiteKind.STABLES: HORSE}.get(self, "")

    @property
    def several(self) -> str:
        """Several sites of the kind."""
        return "suites" if self is SiteKind.SUITE else self.value

    @property
    def rooms(self) -> tuple[str, str]:
        """What a site of the kind consists of, one and several of them."""
        return {
            SiteKind.SUITE: ("cell", "cells"),
            SiteKind.KENNELS: ("kennel", "kennels"),
            SiteKind.STABLES: ("stable", "stables"),
        }[self]


class Use(StrEnum):
    """How far a site is in use in a period. Only a site `IN_USE` has timeslots that are gaps."""

    IN_USE = "in use"
    PART = "part"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, order=True)
class OpenPeriod:
    """Days on which a site was in use: from `start` to `end` (None: still open). `in_use_by`: an
    import brought the site, so nobody said when it opened; that is the day of its first visit, and
    `start` only the first of that reporting year. Nothing is due in spans before it."""

    start: date
    end: date | None = None
    in_use_by: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise BadInputError("The closing day is earlier than the opening day.")


@dataclass(frozen=True, slots=True)
class Site:
    """A place that is visited. `cells` is its number of cells, kennels or stables. Before the first
    of its own `targets` it has the target that is usual for its kind. `groups` says which groups of
    sites it belongs to, and from when."""

    id: UUID
    scheme_id: UUID
    kind: SiteKind
    name: str
    grid_id: UUID
    cells: int | None = None
    open_periods: tuple[OpenPeriod, ...] = ()
    position: int = 0
    version: int = 1
    targets: tuple[VisitTarget, ...] = ()
    groups: tuple[GroupMembership, ...] = ()

    def problem_of_open_periods(self) -> str:
        """What is wrong with the open periods as a whole, as a sentence; empty if nothing is."""
        for earlier, later in pairwise(sorted(self.open_periods, key=lambda p: p.start)):
            if earlier.end is None or earlier.end >= later.start:
                return "Two open periods overlap. Enter the day the site closed between them."
        return ""

    def is_open_on(self, day: date) -> bool:
        """Whether the site was open that day."""
        return any(p.start <= day and (p.end is None or day <= p.end) for p in self.open_periods)

    def is_open_throughout(self, span: Period) -> bool:
        """Whether the site was open on every day of `span`, possibly in adjoining periods."""
        return _is_open_throughout(self.open_periods, span)

    def is_open_within(self, span: Period) -> bool:
        """Whether the site was open on any day of `span`."""
        return _is_open_within(self.open_periods, span)

    def open_days(self, period: Period) -> int:
        """On how many days of a period the site was open."""
        return sum(_days_in(open_period, period) for open_period in self.open_periods)

    def use_in(self, period: Period, today: date) -> Use:
        """How far the site was in use in a period: see the function `use_in`."""
        return use_in(self.open_periods, period, today)

    def group_on(self, kind: GroupKind, day: date) -> UUID | None:
        """The group of a kind that the site belongs to on a day; None if to none."""
        return group_on(self.groups, kind, day)

    def opened_unknown(self, period: Period) -> date | None:
        """The day of the first visit to a site of which nobody said when it opened, if it may have
        opened within the period; otherwise None."""
        return next(
            (
                p.in_use_by
                for p in self.open_periods
                if p.in_use_by and p.start <= period.end and period.start <= p.in_use_by
            ),
            None,
        )

    def in_use_on(self, day: date, year: Period) -> "Site":
        """The site as it is when a visit on a day of a reporting year comes to be known, which may
        be earlier than the first of a site of which nobody said when it opened."""
        periods = tuple(
            OpenPeriod(min(p.start, year.start), p.end, day)
            if p.in_use_by is not None and day < p.in_use_by
            else p
            for p in self.open_periods
        )
        earlier = replace(self, open_periods=periods)
        return self if earlier.problem_of_open_periods() else earlier

    def stays(self, kind: GroupKind, period: Period) -> list[GroupStay]:
        """The groups of a kind that the site belonged to within a period, in order."""
        return stays(self.groups, kind, period)

    def target_on(self, day: date) -> VisitTarget:
        """The target in force on a day."""
        return in_force(self.targets, day) or usual_target(self.kind)

    def target_spans(self, period: Period, years: ReportingYears = APRIL_YEARS) -> list[TargetSpan]:
        """The spans that belong to a period by the targets in force, in order, each with the
        visits due in it. A year is one of the office's `years`."""
        usual = usual_target(self.kind)
        return list(spans_in_force(usual, self.targets, self.open_periods, period, years))


@lru_cache(maxsize=1024)  # figures ask several times for the spans of each site
def spans_in_force(
    usual: VisitTarget,
    targets: tuple[VisitTarget, ...],
    open_periods: tuple[OpenPeriod, ...],
    period: Period,
    years: ReportingYears,
) -> tuple[TargetSpan, ...]:
    """The spans that belong to a period by the targets in force, in order; `usual` is in force
    before the first of `targets`."""
    spans = [
        TargetSpan(span, target, _due(open_periods, target, span))
        for target in dict.fromkeys((usual, *sorted(targets, key=begins)))
        if target.rule is not TargetRule.NONE
        for span in target.spans(period, years)
        if (in_force(targets, target.deciding_day(span)) or usual) == target
    ]
    return tuple(sorted(spans, key=lambda item: item.span))


def _due(open_periods: Sequence[OpenPeriod], target: VisitTarget, span: Period) -> int:
    if any(p.in_use_by and p.start <= span.end < p.in_use_by for p in open_periods):
        return 0
    if target.rule is TargetRule.IN_USE:
        return target.number if _is_open_within(open_periods, span) else 0
    return target.number if _is_open_throughout(open_periods, span) else 0


@cache
def usual_target(kind: SiteKind) -> VisitTarget:
    """The target of a site that has none of its own: a visit a week to a suite, one a month to
    animals."""
    return VisitTarget(unit=TargetUnit.WEEK if kind is SiteKind.SUITE else TargetUnit.MONTH)


def use_in(open_periods: Sequence[OpenPeriod], period: Period, today: date) -> Use:
    """How far a site was in use in a period, which may still be going on `today`.

    If it is, a site is `IN_USE` if it is open on any day from today on, since somebody can still
    go. If it is over, a site is `IN_USE` if it was open on most days and hadn't closed for good by
    the end.
    """
    if not _is_open_within(open_periods, period):
        return Use.CLOSED
    if today <= period.end:
        ahead = Period(max(today, period.start), period.end)
        return Use.IN_USE if _is_open_within(open_periods, ahead) else Use.PART
    days = sum(_days_in(open_period, period) for open_period in open_periods)
    last = max((open_period.end or date.max) for open_period in open_periods)
    return Use.IN_USE if 2 * days > period.days and last >= period.end else Use.PART


def _is_open_throughout(open_periods: Sequence[OpenPeriod], span: Period) -> bool:
    day = span.start
    for period in sorted(open_periods, key=lambda p: p.start):
        if period.start <= day and (period.end is None or day <= period.end):
            if period.end is None or period.end >= span.end:
                return True
            day = period.end + timedelta(days=1)
    return False


def _is_open_within(open_periods: Sequence[OpenPeriod], span: Period) -> bool:
    return any(p.start <= span.end and (p.end is None or span.start <= p.end) for p in open_periods)


def _days_in(open_period: OpenPeriod, period: Period) -> int:
    first, last = (
        max(open_period.in_use_by or open_period.start, period.start),
        min(open_period.end or period.end, period.end),
    )
    return max(0, (last - first).days + 1)
