"""What a plan says in words: visits without a pair and why, what would help, who has much."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from uuid import UUID

from visitapp.domain.plan.rota import (
    KENNELS_APART,
    MOST_A_WEEK,
    Need,
    Obstacle,
    Pair,
    Unfilled,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
)
from visitapp.domain.text.wording import short_date

_LASTING = (Obstacle.SCHEME, Obstacle.TRAINING, Obstacle.SITE, Obstacle.KENNELS, Obstacle.TACT)


def explain(
    slots: Sequence[VisitSlot], volunteers: Sequence[Volunteer], pairs: Mapping[UUID, Pair]
) -> tuple[Unfilled, ...]:
    """Why each visit without a pair has none. Sentences name the site and the week, never the
    day or time."""
    return tuple(
        _unfilled(slot, slots, volunteers, pairs) for slot in slots if slot.id not in pairs
    )


def week_text(slot: VisitSlot) -> str:
    """`Keyham Lane, week of Mon 6 May 2024`: all that may be said of a planned visit."""
    return f"{slot.site_name}, week of {short_date(slot.week)}"


def _unfilled(
    slot: VisitSlot,
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    pairs: Mapping[UUID, Pair],
) -> Unfilled:
    kept_off = {who.id: found for who in volunteers if (found := obstacle(who, slot))}
    able = [who for who in volunteers if who.id not in kept_off]
    counts = Counter(kept_off.values())
    where = week_text(slot)
    if len(able) < 2:
        who = "nobody" if not able else f"only {able[0].name}"
        sentence = f"{where}: {who} can go. {_obstacles_in_words(counts)}"
        return Unfilled(slot.id, sentence, ways_out(volunteers, kept_off), dict(counts))
    if not any(may_pair(one, other, slot.day) for one, other in combinations(able, 2)):
        sentence = (
            f"{where}: those who can go are on probation, and nobody experienced can go with them."
        )
        return Unfilled(slot.id, sentence, ways_out(volunteers, kept_off), dict(counts))
    taken = _taken(slot, slots, able, pairs)
    left = [who for who in able if who.id not in taken]
    names = _listed([f"{who.name} {taken[who.id]}" for who in able if who.id in taken])
    sentence = f"{where}: {len(able)} could go, but {names}."
    if any(may_pair(one, other, slot.day) for one, other in combinations(left, 2)):
        sentence = f"{where}: this visit has no pair yet. {len(left)} people could go."
    elif not taken:
        sentence = f"{where}: {len(able)} could go, but no two of them can go together."
    helps = tuple(
        f"Raise the most visits of {who.name}" for who in able if "has all" in taken.get(who.id, "")
    )
    return Unfilled(slot.id, sentence, (*helps, *ways_out(volunteers, kept_off)), dict(counts))


def _taken(
    slot: VisitSlot,
    slots: Sequence[VisitSlot],
    able: Sequence[Volunteer],
    pairs: Mapping[UUID, Pair],
) -> dict[UUID, str]:
    """What else keeps those who could go: their other visits."""
    found: dict[UUID, str] = {}
    for who in able:
        mine = [other for other in slots if who.id in pairs.get(other.id, ())]
        in_week = [other for other in mine if other.week == slot.week]
        if len(mine) >= who.most:
            found[who.id] = f"has all {who.most} visits"
        elif any(other.day == slot.day for other in in_week):
            found[who.id] = "has another visit that day"
        elif len(in_week) >= MOST_A_WEEK:
            found[who.id] = "has two visits that week"
    return found


def _obstacles_in_words(counts: Counter[Obstacle]) -> str:
    parts = [f"{number} {found.words}" for found, number in counts.most_common()]
    return f"The others: {', '.join(parts)}." if parts else "There is nobody else."


def ways_out(volunteers: Sequence[Volunteer], kept_off: Mapping[UUID, Obstacle]) -> tuple[str, ...]:
    """Who could go if one thing were different: what passes soonest first."""
    order = (Obstacle.NOT_FREE, Obstacle.AWAY, Obstacle.VETTING, *_LASTING)
    words = {
        Obstacle.NOT_FREE: "Ask {} whether they could go at another time than usual",
        Obstacle.AWAY: "Ask {} whether they are away all the time",
        Obstacle.SITE: "Ask {}, who can’t visit there, whether they could once",
        Obstacle.VETTING: "Renew the vetting of {}",
        Obstacle.TRAINING: "When {} is trained, change their status in People",
        Obstacle.KENNELS: "Qualify {} for kennels",
        Obstacle.TACT: "Train {} for TACT visits",
    }
    found = []
    for kind in order:
        names = [who.name for who in volunteers if kept_off.get(who.id) is kind]
        if names and kind in words:
            found.append(words[kind].format(_listed(names[:3], "or")))
    return tuple(found)


def _listed(names: Sequence[str], word: str = "and") -> str:
    return f" {word} ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def _near_each_other(
    slots: Sequence[VisitSlot], people: Mapping[UUID, Volunteer], pairs: Mapping[UUID, Pair]
) -> Iterator[str]:
    """Who has two visits in a week, and who goes to kennels again within two weeks."""
    mine: dict[UUID, list[VisitSlot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.day):
        for person in pairs.get(slot.id, ()):
            mine[person].append(slot)
    for person, visits in mine.items():
        name = people[person].name
        weeks = [week for week, n in Counter(slot.week for slot in visits).items() if n > 1]
        if len(weeks) == 1:
            yield f"{name} has two visits in the week of {short_date(weeks[0])}."
        elif weeks:
            yield f"{name} has two visits a week in {len(weeks)} weeks."
        most = _most_within([slot.day for slot in visits if slot.need is Need.KENNELS])
        if most > 1:
            times = {2: "twice"}.get(most, f"{most} times")
            yield f"{name} goes to kennels {times} within two weeks."


def _most_within(days: Sequence[date]) -> int:
    """The most of these days that lie within two weeks."""
    return max(
        (sum(0 <= (day - first).days < KENNELS_APART for day in days) for first in days), default=0
    )


def fairness_notes(
    slots: Sequence[VisitSlot], people: Mapping[UUID, Volunteer], pairs: Mapping[UUID, Pair]
) -> tuple[str, ...]:
    """What is uneven in a plan, in words: people under their least, one site only, pairs that
    meet again, wishes that are not met."""
    loads = Counter(person for pair in pairs.values() for person in pair)
    notes = [
        f"{who.name} has {loads[who.id]} of at least {who.least} "
        f"{'visit' if who.least == 1 else 'visits'}."
        for who in people.values()
        if loads[who.id] < who.least
    ]
    sites = {slot.id: slot for slot in slots}
    at_site = Counter((person, sites[s].site_name) for s, pair in pairs.items() for person in pair)
    notes += [
        f"{people[person].name} has {number} of {loads[person]} visits at {site}."
        for (person, site), number in sorted(at_site.items(), key=lambda item: item[0][1])
        if loads[person] >= 3 and number * 10 > loads[person] * 7
    ]
    notes += _near_each_other(slots, people, pairs)
    again = [(pair, n) for pair, n in Counter(pairs.values()).items() if n > 1]
    notes += [
        f"{people[one].name} and {people[other].name} are paired "
        f"{'twice' if n == 2 else f'{n} times'}."
        for (one, other), n in again
    ]
    for slot_id, pair in pairs.items():
        day = sites[slot_id].day
        notes += [
            f"{people[person].name} asked for no visit then: {week_text(sites[slot_id])}."
            for person in pair
            if any(day in period for period in people[person].wishes)
        ]
    return tuple(notes)
