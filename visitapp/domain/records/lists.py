"""The lists of pages as sheets: with days, numbers and the keys of what a row belongs to.

Of a plan a sheet says what is shown of it without a day or time, whether those are shown at the
moment or not: files and the clipboard are read by other programs.
"""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.moment import uk_time
from visitapp.domain.office.meeting import Meeting
from visitapp.domain.plan.notice import NoticeLine
from visitapp.domain.plan.planned import PlannedStanding, PlanSheet
from visitapp.domain.records.list_sheet import ListSheet, SheetCell
from visitapp.domain.text.wording import joined
from visitapp.domain.year.findings import QuestionFigures
from visitapp.domain.year.missing import Missing
from visitapp.domain.year.volunteer_hours import TimeKind, TimeLine, VolunteerHours

_TIME = (
    *("Volunteer", "Day", "What", "Minutes", "Miles", "Expenses", "Receipt", "To pay", "Claim"),
)
_YES_NO = {True: "Yes", False: "No"}
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


def hours_list(hours: Iterable[VolunteerHours]) -> ListSheet:
    """What volunteers gave, and what is paid to them in pounds."""
    return ListSheet(
        "Hours",
        (
            *("Volunteer", "Visits", "Meetings", "Minutes", "Not known", "Miles", "To pay"),
            *("Claims that wait", "Approved on", "Approved by"),
        ),
        tuple(
            (
                item.person.name,
                item.number_of(TimeKind.VISIT),
                item.number_of(TimeKind.MEETING),
                item.minutes,
                item.unknown,
                item.miles,
                _pounds(item.to_pay),
                item.waiting,
                *_approved(item),
            )
            for item in hours
        ),
    )


def _approved(item: VolunteerHours) -> tuple[SheetCell, SheetCell]:
    if item.approval is None or not item.is_approved:
        return None, None
    return uk_time(item.approval.at).date(), item.approval.by


def time_list(name: str, lines: Iterable[TimeLine]) -> ListSheet:
    """What a volunteer's hours come from, with their claims in pounds."""
    return ListSheet("Hours come from", _TIME, tuple(_time(name, line) for line in lines))


def claim_list(hours: Iterable[VolunteerHours]) -> ListSheet:
    """The claims of all volunteers."""
    rows = (_time(item.person.name, line) for item in hours for line in item.lines if line.claim)
    return ListSheet("Claims", _TIME, tuple(rows))


def _time(name: str, line: TimeLine) -> tuple[SheetCell, ...]:
    claim = line.claim
    if claim is None:
        return name, line.on, line.title, line.minutes, None, None, None, None, ""
    state = "Mistake" if claim.is_withdrawn else "Waits" if claim.waits else "Approved"
    return (
        *(name, line.on, line.title, line.minutes, claim.miles, _pounds(claim.pence)),
        *(_YES_NO[claim.has_receipt] if claim.pence else "", _pounds(claim.to_pay), state),
    )


def _pounds(pence: int) -> Decimal:
    return Decimal(pence) / 100


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
