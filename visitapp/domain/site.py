"""Sites: custody suites and kennels, and when they were open."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period


class SiteKind(StrEnum):
    """What a site is."""

    SUITE = "suite"
    KENNELS = "kennels"


@dataclass(frozen=True, slots=True, order=True)
class OpenPeriod:
    """Days a site was in use: from `start` to `end` (None: still open)."""

    start: date
    end: date | None = None

    def __post_init__(self) -> None:
        if self.end is not None and self.end < self.start:
            raise BadInputError("A site can't close before it opens.")


@dataclass(frozen=True, slots=True)
class Site:
    """A place that is visited. `cells` is the number of cells or kennels."""

    id: UUID
    scheme_id: UUID
    kind: SiteKind
    name: str
    grid_id: UUID
    cells: int | None = None
    open_periods: tuple[OpenPeriod, ...] = ()
    position: int = 0
    version: int = 1

    def problem_of_open_periods(self) -> str:
        """What is wrong with the open periods together, as a sentence; empty if nothing."""
        for earlier, later in pairwise(sorted(self.open_periods, key=lambda p: p.start)):
            if earlier.end is None or earlier.end >= later.start:
                return "Two open periods overlap; say when the site closed in between."
        return ""

    def is_open_on(self, day: date) -> bool:
        """Whether a dated open period holds that day."""
        return any(p.start <= day and (p.end is None or day <= p.end) for p in self.open_periods)

    def is_open_throughout(self, span: Period) -> bool:
        """Whether the site was open on every day of `span`; periods may adjoin."""
        day = span.start
        for period in sorted(self.open_periods, key=lambda p: p.start):
            if period.start <= day and (period.end is None or day <= period.end):
                if period.end is None or period.end >= span.end:
                    return True
                day = period.end + timedelta(days=1)
        return False

    def is_open_within(self, span: Period) -> bool:
        """Whether the site was open on any day of `span`."""
        return any(
            p.start <= span.end and (p.end is None or span.start <= p.end)
            for p in self.open_periods
        )
