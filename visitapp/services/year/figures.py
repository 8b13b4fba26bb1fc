"""The only calculation of figures; every page, document and command uses it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.refusal import Refusal
from visitapp.domain.office.codes import CodeBook, Ending
from visitapp.domain.office.scheme import EarlierTotal, Kind, Role, Scheme
from visitapp.domain.office.site import Site, use_in
from visitapp.domain.period import Period
from visitapp.domain.text.folding import folded
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.summary import AnnualSummary, EarlierYear, SchemeFigures, Volunteers
from visitapp.persistence import attention, counting, refusals, schemes
from visitapp.persistence import people as stored_people
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.persistence.places import CountedSite, places
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, READER, VISITOR, reads
from visitapp.services.year.scheme_figures import (
    DETAILS,
    FiguresBasis,
    VisitsByDay,
    days_of_spans,
    is_shown,
    scheme_figures,
    volunteers,
)

if TYPE_CHECKING:
    from visitapp.domain.year.findings import QuestionFigures
    from visitapp.domain.year.listed_issue import IssueList


class FigureService:
    """Figures are counted whenever they are asked for; nothing is cached."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def summary(self, period: Period, *, findings: bool = False) -> AnnualSummary:
        """Every figure of a period, and those of the period before; with `findings`, also what
        answers add up to, which only documents need.

        They are read as one view of the records, so all figures agree. Raises BadInputError if the
        file has no office.
        """
        from visitapp.services.year.listed_issues import issue_list

        before, today = period.year_before(), self._access.today()
        now: dict[Kind, SchemeFigures] = {}
        previous: dict[Kind, SchemeFigures] = {}
        earlier: dict[Kind, tuple[EarlierYear, ...]] = {}
        register: dict[Kind, Volunteers] = {}
        answers: dict[Kind, tuple[QuestionFigures, ...]] = {}
        issues: dict[Kind, IssueList] = {}
        with self._access.database.reading() as connection:
            office = schemes.office(connection)
            if office is None:
                raise BadInputError("This file has no office. It was not made by visitapp.")
            people = stored_people.people(connection)
            for basis in bases(connection):
                kind = basis.scheme.kind
                now[kind] = figures_of(connection, basis, period, today)
                issues[kind] = issue_list(connection, basis, period, today)
                if findings:
                    answers[kind] = self._findings(connection, basis.book, basis.scheme, period)
                # A period longer than a year would overlap with the one before it.
                if before.end < period.start:
                    figures = figures_of(connection, basis, before, today)
                    if figures.visits:
                        previous[kind] = figures
                known = (before,) if kind in previous else ()
                totals = schemes.earlier_totals(connection, basis.scheme.id)
                earlier[kind] = earlier_years(totals, period, known)
                register[kind] = volunteers(people, basis.scheme, period)
                if period.start <= today < period.end:
                    so_far = volunteers(people, basis.scheme, Period(period.start, today))
                    register[kind] = replace(register[kind], so_far=so_far)
            texts = {item.key: item.text for item in schemes.texts(connection, period)}
        return AnnualSummary(
            office, period, now, previous, earlier, register, texts, answers, issues
        )

    @reads(MANAGER, VISITOR, READER)
    def findings(
        self, period: Period, kind: Kind, site_ids: Sequence[UUID] | None = None
    ) -> "tuple[QuestionFigures, ...]":
        """What the answers of visits to all sites of a scheme, or to some, add up to. Empty in a
        copy to read: the answers stay at the office."""
        with self._access.database.reading() as connection:
            return tuple(
                figures
                for scheme in schemes.schemes(connection)
                if scheme.kind is kind
                for figures in self._findings(
                    connection, schemes.codes(connection, scheme.id), scheme, period, site_ids
                )
            )

    def _findings(
        self,
        connection: Connection,
        book: CodeBook,
        scheme: Scheme,
        period: Period,
        site_ids: Sequence[UUID] | None = None,
    ) -> "tuple[QuestionFigures, ...]":
        from visitapp.services.year.findings import findings_of

        if self._access.actor.role is Role.READER:
            return ()
        return findings_of(connection, scheme.id, book.counting, period, site_ids)

    @reads(MANAGER, VISITOR, READER)
    def coverage(self, period: Period, site_ids: Sequence[UUID]) -> tuple[SiteCoverage, ...]:
        """Visits by timeslot of these sites, in their order. Raises BadInputError for a site that
        isn't in the file."""
        with self._access.database.reading() as connection:
            counted_sites = places(connection, site_ids)
            if len(counted_sites) < len(set(site_ids)):
                raise BadInputError("This site is no longer in the file. Choose another.")
            today = self._access.today()
            return tuple(
                replace(
                    counting.coverage(connection, period, place),
                    use=use_in(place.open_periods, period, today),
                )
                for place in counted_sites
            )

    @reads(MANAGER, VISITOR, READER)
    def site_ids(self, period: Period, kind: str | None, names: list[str]) -> tuple[UUID, ...]:
        """The sites with these `names`, or all that were open on any day or visited.

        `kind` restricts them to one kind of scheme. Raises BadInputError for an unknown name.
        """
        with self._access.database.reading() as connection:
            stored = schemes.sites(connection)
            kept = [s for s in schemes.schemes(connection) if kind in (None, s.kind.value)]
            chosen: list[Site] = []
            for scheme in kept:
                codes = schemes.codes(connection, scheme.id).counting
                scope = counting.Scope(scheme.id, period, codes)
                visited = counting.attempted_sites(connection, scope)
                chosen += [
                    site
                    for site in stored
                    if site.scheme_id == scheme.id
                    and (names or site.id in visited or site.is_open_within(period))
                ]
        if names:
            chosen = [site for name in names for site in _named(name, chosen)]
        return tuple(dict.fromkeys(site.id for site in chosen))

    @reads(MANAGER, VISITOR, READER)
    def figures_json(self, period: Period) -> str:
        """All figures for other programs; the same records always give the same bytes."""
        from visitapp.services.year import figures_json

        return figures_json.of_summary(
            self.summary(period, findings=True), self._kept_at_office(period)
        )

    @reads(MANAGER, VISITOR, READER)
    def coverage_json(self, period: Period, site_ids: Sequence[UUID]) -> str:
        """The coverage of these sites for other programs, as in `figures_json`."""
        from visitapp.services.year import figures_json

        coverage = self.coverage(period, site_ids)
        return figures_json.of_coverage(period, coverage, self._kept_at_office(period))

    def _kept_at_office(self, period: Period) -> int:
        with self._access.database.reading() as connection:
            return attention.kept_at_office(connection, period)


def _named(name: str, sites: Sequence[Site]) -> list[Site]:
    matches = [site for site in sites if folded(site.name) == folded(name)]
    if not matches:
        known = ", ".join(dict.fromkeys(site.name for site in sites)) or "none"
        raise BadInputError(f"There is no site “{name}”. The sites are: {known}.")
    return matches


def earlier_years(
    totals: Sequence[EarlierTotal], period: Period, counted: Iterable[Period]
) -> tuple[EarlierYear, ...]:
    """Years before `period` known only by their totals, oldest first, without those `counted`."""
    years: dict[Period, dict[str, int]] = {}
    for total in totals:
        if total.period.end < period.start and total.period not in counted:
            years.setdefault(total.period, {})[total.figure] = total.number
    return tuple(EarlierYear(year, years[year]) for year in sorted(years))


def bases(connection: Connection) -> list[FiguresBasis]:
    """What affects the figures of each scheme, read once for all periods."""
    sites = schemes.sites(connection)
    grids = {grid.id: grid for grid in schemes.grids(connection)}
    years = reporting_years(connection)
    return [
        FiguresBasis(
            scheme=scheme,
            sites=tuple(site for site in sites if site.scheme_id == scheme.id),
            grids=grids,
            book=schemes.codes(connection, scheme.id),
            rates=tuple(schemes.rates(connection, scheme.id)),
            throughputs=tuple(schemes.throughputs(connection, scheme.id)),
            years=years,
        )
        for scheme in schemes.schemes(connection)
    ]


def figures_of(
    connection: Connection,
    basis: FiguresBasis,
    period: Period,
    today: date,
    details: Sequence[str] = DETAILS,
) -> SchemeFigures:
    """All figures of one scheme in a period, as of `today`; those seen by these `details`. Without
    details, of animals only how many were seen."""
    scheme, book = basis.scheme, basis.book
    codes = book.counting
    scope = counting.Scope(scheme.id, period, codes)
    counts = counting.counts_by_site(
        connection,
        scheme,
        scope,
        basis.rates,
        book.of_group("outcome", "seen"),
        details if scheme.kind is Kind.CUSTODY else (),
    )
    animals = None
    if details and scheme.kind is Kind.ANIMAL_WELFARE:
        from visitapp.services.year.animal_figures import animal_basis

        animals = animal_basis(connection, scope, book, today)
    sites = [site for site in basis.sites if is_shown(site, period, attempted=site.id in counts)]
    counted_sites = [CountedSite.of(site, basis.grids[site.grid_id], codes) for site in sites]
    return scheme_figures(
        basis,
        period,
        sites,
        _visits_by_day(
            connection, scheme, replace(scope, period=days_of_spans(period, sites, basis.years))
        ),
        counts,
        [counting.coverage(connection, period, place) for place in counted_sites],
        refused_in(connection, scope, book),
        animals,
        today,
    )


def _visits_by_day(connection: Connection, scheme: Scheme, scope: counting.Scope) -> VisitsByDay:
    completed = counting.visits_by_day(connection, scope)
    if scheme.remote_counts:
        return VisitsByDay(completed, completed)
    return VisitsByDay(completed, counting.visits_by_day(connection, scope, in_person=True))


def refused_in(connection: Connection, scope: counting.Scope, book: CodeBook) -> list[Refusal]:
    """The counted visits that were refused entry, in order."""
    statuses = book.of_group("visit_status", Ending.REFUSED_ENTRY)
    return refusals.refusals(connection, scope.attempted(), statuses)
