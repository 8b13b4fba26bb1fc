"""What an assignment of people to planned visits breaks, said at once and in words."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from visitapp.domain.plan.rota import (
    MOST_A_WEEK,
    Obstacle,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
)

_WORDS = {
    Obstacle.SCHEME: "{} is not in the scheme then.",
    Obstacle.TRAINING: "{} is still in training.",
    Obstacle.SITE: "{} can't visit there.",
    Obstacle.VETTING: "{} has no vetting in date then.",
    Obstacle.KENNELS: "{} is not qualified for kennels.",
    Obstacle.TACT: "{} is not trained for TACT visits.",
    Obstacle.AWAY: "{} is away then.",
    Obstacle.NOT_FREE: "{} is not free at the time of that visit.",
}


def breaks_of(
    slot: VisitSlot,
    pair: Sequence[UUID],
    slots: Sequence[VisitSlot],
    pairs: Mapping[UUID, Sequence[UUID]],
    people: Mapping[UUID, Volunteer],
) -> tuple[str, ...]:
    """What would be broken if `pair` made the visit `slot` while all others stay.

    `slots` are the visits of the same quarter and `pairs` who makes them. No sentence tells
    the day or the time.
    """
    found: list[str] = []
    both = [people[one] for one in pair if one in people]
    if len(both) < 2:
        found.append("One visitor is missing." if both else "Two visitors are missing.")
    for who in both:
        found += [*_of_person(slot, who), *_of_load(slot, who, slots, pairs)]
    if len(both) == 2 and not may_pair(both[0], both[1], slot.day):
        new = [who.name for who in both if who.is_on_probation(slot.day)]
        found.append(
            "Both are on probation."
            if len(new) == 2
            else f"{new[0]} is on probation and needs to go with someone experienced."
        )
    return tuple(found)


def _of_person(slot: VisitSlot, who: Volunteer) -> list[str]:
    kept_off = obstacle(who, slot)
    found = [] if kept_off is None else [_WORDS[kept_off].format(who.name)]
    if any(slot.day in wish for wish in who.wishes):
        found.append(f"{who.name} asked for no visit then.")
    return found


def _of_load(
    slot: VisitSlot,
    who: Volunteer,
    slots: Sequence[VisitSlot],
    pairs: Mapping[UUID, Sequence[UUID]],
) -> list[str]:
    others = [one for one in slots if one.id != slot.id and who.id in pairs.get(one.id, ())]
    in_week = [one for one in others if one.week == slot.week]
    found = []
    if any(one.day == slot.day for one in in_week):
        found.append(f"{who.name} has another visit that day.")
    if len(in_week) >= MOST_A_WEEK:
        found.append(f"{who.name} has two other visits that week.")
    if len(others) >= who.most:
        found.append(f"{who.name} has all {who.most} visits of the quarter already.")
    return found
