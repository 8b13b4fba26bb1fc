"""Lists of visits: what to search for, and one line for each visit."""

from enum import Enum, auto
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.moment import Moment
from visitapp.domain.office.grid import Grid, arrival_text
from visitapp.domain.office.people import Myself
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import AccessBand, State

SORT_KEYS = ("arrived", "site", "ref", "type", "status", "wait", "present", "issues")


@dataclass(frozen=True, slots=True)
class CellQuery:
    """The visits in a timeslot of a site's grid, by its row and column.

    A row or column of None means all of them, as in a total. `outside` reverses it: the visits in
    no timeslot.
    """

    site_id: UUID
    grid: Grid
    row: int | None = None
    column: int | None = None
    outside: bool = False


ANSWERED = "*"
"""Any answer to a question but *not checked*; no code of an answer."""


@dataclass(frozen=True, slots=True)
class AnswerQuery:
    """The visits at which a question of this meaning got an answer, by its code in the table of
    counted answers, or any (`ANSWERED`); a code of None: at which it was asked. `words` are the
    question and the answer."""

    question: str
    meaning: int
    code: str | None
    words: str


class CountedVisits(Enum):
    """Which of the counted visits: all attempted, those made, or those made in person, which
    alone fill a timeslot."""

    ATTEMPTED = auto()
    MADE = auto()
    AT_SITE = auto()


@dataclass(frozen=True, slots=True)
class VisitQuery:
    """What to list. `counted` None includes training; empty `site_ids` means every site; `waits`:
    the visits with one of these waits for access; `delay_reasons`: with one of these reasons for
    a wait; `categories`: those at which an issue of one of
    these was raised; `of` are a visitor's own visits alone."""

    scheme_id: UUID | None = None
    site_ids: tuple[UUID, ...] = ()
    period: Period | None = None
    text: str = ""
    states: tuple[State, ...] = (State.LOCKED,)
    cell: CellQuery | None = None
    counted: CountedVisits | None = None
    batch_id: UUID | None = None
    answer: AnswerQuery | None = None
    waits: tuple[AccessBand, ...] = ()
    categories: tuple[str, ...] = ()
    delay_reasons: tuple[str, ...] = ()
    of: Myself | None = None
    sort: str = "arrived"
    descending: bool = True
    limit: int = 200
    offset: int = 0


@dataclass(frozen=True, slots=True)
class VisitRow:
    """One line of a list. `present` and `seen` are None if nobody counted."""

    id: UUID
    ref: str
    scheme_id: UUID
    site_id: UUID
    site_name: str
    arrived: Moment
    type: str
    mode: str
    status: str
    state: State
    visitors: str
    present: int | None
    seen: int | None
    wait_minutes: int | None
    issues: int
    imported: bool
    version: int
    has_time: bool = True

    @property
    def arrived_at(self) -> str:
        """The time of arriving in words."""
        return arrival_text(self.arrived.minute, self.has_time)


@dataclass(frozen=True, slots=True)
class VisitPage:
    """Some rows of a list, and the total number."""

    rows: tuple[VisitRow, ...]
    total: int
