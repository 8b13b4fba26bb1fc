"""What a mile by car is paid with."""

from collections.abc import Iterable
from datetime import date

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError

PENCE_A_MILE = 45
"""What HM Revenue and Customs lets volunteers be paid for a mile by car without tax (approved
mileage allowance, first 10,000 miles a year), until the office sets its own."""
_MOST = 200


@dataclass(frozen=True, slots=True)
class MileageRate:
    """What a mile by car is paid with from a day on, in pence."""

    from_on: date
    pence: int

    def __post_init__(self) -> None:
        if not 0 <= self.pence <= _MOST:
            raise BadInputError("Enter what a mile is paid with in whole pence, up to 200.")


def rate_on(rates: Iterable[MileageRate], day: date) -> int:
    """What a mile on a day is paid with, in pence."""
    begun = (rate for rate in rates if rate.from_on <= day)
    latest = max(begun, key=lambda rate: rate.from_on, default=None)
    return PENCE_A_MILE if latest is None else latest.pence
