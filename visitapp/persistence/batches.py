"""Imports: the visits that each added, and the rows that it skipped."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, and_, func, insert, or_, select, update

from visitapp.domain.errors import ConflictError
from visitapp.domain.following.ledger import Event
from visitapp.domain.importing import Batch, Reject
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import counted_answers, same_person
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.stored_json import from_json, to_json

_LONGEST_VISIT = 2 * 24 * 60
"""How many minutes before a visit's arrival another one that overlaps it may have begun."""


def batches(connection: Connection) -> list[Batch]:
    """All imports, the latest first."""
    rejected = (
        select(func.count())
        .where(t.batch_reject.c.batch_id == t.batch.c.id)
        .correlate(t.batch)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(t.batch, rejected.label("rejected")).order_by(
            t.batch.c.imported_at.desc(), t.batch.c.id
        )
    )
    return [
        Batch(
            id=row.id,
            imported_at=row.imported_at,
            imported_by=row.imported_by,
            source=row.source,
            visits=row.visits,
            rejected=row.rejected,
            withdrawn_at=row.withdrawn_at,
            withdrawn_reason=row.withdrawn_reason,
            without_issues=row.without_issues,
        )
        for row in rows
    ]


def rejects(connection: Connection, batch_id: UUID | None = None) -> list[Reject]:
    """The rows skipped by one import, or by all imports that aren't withdrawn."""
    of_batch = t.batch_reject.c.batch_id
    counted = select(t.batch.c.id).where(t.batch.c.withdrawn_at.is_(None))
    kept = of_batch.in_(counted) if batch_id is None else of_batch.in_([batch_id])
    rows = connection.execute(
        select(t.batch_reject)
        .where(kept)
        .order_by(t.batch_reject.c.sheet.desc(), t.batch_reject.c.row_number)
    )
    return [
        Reject(
            row.sheet,
            row.row_number,
            from_json(row.content, tuple[tuple[str, str], ...]),
            from_json(row.reasons, tuple[str, ...]),
        )
        for row in rows
    ]


def save_batch(connection: Connection, batch: Batch) -> None:
    """Write an import, or how far it has got."""
    done = connection.execute(
        update(t.batch)
        .where(t.batch.c.id == batch.id)
        .values(visits=batch.visits, version=t.batch.c.version + 1)
    )
    if done.rowcount == 0:
        connection.execute(
            insert(t.batch).values(
                id=batch.id,
                imported_at=batch.imported_at,
                imported_by=batch.imported_by,
                source=batch.source,
                visits=batch.visits,
                without_issues=batch.without_issues,
            )
        )


def insert_rejects(connection: Connection, batch_id: UUID, items: Iterable[Reject]) -> None:
    """Store the rows that an import skipped, with the reasons."""
    rows = [
        {
            "id": uuid4(),
            "batch_id": batch_id,
            "sheet": item.sheet,
            "row_number": item.row,
            "content": to_json(item.content),
            "reasons": to_json(item.reasons),
        }
        for item in items
    ]
    if rows:
        connection.execute(insert(t.batch_reject), rows)


def withdraw_batch(connection: Connection, batch_id: UUID, reason: str, at: datetime) -> int:
    """Take an import's visits out of every count. Returns how many still counted.

    Raises ConflictError if there is no such import or it is withdrawn already.
    """
    done = connection.execute(
        update(t.batch)
        .where(t.batch.c.id == batch_id, t.batch.c.withdrawn_at.is_(None))
        .values(withdrawn_at=at, withdrawn_reason=reason, version=t.batch.c.version + 1)
    )
    if done.rowcount == 0:
        raise ConflictError("This import has already been withdrawn. Look at the list again.")
    withdrawn = connection.execute(
        update(t.visit)
        .where(t.visit.c.batch_id == batch_id, t.visit.c.state == State.LOCKED.value)
        .values(
            state=State.WITHDRAWN.value,
            withdrawn_at=at,
            withdrawn_reason=reason,
            version=t.visit.c.version + 1,
        )
    )
    counted_answers.recount(connection, t.visit.c.batch_id == batch_id)
    return int(withdrawn.rowcount)


def is_withdrawn(connection: Connection, batch_id: UUID) -> bool:
    """Whether an import is withdrawn as a whole."""
    query = select(t.batch.c.id).where(
        t.batch.c.id == batch_id, t.batch.c.withdrawn_at.is_not(None)
    )
    return connection.execute(query).first() is not None


def brought_again(connection: Connection, batch_id: UUID) -> int:
    """How many of an import's visits have been imported again, by an import that counts."""
    own, other = t.visit.alias("own"), t.visit.alias("other")
    query = (
        select(func.count(func.distinct(own.c.id)))
        .select_from(
            own.join(
                other,
                and_(
                    other.c.scheme_id == own.c.scheme_id,
                    other.c.source_ref == own.c.source_ref,
                    other.c.batch_id != own.c.batch_id,
                ),
            ).join(t.batch, t.batch.c.id == other.c.batch_id)
        )
        .where(own.c.batch_id == batch_id, t.batch.c.withdrawn_at.is_(None))
    )
    return int(connection.execute(query).scalar_one())


def put_batch_back(connection: Connection, batch_id: UUID) -> int:
    """Count an import's visits again. Returns their number. A visit that was also withdrawn on its
    own stays withdrawn.

    Raises ConflictError if there is no such import or it isn't withdrawn.
    """
    batches_back = connection.execute(
        update(t.batch)
        .where(t.batch.c.id == batch_id, t.batch.c.withdrawn_at.is_not(None))
        .values(withdrawn_at=None, withdrawn_reason="", version=t.batch.c.version + 1)
    )
    if batches_back.rowcount == 0:
        raise ConflictError("This import is no longer withdrawn. Look at the list again.")
    last = (
        select(rt.ledger.c.visit_id, func.max(rt.ledger.c.position).label("position"))
        .where(rt.ledger.c.event.in_([Event.WITHDRAWN.value, Event.PUT_BACK.value]))
        .group_by(rt.ledger.c.visit_id)
        .subquery()
    )
    by_themselves = (
        select(rt.ledger.c.visit_id)
        .join(last, last.c.position == rt.ledger.c.position)
        .where(rt.ledger.c.event == Event.WITHDRAWN.value)
    )
    visits_back = connection.execute(
        update(t.visit)
        .where(
            t.visit.c.batch_id == batch_id,
            t.visit.c.state == State.WITHDRAWN.value,
            t.visit.c.id.not_in(by_themselves),
        )
        .values(
            state=State.LOCKED.value,
            withdrawn_at=None,
            withdrawn_reason="",
            version=t.visit.c.version + 1,
        )
    )
    counted_answers.recount(connection, t.visit.c.batch_id == batch_id)
    return int(visits_back.rowcount)


def imported(connection: Connection) -> dict[tuple[UUID, str], tuple[str, bool]]:
    """(digest, whether withdrawn on its own) of every visit of an import that counts, by scheme and
    reference in the source."""
    rows = connection.execute(
        select(t.visit.c.scheme_id, t.visit.c.source_ref, t.visit.c.source_digest, t.visit.c.state)
        .join(t.batch, t.batch.c.id == t.visit.c.batch_id)
        .where(t.visit.c.source_ref.is_not(None), t.batch.c.withdrawn_at.is_(None))
    )
    return {
        (scheme_id, ref): (digest, state != State.LOCKED.value)
        for scheme_id, ref, digest, state in rows
    }


def spans(
    connection: Connection, between: Mapping[UUID, tuple[int, int]]
) -> list[tuple[UUID, int, int, str]]:
    """(site, arrival, last time, reference) of each site's signed visits that overlap a stretch of
    time. Times are minutes in UTC."""
    if not between:
        return []
    last = func.coalesce(t.visit.c.left_utc, t.visit.c.admitted_utc, t.visit.c.arrived_utc)
    near = [
        and_(
            t.visit.c.site_id == site_id,
            t.visit.c.arrived_utc.between(first - _LONGEST_VISIT, final),
        )
        for site_id, (first, final) in between.items()
    ]
    rows = connection.execute(
        select(t.visit.c.site_id, t.visit.c.arrived_utc, last, t.visit.c.ref).where(
            t.visit.c.state == State.LOCKED.value, t.visit.c.day_only.is_(False), or_(*near)
        )
    )
    return [(site_id, start, end, ref) for site_id, start, end, ref in rows]


def same_days(
    connection: Connection, between: Mapping[UUID, tuple[date, date]]
) -> list[tuple[UUID, date, frozenset[UUID], bool, str]]:
    """(site, day, visitors, whether the time is known, reference) of each site's signed visits from
    a first to a last day."""
    if not between:
        return []
    columns, visitor = t.visit.c, t.visitor.c
    of_days = [
        and_(columns.site_id == site_id, columns.local_date.between(first, last))
        for site_id, (first, last) in between.items()
    ]
    rows = connection.execute(
        select(
            columns.id, columns.site_id, columns.local_date, columns.day_only, columns.ref,
            visitor.person_id,
        )
        .outerjoin(t.visitor, and_(visitor.visit_id == columns.id, visitor.observes.is_(False)))
        .where(columns.state == State.LOCKED.value, or_(*of_days))
    ).all()  # fmt: skip
    kept = same_person.kept_of(connection)
    visitors: dict[UUID, set[UUID]] = {}
    for row in rows:
        whose = {kept.get(row.person_id, row.person_id)} - {None}
        visitors.setdefault(row.id, set()).update(whose)
    return [
        (row.site_id, row.local_date, frozenset(visitors[row.id]), not row.day_only, row.ref)
        for row in {row.id: row for row in rows}.values()
    ]


_MOST_FIGURES = 9
"""Of the number in a visit's reference; this program never gives longer ones."""


def last_numbers(connection: Connection) -> dict[str, int]:
    """The highest number used so far for each prefix of printed references."""
    highest: dict[str, int] = {}
    for (ref,) in connection.execute(select(t.visit.c.ref)):
        prefix, dash, number = ref.rpartition("-")
        if number.isdecimal() and len(number) <= _MOST_FIGURES:
            key = prefix + dash
            highest[key] = max(int(number), highest.get(key, 0))
    return highest
