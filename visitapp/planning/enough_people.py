"""Whether there are enough people for what the laws draw. A week for whose visits there are no
pairs is drawn again, for all suites: then they depend on one another, and fewer visits come."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from math import ceil
from random import Random
from uuid import UUID

from visitapp.domain.plan.enough_people import FEW, PeopleNeeded
from visitapp.domain.plan.foresight import Caught
from visitapp.domain.plan.rota import Need, VisitSlot, Volunteer
from visitapp.domain.plan.weeks import WEEKS_A_PLAN
from visitapp.planning.draw import draw_span
from visitapp.planning.first_pairs import first_pairs
from visitapp.planning.law import SpanLaw
from visitapp.planning.reach import Ground
from visitapp.planning.together import MOST_SUITES
from visitapp.planning.usual_week import UsualWeek
from visitapp.planning.week_pairs import weekly

WEEKS, WEEKS_TO_TRY = 1000, 200
"""How many weeks are drawn for the people there are, and for each other number of them."""
_TIMES = (1.125, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0, 4.0, 6.0, 8.0)
"""So many times the people there are is tried."""
_QUARTERS, _QUARTERS_TO_TRY = 4, 6


def people_needed(
    grounds: Sequence[Ground], volunteers: Sequence[Volunteer], day: date, random: Random
) -> Iterator[PeopleNeeded]:
    """How far the people of each scheme are enough for its suites that are visited by the week, in
    usual weeks in which nobody is away."""
    by_scheme: dict[UUID, list[Ground]] = defaultdict(list)
    for ground in weekly(grounds):
        if ground.need is Need.SUITE:
            by_scheme[ground.site.scheme_id].append(ground)
    for scheme_id, suites in by_scheme.items():
        mine = [who for who in volunteers if who.free and scheme_id in who.schemes - who.training]
        if len(mine) < 2:
            continue
        there_are = _Trial(suites, mine, day, random, WEEKS)
        needed = None
        if there_are.lacking > FEW:
            numbers = (ceil(times * len(mine)) for times in _TIMES)
            tried = (
                (number, _Trial(suites, _like(mine, number), day, random, WEEKS_TO_TRY).lacking)
                for number in numbers
            )
            needed = next((number for number, lacking in tried if lacking <= FEW), None)
        wanted = sum(ground.policy.visits_a_year for ground in suites)
        yield PeopleNeeded(
            scheme_id, there_are.lacking, len(mine), len(suites), needed, wanted,
            there_are.come * wanted, there_are.beyond(random),
        )  # fmt: skip


def _like(people: Sequence[Volunteer], number: int) -> list[Volunteer]:
    return [replace(people[at % len(people)], id=UUID(int=at + 1)) for at in range(number)]


class _Trial:
    """Weeks drawn for some people. `lacking`: the share for which there are no pairs, or of a
    quarter's visits for which the most that people make isn't enough. `come`: the share of visits
    that there are after weeks were drawn again."""

    def __init__(
        self,
        suites: Sequence[Ground],
        people: Sequence[Volunteer],
        day: date,
        random: Random,
        weeks: int,
    ) -> None:
        self._suites, self._week = suites, UsualWeek(people, day)
        laws = [self._law(ground) for ground in suites]
        places = 2 * sum(ground.policy.visits_a_year for ground in suites) / _QUARTERS
        self._enough = min(1.0, sum(who.most for who in people) / places)
        self._on_each_day, self._slots = 0, list[list[VisitSlot]]()
        drawn = 0
        for _ in range(weeks):
            visits = [draw_span(law, random) for law in laws]
            timed = self._week.timed(suites, visits, random)
            of_days = [(at, moments.pairs) for _, at, moments in timed]
            drawn += len(timed)
            if self._week.pairs.can_on_each_day(of_days):
                self._on_each_day += 1
                if self._week.pairs.can_be_made(of_days):
                    self._slots.append(
                        [self._slot(ground, at, moments.minute) for ground, at, moments in timed]
                    )
        self.lacking = max(1 - self._enough, 1 - len(self._slots) / weeks)
        self.come = min(self._enough, self._share_of(drawn / weeks))

    def _law(self, ground: Ground) -> SpanLaw:
        """Of the timeslots that people can reach; of all if they reach none, whose visits then have
        no pairs."""
        reached = self._week.options(ground)
        options = reached if any(reached) else ground.calendar.options(self._week.span)
        return ground.law(self._week.span, options, [0] * ground.grid.cells, 0)

    def _share_of(self, mean: float) -> float:
        weeks = len(self._slots)
        return sum(map(len, self._slots)) / weeks / mean if weeks and mean else 0.0

    def beyond(self, random: Random) -> float | None:
        """The share of weeks that are drawn again although there are pairs for each of their days,
        at most (95%), for which chances don't allow; None if that can't be bounded, because whole
        quarters are drawn again."""
        drawn = self._on_each_day if len(self._suites) <= MOST_SUITES else WEEKS
        again = drawn - len(self._slots)
        if self._enough < 1 or not self._slots or (self.lacking and not self._can_all_year(random)):
            return None
        has_other_law = any(g.policy.rule.most_apart or g.policy.two_pairs for g in self._suites)
        if self.lacking and has_other_law:
            return Caught(self.lacking, WEEKS).high
        return Caught(again / drawn, drawn).high

    def _can_all_year(self, random: Random) -> bool:
        """Whether there are pairs for some quarters of such weeks: nobody has to go too often."""
        for _ in range(_QUARTERS_TO_TRY):
            weeks = random.choices(self._slots, k=WEEKS_A_PLAN)
            slots = [
                replace(slot, day=slot.day + timedelta(days=7 * number))
                for number, week in enumerate(weeks)
                for slot in week
            ]
            if len(first_pairs(slots, self._week.people, random)) < len(slots):
                return False
        return True

    def _slot(self, ground: Ground, at: int, minute: int) -> VisitSlot:
        site, day = ground.site, self._week.span.start + timedelta(days=at)
        slot_id = UUID(int=site.id.int ^ at)
        return VisitSlot(slot_id, site.scheme_id, site.id, "", day, minute, ground.need)
