"""Issues with what was done about them, as rows of a table."""

from collections.abc import Iterable

from visitapp.domain.text.wording import number_of
from visitapp.domain.year.quarterly_update import RaisedIssue
from visitapp.reporting.blocks import Column, Table


def issue_table(
    number: int,
    caption: str,
    issues: Iterable[RaisedIssue],
    raised: str = "You said",
    done: str = "What was done",
) -> Table:
    """A row for each issue; `raised` and `done` head what was raised and what came of it."""
    columns = (
        Column(raised, "left", 2.3),
        Column("Where", "left", 1.2),
        Column(done, "left", 2.6),
        Column("State", "left", 1.6),
    )
    return Table(number, caption, columns, tuple(map(_row, issues)))


def _row(issue: RaisedIssue) -> tuple[str, ...]:
    days = number_of(issue.days, "day")
    if issue.is_open:
        state = f"Open for {days}" if issue.days else "Raised today"
    else:
        state = f"Closed after {days}" if issue.days else "Closed the same day"
    without = "No answer yet" if issue.is_open else "No answer"
    return issue.words, issue.site_name, issue.done or without, state
