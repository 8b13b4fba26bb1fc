"""The people in the cells, or dogs, at each call, so that they add up to the year's totals."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from visitapp.demonstration.calls import Call
from visitapp.demonstration.seeded_draws import SeededDraws, shared_out
from visitapp.domain.report.visit import OutcomeCount

Counts = tuple[OutcomeCount, ...]

_BY_BAND: Mapping[str, tuple[int, ...]] = {
    "SEEN": (2, 6, 6, 6, 5),
    "REFUSED": (2, 6, 6, 6, 6),
    "ADVICE": (5, 4, 4, 6, 8),
    "UNAVAIL": (2, 6, 7, 6, 3),
    "ASLEEP": (12, 5, 3, 3, 7),
}
"""The weights of the parts in each band: at night people sleep, by day they are interviewed."""
_ANY_BAND = (1, 1, 1, 1, 1)
_COUNTED_ONLY = 9
"""At one in so many calls the pair only counted, and recorded nothing about the people seen."""


def custody_counts(
    calls: Sequence[Call],
    totals: Mapping[str, int],
    reasons: Mapping[str, Mapping[str, int]],
    seen: Mapping[str, Any],
    draws: SeededDraws,
) -> list[Counts]:
    """For each call its counts by outcome and reason; over all calls they are exactly the
    totals."""
    rows: list[list[OutcomeCount]] = [[] for _ in calls]
    for outcome, total in totals.items():
        numbers = shared_out(total, [_weight(outcome, call, draws) for call in calls])
        if outcome == "SEEN":
            _seen(rows, numbers, seen, draws)
            continue
        deck: list[str | None] = [*draws.deck(reasons.get(outcome, {}))] or [None] * total
        for row, number in zip(rows, numbers, strict=True):
            dealt, deck = deck[:number], deck[number:]
            row.extend(OutcomeCount(outcome, count, reason) for reason, count in _in_order(dealt))
    return [tuple(row) for row in rows]


def _weight(outcome: str, call: Call, draws: SeededDraws) -> int:
    band = _BY_BAND.get(outcome, _ANY_BAND)[call.column]
    size = 5 if (call.site.cells or 0) > 24 else 3
    return band * size * (55 + draws.below(91))


def _in_order(dealt: list[str | None]) -> list[tuple[str | None, int]]:
    return sorted(Counter(dealt).items(), key=lambda item: str(item[0]))


def _seen(
    rows: list[list[OutcomeCount]], numbers: list[int], seen: Mapping[str, Any], draws: SeededDraws
) -> None:
    """Those who spoke to visitors, by gender, age and ethnicity if these were recorded."""
    recorded = sum(n for i, n in enumerate(numbers) if i % _COUNTED_ONLY != 4)
    decks = []
    for name in ("gender", "age_group", "ethnicity"):
        shares = shared_out(recorded, list(seen[name].values()))
        decks.append(draws.deck(dict(zip(seen[name], shares, strict=True))))
    people = list(zip(*decks, strict=True))
    for i, (row, number) in enumerate(zip(rows, numbers, strict=True)):
        if i % _COUNTED_ONLY == 4:
            row.extend([OutcomeCount("SEEN", number)] if number else [])
            continue
        dealt, people = people[:number], people[number:]
        row.extend(
            OutcomeCount("SEEN", count, None, gender, age, ethnicity)
            for (gender, age, ethnicity), count in sorted(Counter(dealt).items())
        )


def animal_counts(
    calls: Sequence[Call], weights: Mapping[str, int], draws: SeededDraws
) -> list[Counts]:
    """The unit's dogs on the day of each call, by how they were seen."""
    counts = []
    for _ in calls:
        present = 7 + draws.below(5)
        parts = shared_out(
            present, [weight * (40 + draws.below(121)) for weight in weights.values()]
        )
        counts.append(
            tuple(
                OutcomeCount(outcome, number)
                for outcome, number in zip(weights, parts, strict=True)
                if number
            )
        )
    return counts
