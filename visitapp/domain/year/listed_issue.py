"""An issue as the annual report lists it: coded values and the force's answer, never what the
visitors wrote."""

from dataclasses import dataclass
from datetime import date

LISTED_MOST = 60
"""How many issues of a scheme the report lists, the most serious first."""


@dataclass(frozen=True, slots=True)
class ListedIssue:
    """A concern that was not put right during the visit. `days` from the visit until the force's
    first answer; None without any. `answer`: what the force did about it, or why it was closed."""

    raised_on: date
    site_name: str
    category: str
    severity: str
    origin: str
    outcome: str
    is_open: bool
    days: int | None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class IssueList:
    """The issues listed, and how many more there are."""

    issues: tuple[ListedIssue, ...] = ()
    more: int = 0
