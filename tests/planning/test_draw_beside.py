"""One visit of a span drawn anew beside the others: the law given all but its day."""

from collections import Counter
from itertools import combinations
from math import sqrt
from random import Random

import pytest

from visitapp.planning.draw import draw_beside
from visitapp.planning.law import SpanLaw, suite_policy

OPTIONS = ((0, 1), (2,), (3, 4), (), (5,), (6, 7), (8,))
COUNTS = (0, 2, 1, 0, 1, 3, 0, 1, 0)
DRAWS = 20_000


@pytest.mark.parametrize("visits_a_year", [52, 65])
@pytest.mark.parametrize("others", [(), (1,), (0, 4)])
def test_a_visit_beside_others_falls_as_the_law_has_it_given_them(
    visits_a_year: int, others: tuple[int, ...]
) -> None:
    """Against the joint law of all visits of a week, written out: a set of k days has the
    product of its days' weights."""
    law = SpanLaw(OPTIONS, COUNTS, suite_policy(visits_a_year))
    weights = law.weights if law.rate else law.day_shares
    joint = {
        days: weights[days[0]] * _product(weights, days[1:])
        for days in combinations(range(7), len(others) + 1)
        if set(others) <= set(days)
    }
    whole = sum(joint.values())
    expected = {
        (day, cell): share / whole * law.in_cell(day, cell)
        for days, share in joint.items()
        for day in set(days) - set(others)
        for cell in OPTIONS[day]
    }
    random = Random(5)
    found = Counter(draw_beside(law, others, (), random) for _ in range(DRAWS))
    assert sum(expected.values()) == pytest.approx(1)
    assert {(placed.day, placed.cell) for placed in found} <= set(expected)
    for placed, number in found.items():
        share = expected[placed.day, placed.cell]
        assert abs(number / DRAWS - share) <= 4 * sqrt(share * (1 - share) / DRAWS)


def test_no_day_that_is_barred_is_drawn_and_none_where_no_other_is_left() -> None:
    law = SpanLaw(OPTIONS, COUNTS, suite_policy())
    drawn = {draw_beside(law, (), range(5), Random(seed)).day for seed in range(40)}
    assert drawn == {5, 6}
    assert draw_beside(law, {0, 1}, {2, 4, 5, 6}, Random(1)) is None


def _product(weights: tuple[float, ...], days: tuple[int, ...]) -> float:
    found = 1.0
    for day in days:
        found *= weights[day]
    return found
