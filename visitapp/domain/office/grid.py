"""A scheme's timeslots: groups of days by bands of the day, and which one a visit falls in."""

from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.moment import MINUTES_PER_DAY

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def clock(minute: int) -> str:
    """`450` as `07:30`."""
    return f"{minute // 60:02}:{minute % 60:02}"


def arrival_text(minute: int, has_time: bool) -> str:
    """`14:30`, or that the time is not known."""
    return clock(minute) if has_time else "time not known"


@dataclass(frozen=True, slots=True)
class Band:
    """A band of the day in minutes: from `start` up to but not including `end` (at most 1440)."""

    start: int
    end: int
    label: str = ""

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= MINUTES_PER_DAY:
            raise BadInputError("A time band must begin before it ends, on the same day.")
        if not self.label:
            object.__setattr__(self, "label", self._times)

    @property
    def has_own_name(self) -> bool:
        """Whether a scheme gave it a name; otherwise its label is its times."""
        return self.label != self._times

    @property
    def _times(self) -> str:
        return f"{clock(self.start)}\u2013{clock(self.end - 1)}"


@dataclass(frozen=True, slots=True)
class DayGroup:
    """A row of the grid: one weekday, or several counted together (0 = Monday)."""

    label: str
    weekdays: tuple[int, ...]

    @property
    def short_label(self) -> str:
        """`Mon`, `Sat/Sun`: three letters of each name that people put between slashes."""
        return "/".join(name.strip()[:3] for name in self.label.split("/"))


@dataclass(frozen=True, slots=True)
class Timeslot:
    """A cell of a grid by position: `row` counts its day groups, `column` its bands, from 0."""

    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Grid:
    """Day groups by time bands. Days and hours not covered belong to no timeslot."""

    id: UUID
    scheme_id: UUID
    name: str
    days: tuple[DayGroup, ...]
    bands: tuple[Band, ...]
    version: int = 1

    def __post_init__(self) -> None:
        weekdays = [weekday for group in self.days for weekday in group.weekdays]
        if len(weekdays) != len(set(weekdays)) or not all(0 <= day <= 6 for day in weekdays):
            raise BadInputError("Each weekday can only be in one row.")
        if any(a.end > b.start for a, b in zip(self.bands, self.bands[1:], strict=False)):
            raise BadInputError("Time bands must be in order and must not overlap.")
        if not self.days or not self.bands:
            raise BadInputError("Enter at least one row of days and one time band.")

    @property
    def cells(self) -> int:
        """Number of timeslots."""
        return len(self.days) * len(self.bands)

    def timeslot_at(self, weekday: int, minute: int) -> Timeslot | None:
        """The timeslot of a local weekday (0 = Monday) and minute of the day, or None."""
        for row, group in enumerate(self.days):
            if weekday in group.weekdays:
                for column, band in enumerate(self.bands):
                    if band.start <= minute < band.end:
                        return Timeslot(row, column)
        return None
