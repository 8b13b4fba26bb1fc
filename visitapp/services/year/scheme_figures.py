"""Calculates a scheme's figures from its counts."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import hours_of, listed_hours, value_of
from visitapp.domain.following.refusal import Refusal
from visitapp.domain.office.codes import CodeBook, Ending
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.scheme import Kind, Rate, Scheme, Throughput
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.office.target import TargetSpan
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import FACE_TO_FACE, AccessBand
from visitapp.domain.reporting_years import ReportingYears
from visitapp.domain.year.animal_figures import AnimalFigures
from visitapp.domain.year.attempts import (
    Attempts,
    Labelled,
    SiteFigures,
    Target,
    target_met,
    visits_by_part,
)
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.summary import (
    AccessFigures,
    CountedFigures,
    SchemeFigures,
)
from visitapp.persistence.counting import Counts, Scope
from visitapp.services.year.issue_figures import issue_figures

if TYPE_CHECKING:  # the first page doesn't load what only documents and other pages show
    from visitapp.domain.year.group_target import GroupTargetFigures
    from visitapp.services.year.animal_figures import AnimalBasis

_PARTS = ("seen", "refused", "not_offered", "not_available", "asleep", "other")
DETAILS = ("gender", "age_group", "ethnicity")
"""What is known of those seen, each counted by itself."""
_NOBODY = PeopleFigures(0, 0, 0, 0, 0, 0, 0)
_WITH_REASONS = ("not_offered", "not_available", "other")


@dataclass(frozen=True, slots=True)
class VisitsByDay:
    """Visits made to each site by day, for the period and for all days of the spans of targets that
    belong to it; `meeting` are those of them that meet the target."""

    completed: Mapping[UUID, Mapping[date, int]]
    meeting: Mapping[UUID, Mapping[date, int]]


@dataclass(frozen=True, slots=True)
class FiguresBasis:
    """What affects a scheme's figures besides its visits; with `site_ids`, those of some sites."""

    scheme: Scheme
    sites: Sequence[Site]
    grids: Mapping[UUID, Grid]
    book: CodeBook
    rates: Sequence[Rate]
    throughputs: Sequence[Throughput]
    years: ReportingYears
    groups: Sequence[SiteGroup] = ()
    site_ids: frozenset[UUID] | None = None  # all

    def scope(self, period: Period) -> Scope:
        """Which visits are counted in a period."""
        return Scope(self.scheme.id, period, self.book.counting, self.site_ids)

    def limited_to(self, site_ids: frozenset[UUID]) -> "FiguresBasis":
        """The same for those of its sites that are among `site_ids`."""
        sites = tuple(site for site in self.sites if site.id in site_ids)
        return replace(
            self,
            sites=sites,
            throughputs=[entry for entry in self.throughputs if entry.site_id in site_ids],
            site_ids=frozenset(site.id for site in sites),
            groups=(),
        )


def scheme_figures(
    basis: FiguresBasis,
    period: Period,
    sites: Sequence[Site],
    visited: VisitsByDay,
    counts: Mapping[UUID, Counts],
    coverage: Sequence[SiteCoverage],
    refusals: Sequence[Refusal],
    animals: "AnimalBasis | None",
    today: date,
    *,
    by_site: bool,
) -> SchemeFigures:
    """All figures of a scheme, `by_site` too if asked for; `coverage` is in the order of `sites`.
    Without `animals` nothing is said of species."""
    scheme = basis.scheme
    goes_on = today <= period.end
    over_by = today if goes_on else None
    total = Counts.added(counts.values())
    whole = counted_figures(basis, period, total, basis.throughputs, basis.sites, animals)
    figures = [
        _site_figures(
            site,
            site.target_spans(period, basis.years),
            period,
            over_by,
            visited.meeting.get(site.id, {}),
            _attempts(basis.book, counts.get(site.id, Counts())),
        )
        for site in sites
    ]
    by_day = _added(visited.completed.values())
    in_force = _rates_within(basis.rates, period)
    return SchemeFigures(
        scheme=scheme,
        period=period,
        attempts=whole.attempts,
        sites=tuple(figures),
        target=Target.added(site.target for site in figures),
        minutes=whole.minutes,
        hours=whole.hours,
        value=value_of((number, rate) for rate, number in total.worked.items())
        if in_force
        else None,
        rates=in_force,
        unknown_length=total.without_leaving,
        coverage=tuple(
            replace(counted, use=site.use_in(period, today))
            for site, counted in zip(sites, coverage, strict=True)
        ),
        access=whole.access,
        people=whole.people,
        animals=whole.animals,
        issues=whole.issues,
        by_month=visits_by_part(by_day, period.parts_by_month()),
        by_quarter=visits_by_part(by_day, period.quarters()),
        as_at=over_by,
        so_far=Target.added(site.so_far or site.target for site in figures) if goes_on else None,
        refusals=tuple(refusals),
        years=basis.years,
        group_targets=group_targets_of(basis, period, visited, today),
        by_site=_by_site(basis, period, sites, counts, animals) if by_site else {},
    )


def _by_site(
    basis: FiguresBasis,
    period: Period,
    sites: Sequence[Site],
    counts: Mapping[UUID, Counts],
    animals: "AnimalBasis | None",
) -> dict[UUID, CountedFigures]:
    apart = [
        counted_figures(
            basis,
            period,
            counts.get(site.id, Counts()),
            [entry for entry in basis.throughputs if entry.site_id == site.id],
            [site],
            animals,
        )
        for site in sites
    ]
    return {
        site.id: replace(counted, hours=hours)
        for site, counted, hours in zip(
            sites, apart, listed_hours([counted.minutes for counted in apart]), strict=True
        )
    }


def counted_figures(
    basis: FiguresBasis,
    period: Period,
    counts: Counts,
    throughputs: Sequence[Throughput],
    sites: Sequence[Site],
    animals: "AnimalBasis | None" = None,
) -> CountedFigures:
    """The figures of some sites, from the sum of their counts and the force's counts of them."""
    book, is_custody = basis.book, basis.scheme.kind is Kind.CUSTODY
    throughput = _throughput(throughputs, period)
    minutes = counts.worked.total()
    return CountedFigures(
        attempts=_attempts(book, counts),
        access=_access(basis.scheme, book, counts),
        people=_people(book, counts, throughput) if is_custody else _NOBODY,
        animals=AnimalFigures(0) if is_custody else _animals(book, counts, animals, sites, period),
        issues=issue_figures(book, counts, period),
        minutes=minutes,
        hours=hours_of(minutes),
    )


def is_shown(site: Site, period: Period, *, attempted: bool) -> bool:
    """Whether a site belongs in the figures of a period.

    Sites that closed before the previous year, or open only later, don't. A site that never had an
    open period is kept in reserve and shown as not in use.
    """
    if attempted or not site.open_periods or site.is_open_within(period):
        return True
    first = min(p.start for p in site.open_periods)
    ends = [p.end for p in site.open_periods if p.end is not None]
    return first <= period.end and max(ends) >= period.year_before().start


def _site_figures(
    site: Site,
    spans: Sequence[TargetSpan],
    period: Period,
    over_by: date | None,
    by_day: Mapping[date, int],
    attempts: Attempts,
) -> SiteFigures:
    """One site. `over_by` is today if the period isn't over: the spans that are over by then are
    what was due so far."""
    past = [item for item in spans if over_by is not None and item.span.end < over_by]
    return SiteFigures(
        site.id,
        site.name,
        site.cells,
        site.is_open_within(period),
        attempts,
        target_met(site, period, spans, by_day),
        None if over_by is None else target_met(site, period, past, by_day),
        tuple(dict.fromkeys(item.target for item in spans if item.due)),
        site.opened_unknown(period),
    )


def days_of_spans(basis: FiguresBasis, period: Period, sites: Sequence[Site]) -> Period:
    """The period with all days of the spans that belong to it, of the targets of these sites and of
    groups."""
    spans = [item.span for site in sites for item in site.target_spans(period, basis.years)]
    if with_targets := _with_targets(basis):
        from visitapp.domain.office.group_target import days_of_group_spans

        spans += [days_of_group_spans(group, period, basis.years) for group in with_targets]
    first = min((span.start for span in spans), default=period.start)
    last = max((span.end for span in spans), default=period.end)
    return Period(min(first, period.start), max(last, period.end))


def _with_targets(basis: FiguresBasis) -> list[SiteGroup]:
    return [group for group in basis.groups if group.targets]


def group_targets_of(
    basis: FiguresBasis, period: Period, visited: VisitsByDay, today: date
) -> "tuple[GroupTargetFigures, ...]":
    """What became of the targets that groups have as a whole; `visited` has the days that
    `days_of_spans` says."""
    if not (with_targets := _with_targets(basis)):
        return ()
    from visitapp.domain.year.group_target import group_targets

    return group_targets(with_targets, basis.sites, period, basis.years, visited.meeting, today)


def _attempts(book: CodeBook, counts: Counts) -> Attempts:
    by_ending, by_mode, at_site = Counter[Ending](), Counter[str](), 0
    for (status, mode), number in counts.attempts.items():
        ending = book.ending(status)
        by_ending[ending] += number
        by_mode[mode] += number
        at_site += number if ending is Ending.COMPLETED and mode == FACE_TO_FACE else 0
    return Attempts(
        **{ending.value: by_ending[ending] for ending in Ending},
        by_mode=book.labelled("visit_mode", by_mode),
        at_site=at_site,
    )


def _added(counts: Iterable[Mapping[date, int]]) -> Mapping[date, int]:
    sums: dict[date, int] = {}
    for by_day in counts:
        for day, number in by_day.items():
            sums[day] = sums.get(day, 0) + number
    return sums


def _rates_within(rates: Sequence[Rate], period: Period) -> tuple[Decimal, ...]:
    """The rates in force on any day of the period, oldest first; equal ones in a row count once."""
    ordered = sorted(rates, key=lambda rate: rate.from_on)
    pounds: list[Decimal] = []
    for at, rate in enumerate(ordered):
        superseded = at + 1 < len(ordered) and ordered[at + 1].from_on <= period.start
        amount = rate.gbp_per_hour
        if rate.from_on <= period.end and not superseded and amount not in pounds[-1:]:
            pounds.append(amount)
    return tuple(pounds)


def _throughput(throughputs: Sequence[Throughput], period: Period) -> int | None:
    known = [entry.number for entry in throughputs if period.holds(entry.period)]
    return sum(known) if known else None


def _access(scheme: Scheme, book: CodeBook, counts: Counts) -> AccessFigures:
    by_wait = counts.access
    reasons = {reason: n for reason, n in counts.delay_reasons.items() if reason is not None}
    return AccessFigures(
        immediate=by_wait[AccessBand.IMMEDIATE],
        delay=by_wait[AccessBand.DELAY],
        long=by_wait[AccessBand.LONG],
        not_admitted=by_wait[AccessBand.NOT_ADMITTED],
        not_applicable=by_wait[AccessBand.NOT_APPLICABLE],
        reasons=book.labelled("delay_reason", reasons),
        reason_codes=book.in_order("delay_reason", reasons),
        immediate_limit=scheme.immediate_limit,
        delay_limit=scheme.delay_limit,
        unknown=by_wait[AccessBand.UNKNOWN],
    )


def _part_of(book: CodeBook, outcome: str) -> str:
    group = book.group("outcome", outcome)
    return group if group in _PARTS else "other"


def _people(book: CodeBook, counts: Counts, throughput: int | None) -> PeopleFigures:
    parts = dict.fromkeys(_PARTS, 0)
    for (outcome, _), number in counts.outcomes.items():
        parts[_part_of(book, outcome)] += number
    return PeopleFigures(
        present=sum(parts.values()),
        **parts,
        throughput=throughput,
        reasons={
            part: _reasons(book, counts, part) for part in ("not_offered", "not_available", "other")
        },
        seen_by={
            detail: book.labelled(
                detail, {c: n for c, n in counts.seen_by[detail].items() if c is not None}
            )
            for detail in DETAILS
        },
        uncounted_visits=counts.uncounted,
    )


def _reasons(book: CodeBook, counts: Counts, part: str) -> Labelled:
    """The recorded reasons for not being offered or seen. The outcomes of the part "other" are
    reasons themselves, such as access refused by an Inspector."""
    reasons: dict[str, int] = {}
    outcomes: dict[str, int] = {}
    for (outcome, reason), number in counts.outcomes.items():
        if _part_of(book, outcome) != part:
            continue
        if part == "other":
            outcomes[outcome] = outcomes.get(outcome, 0) + number
        elif reason is not None:
            reasons[reason] = reasons.get(reason, 0) + number
    return book.labelled("outcome", outcomes) + book.labelled("outcome_reason", reasons)


def _animals(
    book: CodeBook,
    counts: Counts,
    basis: "AnimalBasis | None",
    sites: Sequence[Site],
    period: Period,
) -> AnimalFigures:
    by_outcome: Counter[str] = Counter()
    for (outcome, _), number in counts.outcomes.items():
        by_outcome[outcome] += number
    kinds = {site.kind for site in sites}
    figures = AnimalFigures(
        seen=sum(n for code, n in by_outcome.items() if book.group("outcome", code) == "seen"),
        by_outcome=book.labelled("outcome", by_outcome),
        uncounted_visits=counts.uncounted,
        homes=tuple(kind for kind in SiteKind if kind in kinds) or (SiteKind.KENNELS,),
    )
    if basis is None:
        return figures
    from visitapp.services.year.animal_figures import with_species

    return with_species(figures, basis, sites, book, period)
