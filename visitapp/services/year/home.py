"""What Home shows, read at once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.following.issue_query import IssueQuery
from visitapp.domain.following.refusal import Refusal
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.minimum import Minimum
from visitapp.domain.office.people import Person, vetting_to_renew
from visitapp.domain.office.scheme import Role
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.year.overview import (
    NextVisit,
    OpenIssues,
    Overview,
    ReportToConfirm,
    SameVisit,
)
from visitapp.domain.year.own_sections import own_sections
from visitapp.domain.year.summary import SchemeFigures
from visitapp.domain.year.visit_list import VisitQuery, VisitRow
from visitapp.domain.year.year_texts import TEXT_FIELDS
from visitapp.persistence import (
    attention,
    backup,
    counting,
    issue_counts,
    people,
    schemes,
)
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.persistence.places import CountedSite
from visitapp.services.access import Access
from visitapp.services.own_records import myself, same_visit_pairs
from visitapp.services.roles import MANAGER, READER, VISITOR, reads
from visitapp.services.year.figures import bases, figures_of, refused_in, visits_by_day
from visitapp.services.year.quarters import site_quarters
from visitapp.services.year.scheme_figures import FiguresBasis, days_of_spans, group_targets_of
from visitapp.services.year.texts_of_year import texts_of

if TYPE_CHECKING:
    from visitapp.domain.exchange.given_back import AssignedVisit
    from visitapp.domain.office.award import Award
    from visitapp.domain.office.expiry import Expiry
    from visitapp.domain.plan.broken_visit import BrokenVisit, VisitAtClosedSite
    from visitapp.domain.plan.late_visit import LateVisit
    from visitapp.domain.year.below_minimum import DoneOfMinimum
    from visitapp.domain.year.group_target import GroupTargetFigures
    from visitapp.domain.year.own_visits import OwnYear

_RECENT, _NEXT = 6, 3


class HomeService:
    """Everything on Home is read together; the window asks for the number beside Issues, too."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def overview(self) -> Overview:
        """Everything on Home, as one view of the records."""
        today = self._access.today()
        with self._access.database.reading() as connection:
            years = reporting_years(connection)
            this = years.year_of(today)
            quarter = next(q for q in this.quarters() if today in q)
            known = bases(connection, in_full=False)
            sites = [site for basis in known for site in basis.sites]
            year, figures = _last_year(connection, known, today, years)
            register = people.people(connection)
            kept, manages = attention.recorded(connection), self._manages()
            runs_out, awards = _of_volunteers(connection, register, today) if manages else ((), ())
            lacking, broken, late, closed = (
                _plans(connection, register, today) if manages and kept.plans else ((), (), (), ())
            )
            waiting, allegations = (
                attention.inbox(connection) if manages and kept.received else (0, 0)
            )
            questions, to_confirm, next_visits = (
                _exchanged(connection, register, today) if kept.is_told_by_office else (0, (), ())
            )
            return Overview(
                today=today,
                quarter=quarter,
                sites=tuple(
                    site
                    for basis in known
                    for site in site_quarters(connection, basis, quarter, today)
                ),
                has_drafts=not self._access.reads_only and kept.drafts,
                recent=self._recent(connection, known),
                same_visit=self._same_visit(connection),
                refused=_refused(connection, known, this) if manages else (),
                short_groups=_short_groups(connection, known, this, today) if manages else (),
                issues=_issues(connection, known, today),
                outside=_outside(connection, known, this),
                lacking=lacking,
                broken=broken,
                at_closed_sites=closed,
                to_renew=vetting_to_renew(register, today) if manages else (),
                runs_out=runs_out,
                awards=awards,
                below_minimum=_below_minimum(connection, known, register, today) if manages else (),
                late=late,
                inbox=waiting,
                allegations=allegations,
                disputed=_disputed(connection) if manages and kept.answers else 0,
                questions=questions,
                to_confirm=to_confirm,
                next_visits=next_visits,
                kept_at_office=attention.kept_at_office(connection) if kept.reduced else 0,
                own_years=_own_years(connection, years) if kept.counted else (),
                year=year,
                figures=figures,
                texts_missing=0 if year is None else _texts_missing(connection, year),
                last_backup=backup.last_made(connection),
                has_sites=bool(sites),
                has_people=bool(register),
                has_visits=kept.visits,
                years=years,
            )

    @reads(MANAGER, VISITOR, READER)
    def overdue_issues(self) -> int:
        """How many open issues are past their scheme's limit today."""
        with self._access.database.reading() as connection:
            known, today = schemes.schemes(connection), self._access.today()
            apart = attention.opened_by_office(connection, IssueQuery(), known, today)
            number = issue_counts.overdue(connection, IssueQuery(), known, today)
            return number + sum(line.is_overdue for line in apart)

    def _same_visit(self, connection: Connection) -> tuple[SameVisit, ...]:
        return () if self._access.reads_only else same_visit_pairs(connection, self._access)

    def _manages(self) -> bool:
        return self._access.actor.role is Role.MANAGER

    def _recent(
        self, connection: Connection, known: Sequence[FiguresBasis]
    ) -> tuple[VisitRow, ...]:
        if self._access.actor.role is not Role.VISITOR:
            return ()
        from visitapp.persistence import visit_list

        return visit_list.page(
            connection,
            VisitQuery(limit=_RECENT, of=myself(connection, self._access)),
            seen_outcomes=_rows_codes(known, "outcome", "seen"),
            codes={basis.scheme.id: basis.book.counting for basis in known},
        ).rows


def _of_volunteers(
    connection: Connection, register: Sequence[Person], today: date
) -> "tuple[tuple[Expiry, ...], tuple[Award, ...]]":
    """What of people's files runs out soon, apart from vetting, and the awards that are due."""
    from visitapp.domain.office.award import awards_due
    from visitapp.domain.office.expiry import VETTING, expiries
    from visitapp.persistence import volunteer_files

    files = volunteer_files.files(connection, register)
    soon = (item for item in expiries(register, files, today) if item.what != VETTING)
    office = schemes.office(connection)
    listed = () if office is None else office.award_years
    return tuple(soon), awards_due(register, files, listed, today)


def _below_minimum(
    connection: Connection, known: Sequence[FiguresBasis], register: Sequence[Person], today: date
) -> "tuple[DoneOfMinimum, ...]":
    """Volunteers who did less in twelve months than their schemes ask for."""
    if not any(basis.scheme.minimum != Minimum() for basis in known):
        return ()
    from visitapp.services.year.minimums import done_of_minimum_on

    return tuple(done for done in done_of_minimum_on(connection, register, today) if done.is_below)


def _plans(
    connection: Connection, register: Sequence[Person], today: date
) -> (
    "tuple[tuple[Period, ...], tuple[BrokenVisit, ...], tuple[LateVisit, ...], "
    "tuple[VisitAtClosedSite, ...]]"
):
    """Weeks and months in which a planned visit lacks somebody, visits that somebody in the pair
    can no longer make, those that are over without a report, and those to sites that are closed."""
    from visitapp.persistence import plans  # what planning needs isn't loaded if nothing is planned
    from visitapp.services.plan.broken_visits import broken_visits, visits_at_closed_sites
    from visitapp.services.plan.late_visits import late_visits

    return (
        plans.lacking(connection, today),
        broken_visits(connection, register, today),
        late_visits(connection, today),
        visits_at_closed_sites(connection, today),
    )


def _disputed(connection: Connection) -> int:
    from visitapp.services.exchange.confirming import disputed

    return len(disputed(connection))


def _exchanged(
    connection: Connection, register: Sequence[Person], today: date
) -> tuple[int, tuple[ReportToConfirm, ...], tuple[NextVisit, ...]]:
    """In a visitor's copy: how many questions the office asks, the reports of others to confirm,
    and the visits still to make."""
    from visitapp.domain.exchange.confirming import Standing
    from visitapp.domain.exchange.handing_over import Handover
    from visitapp.persistence import assigned
    from visitapp.services.exchange.confirming import readings_of
    from visitapp.services.exchange.handing_over import states_of

    states = [state for _, state in states_of(connection)]
    names = {person.id: person.name for person in register}
    site_names = schemes.site_names(connection)
    to_confirm = tuple(
        ReportToConfirm(
            reading.report_id,
            names[reading.person_id],
            site_names[reading.edition.site_id],
            reading.edition.arrived.day,
            reading.standing is Standing.TO_CONFIRM_AGAIN,
        )
        for reading in readings_of(connection)
        if reading.waits
    )
    shown = {(draw.site_id, draw.span) for draw, _ in assigned.draws(connection)}
    to_make = tuple(
        NextVisit(
            visit.site_id,
            site_names[visit.site_id],
            visit.span,
            names[visit.partner_id],
            (visit.site_id, visit.span) in shown,
        )
        for visit in _to_make(connection, today)
    )
    asked = sum(state.stage is Handover.ASKED for state in states)
    return asked, to_confirm, to_make[:_NEXT]


def _own_years(connection: Connection, years: ReportingYears) -> "tuple[OwnYear, ...]":
    """In a visitor's copy: their visits as the office counts them, by year."""
    from visitapp.domain.year.own_visits import by_year
    from visitapp.persistence import given_back

    site_names = schemes.site_names(connection)
    return by_year(given_back.counted_visits(connection), site_names, years)


def _to_make(connection: Connection, today: date) -> "list[AssignedVisit]":
    """In a visitor's copy: assigned visits that aren't over, and not reported here yet."""
    from visitapp.domain.plan.late_visit import ExpectedVisit, without_report
    from visitapp.persistence import assigned, exchange, plans

    own = exchange.own_copy(connection)
    coming = [visit for visit in assigned.visits(connection) if visit.span.end >= today]
    if own is None or own.person_id is None or not coming:
        return []
    whole = Period(min(v.span.start for v in coming), max(v.span.end for v in coming))
    missing = without_report(
        [
            ExpectedVisit(visit.id, visit.site_id, visit.span, (own.person_id, visit.partner_id))
            for visit in coming
        ],
        plans.past_visits(connection, whole),
    )
    ids = {visit.id for visit in missing}
    return [visit for visit in coming if visit.id in ids]


def _last_year(
    connection: Connection, known: Sequence[FiguresBasis], today: date, years: ReportingYears
) -> tuple[Period | None, SchemeFigures | None]:
    """Last year's figures of the first scheme that has some; in an office's first year, this year's
    so far."""
    for year in (years.last_year(today), years.year_of(today)):
        for basis in known:
            figures = figures_of(connection, basis, year, today, details=())  # Home shows none
            if figures.visits:
                return year, figures
    return None, None


def _short_groups(
    connection: Connection, known: Sequence[FiguresBasis], year: Period, today: date
) -> "tuple[GroupTargetFigures, ...]":
    """Groups that are behind their target as a whole, of what was due until yesterday."""
    figures: list[GroupTargetFigures] = []
    for basis in known:
        if any(group.targets for group in basis.groups):
            scope = replace(basis.scope(year), period=days_of_spans(basis, year, ()))
            visited = visits_by_day(connection, basis.scheme, scope)
            figures += group_targets_of(basis, year, visited, today)
    return tuple(item for item in (each.judged() for each in figures) if item.target.short)


def _rows_codes(known: Sequence[FiguresBasis], list_name: str, group: str) -> list[str]:
    return sorted({code for basis in known for code in basis.book.of_group(list_name, group)})


def _refused(
    connection: Connection, known: Sequence[FiguresBasis], this: Period
) -> tuple[Refusal, ...]:
    """Visits of this year and last year that were refused entry, if nobody has said what was done
    about it."""
    years = Period(this.year_before().start, this.end)
    return tuple(
        refusal
        for basis in known
        for refusal in refused_in(connection, basis.scope(years), basis.book)
        if refusal.answer is None
    )


def _issues(
    connection: Connection, known: Sequence[FiguresBasis], today: date
) -> OpenIssues | None:
    """Open concerns in all schemes, those past their limit, and the oldest."""
    books: dict[UUID, CodeBook] = {basis.scheme.id: basis.book for basis in known}
    by_scheme = attention.open_issues(
        connection,
        {scheme: book.of_group("issue_status", "open") for scheme, book in books.items()},
        {scheme: book.concerns for scheme, book in books.items()},
    )
    schemes_of_it = [basis.scheme for basis in known]
    apart = attention.opened_by_office(connection, IssueQuery(), schemes_of_it, today)
    by_scheme += [
        attention.Waiting(
            line.scheme_id, 1, line.issue.category, line.site_name, line.raised_on, None
        )
        for line in apart
    ]
    if not by_scheme:
        return None
    oldest = min(by_scheme, key=lambda waiting: waiting.raised_on)
    overdue = issue_counts.overdue(connection, IssueQuery(), schemes_of_it, today)
    return OpenIssues(
        sum(waiting.number for waiting in by_scheme),
        books[oldest.scheme_id].label("issue_category", oldest.category),
        oldest.site_name,
        oldest.raised_on,
        oldest.visit_id,
        overdue + sum(line.is_overdue for line in apart),
    )


def _outside(connection: Connection, known: Sequence[FiguresBasis], year: Period) -> int:
    return sum(
        counting.coverage(
            connection,
            year,
            CountedSite.of(site, basis.grids[site.grid_id], basis.book.counting),
        ).outside
        for basis in known
        for site in basis.sites
    )


def _texts_missing(connection: Connection, year: Period) -> int:
    texts, _ = texts_of(connection, year)
    fields = (*TEXT_FIELDS, *(section.field for section in own_sections(texts)))
    return sum(field.is_missing(texts) for field in fields)
