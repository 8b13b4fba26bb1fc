"""Weeks of a plan in which not all people can go who could in a usual week: somebody is away, or a
day is left out. How often their visits are drawn again, for which the chances shown don't allow."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from visitapp.domain.period import Period
from visitapp.domain.plan.enough_people import ShortWeeks
from visitapp.domain.plan.foresight import Caught
from visitapp.domain.plan.rota import Volunteer
from visitapp.planning.draw import draw_span
from visitapp.planning.law import SpanLaw
from visitapp.planning.reach import Ground
from visitapp.planning.usual_week import timed_visits
from visitapp.planning.week_pairs import WeekPairs

WEEKS, LEAST_OF_EACH, OF_EACH = 1000, 30, 400
"""How many weeks are drawn in all while there are pairs for each, at least so many of one kind; and
how many of a kind for whose visits there weren't always pairs."""


@dataclass(frozen=True, slots=True)
class WeekOfSuites:
    """A week of a plan with the laws of its suites. `allows_for_days`: the chances shown allow for
    days without pairs."""

    span: Period
    suites: tuple[tuple[Ground, SpanLaw], ...]
    allows_for_days: bool


def short_weeks(
    weeks: Sequence[WeekOfSuites], volunteers: Sequence[Volunteer], random: Random
) -> ShortWeeks | None:
    """How often weeks of a plan are drawn again that aren't usual ones; None if all are. Those in
    which the same people can go on the same days are of one kind."""
    pairs = WeekPairs(volunteers)
    usual = WeekPairs([replace(who, away=(), outside=()) for who in volunteers])
    kinds: defaultdict[tuple[object, ...], list[WeekOfSuites]] = defaultdict(list)
    for week in weeks:
        kind = _kind(week, pairs)
        if kind != _kind(replace(week, span=weeks[0].span), usual):
            kinds[kind].append(week)
    if not kinds:
        return None
    number = max(LEAST_OF_EACH, WEEKS // len(kinds))
    tried = [_Tried(of_kind, pairs, random, number) for of_kind in kinds.values()]
    short = [kind for kind in tried if kind.again]
    for few in short:
        few.draw(max(0, OF_EACH - few.drawn))
    without = sum(kind.drawn for kind in tried if not kind.again)
    highs = [kind.high for kind in short] + ([Caught(0.0, without).high] if without else [])
    spans = sorted(week.span for kind in short for week in kind.weeks)
    share = sum(kind.share * len(kind.weeks) for kind in short) / max(1, len(spans))
    return ShortWeeks(tuple(spans), share, max(highs))


def _kind(week: WeekOfSuites, pairs: WeekPairs) -> tuple[object, ...]:
    return tuple((g.site.id, *pairs.able_in(g, week.span)) for g, _ in week.suites)


class _Tried:
    """Weeks of one kind, drawn by the laws of the first of them. Of `drawn` weeks so many are drawn
    `again`."""

    def __init__(
        self, weeks: Sequence[WeekOfSuites], pairs: WeekPairs, random: Random, number: int
    ) -> None:
        self.weeks, self._pairs, self._random = weeks, pairs, random
        self.drawn = self.again = self._for_days = 0
        self.draw(number)

    def draw(self, number: int) -> None:
        """Draw so many more."""
        week = self.weeks[0]
        grounds = [ground for ground, _ in week.suites]
        for _ in range(number):
            visits = [draw_span(law, self._random) for _, law in week.suites]
            timed = timed_visits(self._pairs, week.span, grounds, visits, self._random)
            days = [(day, moments.pairs) for _, day, moments in timed]
            self.drawn += 1
            if not self._pairs.can_be_made(days):
                self.again += 1
                self._for_days += not self._pairs.can_on_each_day(days)

    @property
    def share(self) -> float:
        """The share of weeks drawn again."""
        return self.again / self.drawn

    @property
    def high(self) -> float:
        """The most of them (95%) for which the chances shown don't allow."""
        known = self._for_days if self.weeks[0].allows_for_days else 0
        number = self.drawn - known
        return Caught((self.again - known) / number, number).high if number else 1.0
