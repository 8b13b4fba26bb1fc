"""One person of the register as the page People shows them."""

from dataclasses import dataclass
from datetime import date
from enum import Enum

from visitapp.domain.exchange.register import PersonCopies
from visitapp.domain.office.award import Award
from visitapp.domain.office.expiry import Expiry
from visitapp.domain.office.people import Person
from visitapp.domain.office.register import RegisterPart
from visitapp.domain.year.below_minimum import DoneOfMinimum


class Listing(Enum):
    """People of any part for whom something is to be done."""

    RUNS_OUT = "Runs out"
    AWARDS = "Awards due"
    BELOW = "Below minimum"


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A row of the table. `reason` says why they may not visit, or what else to know; `is_away`
    means on leave; `copies` are their own copies of visitapp. `runs_out` is what ends soon, in
    `runs_out_words` the first of it; `award` is one that is due; `minimum` what they did in twelve
    months of what is asked of them."""

    person: Person
    standing: RegisterPart
    may_visit: bool
    is_away: bool
    reason: str
    schemes: str
    status: str
    joined_on: date | None
    joined_unknown: bool
    left_on: date | None
    copies: PersonCopies
    runs_out: tuple[Expiry, ...] = ()
    award: Award | None = None
    runs_out_words: str = ""
    minimum: DoneOfMinimum | None = None

    @property
    def answer(self) -> str:
        """`Yes`, `Away` or `No`."""
        return "Yes" if self.may_visit else "Away" if self.is_away else "No"

    @property
    def sentence(self) -> str:
        """`May visit today: no, leave of absence`."""
        answer = "yes" if self.may_visit else "no"
        return f"May visit today: {answer}{f', {self.reason}' if self.reason else ''}"
