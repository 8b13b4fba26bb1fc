"""The rules that are broken when somebody is assigned to a planned visit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
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
    Obstacle.PROBATION: "{} is on probation, and kennels come after it.",
    Obstacle.TACT: "{} is not trained for TACT visits.",
    Obstacle.AWAY: "{} is away then.",
    Obstacle.NOT_FREE: "{} is not free at the time of that visit.",
}


class Rule(StrEnum):
    """What an assignment is checked against."""

    TWO_VISITORS = "two_visitors"
    OBSTACLE = "obstacle"
    WISH = "wish"
    LOAD = "load"
    EXPERIENCE = "experience"


@dataclass(frozen=True, slots=True)
class BrokenRule:
    """A rule that an assignment breaks, and the sentence that says how."""

    rule: Rule
    sentence: str


def breaks_of(
    slot: VisitSlot,
    pair: Sequence[UUID],
    slots: Sequence[VisitSlot],
    pairs: Mapping[UUID, Sequence[UUID]],
    people: Mapping[UUID, Volunteer],
) -> tuple[BrokenRule, ...]:
    """What would be broken if `pair` made the visit `slot` and all others stayed the same.

    `slots` are the visits of the same quarter, and `pairs` say who makes them. No sentence reveals
    the day or the time.
    """
    breaks: list[BrokenRule] = []
    members = [people[person_id] for person_id in pair if person_id in people]
    if len(members) < 2:
        missing = "One visitor is missing." if members else "Two visitors are missing."
        breaks.append(BrokenRule(Rule.TWO_VISITORS, missing))
    for volunteer in members:
        breaks += _of_person(slot, volunteer)
        load = _of_load(slot, volunteer, slots, pairs)
        breaks += [BrokenRule(Rule.LOAD, sentence) for sentence in load]
    if len(members) == 2 and not may_pair(members[0], members[1], slot.day):
        new = [volunteer.name for volunteer in members if volunteer.is_on_probation(slot.day)]
        sentence = (
            "Both are on probation."
            if len(new) == 2
            else f"{new[0]} is on probation and needs to go with someone experienced."
        )
        breaks.append(BrokenRule(Rule.EXPERIENCE, sentence))
    return tuple(breaks)


def _of_person(slot: VisitSlot, volunteer: Volunteer) -> list[BrokenRule]:
    kept_off = obstacle(volunteer, slot)
    breaks = []
    if kept_off is not None:
        breaks.append(BrokenRule(Rule.OBSTACLE, _WORDS[kept_off].format(volunteer.name)))
    if any(slot.day in wish for wish in volunteer.wishes):
        breaks.append(BrokenRule(Rule.WISH, f"{volunteer.name} asked for no visit then."))
    return breaks


def _of_load(
    slot: VisitSlot,
    volunteer: Volunteer,
    slots: Sequence[VisitSlot],
    pairs: Mapping[UUID, Sequence[UUID]],
) -> list[str]:
    others = [
        visit for visit in slots if visit.id != slot.id and volunteer.id in pairs.get(visit.id, ())
    ]
    in_week = [visit for visit in others if visit.week == slot.week]
    breaks = []
    if any(visit.day == slot.day for visit in in_week):
        breaks.append(f"{volunteer.name} has another visit that day.")
    if len(in_week) >= MOST_A_WEEK:
        breaks.append(f"{volunteer.name} has two other visits that week.")
    if len(others) >= volunteer.most:
        breaks.append(f"{volunteer.name} has all {volunteer.most} visits of the quarter already.")
    return breaks
