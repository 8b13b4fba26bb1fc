"""Which visits of a plan stay, and which are planned again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random
from uuid import UUID, uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, span_words
from visitapp.domain.plan.planned import PastVisit, PlannedStanding, PlannedVisit, Redraw
from visitapp.domain.plan.rota import Crewing
from visitapp.domain.plan.rota_breaks import breaks_of
from visitapp.domain.plan.weeks import target_of_plan
from visitapp.domain.text.wording import joined, plural
from visitapp.persistence import plans as stored
from visitapp.persistence.database import Connection
from visitapp.planning.crews import Effort, find_crews
from visitapp.planning.making import PlanTask, law_of, memory_before, placed_visits, rules_of
from visitapp.planning.reach import Ground
from visitapp.services.plan.pair_modes import drawn_by_office, left_to_pairs
from visitapp.services.plan.plan_world import World

_SHORT = 1.0
"""In the solver's deterministic seconds, for one or two visits."""


def task_of(
    world: World, plan_id: UUID, kept_visits: Sequence[PlannedVisit], *, redraws: bool = False
) -> PlanTask:
    """`kept` visits that are pinned, over, in a week that has begun or left to their pair keep
    their people too. With `redraws`, what is drawn already without a visit is drawn again
    if it hasn't begun."""
    standing = world.standings()
    active = [visit for visit in kept_visits if not visit.is_cancelled]
    fixed = [
        visit
        for visit in active
        if visit.is_pinned
        or visit.plan_id != plan_id
        or standing[visit.id] is not PlannedStanding.PLANNED
        or visit.span.start <= world.today
        or visit.is_of_pair
    ]
    return PlanTask(
        plan_id=plan_id,
        period=world.period,
        grounds=world.grounds,
        volunteers=world.volunteers,
        past_visits=world.past_visits,
        earliest=world.earliest,
        kept=tuple(active),
        pins={visit.id: visit.pair for visit in fixed if visit.pair},
        before=_planned_before(world),
        settled=_drawn_parts(world) if not redraws else _drawn_parts(world, begun_by=world.today),
    )


def _drawn_parts(world: World, begun_by: date = date.max) -> frozenset[tuple[UUID, date]]:
    """The weeks, and months of quarters and years, that a plan drew although they may have no
    visit, and that begin by a day."""
    return frozenset(
        (ground.site.id, part.start)
        for ground in world.grounds
        if ground.may_be_empty
        for part in ground.spans(world.period)
        if part.start <= begun_by and world.is_drawn(part)
    )


def _planned_before(world: World) -> tuple[PastVisit, ...]:
    """Visits of other plans without a report: who was to go where. Those with a report are among
    the past visits. A plan that forgot the others would pair the same people again."""
    standing = world.standings()
    without = (PlannedStanding.PLANNED, PlannedStanding.MISSED, PlannedStanding.STOOD_DOWN)
    shown = {visit.id for visit in world.shown}
    return tuple(
        PastVisit(visit.site_id, visit.day or visit.span.start, visit.minute or 0, visit.pair)
        for visit in world.planned
        if visit.id not in shown and standing[visit.id] in without
    )


def kept_visits(world: World) -> list[PlannedVisit]:
    """Visits in weeks with one that is pinned or cancelled, and in weeks that are over or have
    begun."""
    standing = world.standings()
    spans = {
        (visit.site_id, visit.span.start)
        for visit in world.shown
        if visit.is_pinned
        or standing[visit.id] is not PlannedStanding.PLANNED
        or visit.span.start <= world.today
    }
    return [v for v in world.shown if (v.site_id, v.span.start) in spans]


def others_of(world: World, visit: PlannedVisit) -> int:
    """How many other visits the span of a visit has, planned or else past."""
    ground = world.ground(visit.site_id)
    planned = sum(
        other.id != visit.id
        and other.site_id == visit.site_id
        and other.span.start == visit.span.start
        and not other.is_stood_down
        for other in world.active
    )
    return max(planned, world.tally(ground).visits_of(visit.span))


def is_planned(world: World) -> bool:
    """Whether something is planned for every week and month of the period. A month of a quarter or
    year is planned if it was drawn, as it can have no visit."""
    planned = {(visit.site_id, visit.span.start) for visit in world.shown} | _drawn_parts(world)
    wanted = {
        (ground.site.id, span.start)
        for ground in world.grounds
        for span in ground.spans(world.period)
    }
    return bool(planned) and wanted <= planned


def must_have_grounds(world: World) -> None:
    """Raises BadInputError if there is no site to plan for, with the reason."""
    if world.grounds:
        return
    if not world.sites:
        raise BadInputError("There is no site to plan for; add the first suite or kennels.")
    closed = [site.name for site in world.sites if not site.is_open_within(world.period)]
    if len(closed) == len(world.sites):
        are = plural(len(closed), "is", "are")
        raise BadInputError(
            f"There is no site to plan for: {joined(closed)} {are} closed in these weeks. "
            "Settings, Sites says when a site is open."
        )
    targets = joined(
        [
            f"{site.name} ({target_of_plan(site, world.period).words})"
            for site in world.sites
            if site.name not in closed
        ]
    )
    raise BadInputError(
        f"There is no site to plan for: visits aren’t planned by the target of {targets}."
    )


def with_pairs(visits: Sequence[PlannedVisit], crewing: Crewing) -> list[PlannedVisit]:
    """The visits with the pairs that were found."""
    return [
        replace(visit, pair=crewing.pairs[visit.id]) if visit.id in crewing.pairs else visit
        for visit in visits
    ]


def must_be_as_read(connection: Connection, world: World) -> None:
    """Raises ConflictError if the plan has changed since it was read."""
    shown = world.planned
    if shown:
        whole = Period(min(v.span.start for v in shown), max(v.span.end for v in shown))
        stored.must_be_unchanged(connection, shown, whole)


def replacement_visits(world: World, visit: PlannedVisit, random: Random) -> list[PlannedVisit]:
    """Visits to replace a cancelled one, if its week has fewer others than its target asks for.
    They are drawn by the same law for all days from tomorrow on, whichever day the cancelled one
    was to be on: before the week begins, for the whole week. The pair is the same if it can go."""
    ground = world.ground(visit.site_id)
    if visit.is_stood_down:
        drawn = drawn_by_office(world, visit, world.volunteers, random)
        if drawn is None:
            return []
        more = replace(drawn, id=uuid4(), pair=(), is_pinned=False, version=1)
        return _crewed(world, visit, [more], random)
    if ground.is_in_parts:
        return _replacement_in_parts(world, ground, visit, random)
    tally = world.tally(ground, without=visit.id)
    if others := others_of(world, visit):
        if others >= ground.policy.least:
            return []
        drawn = drawn_by_office(world, visit, world.volunteers, random)
        if drawn is None:
            return []
        more = replace(drawn, id=uuid4(), pair=(), is_pinned=False, why_office=None, version=1)
        stay = [other for other in world.active if other.id != visit.id]
        return left_to_pairs(world, _crewed(world, visit, [more], random), stay)
    options = ground.options(visit.span, world.volunteers, visit.span.start)
    law = law_of(ground.in_each_week, visit.span, options, tally)
    today = (world.today - visit.span.start).days
    if law is None or today >= law.last_day:
        return []
    new = placed_visits(
        ground, visit.plan_id, visit.span, law, tally, world.volunteers, random, today
    )
    if ground.policy.two_pairs:  # the other pair of the week stays stood down
        new = new[:1]
    beside = [other for other in world.active if other.id != visit.id]
    return left_to_pairs(world, _crewed(world, visit, new, random), beside)


def cancelled_words(world: World, visit: PlannedVisit, new: Sequence[PlannedVisit]) -> str:
    """What became of a visit that was cancelled, and of its week."""
    ground = world.ground(visit.site_id)
    where = f"{ground.site.name}, {span_words(visit.span)}"
    if new:
        return f"{where}: cancelled, and another visit was drawn."
    if ground.is_in_parts:
        unit = ground.target.unit
        if _has_enough_in_parts(world, ground, visit):
            return f"{where}: cancelled; the {unit} has the visits that are due."
        return f"{where}: cancelled; later weeks of the {unit} make up for it."
    if others_of(world, visit):
        return f"{where}: cancelled; it has another visit."
    return f"{where}: cancelled, and no day is left for another visit."


def _has_enough_in_parts(world: World, ground: Ground, visit: PlannedVisit) -> bool:
    """Whether the quarter or year of a visit has as many others as are due in it."""
    tally, whole = world.tally(ground, without=visit.id), ground.target_span(visit.span.start)
    return tally.visits_of_target(whole) >= ground.due_in(whole)


def _replacement_in_parts(
    world: World, ground: Ground, visit: PlannedVisit, random: Random
) -> list[PlannedVisit]:
    """The next visit that the law draws for the days that are left and planned, if the quarter or
    year has fewer others than are due. It can be that there is none: what isn't planned yet makes
    up for it."""
    if _has_enough_in_parts(world, ground, visit):
        return []
    tally = world.tally(ground, without=visit.id)
    taken = {other.day for other in world.planned if other.site_id == ground.site.id}
    for part in ground.target_span(visit.span.start).months():
        if part.end < world.earliest or not world.is_drawn(part):
            continue
        options = [
            () if part.start + timedelta(days=at) in taken else cells
            for at, cells in enumerate(ground.options(part, world.volunteers, world.earliest))
        ]
        law = law_of(ground, part, options, tally)
        if law is None:
            continue
        drawn = placed_visits(
            ground, visit.plan_id, part, law, tally, world.volunteers, random,
            so_far=tally.visits_of_target(part),
        )  # fmt: skip
        if drawn:
            beside = [other for other in world.active if other.id != visit.id]
            return left_to_pairs(world, _crewed(world, visit, drawn[:1], random), beside)
    return []


def redrawn(world: World, visit: PlannedVisit, random: Random) -> PlannedVisit:
    """A visit whose day and time were chosen by hand, drawn by the law instead. The other visits of
    its span stay, and so does the pair if it can go.

    Raises BadInputError if the visit was drawn, or if no day is left.
    """
    if not visit.is_by_hand:
        raise BadInputError("The day and time of this visit were drawn, not chosen by hand.")
    new = drawn_by_office(world, visit, world.volunteers, random)
    if new is None:
        raise BadInputError("No other day of the week is left to be drawn.")
    return _crewed(world, visit, [new], random)[0]


def times_redrawn(notes: Sequence[Redraw], period: Period) -> int:
    """How often the most redrawn week of a period was redrawn."""
    return max(
        sum(note.period.start <= week.end and note.period.end >= week.start for note in notes)
        for week in period.weeks()
    )


def _crewed(
    world: World, cancelled: PlannedVisit, new: Sequence[PlannedVisit], random: Random
) -> list[PlannedVisit]:
    """The same pair if it can go, otherwise another; all other visits stay as they are. On the very
    day of the cancelled visit, its pair is taken not to be able to."""
    others = [visit for visit in world.active if visit.id != cancelled.id]
    slots = [s for s in world.slots() if s.id != cancelled.id]
    slots += [world.slot(visit, visit.pair) for visit in new]
    pins = {visit.id: visit.pair for visit in others if visit.pair}
    for visit in new:
        slot = world.slot(visit, visit.pair)
        if visit.day is not None and visit.day == cancelled.day and cancelled.id != visit.id:
            continue
        if not breaks_of(slot, cancelled.pair, slots, pins, world.people):
            pins[visit.id] = cancelled.pair
    crewing = find_crews(
        slots,
        world.volunteers,
        random,
        memory=memory_before(
            (*world.past_visits, *_planned_before(world)), world.period, world.grounds
        ),
        pins=pins,
        rules=rules_of([world.ground(cancelled.site_id)], world.volunteers, world.period),
        effort=Effort(_SHORT),
    )
    return with_pairs(new, crewing)
