"""What would give a visit a pair: the smallest changes that are enough, in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from itertools import combinations
from uuid import UUID

from visitapp.domain.plan.rota import (
    MOST_A_WEEK,
    Obstacle,
    Pair,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacles,
)
from visitapp.domain.text.wording import capitalised, joined

_NAMED = 3
"""The most people, or ways, that are named for one visit."""


class Taken(Enum):
    """Why somebody who could go is taken."""

    ALL = auto()
    THAT_DAY = auto()
    THAT_WEEK = auto()


Change = Obstacle | Taken
_WORDS: dict[Change, str] = {
    Taken.ALL: "raise the most visits of {}",
    Obstacle.NOT_FREE: "ask {} whether they could go at another time than usual",
    Obstacle.AWAY: "ask {} whether they are away all the time",
    Obstacle.SITE: "ask {}, who can’t visit there, whether they could once",
    Obstacle.VETTING: "renew the vetting of {}",
    Obstacle.TRAINING: "change the status of {} in People when they are trained",
    Obstacle.PROBATION: "end the probation of {} in People when it is over",
    Obstacle.TACT: "train {} for TACT visits",
}
_LIKELIEST = (
    Taken.ALL, Obstacle.NOT_FREE, Obstacle.AWAY, Obstacle.VETTING, Obstacle.TRAINING,
    Obstacle.SITE, Obstacle.PROBATION, Obstacle.TACT,
)  # fmt: skip
"""What can be changed, the likeliest to change first. Whoever isn't in the scheme, or has another
visit that day, can't be had by asking."""


def ways_out(volunteers: Sequence[Volunteer], kept_off: Mapping[UUID, Obstacle]) -> tuple[str, ...]:
    """Who could go if a single thing were different; what is likeliest to change comes first."""
    suggestions = []
    for kind in _LIKELIEST:
        names = [person.name for person in volunteers if kept_off.get(person.id) is kind]
        if names:
            suggestions.append(_sentence({kind: names}, "or"))
    return tuple(suggestions)


def smallest_ways(
    slot: VisitSlot,
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    pairs: Mapping[UUID, Pair],
) -> tuple[str, ...]:
    """The fewest changes that give a visit its pair, all others staying as they are: sentences of
    which each is enough by itself, the likeliest first. Empty if nothing is needed, or nothing
    helps."""
    needed = {who.id: needs for who in volunteers if (needs := _needed(who, slot, slots, pairs))}
    possible = [
        ((first, second), changes)
        for first, second in combinations(volunteers, 2)
        if may_pair(first, second, slot.day)
        and (changes := _changes((first, second), needed)) is not None
    ]
    fewest = min((len(changes) for _, changes in possible), default=0)
    if not fewest:
        return ()
    smallest = [changes for _, changes in possible if len(changes) == fewest]
    smallest.sort(key=lambda changes: sorted(_LIKELIEST.index(kind) for _, kind in changes))
    return tuple(_of_one(smallest) if fewest == 1 else _of_several(smallest))


def taken(
    person: Volunteer,
    slot: VisitSlot,
    slots: Sequence[VisitSlot],
    pairs: Mapping[UUID, Pair],
) -> Iterator[Taken]:
    """Every reason why somebody can't make a visit beside their others."""
    mine = [other for other in slots if person.id in pairs.get(other.id, ())]
    in_week = [other for other in mine if other.week == slot.week]
    if len(mine) >= person.most:
        yield Taken.ALL
    if any(other.day == slot.day for other in in_week):
        yield Taken.THAT_DAY
    if len(in_week) >= MOST_A_WEEK:
        yield Taken.THAT_WEEK


def _needed(
    person: Volunteer,
    slot: VisitSlot,
    slots: Sequence[VisitSlot],
    pairs: Mapping[UUID, Pair],
) -> list[tuple[Volunteer, Change]]:
    """Everything that would have to change for somebody to go."""
    kinds: tuple[Change, ...] = (*obstacles(person, slot), *taken(person, slot, slots, pairs))
    return [(person, kind) for kind in kinds]


def _changes(
    pair: tuple[Volunteer, Volunteer], needed: Mapping[UUID, list[tuple[Volunteer, Change]]]
) -> list[tuple[Volunteer, Change]] | None:
    """What has to change for a pair to go; None if something in it can't."""
    changes = [change for person in pair for change in needed.get(person.id, [])]
    return changes if all(kind in _WORDS for _, kind in changes) else None


def _of_one(smallest: Sequence[Sequence[tuple[Volunteer, Change]]]) -> Iterator[str]:
    """One sentence for each kind of change, with the people for whom it would be enough."""
    names: dict[Change, dict[str, None]] = defaultdict(dict)
    for ((person, kind),) in smallest:
        names[kind][person.name] = None
    for kind, people in names.items():
        yield _sentence({kind: list(people)}, "or")


def _of_several(smallest: Sequence[Sequence[tuple[Volunteer, Change]]]) -> Iterator[str]:
    """One sentence for each of the first few ways, with everything that it takes."""
    for changes in smallest[:_NAMED]:
        names: dict[Change, list[str]] = defaultdict(list)
        for person, kind in changes:
            names[kind].append(person.name)
        yield _sentence(names, "and")


def _sentence(names: Mapping[Change, Sequence[str]], last: str) -> str:
    parts = [_WORDS[kind].format(joined(people[:_NAMED], last)) for kind, people in names.items()]
    return capitalised(joined(parts))
