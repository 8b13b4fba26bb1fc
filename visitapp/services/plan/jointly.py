"""Visits drawn one at a time for a week that other suites have visits in: as plans draw weeks, they
are drawn again until there are pairs for all of them, so that the chances that Plan shows hold."""

from collections.abc import Callable, Sequence

from visitapp.domain.period import Period
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.domain.plan.rota import Volunteer
from visitapp.planning.usual_week import MOST_DRAWS
from visitapp.planning.week_pairs import DayPairs, WeekPairs, weekly
from visitapp.services.plan.plan_world import World


def drawn_jointly(
    world: World,
    visit: PlannedVisit,
    people: Sequence[Volunteer],
    draw: Callable[[], list[PlannedVisit]],
) -> list[PlannedVisit]:
    """What `draw` draws instead of a visit, drawn again until these people can make it and all
    other visits of the week; if they can't make even those, the first draw."""
    pairs, grounds = WeekPairs(people), weekly(world.grounds)
    sites = {ground.site.id for ground in grounds}

    def on_days(visits: Sequence[PlannedVisit]) -> list[DayPairs]:
        return [
            ((each.drawn.day - visit.span.start).days, pairs.at(
                world.ground(each.site_id), each.drawn.day, each.drawn.minute
            ))
            for each in visits
        ]  # fmt: skip

    others = on_days(
        [
            other
            for other in world.active
            if other.id != visit.id and other.site_id in sites and _is_placed(other, visit.span)
        ]
    )
    drawn = first = draw()
    if visit.site_id not in sites or not others or not pairs.can_be_made(others):
        return first
    for _ in range(MOST_DRAWS):
        if pairs.can_be_made([*others, *on_days(drawn)]):
            return drawn
        drawn = draw()
    return first


def _is_placed(visit: PlannedVisit, week: Period) -> bool:
    """Whether the office knows that a visit is on a day of a week. A pair that is stood down is
    asked too."""
    return not visit.is_of_pair and visit.day is not None and visit.day in week
