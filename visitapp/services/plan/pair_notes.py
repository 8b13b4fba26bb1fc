"""Who knows the day and time of planned visits, and why, as the plan says it."""

from collections import Counter
from collections.abc import Iterator

from visitapp.domain.period import span_words
from visitapp.domain.plan.pair_moments import freeze_day
from visitapp.domain.plan.planned import (
    Gravity,
    PlannedStanding,
    PlannedVisit,
    PlanNote,
    WhyOffice,
)
from visitapp.domain.text.wording import joined, number_of, weekday_and_day
from visitapp.services.plan.plan_world import World


def why_office_of(world: World, visit: PlannedVisit) -> WhyOffice | None:
    """Why the office knows when a visit is, in a scheme that leaves that to pairs."""
    is_exception = visit.scheme_id in world.leaves_to_pairs and not visit.is_of_pair
    if not is_exception or len(visit.pair) < 2:
        return None
    return visit.why_office or WhyOffice.BEFORE


def moment_notes(world: World) -> Iterator[PlanNote]:
    """How many visits to come are left to their pairs, why others are not, and which can't stay so
    unless somebody joins again."""
    standing = world.standings()
    coming = [v for v in world.active if standing[v.id] is PlannedStanding.PLANNED]
    reasons = Counter(why for visit in coming if (why := why_office_of(world, visit)) is not None)
    for why, number in reasons.most_common():
        yield PlanNote(
            Gravity.UNEVEN,
            f"The office knows the day and time of {number_of(number, 'visit')}. {why.words}",
            ("Invite them on the page People",) if why is WhyOffice.NO_COPY else (),
        )
    left = [visit for visit in coming if visit.is_of_pair]
    for visit in left:
        if not set(visit.pair) <= set(world.copies):
            name = next(world.names[who] for who in visit.pair if who not in world.copies)
            day = max(freeze_day(visit.span), world.today)
            yield PlanNote(
                Gravity.UNEVEN,
                f"{name} has no copy of visitapp now. If that doesn’t change, the office draws the "
                f"day and time on {weekday_and_day(day)}.",
                (f"Invite {name} on the page People",),
                about=f"{world.ground(visit.site_id).site.name}, {span_words(visit.span)}",
            )
    if left:
        yield PlanNote(
            Gravity.GOOD,
            f"Only their pairs know the day and time of {number_of(len(left), 'visit')}.",
        )


def two_pairs_notes(world: World) -> Iterator[PlanNote]:
    """That pairs are asked who may not be needed."""
    names = [ground.site.name for ground in world.grounds if ground.policy.two_pairs]
    if names and world.active:
        yield PlanNote(
            Gravity.GOOD,
            f"Two pairs are asked for each week of {joined(names)}, so that the rota doesn’t show "
            "how many visits there are. Some are not needed. You see that where you would see the "
            "day and time. Let them know then, and not before.",
        )
