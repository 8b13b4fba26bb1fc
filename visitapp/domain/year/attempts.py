"""Visits attempted, made and due, of a scheme and of each of its sites."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import accumulate
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import Share, target_share
from visitapp.domain.office.site import Site
from visitapp.domain.office.target import TargetRule, TargetSpan, VisitTarget
from visitapp.domain.period import Period

Labelled = tuple[tuple[str, int], ...]
"""(printed label, count) pairs in the order of the coded list, without zeros."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """What became of the visits attempted; `by_mode` has all of them. `at_site` visits were made in
    person: they alone fill a timeslot."""

    completed: int = 0
    abandoned: int = 0
    refused_entry: int = 0
    site_closed: int = 0
    by_mode: Labelled = ()
    at_site: int = 0

    @property
    def remote(self) -> int:
        """Visits made by telephone or video."""
        return self.completed - self.at_site

    @property
    def verb(self) -> str:
        """What all of them were, in words: `made`, or `attempted` if some were not made."""
        return "made" if self.attempted == self.completed else "attempted"

    @property
    def attempted(self) -> int:
        """All visits attempted: the sum of the four parts."""
        return self.completed + self.abandoned + self.refused_entry + self.site_closed


@dataclass(frozen=True, slots=True)
class Target:
    """Visits `done` of `expected`, and weeks (or months, or what else a site's target counts by)
    `met` of `due`. `in_spans`: visits in all of them that belong to the period, including days
    outside it; None if the number is the same. `domain/office/target.py` has the rules. Visits made
    in person count; those made remotely too, unless the scheme says otherwise
    (`Scheme.remote_counts`)."""

    expected: int
    done: int
    due: int
    met: int
    in_spans: int | None = None

    @property
    def short(self) -> int:
        """How many due visits are missing, in the spans they were due in."""
        visits = self.done if self.in_spans is None else self.in_spans
        return max(0, self.expected - visits)

    @property
    def strays(self) -> bool:
        """Whether the spans contain other visits than the days of the period."""
        return self.in_spans is not None and self.in_spans != self.done

    @property
    def visits(self) -> Share:
        """Visits as a share of visits due, one decimal."""
        return target_share(self.done, self.expected)

    @property
    def weeks(self) -> Share:
        """Spans with the visits due as a share of those due, one decimal."""
        return target_share(self.met, self.due)

    @classmethod
    def added(cls, targets: "Iterable[Target]") -> "Target":
        """The sum of several."""
        total = cls(0, 0, 0, 0)
        for target in targets:
            in_spans = target.done if target.in_spans is None else target.in_spans
            total = cls(
                total.expected + target.expected,
                total.done + target.done,
                total.due + target.due,
                total.met + target.met,
                (total.in_spans or 0) + in_spans,
            )
        return total


def target_met(
    site: Site, period: Period, spans: Sequence[TargetSpan], by_day: Mapping[date, int]
) -> Target:
    """What became of a site's target in a period, of whose `spans` (`Site.target_spans`) some may
    be left out. Visits of a span count even on days outside the period; those on days on which the
    site has no target count nowhere."""
    return met_in_spans(spans, by_day, _towards_a_target(site, period, by_day))


def met_in_spans(spans: Sequence[TargetSpan], by_day: Mapping[date, int], done: int) -> Target:
    """What became of a target in its spans, with `done` visits on days on which it was in force."""
    visits = visits_in_each(by_day, [item.span for item in spans])
    return Target(
        expected=sum(item.due for item in spans),
        done=done,
        due=sum(1 for item in spans if item.due),
        met=sum(
            1 for item, number in zip(spans, visits, strict=True) if item.due and number >= item.due
        ),
        in_spans=sum(visits),
    )


def _towards_a_target(site: Site, period: Period, by_day: Mapping[date, int]) -> int:
    if all(target.rule is not TargetRule.NONE for target in site.targets):
        return visits_in_each(by_day, [period])[0]
    return sum(
        number
        for day, number in by_day.items()
        if day in period and site.target_on(day).rule is not TargetRule.NONE
    )


def visits_by_part(
    by_day: Mapping[date, int], parts: Sequence[Period]
) -> tuple[tuple[Period, int], ...]:
    """The parts of a period, each with the visits on its days."""
    return tuple(zip(parts, visits_in_each(by_day, parts), strict=True))


def visits_in_each(by_day: Mapping[date, int], spans: Iterable[Period]) -> list[int]:
    """The visits on the days of each span, in the order of the spans."""
    days = sorted(by_day)
    until = [0, *accumulate(by_day[day] for day in days)]
    return [
        until[bisect_right(days, span.end)] - until[bisect_left(days, span.start)] for span in spans
    ]


@dataclass(frozen=True, slots=True)
class SiteFigures:
    """One site in the period. `was_open`: on any day of it. `so_far`: what was due until yesterday;
    None if the period is over. `targets` are those by which something was due, in order.
    `opened_unknown`: the day of its first visit, if nobody said when it opened in the period."""

    site_id: UUID
    name: str
    cells: int | None
    was_open: bool
    attempts: Attempts
    target: Target
    so_far: Target | None = None
    targets: tuple[VisitTarget, ...] = ()
    opened_unknown: date | None = None

    @property
    def is_counted(self) -> bool:
        """Whether it was open on any day, or visitors called."""
        return self.was_open or self.attempts.attempted > 0
