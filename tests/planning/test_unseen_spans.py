"""What is expected of a week whose visits only their pair can place: the average over all that the
pair may have drawn, each watched as a week that is seen."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, product
from math import prod

import pytest

from visitapp.planning.law import KnownNumberLaw, Policy, SpanLaw, suite_policy
from visitapp.planning.scores import Expected
from visitapp.planning.simulation import shifts_of
from visitapp.planning.unseen_spans import expected_days

OPTIONS = [(0, 1), (), (2, 3, 4), (0, 3), (5,)]
COUNTS = [0, 1, 0, 2, 0, 1]
NO_FLOOR = Policy(60, 52, cap=0.9, floor=0.0)
"""What was visited has no likelihood at all while something else is left."""


def _weeks(law: SpanLaw, number: int) -> Iterator[tuple[float, dict[int, int]]]:
    """All ways to visit the week so often, as day -> timeslot, with their likelihood."""
    weights = law.weights if law.rate else law.day_shares
    days = [day for day, share in enumerate(law.day_shares) if share > 0]
    ways = list(combinations(days, number))
    total = sum(prod(weights[day] for day in way) for way in ways)
    for way in ways:
        chance = prod(weights[day] for day in way) / total
        for cells in product(*([cell for cell, _ in law.options[day]] for day in way)):
            placed = dict(zip(way, cells, strict=True))
            yield chance * prod(law.in_cell(*visit) for visit in placed.items()), placed


def _watched(
    law: SpanLaw, number: int, day: int
) -> tuple[list[Expected], list[Expected], list[Expected]]:
    """A day in each of these weeks, watched by somebody who sees what happens in it."""
    known = KnownNumberLaw(law, number)
    days, leaked, shifts = [], [], []
    for weight, placed in _weeks(law, number):
        left = sum(visited >= day for visited in placed)
        hazard, hit = law.hazard(day, left < number), weight * (day in placed)
        days.append(Expected(hazard, hit, weight))
        leaked.append(Expected(known.hazard(day, left), hit, weight))
        seen = (placed[day],) if day in placed else ()
        shifts += [
            Expected(chance, weight * came, weight)
            for chance, came in shifts_of(law, day, hazard, seen)
        ]
    return days, leaked, shifts


def _together(entries: Iterable[Expected]) -> list[tuple[float, float, float]]:
    """Equally likely entries as one, the least likely first."""
    by_chance: dict[float, list[float]] = defaultdict(lambda: [0.0, 0.0])
    for entry in entries:
        by_chance[round(entry.chance, 9)][0] += entry.hits
        by_chance[round(entry.chance, 9)][1] += entry.weight
    return [(chance, *sums) for chance, sums in sorted(by_chance.items()) if sums[1] > 1e-12]


def _same(ours: Sequence[Expected], others: Sequence[Expected]) -> None:
    for entry, other in zip(_together(ours), _together(others), strict=True):
        assert entry == pytest.approx(other, abs=1e-9)


@pytest.mark.parametrize(
    "policy", [suite_policy(52), suite_policy(65), suite_policy(104), NO_FLOOR]
)
@pytest.mark.parametrize("number", [1, 2, 3])
def test_each_day_and_shift_of_an_unseen_week_is_the_average_of_all_weeks(
    policy: Policy, number: int
) -> None:
    law = SpanLaw(OPTIONS, COUNTS, policy)
    for day, entries in enumerate(expected_days(law, number)):
        for ours, others in zip(entries, _watched(law, number, day), strict=True):
            _same(ours, others)


def test_a_week_has_no_more_visits_than_days_that_can_be_reached() -> None:
    law = SpanLaw(OPTIONS, COUNTS, suite_policy())
    assert list(expected_days(law, 7)) == list(expected_days(law, 4))
    assert sum(day.hits for days, _, _ in expected_days(law, 7) for day in days) == pytest.approx(4)
