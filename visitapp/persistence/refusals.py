"""Visits refused entry, and what was done about them."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, Connection, insert, select

from visitapp.domain.following.refusal import Refusal, RefusalAnswer
from visitapp.domain.report.visit_codes import REFUSED_WHY
from visitapp.persistence import tables as t


def refusals(
    connection: Connection, conditions: Sequence[ColumnElement[bool]], statuses: Sequence[str]
) -> list[Refusal]:
    """The visits of these `statuses` and conditions, in order. What was done about an earlier
    edition of a report was done about the visit."""
    conditions = (*conditions, t.visit.c.status.in_(statuses))
    rows = connection.execute(
        select(t.visit.c.id, t.visit.c.local_date, t.site.c.name)
        .join_from(t.visit, t.site, t.site.c.id == t.visit.c.site_id)
        .where(*conditions)
        .order_by(t.visit.c.arrived_utc, t.visit.c.id)
    ).all()
    if not rows:  # as nearly always; Home asks for this year's
        return []
    reasons = _reasons(connection, conditions)
    answered = connection.execute(select(t.refusal_answer.c.id).limit(1)).first() is not None
    return [
        Refusal(
            row.id,
            row.name,
            row.local_date,
            reasons.get(row.id, ""),
            answer(connection, row.id) if answered else None,
        )
        for row in rows
    ]


def _reasons(connection: Connection, conditions: Sequence[ColumnElement[bool]]) -> dict[UUID, str]:
    from visitapp.persistence.report_tables import report
    from visitapp.persistence.stored_json import from_json

    rows = connection.execute(
        select(report.c.visit_id, report.c.answers)
        .join_from(report, t.visit, t.visit.c.id == report.c.visit_id)
        .where(*conditions)
    )
    return {
        visit_id: str(from_json(answers, dict[str, Any]).get(REFUSED_WHY, ""))
        for visit_id, answers in rows
    }


def answer(connection: Connection, visit_id: UUID) -> RefusalAnswer | None:
    """What was done about a refusal, said of this edition of the report or of one before."""
    for edition_id in _editions(connection, visit_id):
        row = connection.execute(
            select(t.refusal_answer).where(t.refusal_answer.c.visit_id == edition_id)
        ).one_or_none()
        if row is not None:
            return RefusalAnswer(row.words, row.answered_at, row.answered_by)
    return None


def _editions(connection: Connection, visit_id: UUID | None) -> Iterator[UUID]:
    while visit_id is not None:
        yield visit_id
        visit_id = connection.execute(
            select(t.visit.c.replaces_id).where(t.visit.c.id == visit_id)
        ).scalar_one_or_none()


def save_answer(
    connection: Connection, visit_id: UUID, scheme_id: UUID, words: str, by: str, at: datetime
) -> None:
    """Write what was done about a refusal."""
    values = {
        "id": uuid4(),
        "scheme_id": scheme_id,
        "visit_id": visit_id,
        "words": words,
        "answered_at": at,
        "answered_by": by,
    }
    connection.execute(insert(t.refusal_answer).values(**values))
