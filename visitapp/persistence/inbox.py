"""Reports that came to the office and what it decided, and what a visitor's copy knows of that."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, Select, bindparam, func, insert, select, update

from visitapp.domain.exchange.handing_over import (
    ConfirmedEdition,
    HandedReport,
    InboxReport,
    InboxState,
    OfficeAnswer,
)
from visitapp.domain.following.ledger import Event
from visitapp.persistence import report_tables as rt
from visitapp.persistence import same_site
from visitapp.persistence.exchange_tables import handed_report, received_report
from visitapp.persistence.rows import save_row
from visitapp.persistence.stored_json import from_json
from visitapp.persistence.tables import visit

_ADDED = insert(received_report)
_ONE = select(received_report).where(received_report.c.id == bindparam("report_id"))


def reports(connection: Connection, person_id: UUID | None = None) -> list[InboxReport]:
    """Every report that came, or those of one visitor, the first one first."""
    query = select(received_report).order_by(received_report.c.received_at, received_report.c.id)
    if person_id is not None:
        query = query.where(received_report.c.person_id == person_id)
    return _reports(connection, query)


def undecided(connection: Connection) -> list[InboxReport]:
    """Those that wait for the office, or for an answer to its question."""
    open_states = (InboxState.WAITING.value, InboxState.ASKED.value)
    query = (
        select(received_report)
        .where(received_report.c.state.in_(open_states))
        .order_by(received_report.c.received_at, received_report.c.id)
    )
    return _reports(connection, query)


def report(connection: Connection, report_id: UUID) -> InboxReport | None:
    """One of them."""
    return next(iter(_reports(connection, _ONE, report_id=report_id)), None)


def add(connection: Connection, item: InboxReport) -> None:
    """Write a report that wasn't there."""
    connection.execute(_ADDED, {**_values(item), "version": 1})


def save(connection: Connection, item: InboxReport) -> None:
    """Write a report that was there and what was decided. Raises ConflictError if somebody else
    has changed it."""
    save_row(connection, received_report, _values(item), item.version)


def _values(item: InboxReport) -> dict[str, Any]:
    return {
        "id": item.id,
        "scheme_id": item.report.last.scheme_id,
        "person_id": item.person_id,
        "revision": item.report.revision,
        "severity": max((issue.severity for issue in item.report.last.issues), default=0),
        "content": msgspec.json.encode(item.report),
        "received_at": item.received_at,
        "state": item.state.value,
        "accepted_revision": item.accepted_revision,
        "question": item.question,
        "decided_at": item.decided_at,
        "decided_by": item.decided_by,
    }


def answers(connection: Connection) -> dict[UUID, OfficeAnswer]:
    """In a visitor's copy: what the office told of each report."""
    return {
        row.id: OfficeAnswer(
            row.id,
            row.scheme_id,
            row.received_revision,
            row.received_at,
            row.accepted_revision,
            row.accepted_at,
            row.question,
            row.asked_at,
            from_json(row.confirmed, tuple[ConfirmedEdition, ...]),
        )
        for row in connection.execute(
            select(handed_report).where(handed_report.c.received_at.is_not(None))
        )
    }


def save_answer(connection: Connection, item: OfficeAnswer) -> None:
    """Keep what the office told of a report."""
    values = {
        "received_revision": item.received_revision,
        "received_at": item.received_at,
        "accepted_revision": item.accepted_revision,
        "accepted_at": item.accepted_at,
        "question": item.question,
        "asked_at": item.asked_at,
        "confirmed": msgspec.json.encode(item.confirmed).decode(),
    }
    _put(connection, item.report_id, item.scheme_id, values)


def confirmed(connection: Connection, edition_id: UUID) -> list[ConfirmedEdition]:
    """In a visitor's copy: who confirmed an edition on their own copy, as the office told."""
    query = select(handed_report.c.confirmed).where(handed_report.c.confirmed != "[]")
    return [
        item
        for text in connection.execute(query).scalars()
        for item in from_json(text, tuple[ConfirmedEdition, ...])
        if item.edition_id == edition_id
    ]


def own_answers(connection: Connection) -> dict[UUID, tuple[str, int]]:
    """The last answer to the office about each report, and how many there were."""
    rows = connection.execute(
        select(handed_report.c.id, handed_report.c.answer, handed_report.c.answers)
    )
    return {row.id: (row.answer, row.answers) for row in rows}


def save_own_answer(
    connection: Connection, report_id: UUID, scheme_id: UUID, text: str, number: int
) -> None:
    """Keep an answer to the office."""
    _put(connection, report_id, scheme_id, {"answer": text, "answers": number})


def _put(connection: Connection, report_id: UUID, scheme_id: UUID, values: dict[str, Any]) -> None:
    changed = connection.execute(
        update(handed_report).where(handed_report.c.id == report_id).values(**values)
    )
    if not changed.rowcount:
        connection.execute(
            insert(handed_report).values(id=report_id, scheme_id=scheme_id, **values)
        )


def _reports(connection: Connection, query: Select[Any], **values: object) -> list[InboxReport]:
    """Each visit at the site where it would be counted."""
    rows = connection.execute(query, values).all()
    kept = same_site.kept_of(connection) if rows else {}
    return [_report(row, kept) for row in rows]


def _report(row: Row[Any], kept: Mapping[UUID, UUID]) -> InboxReport:
    report = msgspec.json.decode(row.content, type=HandedReport)
    editions = tuple(same_site.as_counted(edition, kept) for edition in report.editions)
    return InboxReport(
        replace(report, editions=editions),
        row.person_id,
        row.received_at,
        InboxState(row.state),
        row.accepted_revision,
        row.question,
        row.decided_at,
        row.decided_by,
        row.version,
    )


def chains(connection: Connection) -> list[tuple[tuple[UUID, ...], int]]:
    """In a visitor's copy: the editions of each report that was written here, the first one
    first, and how often one of them was signed, withdrawn or put back."""
    rows = connection.execute(
        select(visit.c.id, visit.c.replaces_id)
        .join(rt.report, rt.report.c.visit_id == visit.c.id)
        .where(visit.c.batch_id.is_(None))
        .order_by(visit.c.locked_at, visit.c.id)
    ).all()
    next_edition = {row.replaces_id: row.id for row in rows if row.replaces_id}
    events = (Event.SIGNED.value, Event.WITHDRAWN.value, Event.PUT_BACK.value)
    events_by_visit = connection.execute(
        select(rt.ledger.c.visit_id, func.count())
        .where(rt.ledger.c.event.in_(events))
        .group_by(rt.ledger.c.visit_id)
    )
    counts = {row[0]: int(row[1]) for row in events_by_visit}
    editions_and_counts = []
    for row in rows:
        if row.replaces_id is None:
            editions = [row.id]
            while (after := next_edition.get(editions[-1])) is not None:
                editions.append(after)
            editions_and_counts.append(
                (tuple(editions), sum(counts.get(edition, 0) for edition in editions))
            )
    return editions_and_counts
