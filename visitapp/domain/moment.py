"""A minute on the wall clock of a police station, with what it is in UTC.

Visits are written down in local time, cross midnight, and happen on the nights when the
clocks change. A `Moment` keeps the minute in UTC and the offset in force, so that a wait
is always a plain difference and the clock on the wall can always be shown again.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTES_PER_DAY = 24 * 60


@lru_cache(maxsize=1)
def _london() -> ZoneInfo:
    return ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """One minute: `utc_minute` since 1970-01-01T00:00Z and the local `offset` in minutes."""

    utc_minute: int
    offset: int

    @classmethod
    def at(cls, day: date, minute: int, *, fold: int = 0) -> "Moment":
        """The moment at which a UK clock shows `minute` (0 to 1439) on `day`.

        Of the hour that happens twice in October, `fold=0` is the first. An hour that is
        skipped in March is kept as it was written, with the offset before the change.
        """
        local = datetime.combine(day, time(minute // 60, minute % 60), _london()).replace(fold=fold)
        offset = local.utcoffset()
        assert offset is not None
        offset_minutes = int(offset.total_seconds()) // 60
        wall = local.replace(tzinfo=UTC)
        return cls(int((wall - _EPOCH).total_seconds()) // 60 - offset_minutes, offset_minutes)

    @property
    def local(self) -> datetime:
        """The clock on the wall, without a time zone."""
        shown = _EPOCH + timedelta(minutes=self.utc_minute + self.offset)
        return shown.replace(tzinfo=None)

    @property
    def in_utc(self) -> datetime:
        """The same as an aware time in UTC."""
        return _EPOCH + timedelta(minutes=self.utc_minute)

    @property
    def day(self) -> date:
        """Local date."""
        return self.local.date()

    @property
    def weekday(self) -> int:
        """Local weekday, 0 = Monday."""
        return self.local.weekday()

    @property
    def minute(self) -> int:
        """Local minute of the day, 0 to 1439."""
        return (self.utc_minute + self.offset) % MINUTES_PER_DAY

    def minutes_since(self, earlier: "Moment") -> int:
        """Minutes that really passed since `earlier`."""
        return self.utc_minute - earlier.utc_minute


def in_utc(at: datetime) -> datetime:
    """An aware time in UTC. Raises ValueError for one without a zone: nobody knows when it was."""
    if at.tzinfo is None:
        raise ValueError("This time has no zone.")
    return at.astimezone(UTC)


def uk_time(at: datetime) -> datetime:
    """A time that was kept, as UK clocks show it. Raises ValueError for one without a zone."""
    return in_utc(at).astimezone(_london())


def stored_text(at: datetime) -> str:
    """A time as text is kept and digests are made: `2025-07-04T13:31:07`, in UTC.

    Raises ValueError for one without a zone.
    """
    return in_utc(at).replace(tzinfo=None).isoformat()


def from_stored_text(text: str) -> datetime:
    """The time that `stored_text` wrote. Raises ValueError."""
    moment = datetime.fromisoformat(text)
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError as error:  # at the ends of the calendar
        raise ValueError("This time is none.") from error


def happens_twice(day: date, minute: int) -> bool:
    """Whether a UK clock shows this minute twice on this day (the October night)."""
    first, second = Moment.at(day, minute), Moment.at(day, minute, fold=1)
    return second.utc_minute > first.utc_minute


def is_skipped(day: date, minute: int) -> bool:
    """Whether a UK clock never shows this minute on this day (the March night)."""
    return Moment.at(day, minute, fold=1).utc_minute < Moment.at(day, minute).utc_minute


def following(previous: Moment, minute: int) -> Moment:
    """The first time after `previous` (or at it) that a UK clock shows `minute`.

    A time of day before the previous one belongs to the next day, unless the same day shows
    it a second time (the October night). After a time that no clock showed (the March night)
    the watch it was read from goes on showing the time before the change.
    """
    today = previous.day
    if minute >= previous.minute and _is_of_a_watch_not_put_forward(previous):
        return Moment(previous.utc_minute + minute - previous.minute, previous.offset)
    for candidate in (Moment.at(today, minute), Moment.at(today, minute, fold=1)):
        if candidate.utc_minute >= previous.utc_minute:
            return candidate
    return Moment.at(today + timedelta(days=1), minute)


def _is_of_a_watch_not_put_forward(moment: Moment) -> bool:
    if moment.weekday != 6:  # clocks change on Sundays
        return False
    day, minute = moment.day, moment.minute
    shown = (Moment.at(day, minute), Moment.at(day, minute, fold=1))
    return is_skipped(day, minute) or moment not in shown
