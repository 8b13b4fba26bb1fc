"""Planned visits that somebody can no longer make: they left, are on leave or away, their vetting
ends, or their availability changed."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from visitapp.domain.office.people import LEAVE, Person
from visitapp.domain.office.site import Site, SiteKind
from visitapp.domain.period import Period
from visitapp.domain.plan.availability import Availability
from visitapp.domain.plan.broken_visit import BrokenVisit, VisitAtClosedSite
from visitapp.domain.plan.planned import PlannedVisit, PlanState
from visitapp.domain.plan.rota import Need, Obstacle, VisitSlot, Volunteer, obstacle
from visitapp.domain.text.wording import long_date
from visitapp.persistence import availability, plans, schemes
from visitapp.persistence.database import Connection

_BY_HAND = (Obstacle.NOT_FREE, Obstacle.SITE, Obstacle.PROBATION, Obstacle.TACT)
"""The manager accepted these when putting somebody in by hand."""


def broken_visits(
    connection: Connection, known: Iterable[Person], today: date, *, drafts: bool = False
) -> tuple[BrokenVisit, ...]:
    """Each person and future visit that they can't make, earliest week first. `known` is everybody
    in the register; `drafts` includes visits of drafts."""
    visits = _to_come(connection, today, drafts=drafts)
    if not visits:
        return ()
    ahead = Period(today, max(visit.span.end for visit in visits))
    sites = {site.id: site for site in schemes.sites(connection)}
    register = {person.id: person for person in known}
    entered = availability.availabilities(connection)
    volunteers = {
        person_id: entered.get(person_id, Availability(person_id)).volunteer(
            register[person_id], ahead
        )
        for person_id in {person_id for visit in visits for person_id in visit.pair}
    }
    broken = []
    for visit in visits:
        for person_id in visit.pair:
            person, planned = register[person_id], volunteers[person_id]
            site = sites[visit.site_id]
            kept_off = _kept_off(planned, visit, site, today)
            if kept_off is None or (visit.is_pinned and kept_off in _BY_HAND):
                continue
            why = _why(kept_off, person, visit, today)
            broken.append(BrokenVisit(visit.id, person_id, site.name, visit.span, person.name, why))
    if not broken:
        return ()
    reported = _reported(connection, visits)
    return tuple(item for item in broken if item.visit_id not in reported)


def visits_at_closed_sites(connection: Connection, today: date) -> tuple[VisitAtClosedSite, ...]:
    """Future visits of the plan in use whose site is closed on their day or, where only the pair
    knows it, on every day that is left; earliest week first."""
    visits = _to_come(connection, today, drafts=False)
    sites = {site.id: site for site in schemes.sites(connection)}
    return tuple(
        VisitAtClosedSite(visit.id, sites[visit.site_id].name, visit.span)
        for visit in visits
        if not sites[visit.site_id].is_open_within(
            Period(max(today, visit.span.start), visit.span.end)
            if visit.day is None
            else Period(visit.day, visit.day)
        )
    )


def _to_come(connection: Connection, today: date, *, drafts: bool) -> list[PlannedVisit]:
    used = {
        plan.id for plan in plans.plans(connection) if drafts or plan.state is PlanState.CURRENT
    }
    if not used:
        return []
    last = plans.last_planned(connection)
    if last is None or last.end < today:
        return []
    return [
        visit
        for visit in plans.visits(connection, Period(today, last.end))
        if visit.plan_id in used
        and not visit.is_cancelled
        and (visit.day or visit.span.end) >= today
    ]


def _kept_off(planned: Volunteer, visit: PlannedVisit, site: Site, today: date) -> Obstacle | None:
    """What prevents somebody from making a visit; where only the pair knows when it is, from making
    it on any day that is left."""
    if not visit.is_of_pair:
        return obstacle(planned, _slot(visit, site, visit.drawn.day, visit.drawn.minute))
    first = max(today, visit.span.start)
    kept_off = None
    for at in range((visit.span.end - first).days + 1):
        day = first + timedelta(days=at)
        starts = [free.start for free in planned.free if free.weekday == day.weekday()]
        kept_off = obstacle(planned, _slot(visit, site, day, min(starts, default=0)))
        if kept_off is None:
            return None
    return kept_off


def _slot(visit: PlannedVisit, site: Site, day: date, minute: int) -> VisitSlot:
    need = Need.SUITE if site.kind is SiteKind.SUITE else Need.KENNELS
    return VisitSlot(visit.id, visit.scheme_id, site.id, site.name, day, minute, need)


def _why(kept_off: Obstacle, person: Person, visit: PlannedVisit, today: date) -> str:
    if kept_off is Obstacle.SCHEME:
        return _not_in_scheme(person, visit, today)
    until = person.clearance.vetted_until
    if kept_off is Obstacle.VETTING and until is not None:
        return f"has vetting only until {long_date(until)}"
    return {
        Obstacle.TRAINING: "is in training",
        Obstacle.AWAY: "is away then",
        Obstacle.SITE: "can\u2019t visit there",
        Obstacle.PROBATION: "is on probation, and kennels come after it",
        Obstacle.TACT: "is not trained for TACT visits",
    }.get(kept_off, "is not free then")


def _not_in_scheme(person: Person, visit: PlannedVisit, today: date) -> str:
    membership = person.membership(visit.scheme_id)
    if membership is None:
        return "is not in the scheme"
    left = membership.left_on
    if left is not None:
        return f"{'left' if left < today else 'leaves'} on {long_date(left)}"
    if membership.status_on(visit.day or visit.span.start) == LEAVE:
        return "is on leave of absence"
    return "is not in the scheme then"


def _reported(connection: Connection, visits: list[PlannedVisit]) -> set[UUID]:
    """Visits that their pair has reported."""
    first = min(visit.span.start for visit in visits)
    by_site = defaultdict(list)
    for report in plans.past_visits(connection, Period(first, max(v.span.end for v in visits))):
        by_site[report.site_id].append(report)
    return {
        visit.id
        for visit in visits
        for report in by_site[visit.site_id]
        if report.day in visit.span and set(visit.pair) <= set(report.visitors)
    }
