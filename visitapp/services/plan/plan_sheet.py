"""What a plan shows and what is worth knowing about it, most serious first, with possible
solutions; never a day or a time."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from uuid import UUID

from visitapp.domain.office.day_off import is_day_off
from visitapp.domain.period import span_words
from visitapp.domain.plan.planned import (
    MOST_REDRAWS,
    Gravity,
    PlannedRow,
    PlannedStanding,
    PlanNote,
    PlanSheet,
    PlanState,
)
from visitapp.domain.plan.rota import Need, Pair, Unfilled, VisitSlot, can_hide_a_day, pair_of
from visitapp.domain.plan.rota_breaks import Rule, breaks_of
from visitapp.domain.text.wording import long_date, number_of, plural
from visitapp.planning.reasons import explain, fairness_notes
from visitapp.planning.rolling import quarters
from visitapp.services.plan.empty_spans import empty_span_notes, named
from visitapp.services.plan.group_notes import group_notes
from visitapp.services.plan.pair_notes import moment_notes, two_pairs_notes, why_office_of
from visitapp.services.plan.plan_world import World


def sheet_of(world: World, redraws: int) -> PlanSheet:
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
            why_office_of(world, visit),
            outcomes[visit.id][1],
        )
        for visit in world.shown
    )
    drafts = [plan for plan in world.plans if plan.state is PlanState.DRAFT]
    newest = max(world.plans, key=lambda plan: plan.made_at, default=None)
    notes = [*empty_span_notes(world), *group_notes(world), *_visits(world), *_whole(world)]
    is_broken = any(note.gravity is Gravity.BROKEN for note in notes)
    order = list(Gravity)
    return PlanSheet(
        period=world.period,
        sites=tuple(ground.site for ground in world.grounds),
        rows=rows,
        names=world.names,
        state=PlanState.DRAFT if drafts else (PlanState.CURRENT if world.plans else None),
        made_at=newest.made_at if newest else None,
        notes=tuple(sorted(notes, key=lambda note: order.index(note.gravity))),
        proven="" if newest is None or is_broken else newest.proven,
        redraws_left=max(0, MOST_REDRAWS - redraws),
        two_pairs=any(ground.policy.two_pairs for ground in world.grounds),
    )


def _visits(world: World) -> Iterator[PlanNote]:
    """Planned visits that lack somebody, or whose pair breaks a rule."""
    standing = world.standings()
    coming = {v.id for v in world.active if standing[v.id] is PlannedStanding.PLANNED}
    yield from _on_days_off(world, coming)
    for slots in quarters(world.slots(), world.period):
        yield from _of_quarter(world, slots, coming)


def _on_days_off(world: World, coming: Set[UUID]) -> Iterator[PlanNote]:
    """Visits on days that their scheme has excluded since they were planned."""
    days_off = {ground.site.id: ground.days_off for ground in world.grounds}
    for visit in world.active:
        if (
            visit.id in coming
            and not visit.is_stood_down
            and visit.day is not None
            and is_day_off(days_off.get(visit.site_id, ()), visit.day)
        ):
            site_name = world.ground(visit.site_id).site.name
            yield PlanNote(
                Gravity.BROKEN,
                "the scheme excludes the day of this visit now.",
                ("Cancel the visit, and another is drawn",),
                visit.id,
                about=f"{site_name}, {span_words(visit.span)}",
                is_of_moment=True,
            )


def _of_quarter(world: World, slots: Sequence[VisitSlot], coming: Set[UUID]) -> Iterator[PlanNote]:
    """The same for the visits of a quarter, over which most rules are checked."""
    pairs, people = world.pairs(), world.people
    full = _full({slot.id: pairs[slot.id] for slot in slots})
    unfilled = {item.slot_id: item for item in explain(slots, world.volunteers, full)}
    spans = {visit.id: visit.span for visit in world.active}
    by_person: defaultdict[UUID, list[VisitSlot]] = defaultdict(list)
    for slot in slots:
        for person_id in pairs[slot.id]:
            by_person[person_id].append(slot)
    for slot in slots:
        if slot.id not in coming:
            continue
        if slot.id in unfilled:
            item = unfilled[slot.id]
            yield from _missing(world, slot, slots, item)
            continue
        where = f"{slot.site_name}, {span_words(spans[slot.id])}"
        pair = pairs[slot.id]
        theirs = {mine.id: mine for person_id in pair for mine in by_person[person_id]}
        rules = breaks_of(slot, pair, tuple(theirs.values()), pairs, people)
        broken = [rule.sentence for rule in rules if rule.rule is not Rule.WISH]
        wishes = [rule.sentence for rule in rules if rule.rule is Rule.WISH]
        for gravity, sentences in ((Gravity.BROKEN, broken), (Gravity.UNEVEN, wishes)):
            if sentences:
                words = " ".join(sentences)
                yield PlanNote(gravity, words, (), slot.id, about=where, is_of_moment=True)


def _missing(
    world: World, slot: VisitSlot, slots: Sequence[VisitSlot], why: Unfilled
) -> Iterator[PlanNote]:
    """Why a visit has no pair or, if it has one visitor, who could go with them."""
    pair = world.visit(slot.id).pair
    if not pair:
        yield PlanNote(
            Gravity.MISSING, why.words, why.helps, slot.id, about=why.about, is_of_moment=True
        )
        return
    pairs, people = world.pairs(), world.people
    could = [
        who
        for who in world.volunteers
        if who.id not in pair and not breaks_of(slot, (*pair, who.id), slots, pairs, people)
    ]
    name = world.names.get(pair[0], "One visitor")
    where = f"{slot.site_name}, {span_words(world.visit(slot.id).span)}"
    if could:
        free = number_of(len(could), "person", "people")
        words = f"{name} needs a second visitor. {free} could go."
        yield PlanNote(Gravity.MISSING, words, (), slot.id, about=where, is_of_moment=True)
    else:
        words = f"{name} needs a second visitor, and nobody can go without a problem."
        yield PlanNote(Gravity.MISSING, words, why.helps, slot.id, about=where, is_of_moment=True)


def _whole(world: World) -> Iterator[PlanNote]:
    """What is uneven in the whole plan, and what is good."""
    if world.silent:
        names = named([who.name for who in world.silent])
        have = plural(len(world.silent), "has", "have")
        yield PlanNote(
            Gravity.UNEVEN,
            f"{names} {have} not said when they can visit, so they are not planned.",
            ("Enter it for them under Availability",),
            person_id=world.silent[0].id,
        )
    yield from _too_narrow(world)
    yield from moment_notes(world)
    yield from two_pairs_notes(world)
    yield from _in_training(world)
    yield from _vetting_ends(world)
    full = _full(world.pairs())
    for slots in quarters(world.slots(), world.period):
        mine = {slot.id: full[slot.id] for slot in slots if slot.id in full}
        for words in fairness_notes(slots, world.people, mine):
            yield PlanNote(Gravity.UNEVEN, words)
    loads = Counter(person for pair in full.values() for person in pair)
    meetings = Counter(full.values())
    if full and max(meetings.values()) == 1:
        numbers = sorted(loads.values())
        spread = (
            f"{numbers[0]} visits"
            if numbers[0] == numbers[-1]
            else f"between {numbers[0]} and {numbers[-1]} visits"
        )
        yield PlanNote(
            Gravity.GOOD,
            f"No two people are paired twice. {len(loads)} people have {spread} each.",
        )


def _too_narrow(world: World) -> Iterator[PlanNote]:
    """People who go to suites and whose names give away the day."""
    suites = {ground.site.scheme_id for ground in world.grounds if ground.need is Need.SUITE}
    narrow = [
        who
        for who in world.volunteers
        if who.free and (who.schemes - who.training) & suites and not can_hide_a_day(who.free)
    ]
    if narrow:
        yield PlanNote(
            Gravity.UNEVEN,
            f"{named([who.name for who in narrow])} can go on "
            "only one or two days of the week. Anyone who knows that can guess the day of their "
            "visits.",
            ("Ask whether they could go on more days",),
            person_id=narrow[0].id,
        )


def _vetting_ends(world: World) -> Iterator[PlanNote]:
    """People whose vetting ends within these weeks, so that they get no visits after that."""
    for who in world.volunteers:
        until = who.vetted_until
        if until is not None and world.today <= until < world.period.end:
            yield PlanNote(
                Gravity.UNEVEN,
                f"{who.name}\u2019s vetting ends on {long_date(until)}. They are not planned after "
                "that.",
                (f"Renew the vetting of {who.name}",),
            )


def _in_training(world: World) -> Iterator[PlanNote]:
    """People who aren't planned because their status in the scheme is Training."""
    needs = {ground.site.scheme_id: ground.need for ground in world.grounds}
    for scheme_id, need in needs.items():
        names = [who.name for who in world.volunteers if scheme_id in who.training]
        if names:
            where = "kennels" if need is Need.KENNELS else "suites"
            are = plural(len(names), "is", "are")
            yield PlanNote(
                Gravity.UNEVEN,
                f"{named(names)} {are} in training, so not planned for {where}.",
                ("When they are trained, change their status in People",),
            )


def _full(pairs: dict[UUID, tuple[UUID, ...]]) -> dict[UUID, Pair]:
    return {visit_id: pair_of(*pair) for visit_id, pair in pairs.items() if len(pair) == 2}
