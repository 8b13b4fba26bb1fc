"""What happens to an issue after its report: referred, answered by the force, verified, closed.

An issue is never closed without the force's response or a stated reason. Rules depend on the group
of a status (`open` or `closed`); the codes named here are the ones steps are recorded with.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from visitapp.domain.office.codes import CodeBook
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import KeptWords
from visitapp.domain.text.wording import short_date

RAISED, REFERRED, RESPONSE = "RAISED", "REFERRED", "RESPONSE"
VERIFIED, CLOSED, NO_ACTION = "VERIFIED", "CLOSED", "NFA"
STEPS = (REFERRED, RESPONSE, VERIFIED, CLOSED, NO_ACTION)
"""The steps that can be recorded here. Anything else is part of the report."""
_CLOSING = (VERIFIED, CLOSED, NO_ACTION)
WITHOUT = "CLOSED_WITHOUT"
"""Closed for a stated reason, without a response of the force; recorded as `CLOSED`."""
LONGEST_SAID_BY = 200


@dataclass(frozen=True, slots=True)
class NewStep:
    """A step to record. `said_by` is the role (never the name) of whoever it was referred to, or of
    whoever answered. `kept` are words that the privacy guard flagged and the writer kept, with the
    reason."""

    status: str
    on: date
    words: str = ""
    said_by: str = ""
    kept: tuple[KeptWords, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step that was recorded, at a UTC time."""

    status: str
    on: date
    words: str
    said_by: str
    entered_at: datetime
    entered_by: str
    kept: tuple[KeptWords, ...] = ()


def is_answered(steps: Sequence[Step]) -> bool:
    """Whether the force has answered, since it was reopened if it was."""
    return any(step.status == RESPONSE for step in since_reopened(steps))


def since_reopened(steps: Sequence[Step]) -> Sequence[Step]:
    """The steps from the last one that took a closed issue up again; all if none did."""
    return next(
        (
            steps[at:]
            for at in range(len(steps) - 1, 0, -1)
            if steps[at].status == REFERRED and steps[at - 1].status in _CLOSING
        ),
        steps,
    )


def latest_answer(steps: Sequence[Step]) -> str:
    """What the force last said or did; empty without an answer."""
    return next((step.words.strip() for step in reversed(steps) if step.status == RESPONSE), "")


def answered_on(steps: Sequence[Step]) -> date | None:
    """The day of the force's first answer; None without any."""
    return min((step.on for step in steps if step.status == RESPONSE), default=None)


def possible_outcomes(steps: Sequence[Step], *, is_open: bool) -> tuple[str, ...]:
    """What can be recorded next for a concern, the most usual first."""
    if not is_open:
        return (REFERRED, CLOSED)
    without = () if is_answered(steps) else (WITHOUT,)
    return (RESPONSE, VERIFIED, CLOSED, *without, NO_ACTION, REFERRED)


def steps_to_record(
    outcome: NewStep, steps: Sequence[Step], *, is_open: bool
) -> tuple[NewStep, ...]:
    """The steps that record an outcome; its status must be one of `possible_outcomes`. Words that
    close an open issue are the force's response, so that is recorded as a step first."""
    if outcome.status == WITHOUT:
        return (replace(outcome, status=CLOSED),)
    ends = outcome.status in (VERIFIED, CLOSED) and bool(outcome.words.strip())
    if ends and is_open and not is_answered(steps):
        return (replace(outcome, status=RESPONSE), NewStep(outcome.status, outcome.on))
    return (outcome,)


def is_reminder(steps: Sequence[Step], at: int) -> bool:
    """Whether a step is the second referral in a row, or a further one."""
    return at > 0 and steps[at - 1].status == steps[at].status == REFERRED


def title_of_step(steps: Sequence[Step], at: int) -> str:
    """`Referred`, `Reminder`, `The force replied`."""
    status = steps[at].status
    if status == REFERRED:
        return "Reminder" if is_reminder(steps, at) else "Referred"
    titles = {
        RESPONSE: "The force replied",
        VERIFIED: "Verified",
        CLOSED: "Closed",
        NO_ACTION: "No further action",
    }
    return titles.get(status, status.capitalize())


def refusal(
    issue: Issue, steps: Sequence[Step], new: NewStep, book: CodeBook, raised_on: date, today: date
) -> str:
    """Why a step can't be recorded, as a sentence; empty if it can."""
    if book.group("issue_category", issue.category) == "positive":
        return "A good finding needs no steps; it is thanked for in the report."
    if new.status not in STEPS or not book.has("issue_status", new.status):
        return "Choose what happened from the list."
    if new.on < raised_on:
        return f"This is earlier than the day the issue was raised, {short_date(raised_on)}."
    if new.on > today:
        return "This day is in the future."
    return _missing_words(steps, new, is_open(issue, book))


def _missing_words(steps: Sequence[Step], new: NewStep, was_open: bool) -> str:
    if new.words.strip():
        return ""
    if new.status == RESPONSE:
        return "Write what the force said or did."
    if new.status == NO_ACTION:
        return "Explain why nothing more will be done. The visitors who raised it will read this."
    if new.status == REFERRED and not was_open:
        return "Explain why you are reopening it."
    if new.status in (VERIFIED, CLOSED) and not is_answered(steps):
        return "Record the force’s response, or explain why you are closing this without one."
    return ""


def is_open(issue: Issue, book: CodeBook) -> bool:
    """Whether somebody still has to deal with a concern."""
    return not issue.resolved_during_visit and book.group("issue_status", issue.status) == "open"


def closing_day(issue: Issue, new: NewStep, book: CodeBook) -> date | None:
    """The day on which the issue counts as closed after a step; an earlier closing day stays."""
    if book.group("issue_status", new.status) == "open":
        return None
    if book.group("issue_status", issue.status) == "closed" and issue.closed_on is not None:
        return issue.closed_on
    return new.on


def response_or_reason(steps: Sequence[Step]) -> str:
    """What the force did, for `You said, we did`: its latest response, or why the issue was closed.
    What the office wrote when it referred the issue is neither, and not for publication."""
    reasons = [s.words.strip() for s in steps if s.words.strip() and s.status != REFERRED]
    return latest_answer(steps) or (reasons or [""])[-1]
