"""The lists of pages as sheets: with days, numbers and the keys of what a row belongs to.

Of a plan a sheet says what is shown of it without a day or time, whether those are shown at the
moment or not: files and the clipboard are read by other programs.
"""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.office.meeting import Meeting
from visitapp.domain.plan.notice import NoticeLine
from visitapp.domain.plan.planned import PlannedStanding, PlanSheet
from visitapp.domain.records.list_sheet import ListSheet
from visitapp.domain.text.wording import joined
from visitapp.domain.year.findings import QuestionFigures
from visitapp.domain.year.missing import Missing

_STATES = {
    PlannedStanding.VISITED: "Visited",
    PlannedStanding.MISSED: "No report",
    PlannedStanding.STOOD_DOWN: "Not needed",
}


def issue_list(lines: Iterable[IssueLine]) -> ListSheet:
    """Issues, each with the reference of its visit; none for one that the office opened."""
    return ListSheet(
        "Issues",
        (
            *("Visit", "Issue", "Site", "Category", "Severity", "Description", "Raised"),
            *("Days open", "Days allowed", "State", "Closed"),
        ),
        tuple(
            (
                line.ref,
                line.title,
                line.site_name,
                line.category,
                line.issue.severity,
                line.issue.description,
                line.raised_on,
                None if line.is_positive else line.days,
                None if line.is_positive else line.limit,
                line.status,
                line.issue.closed_on,
            )
            for line in lines
        ),
    )


def meeting_list(meetings: Iterable[Meeting], names: Mapping[UUID, str]) -> ListSheet:
    """Meetings, and who came."""

    def people(ids: Iterable[UUID]) -> str:
        return joined(sorted(names.get(person, "") for person in ids))

    return ListSheet(
        "Meetings",
        (
            *("Meeting", "Date", "Kind", "How", "Minutes", "Place", "Chair", "Came", "Apologies"),
            *("Guests", "Actions", "Actions to do"),
        ),
        tuple(
            (
                item.title,
                item.held_on,
                item.kind.label,
                item.mode.label,
                item.length,
                item.place,
                item.chair,
                people(item.present),
                people(item.apologies),
                item.guests,
                len(item.actions),
                sum(action.done_on is None for action in item.actions),
            )
            for item in meetings
        ),
    )


def action_list(meetings: Iterable[Meeting]) -> ListSheet:
    """What was agreed, each with its meeting."""
    return ListSheet(
        "Actions",
        ("Meeting", "Date of meeting", "Action", "Who", "Until", "Done"),
        tuple(
            (item.title, item.held_on, action.what, action.owner, action.due_on, action.done_on)
            for item in meetings
            for action in item.actions
        ),
    )


def missing_list(items: Iterable[Missing]) -> ListSheet:
    """What is missing of a period, with the reference and the day of the visit."""
    return ListSheet(
        "What is missing",
        ("Visit", "Date", "Where", "What is missing"),
        tuple((item.ref, item.on, item.about, item.sentence) for item in items),
    )


def findings_list(findings: Iterable[QuestionFigures]) -> ListSheet:
    """What answers add up to, by question."""
    return ListSheet(
        "Findings",
        ("Question", "Section", "Asked", "Answered", "Not checked", "Concerns"),
        tuple(
            (
                figures.ask,
                figures.section,
                figures.asked,
                figures.answered,
                figures.not_checked,
                figures.concerns if any(item.is_concern for item in figures.answers) else None,
            )
            for figures in findings
        ),
    )


def given_list(lines: Iterable[NoticeLine]) -> ListSheet:
    """Who was given which visit."""
    return ListSheet(
        "Who was given what",
        ("Visitor", "From", "Until", "Site", "With", "State", "Given"),
        tuple(
            (
                line.visitor,
                line.span.start,
                line.span.end,
                line.site_name,
                line.partner,
                line.standing_words,
                line.given_words,
            )
            for line in lines
        ),
    )


def plan_list(sheet: PlanSheet) -> ListSheet:
    """Planned visits by week and site; within these by name, since an order could be that of their
    days."""
    rows = [
        (
            row.span.start,
            row.span.end,
            site.name,
            *_pair([sheet.names.get(person, "") for person in row.pair]),
            _STATES.get(row.standing, "Planned"),
            row.visited_on,
        )
        for site in sheet.sites
        for row in sheet.of(site.id)
    ]
    return ListSheet(
        "Plan",
        ("From", "Until", "Site", "Visitor", "Other visitor", "State", "Visited on"),
        tuple(sorted(rows, key=lambda row: row[:5])),
    )


def _pair(names: Sequence[str]) -> tuple[str, str]:
    first, second, *_ = (*sorted(names), "", "")
    return first, second
