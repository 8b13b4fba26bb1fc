"""A minute shown by a police station's clock, together with the same minute in UTC.

Visits are written down in local time, run past midnight, and happen on the nights when the clocks
change. A `Moment` keeps the minute in UTC and the offset in force, so that a wait is always a
simple difference and the local time can always be shown.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from visitapp.domain.dataclass import dataclass

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MINUTES_PER_DAY = 24 * 60


@lru_cache(maxsize=1)
def _london() -> ZoneInfo:
    return ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """One minute: `utc_minute` counts from 1970-01-01T00:00Z; `offset` is local time minus UTC in
    minutes."""

    utc_minute: int
    offset: int

    @classmethod
    def at(cls, day: date, minute: int, *, fold: int = 0) -> "Moment":
        """The moment at which a UK clock shows `minute` (0 to 1439) on `day`.

        In the hour that happens twice in October, `fold=0` is the first. In the hour that is
        skipped in March the time is kept as written, with the offset before the change.
        """
        local = datetime.combine(day, time(minute // 60, minute % 60), _london()).replace(fold=fold)
        offset = local.utcoffset()
        assert offset is not None
        offset_minutes = int(offset.total_seconds()) // 60
        wall = local.replace(tzinfo=UTC)
        return cls(int((wall - _EPOCH).total_seconds()) // 60 - offset_minutes, offset_minutes)

    @property
    def local(self) -> datetime:
        """Local date and time, without a time zone."""
        shown = _EPOCH + timedelta(minutes=self.utc_minute + self.offset)
        return shown.replace(tzinfo=None)

    @property
    def in_utc(self) -> datetime:
        """The same as an aware datetime in UTC."""
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
    """An aware datetime in UTC. Raises ValueError if it has no zone, since it could be any time."""
    if at.tzinfo is None:
        raise ValueError("This time has no zone.")
    return at.astimezone(UTC)


def uk_time(at: datetime) -> datetime:
    """A stored time as UK clocks show it. Raises ValueError if it has no zone."""
    return in_utc(at).astimezone(_london())


def stored_text(at: datetime) -> str:
    """A time as it is stored and hashed: `2025-07-04T13:31:07`, in UTC.

    Raises ValueError if it has no zone.
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
    """The first time at or after `previous` at which a UK clock shows `minute`.

    An earlier time of day belongs to the next day, unless the same day shows it a second time (the
    October night). If no clock showed the previous time (the March night), it was read from a watch
    that hadn't been put forward, and so is this one.
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
