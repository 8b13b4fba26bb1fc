"""Messages taken in: each opened by itself, several written in one transaction."""

from collections.abc import Sequence
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.exchange.copies import OtherCopy, OwnCopy
from visitapp.domain.exchange.messages import (
    Message,
    MessageError,
    MessageKind,
    MessageOutcome,
    StrangerError,
    TakenIn,
)
from visitapp.persistence import exchange as stored
from visitapp.persistence import outbox
from visitapp.persistence.database import Connection
from visitapp.security import sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import incoming
from visitapp.services.exchange.incoming import IncomingMessage, Known

AT_ONCE = 50
"""Messages written in one transaction, so that a draft's save waits for no more of them."""


def take_in(access: Access, files: Sequence[bytes]) -> list[MessageOutcome]:
    """Take messages in; what became of each. One that is refused changes nothing, and the others
    are taken in all the same. Whatever a reply among them introduces is known for all of them.

    Raises MessageError in a copy that exchanges nothing yet, StorageError.
    """
    outcomes = [
        outcome
        for at in range(0, len(files), AT_ONCE)
        for outcome in _take_some(access, files[at : at + AT_ONCE])
    ]
    if any(outcome.taken and outcome.taken.kind is MessageKind.REPLY for outcome in outcomes):
        strangers = [
            at for at, outcome in enumerate(outcomes) if isinstance(outcome.refusal, StrangerError)
        ]
        again = _take_some(access, [files[at] for at in strangers])
        for at, outcome in zip(strangers, again, strict=True):
            outcomes[at] = outcome
    return outcomes


def _take_some(access: Access, files: Sequence[bytes]) -> list[MessageOutcome]:
    with access.database.reading() as connection:
        own = stored.own_copy(connection)
        copies = {copy.id: copy for copy in stored.other_copies(connection)}
    if own is None:
        raise MessageError("This copy has invited nobody yet, so no message is for it.")
    opened = [_opened(file, own, copies) for file in files]
    messages = [message for message in opened if isinstance(message, Message)]
    if not messages:
        return [item for item in opened if isinstance(item, MessageOutcome)]
    with access.database.transaction() as connection:
        batch = _Batch(connection, access, own, messages)
        outcomes = [
            item if isinstance(item, MessageOutcome) else batch.take(item) for item in opened
        ]
        batch.end()
    return outcomes


def _opened(file: bytes, own: OwnCopy, copies: dict[UUID, OtherCopy]) -> Message | MessageOutcome:
    try:
        return sealed_messages.open_message(file, own, incoming.keys_of(copies))
    except BadInputError as error:
        return MessageOutcome(refusal=error)


class _Batch:
    """Opened messages, taken in in one transaction."""

    def __init__(
        self, connection: Connection, access: Access, own: OwnCopy, messages: Sequence[Message]
    ) -> None:
        self._connection, self._access, self._own = connection, access, own
        self._known = Known(connection)
        ids = [message.id for message in messages]
        self._there = stored.taken_in_among(connection, ids)
        self._new: list[Message] = []

    def take(self, message: Message) -> MessageOutcome:
        """Take one in, or none of it."""
        if message.id in self._there:
            # whoever sends it again has not seen our receipt
            outbox.put_out_again(self._connection, message.sender, MessageKind.RECEIPT)
            return self._outcome(message, Changes.NONE, is_new=False)
        try:
            with self._access.database.part(self._connection):
                changes = incoming.take(
                    IncomingMessage(self._connection, self._access, self._own, message, self._known)
                )
        except (BadInputError, ConflictError) as error:
            return MessageOutcome(refusal=error)
        self._there.add(message.id)
        self._new.append(message)
        self._known.note(message)
        return self._outcome(message, changes, is_new=True)

    def end(self) -> None:
        """Remember what was taken in."""
        stored.note_taken_in(self._connection, self._new, self._access.now())

    def _outcome(self, message: Message, changes: Changes, *, is_new: bool) -> MessageOutcome:
        sender = self._known.copy(message.sender)
        person_id = None if sender is None else sender.person_id
        name = self._known.names({person_id}).get(person_id, "") if person_id else ""
        return MessageOutcome(TakenIn(message.kind, name, is_new), changes)
