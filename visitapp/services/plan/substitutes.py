"""Who could take a place in a planned visit, best first, with reasons in words."""

from uuid import UUID

from visitapp.domain.plan.planned import PlannedVisit, Substitute
from visitapp.domain.plan.rota import Volunteer
from visitapp.domain.plan.rota_breaks import Rule, breaks_of
from visitapp.domain.text.wording import plural
from visitapp.services.plan.plan_world import World


def substitutes(world: World, visit_id: UUID, leaving: UUID | None) -> tuple[Substitute, ...]:
    """Everybody in the scheme who isn't in the visit. People who break no rule come first, then
    those with fewest visits who haven't been paired with the other person yet."""
    visit = world.visit(visit_id)
    stays = tuple(item for item in visit.pair if item != leaving)[:1]
    slots, pairs, people = world.slots(), world.pairs(), world.people
    ranked = []
    for volunteer in world.volunteers:
        if volunteer.id in visit.pair or visit.scheme_id not in volunteer.schemes:
            continue
        breaks = tuple(
            broken.sentence
            for broken in breaks_of(
                world.slot(visit, (*stays, volunteer.id)),
                (*stays, volunteer.id),
                slots,
                pairs,
                people,
            )
            # without anybody who stays the other place is empty too, which is no fault of theirs
            if stays or broken.rule is not Rule.TWO_VISITORS
        )
        load, met, at_site = _history(world, visit, volunteer, stays)
        far = volunteer.travel.get(visit.site_id, 0)
        reasons = _reasons(world, volunteer, stays, load, met, at_site, far)
        ranked.append(((len(breaks), met, load, far, volunteer.name), volunteer, reasons, breaks))
    ranked.sort(key=lambda item: item[0])
    return tuple(
        Substitute(
            volunteer.id, volunteer.name, reasons, breaks, world.telephones.get(volunteer.id, "")
        )
        for _, volunteer, reasons, breaks in ranked
    )


def _history(
    world: World, visit: PlannedVisit, volunteer: Volunteer, stays: tuple[UUID, ...]
) -> tuple[int, int, int]:
    """Visits in the quarter, visits with the person who stays, and visits to this site."""
    mine = [planned for planned in world.active if volunteer.id in planned.pair]
    met = sum(1 for planned in mine if stays and stays[0] in planned.pair)
    return len(mine), met, sum(1 for planned in mine if planned.site_id == visit.site_id)


def _reasons(
    world: World,
    volunteer: Volunteer,
    stays: tuple[UUID, ...],
    load: int,
    met: int,
    at_site: int,
    far: int,
) -> tuple[str, ...]:
    reasons = [f"would be visit {load + 1} of at most {volunteer.most}"]
    if load < volunteer.least:
        reasons.append(f"is under the least of {volunteer.least}")
    if stays:
        name = world.names.get(stays[0], "the other")
        times = plural(met, "once", f"{met} times")
        reasons.append(
            f"already paired with {name} {times}" if met else f"not yet paired with {name}"
        )
    if not at_site:
        reasons.append("has no visit there yet")
    if far >= 2:
        reasons.append("has far to travel")
    return tuple(reasons)
