"""A usual week, in which nobody is away: when people can go to which sites, and whether there are
pairs for all visits that laws draw."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.rota import Volunteer
from visitapp.planning.draw import Placed, draw_span
from visitapp.planning.law import SpanLaw
from visitapp.planning.reach import Ground
from visitapp.planning.week_pairs import Moments, WeekPairs

MOST_DRAWS = 200
"""How often a week is drawn until there are pairs for all its visits."""


Timed = tuple[Ground, int, Moments]
"""A visit's site, its day in the week, and its time with those who could make it."""


@dataclass(frozen=True, slots=True)
class DrawnWeek:
    """The visits of sites that share people, in their order; and how many each had `at_first`, for
    which there may have been no pairs."""

    visits: tuple[tuple[Placed, ...], ...]
    at_first: tuple[int, ...]


class UsualWeek:
    """The week that holds a day, for these people."""

    def __init__(self, volunteers: Sequence[Volunteer], day: date) -> None:
        self.people = [replace(who, away=(), outside=()) for who in volunteers if who.free]
        self.span = week_of(day)
        self.pairs = WeekPairs(self.people)
        self._options: dict[UUID, list[tuple[int, ...]]] = {}

    def options(self, ground: Ground) -> list[tuple[int, ...]]:
        """The timeslots of each weekday in which two people can go to a site."""
        if ground.site.id not in self._options:
            self._options[ground.site.id] = [
                tuple(ground.reachable(self.people, self._day(at), cells))
                for at, cells in enumerate(ground.calendar.options(self.span))
            ]
        return self._options[ground.site.id]

    def draw(self, sites: Sequence[tuple[Ground, SpanLaw]], random: Random) -> DrawnWeek:
        """The visits of a week by the laws of sites that share people, as often as it takes until
        there are pairs for all of them."""
        first = visits = _drawn(sites, random)
        for _ in range(MOST_DRAWS):
            if self._can_be_made(sites, visits, random):
                break
            visits = _drawn(sites, random)
        return DrawnWeek(visits, tuple(map(len, first)))

    def _can_be_made(
        self,
        sites: Sequence[tuple[Ground, SpanLaw]],
        visits: Sequence[Sequence[Placed]],
        random: Random,
    ) -> bool:
        days = [place.day for placed in visits for place in placed]
        if len(days) < 3 and len(set(days)) == len(days):
            return True
        timed = self.timed([ground for ground, _ in sites], visits, random)
        return self.pairs.can_be_made([(day, moments.pairs) for _, day, moments in timed])

    def timed(
        self, grounds: Sequence[Ground], visits: Sequence[Sequence[Placed]], random: Random
    ) -> list[Timed]:
        """The visits of this week with their days and times."""
        return timed_visits(self.pairs, self.span, grounds, visits, random)

    def _day(self, at: int) -> date:
        return self.span.start + timedelta(days=at)


def timed_visits(
    pairs: WeekPairs,
    week: Period,
    grounds: Sequence[Ground],
    visits: Sequence[Sequence[Placed]],
    random: Random,
) -> list[Timed]:
    """The visits of a week to some sites with their days, and times as likely as they are drawn."""
    timed = []
    for ground, placed in zip(grounds, visits, strict=True):
        for place in placed:
            day = week.start + timedelta(days=place.day)
            parts = pairs.moments(ground, day, place.cell)
            moments = random.choices(parts, [part.share for part in parts])[0]
            timed.append((ground, place.day, moments))
    return timed


def _drawn(
    sites: Sequence[tuple[Ground, SpanLaw]], random: Random
) -> tuple[tuple[Placed, ...], ...]:
    return tuple(tuple(draw_span(law, random)) for _, law in sites)
