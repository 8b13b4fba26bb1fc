"""Whether two shares differ by more than chance: Fisher's exact test with mid-p values."""

from collections.abc import Iterator
from fractions import Fraction
from math import comb

SIGNIFICANT = Fraction(1, 20)
"""A smaller value is taken for a real difference."""


def mid_p(part: int, whole: int, other_part: int, other_whole: int) -> Fraction:
    """The two-sided mid-p value for `part` of `whole` against `other_part` of `other_whole`: how
    likely a difference at least as large is if both have the same share.

    Tables with the same totals are as likely as the hypergeometric distribution says; the observed
    one counts half. The smaller of both tails is doubled (Rothman, Modern Epidemiology, 1986;
    Berry and Armitage, The Statistician 44, 1995). 1 if there is nothing to compare. Raises
    ValueError for a part that is not within its whole.
    """
    if not (0 <= part <= whole and 0 <= other_part <= other_whole):
        raise ValueError("A part is at least 0 and at most its whole.")
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
