"""Weeks and months without a visit: why there is none, and what would help, in words."""

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from datetime import date, timedelta
from itertools import groupby
from uuid import UUID

from visitapp.domain.office.day_off import is_day_off
from visitapp.domain.period import Period, spans_words
from visitapp.domain.plan.planned import Gravity, PlanNote
from visitapp.domain.plan.rota import Obstacle, VisitSlot, obstacle
from visitapp.domain.text.wording import joined, number_of, plural
from visitapp.planning.reach import Ground
from visitapp.planning.ways_out import ways_out
from visitapp.services.plan.plan_world import World

NAMED = 4
"""The most people that a sentence names."""
_NOBODY = UUID(int=0)


def empty_span_notes(world: World) -> Iterator[PlanNote]:
    """One note for all empty spans of a site that follow one another for the same reason."""
    visits = {(v.site_id, v.span.start) for v in world.active}
    for ground in world.grounds:
        unplanned = [
            span
            for span in ground.spans(world.period)
            if span.end >= world.today
            and (ground.site.id, span.start) not in visits
            and not (ground.is_in_parts and not _is_short(world, ground, span))
        ]
        if not unplanned:
            continue
        visited_spans = world.tally(ground).visited_spans
        unplanned = [span for span in unplanned if span.start not in visited_spans]
        by_rule = [span for span in unplanned if _is_left_empty(world, ground, span)]
        if by_rule:
            yield _by_rule(ground, by_rule)
        hole_list = [(span, _why(world, ground, span)) for span in unplanned if span not in by_rule]
        for (why, kept_off), alike in groupby(hole_list, lambda hole: hole[1]):
            yield _sentence(world, ground, [span for span, _ in alike], why, kept_off)


def _is_short(world: World, ground: Ground, part: Period) -> bool:
    """Whether a month is the last of its quarter or year, which has fewer visits than are due."""
    whole = ground.target_span(part.start)
    number = world.tally(ground).visits_of_target(whole)
    return part.end == whole.end and number < ground.due_in(whole)


def _is_left_empty(world: World, ground: Ground, span: Period) -> bool:
    """Whether a week was drawn without a visit, as its rule lets some be."""
    return (
        ground.policy.may_be_empty
        and world.is_drawn(span)
        and not any(v.site_id == ground.site.id and v.span == span for v in world.shown)
        and ground.is_reachable(span, world.volunteers, span.start)
    )


def _by_rule(ground: Ground, spans: list[Period]) -> PlanNote:
    rule = ground.policy.rule
    number = number_of(rule.empty_weeks, "week")
    why = f"the rule leaves about {number} a year empty"
    if rule.most_apart:
        why = f"visits are to be at most {number_of(rule.most_apart, 'day')} apart, in any week"
    counts = plural(len(spans), "it counts", "they count")
    missed = f" By the target of {ground.target.words}, {counts} as missed in the report."
    return PlanNote(
        Gravity.UNEVEN,
        f"no visit is planned, as {why}.{missed}",
        about=f"{ground.site.name}, {spans_words(spans)}",
    )


def named(names: list[str]) -> str:
    """`A, B and C`, or the first few: `A, B, C, D and 3 others`."""
    rest = len(names) - NAMED
    if rest <= 0:
        return joined(names)
    return joined([*names[:NAMED], number_of(rest, "other")])


def _sentence(
    world: World, ground: Ground, spans: list[Period], why: str, kept_off: Mapping[UUID, Obstacle]
) -> PlanNote:
    asked = (Obstacle.NOT_FREE, Obstacle.AWAY, Obstacle.SITE)
    first = next(
        (who for kind in asked for who, obstacle in kept_off.items() if obstacle is kind), None
    )
    return PlanNote(
        Gravity.MISSING,
        f"no visit is planned. {why}",
        ways_out(world.volunteers, kept_off),
        person_id=first,
        about=f"{ground.site.name}, {spans_words(spans)}",
    )


def _days(world: World, ground: Ground, span: Period) -> list[date]:
    """The days that are still to come and that the scheme doesn't exclude."""
    days = [span.start + timedelta(days=at) for at in range(span.days)]
    return [d for d in days if d >= world.earliest and not is_day_off(ground.days_off, d)]


def _why(world: World, ground: Ground, span: Period) -> tuple[str, dict[UUID, Obstacle]]:
    """Why there is no visit, and for each person who can't go on any day, what prevents it."""
    days = _days(world, ground, span)
    if not days:
        return "No days are left.", {}
    with_hours = [who for who in world.volunteers if who.free]
    if ground.is_reachable(span, with_hours, world.earliest):
        return "Plan the rest again to draw one.", {}
    can = {who.id: who.name for day in days for who in ground.able_on(with_hours, day)}
    kept_off = _kept_off(world, ground, days, can)
    if not can:
        return f"Nobody can go at any time{_in_words(kept_off)}.", kept_off
    if len(can) == 1:
        return f"Only {next(iter(can.values()))} could go, and a visit takes two.", kept_off
    return (
        f"{named(sorted(can.values()))} could go, but never two at the same time with one of them "
        "experienced.",
        kept_off,
    )


def _kept_off(
    world: World, ground: Ground, days: list[date], can: Container[UUID]
) -> dict[UUID, Obstacle]:
    """What prevents everybody else in the scheme from going on most of the days."""
    site, by_person = ground.site, {}
    slots = [
        VisitSlot(_NOBODY, site.scheme_id, site.id, site.name, day, 0, ground.need) for day in days
    ]
    whole = Period(days[0], days[-1])
    for who in world.volunteers:
        if site.scheme_id in who.schemes and who.id not in can:
            asked = slots[:1] if who.is_alike_within(whole) else slots
            obstacles = Counter(obstacle(who, slot) or Obstacle.NOT_FREE for slot in asked)
            by_person[who.id] = obstacles.most_common(1)[0][0]
    return by_person


def _in_words(kept_off: Mapping[UUID, Obstacle]) -> str:
    """`: 12 away, 3 not able to visit there`."""
    words = {Obstacle.NOT_FREE: "not free on any of its days"}
    counts = Counter(kept_off.values()).most_common()
    parts = [f"{number} {words.get(kind, kind.words)}" for kind, number in counts]
    return f": {', '.join(parts)}" if parts else ": nobody is in the scheme"
