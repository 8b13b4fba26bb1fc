"""Shares and their rounding: a percentage always knows its part and its whole.

Rounding rules (the published documents' own): half up on exact decimals; the parts listed
under one total by largest remainder, ties to the first listed, so that they add to 100;
never 100% when something is missing, never 0% when there is something.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

from visitapp.domain.errors import BadInputError

_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Share:
    """`part` of `whole`. `percent` is None where the whole is 0: nothing can be said.

    `alone`: not one of a list that adds to 100, so that what would print as 0 is put in words.
    """

    part: int
    whole: int
    percent: Decimal | None
    alone: bool = False

    @property
    def text(self) -> str:
        """`97.1%`, `less than 1%`, or an en dash where nothing can be said."""
        return percent_text(self)


def target_share(part: int, whole: int) -> Share:
    """A share of a target: one decimal, half up; below 100.0 while short of the whole."""
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
    """A share listed with no others: whole per cent, half up.

    From 99.5 and short of the whole: one decimal, rounded down. Something under half a per
    cent is printed in words, its `percent` being one decimal, at least 0.1.
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
    """Shares of the sum of `parts`, in their order, whose percentages add to 100.

    Whole per cent; where a part would print as 100 or 0 against the rule, the whole list
    goes to one decimal.
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
    """Shares of `share.whole` of the parts that make up `share.part`, adding to the percentage
    it was listed with. A part too small for its decimals is put in words.
    """
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
    """Give each part that is there one unit, taken from the largest."""
    for i, part in enumerate(parts):
        if part > 0 and units[i] == 0:
            largest = max(range(len(parts)), key=lambda j: (units[j], -j))
            if units[largest] > 1:
                units[largest] -= 1
                units[i] = 1
    return units


def percent_text(share: Share) -> str:
    """A share's percentage as printed in prose and tables."""
    if share.percent is None:
        return "\u2013"
    if share.alone and share.part > 0 and share.percent < 1:
        return "less than 1%"
    return f"{percent_number(share.percent)}%"


def percent_number(percent: Decimal) -> str:
    """`97.1`, `90` or `99.0`: the digits the rounding left, no more."""
    return f"{percent:f}"


def hours_of(minutes: int) -> Decimal:
    """Minutes as hours with two decimals, half up."""
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)


def value_of(worked: Iterable[tuple[int, Decimal | None]]) -> Decimal | None:
    """Pounds that volunteers' time is worth: sum of minutes / 60 x rate, rounded once, half up.

    `worked` pairs minutes with the rate in force (None: no rate was set). None where time
    was given for which no rate is known.
    """
    total = Decimal(0)
    for minutes, rate in worked:
        if rate is None:
            if minutes:
                return None
            continue
        total += Decimal(minutes) * rate
    return (total / 60).quantize(Decimal("0.01"), ROUND_HALF_UP)
