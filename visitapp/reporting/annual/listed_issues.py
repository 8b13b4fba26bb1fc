"""The list of issues that the force had to answer: a table of them, and the answers."""

from visitapp.domain.text.wording import count_text, counted, month_name, plural
from visitapp.domain.year.listed_issue import IssueList, ListedIssue
from visitapp.domain.year.summary import SchemeFigures
from visitapp.reporting.annual.author import Author
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Heading,
    ListItem,
    Paragraph,
    Run,
    Table,
    text,
)


def listed_blocks(author: Author, figures: SchemeFigures) -> list[Block]:
    """Empty if every issue was put right during the visit."""
    listed = author.summary.issues.get(figures.scheme.kind, IssueList())
    if not listed.issues:
        return []
    columns = (
        Column("Raised", "left", 1.75),
        Column("Site", "left", 1.7),
        Column("Category", "left", 2.4),
        Column("Severity", "left", 1.6),
        Column("Raised by", "left", 1.5),
        Column("Days to answer", "right", 1),
        Column("Outcome", "left", 1.15),
    )
    blocks: list[Block] = [
        Table(
            author.number(),
            "Issues not put right during the visit",
            columns,
            tuple(_row(issue) for issue in listed.issues),
        ),
        Paragraph(text(_note(listed)), "note"),
    ]
    answers = [ListItem(_answer(issue)) for issue in listed.issues if issue.answer]
    if answers:
        blocks.append(Heading("What was done about them", wide=True))
        blocks.append(BulletList(tuple(answers), wide=True))
    return blocks


def _row(issue: ListedIssue) -> tuple[str, ...]:
    return (
        _month(issue),
        issue.site_name,
        issue.category,
        issue.severity,
        issue.origin,
        _days(issue),
        issue.outcome,
    )


def _days(issue: ListedIssue) -> str:
    if issue.days is None:
        return "none yet" if issue.is_open else "no answer"
    return count_text(issue.days)


def _note(listed: IssueList) -> str:
    note = (
        "Days to answer are counted from the visit until the force\u2019s first answer. "
        "Allegations are not listed."
    )
    if listed.more:
        others = f"{counted(listed.more, 'other')} {plural(listed.more, 'is', 'are')}"
        note += f" The most serious issues are listed; {others} not."
    return note


def _answer(issue: ListedIssue) -> tuple[Run, ...]:
    about = f"{issue.category}, {issue.site_name}, {_month(issue)}: "
    return (Run(about, bold=True), Run(issue.answer))


def _month(issue: ListedIssue) -> str:
    """The month alone: a day could say whom an issue was about."""
    return f"{month_name(issue.raised_on)} {issue.raised_on.year}"
