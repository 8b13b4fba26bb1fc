"""Plans, their visits, and a record of each redraw."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, and_, delete, func, insert, or_, select, update

from visitapp.domain.errors import ConflictError
from visitapp.domain.office.visit_law import VisitLaw
from visitapp.domain.period import Period
from visitapp.domain.plan.planned import (
    Mode,
    PastVisit,
    Plan,
    PlannedVisit,
    PlanState,
    Redraw,
    SitePolicy,
    WhyOffice,
)
from visitapp.domain.plan.week_rule import WeekRule
from visitapp.domain.report.visit_codes import FACE_TO_FACE, State
from visitapp.persistence import planning_tables as pt
from visitapp.persistence import same_person, same_site
from visitapp.persistence import tables as t
from visitapp.persistence.places import IS_NOT_MADE, IS_TRAINING
from visitapp.persistence.rows import remove_row, save_row


def policies(connection: Connection) -> dict[UUID, SitePolicy]:
    """The policies of sites that have their own."""
    return {
        row.id: SitePolicy(
            row.id, row.visits_a_year, row.cap, row.floor, WeekRule(row.week_rule or WeekRule.EACH)
        )
        for row in connection.execute(select(t.site).where(t.site.c.visits_a_year.is_not(None)))
    }


def save_policy(connection: Connection, item: SitePolicy) -> None:
    """Write how a site is visited.

    The site keeps its version: who has its form open meanwhile changes other columns, and isn't
    refused because of this one.
    """
    connection.execute(
        update(t.site)
        .where(t.site.c.id == item.site_id)
        .values(
            visits_a_year=item.visits_a_year,
            cap=item.cap,
            floor=item.floor,
            week_rule=None if item.rule is WeekRule.EACH else item.rule.value,
        )
    )


def plans(connection: Connection, period: Period | None = None) -> list[Plan]:
    """Plans by their first week; if a period is given, those with a visit in it, or with a week in
    it and no visit at all."""
    all_plans = [
        Plan(
            row.id,
            row.start_on,
            row.weeks,
            PlanState(row.state),
            row.made_at,
            row.made_by,
            row.proven,
            row.version,
        )
        for row in connection.execute(select(pt.plan).order_by(pt.plan.c.start_on))
    ]
    if period is None:
        return all_plans
    inside = {visit.plan_id for visit in visits(connection, period)}
    planned = set(connection.execute(select(pt.planned_visit.c.plan_id).distinct()).scalars())
    return [
        plan
        for plan in all_plans
        if plan.id in inside
        or (plan.id not in planned and period.start <= plan.period.end >= plan.start <= period.end)
    ]


def save_plan(connection: Connection, item: Plan) -> None:
    """Write a plan without its visits."""
    values = {
        "id": item.id,
        "start_on": item.start,
        "weeks": item.weeks,
        "state": item.state.value,
        "made_at": item.made_at,
        "made_by": item.made_by,
        "proven": item.proven,
    }
    save_row(connection, pt.plan, values, item.version)


def remove_plan(connection: Connection, item: Plan) -> None:
    """Delete a plan and all its visits. Raises ConflictError if it was changed elsewhere."""
    connection.execute(delete(pt.planned_visit).where(pt.planned_visit.c.plan_id == item.id))
    remove_row(connection, pt.plan, item.id, item.version)


def visits(connection: Connection, period: Period) -> list[PlannedVisit]:
    """Planned visits of weeks and months in or partly in a period, in the order of their spans,
    which doesn't reveal their days."""
    table = pt.planned_visit
    query = (
        select(table)
        .where(table.c.span_start <= period.end, table.c.span_end >= period.start)
        .order_by(table.c.span_start, table.c.site_id, table.c.id)
    )
    kept = same_person.kept_of(connection) | same_site.kept_of(connection)
    return [_to_visit(row, kept) for row in connection.execute(query)]


def has_any_of_pairs(connection: Connection) -> bool:
    """Whether a visit is planned whose day and time its pair alone knows."""
    query = select(pt.planned_visit.c.id).where(
        pt.planned_visit.c.mode == Mode.PAIR_HELD.value, pt.planned_visit.c.cancelled.is_(False)
    )
    return connection.execute(query.limit(1)).first() is not None


def save_visits(connection: Connection, items: Iterable[PlannedVisit]) -> None:
    """Write planned visits, new and changed ones.

    Raises ConflictError if one was changed elsewhere.
    """
    for item in items:
        first, second = (*item.pair, None, None)[:2]
        values = {
            "id": item.id,
            "scheme_id": item.scheme_id,
            "plan_id": item.plan_id,
            "site_id": item.site_id,
            "span_start": item.span.start,
            "span_end": item.span.end,
            "day": item.day,
            "minute": item.minute,
            "cell": item.cell,
            "first_id": first,
            "second_id": second,
            "pinned": item.is_pinned,
            "by_hand": item.is_by_hand,
            "cancelled": item.is_cancelled,
            "mode": item.mode.value,
            "why_office": None if item.why_office is None else item.why_office.value,
            "stood_down": item.is_stood_down or None,
            "law": item.law.value,
            "moved_at": item.moved_at,
        }
        save_row(connection, pt.planned_visit, values, item.version)


def remove_visits(connection: Connection, items: Iterable[PlannedVisit]) -> None:
    """Delete planned visits. Raises ConflictError if one was changed elsewhere."""
    for item in items:
        remove_row(connection, pt.planned_visit, item.id, item.version)


def lacking(connection: Connection, today: date) -> tuple[Period, ...]:
    """The weeks and months of future planned visits that lack somebody, one for each visit, in
    order, without drafts."""
    table = pt.planned_visit
    query = (
        select(table.c.span_start, table.c.span_end)
        .join(pt.plan, pt.plan.c.id == table.c.plan_id)
        .where(
            table.c.span_end >= today,
            table.c.cancelled.is_(False),
            table.c.second_id.is_(None),
            pt.plan.c.state == PlanState.CURRENT.value,
        )
        .order_by(table.c.span_start, table.c.span_end)
    )
    return tuple(Period(row.span_start, row.span_end) for row in connection.execute(query))


def last_planned(connection: Connection) -> Period | None:
    """From the first to the last day that is planned."""
    table = pt.planned_visit
    first, last = connection.execute(
        select(func.min(table.c.span_start), func.max(table.c.span_end))
    ).one()
    return None if first is None else Period(first, last)


def last_planned_of(connection: Connection, person_id: UUID) -> date | None:
    """The last day of the visits that somebody is planned for, in use or in a draft."""
    table = pt.planned_visit
    theirs = or_(table.c.first_id == person_id, table.c.second_id == person_id)
    query = select(func.max(table.c.span_end)).where(theirs, table.c.cancelled.is_(False))
    return connection.execute(query).scalar()


def past_visits(connection: Connection, period: Period) -> list[PastVisit]:
    """Visits attempted in a period with those who went, without training."""
    training, not_made = (
        select(t.code.c.code)
        .where(t.code.c.scheme_id == t.visit.c.scheme_id, is_of_group)
        .scalar_subquery()
        for is_of_group in (IS_TRAINING, IS_NOT_MADE)
    )
    was_made = t.visit.c.status.not_in(not_made)
    in_person = t.visit.c.mode == FACE_TO_FACE
    counts = or_(in_person, t.scheme.c.remote_counts.is_not(False))
    counted = (
        t.visit.c.scheme_id.in_(select(t.scheme.c.id)),  # with their state: an index by day
        t.visit.c.state == State.LOCKED.value,
        t.visit.c.local_date.between(period.start, period.end),
    )
    query = (
        select(
            t.visit.c.id,
            t.visit.c.site_id,
            t.visit.c.local_date,
            t.visit.c.minute,
            and_(was_made, in_person, t.visit.c.day_only.is_(False)).label("at_site"),
            and_(was_made, counts).label("meets_target"),
        )
        .join(t.scheme, t.scheme.c.id == t.visit.c.scheme_id)
        .where(*counted, t.visit.c.type.not_in(training))
        .order_by(t.visit.c.local_date, t.visit.c.minute)
    )
    rows = connection.execute(query).all()
    visitors_of: dict[UUID, list[UUID]] = defaultdict(list)
    ids = select(t.visit.c.id).where(*counted)
    visitors = select(t.visitor.c.visit_id, t.visitor.c.person_id).where(
        t.visitor.c.observes.is_(False), t.visitor.c.visit_id.in_(ids)
    )
    kept = same_person.kept_of(connection)
    for visit_id, person_id in connection.execute(visitors):
        visitors_of[visit_id].append(kept.get(person_id, person_id))
    return [
        PastVisit(
            row.site_id,
            row.local_date,
            row.minute,
            tuple(visitors_of[row.id]),
            at_site=bool(row.at_site),
            meets_target=bool(row.meets_target),
        )
        for row in rows
    ]


def redraws(connection: Connection, period: Period) -> list[Redraw]:
    """The redraws in a period."""
    table = pt.redraw
    query = select(table).where(table.c.start_on <= period.end, table.c.end_on >= period.start)
    return [
        Redraw(Period(row.start_on, row.end_on), row.at, row.by_whom, row.reason)
        for row in connection.execute(query.order_by(table.c.at))
    ]


def note_redraw(connection: Connection, item: Redraw) -> None:
    """Record a redraw."""
    values = {
        "id": uuid4(),
        "start_on": item.period.start,
        "end_on": item.period.end,
        "at": item.at,
        "by_whom": item.by_whom,
        "reason": item.reason,
    }
    connection.execute(insert(pt.redraw).values(values))


def _to_visit(row: Row[Any], kept: Mapping[UUID, UUID]) -> PlannedVisit:
    return PlannedVisit(
        id=row.id,
        plan_id=row.plan_id,
        scheme_id=row.scheme_id,
        site_id=kept.get(row.site_id, row.site_id),
        span=Period(row.span_start, row.span_end),
        day=row.day,
        minute=row.minute,
        cell=row.cell,
        pair=tuple(
            kept.get(person_id, person_id)
            for person_id in (row.first_id, row.second_id)
            if person_id is not None
        ),
        is_pinned=row.pinned,
        is_by_hand=row.by_hand,
        is_cancelled=row.cancelled,
        mode=Mode(row.mode),
        why_office=None if row.why_office is None else WhyOffice(row.why_office),
        is_stood_down=bool(row.stood_down),
        law=VisitLaw(row.law),
        moved_at=row.moved_at,
        version=row.version,
    )


def must_be_unchanged(
    connection: Connection, items: Iterable[PlannedVisit], period: Period
) -> None:
    """Raises ConflictError if the planned visits of a period aren't those that were read."""
    now = {(visit.id, visit.version) for visit in visits(connection, period)}
    if now != {(item.id, item.version) for item in items}:
        raise ConflictError("The plan was changed somewhere else. Look at it again first.")
