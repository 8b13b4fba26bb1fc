"""Reports of others in a visitor's copy, and what the office knows of visitors' answers to them."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, Row, select, update

from visitapp.domain.exchange.confirming import (
    KeptPartnerReport,
    PartnerAnswer,
    PartnerReport,
    answer_digest,
    standing,
    together,
)
from visitapp.domain.exchange.handing_over import HandedReport
from visitapp.domain.following.ledger import Event, LedgerEntry
from visitapp.domain.report.visit import Visit
from visitapp.persistence import inbox
from visitapp.persistence.entries import append
from visitapp.persistence.exchange_tables import partner_answer, partner_report
from visitapp.persistence.rows import save_row
from visitapp.persistence.stored_json import from_json

# In a visitor's copy


def reports(connection: Connection) -> list[KeptPartnerReport]:
    """The reports that other visitors wrote of this visitor's visits."""
    query = select(partner_report).order_by(partner_report.c.id)
    return [_report(row) for row in connection.execute(query)]


def report(connection: Connection, report_id: UUID) -> KeptPartnerReport | None:
    """One of them."""
    row = connection.execute(select(partner_report).where(partner_report.c.id == report_id)).first()
    return None if row is None else _report(row)


def save_report(connection: Connection, item: KeptPartnerReport) -> None:
    """Write a report of another visitor with this visitor's answers."""
    content = item.content
    values = {
        "id": content.report_id,
        "scheme_id": content.scheme_id,
        "person_id": content.person_id,
        "revision": content.revision,
        "number": item.number,
        "content": None if content.report is None else msgspec.json.encode(content.report),
        "answers": msgspec.json.encode(content.answers).decode(),
        "accepted_at": content.accepted_at,
    }
    save_row(connection, partner_report, values, item.version)


def _report(row: Row[Any]) -> KeptPartnerReport:
    content = PartnerReport(
        row.id,
        row.scheme_id,
        row.person_id,
        row.revision,
        None if row.content is None else msgspec.json.decode(row.content, type=HandedReport),
        row.accepted_at,
        from_json(row.answers, tuple[PartnerAnswer, ...]),
    )
    return KeptPartnerReport(content, row.number, row.version)


# In the office


def answers(
    connection: Connection, report_ids: Collection[UUID] | None = None
) -> dict[UUID, tuple[PartnerAnswer, ...]]:
    """What visitors answered to reports that others wrote, or to some of them, by report."""
    query = select(partner_answer)
    if report_ids is not None:
        query = query.where(partner_answer.c.report_id.in_(report_ids))
    by_report: dict[UUID, list[PartnerAnswer]] = {}
    for row in connection.execute(query):
        by_report.setdefault(row.report_id, []).append(_answer(row))
    return {report_id: together(items, ()) for report_id, items in by_report.items()}


def answers_to_edition(connection: Connection, edition_id: UUID) -> tuple[PartnerAnswer, ...]:
    """What visitors answered to one edition."""
    query = select(partner_answer).where(partner_answer.c.edition_id == edition_id)
    return together(map(_answer, connection.execute(query)), ())


def confirmed_elsewhere(connection: Connection, edition: Visit) -> dict[UUID, datetime]:
    """Who confirmed exactly this edition on their own copy, and when (UTC): in the office by
    their own messages, in its writer's copy by the office's word."""
    known = {item.person_id: item.at for item in inbox.confirmed(connection, edition.id)}
    there = answers_to_edition(connection, edition.id)
    stands = standing(there, edition) if there else {}
    return known | {answer.person_id: answer.at for answer in stands.values() if answer.confirms}


def add_answers(connection: Connection, items: Iterable[PartnerAnswer], by: str) -> bool:
    """Keep the answers that are not there yet, in the ledger too; whether there was one."""
    listed = list(items)
    ids = [answer.id for answer in listed]
    query = select(partner_answer.c.id).where(partner_answer.c.id.in_(ids))
    there = set(connection.execute(query).scalars())
    new = [answer for answer in listed if answer.id not in there]
    for answer in new:
        values = {name: getattr(answer, name) for name in PartnerAnswer.__dataclass_fields__}
        save_row(connection, partner_answer, values, 1)
    append(connection, (_entry(answer, by) for answer in new))
    return bool(new)


def not_looked_at(connection: Connection) -> dict[UUID, UUID]:
    """The answers that say what is wrong and that nobody in the office has seen to, with the
    reports that they are about."""
    query = select(partner_answer.c.id, partner_answer.c.report_id).where(
        partner_answer.c.words != "", partner_answer.c.looked_at.is_(None)
    )
    return {row.id: row.report_id for row in connection.execute(query)}


def look_at(connection: Connection, report_ids: Collection[UUID], at: datetime) -> None:
    """Somebody in the office has seen to what was said of these reports."""
    connection.execute(
        update(partner_answer)
        .where(partner_answer.c.report_id.in_(report_ids), partner_answer.c.looked_at.is_(None))
        .values(looked_at=at)
    )


def changed_answers(connection: Connection, digests: dict[UUID, str]) -> tuple[
    list[PartnerAnswer], set[UUID]
]:  # fmt: skip
    """Answers that are not as the ledger has them (`digests` by id), and the ids of those that
    are missing."""
    there = {row.id: _answer(row) for row in connection.execute(select(partner_answer))}
    wrong = [item for item in there.values() if digests.get(item.id) != answer_digest(item)]
    return sorted(wrong, key=lambda item: item.id), digests.keys() - there.keys()


def _entry(answer: PartnerAnswer, by: str) -> LedgerEntry:
    return LedgerEntry(
        Event.CONFIRMATION, answer.id, answer.scheme_id, answer.at, by, "", answer_digest(answer)
    )


def _answer(row: Row[Any]) -> PartnerAnswer:
    return PartnerAnswer(
        row.id,
        row.report_id,
        row.scheme_id,
        row.edition_id,
        row.person_id,
        row.digest,
        row.number,
        row.at,
        row.words,
    )
