"""A briefing for a visit: one page to take along, and the same on screen."""

from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.briefing import (
    LAST_VISITS,
    Briefing,
    OpenIssue,
    SiteBriefing,
    late_concerns,
    unchecked_of,
)
from visitapp.domain.following.issue_list import IssueLine
from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.issue_steps import latest_answer
from visitapp.domain.office.site import Site
from visitapp.domain.records.record_kind import RecordKind
from visitapp.domain.report.copies import Audience, Shortener, visit_for
from visitapp.domain.report.form import Form
from visitapp.domain.report.visit import Visit
from visitapp.domain.text.pasted import in_one_line
from visitapp.persistence import animals as stored_animals
from visitapp.persistence import given_back, office_issues, recent_visits, schemes, visits
from visitapp.persistence import issues as stored_issues
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.office.animals import coverage
from visitapp.services.reports.forms import form_of
from visitapp.services.reports.issues import recently_closed_query
from visitapp.services.reports.police_issues import shown_to_police, steps_of
from visitapp.services.roles import MANAGER, VISITOR, reads
from visitapp.services.saving import save_document

_LOOKED_AT = 60
"""How many visits are searched for when a point was last checked: more than a year of weekly
ones."""
_MOST_ISSUES = 50
"""The most that are shown in full; all of them are counted."""
_ALL = 1_000_000
_LINES_OF_A_PAGE = (10, 8, 6, 5, 4, 3, 2, 1)
"""How many of each kind one page may contain; the first number that fits is used."""


class BriefingService:
    """For everyone."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, noted=RecordKind.ISSUE)
    def briefing(self, site_id: UUID) -> Briefing:
        """What to look at on a visit to a site today."""
        with self._access.database.reading() as connection:
            return self._briefing(connection, site_id)

    @reads(MANAGER, VISITOR, noted=RecordKind.ISSUE)
    def pdf(self, site_id: UUID) -> bytes:
        """The briefing as PDF, on one page: what doesn't fit is counted at the end of its list."""
        from visitapp.reporting.briefing import briefing_sheet
        from visitapp.reporting.pdf.render import render_pdf

        with self._access.database.reading() as connection:
            briefing = self._briefing(connection, site_id)
            office = schemes.office(connection)
        assert office is not None
        file = BytesIO()
        for most in _LINES_OF_A_PAGE:
            file = BytesIO()
            if render_pdf(briefing_sheet(briefing, office, most), file) == 1:
                break
        return file.getvalue()

    @reads(MANAGER, VISITOR)
    def cautions(self, site_id: UUID) -> tuple[str, ...]:
        """What to know about it before handing it out: characters that can't be printed."""
        from visitapp.reporting.briefing import briefing_sheet
        from visitapp.reporting.pdf import printable

        with self._access.database.reading() as connection:
            briefing = self._briefing(connection, site_id)
            office = schemes.office(connection)
        assert office is not None
        return printable.cautions(
            briefing_sheet(briefing, office, _LINES_OF_A_PAGE[0]), "The briefing"
        )

    @reads(MANAGER, VISITOR)
    def save(self, site_id: UUID, target: Path, *, force: bool = False) -> None:
        """Write the PDF to a file, completely or not at all.

        Raises BadInputError if `target` exists, unless `force`; StorageError if it can't be
        written.
        """
        save_document(target, self.pdf(site_id), force=force)

    def _briefing(self, connection: Connection, site_id: UUID) -> Briefing:
        """The briefing; in a visitor's copy that of the office's last message, if there is one."""
        site = next((s for s in schemes.sites(connection) if s.id == site_id), None)
        if site is None:
            raise BadInputError("Choose a site that belongs to one of your schemes.")
        scheme = schemes.scheme(connection, site.scheme_id)
        from_office = given_back.briefing(connection, site_id)
        if from_office is not None:
            content, day = from_office
            return content.on(site, scheme, day)
        today = self._access.today()
        return site_briefing(connection, site, today).on(site, scheme, today)


OPENED_BY_OFFICE = "Opened by the office:"


def site_briefing(connection: Connection, site: Site, today: date) -> SiteBriefing:
    """What the reports in this file say of a site."""
    form = form_of(connection, site.scheme_id)
    last = visits.visits(connection, recent_visits.last_visits(connection, site.id, LAST_VISITS))
    history = recent_visits.checks(connection, site.id, _LOOKED_AT)
    names = {animal.id: animal.name for animal in stored_animals.animals(connection, site.id)}
    query = IssueQuery(site_ids=(site.id,), limit=_ALL)
    open_lines = _lines(connection, query, today)
    answered = _answered(connection, query, today)
    forms = _forms(connection, site.scheme_id, last)
    shown_visits = [
        visit_for(visit, forms[visit.report.form_number], Audience.POLICE)
        for visit in reversed(last)
        if visit.report is not None
    ]
    return SiteBriefing(
        site_id=site.id,
        scheme_id=site.scheme_id,
        open_issues=_open_issues(connection, open_lines),
        open_number=len(open_lines),
        answered=_open_issues(connection, answered),
        answered_number=len(answered),
        concerns=late_concerns(shown_visits, forms, names),
        unchecked=unchecked_of(form, history, today),
        written=len(history),
        sightings=coverage(connection, [site.id], today).sightings
        if site.kind.is_for_animals
        else (),
    )


def lines_for_police(
    connection: Connection, query: IssueQuery, today: date
) -> tuple[IssueLine, ...]:
    """Issues that visitors raised and the police may see."""
    raised = stored_issues.lines(connection, query, schemes.schemes(connection), today)
    return shown_to_police(connection, raised)


def _lines(connection: Connection, query: IssueQuery, today: date) -> tuple[IssueLine, ...]:
    """The same with those that the office opened."""
    apart = office_issues.lines(connection, query, schemes.schemes(connection), today)
    apart_shown = shown_to_police(connection, apart)
    lines = (*lines_for_police(connection, query, today), *apart_shown)
    return tuple(sorted(lines, key=office_issues.order_of(query.standing)))


def _answered(connection: Connection, query: IssueQuery, today: date) -> tuple[IssueLine, ...]:
    """Recently closed issues that the force answered, to check on."""
    lines = _lines(connection, recently_closed_query(query, today), today)
    steps = steps_of(connection, lines)
    return tuple(line for line in lines if latest_answer(steps.get(line.issue.id, ())))


def _open_issues(connection: Connection, lines: Sequence[IssueLine]) -> tuple[OpenIssue, ...]:
    """The first issues with their words and the force's latest answer."""
    first = lines[:_MOST_ISSUES]
    steps = steps_of(connection, first)
    visit_ids = [line.visit_id for line in first if line.visit_id is not None]
    short = Shortener(*visits.visits(connection, visit_ids))
    return tuple(
        OpenIssue(
            line.category,
            line.issue.severity,
            line.status,
            line.raised_on,
            short(_words(line)),
            short(latest_answer(steps.get(line.issue.id, ()))),
        )
        for line in first
    )


def _words(line: IssueLine) -> str:
    """What is wrong; who reads it at the station should know whether a visitor raised it."""
    words = in_one_line(line.issue.description) or line.category
    return words if line.visit_id else f"{OPENED_BY_OFFICE} {words}"


def _forms(connection: Connection, scheme_id: UUID, last: Sequence[Visit]) -> dict[int, Form]:
    numbers = {visit.report.form_number for visit in last if visit.report is not None}
    return {number: form_of(connection, scheme_id, number) for number in numbers}
