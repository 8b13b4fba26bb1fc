"""What the papers for a meeting show: what happened since the last one, and what is to be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.office.expiry import Expiry
from visitapp.domain.office.meeting import Meeting, MeetingAction
from visitapp.domain.office.record_review import Recommendation, RecordReview
from visitapp.domain.office.scheme import Office
from visitapp.domain.period import Period
from visitapp.domain.year.below_minimum import DoneOfMinimum
from visitapp.domain.year.quarterly_update import QuarterlyUpdate


@dataclass(frozen=True, slots=True)
class Delay:
    """A visit whose visitors waited longer than the scheme's limit; the wait in minutes."""

    day: date
    site_name: str
    wait: int
    reason: str
    explanation: str


@dataclass(frozen=True, slots=True)
class MeetingPack:
    """The papers on a period for a meeting, if one is entered. `before` is the meeting of its kind
    before it; `as_at` is today, or the last day if that is over; `updates` are the reporting years'
    parts of the period; `actions` were agreed earlier and weren't done before the meeting. `limit`:
    how many minutes visitors may wait, None if the schemes' limits differ. Of what runs out soon
    only training is named (`training`): the rest, which is between a volunteer and the office, is
    a number. `names` are those of people by id; `more_issues` are open and not listed. `reviews`
    of custody records are those that ended in the period, and earlier ones with a recommendation
    that had no reply on the day. `of_minimum`: what volunteers did in the twelve months to the day
    of what is asked of them; the papers have how many, not who."""

    office: Office
    period: Period
    as_at: date
    today: date
    meeting: Meeting | None
    before: Meeting | None
    next_on: date | None
    updates: tuple[QuarterlyUpdate, ...]
    actions: tuple[tuple[Meeting, MeetingAction], ...]
    delays: tuple[Delay, ...]
    limit: int | None
    open_issues: tuple[IssueLine, ...]
    training: tuple[Expiry, ...]
    runs_out: int
    names: Mapping[UUID, str]
    more_issues: int = 0
    reviews: tuple[RecordReview, ...] = ()
    of_minimum: tuple[DoneOfMinimum, ...] = ()

    @property
    def day(self) -> date:
        """The day on which actions are looked at: that of the meeting, once it is held."""
        return min(self.today, self.as_at if self.meeting is None else self.meeting.held_on)

    @property
    def waiting(self) -> tuple[tuple[RecordReview, Recommendation], ...]:
        """The recommendations without a reply on the day."""
        return tuple(
            (item, advice) for item in self.reviews for advice in item.unanswered(self.day)
        )


def days_since(before: Meeting | None, meeting_on: date, quarter: Period) -> Period:
    """The days that the papers for a meeting cover: from the one before it to the day before it;
    without one before, from the first day of the quarter."""
    start = quarter.start if before is None else before.held_on
    last = date.fromordinal(meeting_on.toordinal() - 1)
    return Period(min(start, last), last)
