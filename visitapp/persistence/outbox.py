"""Messages to other copies: the last one about each subject, until it is acknowledged."""

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update

from visitapp.domain.exchange.messages import MessageKind, OutMessage
from visitapp.persistence.exchange_tables import message_in, message_out


def messages(connection: Connection, copy_id: UUID | None = None) -> list[OutMessage]:
    """The last messages to a copy, or to all, in the order they were written."""
    query = select(message_out).order_by(message_out.c.copy_id, message_out.c.number)
    if copy_id is not None:
        query = query.where(message_out.c.copy_id == copy_id)
    return [_message(row) for row in connection.execute(query)]


def digests(connection: Connection, copy_id: UUID, kind: MessageKind) -> dict[UUID, str]:
    """What the last message of a kind about each subject to a copy held."""
    query = select(message_out.c.subject_id, message_out.c.digest).where(
        message_out.c.copy_id == copy_id, message_out.c.kind == kind.value
    )
    return {row.subject_id: row.digest for row in connection.execute(query)}


def last(
    connection: Connection, copy_id: UUID, kind: MessageKind, subject_id: UUID
) -> OutMessage | None:
    """The last message about a subject to a copy."""
    row = connection.execute(
        select(message_out).where(
            message_out.c.copy_id == copy_id,
            message_out.c.kind == kind.value,
            message_out.c.subject_id == subject_id,
        )
    ).first()
    return None if row is None else _message(row)


def add(connection: Connection, item: OutMessage) -> None:
    """Write a message in place of the one before about the same subject."""
    connection.execute(
        delete(message_out).where(
            message_out.c.copy_id == item.copy_id,
            message_out.c.kind == item.kind.value,
            message_out.c.subject_id == item.subject_id,
        )
    )
    connection.execute(
        insert(message_out).values(
            id=item.id,
            copy_id=item.copy_id,
            kind=item.kind.value,
            subject_id=item.subject_id,
            number=item.number,
            digest=item.digest,
            file=item.file,
            made_at=item.made_at,
            name=item.name,
            put_out_at=item.put_out_at,
            acknowledged_at=item.acknowledged_at,
        )
    )


def note_put_out(connection: Connection, message_id: UUID, name: str, at: datetime) -> None:
    """A message lies in the folder under this name since then."""
    connection.execute(
        update(message_out).where(message_out.c.id == message_id).values(name=name, put_out_at=at)
    )


def put_out_again(connection: Connection, copy_id: UUID, kind: MessageKind) -> None:
    """What was sent to a copy is due once more: it seems not to have come."""
    connection.execute(
        update(message_out)
        .where(message_out.c.copy_id == copy_id, message_out.c.kind == kind.value)
        .values(put_out_at=None)
    )


def acknowledge(
    connection: Connection, copy_id: UUID, message_ids: Collection[UUID], at: datetime
) -> None:
    """The copy has taken these in."""
    taken_in_ids = set(message_ids)
    for message in messages(connection, copy_id):
        if message.id in taken_in_ids and message.acknowledged_at is None:
            connection.execute(
                update(message_out)
                .where(message_out.c.id == message.id)
                .values(acknowledged_at=at, file=None)
            )


def drop(connection: Connection, copy_id: UUID) -> None:
    """Forget what was still to be sent to a copy that was shut out."""
    connection.execute(delete(message_out).where(message_out.c.copy_id == copy_id))


def taken_in(connection: Connection, copy_id: UUID, most: int) -> tuple[UUID, ...]:
    """The ids of the last messages of a copy that were taken in, but for receipts."""
    rows = connection.execute(
        select(message_in.c.id)
        .where(message_in.c.copy_id == copy_id, message_in.c.kind != MessageKind.RECEIPT.value)
        .order_by(message_in.c.taken_in_at.desc(), message_in.c.number.desc(), message_in.c.id)
        .limit(most)
    ).scalars()
    return tuple(sorted(rows))


def last_number(connection: Connection, copy_id: UUID, kind: MessageKind) -> int:
    """The highest number of the messages of a kind that came from a copy; 0 for none."""
    rows = connection.execute(
        select(message_in.c.number)
        .where(message_in.c.copy_id == copy_id, message_in.c.kind == kind.value)
        .order_by(message_in.c.number.desc())
        .limit(1)
    ).scalar()
    return rows or 0


def _message(row: Row[Any]) -> OutMessage:
    item = OutMessage(
        row.id,
        row.copy_id,
        MessageKind(row.kind),
        row.subject_id,
        row.number,
        row.digest,
        row.file or b"",
        row.made_at,
    )
    return replace(
        item, name=row.name, put_out_at=row.put_out_at, acknowledged_at=row.acknowledged_at
    )
