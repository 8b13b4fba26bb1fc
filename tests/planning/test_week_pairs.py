"""The search for pairs of a week finds what there is, and sees soon where there is nothing."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations, product
from random import Random

import pytest

from visitapp.planning import week_pairs
from visitapp.planning.week_pairs import DayPairs, _PairsOfWeek


def _pairs(people: Sequence[int]) -> tuple[int, ...]:
    return tuple(1 << first | 1 << second for first, second in combinations(people, 2))


def _is_possible(visits: Sequence[DayPairs], people: int) -> bool:
    """By trying every choice of pairs."""
    for chosen in product(*(pairs for _, pairs in visits)):
        bits = [(day, at) for (day, _), pair in zip(visits, chosen, strict=True)
                for at in range(people) if pair >> at & 1]  # fmt: skip
        of_each = Counter(at for _, at in bits)
        if len(set(bits)) == len(bits) and max(of_each.values()) <= 2:
            return True
    return False


def test_looking_ahead_at_people_finds_all_pairs_that_there_are(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(week_pairs, "_STEPS", 0)
    random, ways = Random(1), Counter[bool]()
    for _ in range(80):
        people, number = random.randrange(4, 7), random.randrange(3, 6)
        every = _pairs(range(people))
        visits = [
            (random.randrange(3), tuple(random.sample(every, random.randrange(1, 5))))
            for _ in range(number)
        ]
        is_possible = _is_possible(visits, people)
        assert _PairsOfWeek(visits, people).can_be_made() == is_possible
        ways[is_possible] += 1
    assert min(ways.values()) > 15


def test_too_few_people_on_some_days_are_seen_without_trying_all_pairs_of_other_days() -> None:
    """Seven people can go on a day whose four visits take eight;
    nine visits of other days have fewer pairs and are tried first."""
    scarce = [(day, _pairs(range(7))) for day in (0, 0, 0, 0)]
    others = [(day, _pairs(range(7 + day, 13 + day))) for day in (1, 1, 2, 2, 3, 3, 4, 4, 5)]
    search = _PairsOfWeek([*others, *scarce], 18)
    assert not search.can_be_made()
    assert len(search._failed) < 200
