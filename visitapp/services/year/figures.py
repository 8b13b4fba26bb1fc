"""The only calculation of figures; every page, document and command uses it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.following.refusal import Refusal
from visitapp.domain.office.codes import CodeBook, Ending
from visitapp.domain.office.scheme import Kind, Role, Scheme
from visitapp.domain.office.site import Site, use_in
from visitapp.domain.period import Period
from visitapp.domain.text.folding import folded
from visitapp.domain.year.chosen_sites import ChosenSites
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.register import Volunteers
from visitapp.domain.year.summary import AnnualSummary, EarlierYear, SchemeFigures
from visitapp.persistence import attention, counting, groups, refusals, schemes
from visitapp.persistence import people as stored_people
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.persistence.places import CountedSite, places
from visitapp.services.access import Access
from visitapp.services.office_of_file import office_of
from visitapp.services.roles import MANAGER, READER, VISITOR, reads
from visitapp.services.year.earlier_years import earlier_years
from visitapp.services.year.register import volunteers
from visitapp.services.year.scheme_figures import (
    DETAILS,
    FiguresBasis,
    VisitsByDay,
    days_of_spans,
    is_shown,
    scheme_figures,
)
from visitapp.services.year.texts_of_year import texts_of

if TYPE_CHECKING:
    from visitapp.domain.year.custody_answers import CustodyAnswers
    from visitapp.domain.year.findings import QuestionFigures
    from visitapp.domain.year.listed_issue import IssueList
    from visitapp.domain.year.volunteer_profile import VolunteerProfile


class FigureService:
    """Figures are counted whenever they are asked for; nothing is cached."""

    def __init__(self, access: Access) -> None:
        self._access = access

    @reads(MANAGER, VISITOR, READER)
    def summary(
        self, period: Period, *, findings: bool = False, by_site: bool = False,
        chosen: ChosenSites | None = None,
    ) -> AnnualSummary:  # fmt: skip
        """Every figure of a period, and those of the period before; with `findings`, also what
        answers add up to, which only documents need, and with `by_site` at each site too.

        With `chosen` they are those of some sites alone, without what can't be had by site: the
        volunteers, years known only by their totals, and texts about the whole. All are read as one
        view of the records, so they agree. Raises BadInputError if the file has no office.
        """
        with self._access.database.reading() as connection:
            known = bases(connection, chosen)
            kinds = [basis.scheme.kind for basis in known]
            is_first = [kind not in kinds[:at] for at, kind in enumerate(kinds)]
            first = [b for b, is_of_first in zip(known, is_first, strict=True) if is_of_first]
            further = [
                [b] for b, is_of_first in zip(known, is_first, strict=True) if not is_of_first
            ]
            whole, *others = [
                self._summary(connection, part, period, chosen, findings=findings, by_site=by_site)
                for part in (first, *further)
            ]
            beside = None
            if findings and chosen is None and self._access.actor.role is Role.MANAGER:
                from visitapp.domain.year.volunteer_hours import time_beside_visits
                from visitapp.services.year.hours import hours_of

                beside = time_beside_visits(hours_of(connection, period))
        return replace(whole, others=tuple(others), beside_visits=beside)

    def _summary(
        self,
        connection: Connection,
        known: Sequence[FiguresBasis],
        period: Period,
        chosen: "ChosenSites | None",
        *,
        findings: bool,
        by_site: bool,
    ) -> AnnualSummary:
        """The figures of schemes of which no two are of one kind."""
        from visitapp.services.year.listed_issues import issue_list
        from visitapp.services.year.record_reviews import reviews_in

        before, today = period.year_before(), self._access.today()
        now: dict[Kind, SchemeFigures] = {}
        previous: dict[Kind, SchemeFigures] = {}
        earlier: dict[Kind, tuple[EarlierYear, ...]] = {}
        register: dict[Kind, Volunteers] = {}
        answers: dict[Kind, tuple[QuestionFigures, ...]] = {}
        issues: dict[Kind, IssueList] = {}
        custody: CustodyAnswers | None = None
        who: VolunteerProfile | None = None
        of_sites: dict[UUID, tuple[QuestionFigures, ...]] = {}
        office = office_of(connection)
        people = stored_people.people(connection)
        for basis in known:
            kind = basis.scheme.kind
            now[kind] = figures_of(connection, basis, period, today)
            issues[kind] = issue_list(connection, basis, period, today)
            if findings:
                counted = self._findings if chosen is None else self._published
                answers[kind] = counted(connection, basis.scope(period))
                if chosen is None:  # beside those of all sites they could tell of single people
                    custody = custody or self._custody(
                        connection, basis.scheme, basis.scope(period)
                    )
            if by_site and chosen is None:
                from visitapp.services.year.findings import findings_of_sites
                from visitapp.services.year.group_answers import with_group_answers

                now[kind] = with_group_answers(connection, basis, now[kind], answers[kind])
                of_sites |= findings_of_sites(connection, basis.scope(period), answers[kind])
            # A period longer than a year would overlap with the one before it.
            if before.end < period.start:
                figures = figures_of(connection, basis, before, today)
                if figures.visits:
                    previous[kind] = figures
            if chosen is not None:
                continue
            totals = schemes.earlier_totals(connection, basis.scheme.id)
            earlier[kind] = earlier_years(totals, period, (before,) if kind in previous else ())
            register[kind] = volunteers(people, basis.scheme, period, basis.groups)
            if kind is Kind.CUSTODY:
                from visitapp.services.year.profile import profile

                who = profile(connection, people, basis, period, today)
            if period.start <= today < period.end:
                until = Period(period.start, today)
                so_far = volunteers(people, basis.scheme, until, basis.groups)
                register[kind] = replace(register[kind], so_far=so_far)
        texts, unread = texts_of(connection, period, of_all=chosen is None)
        return AnnualSummary(
            office, period, now, previous, earlier, register, texts, answers, issues, chosen,
            custody, of_sites, has_answers=self._access.actor.role is not Role.READER,
            reviews=reviews_in(connection, period) if findings and chosen is None else None,
            profile=who, unread=unread,
        )  # fmt: skip

    @reads(MANAGER, VISITOR, READER)
    def findings(
        self, period: Period, of: Kind | UUID, site_ids: Sequence[UUID] | None = None
    ) -> "tuple[QuestionFigures, ...]":
        """What the answers of visits to all sites of a scheme (its kind or id), or to some, add up
        to. Empty in a copy to read: the answers stay at the office."""
        with self._access.database.reading() as connection:
            return tuple(
                figures
                for scheme in schemes.schemes(connection)
                if of in (scheme.kind, scheme.id)
                for figures in self._findings(
                    connection, _scope(connection, scheme, period, site_ids)
                )
            )

    def _findings(
        self, connection: Connection, scope: counting.Scope
    ) -> "tuple[QuestionFigures, ...]":
        from visitapp.services.year.findings import findings_of

        if self._access.actor.role is Role.READER:
            return ()
        return findings_of(connection, scope)

    def _published(
        self, connection: Connection, scope: counting.Scope
    ) -> "tuple[QuestionFigures, ...]":
        """The same for documents about some sites."""
        from visitapp.services.year.findings import published_of_some

        figures = self._findings(connection, scope)
        return published_of_some(connection, scope, figures) if figures else ()

    @reads(MANAGER, VISITOR, READER)
    def custody_answers(
        self, period: Period, site_ids: Sequence[UUID] | None = None
    ) -> "CustodyAnswers | None":
        """Requests, gaps in records and offers at all suites, or at some; None without a custody
        scheme, and in a copy to read."""
        with self._access.database.reading() as connection:
            of_schemes = (
                self._custody(connection, scheme, _scope(connection, scheme, period, site_ids))
                for scheme in schemes.schemes(connection)
            )
            return next(filter(None, of_schemes), None)

    def _custody(
        self, connection: Connection, scheme: Scheme, scope: counting.Scope
    ) -> "CustodyAnswers | None":
        from visitapp.services.year.custody_answers import custody_answers

        if self._access.actor.role is Role.READER or scheme.kind is not Kind.CUSTODY:
            return None
        return custody_answers(connection, scope)

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
            chosen = [site for name in names for site in sites_called(name, chosen)]
        return tuple(dict.fromkeys(site.id for site in chosen))

    @reads(MANAGER, VISITOR, READER)
    def figures_json(self, period: Period, chosen: ChosenSites | None = None) -> str:
        """All figures for other programs, or those of some sites; the same records always give the
        same bytes."""
        from visitapp.services.year import figures_json

        return figures_json.of_summary(
            self.summary(period, findings=True, by_site=True, chosen=chosen),
            self._kept_at_office(period),
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


def _scope(
    connection: Connection, scheme: Scheme, period: Period, site_ids: Sequence[UUID] | None
) -> counting.Scope:
    """The visits of a scheme in a period, or those to some of its sites."""
    only = None if site_ids is None else frozenset(site_ids)
    codes = schemes.codes(connection, scheme.id).counting
    return counting.Scope(scheme.id, period, codes, only)


def sites_called(name: str, sites: Sequence[Site]) -> list[Site]:
    """The sites with a name. Raises BadInputError if there is none."""
    matches = [site for site in sites if folded(site.name) == folded(name)]
    if not matches:
        known = ", ".join(dict.fromkeys(site.name for site in sites)) or "none"
        raise BadInputError(f"There is no site “{name}”. The sites are: {known}.")
    return matches


def bases(
    connection: Connection, chosen: ChosenSites | None = None, *, in_full: bool = True
) -> list[FiguresBasis]:
    """What affects the figures of each scheme, read once for all periods; with `chosen`, of each
    scheme with such a site. Unless asked `in_full`, without rates and throughput."""
    sites = schemes.sites(connection)
    grids = {grid.id: grid for grid in schemes.grids(connection)}
    listed = groups.groups(connection)
    years = reporting_years(connection)
    known = [
        FiguresBasis(
            scheme=scheme,
            sites=tuple(site for site in sites if site.scheme_id == scheme.id),
            grids=grids,
            book=schemes.codes(connection, scheme.id),
            rates=schemes.rates(connection, scheme.id) if in_full else (),
            throughputs=schemes.throughputs(connection, scheme.id) if in_full else (),
            years=years,
            groups=tuple(group for group in listed if group.scheme_id == scheme.id),
        )
        for scheme in schemes.schemes(connection)
    ]
    if chosen is None:
        return known
    limited = (basis.limited_to(chosen.site_ids) for basis in known)
    return [basis for basis in limited if basis.sites]


def figures_of(
    connection: Connection,
    basis: FiguresBasis,
    period: Period,
    today: date,
    details: Sequence[str] = DETAILS,
) -> SchemeFigures:
    """All figures of one scheme in a period, as of `today`; those seen by these `details`. Without
    details: visits, waits and outcomes, of animals only how many were seen, and nothing else by
    site or group."""
    scheme, book = basis.scheme, basis.book
    codes, scope = book.counting, basis.scope(period)

    def counted(scope: counting.Scope) -> counting.BySite:
        return counting.counts_by_site(
            connection,
            scheme,
            scope,
            basis.rates,
            book.of_group("outcome", "seen"),
            details if scheme.kind is Kind.CUSTODY else (),
            in_full=bool(details),
        )

    counts = counted(scope)
    animals = None
    if details and scheme.kind is Kind.ANIMAL_WELFARE:
        from visitapp.services.year.animal_figures import animal_basis

        animals = animal_basis(connection, scope, book, today)
    sites = [site for site in basis.sites if is_shown(site, period, attempted=site.id in counts)]
    counted_sites = [CountedSite.of(site, basis.grids[site.grid_id], codes) for site in sites]
    visited = visits_by_day(
        connection, scheme, replace(scope, period=days_of_spans(basis, period, sites))
    )
    figures = scheme_figures(
        basis,
        period,
        sites,
        visited,
        counts,
        [counting.coverage(connection, period, place) for place in counted_sites],
        refused_in(connection, scope, book),
        animals,
        today,
        by_site=bool(details),
    )
    if not basis.groups or not details:
        return figures
    from visitapp.services.year.group_figures import group_figures

    return replace(
        figures,
        by_group=group_figures(
            basis,
            period,
            {site.id for site in sites},
            visited.meeting,
            counts,
            lambda part, site_ids: counted(replace(scope, period=part, site_ids=site_ids)),
            today,
        ),
    )


def visits_by_day(connection: Connection, scheme: Scheme, scope: counting.Scope) -> VisitsByDay:
    """The visits within a scope, with those of them that meet targets by the scheme's rule."""
    completed = counting.visits_by_day(connection, scope)
    if scheme.remote_counts:
        return VisitsByDay(completed, completed)
    return VisitsByDay(completed, counting.visits_by_day(connection, scope, in_person=True))


def refused_in(connection: Connection, scope: counting.Scope, book: CodeBook) -> list[Refusal]:
    """The counted visits that were refused entry, in order."""
    statuses = book.of_group("visit_status", Ending.REFUSED_ENTRY)
    return refusals.refusals(connection, scope.attempted(), statuses)
