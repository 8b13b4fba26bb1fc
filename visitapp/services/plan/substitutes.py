"""Who could take a place in a planned visit, ranked, with reasons in words."""

from uuid import UUID

from visitapp.domain.plan.planned import PlannedVisit, Substitute
from visitapp.domain.plan.rota import Volunteer
from visitapp.domain.plan.rota_breaks import breaks_of
from visitapp.services.plan.plan_world import World


def substitutes(world: World, visit_id: UUID, leaving: UUID | None) -> tuple[Substitute, ...]:
    """Everybody of the scheme who is not in the visit; who breaks nothing stands first, then
    who has fewest visits and has not been paired with the other yet."""
    visit = world.visit(visit_id)
    stays = tuple(one for one in visit.pair if one != leaving)[:1]
    ground = world.ground(visit.site_id)
    slot = ground.slot(visit)
    slots, pairs, people = world.slots(), world.pairs(), world.people
    ranked = []
    for who in world.volunteers:
        if who.id in visit.pair or visit.scheme_id not in who.schemes:
            continue
        breaks = breaks_of(slot, (*stays, who.id), slots, pairs, people)
        if not stays:  # the other place is empty too, which is no fault of theirs
            breaks = tuple(words for words in breaks if "missing" not in words)
        load, met, here = _history(world, visit, who, stays)
        far = who.travel.get(visit.site_id, 0)
        reasons = _reasons(world, who, stays, load, met, here, far)
        ranked.append(((len(breaks), met, load, far, who.name), who, reasons, breaks))
    ranked.sort(key=lambda one: one[0])
    return tuple(
        Substitute(who.id, who.name, reasons, breaks) for _, who, reasons, breaks in ranked
    )


def _history(
    world: World, visit: PlannedVisit, who: Volunteer, stays: tuple[UUID, ...]
) -> tuple[int, int, int]:
    """Visits of the quarter, meetings with the one who stays, and visits at this site."""
    mine = [one for one in world.active if who.id in one.pair]
    met = sum(1 for one in mine if stays and stays[0] in one.pair)
    return len(mine), met, sum(1 for one in mine if one.site_id == visit.site_id)


def _reasons(
    world: World,
    who: Volunteer,
    stays: tuple[UUID, ...],
    load: int,
    met: int,
    here: int,
    far: int,
) -> tuple[str, ...]:
    found = [f"would be visit {load + 1} of at most {who.most}"]
    if load < who.least:
        found.append(f"is under the least of {who.least}")
    if stays:
        name = world.names.get(stays[0], "the other")
        times = "once" if met == 1 else f"{met} times"
        found.append(
            f"already paired with {name} {times}" if met else f"not yet paired with {name}"
        )
    if not here:
        found.append("has no visit there yet")
    if far >= 2:
        found.append("has far to travel")
    return tuple(found)
