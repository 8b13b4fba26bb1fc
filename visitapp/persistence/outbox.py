"""Messages to other copies: the last one about each subject, until it is acknowledged."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select, update

from visitapp.domain.exchange.messages import LastMessage, MessageKind, OutMessage
from visitapp.persistence.exchange_tables import message_in, message_out


def messages(connection: Connection, copy_id: UUID | None = None) -> list[OutMessage]:
    """The last messages to a copy, or to all, in the order they were written."""
    query = select(message_out).order_by(message_out.c.copy_id, message_out.c.number)
    if copy_id is not None:
        query = query.where(message_out.c.copy_id == copy_id)
    return [_message(row) for row in connection.execute(query)]


def waiting(connection: Connection, copy_id: UUID | None = None) -> list[OutMessage]:
    """The messages to a copy, or to all, that are not acknowledged, in the order they were
    written."""
    return [message for message in messages(connection, copy_id) if message.file]


def lasts(connection: Connection, copy_id: UUID) -> dict[tuple[MessageKind, UUID], LastMessage]:
    """What is known of the last message about each subject to a copy, by kind and subject."""
    out = message_out.c
    query = select(
        out.id, out.kind, out.subject_id, out.digest, out.name, out.acknowledged_at
    ).where(out.copy_id == copy_id)
    return {
        (MessageKind(row.kind), row.subject_id): LastMessage(
            row.id, row.digest, row.name, is_acknowledged=row.acknowledged_at is not None
        )
        for row in connection.execute(query)
    }


def replace_messages(
    connection: Connection, before: Collection[UUID], items: Sequence[OutMessage]
) -> None:
    """Write messages in place of those with the ids `before`, which are about the same."""
    if before:
        connection.execute(delete(message_out).where(message_out.c.id.in_(before)))
    rows = [
        {
            "id": item.id,
            "copy_id": item.copy_id,
            "kind": item.kind.value,
            "subject_id": item.subject_id,
            "number": item.number,
            "digest": item.digest,
            "file": item.file,
            "made_at": item.made_at,
            "name": item.name,
            "put_out_at": item.put_out_at,
            "acknowledged_at": item.acknowledged_at,
        }
        for item in items
    ]
    if rows:
        connection.execute(insert(message_out), rows)


def note_put_out(connection: Connection, message_id: UUID, name: str, at: datetime) -> None:
    """A message lies in the folder under this name since then; without a name it was saved as a
    file by hand."""
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
    out = message_out.c
    waiting = connection.execute(
        select(out.id).where(out.copy_id == copy_id, out.acknowledged_at.is_(None))
    )
    if ids := set(message_ids).intersection(waiting.scalars()):
        connection.execute(
            update(message_out).where(out.id.in_(ids)).values(acknowledged_at=at, file=None)
        )


def drop(connection: Connection, copy_id: UUID) -> list[str]:
    """Forget what was still to be sent to a copy that nothing more is sent to. Returns the names
    of its files in the folder."""
    names = [message.name for message in messages(connection, copy_id) if message.name]
    connection.execute(delete(message_out).where(message_out.c.copy_id == copy_id))
    return names


def write_all_again(connection: Connection, at: datetime) -> None:
    """Have every message written again with the keys of now. Those about earlier new keys are
    done with: what is still needed of them is told again."""
    is_renewal = message_out.c.kind == MessageKind.RENEWAL.value
    change = update(message_out).where
    connection.execute(change(is_renewal).values(file=None, acknowledged_at=at))
    connection.execute(change(~is_renewal).values(digest="", file=None, acknowledged_at=None))


def pending_renewals(connection: Connection, copy_id: UUID) -> set[UUID]:
    """The earlier keys of the office that a visitor's copy may still know; empty for one that
    follows the keys of now."""
    return {
        message.subject_id
        for message in messages(connection, copy_id)
        if message.kind is MessageKind.RENEWAL and message.acknowledged_at is None
    }


def note_follows(connection: Connection, copy_id: UUID, at: datetime) -> None:
    """A visitor's copy follows the office's keys of now."""
    connection.execute(
        update(message_out)
        .where(
            message_out.c.copy_id == copy_id,
            message_out.c.kind == MessageKind.RENEWAL.value,
            message_out.c.acknowledged_at.is_(None),
        )
        .values(acknowledged_at=at, file=None)
    )


def remove_followed_renewals(connection: Connection) -> list[str]:
    """Remove messages about new keys that are followed; the names of their files."""
    followed = (
        message_out.c.kind == MessageKind.RENEWAL.value,
        message_out.c.acknowledged_at.is_not(None),
    )
    names = connection.execute(select(message_out.c.name).where(*followed)).scalars().all()
    if names:
        connection.execute(delete(message_out).where(*followed))
    return [name for name in names if name]


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
