"""Documents on a period to check: the monthly page, the indicators and the evidence pack."""

from dataclasses import replace
from datetime import date

from tests.reporting import meeting_papers, published_year
from visitapp.domain.year.evidence import CourseTaken, EvidencePack, HeldByVolunteers
from visitapp.domain.year.indicators import own_publications
from visitapp.domain.year.listed_issue import IssueList, ListedIssue
from visitapp.domain.year.monthly_page import MonthlyPage, MonthOfScheme
from visitapp.domain.year.quarterly_update import QuarterlyUpdate, RaisedIssue
from visitapp.domain.year.summary import AnnualSummary
from visitapp.reporting.blocks import Document
from visitapp.reporting.indicators import indicators_document

_TAKEN = date(2023, 10, 11)


def month(update: QuarterlyUpdate) -> MonthlyPage:
    (scheme,) = update.schemes.values()
    before = (RaisedIssue("Hatch sticks", "Keyham Lane and Øst", "", True, 44),)
    figures = (MonthOfScheme(scheme.quarter, scheme.issues, before, 2),)
    return MonthlyPage(update.office, update.period, update.as_at, figures)


def _summary() -> AnnualSummary:
    listed = [
        ListedIssue(
            _TAKEN, "Østbridge", "Food and drink", "Needs action", "Detainee", "Closed", False,
            days, "Stock is counted at each handover",
        )
        for days in (3, 8, 13, 17)
    ]  # fmt: skip
    summary = published_year.published_year()
    (kind, *_) = summary.schemes
    return replace(summary, issues={kind: IssueList(tuple(listed))})


def indicators() -> Document:
    summary = _summary()
    listed = own_publications(summary, "One report is kept at the office alone.")
    return indicators_document(summary.office, summary.period, summary.period.end, listed)


def evidence() -> EvidencePack:
    summary = _summary()
    return EvidencePack(
        summary=summary,
        as_at=summary.period.end,
        volunteers=16,
        courses=(
            CourseTaken("Course: Mental health in custody", 12, _TAKEN, date(2023, 10, 25), 12),
            CourseTaken("E-learning: Safeguarding", 1, _TAKEN, _TAKEN, 9),
            CourseTaken("Course: Induction", 0, None, None, 16),
        ),
        held=(HeldByVolunteers("Vetting", 14), HeldByVolunteers("Identity card", 16)),
        meetings=(meeting_papers.before(), meeting_papers.meeting()),
    )
