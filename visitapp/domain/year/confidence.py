"""How far a share may lie from the true one because only some cases were looked at."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

_Z = Decimal("1.959963984540054")
"""The standard normal distribution has 95% of its values within this of 0."""
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ConfidenceInterval:
    """The ends of a 95% interval, in per cent with one decimal."""

    low: Decimal
    high: Decimal

    @property
    def text(self) -> str:
        """`8.2% to 31.4%`."""
        return f"{self.low:f}% to {self.high:f}%"


def interval_of(part: int, whole: int) -> ConfidenceInterval | None:
    """The 95% interval of `part` of `whole` by Wilson's score (Journal of the American Statistical
    Association 22, 1927), which holds for small numbers too (Brown, Cai and DasGupta, Statistical
    Science 16, 2001). None without cases. Raises ValueError for a part that is not within its
    whole."""
    if not 0 <= part <= whole:
        raise ValueError("A part is at least 0 and at most its whole.")
    if whole == 0:
        return None
    square = _Z * _Z
    spread = _Z * (Decimal(part) * (whole - part) / whole + square / 4).sqrt()
    middle = part + square / 2
    low, high = ((middle + way * spread) * 100 / (whole + square) for way in (-1, 1))
    return ConfidenceInterval(_rounded(low), _rounded(high))


def _rounded(percent: Decimal) -> Decimal:
    return max(Decimal(0), min(percent, Decimal(100))).quantize(_TENTH, ROUND_HALF_UP)
