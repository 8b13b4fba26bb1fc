"""Meetings of the team and of the region: who came, what was said, who does what until when."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import BadInputError
from visitapp.domain.text.wording import long_date

LONGEST_MINUTES = 24 * 60


class MeetingKind(StrEnum):
    """Files keep the values: never to be changed."""

    TEAM = "team"
    REGIONAL = "regional"

    @property
    def label(self) -> str:
        """`Team meeting`."""
        return {MeetingKind.TEAM: "Team meeting", MeetingKind.REGIONAL: "Regional meeting"}[self]


class MeetingMode(StrEnum):
    """How people met. A meeting that was called off counts for nobody. Files keep the values."""

    IN_PERSON = "in_person"
    ONLINE = "online"
    HYBRID = "hybrid"
    CALLED_OFF = "called_off"

    @property
    def label(self) -> str:
        """`In person and online`."""
        return _MODES[self]


_MODES = {
    MeetingMode.IN_PERSON: "In person",
    MeetingMode.ONLINE: "Online",
    MeetingMode.HYBRID: "In person and online",
    MeetingMode.CALLED_OFF: "Called off",
}


@dataclass(frozen=True, slots=True)
class MeetingAction:
    """What was agreed, who does it, until when, and the day it was done."""

    what: str
    owner: str = ""
    due_on: date | None = None
    done_on: date | None = None

    def is_overdue(self, day: date) -> bool:
        """Whether it should have been done before this day."""
        return self.done_on is None and self.due_on is not None and self.due_on < day


@dataclass(frozen=True, slots=True)
class MeetingEdition:
    """The minutes and actions of a meeting as somebody saved them. In a file of an older version of
    the program it isn't known who saved the first, and when."""

    record: str
    actions: tuple[MeetingAction, ...]
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting. `length` in minutes, None if not known. `present` and `apologies` are people of
    the register, `guests` others who came (the force's inspector). `topics` are items of the agenda
    besides those that follow from the records, one a line; `record` is what was said."""

    id: UUID
    kind: MeetingKind
    held_on: date
    mode: MeetingMode = MeetingMode.HYBRID
    length: int | None = None
    place: str = ""
    chair: str = ""
    guests: str = ""
    topics: str = ""
    record: str = ""
    present: frozenset[UUID] = frozenset()
    apologies: frozenset[UUID] = frozenset()
    actions: tuple[MeetingAction, ...] = ()
    version: int = 0

    def __post_init__(self) -> None:
        if self.length is not None and not 0 < self.length <= LONGEST_MINUTES:
            raise BadInputError("Enter how long the meeting was in minutes, up to 24 hours.")
        if self.present & self.apologies:
            raise BadInputError("Somebody who came can’t have sent apologies too.")

    @property
    def counts(self) -> bool:
        """Whether it took place, or is to."""
        return self.mode is not MeetingMode.CALLED_OFF

    @property
    def title(self) -> str:
        """`Team meeting, 13 December 2023`."""
        return f"{self.kind.label}, {long_date(self.held_on)}"


def last_before(meetings: Sequence[Meeting], kind: MeetingKind, day: date) -> Meeting | None:
    """The latest meeting of a kind before a day."""
    earlier = [m for m in meetings if m.counts and m.kind is kind and m.held_on < day]
    return max(earlier, key=lambda meeting: meeting.held_on, default=None)


def open_actions(
    meetings: Iterable[Meeting], day: date
) -> tuple[tuple[Meeting, MeetingAction], ...]:
    """What was agreed at meetings before a day and wasn't done by then, the first due first."""
    waiting = (
        (meeting, action)
        for meeting in meetings
        if meeting.counts and meeting.held_on < day
        for action in meeting.actions
        if action.done_on is None or action.done_on >= day
    )
    return tuple(sorted(waiting, key=lambda pair: (pair[1].due_on or date.max, pair[0].held_on)))
