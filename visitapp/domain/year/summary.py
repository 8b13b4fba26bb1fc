"""Every figure of a period, calculated once for pages, documents and the command line.

Visits count if they are signed, not withdrawn and not training. All of them were attempted; those
that visitors completed, in person or remotely, were made. Each share has its part and whole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.figures import Share, listed_shares, single_share
from visitapp.domain.following.refusal import Refusal
from visitapp.domain.office.group import GroupKind, SiteGroup
from visitapp.domain.office.scheme import Kind, Office, Scheme
from visitapp.domain.office.site import SiteKind, usual_target
from visitapp.domain.office.target import VisitTarget
from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import AT_ONCE
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.domain.text.wording import dates, long_date, number_of
from visitapp.domain.year.animal_figures import AnimalFigures
from visitapp.domain.year.attempts import Attempts, Labelled, SiteFigures, Target
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.people_figures import PeopleFigures
from visitapp.domain.year.register import Volunteers

if TYPE_CHECKING:  # the first page doesn't load what only documents and other pages show
    from visitapp.domain.office.record_review import ReviewsOfPeriod
    from visitapp.domain.year.chosen_sites import ChosenSites
    from visitapp.domain.year.custody_answers import CustodyAnswers, RequestFigures
    from visitapp.domain.year.findings import QuestionFigures
    from visitapp.domain.year.group_target import GroupTargetFigures
    from visitapp.domain.year.listed_issue import IssueList
    from visitapp.domain.year.site_findings import SiteFindings
    from visitapp.domain.year.volunteer_hours import TimeBesideVisits
    from visitapp.domain.year.volunteer_profile import VolunteerProfile


@dataclass(frozen=True, slots=True)
class AccessFigures:
    """Visits by wait for access; the six parts add up to all visits attempted. `unknown`: visits in
    person for which nobody recorded when the visitors were let in. `reason_codes` are the codes of
    `reasons`."""

    immediate: int
    delay: int
    long: int
    not_admitted: int
    not_applicable: int
    reasons: Labelled = ()
    immediate_limit: int = 5
    delay_limit: int = 15
    unknown: int = 0
    reason_codes: tuple[str, ...] = ()

    @property
    def face_to_face(self) -> int:
        """Visits in person with a known wait: the whole of the percentages."""
        return self.immediate + self.delay + self.long + self.not_admitted

    @property
    def shares(self) -> tuple[Share, Share, Share, Share]:
        """Immediate, delayed, long and not admitted as shares of visits in person, if listed
        together."""
        a, b, c, d = listed_shares((self.immediate, self.delay, self.long, self.not_admitted))
        return a, b, c, d

    @property
    def total(self) -> int:
        """All visits attempted."""
        return self.face_to_face + self.unknown + self.not_applicable

    @property
    def immediate_share(self) -> Share:
        """The share of immediate access, if given on its own."""
        return single_share(self.immediate, self.face_to_face)


@dataclass(frozen=True, slots=True)
class CategoryFigures:
    """Issues of one category, or of one severity: put right at the visit, later, or still open."""

    code: str
    label: str
    at_visit: int
    later: int
    open: int

    @property
    def total(self) -> int:
        """All of these issues."""
        return self.at_visit + self.later + self.open


@dataclass(frozen=True, slots=True)
class IssueFigures:
    """Concerns by category, severity and origin (in the order of the coded lists) and by month;
    positive findings apart. An allegation is a concern of the highest severity. `by_matter`:
    welfare, conditions and other matters; allegations are a matter of their own, whatever their
    category.

    Nothing is known of issues at `unknown_visits`, which were imported without a list of them.
    """

    by_category: tuple[CategoryFigures, ...] = ()
    by_month: tuple[tuple[Period, int], ...] = ()
    positive: Labelled = ()
    unknown_visits: int = 0
    by_severity: tuple[CategoryFigures, ...] = ()
    by_origin: Labelled = ()
    by_matter: tuple[CategoryFigures, ...] = ()

    @property
    def less_serious(self) -> tuple[CategoryFigures, ...]:
        """By severity, without allegations."""
        return tuple(each for each in self.by_severity if each.code != str(AT_ONCE))

    @property
    def allegations(self) -> CategoryFigures:
        """Allegations of ill-treatment and safeguarding, which are counted apart."""
        none = CategoryFigures(str(AT_ONCE), "", 0, 0, 0)
        return next((each for each in self.by_severity if each.code == none.code), none)

    @property
    def total(self) -> int:
        """All concerns raised."""
        return sum(category.total for category in self.by_category)

    @property
    def at_visit(self) -> int:
        """Concerns put right during the visit."""
        return sum(category.at_visit for category in self.by_category)

    @property
    def open(self) -> int:
        """Concerns without an outcome."""
        return sum(category.open for category in self.by_category)


@dataclass(frozen=True, slots=True)
class CountedFigures:
    """What was counted at the visits to a site, or to all sites of a scheme. `hours` of sites that
    are listed together add up to those of the scheme."""

    attempts: Attempts
    access: AccessFigures
    people: PeopleFigures
    animals: AnimalFigures
    issues: IssueFigures
    minutes: int
    hours: Decimal


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """What was counted at the sites of a group while they belonged to it; `group` is None for those
    of no group of this kind. The lines of one kind add up to the scheme's figures.

    A week, or what else a target counts by, is in the group of its deciding day. `so_far`: what
    was due until yesterday; None if the period is over. `findings` are of questions that are not
    about people; they and `requests` are there only if they were asked for.
    """

    kind: GroupKind
    group: SiteGroup | None
    counted: CountedFigures
    target: Target
    so_far: Target | None = None
    findings: "tuple[QuestionFigures, ...]" = ()
    requests: "RequestFigures | None" = None

    @property
    def name(self) -> str:
        """The name of the line: `West`, `In no panel`."""
        return self.kind.none if self.group is None else self.group.name

    def judged(self) -> "GroupFigures":
        """The same, but compared with what was due so far if the period isn't over."""
        return replace(self, target=self.so_far or self.target)


def by_kind(lines: Iterable[GroupFigures]) -> dict[GroupKind, tuple[GroupFigures, ...]]:
    """The lines of each kind of group, in order."""
    kinds: dict[GroupKind, tuple[GroupFigures, ...]] = {}
    for line in lines:
        kinds[line.kind] = (*kinds.get(line.kind, ()), line)
    return kinds


@dataclass(frozen=True, slots=True)
class SchemeFigures:
    """All figures of one scheme in one period.

    `sites` are those in use, visited, or kept in reserve (`was_open` False); `coverage` is in the
    same order. `by_site` has what was counted at each of them, by its id: the sums are the
    figures of the scheme, as are those of the lines `by_group` of one kind. Months and quarters are
    cut at the ends of the period. `group_targets` are those that groups have as a whole, which are
    no part of `target`. `minutes` are volunteers' minutes; `value` is in pounds, None
    without a rate; `unknown_length` visits have no leaving time and so add no minutes. `as_at` is
    today if the period isn't over, begun or not, otherwise None. Then `whole` is the target of all
    of it, and `so_far` that of the spans that are over.
    """

    scheme: Scheme
    period: Period
    attempts: Attempts
    sites: tuple[SiteFigures, ...]
    target: Target
    minutes: int
    hours: Decimal
    value: Decimal | None
    rates: tuple[Decimal, ...]
    unknown_length: int
    coverage: tuple[SiteCoverage, ...]
    access: AccessFigures
    people: PeopleFigures
    animals: AnimalFigures
    issues: IssueFigures
    by_month: tuple[tuple[Period, int], ...]
    by_quarter: tuple[tuple[Period, int], ...]
    as_at: date | None = None
    so_far: Target | None = None
    whole: Target | None = None
    refusals: tuple[Refusal, ...] = ()
    by_site: Mapping[UUID, CountedFigures] = field(default_factory=dict)
    years: ReportingYears = APRIL_YEARS
    by_group: tuple[GroupFigures, ...] = ()
    group_targets: "tuple[GroupTargetFigures, ...]" = ()

    def judged(self) -> "SchemeFigures":
        """The same figures, but compared with what was due so far if the period isn't over: nobody
        should be blamed for visits that aren't due yet."""
        if self.as_at is None or self.so_far is None:
            return self
        sites = tuple(replace(site, target=site.so_far or site.target) for site in self.sites)
        groups = tuple(group.judged() for group in self.by_group)
        return replace(
            self,
            target=self.so_far,
            sites=sites,
            by_group=groups,
            group_targets=tuple(item.judged() for item in self.group_targets),
            whole=self.whole or self.target,
        )

    @property
    def visits(self) -> int:
        """Visits made."""
        return self.attempts.completed

    @property
    def by_then(self) -> str:
        """` by 10 April 2024`, to follow a number of visits due, if the period isn't over."""
        return "" if self.as_at is None else f" by {long_date(self.as_at)}"

    @property
    def all_due(self) -> str:
        """`In all, 104 visits are due by 31 March 2025.` if the period isn't over; otherwise
        empty."""
        if self.whole is None:
            return ""
        number = self.whole.expected
        verb = number_of(number, "visit is", "visits are")
        return f"In all, {verb} due by {long_date(self.period.end)}."

    @property
    def targets(self) -> tuple[VisitTarget, ...]:
        """The targets by which something was due at any site; if nothing was, the one that is usual
        for the kind of scheme."""
        in_force = dict.fromkeys(target for site in self.sites for target in site.targets)
        kind = SiteKind.SUITE if self.scheme.kind is Kind.CUSTODY else SiteKind.KENNELS
        return tuple(in_force) or (usual_target(kind),)

    @property
    def spans(self) -> tuple[Period, ...]:
        """The weeks, or whatever else the targets count by, that belong to the period."""
        spans = {span for target in self.targets for span in target.spans(self.period, self.years)}
        return tuple(sorted(spans))

    @property
    def unit(self) -> str:
        """What the targets count by: `week`, `month`, ..., or `period` if not all by the same."""
        units = {target.unit for target in self.targets}
        return units.pop().value if len(units) == 1 else "period"

    @property
    def issues_known(self) -> bool:
        """Whether anything is known of issues: no if all visits came without a list of them."""
        return (
            not 0 < self.attempts.attempted <= self.issues.unknown_visits or self.issues.total > 0
        )

    @property
    def people_known(self) -> bool:
        """Whether any visit recorded the number of people in the cells."""
        return not 0 < self.visits <= self.people.uncounted_visits

    @property
    def hours_known(self) -> bool:
        """Whether any visit has a leaving time."""
        return not 0 < self.attempts.attempted <= self.unknown_length

    @property
    def is_in_use(self) -> bool:
        """Whether a site was open on any day, or visitors called."""
        return any(site.is_counted for site in self.sites)

    @property
    def coverage_in_use(self) -> tuple[SiteCoverage, ...]:
        """Coverage of the sites in use or visited: a closed suite has no gaps."""
        used = {site.site_id for site in self.sites if site.is_counted}
        return tuple(
            coverage
            for coverage in self.coverage
            if coverage.site_id in used or coverage.total or coverage.outside
        )

    @property
    def timeslots(self) -> tuple[int, int]:
        """(timeslots visited, timeslots of the sites in use and of others that were visited)."""
        shown = self.coverage_in_use
        return sum(c.cells_visited for c in shown), sum(c.cells_due for c in shown)

    @property
    def visits_in_sites(self) -> Mapping[str, int]:
        """Visits made by name of site: sites open on any day or visited, including zeros."""
        return {site.name: site.attempts.completed for site in self.sites if site.is_counted}


def spans_clause(figures: SchemeFigures) -> str:
    """Which days the weeks (or what else targets count by) of a period are, and the visits in
    them. They differ from those of its days if a week continues past an end of the period."""
    spans, visits = figures.spans, figures.target.in_spans or 0
    if figures.as_at is not None:
        spans = tuple(span for span in spans if span.end < figures.as_at)
    if not spans:
        return ""
    visits_words = number_of(visits, "visit")
    is_single = len(spans) == 1
    number = "" if figures.unit == "period" else f"{len(spans)} "  # of several kinds
    unit = figures.unit if is_single else f"{number}{figures.unit}s"
    days = dates(spans[0].start, spans[-1].end)
    return f"The {unit} counted, {days}, had {visits_words}"


@dataclass(frozen=True, slots=True)
class EarlierYear:
    """A year known only by its totals, entered by hand: name of figure -> number."""

    period: Period
    totals: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class AnnualSummary:
    """The figures of both kinds of scheme for a period, with those of the period before.

    `others` has a summary for each further scheme of a kind, such as another force's kennels.
    `previous` has no entry for a kind without a counted visit in the period before. `earlier` has
    years known only by their totals, `texts` the texts of the year by key. `findings` and `custody`
    are what answers add up to; empty and None unless they were asked for. With `chosen` everything
    is about some sites alone, and what can't be had by site is left out: `earlier`, `volunteers`,
    most `texts`. A copy to read has no answers (`has_answers`). `reviews` of custody records are
    None without any. `profile`: who the volunteers were at the end of a year that is over, as far
    as it may be published. `unread` are texts of the year before with which those of this one
    begin; they are printed once somebody has read them and they are among `texts`.
    `beside_visits` is None if no other time was recorded, and anywhere but at the office.
    """

    office: Office
    period: Period
    schemes: Mapping[Kind, SchemeFigures]
    previous: Mapping[Kind, SchemeFigures] = field(default_factory=dict)
    earlier: Mapping[Kind, tuple[EarlierYear, ...]] = field(default_factory=dict)
    volunteers: Mapping[Kind, Volunteers] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    findings: Mapping[Kind, "tuple[QuestionFigures, ...]"] = field(default_factory=dict)
    issues: Mapping[Kind, "IssueList"] = field(default_factory=dict)
    chosen: "ChosenSites | None" = None
    custody: "CustodyAnswers | None" = None
    findings_by_site: "SiteFindings" = field(default_factory=dict)
    others: tuple["AnnualSummary", ...] = ()
    has_answers: bool = True
    reviews: "ReviewsOfPeriod | None" = None
    profile: "VolunteerProfile | None" = None
    unread: Mapping[str, str] = field(default_factory=dict)
    beside_visits: "TimeBesideVisits | None" = None

    @property
    def every(self) -> tuple[SchemeFigures, ...]:
        """The figures of all schemes."""
        return (*self.schemes.values(), *(f for other in self.others for f in other.every))
