"""What volunteers claim: time besides visits, meetings and courses, miles by car and expenses."""

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.mileage import PENCE_A_MILE

_MOST_MINUTES, _MOST_MILES, _MOST_PENCE = 24 * 60, 1_000, 1_000_000


class ClaimKind(StrEnum):
    """What it is for. Files keep the values: never to be changed."""

    TRAVEL = "travel"
    TRAINING = "training"
    OTHER = "other"

    @property
    def label(self) -> str:
        """`Training`."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class VolunteerClaim:
    """Time in minutes, miles by car, and expenses in pence, on one day. Rows are added, approved
    and withdrawn, never changed: a mile keeps the `pence_a_mile` of its day as they were when it
    was entered. `has_receipt`: for the expenses, which are seldom paid without."""

    id: UUID
    person_id: UUID
    kind: ClaimKind
    on: date
    what: str = ""
    minutes: int = 0
    miles: int = 0
    pence: int = 0
    has_receipt: bool = False
    pence_a_mile: int = PENCE_A_MILE
    by: str = ""
    at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    withdrawn_by: str = ""
    withdrawn_at: datetime | None = None

    def __post_init__(self) -> None:
        parts = (
            (self.minutes, _MOST_MINUTES),
            (self.miles, _MOST_MILES),
            (self.pence, _MOST_PENCE),
        )
        if not all(0 <= part <= most for part, most in parts):
            raise BadInputError("This is more than a day, 1,000 miles or £10,000.")
        if not any(part for part, _ in parts):
            raise BadInputError("Enter a time, miles or an amount.")
        if self.has_receipt and not self.pence:
            raise BadInputError("A receipt is for expenses. Enter the amount.")

    @property
    def is_withdrawn(self) -> bool:
        """Whether it was entered by mistake."""
        return self.withdrawn_at is not None

    @property
    def is_approved(self) -> bool:
        """Whether it counts and may be paid."""
        return self.approved_at is not None and not self.is_withdrawn

    @property
    def waits(self) -> bool:
        """Whether somebody has to approve or withdraw it."""
        return self.approved_at is None and not self.is_withdrawn

    @property
    def to_pay(self) -> int:
        """What is paid for the miles and the expenses, in pence."""
        return self.miles * self.pence_a_mile + self.pence
