"""On the Friday before a week, the office freezes what its pair draws the visits from.

What was frozen holds for both copies of the pair until the pair, its copies or the visits change.
Then it is frozen anew under another id, so that the moments change, and both copies are told. A
week that can't be left to its pair any more is drawn by the office.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from uuid import UUID, uuid4

from visitapp.domain.errors import ConflictError
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.pair_moments import FrozenInputs, PairDraw, freeze_day
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import pair_of
from visitapp.persistence import pair_draws, plans
from visitapp.persistence.database import Connection
from visitapp.planning.tally import Tally
from visitapp.services.access import Access
from visitapp.services.plan.assignments import handed_out
from visitapp.services.plan.pair_modes import meeting_times, taken_over, why_office
from visitapp.services.plan.plan_tasks import must_be_as_read
from visitapp.services.plan.plan_world import World, read_world


@dataclass(slots=True)
class _ToFreeze:
    """What is to be forgotten, frozen anew, and drawn by the office."""

    over: list[PairDraw] = field(default_factory=list)
    frozen: list[PairDraw] = field(default_factory=list)
    drawn: list[PlannedVisit] = field(default_factory=list)


def freeze_due(access: Access, random: Random) -> None:
    """Freeze what is due, and forget what holds no longer. If the plan is changed elsewhere at the
    same time, it waits for the next exchange."""
    with access.database.reading() as connection:
        draws = pair_draws.draws(connection)
        if not draws and not plans.has_any_of_pairs(connection):
            return
        world = world_to_come(connection, access.today())
        due = _ToFreeze(over=draws) if world is None else _due(world, draws, random)
    if due == _ToFreeze():
        return
    try:
        with access.database.transaction() as connection:
            if world is not None:
                must_be_as_read(connection, world)
            for draw in due.over:
                pair_draws.remove(connection, draw)
            for draw in due.frozen:
                pair_draws.add(connection, draw)
            plans.save_visits(connection, due.drawn)
    except ConflictError:
        return


def world_to_come(connection: Connection, today: date) -> World | None:
    """Everything planned from this week on; None if nothing is."""
    last = plans.last_planned(connection)
    if last is None or last.end < today:
        return None
    return read_world(connection, today, Period(week_of(today).start, last.end))


def _due(world: World, draws: Sequence[PairDraw], random: Random) -> _ToFreeze:
    kept = {(draw.site_id, draw.span.start): draw for draw in draws}
    due = _ToFreeze()
    for alike in _left_to_pairs(handed_out(world), world.today):
        key = alike[0].site_id, alike[0].span.start
        if key in kept and _holds(kept[key], world, alike):
            del kept[key]
            continue
        draw = _frozen(world, alike)
        if draw is not None:
            due.frozen.append(draw)
        else:
            due.drawn += _drawn_by_office(world, alike, random)
    due.over = list(kept.values())
    return due


def _left_to_pairs(visits: Sequence[PlannedVisit], today: date) -> Iterator[list[PlannedVisit]]:
    """The visits of each week at a site that only their pair is to place, once it is due."""
    alike: dict[tuple[UUID, date], list[PlannedVisit]] = {}
    for visit in visits:
        if visit.is_of_pair and freeze_day(visit.span) <= today:
            alike.setdefault((visit.site_id, visit.span.start), []).append(visit)
    yield from alike.values()


def _of_week(world: World, visit: PlannedVisit) -> set[UUID]:
    """All visits of a week at a site, those that were reported too."""
    return {
        other.id
        for other in world.active
        if (other.site_id, other.span) == (visit.site_id, visit.span)
    }


def _copies(world: World, visit: PlannedVisit) -> tuple[UUID, UUID] | None:
    copies = [world.copies.get(person_id) for person_id in pair_of(*visit.pair)]
    first, second = (None if copy is None else copy.id for copy in copies)
    return None if first is None or second is None else (first, second)


def _holds(draw: PairDraw, world: World, alike: Sequence[PlannedVisit]) -> bool:
    return (
        all(pair_of(*visit.pair) == draw.pair for visit in alike)
        and _copies(world, alike[0]) == draw.copies
        and _of_week(world, alike[0]) == set(draw.visit_ids)
    )


def _frozen(world: World, alike: Sequence[PlannedVisit]) -> PairDraw | None:
    """What the pair draws these visits from; None if they can't be left to it."""
    first, copies = alike[0], _copies(world, alike[0])
    ids = _of_week(world, first)
    others = [visit for visit in world.active if visit.id not in ids]
    if copies is None or why_office(world, alike, others) is not None:
        return None
    ground = world.ground(first.site_id)
    reported = Tally(ground, world.past_visits, ())
    policy, law = ground.policy, ground.law_of(first.span)
    bounds = (policy.cap, policy.floor) if law is VisitLaw.TIMESLOTS else (0.0, 0.0)
    return PairDraw(
        id=uuid4(),
        scheme_id=first.scheme_id,
        site_id=first.site_id,
        span=first.span,
        pair=pair_of(*first.pair),
        copies=copies,
        visit_ids=tuple(sorted(ids)),
        frozen_on=world.today,
        inputs=FrozenInputs(
            number=len(alike),
            counts=tuple(reported.counts(first.span)),
            times=meeting_times(world, first, first.pair),
            visits_a_year=policy.visits_a_year,
            spans_a_year=policy.spans_a_year,
            cap=bounds[0],
            floor=bounds[1],
            handovers=ground.handovers,
            handovers_left=reported.handovers_left(first.span.start),
            law=law,
            weeks_left=ground.weeks_left(first.span),
        ),
    )


def _drawn_by_office(
    world: World, alike: Sequence[PlannedVisit], random: Random
) -> Iterator[PlannedVisit]:
    """The visits with moments of the office's; those for which no day is left stay as they are."""
    ids = _of_week(world, alike[0])
    others = [visit for visit in world.active if visit.id not in ids]
    why = why_office(world, alike, others)
    for visit in alike:
        new = None if why is None else taken_over(world, visit, visit.pair, why, random)
        if new is not None:
            yield new
