"""Copies that write to each other, invitations, and which messages were taken in."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, func, insert, select

from visitapp.domain.exchange.copies import Invitation, OtherCopy, OwnCopy, PublicKeys
from visitapp.domain.exchange.messages import Message
from visitapp.persistence import exchange_tables as t
from visitapp.persistence.rows import save_row


def own_copy(connection: Connection) -> OwnCopy | None:
    """The copy whose file this is; None before it exchanges anything."""
    row = connection.execute(select(t.own_copy)).first()
    if row is None:
        return None
    return OwnCopy(
        row.id, row.sealing_seed, row.signing_seed, row.person_id, row.number, row.version
    )


def save_own_copy(connection: Connection, item: OwnCopy) -> None:
    """Write the keys of this copy."""
    values = {
        "id": item.id,
        "sealing_seed": item.sealing_seed,
        "signing_seed": item.signing_seed,
        "person_id": item.person_id,
        "number": item.number,
    }
    save_row(connection, t.own_copy, values, item.version)


def other_copies(connection: Connection) -> list[OtherCopy]:
    """Every copy that ever joined, the first one first."""
    query = select(t.other_copy).order_by(t.other_copy.c.joined_at, t.other_copy.c.id)
    return [_other(row) for row in connection.execute(query)]


def other_copy(connection: Connection, copy_id: UUID) -> OtherCopy | None:
    """One of them by its id."""
    row = connection.execute(select(t.other_copy).where(t.other_copy.c.id == copy_id)).first()
    return None if row is None else _other(row)


def save_other_copy(connection: Connection, item: OtherCopy) -> None:
    """Write the public keys of a copy and whether it was shut out."""
    values = {
        "id": item.id,
        "sealing": item.keys.sealing,
        "signing": item.keys.signing,
        "joined_at": item.joined_at,
        "person_id": item.person_id,
        "number": item.number,
        "revoked_at": item.revoked_at,
        "sent": item.sent,
    }
    save_row(connection, t.other_copy, values, item.version)


def invitations(connection: Connection) -> list[Invitation]:
    """Every invitation, the first one first."""
    query = select(t.invitation).order_by(t.invitation.c.number)
    return [_invitation(row) for row in connection.execute(query)]


def invitation(connection: Connection, invitation_id: UUID) -> Invitation | None:
    """One of them by its id."""
    row = connection.execute(select(t.invitation).where(t.invitation.c.id == invitation_id)).first()
    return None if row is None else _invitation(row)


def save_invitation(connection: Connection, item: Invitation) -> None:
    """Write an invitation."""
    values = {
        "id": item.id,
        "person_id": item.person_id,
        "number": item.number,
        "secret": item.secret,
        "made_at": item.made_at,
        "used_at": item.used_at,
        "withdrawn_at": item.withdrawn_at,
    }
    save_row(connection, t.invitation, values, item.version)


def next_number(connection: Connection) -> int:
    """The number of the next copy to be invited; none is given twice."""
    last = connection.execute(select(func.max(t.invitation.c.number))).scalar()
    return (last or 0) + 1


def taken_in_among(connection: Connection, message_ids: Collection[UUID]) -> set[UUID]:
    """Which of some messages were taken in already."""
    query = select(t.message_in.c.id).where(t.message_in.c.id.in_(message_ids))
    return set(connection.execute(query).scalars())


def has_heard_from(connection: Connection, copy_id: UUID) -> bool:
    """Whether any message of a copy was taken in."""
    query = select(t.message_in.c.id).where(t.message_in.c.copy_id == copy_id).limit(1)
    return connection.execute(query).first() is not None


def note_taken_in(connection: Connection, messages: Iterable[Message], at: datetime) -> None:
    """Remember messages, so that none is taken in again."""
    rows = [
        {
            "id": message.id,
            "copy_id": message.sender,
            "kind": message.kind.value,
            "number": message.number,
            "made_at": message.made_at,
            "taken_in_at": at,
        }
        for message in messages
    ]
    if rows:
        connection.execute(insert(t.message_in), rows)


def _other(row: Row[Any]) -> OtherCopy:
    return OtherCopy(
        row.id,
        PublicKeys(row.sealing, row.signing),
        row.joined_at,
        row.person_id,
        row.number,
        row.revoked_at,
        row.sent,
        row.version,
    )


def _invitation(row: Row[Any]) -> Invitation:
    return Invitation(
        row.id,
        row.person_id,
        row.number,
        row.secret,
        row.made_at,
        row.used_at,
        row.withdrawn_at,
        row.version,
    )
