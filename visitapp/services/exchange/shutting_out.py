"""A copy that was shut out is told so, once: whoever goes on with it would wait for ever."""

import hashlib
from dataclasses import replace
from uuid import uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import NotAllowedError
from visitapp.domain.exchange.copies import OtherCopy, ShutOut, office_of
from visitapp.domain.exchange.messages import (
    SHUT_OUT,
    SUPERSEDED,
    Message,
    MessageError,
    MessageKind,
    OutMessage,
)
from visitapp.exchange.message_content import decoded, encoded
from visitapp.persistence import exchange as stored
from visitapp.persistence import outbox, succession
from visitapp.persistence.database import Connection
from visitapp.security import sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange.incoming_message import IncomingMessage


def shut_out(connection: Connection, access: Access, other: OtherCopy) -> None:
    """Take in nothing more of a visitor's copy, and write that to it in the place of everything
    that was still to be sent. The message is signed by keys of the office that the copy knows."""
    own, now = stored.own_copy(connection), access.now()
    assert own is not None
    known = outbox.pending_renewals(connection, other.id)
    signer = next((keys for keys in succession.earlier_keys(connection) if keys.id in known), own)
    outbox.drop(connection, other.id)
    number, content = other.sent + 1, encoded(ShutOut(now))
    message = Message(uuid4(), MessageKind.SHUT_OUT, signer.id, now, number, content)
    file = sealed_messages.seal(message, signer, other.keys)
    digest = hashlib.sha256(content).hexdigest()
    stored.save_other_copy(connection, replace(other, revoked_at=now, sent=number))
    written = OutMessage(message.id, other.id, message.kind, other.id, number, digest, file, now)
    outbox.replace_messages(connection, [], [written])


def take_shut_out(incoming: IncomingMessage) -> Changes:
    """In a visitor's copy: the office takes in nothing more of it. Raises MessageError for an
    office that was handed over since."""
    connection, sender = incoming.connection, incoming.sender()
    incoming.receiver()
    decoded(incoming.message.content, ShutOut)
    office = office_of(stored.other_copies(connection))
    if office is None:
        return Changes.NONE  # it knows already
    if office.id != sender.id:
        raise MessageError(SUPERSEDED)
    stored.save_other_copy(connection, replace(sender, revoked_at=incoming.access.now()))
    outbox.drop(connection, sender.id)
    return Changes.PEOPLE | Changes.INBOX


def must_not_be_shut_out(connection: Connection) -> None:
    """Raises NotAllowedError in a visitor's copy that its office has shut out."""
    own = stored.own_copy(connection)
    is_visitors = own is not None and own.person_id is not None
    if is_visitors and office_of(stored.other_copies(connection)) is None:
        raise NotAllowedError(SHUT_OUT)
