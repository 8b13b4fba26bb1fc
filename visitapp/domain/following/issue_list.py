"""The list of all issues: one line for each."""

import re
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from visitapp.domain.following.issue_query import IssueStanding
from visitapp.domain.following.issue_steps import Step
from visitapp.domain.moment import Moment
from visitapp.domain.report.issue import Issue
from visitapp.domain.text.wording import capitalised, number_of

LONGEST_TITLE = 60
_FIRST_WORDS = re.compile(r"[^.;:!?\n]+")


@dataclass(frozen=True, slots=True)
class IssueLine:
    """One issue with its labels. `visit_id` is None, and `ref` empty, for one that the office
    opened without a visit. `limit` is how many days the scheme allows it to stay open: none for an
    allegation. `today` is the day the list was made."""

    issue: Issue
    visit_id: UUID | None
    ref: str
    scheme_id: UUID
    site_id: UUID
    site_name: str
    raised: Moment
    category: str
    status: str
    is_open: bool
    is_positive: bool
    limit: int
    today: date

    @property
    def title(self) -> str:
        """Its first words, or its category if nothing was written."""
        return title_of(self.issue.description) or self.category

    @property
    def title_with_origin(self) -> str:
        """The title, which says so if no visitor raised it: figures don't count such an issue."""
        return self.title if self.visit_id else f"{self.title} (opened by the office)"

    @property
    def raised_on(self) -> date:
        """The day of its visit."""
        return self.raised.day

    @property
    def days(self) -> int:
        """Days it has been open, or was open until it was closed."""
        end = self.today if self.is_open else self.issue.closed_on or self.raised_on
        return max(0, (end - self.raised_on).days)

    @property
    def days_over(self) -> int:
        """Days beyond the limit; negative while there is time left."""
        return self.days - self.limit

    @property
    def is_overdue(self) -> bool:
        """Whether it has been open longer than the scheme allows."""
        return self.is_open and self.days_over > 0

    @property
    def is_at_once(self) -> bool:
        """Whether it is an allegation, which is due at once."""
        return self.limit == 0

    @property
    def days_text(self) -> str:
        """`29 days, 15 over` or `12 days, 2 left`; once closed, `after 6 days`; for an allegation
        `3 days, due at once`."""
        if not self.is_open:
            return f"after {days_words(self.days)}" if self.days else "the same day"
        if self.is_at_once:
            return f"{days_words(self.days)}, due at once"
        if self.is_overdue:
            return f"{days_words(self.days)}, {self.days_over} over"
        return f"{days_words(self.days)}, {-self.days_over} left"


@dataclass(frozen=True, slots=True)
class IssuePage:
    """Some lines, the total number, and the number in each standing for the same filters. `overdue`
    counts open issues past their limit."""

    lines: tuple[IssueLine, ...]
    total: int
    numbers: dict[IssueStanding, int] = field(hash=False)
    overdue: int


@dataclass(frozen=True, slots=True)
class IssueFile:
    """Everything known about one issue. `raised_by` are the visitors' names."""

    line: IssueLine
    steps: tuple[Step, ...]
    raised_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """`You said, we did`: what visitors raised and what the force did about it."""

    line: IssueLine
    raised: str
    done: str


def title_of(description: str) -> str:
    """The first clause of a description, cut between words."""
    clause = _FIRST_WORDS.search(description)
    words = _one_line(clause.group()) if clause else ""
    if len(words) <= LONGEST_TITLE:
        return words
    return f"{words[:LONGEST_TITLE].rsplit(' ', 1)[0].rstrip(',')}\u2026"


def after_title(description: str) -> str:
    """What was written beyond the title; all of it, if the title had to be shortened."""
    clause = _FIRST_WORDS.search(description)
    if clause is None or len(_one_line(clause.group())) > LONGEST_TITLE:
        return _one_line(description)
    return capitalised(_one_line(description[clause.end() :]).lstrip(" ;:.!?"))


def _one_line(words: str) -> str:
    return " ".join(words.split())


def days_words(number: int) -> str:
    """`1 day`, `2 days`."""
    return number_of(number, "day")
