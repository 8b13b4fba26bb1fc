"""Whether two shares differ by more than chance: Fisher's exact test with mid-p values."""

from collections.abc import Iterator
from fractions import Fraction
from math import comb

SIGNIFICANT = Fraction(1, 20)
"""A smaller value is taken for a real difference."""
_SURE = 1e-6
"""Values estimated with floats are within this of the exact ones: each likelihood follows from the
one beside it with a relative error below 1e-15, so that after a million steps it is below 1e-9."""
_NEGLIGIBLE = 1e-30
"""Beside the likeliest number, numbers less likely than this don't count: likelihoods fall on both
sides of it, so that a million of them add up to less than 1e-24."""


def may_be_chance(part: int, whole: int, other_part: int, other_whole: int) -> bool:
    """Whether `mid_p` of these is at least `SIGNIFICANT`.

    It is reckoned exactly only where an estimate is too near to that to be sure. Exact integers of
    some ten thousand visits take a hundred times as long. Raises ValueError like `mid_p`.
    """
    _check(part, whole, other_part, other_whole)
    estimate = _estimated(part, whole, other_part, other_whole)
    if abs(estimate - float(SIGNIFICANT)) > _SURE:
        return estimate > SIGNIFICANT
    return mid_p(part, whole, other_part, other_whole) >= SIGNIFICANT


def mid_p(part: int, whole: int, other_part: int, other_whole: int) -> Fraction:
    """The two-sided mid-p value for `part` of `whole` against `other_part` of `other_whole`: how
    likely a difference at least as large is if both have the same share.

    Tables with the same totals are as likely as the hypergeometric distribution says; the observed
    one counts half. The smaller of both tails is doubled (Rothman, Modern Epidemiology, 1986;
    Berry and Armitage, The Statistician 44, 1995). 1 if there is nothing to compare. Raises
    ValueError for a part that is not within its whole.
    """
    _check(part, whole, other_part, other_whole)
    total, ways = whole + other_whole, comb(whole + other_whole, part + other_part)
    first, last = max(0, part + other_part - other_whole), min(whole, part + other_part)
    below = above = at = 0
    for number, likely in _numbers(whole, total, part + other_part, first, last):
        if number < part:
            below += likely
        elif number > part:
            above += likely
        else:
            at = likely
    return Fraction(2 * min(below, above) + at, ways)


def _numbers(
    whole: int, total: int, parts: int, first: int, last: int
) -> Iterator[tuple[int, int]]:
    """Each number that could be in the first group, and in how many ways."""
    likely = comb(whole, first) * comb(total - whole, parts - first)
    for number in range(first, last + 1):
        yield number, likely
        left = total - whole - parts + number + 1
        likely = likely * (whole - number) * (parts - number) // ((number + 1) * left)


def _check(part: int, whole: int, other_part: int, other_whole: int) -> None:
    if not (0 <= part <= whole and 0 <= other_part <= other_whole):
        raise ValueError("A part is at least 0 and at most its whole.")


def _estimated(part: int, whole: int, other_part: int, other_whole: int) -> float:
    """`mid_p` in floats, from the likeliest number outwards."""
    parts = part + other_part
    likeliest = (parts + 1) * (whole + 1) // (whole + other_whole + 2)
    below = above = at = 0.0
    for number, likely in (
        (likeliest, 1.0),
        *_upwards(likeliest, whole, parts, other_whole),
        *(  # a number further down is one further up of those not in the part
            (whole - number, likely)
            for number, likely in _upwards(
                whole - likeliest, whole, whole + other_whole - parts, other_whole
            )
        ),
    ):
        if number < part:
            below += likely
        elif number > part:
            above += likely
        else:
            at = likely
    return (2 * min(below, above) + at) / (below + above + at)


def _upwards(number: int, whole: int, parts: int, other_whole: int) -> Iterator[tuple[int, float]]:
    """Each larger number that could be in the first group, and how likely it is beside `number`."""
    likely, beyond = 1.0, other_whole - parts + 1
    while number < min(whole, parts) and likely > _NEGLIGIBLE:
        likely *= (whole - number) * (parts - number) / ((number + 1) * (beyond + number))
        number += 1
        yield number, likely
