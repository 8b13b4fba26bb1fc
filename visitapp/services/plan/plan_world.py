"""Everything that planning looks at, read at once as one consistent view of the records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from uuid import UUID

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import OtherCopy
from visitapp.domain.office.group import SiteGroup
from visitapp.domain.office.scheme import Scheme
from visitapp.domain.office.site import Site, SiteKind, usual_target
from visitapp.domain.office.target import VisitTarget
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.planned import PastVisit, Plan, PlannedStanding, PlannedVisit, SitePolicy
from visitapp.domain.plan.rota import VisitSlot, Volunteer
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.plan.weeks import (
    WEEKS_A_YEAR,
    can_be_planned,
    is_drawn_in_parts,
    target_of_plan,
)
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears
from visitapp.persistence import (
    availability,
    exchange,
    groups,
    people,
    plans,
    schemes,
    volunteer_files,
)
from visitapp.persistence.bodies import reporting_years
from visitapp.persistence.database import Connection
from visitapp.planning.law import Policy, target_policy
from visitapp.planning.making import slots_of
from visitapp.planning.reach import Ground
from visitapp.planning.tally import Tally

_A_MONTH = timedelta(days=31)
_A_WEEK = 7


@dataclass(frozen=True)
class World:
    """The view of a period. `planned` has all visits of the period's reporting years; `shown` has
    those of the period itself, including cancelled ones. `leaves_to_pairs` are the schemes in which
    pairs draw their own moments; `copies` is each person's newest copy in use."""

    today: date
    period: Period
    grounds: tuple[Ground, ...]
    names: Mapping[UUID, str]
    volunteers: tuple[Volunteer, ...]
    gone: tuple[Volunteer, ...]
    silent: tuple[Volunteer, ...]
    past_visits: tuple[PastVisit, ...]
    planned: tuple[PlannedVisit, ...]
    plans: tuple[Plan, ...]
    sites: tuple[Site, ...] = ()
    """All sites, those too that are closed or have no target that is planned."""
    leaves_to_pairs: frozenset[UUID] = frozenset()
    copies: Mapping[UUID, OtherCopy] = field(default_factory=dict)
    drawn_weeks: tuple[Period, ...] = ()
    """Those of every plan, where a site can have a part of its target or a week without a visit."""
    groups: tuple[SiteGroup, ...] = ()
    """Those with a target as a whole."""
    years: ReportingYears = APRIL_YEARS
    telephones: Mapping[UUID, str] = field(default_factory=dict)
    """The numbers that are known, by person."""

    @property
    def earliest(self) -> date:
        """The first day that can still be planned."""
        return self.today + timedelta(days=1)

    @property
    def people(self) -> dict[UUID, Volunteer]:
        """Volunteers by id, including people in the plan who have left."""
        return {who.id: who for who in (*self.volunteers, *self.gone)}

    def ground(self, site_id: UUID) -> Ground:
        """The site's ground. Raises BadInputError if it isn't planned for."""
        match = next((g for g in self.grounds if g.site.id == site_id), None)
        if match is None:
            raise BadInputError("This site is not in use in these weeks.")
        return match

    def is_drawn(self, part: Period) -> bool:
        """Whether there is a plan that drew a week, or a month of a quarter or year; it may have no
        visit."""
        day = part.start if part.days <= _A_WEEK else part.start.replace(day=15)
        return any(day in weeks for weeks in self.drawn_weeks)

    @cached_property
    def shown(self) -> tuple[PlannedVisit, ...]:
        """Planned visits whose span belongs to the period."""
        spans = {
            (ground.site.id, span.start)
            for ground in self.grounds
            for span in ground.spans(self.period)
        }
        return tuple(v for v in self.planned if (v.site_id, v.span.start) in spans)

    @cached_property
    def active(self) -> tuple[PlannedVisit, ...]:
        """`shown` without cancelled visits."""
        return tuple(visit for visit in self.shown if not visit.is_cancelled)

    def visit(self, visit_id: UUID) -> PlannedVisit:
        """A planned visit. Raises BadInputError if it is no longer planned."""
        match = next((v for v in self.planned if v.id == visit_id), None)
        if match is None:
            raise BadInputError("This visit is not in the plan any more.")
        return match

    def visit_to_come(self, visit_id: UUID) -> PlannedVisit:
        """A planned visit that can be changed. Raises BadInputError otherwise."""
        visit = self.visit(visit_id)
        if self._outcomes[visit_id][0] is not PlannedStanding.PLANNED:
            raise BadInputError("This visit is over or cancelled and can't be changed.")
        return visit

    def slots(self) -> list[VisitSlot]:
        """Active visits as slots for the search for pairs."""
        return slots_of(self.grounds, self.active, list(self.people.values()))

    def slot(self, visit: PlannedVisit, pair: Sequence[UUID]) -> VisitSlot:
        """A visit as a slot for some people; where only its pair can place it, the slot stands in
        for a time at which these people could."""
        if not visit.is_of_pair:
            return self.ground(visit.site_id).slot(visit)
        people = [self.people[person_id] for person_id in pair if person_id in self.people]
        alike = [
            other.id
            for other in self.active
            if (other.site_id, other.span) == (visit.site_id, visit.span) and other.is_of_pair
        ]
        at = alike.index(visit.id) if visit.id in alike else 0
        return self.ground(visit.site_id).stand_in(visit, people, at)

    def pairs(self) -> dict[UUID, tuple[UUID, ...]]:
        """Who makes each active visit."""
        return {visit.id: visit.pair for visit in self.active}

    def tally(self, ground: Ground, without: UUID | None = None) -> Tally:
        """What counts for the law: past visits, and planned ones still to come."""
        coming = self._coming_at.get(ground.site.id, ())
        past_visits = self._past_visits_at.get(ground.site.id, ())
        return Tally(ground, past_visits, [visit for visit in coming if visit.id != without])

    @cached_property
    def _past_visits_at(self) -> dict[UUID, list[PastVisit]]:
        by_site: dict[UUID, list[PastVisit]] = {}
        for past_visit in self.past_visits:
            by_site.setdefault(past_visit.site_id, []).append(past_visit)
        return by_site

    @cached_property
    def coming(self) -> tuple[PlannedVisit, ...]:
        """Visits of `planned` that are still to be made."""
        outcomes = self._outcomes
        return tuple(v for v in self.planned if outcomes[v.id][0] is PlannedStanding.PLANNED)

    @cached_property
    def _coming_at(self) -> dict[UUID, list[PlannedVisit]]:
        by_site: dict[UUID, list[PlannedVisit]] = {}
        for visit in self.coming:
            by_site.setdefault(visit.site_id, []).append(visit)
        return by_site

    def standings(self) -> dict[UUID, PlannedStanding]:
        """What happened to every planned visit."""
        return {visit_id: standing for visit_id, (standing, _) in self.outcomes().items()}

    def outcomes(self) -> dict[UUID, tuple[PlannedStanding, date | None]]:
        """The same with the day of the report, if there is one."""
        return self._outcomes

    @cached_property
    def _outcomes(self) -> dict[UUID, tuple[PlannedStanding, date | None]]:
        free = {site_id: list(reports) for site_id, reports in self._past_visits_at.items()}
        outcomes: dict[UUID, tuple[PlannedStanding, date | None]] = {}
        for visit in self.planned:
            at_site = free.get(visit.site_id, [])
            report = None if visit.is_cancelled else _report_of(visit, at_site)
            if report is not None:
                at_site.remove(report)
                outcomes[visit.id] = PlannedStanding.VISITED, report.day
            elif visit.is_cancelled:
                outcomes[visit.id] = PlannedStanding.CANCELLED, None
            elif visit.span.end < self.today and visit.is_stood_down:
                outcomes[visit.id] = PlannedStanding.STOOD_DOWN, None
            elif visit.span.end < self.today:
                outcomes[visit.id] = PlannedStanding.MISSED, None
            else:
                outcomes[visit.id] = PlannedStanding.PLANNED, None
        return outcomes


def _report_of(visit: PlannedVisit, reports: list[PastVisit]) -> PastVisit | None:
    """Of the reports of its site, one by the visit's pair within its span."""
    if len(visit.pair) < 2:
        return None
    return next(
        (
            report
            for report in reports
            if report.day in visit.span and set(visit.pair) <= set(report.visitors)
        ),
        None,
    )


def read_world(connection: Connection, today: date, period: Period) -> World:
    """Read everything that matters for a period of whole weeks."""
    years = reporting_years(connection)
    year = years.year_of(week_of(period.start).start - timedelta(days=7))
    sites = tuple(sorted(schemes.sites(connection), key=_suites_first))
    in_parts = any(is_drawn_in_parts(target_of_plan(site, period)) for site in sites)
    end = period.end + _A_MONTH
    wide = Period(
        year.start - _A_MONTH, max(end, years.year_of(period.end).end) if in_parts else end
    )
    known = {scheme.id: scheme for scheme in schemes.schemes(connection)}
    grids = {grid.id: grid for grid in schemes.grids(connection)}
    chosen = plans.policies(connection)
    register = people.people(connection)
    entered = availability.availabilities(connection)
    volunteers = [
        entered.get(person.id, Availability(person.id)).volunteer(person, period)
        for person in register
    ]
    planned = tuple(plans.visits(connection, wide))
    paired = {person_id for visit in planned for person_id in visit.pair}
    grounds = tuple(
        Ground(
            site,
            grids[site.grid_id],
            policy_of(
                site,
                target_of_plan(site, period),
                chosen.get(site.id),
                known[site.scheme_id],
            ),
            known[site.scheme_id].handovers,
            years,
            target_of_plan(site, period),
            known[site.scheme_id].days_off,
            known[site.scheme_id].law,
            {visit.span.start: visit.law for visit in planned if visit.site_id == site.id},
        )
        for site in sites
        if site.is_open_within(period) and can_be_planned(target_of_plan(site, period))
    )
    return World(
        today=today,
        period=period,
        grounds=grounds,
        names={person.id: person.name for person in register},
        volunteers=tuple(who for who in volunteers if who.schemes),
        gone=tuple(
            replace(who, least=0) for who in volunteers if not who.schemes and who.id in paired
        ),
        silent=tuple(who for who in volunteers if who.schemes - who.training and not who.free),
        past_visits=tuple(plans.past_visits(connection, wide)),
        planned=planned,
        plans=tuple(plans.plans(connection, period)),
        sites=sites,
        groups=tuple(group for group in groups.groups(connection) if group.targets),
        years=years,
        telephones=volunteer_files.telephones(connection),
        leaves_to_pairs=frozenset(item.id for item in known.values() if item.moments_to_pairs),
        copies={
            copy.person_id: copy
            for copy in exchange.other_copies(connection)  # the newest one last
            if copy.person_id is not None and copy.revoked_at is None
        },
        drawn_weeks=tuple(plan.period for plan in plans.plans(connection))
        if any(ground.may_be_empty for ground in grounds)
        else (),
    )


def _suites_first(site: Site) -> tuple[bool, int, str]:
    return site.kind is not SiteKind.SUITE, site.position, site.name


def policy_of(
    site: Site, target: VisitTarget, chosen: SitePolicy | None, scheme: Scheme | None = None
) -> Policy:
    """How a site is visited: by its target; where that is the usual one for its kind, as often as
    chosen, and if that is once a week with two pairs for each if its `scheme` asks them. A chosen
    limit to the days between visits rests while the scheme can't keep it."""
    two_pairs = scheme is not None and scheme.two_pairs
    usual = target_policy(target, site.kind)
    if two_pairs and (usual.spans_a_year, usual.least) == (WEEKS_A_YEAR, 1):
        usual = replace(usual, two_pairs=True)
    if chosen is None or target.asks_for[:2] != usual_target(site.kind).asks_for[:2]:
        return usual
    return replace(
        usual,
        visits_a_year=chosen.visits_a_year,
        cap=chosen.cap,
        floor=chosen.floor,
        rule=chosen.rule if scheme is None or keeps(scheme, chosen.rule) else WeekRule.EACH,
    )


def policy_on(day: date, site: Site | None, chosen: SitePolicy | None) -> Policy:
    """How a site is visited on a day. Raises BadInputError if it isn't in the file any more, or is
    not planned."""
    if site is None:
        raise BadInputError("This site is no longer in the file.")
    target = site.target_on(day)
    if not can_be_planned(target):
        raise BadInputError(f"{site.name} is not planned: {target.words}.")
    return policy_of(site, target, chosen)


def keeps(scheme: Scheme, rule: WeekRule) -> bool:
    """Whether a scheme can keep a rule: for a limit to the days between visits the office has to
    know their days, and a week can have as many visits as that takes."""
    return not (rule.most_apart and (scheme.two_pairs or scheme.moments_to_pairs))
