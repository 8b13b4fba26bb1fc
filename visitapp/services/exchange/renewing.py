"""New keys for the office's copy, and how its visitors' copies come to follow them.

Each visitor is told in a message that is signed by keys the visitor knows. Until one of theirs
comes that is sealed to the new keys, nothing else is put out to them, and what they sealed to the
earlier keys is still opened.
"""

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NoReturn
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.copies import CODE_DAYS, OtherCopy, OwnCopy, office_of
from visitapp.domain.exchange.messages import (
    ALTERED,
    OTHER,
    SUPERSEDED,
    TAKEN_BACK,
    TAKEN_OVER_TWICE,
    Message,
    MessageError,
    MessageKind,
    NotForThisCopyError,
    OutMessage,
)
from visitapp.domain.exchange.succession import Renewal
from visitapp.exchange.message_content import encoded
from visitapp.persistence import exchange as stored
from visitapp.persistence import outbox, succession
from visitapp.persistence.database import Connection
from visitapp.security import copy_keys, sealed_messages
from visitapp.services.access import Access


def renew(connection: Connection, access: Access, number: int) -> None:
    """Give the office's copy the keys with this number; write to every visitor, and to the copy
    that the office had before. A copy that has no keys yet has nothing to renew."""
    now, old = access.now(), stored.own_copy(connection)
    if old is None:
        return
    succession.replace_own_copy(connection, old, copy_keys.new_copy(number=number), now)
    before = OtherCopy(old.id, copy_keys.public_keys(old), now, number=old.number)
    stored.save_other_copy(connection, before)
    others = stored.other_copies(connection)
    waiting = {other.id: outbox.pending_renewals(connection, other.id) for other in others}
    outbox.write_all_again(connection, now)
    for earlier in succession.earlier_keys(connection):
        for other in others:
            was_known = earlier.id == old.id or earlier.id in waiting[other.id]
            if other.person_id is not None and other.revoked_at is None and was_known:
                tell(connection, access, earlier, other.id)
    tell(connection, access, old, before.id)


def tell(connection: Connection, access: Access, signer: OwnCopy, copy_id: UUID) -> None:
    """Write to a copy which keys the office has now, signed by keys that it knows."""
    own = stored.own_copy(connection)
    other = next(item for item in stored.other_copies(connection) if item.id == copy_id)
    assert own is not None
    content = encoded(Renewal(own.number, own.id, copy_keys.public_keys(own)))
    now, number = access.now(), other.sent + 1
    message = Message(uuid4(), MessageKind.RENEWAL, signer.id, now, number, content)
    file = sealed_messages.seal(message, signer, other.keys)
    digest = hashlib.sha256(content).hexdigest()
    stored.save_other_copy(connection, replace(other, sent=number))
    kind, last = message.kind, outbox.lasts(connection, other.id).get((message.kind, signer.id))
    name = "" if last is None else last.name  # of the file whose place it takes
    outbox.replace_messages(
        connection,
        [] if last is None else [last.id],
        [OutMessage(message.id, other.id, kind, signer.id, number, digest, file, now, name)],
    )


def follow(connection: Connection, sender_id: UUID, renewal: Renewal, now: datetime) -> Changes:
    """In a visitor's copy: the office has other keys, the first with a higher number that is signed
    by those it has now. Raises MessageError for any other."""
    office = office_of(stored.other_copies(connection))
    if office is None or not sealed_messages.can_be_sealed_to(renewal.keys):
        raise MessageError(ALTERED)
    if (renewal.copy_id, renewal.keys) == (office.id, office.keys):
        return Changes.NONE
    if sender_id != office.id or renewal.number <= office.number:
        raise MessageError(SUPERSEDED)
    if stored.other_copy(connection, renewal.copy_id) is not None:
        raise MessageError(ALTERED)
    stored.save_other_copy(connection, replace(office, revoked_at=now))
    following = OtherCopy(renewal.copy_id, renewal.keys, now, number=renewal.number)
    stored.save_other_copy(connection, following)
    outbox.drop(connection, office.id)  # so that all of it is due again, to the keys of now
    return Changes.PEOPLE | Changes.INBOX


def refuse_other_office(connection: Connection, renewal: Renewal) -> NoReturn:
    """Say what another copy of this office wrote to the one that both come from, and can open.
    It is left in the folder for that one."""
    own = stored.own_copy(connection)
    assert own is not None
    if renewal.copy_id == own.id or renewal.number < own.number:
        raise NotForThisCopyError(OTHER)
    raise MessageError(TAKEN_BACK if renewal.number > own.number else TAKEN_OVER_TWICE)


def answered_copy(connection: Connection, message: Message) -> UUID:
    """Who waits for the receipt of a message: its sender, or for one about new keys the office
    that has them."""
    office = office_of(stored.other_copies(connection))
    if message.kind is MessageKind.RENEWAL and office is not None:
        return office.id
    return message.sender


def all_own(connection: Connection) -> tuple[OwnCopy, ...]:
    """The keys by which a message to this copy can be opened, those of now first; empty before it
    exchanges anything."""
    own = stored.own_copy(connection)
    return () if own is None else (own, *succession.earlier_keys(connection))


def tidy(connection: Connection, now: datetime) -> list[str]:
    """Remove what no visitor's copy needs any more: what was written to those who follow the keys
    of now, and earlier keys that nobody knows, once the copy that was left has had time to see who
    took over. Returns the names of files in the folder."""
    names = outbox.remove_followed_renewals(connection)
    visitors = {
        other.id
        for other in stored.other_copies(connection)
        if other.person_id is not None and other.revoked_at is None
    }
    needed = {
        keys_id
        for visitor_id in visitors
        for keys_id in outbox.pending_renewals(connection, visitor_id)
    }
    oldest = min(
        (item.made_at for item in stored.invitations(connection) if item.is_open_at(now)),
        default=None,
    )
    for keys, replaced_at in succession.replaced(connection):
        was_long_ago = now - replaced_at > timedelta(days=CODE_DAYS)
        is_in_invitation = oldest is not None and oldest <= replaced_at
        if was_long_ago and keys.id not in needed and not is_in_invitation:
            succession.forget_keys(connection, keys.id)
            names += outbox.drop(connection, keys.id)
    return names
