"""A plan explained in words: visits without a pair and why, what would help, uneven loads."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from uuid import UUID

from visitapp.domain.plan.rota import (
    KENNELS_APART,
    Need,
    Obstacle,
    Pair,
    Unfilled,
    VisitSlot,
    Volunteer,
    may_pair,
    obstacle,
)
from visitapp.domain.text.wording import joined, out_of, plural, short_date, times
from visitapp.planning.ways_out import Taken, smallest_ways, taken

_TAKEN = {
    Taken.ALL: "has {}",
    Taken.THAT_DAY: "has another visit that day",
    Taken.THAT_WEEK: "has two visits that week",
}


def explain(
    slots: Sequence[VisitSlot], volunteers: Sequence[Volunteer], pairs: Mapping[UUID, Pair]
) -> tuple[Unfilled, ...]:
    """Why each visit without a pair has none. Sentences name the site and the week, never the day
    or time."""
    return tuple(
        _unfilled(slot, slots, volunteers, pairs) for slot in slots if slot.id not in pairs
    )


def week_text(slot: VisitSlot) -> str:
    """`Keyham Lane, week of Mon 6 May 2024`: all that may be revealed of a planned visit."""
    return f"{slot.site_name}, week of {short_date(slot.week)}"


def _unfilled(
    slot: VisitSlot,
    slots: Sequence[VisitSlot],
    volunteers: Sequence[Volunteer],
    pairs: Mapping[UUID, Pair],
) -> Unfilled:
    kept_off = {person.id: reason for person in volunteers if (reason := obstacle(person, slot))}
    able = [person for person in volunteers if person.id not in kept_off]
    return Unfilled(
        slot.id,
        week_text(slot),
        _why(slot, slots, able, pairs, Counter(kept_off.values())),
        smallest_ways(slot, slots, volunteers, pairs),
        Counter(kept_off.values()),
    )


def _why(
    slot: VisitSlot,
    slots: Sequence[VisitSlot],
    able: Sequence[Volunteer],
    pairs: Mapping[UUID, Pair],
    obstacles: Counter[Obstacle],
) -> str:
    """Why the people who are able make no pair."""
    if len(able) < 2:
        person = "nobody" if not able else f"only {able[0].name}"
        return f"{person} can go. {_obstacles_in_words(obstacles)}"
    if not any(may_pair(first, second, slot.day) for first, second in combinations(able, 2)):
        return "those who can go are on probation, and nobody experienced can go with them."
    reasons = [(who, next(taken(who, slot, slots, pairs), None)) for who in able]
    busy = [(who, why) for who, why in reasons if why is not None]
    are_busy = {person.id for person, _ in busy}
    left = [person for person in able if person.id not in are_busy]
    names = joined([f"{person.name} {_TAKEN[why].format(_all_of(person))}" for person, why in busy])
    words = f"{len(able)} could go, but {names}."
    if any(may_pair(first, second, slot.day) for first, second in combinations(left, 2)):
        words = f"this visit has no pair yet. {len(left)} people could go."
    return words


def _obstacles_in_words(counts: Counter[Obstacle]) -> str:
    parts = [f"{number} {obstacle.words}" for obstacle, number in counts.most_common()]
    return f"The others: {', '.join(parts)}." if parts else "There is nobody else."


def _near_each_other(
    slots: Sequence[VisitSlot], people: Mapping[UUID, Volunteer], pairs: Mapping[UUID, Pair]
) -> Iterator[str]:
    """Sentences about people with two visits in a week, or at kennels within two weeks."""
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
            yield f"{name} goes to kennels {times(most)} within two weeks."


def _most_within(days: Sequence[date]) -> int:
    """The most of these days within two weeks."""
    return max(
        (sum(0 <= (day - first).days < KENNELS_APART for day in days) for first in days), default=0
    )


def fairness_notes(
    slots: Sequence[VisitSlot], people: Mapping[UUID, Volunteer], pairs: Mapping[UUID, Pair]
) -> tuple[str, ...]:
    """What is uneven in a plan, in words: people with too few visits, or at one site only, and
    pairs that meet again."""
    loads = Counter(person for pair in pairs.values() for person in pair)
    notes = [
        f"{volunteer.name} has {loads[volunteer.id]} of at least {volunteer.least} "
        f"{plural(volunteer.least, 'visit')}."
        for volunteer in people.values()
        if loads[volunteer.id] < volunteer.least
    ]
    sites = {slot.id: slot for slot in slots}
    at_site = Counter((person, sites[s].site_name) for s, pair in pairs.items() for person in pair)
    notes += [
        f"{people[person].name} has {out_of(number, loads[person])} visits at {site}."
        for (person, site), number in sorted(at_site.items(), key=lambda item: item[0][1])
        if loads[person] >= 3 and number * 10 > loads[person] * 7
    ]
    notes += _near_each_other(slots, people, pairs)
    met_again = [(pair, n) for pair, n in Counter(pairs.values()).items() if n > 1]
    notes += [
        f"{people[first].name} and {people[second].name} are paired {times(n)}."
        for (first, second), n in met_again
    ]
    return tuple(notes)


def wishes_not_met(
    slots: Sequence[VisitSlot], people: Mapping[UUID, Volunteer], pairs: Mapping[UUID, Pair]
) -> tuple[str, ...]:
    """People with a visit in a period in which they asked for none, in words."""
    return tuple(
        f"{people[person].name} asked for no visit then: {week_text(slot)}."
        for slot in slots
        for person in pairs.get(slot.id, ())
        if any(slot.day in period for period in people[person].wishes)
    )


def _all_of(person: Volunteer) -> str:
    return plural(person.most, "their one visit", f"all {person.most} visits")
