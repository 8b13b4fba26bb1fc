"""The draw: the only way in which visits are placed, in a plan and in a simulation alike.

`random` is the operating system's generator, passed down from the composition root, or the stream
that the two copies of a pair share; nothing here makes a generator, keeps a seed or draws twice.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from random import Random

from visitapp.domain.office.grid import Band
from visitapp.planning.law import KnownNumberLaw, SpanLaw

STEP = 5
"""Arrival times are whole steps of so many minutes."""
INSIDE_HANDOVER = 0.10
"""How often a visit that can begin within a shift change does, as long as the year had none."""
HANDOVERS_A_YEAR = 3


@dataclass(frozen=True, slots=True)
class Placed:
    """A visit on a day of the span (0 is the first), in a timeslot."""

    day: int
    cell: int


def draw_span(law: SpanLaw, random: Random, so_far: int = 0) -> list[Placed]:
    """The visits of one span, at least as many as its target asks for. If it has had `so_far`, the
    days that are over can't be reached."""
    return list(_walk(law, random, from_day=0, so_far=so_far))


def draw_known(law: SpanLaw, number: int, random: Random) -> list[Placed]:
    """The visits of a span whose number is known already: by the same law, given the number.

    Numbers that come from `draw_span` and visits from here are together what `draw_span` draws.
    No more visits than the span has days that can be reached.
    """
    left = min(number, sum(share > 0 for share in law.day_shares))
    known = KnownNumberLaw(law, left)
    placed = []
    for day in range(len(law.options)):
        hazard = known.hazard(day, left)
        if hazard > 0 and random.random() < hazard:
            placed.append(Placed(day, _choose(law.options[day], law.day_shares[day], random)))
            left -= 1
    return placed


def redraw_rest(law: SpanLaw, today: int, random: Random) -> list[Placed]:
    """Visits that replace a cancelled one, for a span that has no other visit made or planned.

    They fall on the days after `today` (negative before the span begins), by the same law; empty
    when no day is left. When the cancelled visit was to be doesn't matter: whoever hears that it
    was cancelled learns nothing of the next.
    """
    return list(_walk(law, random, from_day=max(0, today + 1), so_far=0))


def draw_beside(
    law: SpanLaw, others: Collection[int], barred: Collection[int], random: Random
) -> Placed | None:
    """One visit of a span drawn again while its visits on the days of `others` stay; None if no day
    is left. No day of `barred` is drawn, such as past ones.

    It falls on each remaining day as likely as the law, given their number, has all visits of the
    span on that day and those of the others.
    """
    days = [
        (day, law.compared({day, *others}))
        for day, share in enumerate(law.day_shares)
        if share > 0 and day not in others and day not in barred
    ]
    if not days:
        return None
    day = _choose(days, sum(chance for _, chance in days), random)
    return Placed(day, _choose(law.options[day], law.day_shares[day], random))


def _walk(law: SpanLaw, random: Random, *, from_day: int, so_far: int) -> Iterator[Placed]:
    state = law.state(so_far)
    for day in range(from_day, len(law.options)):
        hazard = law.hazard(day, state)
        if hazard > 0 and random.random() < hazard:
            yield Placed(day, _choose(law.options[day], law.day_shares[day], random))
            state = law.after(state, day)


def _choose(options: Sequence[tuple[int, float]], total: float, random: Random) -> int:
    point = random.random() * total
    for cell, share in options:
        point -= share
        if point < 0:
            return cell
    return max(options, key=lambda option: option[1])[0]  # because of rounding errors


def steps_of(band: Band) -> range:
    """The minutes of a band at which a visit may begin."""
    return range(-(-band.start // STEP) * STEP, band.end, STEP)


def draw_minute(
    minutes: Sequence[int], handovers: Sequence[Band], handovers_left: int, random: Random
) -> int:
    """One of some minutes of the day at which a visit can begin: mostly outside shift changes but
    sometimes in one, so that visitors see that too.

    Each of the year's visits to a shift change has its own part of the chance. So the fewer are
    left the rarer they are: they are spread over the year, and seldom used up before its end.
    """
    inside, outside, chance = _by_handover(minutes, handovers, handovers_left)
    if inside and chance > 0 and random.random() < chance:
        return random.choice(inside)
    return random.choice(outside)


def minute_shares(
    minutes: Sequence[int], handovers: Sequence[Band], handovers_left: int
) -> list[float]:
    """How likely `draw_minute` draws each of the minutes."""
    inside, outside, chance = _by_handover(minutes, handovers, handovers_left)
    if outside is inside:
        return [1 / len(minutes)] * len(minutes)
    within = set(inside)
    chance = chance if inside else 0.0
    return [
        chance / len(inside) if minute in within else (1 - chance) / len(outside)
        for minute in minutes
    ]


def _by_handover(
    minutes: Sequence[int], handovers: Sequence[Band], handovers_left: int
) -> tuple[list[int], list[int], float]:
    """The minutes inside shift changes, the others (or the same if there are no others), and the
    chance of the first."""
    inside = [minute for minute in minutes if any(h.start <= minute < h.end for h in handovers)]
    outside = [minute for minute in minutes if minute not in inside] or inside
    return inside, outside, INSIDE_HANDOVER * handovers_left / HANDOVERS_A_YEAR
