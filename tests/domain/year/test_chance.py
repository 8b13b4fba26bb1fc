"""The exact test, held against what was published and against adding up by hand."""

from fractions import Fraction
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.year import chance
from visitapp.domain.year.chance import SIGNIFICANT, may_be_chance, mid_p

LARGE = st.tuples(st.integers(0, 400), st.integers(0, 400)).map(sorted)
SHARES = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(sorted)


def test_a_lady_tasting_tea() -> None:
    """Fisher's tea: 3 of 4 against 1 of 4. Agresti, An Introduction to Categorical Data Analysis,
    2nd edition, 2.6.3: the probabilities 16/70 and 1/70, and a one-sided mid-p value of 0.129."""
    value = mid_p(3, 4, 1, 4)
    assert value == 2 * (Fraction(1, 70) + Fraction(16, 70) / 2)
    assert round(float(value) / 2, 3) == 0.129
    assert mid_p(4, 4, 0, 4) == Fraction(1, 70)


def test_the_same_share_is_no_difference_and_a_large_one_is() -> None:
    assert mid_p(5, 10, 50, 100) > Fraction(9, 10)
    assert mid_p(2, 4, 2, 4) == 1
    assert mid_p(900, 1000, 800, 1000) < Fraction(1, 10**9)
    assert mid_p(0, 0, 3, 4) == mid_p(0, 5, 0, 7) == mid_p(5, 5, 7, 7) == 1
    with pytest.raises(ValueError, match="at most its whole"):
        mid_p(3, 2, 1, 4)
    with pytest.raises(ValueError, match="at most its whole"):
        may_be_chance(1, 2, -1, 4)


@given(SHARES, SHARES)
def test_it_is_what_adding_up_every_table_gives(first: list[int], second: list[int]) -> None:
    (part, whole), (other_part, other_whole) = first, second
    both = part + other_part
    likely = {
        number: comb(whole, number) * comb(other_whole, both - number)
        for number in range(max(0, both - other_whole), min(whole, both) + 1)
    }
    tails = [
        sum(ways for number, ways in likely.items() if number * side < part * side)
        for side in (-1, 1)
    ]
    expected = 2 * (min(tails) + Fraction(likely[part], 2)) / sum(likely.values())
    assert mid_p(part, whole, other_part, other_whole) == min(1, expected)
    assert mid_p(other_part, other_whole, part, whole) == mid_p(
        part, whole, other_part, other_whole
    )


@given(SHARES | LARGE, SHARES | LARGE)
def test_the_quick_answer_is_the_exact_one(first: list[int], second: list[int]) -> None:
    assert may_be_chance(*first, *second) is (mid_p(*first, *second) >= SIGNIFICANT)


@given(SHARES | LARGE, SHARES | LARGE)
def test_the_estimate_is_within_its_margin(first: list[int], second: list[int]) -> None:
    exact = float(mid_p(*first, *second))
    assert abs(chance._estimated(*first, *second) - exact) < chance._SURE / 100


def test_at_the_bar_itself_exact_numbers_decide(monkeypatch: pytest.MonkeyPatch) -> None:
    """One of 20 against none of 380 has exactly the value of the bar: a float can't tell."""
    assert mid_p(1, 20, 0, 380) == SIGNIFICANT
    assert may_be_chance(1, 20, 0, 380)
    monkeypatch.setattr(chance, "_estimated", lambda *_: float(SIGNIFICANT) - chance._SURE / 2)
    assert may_be_chance(5, 10, 50, 100)
    assert not may_be_chance(900, 1000, 800, 1000)


def test_tens_of_thousands_are_compared() -> None:
    """The last part that is still chance, as exact numbers decide it too."""
    last = next(part for part in range(3000, 3300) if not may_be_chance(part, 9000, 3000, 9000))
    for part in (last - 1, last):
        assert may_be_chance(part, 9000, 3000, 9000) is (
            mid_p(part, 9000, 3000, 9000) >= SIGNIFICANT
        )
