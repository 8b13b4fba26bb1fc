"""Who is to know the day and time of planned visits: the office, or their pair alone.

A visit is drawn and given a pair with a day and time in mind; where it is left to its pair, these
were only for finding one, and are dropped before anything is saved.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID

from visitapp.domain.plan.pair_moments import MeetingTime
from visitapp.domain.plan.planned import Mode, PlannedVisit, WhyOffice
from visitapp.domain.plan.rota import Volunteer
from visitapp.domain.plan.rota_breaks import Rule, breaks_of
from visitapp.planning.draw import draw_beside
from visitapp.planning.making import law_of, slots_of
from visitapp.services.plan.plan_world import World


def left_to_pairs(
    world: World, visits: Sequence[PlannedVisit], beside: Sequence[PlannedVisit]
) -> list[PlannedVisit]:
    """Newly drawn visits, without day and time where their pair alone is to know them. `beside` are
    the visits that stay. A week with several visits goes to one of its pairs for all of them, if
    that pair can make them."""
    decided: list[PlannedVisit] = []
    for alike in _by_span(visits):
        if alike[0].scheme_id not in world.leaves_to_pairs:
            decided += alike
            continue
        of_one_pair = _with_one_pair(world, alike, [*beside, *visits])
        why = why_office(world, of_one_pair, [*beside, *decided])
        decided += [
            visit.left_to_pair() if why is None else replace(visit, why_office=why)
            for visit in of_one_pair
        ]
    return decided


def why_office(
    world: World, alike: Sequence[PlannedVisit], others: Sequence[PlannedVisit]
) -> WhyOffice | None:
    """Why the visits of one week at a site can't be left to their pair; None if they can."""
    first = alike[0]
    if world.ground(first.site_id).is_in_parts:
        return WhyOffice.LONG_SPAN
    same_week = [visit for visit in others if not visit.is_cancelled and visit.span == first.span]
    if any(set(visit.pair) != set(first.pair) for visit in alike) or any(
        visit.site_id == first.site_id for visit in same_week
    ):
        return WhyOffice.TWO_PAIRS
    if len(first.pair) < 2:
        return WhyOffice.BY_HAND
    if not set(first.pair) <= set(world.copies):
        return WhyOffice.NO_COPY
    if any(visit.is_of_pair and set(visit.pair) & set(first.pair) for visit in same_week):
        return WhyOffice.OTHER_VISIT
    days = {time.day for time in meeting_times(world, first, first.pair)}
    return None if len(days) >= len(alike) else WhyOffice.NO_TIME


def meeting_times(
    world: World, visit: PlannedVisit, pair: Sequence[UUID]
) -> tuple[MeetingTime, ...]:
    """When a pair can make a visit, from tomorrow on and not on days on which either has a visit
    that the office knows of."""
    members = _members(world, pair)
    if len(members) < 2:
        return ()
    ground = world.ground(visit.site_id)
    return ground.meeting_times(visit.span, members, world.earliest, _busy(world, visit, pair))


def drawn_by_office(
    world: World, visit: PlannedVisit, volunteers: Sequence[Volunteer], random: Random
) -> PlannedVisit | None:
    """A visit with a day and time that the law draws among those at which two of the volunteers
    can go, while the other visits of its span stay; None if no day is left."""
    ground = world.ground(visit.site_id)
    tally = world.tally(ground, without=visit.id)
    options = ground.options(visit.span, volunteers, visit.span.start)
    law = law_of(ground, visit.span, options, tally)
    first = visit.span.start
    planned = (v.day for v in world.active if v.site_id == visit.site_id and v.id != visit.id)
    past = (v.day for v in world.past_visits if v.site_id == visit.site_id)
    days = [day for day in (*planned, *past) if day is not None and day in visit.span]
    others = {(day - first).days for day in days}
    barred = range((world.earliest - first).days)
    placed = None if law is None else draw_beside(law, others, barred, random)
    if placed is None:
        return None
    day = visit.span.start + timedelta(days=placed.day)
    left = tally.handovers_left(day)
    minute = ground.arrival(volunteers, day, placed.cell, left, random)
    return replace(
        visit, day=day, minute=minute, cell=placed.cell, is_by_hand=False, mode=Mode.MANAGER_HELD
    )


def taken_over(
    world: World, visit: PlannedVisit, pair: Sequence[UUID], why: WhyOffice, random: Random
) -> PlannedVisit | None:
    """A visit that was left to its pair, with a day and time that the office draws among those at
    which the pair can go, or else two of all people; None if no day is left."""
    for people in (_members(world, pair), world.volunteers):
        new = drawn_by_office(world, visit, people, random) if len(people) > 1 else None
        if new is not None:
            return replace(new, why_office=why)
    return None


def _members(world: World, pair: Sequence[UUID]) -> list[Volunteer]:
    return [world.people[person_id] for person_id in pair if person_id in world.people]


def _busy(world: World, visit: PlannedVisit, pair: Sequence[UUID]) -> Collection[date]:
    return {
        other.day
        for other in world.planned
        if other.day is not None
        and not other.is_cancelled
        and other.id != visit.id
        and set(other.pair) & set(pair)
    }


def _by_span(visits: Sequence[PlannedVisit]) -> Iterator[list[PlannedVisit]]:
    """The visits of each week at a site, in their order."""
    alike: dict[tuple[UUID, date], list[PlannedVisit]] = {}
    for visit in visits:
        alike.setdefault((visit.site_id, visit.span.start), []).append(visit)
    yield from alike.values()


def _with_one_pair(
    world: World, alike: Sequence[PlannedVisit], everything: Sequence[PlannedVisit]
) -> list[PlannedVisit]:
    """The visits of a week with one pair for all, if one of its pairs can make them without
    breaking a rule; otherwise as they are."""
    people = world.people
    slots = slots_of(world.grounds, everything, list(people.values()))
    own = {visit.id for visit in alike}
    for pair in dict.fromkeys(visit.pair for visit in alike if len(visit.pair) == 2):
        pairs: Mapping[UUID, Sequence[UUID]] = {
            visit.id: pair if visit.id in own else visit.pair for visit in everything
        }
        rules = (
            broken.rule
            for slot in slots
            if slot.id in own
            for broken in breaks_of(slot, pair, slots, pairs, people)
        )
        if all(rule is Rule.WISH for rule in rules):
            return [replace(visit, pair=pair) for visit in alike]
    return list(alike)
