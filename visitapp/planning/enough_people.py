"""Whether there are enough people for what the law draws. Where a visit gets no pair, it is drawn
again without its timeslot: then chances are no longer those of the law, suites depend on one
another, and fewer visits come than a year is to have."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil
from random import Random
from uuid import UUID

from visitapp.domain.office.target import TargetUnit
from visitapp.domain.period import week_of
from visitapp.domain.plan.enough_people import Shortage
from visitapp.domain.plan.rota import Need, VisitSlot, Volunteer
from visitapp.planning.draw import draw_span
from visitapp.planning.first_pairs import first_pairs
from visitapp.planning.law import SpanLaw
from visitapp.planning.reach import Ground

WEEKS = 100
"""How many weeks are drawn to find out."""
FEW = 0.05
"""Up to this share of weeks with a visit that gets no pair, the law is taken to hold."""
_TIMES = (1.125, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
"""So many times the people there are is tried."""
_QUARTERS = 4


def shortages(
    grounds: Sequence[Ground], volunteers: Sequence[Volunteer], day: date, random: Random
) -> Iterator[Shortage]:
    """What is lacking for the suites of each scheme that are visited by the week, in a usual week
    in which nobody is away. Nothing is said of a scheme with one suite, whose visits need nobody
    at the same time."""
    by_scheme: dict[UUID, list[Ground]] = defaultdict(list)
    for ground in grounds:
        if ground.need is Need.SUITE and ground.target.unit is TargetUnit.WEEK:
            by_scheme[ground.site.scheme_id].append(ground)
    people = [replace(who, away=(), outside=()) for who in volunteers if who.free]
    for scheme_id, suites in by_scheme.items():
        mine = [who for who in people if scheme_id in who.schemes - who.training]
        if len(suites) < 2 or len(mine) < 2:
            continue
        share = _lacking(suites, mine, day, random)
        if share > FEW:
            numbers = (ceil(times * len(mine)) for times in _TIMES)
            enough = (n for n in numbers if _lacking(suites, _like(mine, n), day, random) <= FEW)
            yield Shortage(share, len(mine), len(suites), next(enough, None))


def _like(people: Sequence[Volunteer], number: int) -> list[Volunteer]:
    return [replace(people[at % len(people)], id=UUID(int=at + 1)) for at in range(number)]


def _lacking(
    suites: Sequence[Ground], people: Sequence[Volunteer], day: date, random: Random
) -> float:
    """The share of weeks with a visit that gets no pair, or of a quarter's visits for which the
    most that people make isn't enough."""
    places = 2 * sum(ground.policy.visits_a_year for ground in suites) / _QUARTERS
    beyond = max(0.0, 1 - sum(who.most for who in people) / places)
    drawn = [_Suite(ground, people, day) for ground in suites]
    if len(people) >= 2 * len(suites) + 2 and all(suite.has_room(len(suites)) for suite in drawn):
        return beyond
    without = 0
    for _ in range(WEEKS):
        slots = [slot for suite in drawn for slot in suite.slots(random)]
        without += len(first_pairs(slots, people, random)) < len(slots)
    return max(beyond, without / WEEKS)


class _Suite:
    """A suite in a usual week, and when two people can go there."""

    def __init__(self, ground: Ground, people: Sequence[Volunteer], day: date) -> None:
        self._site, self._week = ground.site, week_of(day)
        self._law: SpanLaw | None = None
        self._minutes: dict[tuple[int, int], int] = {}
        self._free: list[int] = []
        options = ground.options(self._week, people, self._week.start)
        if not any(options):
            return
        self._law = ground.law(self._week, options, [0] * ground.grid.cells, 0)
        for at, cells in enumerate(options):
            on = self._week.start + timedelta(days=at)
            able = ground.able_on(people, on)
            for cell in cells:
                self._minutes[at, cell] = minute = ground.first_minute(able, on, cell)
                free = (part for who in able for part in who.free)
                self._free.append(sum(part.holds(on.weekday(), minute) for part in free))

    def has_room(self, suites: int) -> bool:
        """Whether two people for each suite could go at any time at which this one is visited."""
        return all(number >= 2 * suites for number in self._free)

    def slots(self, random: Random) -> Iterator[VisitSlot]:
        """The visits of a week, as the law draws them."""
        for place in draw_span(self._law, random) if self._law is not None else ():
            on = self._week.start + timedelta(days=place.day)
            minute = self._minutes[place.day, place.cell]
            slot_id = UUID(int=self._site.id.int ^ place.day)
            yield VisitSlot(slot_id, self._site.scheme_id, self._site.id, "", on, minute)
