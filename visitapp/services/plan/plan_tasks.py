"""Which visits of a plan stay, and which are planned again."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PastVisit, PlannedStanding, PlannedVisit, Redraw
from visitapp.domain.plan.rota import Crewing
from visitapp.domain.plan.weeks import target_of_plan
from visitapp.domain.text.wording import joined, plural
from visitapp.persistence import plans as stored
from visitapp.persistence.database import Connection
from visitapp.planning.making import PlanTask
from visitapp.planning.reach import Ground
from visitapp.services.plan.plan_world import World


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
        grounds=_drawn_grounds(world, active),
        volunteers=world.volunteers,
        past_visits=world.past_visits,
        earliest=world.earliest,
        kept=tuple(active),
        pins={visit.id: visit.pair for visit in fixed if visit.pair},
        before=planned_before(world),
        settled=_drawn_parts(world) if not redraws else _drawn_parts(world, begun_by=world.today),
    )


def _drawn_grounds(world: World, kept: Sequence[PlannedVisit]) -> tuple[Ground, ...]:
    """The grounds, of whose spans only those of the kept visits were drawn by a law already."""
    drawn = [
        {visit.span.start: visit.law for visit in kept if visit.site_id == ground.site.id}
        for ground in world.grounds
    ]
    return tuple(
        replace(ground, drawn_by=laws) for ground, laws in zip(world.grounds, drawn, strict=True)
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


def planned_before(world: World) -> tuple[PastVisit, ...]:
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


def times_redrawn(notes: Sequence[Redraw], period: Period) -> int:
    """How often the most redrawn week of a period was redrawn."""
    return max(
        sum(note.period.start <= week.end and note.period.end >= week.start for note in notes)
        for week in period.weeks()
    )
