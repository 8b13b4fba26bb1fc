"""Shares and their rounding: a percentage always carries its part and its whole.

Rounding follows the published reports: half up on exact decimals. Parts listed under one total are
rounded by largest remainder (ties go to the first listed), so that they add up to 100. Never 100%
when something is missing, never 0% when there is something.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`. `percent` is None if the whole is 0.

    `alone`: not part of a list that adds up to 100, so a share that would print as 0% is put in
    words.
    """

    part: int
    whole: int
    percent: Decimal | None
    alone: bool = False

    @property
    def text(self) -> str:
        """`97.1%`, `less than 1%`, or an en dash if there is no percentage."""
        return percent_text(self)


def target_share(part: int, whole: int) -> Share:
    """A share of a target, or of another base that shares are published of one by one: one
    decimal, rounded half up, and below 100.0 until the target is met."""
    if whole <= 0:
        return Share(part, whole, None)
    exact = Decimal(part) * 100 / Decimal(whole)
    percent = exact.quantize(_TENTH, ROUND_HALF_UP)
    if part < whole:
        percent = min(percent, Decimal("99.9"))
    if part > 0:
        percent = max(percent, _TENTH)
    return Share(part, whole, percent)


def single_share(part: int, whole: int) -> Share:
    """A share that isn't part of a list: whole per cent, rounded half up.

    Between 99.5 and 100 it has one decimal, rounded down. Below half a per cent it is printed in
    words, and `percent` has one decimal and is at least 0.1.
    """
    if whole <= 0:
        return Share(part, whole, None, alone=True)
    exact = Decimal(part) * 100 / Decimal(whole)
    percent = exact.quantize(Decimal(1), ROUND_HALF_UP)
    if part < whole and percent == _HUNDRED:
        percent = exact.quantize(_TENTH, ROUND_DOWN)
    elif part > 0 and percent == 0:
        percent = max(exact.quantize(_TENTH, ROUND_HALF_UP), _TENTH)
    return Share(part, whole, percent, alone=True)


def listed_shares(parts: Sequence[int]) -> tuple[Share, ...]:
    """Shares of the sum of `parts`, in the same order, whose percentages add up to 100.

    They are whole per cent. If a part would print as 100 or 0 although it is neither, the whole
    list gets one decimal. Raises BadInputError for a negative part.
    """
    whole = sum(parts)
    if any(part < 0 for part in parts):
        raise BadInputError("Parts of a whole can't be negative.")
    if whole == 0:
        return tuple(Share(0, 0, None) for _ in parts)
    units = _largest_remainder(parts, whole, 100)
    if any(0 < part < whole and unit in (0, 100) for part, unit in zip(parts, units, strict=True)):
        tenths = _at_least_one(parts, _largest_remainder(parts, whole, 1000))
        percents = [Decimal(unit).scaleb(-1) for unit in tenths]  # keeps the 0 of 50.0
    else:
        percents = [Decimal(unit) for unit in units]
    return tuple(Share(p, whole, percent) for p, percent in zip(parts, percents, strict=True))


def shares_within(share: Share, parts: Sequence[int]) -> tuple[Share, ...]:
    """Shares of `share.whole` for the parts that make up `share.part`. Their percentages add up to
    that of `share`; a part too small for its decimals is put in words. Raises BadInputError if the
    parts don't add up."""
    if sum(parts) != share.part:
        raise BadInputError("The parts don't add up to the total.")
    if share.part == share.whole:
        return listed_shares(parts)
    if share.percent is None or share.part == 0:
        return tuple(Share(part, share.whole, share.percent) for part in parts)
    decimals = share.percent.as_tuple().exponent
    assert isinstance(decimals, int)
    units = _largest_remainder(parts, share.part, int(share.percent.scaleb(-decimals)))
    return tuple(
        Share(part, share.whole, Decimal(unit).scaleb(decimals), alone=unit == 0)
        for part, unit in zip(parts, units, strict=True)
    )


def _largest_remainder(parts: Sequence[int], whole: int, units: int) -> list[int]:
    floors = [part * units // whole for part in parts]
    remainders = [part * units % whole for part in parts]
    order = sorted(range(len(parts)), key=lambda i: (-remainders[i], i))
    for i in order[: units - sum(floors)]:
        floors[i] += 1
    return floors


def _at_least_one(parts: Sequence[int], units: list[int]) -> list[int]:
    """Give each part above zero at least one unit, taken from the largest."""
    for i, part in enumerate(parts):
        if part > 0 and units[i] == 0:
            largest = max(range(len(parts)), key=lambda j: (units[j], -j))
            if units[largest] > 1:
                units[largest] -= 1
                units[i] = 1
    return units


def percent_text(share: Share) -> str:
    """A percentage as printed in text and tables."""
    if share.percent is None:
        return "\u2013"
    if share.alone and share.part > 0 and share.percent < 1:
        return "less than 1%"
    return f"{percent_number(share.percent)}%"


def percent_number(percent: Decimal) -> str:
    """`97.1`, `90` or `99.0`: exactly the digits that rounding left."""
    return f"{percent:f}"


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours with two decimals, rounded half up."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def listed_hours(minutes: Sequence[int]) -> tuple[Decimal, ...]:
    """Minutes as hours with two decimals, in the same order, that add up to those of the sum."""
    whole = sum(minutes)
    hundredths = int(hours_of(whole) * 100)
    units = _largest_remainder(minutes, whole, hundredths) if whole else [0] * len(minutes)
    return tuple(Decimal(unit).scaleb(-2) for unit in units)


def value_of(worked: Iterable[tuple[int, Decimal | None]]) -> Decimal | None:
    """What volunteers' time is worth in pounds: the sum of minutes / 60 x hourly rate, rounded
    once, half up.

    `worked` pairs minutes with the rate in force, or None where no rate was set. The result is None
    if any time has no rate.
    """
    total = Decimal(0)
    for minutes, rate in worked:
        if rate is None:
            if minutes:
                return None
            continue
        total += Decimal(minutes) * rate
    return (total / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
