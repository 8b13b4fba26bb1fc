"""Backups: which automatic ones are kept, and the state of the latest."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path

from visitapp.domain.dataclass import dataclass
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import plural

DAYS, WEEKS, MONTHS = 7, 5, 12
"""For how many days, weeks and months with a backup the last one is kept."""

_NAMED = 4
"""How many folders of backups a sentence names."""


class BackupKind(StrEnum):
    """How a backup came to be."""

    BY_HAND = "by_hand"
    AUTOMATIC = "automatic"
    BEGUN = "begun"
    """An automatic one that isn't verified yet, as the backup file says of itself."""


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A verified backup. `contents` is the digest of all its rows; empty if an earlier version of
    the program made it."""

    at: datetime
    by: str
    target: Path
    kind: BackupKind
    contents: str

    @property
    def name(self) -> str:
        """What the file is called."""
        return self.target.name


class BackupPlace(StrEnum):
    """Where a backup is, relative to the records."""

    UNKNOWN = "not looked at"
    SAME_DISK = "on this same disk"
    OTHER_DISK = "on another disk"
    OUT_OF_REACH = "can’t be reached now"


@dataclass(frozen=True, slots=True)
class BackupState:
    """The state of the latest verified backup. `problem` says in a sentence why the latest
    automatic one failed."""

    last: BackupMade | None = None
    place: BackupPlace = BackupPlace.UNKNOWN
    problem: str = ""

    def sentence(self, now: datetime) -> str:
        """In full, with what to do about it."""
        if self.last is None:
            return "No backup has been saved yet."
        where = "" if self.place is BackupPlace.UNKNOWN else f", {self.place.value}"
        words = f"Last verified backup: {how_long_ago(self.last.at, now)}{where}."
        return words + _ADVICE.get(self.place, "")

    def short(self, now: datetime) -> str:
        """In few words: `Backup 3 days ago`."""
        return "No backup yet" if self.last is None else f"Backup {days_ago(self.last.at, now)}"


_ADVICE = {
    BackupPlace.SAME_DISK: " A second place is safer.",
    BackupPlace.OUT_OF_REACH: " Connect its disk, or choose another folder.",
}


def days_ago(at: datetime, now: datetime) -> str:
    """`today`, `yesterday`, `3 days ago`, by UK days."""
    days = _days_between(at, now)
    return {0: "today", 1: "yesterday"}.get(days, f"{days:,} days ago")


def _days_between(at: datetime, now: datetime) -> int:
    """UK days from one to the other; 0 if the clock has been put back since."""
    return max((uk_time(now).date() - uk_time(at).date()).days, 0)


def how_long_ago(at: datetime, now: datetime) -> str:
    """`days_ago`, with the time of day if it was today or yesterday."""
    day = days_ago(at, now)
    return day if _days_between(at, now) > 1 else f"{day} at {uk_time(at):%H:%M}"


def backups_to_keep(moments: Iterable[datetime]) -> set[datetime]:
    """Which backups to keep, by their times (grandfather, father, son): the last of each of the
    newest days, weeks and months that have one.

    Days without a backup don't count, so none is removed merely because time passes.
    """
    newest_first = sorted(moments, reverse=True)
    worth_keeping: set[datetime] = set()
    for most, of in ((DAYS, _day), (WEEKS, _week), (MONTHS, _month)):
        worth_keeping |= set(_last_of_each(newest_first, of)[:most])
    return worth_keeping


def _last_of_each(
    newest_first: Iterable[datetime], of: Callable[[date], tuple[int, ...]]
) -> list[datetime]:
    last: dict[tuple[int, ...], datetime] = {}
    for moment in newest_first:
        last.setdefault(of(uk_time(moment).date()), moment)
    return list(last.values())


def _day(day: date) -> tuple[int, ...]:
    return (day.toordinal(),)


def _week(day: date) -> tuple[int, ...]:
    return tuple(day.isocalendar()[:2])


def _month(day: date) -> tuple[int, ...]:
    return day.year, day.month


def old_backups_words(folders: Sequence[Path]) -> str:
    """Where the backups are that the old keys still open; empty if there are none."""
    if not folders:
        return ""
    named = ", ".join(str(folder) for folder in folders[:_NAMED])
    more = len(folders) - _NAMED
    rest = f", and {more} other {plural(more, 'folder')}" if more > 0 else ""
    return f"Backups of these records were saved in: {named}{rest}."
