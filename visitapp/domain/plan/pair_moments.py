"""What the two copies of a pair draw the day and time of their visits from.

The office fixes site, week and pair, and how many visits the week gets. On the Friday before, it
freezes what the draw depends on and sends it to both copies, which draw alike. The office's file
never holds the moments. How many visits a week gets is as secret as when they are, so nothing
here is in a `repr`.
"""

from dataclasses import dataclass, field, fields
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.grid import Band
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period

_FRIDAY = 4
_MOST_DAYS, _MOST_CELLS, _A_DAY = 31, 1_000, 1440
_OF_LEVEL = ("law", "weeks_left")
_REFUSED = "The office’s message about this visit contradicts itself. Ask for it again."


@dataclass(frozen=True, slots=True)
class MeetingTime:
    """When both of a pair can arrive: on a day of the span (0 is the first), within one timeslot,
    from the minute of the day `start` up to but not including `end`."""

    day: int
    cell: int
    start: int
    end: int

    def __post_init__(self) -> None:
        if not (
            0 <= self.day < _MOST_DAYS
            and 0 <= self.cell < _MOST_CELLS
            and 0 <= self.start < self.end <= _A_DAY
        ):
            raise BadInputError(_REFUSED)


@dataclass(frozen=True, slots=True)
class FrozenInputs:
    """What both copies draw from: the `number` of visits, visits by timeslot of all reports
    accepted so far in the reporting year, when the pair can go, and the parameters of the law
    (see `planning.law.Policy`). At most `handovers_left` visits fall into a change of shift.

    The `law` of even days needs `weeks_left` (see `planning.level`) instead of `cap` and `floor`,
    which are 0 with it: a copy of the program that doesn't know that law refuses them.
    """

    number: int = field(repr=False)
    counts: tuple[int, ...] = field(repr=False)
    times: tuple[MeetingTime, ...] = field(repr=False)
    visits_a_year: int
    spans_a_year: int
    cap: float
    floor: float
    handovers: tuple[Band, ...] = ()
    handovers_left: int = field(default=0, repr=False)
    law: VisitLaw = VisitLaw.TIMESLOTS
    weeks_left: float = 0.0

    def __post_init__(self) -> None:
        if (
            not 1 <= self.number <= _MOST_DAYS
            or not 1 <= len(self.counts) <= _MOST_CELLS
            or min(self.counts) < 0
            or self.number > len({time.day for time in self.times})
            or max(time.cell for time in self.times) >= len(self.counts)
        ):
            raise BadInputError(_REFUSED)

    @property
    def known_to_all(self) -> object:
        """What both copies know of these inputs, to compare. As long as the law is the one that
        every copy knows, it is the same with copies of the program that know no other."""
        if self.law is not VisitLaw.TIMESLOTS:
            return self
        names = (item.name for item in fields(self) if item.name not in _OF_LEVEL)
        return {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class PairDraw:
    """A week of one site whose visits the pair draws itself, as the office froze it on a day.
    `id` is new whenever the week is frozen anew, and the moments with it. `visit_ids` are the
    planned visits. `copies` are those of the pair, in its order."""

    id: UUID
    scheme_id: UUID
    site_id: UUID
    span: Period
    pair: tuple[UUID, UUID]
    copies: tuple[UUID, UUID]
    visit_ids: tuple[UUID, ...] = field(repr=False)
    frozen_on: date
    inputs: FrozenInputs


def freeze_day(span: Period) -> date:
    """The Friday before a week or month, from which on its inputs are frozen."""
    back = (span.start.weekday() - _FRIDAY - 1) % 7 + 1
    return span.start - timedelta(days=back)
