"""Pairs for a long plan, found quarter by quarter; each quarter takes earlier pairs and loads into
account."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from random import Random
from uuid import UUID

from visitapp.domain.period import Period
from visitapp.domain.plan.rota import Crewing, Memory, Need, Pair, Unfilled, VisitSlot, Volunteer
from visitapp.domain.plan.weeks import WEEKS_A_PLAN
from visitapp.domain.progress import Progress
from visitapp.domain.text.wording import out_of
from visitapp.planning.crews import Effort, find_crews
from visitapp.planning.first_pairs import Pins, first_pairs
from visitapp.planning.pair_rule import PairRule


def quarters(slots: Sequence[VisitSlot], period: Period | None = None) -> list[list[VisitSlot]]:
    """Slots in blocks of 13 weeks from the first Monday on, without empty blocks.

    If the `period` is given, days outside it (months of kennels) belong to its first or last block.
    """
    if not slots:
        return []
    first = period.start if period else min(slot.week for slot in slots)
    most = -(-period.days // (7 * WEEKS_A_PLAN)) - 1 if period else 0
    blocks: dict[int, list[VisitSlot]] = {}
    for slot in sorted(slots, key=lambda slot: (slot.day, slot.minute, slot.id.int)):
        block = max(0, (slot.week - first).days // (7 * WEEKS_A_PLAN))
        block = min(most, block) if period else block
        blocks.setdefault(block, []).append(slot)
    return [blocks[number] for number in sorted(blocks)]


def all_get_pairs(
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    random: Random,
    pins: Pins,
    period: Period,
) -> bool:
    """Whether the quick search finds a pair for every slot."""
    return all(
        len(first_pairs(block, volunteers, random, pins=pins)) == len(block)
        for block in quarters(slots, period)
    )


def find_crews_rolling(
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    random: Random,
    *,
    memory: Memory | None = None,
    pins: Pins | None = None,
    rules: Mapping[UUID, PairRule] | None = None,
    effort: Effort | None = None,
    progress: Progress | None = None,
    period: Period | None = None,
) -> Crewing:
    """Pairs for all slots; `effort` is divided among the quarters. See `find_crews`."""
    known, effort = memory or Memory(), effort or Effort()
    blocks = quarters(slots, period)
    pairs: dict[UUID, Pair] = {}
    unfilled: list[Unfilled] = []
    notes: list[str] = []
    cost = bound = 0.0
    for number, block in enumerate(blocks):
        crewing = find_crews(
            block,
            volunteers,
            random,
            memory=known,
            pins=pins,
            rules=rules,
            effort=replace(effort, seconds=effort.seconds / len(blocks)),
            progress=progress and _of_quarter(progress, number, len(blocks)),
        )
        pairs.update(crewing.pairs)
        unfilled += crewing.unfilled
        notes += crewing.notes
        cost, bound = cost + crewing.cost, bound + crewing.bound
        known = remembered(known, block, crewing)
    return Crewing(pairs, tuple(unfilled), tuple(notes), cost, bound, max(1, len(blocks)))


def _of_quarter(progress: Progress, number: int, of: int) -> Progress:
    def tell(words: str, done: int, total: int) -> bool | None:
        quarter = f", quarter {out_of(number + 1, of)}" if of > 1 else ""
        return progress(f"{words}{quarter}", number * total + done, of * total)

    return tell


def remembered(memory: Memory, slots: Sequence[VisitSlot], crewing: Crewing) -> Memory:
    """The memory with a crewed plan added."""
    loads, at_site, pairs = Counter(memory.loads), Counter(memory.at_site), Counter(memory.pairs)
    kennels = dict(memory.kennel_days)
    for slot in slots:
        pair = crewing.pairs.get(slot.id)
        if pair is not None:
            pairs[pair] += 1
            for person in pair:
                loads[person] += 1
                at_site[person, slot.site_id] += 1
                if slot.need is Need.KENNELS:
                    kennels[person] = (*kennels.get(person, ()), slot.day)
    return Memory(dict(loads), dict(at_site), dict(pairs), kennels)


def memory_of(
    past_visits: Sequence[tuple[date, UUID, Sequence[UUID]]], kennels: Collection[UUID] = ()
) -> Memory:
    """The memory of past visits, given as (day, site, visitors); `kennels` are ids of sites."""
    days: dict[UUID, tuple[date, ...]] = {}
    loads: Counter[UUID] = Counter()
    at_site: Counter[tuple[UUID, UUID]] = Counter()
    pairs: Counter[Pair] = Counter()
    for day, site_id, visitors in past_visits:
        for person in visitors:
            loads[person] += 1
            at_site[person, site_id] += 1
            if site_id in kennels:
                days[person] = (*days.get(person, ()), day)
        if len(visitors) == 2:
            first, second = sorted(visitors, key=lambda person: person.int)
            pairs[first, second] += 1
    return Memory(dict(loads), dict(at_site), dict(pairs), days)
