"""Visits with everything that belongs to them: written and read as a whole, never changed."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    String,
    column,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy import table as plain_table

from visitapp.domain.errors import ConflictError
from visitapp.domain.moment import Moment
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit
from visitapp.domain.report.visit_codes import State
from visitapp.persistence import report_parts as parts
from visitapp.persistence import same_site, search
from visitapp.persistence import tables as t
from visitapp.persistence.issues import issue_of

Rows = Mapping[str, list[dict[str, Any]]]
_CHILDREN = (t.visitor, t.outcome_count, t.issue)
TABLES = (t.visit, *_CHILDREN, *parts.TABLES)
"""All tables that a visit is written to, in an order that references allow."""
_AT_ONCE = 500
TEXTS = "report_text"
"""The key of the texts for the text index."""


def visit_rows(visits: Iterable[Visit]) -> Rows:
    """The rows of all tables for `visits`, ready for `insert_rows`; doesn't use the database."""
    rows: dict[str, list[dict[str, Any]]] = {table.name: [] for table in TABLES}
    rows[TEXTS] = []
    for visit in visits:
        rows[TEXTS].extend(search.text_values([visit]))
        rows["visit"].append(_visit_values(visit))
        own = {"scheme_id": visit.scheme_id, "visit_id": visit.id}
        rows["visitor"].extend(own | values for values in _visitor_values(visit))
        counts = [own | _count_values(position, c) for position, c in enumerate(visit.counts)]
        rows["outcome_count"].extend(counts)
        rows["issue"].extend(
            own | _issue_values(position, issue) for position, issue in enumerate(visit.issues)
        )
        ids = [values["id"] for values in counts]
        about, numbers = parts.row_values(visit, list(zip(ids, visit.counts, strict=True)))
        rows["report_row"].extend(about)
        rows["custody_number"].extend(numbers)
        rows["report"].extend(parts.report_values(visit))
        rows["kept_words"].extend(parts.kept_values(visit))
    return rows


def insert_rows(connection: Connection, rows: Rows) -> None:
    """Write what `visit_rows` prepared."""
    for table in TABLES:
        if rows[table.name]:
            connection.execute(insert(table), rows[table.name])
    search.add(connection, rows[TEXTS])


def insert_visits(connection: Connection, visits: Iterable[Visit]) -> None:
    """Write new visits completely. The forms that they were written with are in the file."""
    from visitapp.persistence import counted_answers

    kept = same_site.all_as_counted(connection, visits)
    insert_rows(connection, visit_rows(kept))
    counted_answers.add(connection, kept)


def visit(connection: Connection, visit_id: UUID) -> Visit | None:
    """One visit with its people, counts and issues."""
    return next(iter(visits(connection, [visit_id])), None)


def visits(connection: Connection, visit_ids: Sequence[UUID]) -> list[Visit]:
    """Visits by id, in order of arrival."""
    stored = connection.execute(
        select(t.visit).where(t.visit.c.id.in_(visit_ids)).order_by(t.visit.c.arrived_utc)
    ).all()
    children = {
        table.name: _by_visit(
            connection.execute(
                select(table).where(table.c.visit_id.in_(visit_ids)).order_by(table.c.position)
            ).all()
        )
        for table in _CHILDREN
    }
    more = parts.Parts(connection, [row.id for row in stored])
    return [
        _to_visit(
            row, {name: by_visit.get(row.id, []) for name, by_visit in children.items()}, more
        )
        for row in stored
    ]


def every(connection: Connection) -> Iterator[Visit]:
    """All visits in the file, also those that don't count, read part by part."""
    ids = list(connection.execute(select(t.visit.c.id)).scalars())
    for start in range(0, len(ids), _AT_ONCE):
        yield from visits(connection, ids[start : start + _AT_ONCE])


def counted_ids(connection: Connection) -> list[UUID]:
    """The ids of all visits that count, the earliest first."""
    query = select(t.visit.c.id).where(t.visit.c.state == State.LOCKED.value)
    return list(connection.execute(query.order_by(t.visit.c.arrived_utc, t.visit.c.id)).scalars())


def editions_before(connection: Connection, visit_id: UUID) -> list[UUID]:
    """The earlier editions that a report replaced, latest first."""
    ids: list[UUID] = []
    before = t.visit.c.replaces_id
    at = connection.execute(select(before).where(t.visit.c.id == visit_id)).scalar()
    while at is not None and at not in ids:
        ids.append(at)
        at = connection.execute(select(before).where(t.visit.c.id == at)).scalar()
    return ids


def replacement(connection: Connection, visit_id: UUID) -> UUID | None:
    """The visit that was signed to replace another."""
    return (
        connection.execute(select(t.visit.c.id).where(t.visit.c.replaces_id == visit_id))
        .scalars()
        .first()
    )


_REFS = (t.visit.c.ref, plain_table("reduced_report", column("ref", String())).c.ref)
"""Where references stand; a copy's reduced reports keep theirs."""
_MOST_FIGURES = 9
"""Of the number in a visit's reference; this program never gives longer ones."""


def next_ref(connection: Connection, prefix: str) -> str:
    """`prefix` with the next number, e.g. `EUS-2023-007`."""
    taken = [
        ref
        for of_visit in _REFS
        for ref in connection.execute(select(of_visit).where(of_visit.startswith(prefix))).scalars()
    ]
    endings = (ref[len(prefix) :] for ref in taken)
    numbers = [
        int(ending) for ending in endings if ending.isdecimal() and len(ending) <= _MOST_FIGURES
    ]
    return f"{prefix}{max(numbers, default=0) + 1:03}"


def has_ref(connection: Connection, ref: str) -> bool:
    """Whether a visit has this reference, or had it before it was reduced."""
    return any(
        connection.execute(select(of_visit).where(of_visit == ref)).first() is not None
        for of_visit in _REFS
    )


def by_ref(connection: Connection, ref: str) -> Visit | None:
    """The visit with this reference, in its last edition."""
    later = t.visit.alias()
    query = (
        select(t.visit.c.id)
        .where(t.visit.c.ref == ref)
        .where(~exists().where(later.c.replaces_id == t.visit.c.id))
        .order_by(t.visit.c.state != State.LOCKED.value, t.visit.c.arrived_utc, t.visit.c.id)
    )
    visit_id = connection.execute(query).scalars().first()
    return None if visit_id is None else visit(connection, visit_id)


def overlapping(connection: Connection, visit: Visit) -> list[Visit]:
    """Signed visits to the same site at overlapping times."""
    near = connection.execute(
        select(t.visit.c.id).where(
            t.visit.c.site_id == visit.site_id,
            t.visit.c.state == State.LOCKED.value,
            t.visit.c.id != visit.id,
            t.visit.c.arrived_utc.between(
                visit.arrived.utc_minute - 2 * 1440, visit.arrived.utc_minute + 2 * 1440
            ),
        )
    ).scalars()
    ids = list(near)
    return [other for other in visits(connection, ids) if other.overlaps(visit)] if ids else []


def withdraw(connection: Connection, visit_ids: Sequence[UUID], reason: str, at: datetime) -> int:
    """Take signed visits out of every count, keeping them readable. Returns their number. Raises
    ConflictError if there is only one and it isn't signed any more."""
    done = connection.execute(
        update(t.visit)
        .where(t.visit.c.id.in_(visit_ids), t.visit.c.state == State.LOCKED.value)
        .values(
            state=State.WITHDRAWN.value,
            withdrawn_at=at,
            withdrawn_reason=reason,
            version=t.visit.c.version + 1,
        )
    )
    if len(visit_ids) == 1 and done.rowcount == 0:
        raise ConflictError("This visit can no longer be withdrawn. Look at the list again.")
    _recount(connection, t.visit.c.id.in_(visit_ids))
    return int(done.rowcount)


def put_back(connection: Connection, visit_id: UUID) -> None:
    """Count a withdrawn visit again. The reasons for both are in the ledger. Raises ConflictError
    if it isn't withdrawn."""
    done = connection.execute(
        update(t.visit)
        .where(t.visit.c.id == visit_id, t.visit.c.state == State.WITHDRAWN.value)
        .values(_BACK | {"version": t.visit.c.version + 1})
    )
    if done.rowcount == 0:
        raise ConflictError("This visit is no longer withdrawn. Look at it again.")
    _recount(connection, t.visit.c.id == visit_id)


def _recount(connection: Connection, which: ColumnElement[bool]) -> None:
    from visitapp.persistence import counted_answers

    counted_answers.recount(connection, which)


_BACK: dict[str, Any] = {
    "state": State.LOCKED.value,
    "withdrawn_at": None,
    "withdrawn_reason": "",
}


def _visit_values(visit: Visit) -> dict[str, Any]:
    arrived = visit.arrived
    return {
        "id": visit.id,
        "scheme_id": visit.scheme_id,
        "version": visit.version,
        "site_id": visit.site_id,
        "ref": visit.ref,
        "state": visit.state.value,
        "type": visit.type,
        "mode": visit.mode,
        "status": visit.status,
        "local_date": arrived.day,
        "weekday": arrived.weekday,
        "minute": arrived.minute,
        "arrived_utc": arrived.utc_minute,
        "arrived_offset": arrived.offset,
        "admitted_utc": visit.admitted and visit.admitted.utc_minute,
        "admitted_offset": visit.admitted and visit.admitted.offset,
        "left_utc": visit.left and visit.left.utc_minute,
        "left_offset": visit.left and visit.left.offset,
        "wait_minutes": visit.wait_minutes,
        "volunteer_minutes": visit.volunteer_minutes,
        "extra_minutes": visit.extra_minutes,
        "delay_reason": visit.delay_reason,
        "delay_explanation": visit.delay_explanation,
        "present": visit.present,
        "summary": visit.summary,
        "locked_at": visit.locked_at or arrived.in_utc,
        "replaces_id": visit.replaces_id,
        "withdrawn_at": visit.withdrawn_at,
        "withdrawn_reason": visit.withdrawn_reason,
        "batch_id": visit.batch_id,
        "source_ref": visit.source_ref,
        "source_digest": visit.source_digest,
        "day_only": not visit.has_time,
        "signed_site_id": visit.signed_site_id,
    }


def _visitor_values(visit: Visit) -> list[dict[str, Any]]:
    confirmed = {c.person_id: c for c in visit.confirmations}
    people = [(p, False) for p in visit.visitors] + [(p, True) for p in visit.observers]
    return [
        {
            "id": uuid4(),
            "person_id": person_id,
            "position": position,
            "observes": observes,
            "confirmed_name": confirmed[person_id].typed_name if person_id in confirmed else None,
            "confirmed_at": confirmed[person_id].confirmed_at if person_id in confirmed else None,
        }
        for position, (person_id, observes) in enumerate(people)
    ]


def _count_values(position: int, count: OutcomeCount) -> dict[str, Any]:
    return {
        "id": uuid4(),
        "position": position,
        "outcome": count.outcome,
        "reason": count.reason,
        "gender": count.gender,
        "age_group": count.age_group,
        "ethnicity": count.ethnicity,
        "number": count.number,
    }


def _issue_values(position: int, issue: Issue) -> dict[str, Any]:
    return {
        "id": issue.id,
        "position": position,
        "category": issue.category,
        "severity": issue.severity,
        "origin": issue.origin,
        "status": issue.status,
        "resolved_during_visit": issue.resolved_during_visit,
        "description": issue.description,
        "raised_with": issue.raised_with,
        "closed_on": issue.closed_on,
        "place": issue.place,
        "question": str(issue.question),
        "raised_minute": issue.raised_minute,
    }


def _by_visit(rows: Sequence[Row[Any]]) -> dict[UUID, list[Row[Any]]]:
    sorted_out: dict[UUID, list[Row[Any]]] = {}
    for row in rows:
        sorted_out.setdefault(row.visit_id, []).append(row)
    return sorted_out


def _moment(utc_minute: int | None, offset: int | None) -> Moment | None:
    return None if utc_minute is None or offset is None else Moment(utc_minute, offset)


def _to_visit(
    row: Row[Any], children: Mapping[str, list[Row[Any]]], more: parts.Parts
) -> Visit:  # fmt: skip
    people = children["visitor"]
    return Visit(
        id=row.id,
        scheme_id=row.scheme_id,
        site_id=row.site_id,
        arrived=Moment(row.arrived_utc, row.arrived_offset),
        admitted=_moment(row.admitted_utc, row.admitted_offset),
        left=_moment(row.left_utc, row.left_offset),
        type=row.type,
        mode=row.mode,
        status=row.status,
        visitors=tuple(p.person_id for p in people if not p.observes),
        observers=tuple(p.person_id for p in people if p.observes),
        delay_reason=row.delay_reason,
        delay_explanation=row.delay_explanation,
        present=row.present,
        counts=tuple(
            OutcomeCount(
                c.outcome, c.number, c.reason, c.gender, c.age_group, c.ethnicity, more.row(c.id)
            )
            for c in children["outcome_count"]
        ),
        extra_minutes=row.extra_minutes,
        summary=row.summary,
        issues=tuple(issue_of(i) for i in children["issue"]),
        confirmations=tuple(
            Confirmation(p.person_id, p.confirmed_name, p.confirmed_at)
            for p in people
            if p.confirmed_at is not None
        ),
        state=State(row.state),
        ref=row.ref,
        locked_at=row.locked_at,
        replaces_id=row.replaces_id,
        withdrawn_at=row.withdrawn_at,
        withdrawn_reason=row.withdrawn_reason,
        batch_id=row.batch_id,
        source_ref=row.source_ref,
        source_digest=row.source_digest,
        report=more.report(row.id),
        version=row.version,
        has_time=not row.day_only,
        signed_site_id=row.signed_site_id,
    )
