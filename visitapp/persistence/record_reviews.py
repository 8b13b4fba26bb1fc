"""Reviews of custody records, with their numbers and recommendations."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import Connection, delete, select

from visitapp.domain.office.record_review import Recommendation, RecordReview
from visitapp.domain.period import Period
from visitapp.persistence import review_tables as rt
from visitapp.persistence.rows import remove_row, save_parts, save_row


def record_reviews(connection: Connection) -> tuple[RecordReview, ...]:
    """All reviews, the latest first."""
    numbers: defaultdict[UUID, list[tuple[str, int]]] = defaultdict(list)
    for row in connection.execute(select(rt.reviewed_records).order_by(rt.reviewed_records.c.kind)):
        numbers[row.review_id].append((row.kind, row.number))
    advice: defaultdict[UUID, list[Recommendation]] = defaultdict(list)
    in_order = select(rt.recommendation).order_by(rt.recommendation.c.position)
    for row in connection.execute(in_order):
        item = Recommendation(row.what, row.reply, row.replied_by, row.replied_on)
        advice[row.review_id].append(item)
    table = rt.record_review
    latest = (table.c.end_on.desc(), table.c.start_on.desc(), table.c.id)
    return tuple(
        RecordReview(
            id=row.id,
            scheme_id=row.scheme_id,
            period=Period(row.start_on, row.end_on),
            panel=row.panel,
            numbers=tuple(numbers[row.id]),
            outcome=row.outcome,
            themes=row.themes,
            recommendations=tuple(advice[row.id]),
            version=row.version,
        )
        for row in connection.execute(select(table).order_by(*latest))
    )


def save_record_review(connection: Connection, item: RecordReview) -> None:
    """Write a review. Raises ConflictError if it was changed elsewhere."""
    scheme = {"scheme_id": item.scheme_id}
    values = {
        "id": item.id,
        "start_on": item.period.start,
        "end_on": item.period.end,
        "panel": item.panel,
        "outcome": item.outcome,
        "themes": item.themes,
    }
    version = save_row(connection, rt.record_review, values | scheme, item.version)
    owner = {"review_id": item.id}
    save_parts(
        connection,
        rt.reviewed_records,
        owner,
        version,
        ((kind, {"kind": kind, "number": number} | scheme) for kind, number in item.numbers),
    )
    save_parts(
        connection,
        rt.recommendation,
        owner,
        version,
        (
            (
                str(at),
                {
                    "position": at,
                    "what": advice.what,
                    "reply": advice.reply,
                    "replied_by": advice.replied_by,
                    "replied_on": advice.replied_on,
                }
                | scheme,
            )
            for at, advice in enumerate(item.recommendations)
        ),
    )


def remove_record_review(connection: Connection, item: RecordReview) -> None:
    """Delete a review. Raises ConflictError if it was changed elsewhere."""
    for table in (rt.reviewed_records, rt.recommendation):
        connection.execute(delete(table).where(table.c.review_id == item.id))
    remove_row(connection, rt.record_review, item.id, item.version)
