"""What a plan shows and says, gravest first, each with a way out; never a day or a time."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from uuid import UUID

from visitapp.domain.planned import (
    MOST_REDRAWS,
    Gravity,
    PlannedRow,
    PlanState,
    Saying,
    Sheet,
    Standing,
    span_words,
)
from visitapp.domain.rota import Pair, Slot, pair_of
from visitapp.domain.rota_breaks import breaks_of
from visitapp.planning.reasons import explain, fairness_notes
from visitapp.planning.rolling import quarters
from visitapp.services.plan_holes import NAMED, holes, listed
from visitapp.services.plan_world import World

_WISH = "asked for no visit"


def sheet_of(world: World, redraws: int) -> Sheet:
    """The plan of the world's period, as the manager sees it."""
    outcomes = world.outcomes()
    rows = tuple(
        PlannedRow(
            visit.id,
            visit.site_id,
            visit.span,
            visit.pair,
            visit.is_pinned,
            visit.is_by_hand,
            outcomes[visit.id][0],
            visit.mode,
            outcomes[visit.id][1],
        )
        for visit in world.shown
    )
    drafts = [plan for plan in world.plans if plan.state is PlanState.DRAFT]
    newest = max(world.plans, key=lambda plan: plan.made_at, default=None)
    sayings = [*holes(world), *_visits(world), *_whole(world)] if rows else []
    order = list(Gravity)
    return Sheet(
        period=world.period,
        sites=tuple(ground.site for ground in world.grounds),
        rows=rows,
        names=world.names,
        state=PlanState.DRAFT if drafts else (PlanState.CURRENT if world.plans else None),
        made_at=newest.made_at if newest else None,
        sayings=tuple(sorted(sayings, key=lambda saying: order.index(saying.gravity))),
        proven=newest.proven if newest else "",
        redraws_left=max(0, MOST_REDRAWS - redraws),
    )


def _visits(world: World) -> Iterator[Saying]:
    """Planned visits with somebody missing, or with a pair that breaks a rule."""
    standing = world.standings()
    coming = {v.id for v in world.active if standing[v.id] is Standing.PLANNED}
    for slots in quarters(world.slots(), world.period):
        yield from _of_quarter(world, slots, coming)


def _of_quarter(world: World, slots: Sequence[Slot], coming: Set[UUID]) -> Iterator[Saying]:
    """The same for the visits of a quarter, which is what most visits are counted over."""
    pairs, people = world.pairs(), world.people
    full = _full({slot.id: pairs[slot.id] for slot in slots})
    unfilled = {one.slot_id: one for one in explain(slots, world.volunteers, full)}
    for slot in slots:
        if slot.id not in coming:
            continue
        if slot.id in unfilled:
            one = unfilled[slot.id]
            yield Saying(
                Gravity.MISSING, _missing(world, slot.id, one.sentence), one.helps, slot.id
            )
            continue
        where = f"{slot.site_name}, {span_words(world.visit(slot.id).span)}"
        said = breaks_of(slot, pairs[slot.id], slots, pairs, people)
        wishes = [words for words in said if _WISH in words]
        broken = [words for words in said if words not in wishes]
        for gravity, sentences in ((Gravity.BROKEN, broken), (Gravity.UNEVEN, wishes)):
            if sentences:
                yield Saying(gravity, f"{where}: {' '.join(sentences)}", (), slot.id)


def _missing(world: World, visit_id: UUID, why: str) -> str:
    pair = world.visit(visit_id).pair
    if not pair:
        return why
    name = world.names.get(pair[0], "Somebody")
    return f"{why} {name} has nobody to go with."


def _whole(world: World) -> Iterator[Saying]:
    """What is uneven in the whole, and what is good."""
    if world.silent:
        names = listed([who.name for who in world.silent[:NAMED]])
        more = len(world.silent) - NAMED
        others = f" and {more} others" if more > 0 else ""
        have = "has" if len(world.silent) == 1 else "have"
        yield Saying(
            Gravity.UNEVEN,
            f"{names}{others} {have} not said when they can visit, so they are not planned.",
            ("Enter it for them under Availability",),
            person_id=world.silent[0].id,
        )
    full = _full(world.pairs())
    for slots in quarters(world.slots(), world.period):
        mine = {slot.id: full[slot.id] for slot in slots if slot.id in full}
        for words in fairness_notes(slots, world.people, mine):
            if _WISH not in words:  # said of its visit already
                yield Saying(Gravity.UNEVEN, words)
    loads = Counter(person for pair in full.values() for person in pair)
    meetings = Counter(full.values())
    if full and max(meetings.values()) == 1:
        numbers = sorted(loads.values())
        spread = (
            f"{numbers[0]} visits"
            if numbers[0] == numbers[-1]
            else f"between {numbers[0]} and {numbers[-1]} visits"
        )
        yield Saying(
            Gravity.GOOD,
            f"No pair meets twice. {len(loads)} people have {spread} each.",
        )


def _full(pairs: dict[UUID, tuple[UUID, ...]]) -> dict[UUID, Pair]:
    return {one: pair_of(*pair) for one, pair in pairs.items() if len(pair) == 2}
