"""Issues as the police are given them: the log for a meeting, and letters about some of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine, days_words
from visitapp.domain.following.issue_steps import (
    REFERRED,
    VERIFIED,
    Step,
    answered_on,
    since_reopened,
)
from visitapp.domain.period import Period
from visitapp.domain.text.wording import short_date


@dataclass(frozen=True, slots=True)
class LoggedIssue:
    """An issue with its dates. `words` and `response` have no custody number. `due_on` is the day
    by which the force should answer; `response` its latest answer. Of an issue that was reopened,
    `answered_on` and `verified_on` are days since then."""

    line: IssueLine
    words: str
    severity: str
    due_on: date
    referred_on: date | None
    answered_on: date | None
    verified_on: date | None
    closed_on: date | None
    response: str

    @property
    def state(self) -> str:
        """`Referred, 15 days over`, `Closed`, `Put right during the visit`."""
        line = self.line
        if line.issue.resolved_during_visit:
            return "Put right during the visit"
        if not line.is_open:
            return line.status
        if line.is_overdue:
            return f"{line.status}, {days_words(line.days_over)} over"
        return f"{line.status}, due {short_date(self.due_on)}"

    @property
    def kind(self) -> str:
        """Its category, and whether no visitor raised it: `Equipment, opened by the office`."""
        line = self.line
        return (
            line.category if line.visit_id is not None else f"{line.category}, opened by the office"
        )

    @property
    def waits(self) -> bool:
        """Whether the force still has to answer."""
        return self.line.is_open and self.answered_on is None


def logged(
    line: IssueLine, words: str, severity: str, steps: tuple[Step, ...], response: str
) -> LoggedIssue:
    """An issue with what happened to it."""
    since = since_reopened(steps)
    return LoggedIssue(
        line=line,
        words=words,
        severity=severity,
        due_on=line.raised_on + timedelta(days=line.limit),
        referred_on=_first(steps, REFERRED),
        answered_on=answered_on(since),
        verified_on=_first(since, VERIFIED),
        closed_on=None if line.is_open else line.issue.closed_on or line.raised_on,
        response=response,
    )


def _first(steps: Sequence[Step], status: str) -> date | None:
    return min((step.on for step in steps if step.status == status), default=None)


@dataclass(frozen=True, slots=True)
class IssueLog:
    """Issues of some sites: those still open, oldest first, and those raised or closed from `first`
    to `last` that aren't. `made_up` says that records are invented."""

    office: str
    first: date
    last: date
    as_at: date
    open_issues: tuple[LoggedIssue, ...]
    closed: tuple[LoggedIssue, ...]
    made_up: str = ""
    quarters: tuple[tuple[date, str], ...] = ()
    """The last days of the quarters in the period, with their names."""
    site_names: tuple[str, ...] = ()
    """The sites, if it isn't of all."""
    scheme_names: tuple[tuple[UUID, str], ...] = ()
    """The schemes, if there are several."""

    @property
    def raised_at_visits(self) -> tuple[LoggedIssue, ...]:
        """Open or not, those that visitors raised from `first` to `last`, by day."""
        mine = [
            issue
            for issue in (*self.open_issues, *self.closed)
            if issue.line.raised_on >= self.first and issue.line.visit_id is not None
        ]
        return tuple(sorted(mine, key=lambda issue: (issue.line.raised_on, issue.line.site_name)))


@dataclass(frozen=True, slots=True)
class LetterAbout:
    """Which issues a letter is about: those of the report with the reference `ref`, or those of a
    scheme from visits in a `period` at some sites (all if empty). A reminder is about those whose
    answer is overdue, whenever they were raised."""

    ref: str = ""
    scheme_id: UUID | None = None
    period: Period | None = None
    site_ids: tuple[UUID, ...] = ()
    is_reminder: bool = False


@dataclass(frozen=True, slots=True)
class IssueLetter:
    """A letter to whoever answers for a scheme at the force, a role. `about` says in words which
    visit or days. `to_answer` wait for an answer; a `reminder` has only these, all overdue.
    `put_right` were put right during the visit."""

    office: str
    scheme: str
    to: str
    about: str
    as_at: date
    to_answer: tuple[LoggedIssue, ...]
    put_right: tuple[LoggedIssue, ...] = ()
    is_reminder: bool = False
    made_up: str = ""

    @property
    def is_of_visitors(self) -> bool:
        """Whether visitors raised all of them."""
        return all(issue.line.visit_id is not None for issue in self.to_answer)
