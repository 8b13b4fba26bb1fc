"""Visits that count, of one person or of everybody."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, func, select

from visitapp.domain.period import Period
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.own_visits import CountedVisit
from visitapp.persistence import same_person
from visitapp.persistence import tables as t
from visitapp.persistence.places import IS_TRAINING


def visits_of_person(
    connection: Connection, person_id: UUID, period: Period
) -> Iterator[CountedVisit]:
    """Every counted visit that somebody made, in all schemes, in order."""
    others = (other for other, kept in same_person.kept_of(connection).items() if kept == person_id)
    of_person = t.visitor.c.person_id.in_([person_id, *others])
    counted = visits_of_people(connection, period, of_person)
    return (visit for whose, visit in counted if whose == person_id)


def visits_of_people(
    connection: Connection, period: Period, *wanted: ColumnElement[bool]
) -> Iterator[tuple[UUID, CountedVisit]]:
    """The same of everybody, each with the person’s id. The time of a visit is the same for each
    of its visitors; observers give none. Visits of somebody who is the same as another are under
    that one's id, once if both are named."""
    kept = same_person.kept_of(connection)
    training = select(t.code.c.code).where(t.code.c.scheme_id == t.visit.c.scheme_id, IS_TRAINING)
    together = t.visitor.alias()
    number = (
        select(func.count())
        .where(together.c.visit_id == t.visit.c.id, together.c.observes.is_(False))
        .scalar_subquery()
    )
    query = (
        select(
            *(t.visit.c[name] for name in ("id", "scheme_id", "site_id", "local_date", "left_utc")),
            t.visit.c.volunteer_minutes,
            t.visitor.c.person_id,
            number.label("visitors"),
        )
        .join(t.visitor, t.visitor.c.visit_id == t.visit.c.id)
        .where(
            *wanted,
            t.visitor.c.observes.is_(False),
            t.visit.c.state == State.LOCKED.value,
            t.visit.c.local_date.between(period.start, period.end),
            t.visit.c.type.not_in(training.scalar_subquery()),
        )
        .order_by(t.visit.c.arrived_utc, t.visit.c.id)
    )
    listed: set[tuple[UUID, UUID]] = set()
    for row in connection.execute(query):
        whose = kept.get(row.person_id, row.person_id)
        if (whose, row.id) in listed:
            continue
        listed.add((whose, row.id))
        minutes = None if row.left_utc is None else row.volunteer_minutes // row.visitors
        visit = CountedVisit(row.id, row.scheme_id, row.site_id, row.local_date, minutes)
        yield whose, visit


def first_visit(connection: Connection) -> date | None:
    """The day of the earliest counted visit; None without any."""
    counted = t.visit.c.state == State.LOCKED.value
    return connection.execute(select(func.min(t.visit.c.local_date)).where(counted)).scalar()
