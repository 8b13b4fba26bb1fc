"""How many visits a volunteer is to make a year, and how many meetings to come to."""

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError

_MOST = 366


@dataclass(frozen=True, slots=True)
class Minimum:
    """What a scheme asks of each volunteer in twelve months; 0: as many as they like."""

    visits: int = 0
    meetings: int = 0

    def __post_init__(self) -> None:
        if not (0 <= self.visits <= _MOST and 0 <= self.meetings <= _MOST):
            raise BadInputError("The minimum a year must be from 0 to 366.")
