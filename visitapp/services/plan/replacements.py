"""What comes instead of a visit that is cancelled, or whose day and time are drawn again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from uuid import uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, span_words, week_of
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import MOST_A_WEEK, Volunteer
from visitapp.domain.plan.rota_breaks import breaks_of
from visitapp.domain.text.wording import number_of
from visitapp.planning.crews import Effort, find_crews
from visitapp.planning.judging import Options
from visitapp.planning.making import law_of, memory_before, placed_visits, rules_of
from visitapp.planning.reach import Ground
from visitapp.planning.readers import likeliest_after
from visitapp.planning.short_notice import later_today
from visitapp.services.plan.jointly import drawn_jointly
from visitapp.services.plan.pair_modes import drawn_by_office, left_to_pairs
from visitapp.services.plan.plan_tasks import planned_before, with_pairs
from visitapp.services.plan.plan_world import World

_SHORT = 1.0
"""In the solver's deterministic seconds, for one or two visits."""


def replacement_visits(
    world: World, visit: PlannedVisit, random: Random, now: int
) -> list[PlannedVisit]:
    """Visits to replace a cancelled one, if its week has fewer others than its target asks for.
    They are drawn by the same law for all days from tomorrow on, whichever day the cancelled one
    was to be on: before the week begins, for the whole week. Where no such day is left, for later
    today, after the minute `now`. The pair is the same if it can go. There is none where the site
    isn't visited any more in that week."""
    if _is_closed(world, visit):
        return []
    ground = world.ground(visit.site_id)
    if visit.is_stood_down:
        drawn = drawn_by_office(world, visit, _people(world, visit), random)
        return [] if drawn is None else _crewed(world, visit, [_another(drawn)], random)
    if ground.is_in_parts:
        return _replacement_in_parts(world, ground, visit, random)
    others = _others_of(world, visit)
    if others >= ground.policy.least and not _is_too_long(world, ground, visit, ()):
        return []
    new = drawn_jointly(
        world,
        visit,
        _people(world, visit),
        lambda: _from_tomorrow(world, ground, visit, others, random),
    )
    if not new and others < ground.policy.least:
        new = _later_today(world, ground, visit, random, now)
    beside = [other for other in world.active if other.id != visit.id]
    return left_to_pairs(world, _crewed(world, visit, new, random), beside) if new else []


def cancelled_words(world: World, visit: PlannedVisit, new: Sequence[PlannedVisit]) -> str:
    """What became of a visit that was cancelled, and of its week."""
    if _is_closed(world, visit):
        site_name = next((site.name for site in world.sites if site.id == visit.site_id), "")
        return (
            f"{site_name}, {span_words(visit.span)}: cancelled. The site is not visited then, so "
            "no other visit was drawn. Let the pair know."
        )
    ground = world.ground(visit.site_id)
    where = f"{ground.site.name}, {span_words(visit.span)}"
    apart = _heard_words(world, ground, visit, new) + _apart_words(world, ground, visit, new)
    if any(each.day == world.today for each in new):
        return (
            f"{where}: cancelled. No later day of its {ground.target.unit} is left, so another "
            f"visit was drawn for today. Let its pair know now.{apart}"
        )
    if new:
        return f"{where}: cancelled, and another visit was drawn.{apart}"
    if ground.is_in_parts:
        unit = ground.target.unit
        if _has_enough_in_parts(world, ground, visit):
            return f"{where}: cancelled; the {unit} has the visits that are due."
        return f"{where}: cancelled; later weeks of the {unit} make up for it."
    if _others_of(world, visit):
        return f"{where}: cancelled; it has another visit.{apart}"
    return f"{where}: cancelled. No later day is left, and no two people can go later today.{apart}"


def redrawn(world: World, visit: PlannedVisit, random: Random) -> PlannedVisit:
    """A visit whose day and time were chosen by hand, drawn by the law instead. The other visits of
    its span stay, and so does the pair if it can go.

    Raises BadInputError if the visit was drawn, or if no day is left.
    """
    if not visit.is_by_hand:
        raise BadInputError("The day and time of this visit were drawn, not chosen by hand.")

    def draw() -> list[PlannedVisit]:
        new = drawn_by_office(world, visit, world.volunteers, random)
        return [] if new is None else [new]

    new = drawn_jointly(world, visit, world.volunteers, draw)
    if not new:
        raise BadInputError("No other day of the week is left to be drawn.")
    return _crewed(world, visit, new, random)[0]


def _is_closed(world: World, visit: PlannedVisit) -> bool:
    """Whether nothing can be planned in the span of a visit, as its site was closed since or has no
    target any more."""
    ground = next((g for g in world.grounds if g.site.id == visit.site_id), None)
    return ground is None or not ground.site.is_open_within(visit.span)


def _others_of(world: World, visit: PlannedVisit) -> int:
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


def _another(drawn: PlannedVisit) -> PlannedVisit:
    """A new visit at a time that was drawn for one to be cancelled."""
    return replace(drawn, id=uuid4(), pair=(), is_pinned=False, why_office=None, version=1)


def _from_tomorrow(
    world: World, ground: Ground, visit: PlannedVisit, others: int, random: Random
) -> list[PlannedVisit]:
    """Visits drawn for the days of a span that are left: those first that keep the rule for days
    between visits, if it has one."""
    people = _people(world, visit)
    if others and not ground.policy.rule.most_apart:
        drawn = drawn_by_office(world, visit, people, random)
        return [] if drawn is None else [_another(drawn)]
    tally = world.tally(ground, without=visit.id)
    options = ground.options(visit.span, people, visit.span.start)
    keeping = _keeping(world, ground, visit, options)
    today = (world.today - visit.span.start).days
    for days in [keeping] if others else [keeping, options]:
        law = law_of(ground.in_each_week, visit.span, days, tally)
        if law is not None and today < law.last_day:
            new = placed_visits(
                ground, visit.plan_id, visit.span, law, tally, people, random, today
            )
            # with two pairs, the other one of the week stays stood down
            return new[:1] if ground.policy.two_pairs or others else new
    return []


def _keeping(world: World, ground: Ground, cancelled: PlannedVisit, options: Options) -> Options:
    """The timeslots of those days of a span that keep the rule for days between visits."""
    first = cancelled.span.start
    return [
        () if _is_too_long(world, ground, cancelled, (first + timedelta(days=at),)) else cells
        for at, cells in enumerate(options)
    ]


def _later_today(
    world: World, ground: Ground, visit: PlannedVisit, random: Random, now: int
) -> list[PlannedVisit]:
    """A visit later on the last day of its span, by two people who have no other today."""
    tally = world.tally(ground, without=visit.id)
    if world.today not in visit.span or any(day == world.today for day, _ in tally.visited()):
        return []
    new = later_today(
        ground,
        visit.plan_id,
        visit.span,
        tally,
        [who for who in _people(world, visit) if _is_at_hand(world, who)],
        world.today,
        now,
        random,
    )
    return [] if new is None else [new]


def _people(world: World, cancelled: PlannedVisit) -> list[Volunteer]:
    """Everybody; the pair of a cancelled visit is taken not to be able to go today, or on the day
    of that visit."""
    days = {world.today, cancelled.day or world.today}
    off = tuple(Period(day, day) for day in sorted(days))
    return [
        replace(who, away=(*who.away, *off)) if who.id in cancelled.pair else who
        for who in world.volunteers
    ]


def _is_at_hand(world: World, who: Volunteer) -> bool:
    """Whether somebody has no visit today, and not as many as they make in a week or a quarter."""
    days = [visit.day or visit.span.start for visit in world.active if who.id in visit.pair]
    in_week = sum(week_of(day) == week_of(world.today) for day in days)
    return world.today not in days and in_week < MOST_A_WEEK and len(days) < who.most


def _is_too_long(
    world: World, ground: Ground, cancelled: PlannedVisit, new: Sequence[date]
) -> bool:
    """Whether the rule for days between visits doesn't hold around a cancelled visit with new ones
    instead."""
    most = ground.policy.rule.most_apart
    return bool(most) and _most_apart(world, ground, cancelled, new) > most


def _most_apart(world: World, ground: Ground, cancelled: PlannedVisit, new: Sequence[date]) -> int:
    """The most days from one visit to the next, from the last one before the span of a cancelled
    visit to the first one after it."""
    tally, span = world.tally(ground, without=cancelled.id), cancelled.span
    days = sorted({day for day, _ in tally.visited()} | set(new))
    around = [day for day in days if day in span]
    around += [day for day in days if day < span.start][-1:]
    around += [day for day in days if day > span.end][:1]
    return max(((b - a).days for a, b in pairwise(sorted(around))), default=0)


def _apart_words(
    world: World, ground: Ground, cancelled: PlannedVisit, new: Sequence[PlannedVisit]
) -> str:
    """That the days between visits are more than the rule has them, where they are."""
    days = [visit.day for visit in new if visit.day is not None]
    if not _is_too_long(world, ground, cancelled, days):
        return ""
    apart = number_of(_most_apart(world, ground, cancelled, days), "day")
    return f" Visits are then {apart} apart, more than {ground.policy.rule.most_apart}."


def _heard_words(
    world: World, ground: Ground, cancelled: PlannedVisit, new: Sequence[PlannedVisit]
) -> str:
    """What somebody could do who hears of a visit that is cancelled in its week, if another one is
    to come. It follows from the law and from today, and from no day that was drawn."""
    span, tally = cancelled.span, world.tally(ground, without=cancelled.id)
    visits_made = tally.visits_of(span)
    to_come = len(new) + max(0, _others_of(world, cancelled) - visits_made)
    if world.today < span.start or not to_come:
        return ""
    options = ground.options(span, world.volunteers, span.start)
    days = _keeping(_without_later(world), ground, cancelled, options)
    law = law_of(ground.in_each_week, span, days if any(days) else options, tally)
    share = (
        0.0 if law is None else likeliest_after(law, (world.today - span.start).days, visits_made)
    )
    if share > 0.995 or any(visit.day == world.today for visit in new):
        return " Anyone who hears of this knows the day of that visit. Let only its pair know."
    return (
        " Someone who hears of this, and is ready for a visit on the likeliest day, would be right "
        f"{round(100 * share)} times in 100. Let only its pair know."
    )


def _without_later(world: World) -> World:
    """As somebody knows it who has seen all visits up to today."""
    seen = [visit for visit in world.planned if visit.day is not None and visit.day <= world.today]
    return replace(world, planned=tuple(seen))


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


def _crewed(
    world: World, cancelled: PlannedVisit, new: Sequence[PlannedVisit], random: Random
) -> list[PlannedVisit]:
    """The same pair if it can go, otherwise another; all other visits stay as they are."""
    is_same = any(visit.id == cancelled.id for visit in new)
    people = list(world.volunteers) if is_same else _people(world, cancelled)
    by_id = world.people | {who.id: who for who in people}
    others = [visit for visit in world.active if visit.id != cancelled.id]
    slots = [s for s in world.slots() if s.id != cancelled.id]
    slots += [world.slot(visit, visit.pair) for visit in new]
    pins = {visit.id: visit.pair for visit in others if visit.pair}
    for visit in new:
        slot = world.slot(visit, visit.pair)
        if not breaks_of(slot, cancelled.pair, slots, pins, by_id):
            pins[visit.id] = cancelled.pair
    crewing = find_crews(
        slots,
        people,
        random,
        memory=memory_before(
            (*world.past_visits, *planned_before(world)), world.period, world.grounds
        ),
        pins=pins,
        rules=rules_of([world.ground(cancelled.site_id)], world.volunteers, world.period),
        effort=Effort(_SHORT),
    )
    return with_pairs(new, crewing)
