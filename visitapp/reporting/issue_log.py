"""The issue log for the meeting with the force: what is open, and what was dealt with."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import count

from visitapp.domain.following.issue_log import IssueLog, LoggedIssue
from visitapp.domain.text.wording import (
    count_text,
    dates,
    joined,
    long_date,
    lowered,
    number,
    opening_number,
    out_of,
    plural,
    times,
)
from visitapp.domain.year.issue_themes import IssueTheme, ThemeOf, repeated_faults, themes
from visitapp.reporting.blocks import (
    Block,
    BulletList,
    Column,
    Document,
    ListItem,
    Masthead,
    Paragraph,
    Section,
    Table,
    text,
)

_RAISED = (Column("Raised", "left", 1.5), Column("Site", "left", 1.6))
_PRINTED = (*_RAISED, Column("Issue", "left", 3.5), Column("What was done", "left", 3.5))
_PUT_RIGHT = (*_RAISED, Column("Issue", "left", 7))
_AT_VISIT = "Put right during the visit"
_FULL = (
    Column("Visit", "left"),
    *(Column(head, "left") for head in ("Raised", "Site", "Category", "Severity", "Place")),
    *(Column(head, "left") for head in ("Issue", "State", "Referred", "Answer due", "Answered")),
    Column("Days open", "right"),
    *(Column(head, "left") for head in ("The force\u2019s response", "Verified", "Closed")),
)


def issue_log(log: IssueLog, *, every_column: bool = False) -> Document:
    """The document. With `every_column`, as on a spreadsheet, each date has one of its own."""
    title = "Issue log"
    sites = f"{joined(log.site_names)}, " if log.site_names else ""
    return Document(
        title=f"{title}, {sites}{dates(log.first, log.last)}",
        as_at=log.as_at,
        office=log.office,
        head_left=log.office,
        head_right=title,
        masthead=Masthead(
            office=log.office,
            marking="For the scheme and the force",
            title=title,
            subtitle=f"{sites}{dates(log.first, log.last)}, as of {long_date(log.as_at)}",
            notice=f"{log.made_up}." if log.made_up else "",
        ),
        subject="Issues at sites, and what was done about them",
        sections=tuple(_sections(log, every_column=every_column)),
    )


def _sections(log: IssueLog, *, every_column: bool) -> Iterator[Section]:
    """Open issues, those that were answered or closed, and those put right during the visit."""
    closed = tuple(issue for issue in log.closed if not issue.line.issue.resolved_during_visit)
    put_right = tuple(issue for issue in log.closed if issue.line.issue.resolved_during_visit)
    parts = (
        ("Open", _open_words(log), log.open_issues, _PRINTED),
        ("Closed", _number_words(closed, "closed"), closed, _PRINTED),
        (_AT_VISIT, _number_words(put_right, "put right"), put_right, _PUT_RIGHT),
    )
    numbers = count(1)
    for title, lead, issues, columns in parts:
        blocks: tuple[Block, ...] = (Paragraph(text(lead), "lead"),)
        if issues:
            row = _full_row if every_column else _printed_row
            rows = tuple(row(issue)[: None if every_column else len(columns)] for issue in issues)
            heads = _FULL if every_column else columns
            blocks += (Table(next(numbers), f"{title}, by the day they were raised", heads, rows),)
        yield Section(lowered(title).replace(" ", "-"), title, blocks)
    if log.raised_at_visits and not every_column:
        yield Section("themes", "Themes", tuple(_themes(log)))


def _themes(log: IssueLog) -> list[Block]:
    """What the visitors' issues of the period have in common; what may be chance is one
    sentence."""
    issues, schemes = log.raised_at_visits, dict(log.scheme_names)
    stand_out = [
        _theme_words(theme, schemes.get(theme.scheme_id, ""))
        for theme in themes(issues, log.quarters)
    ]
    again = [
        f"{fault.place}, {fault.site_name}: {lowered(fault.category)} came up "
        f"{times(fault.times)}, last on {long_date(fault.last)}."
        for fault in repeated_faults(issues)
    ]
    items = tuple(ListItem(text(words)) for words in (*stand_out, *again))
    other = "Other differences" if stand_out else "Differences"
    rest = f"{other} between sites and quarters may be chance."
    if not again:
        rest = f"{rest} No place came up twice."
    blocks: list[Block] = [BulletList(items, wide=True)] if items else []
    return [*blocks, Paragraph(text(rest))]


def _theme_words(theme: IssueTheme, scheme: str) -> str:
    """`scheme` is its name where there are several."""
    sites = "other sites of the scheme" if scheme else "other sites"
    rest = f"at {sites}" if theme.kind is ThemeOf.SITE else "in other quarters"
    here = f"at {theme.where}" if theme.kind is ThemeOf.SITE else f"from {theme.where}"
    category = f"{theme.category} ({scheme})" if scheme else theme.category
    return (
        f"{category}: {out_of(theme.part, theme.whole, 'issue')} {here}, "
        f"{out_of(theme.other_part, theme.other_whole)} {rest}. That is hardly chance."
    )


def _open_words(log: IssueLog) -> str:
    many = len(log.open_issues)
    if not many:
        return "No issue is open."
    overdue = sum(issue.line.is_overdue for issue in log.open_issues)
    late = f", {number(overdue)} past the limit" if overdue else ""
    return f"{opening_number(many)} {plural(many, 'issue is', 'issues are')} open{late}."


def _number_words(issues: Sequence[LoggedIssue], done: str) -> str:
    many = len(issues)
    return f"{opening_number(many)} {plural(many, 'issue was', 'issues were')} {done}."


def _printed_row(issue: LoggedIssue) -> tuple[str, ...]:
    line = issue.line
    words = issue.kind if issue.words == line.category else f"{issue.kind}. {issue.words}"
    done = f"{issue.state}. {issue.response}".strip()
    return (long_date(line.raised_on), line.site_name, words, done)


def _full_row(issue: LoggedIssue) -> tuple[str, ...]:
    line = issue.line
    return (
        line.ref or "Opened by the office",
        line.raised_on.isoformat(),
        line.site_name,
        line.category,
        issue.severity,
        line.issue.place,
        issue.words,
        issue.state,
        _iso(issue.referred_on),
        _iso(issue.due_on),
        _iso(issue.answered_on),
        count_text(line.days),
        issue.response,
        _iso(issue.verified_on),
        _iso(issue.closed_on),
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
