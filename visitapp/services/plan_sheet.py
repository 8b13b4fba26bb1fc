"""What a plan shows and says, gravest first, each with a way out; never a day or a time."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.period import Period
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
from visitapp.planning.reach import Ground
from visitapp.planning.reasons import explain, fairness_notes
from visitapp.planning.rolling import quarters
from visitapp.services.plan_world import World

_NAMED = 4


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
    sayings = [*_holes(world), *_visits(world), *_whole(world)] if rows else []
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


def _holes(world: World) -> Iterator[Saying]:
    """Weeks and months to come without any visit, planned or made."""
    visits = {(v.site_id, v.span.start) for v in world.active}
    for ground in world.grounds:
        made = world.tally(ground).made_spans
        for span in ground.spans(world.period):
            planned = (ground.site.id, span.start) in visits
            if span.end >= world.today and not planned and span.start not in made:
                yield Saying(
                    Gravity.MISSING,
                    f"{ground.site.name}, {span_words(span)}: no visit is planned. "
                    f"{_why_none(world, ground, span)}",
                    _helps(world, ground, span),
                )


def _days(span: Period) -> list[date]:
    return [span.start + timedelta(days=at) for at in range(span.days)]


def _why_none(world: World, ground: Ground, span: Period) -> str:
    can = {who.name for day in _days(span) for who in ground.who(world.volunteers, day)}
    if not can:
        return "Nobody can go at any time."
    if len(can) == 1:
        return f"Only {next(iter(can))} could go, and a visit takes two."
    if any(ground.options(span, world.volunteers, world.earliest)):
        return "Plan the rest again, and it is drawn."
    names = _listed(sorted(can)[:_NAMED])
    return f"{names} could go, but never two at the same time with one of them experienced."


def _helps(world: World, ground: Ground, span: Period) -> tuple[str, ...]:
    """Which wish or absence to relax."""
    away = [
        who.name
        for who in world.volunteers
        if ground.site.scheme_id in who.schemes
        and any(p.start <= span.end and p.end >= span.start for p in who.away)
    ]
    helps = []
    if away:
        helps.append(f"Ask {_listed(away[:_NAMED], 'or')} whether they are away all the time")
    if ground.site.id and any(ground.site.id in who.not_at for who in world.volunteers):
        helps.append("Ask those who don't visit there whether they could, once")
    if world.silent:
        helps.append(f"Ask {_listed(list(world.silent[:_NAMED]), 'or')} when they can visit")
    return tuple(helps)


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
        for words in breaks_of(slot, pairs[slot.id], slots, pairs, people):
            if "asked for no visit" not in words:  # the notes on fairness tell of wishes
                where = span_words(world.visit(slot.id).span)
                sentence = f"{slot.site_name}, {where}: {words}"
                yield Saying(Gravity.BROKEN, sentence, (), slot.id)


def _missing(world: World, visit_id: UUID, why: str) -> str:
    pair = world.visit(visit_id).pair
    if not pair:
        return why
    name = world.names.get(pair[0], "Somebody")
    return f"{why} {name} has nobody to go with."


def _whole(world: World) -> Iterator[Saying]:
    """What is uneven in the whole, and what is good."""
    if world.silent:
        names = _listed(list(world.silent[:_NAMED]))
        more = len(world.silent) - _NAMED
        others = f" and {more} others" if more > 0 else ""
        have = "has" if len(world.silent) == 1 else "have"
        yield Saying(
            Gravity.UNEVEN,
            f"{names}{others} {have} not said when they can visit, so they are not planned.",
            ("Enter it for them under Availability",),
        )
    full = _full(world.pairs())
    for slots in quarters(world.slots(), world.period):
        mine = {slot.id: full[slot.id] for slot in slots if slot.id in full}
        for words in fairness_notes(slots, world.people, mine):
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


def _listed(names: list[str], word: str = "and") -> str:
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
