"""Changes of pairs by hand, and what they mean for who knows the day and time."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from random import Random
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.plan.planned import PlannedVisit, WhyOffice
from visitapp.persistence import plans as stored
from visitapp.persistence.database import Connection
from visitapp.services.plan.pair_modes import taken_over, why_office
from visitapp.services.plan.plan_world import World

_BY_HAND = "Pairs were changed by hand, so a better plan may be possible."
"""Stored as what is proven of a plan, in place of what the solver proved. It is compared only to
save no plan twice; nothing is decided by it, so it needs no code beside it."""
_NO_DAY = "No day is left on which the office could draw this visit. Cancel it instead."


def with_pair(
    world: World,
    visit: PlannedVisit,
    pair: Sequence[UUID],
    random: Random,
) -> list[PlannedVisit]:
    """A visit given to other people by hand, and pinned. If the pair alone knew when it is, the
    new pair draws anew; where it can't, the office draws the visit and all others of the week
    there. Raises BadInputError if no day is left for that."""
    if not visit.is_of_pair:
        return [replace(visit, pair=tuple(pair), is_pinned=True)]
    alike = [
        other
        for other in world.active
        if (other.site_id, other.span) == (visit.site_id, visit.span) and other.is_of_pair
    ]
    if len(pair) == 2 and len(alike) == 1:
        new = replace(visit, pair=tuple(pair), is_pinned=True)
        why = why_office(world, [new], [other for other in world.active if other.id != visit.id])
        if why is None:
            return [new]
    else:
        why = WhyOffice.BY_HAND if len(pair) < 2 else WhyOffice.TWO_PAIRS
    drawn = [taken_over(world, other, other.pair, why, random) for other in alike]
    if None in drawn:
        raise BadInputError(_NO_DAY)
    return [
        replace(other, pair=tuple(pair), is_pinned=True) if other.id == visit.id else other
        for other in drawn
        if other is not None
    ]


def with_visitor_moved(
    worlds: tuple[World, World],
    person_id: UUID,
    visits: tuple[PlannedVisit, PlannedVisit],
    instead_of: UUID | None,
    random: Random,
) -> list[PlannedVisit]:
    """Two visits after a visitor moved from the first to the second; `instead_of` takes their old
    place. `worlds` are the quarters of both.

    Raises BadInputError if the second has two people and nobody makes room.
    """
    first, second = visits
    if person_id not in first.pair or first.id == second.id or person_id in second.pair:
        raise BadInputError("Choose somebody of one visit, and another visit to move to.")
    rest = tuple(member for member in second.pair if member != instead_of)
    if len(rest) > 1:
        raise BadInputError("That visit has two visitors already; say who makes room.")
    back = (instead_of,) if instead_of in second.pair and instead_of is not None else ()
    left = tuple(member for member in first.pair if member != person_id)
    moved = [
        replace(new, is_pinned=bool(back)) if new.id == first.id else new
        for new in with_pair(worlds[0], first, (*left, *back), random)
    ]
    return moved + with_pair(worlds[1], second, (*rest, person_id), random)


def as_before(
    states: Iterable[tuple[World, tuple[UUID, tuple[UUID, ...], bool]]], random: Random
) -> tuple[list[PlannedVisit], list[PlannedVisit]]:
    """Visits with the pairs that they had, and those of which only the pin is another. A state is a
    visit, its pair and whether it was pinned, with the quarter of the visit.

    Raises BadInputError if a visit is over, cancelled or gone.
    """
    pairs: list[PlannedVisit] = []
    pins: list[PlannedVisit] = []
    for world, (visit_id, pair, is_pinned) in states:
        visit = world.visit_to_come(visit_id)
        if visit.pair == pair:
            pins.append(replace(visit, is_pinned=is_pinned))
            continue
        pairs += [
            replace(new, is_pinned=is_pinned) if new.id == visit_id else new
            for new in with_pair(world, visit, pair, random)
        ]
    return pairs, pins


def save_by_hand(connection: Connection, visits: Sequence[PlannedVisit]) -> None:
    """Save visits whose pairs somebody chose. Their plan is no longer proven to be good."""
    stored.save_visits(connection, visits)
    changed = {visit.plan_id for visit in visits}
    for plan in stored.plans(connection):
        if plan.id in changed and plan.proven != _BY_HAND:
            stored.save_plan(connection, replace(plan, proven=_BY_HAND))
