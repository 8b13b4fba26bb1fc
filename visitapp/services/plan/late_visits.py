"""What is expected and late: assigned weeks that are over without a report."""

from datetime import date, timedelta

from visitapp.domain.period import Period
from visitapp.domain.plan.late_visit import (
    WEEKS_EXPECTED,
    ExpectedVisit,
    LateVisit,
    without_report,
)
from visitapp.domain.plan.planned import PastVisit, PlanState
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import inbox, people, plans, same_person, schemes
from visitapp.persistence.database import Connection


def late_visits(connection: Connection, today: date) -> tuple[LateVisit, ...]:
    """In the office: the visits of plans in use whose week ended in the last weeks, and of which
    no report came, however it came; the longest overdue first. Visits of people without a copy are
    among them: somebody has to log theirs at the office."""
    used = {plan.id for plan in plans.plans(connection) if plan.state is PlanState.CURRENT}
    if not used:
        return ()
    over = Period(today - timedelta(weeks=WEEKS_EXPECTED), today - timedelta(days=1))
    expected = [
        ExpectedVisit(visit.id, visit.site_id, visit.span, visit.pair)
        for visit in plans.visits(connection, over)
        if visit.plan_id in used
        and visit.span.end in over
        and len(visit.pair) == 2
        and not visit.is_cancelled
        and not visit.is_stood_down
    ]
    if not expected:
        return ()
    whole = Period(min(visit.span.start for visit in expected), over.end)
    reports = [*plans.past_visits(connection, whole), *_undecided(connection)]
    missing = without_report(expected, reports)
    sites = schemes.site_names(connection)
    names = people.names(connection, {person for visit in missing for person in visit.pair})
    late = (
        LateVisit(
            visit.id,
            sites[visit.site_id],
            visit.span,
            tuple(sorted(names[person_id] for person_id in visit.pair)),
        )
        for visit in missing
    )
    return tuple(sorted(late, key=lambda visit: (visit.span.end, visit.site_name, visit.names)))


def _undecided(connection: Connection) -> list[PastVisit]:
    """Reports that came and don't count yet."""
    kept = same_person.kept_of(connection)
    return [
        PastVisit(
            visit.site_id,
            visit.arrived.day,
            visit.arrived.minute,
            tuple(kept.get(person_id, person_id) for person_id in visit.visitors),
        )
        for item in inbox.undecided(connection)
        if not item.accepted_revision and (visit := item.report.last).state is State.LOCKED
    ]
