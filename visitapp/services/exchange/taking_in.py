"""Messages taken in: each opened by itself, several written in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError
from visitapp.domain.exchange.copies import OtherCopy, OwnCopy
from visitapp.domain.exchange.messages import (
    FileOutcome,
    Message,
    MessageError,
    MessageKind,
    MessageOutcome,
    TakenIn,
)
from visitapp.persistence import exchange as stored
from visitapp.persistence import outbox
from visitapp.persistence.database import Connection
from visitapp.security import sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import incoming, renewing
from visitapp.services.exchange.incoming_message import IncomingMessage, Known

AT_ONCE = 50
"""Messages written in one transaction, so that a draft's save waits for no more of them."""


_MAKING_WAY = (MessageKind.REPLY, MessageKind.RENEWAL, MessageKind.PACK)
"""They bring copies, keys, sites and people that other messages name."""


def take_in(access: Access, files: Sequence[bytes]) -> list[MessageOutcome]:
    """Take messages in; what became of each. One that is refused changes nothing, and the others
    are taken in all the same. Whatever copy, site or person one of them brings is known for all of
    them, in whatever order they come.

    Raises MessageError in a copy that exchanges nothing yet, StorageError.
    """
    outcomes = [
        outcome
        for at in range(0, len(files), AT_ONCE)
        for outcome in _take_some(access, files[at : at + AT_ONCE])
    ]
    if any(outcome.taken and outcome.taken.kind in _MAKING_WAY for outcome in outcomes):
        refused = [at for at, outcome in enumerate(outcomes) if outcome.refusal is not None]
        again = _take_some(access, [files[at] for at in refused])
        for at, outcome in zip(refused, again, strict=True):
            outcomes[at] = outcome
    return outcomes


def take_in_files(access: Access, files: Sequence[bytes]) -> list[FileOutcome]:
    """Take in all messages of some files; what became of each file. Raises as `take_in`."""
    messages = [sealed_messages.messages_in(file) for file in files]
    outcomes = iter(take_in(access, [message for several in messages for message in several]))
    return [_together([next(outcomes) for _ in several]) for several in messages]


def _together(outcomes: Sequence[MessageOutcome]) -> FileOutcome:
    changes = Changes.NONE
    for outcome in outcomes:
        changes |= outcome.changes
    refusals = [outcome.refusal for outcome in outcomes if outcome.refusal is not None]
    return FileOutcome(
        tuple(outcome.taken for outcome in outcomes if outcome.taken is not None),
        changes,
        refusals[0] if refusals else None,
    )


def _take_some(access: Access, files: Sequence[bytes]) -> list[MessageOutcome]:
    with access.database.reading() as connection:
        own = renewing.all_own(connection)
        copies = {copy.id: copy for copy in stored.other_copies(connection)}
    if not own:
        raise MessageError("This copy has invited nobody yet, so no message is for it.")
    opened = [_opened(file, own, copies) for file in files]
    messages = [item.message for item in opened if isinstance(item, _Opened)]
    if not messages:
        return [item for item in opened if isinstance(item, MessageOutcome)]
    with access.database.transaction() as connection:
        batch = _Batch(connection, access, messages)
        outcomes = [
            item if isinstance(item, MessageOutcome) else batch.take(item) for item in opened
        ]
        batch.end(own[0])
    return outcomes


@dataclass(frozen=True, slots=True)
class _Opened:
    """A message, and the keys of this copy that opened it."""

    message: Message
    own: OwnCopy


def _opened(
    file: bytes, own: Sequence[OwnCopy], copies: dict[UUID, OtherCopy]
) -> _Opened | MessageOutcome:
    keys = next((keys for keys in own if sealed_messages.is_for(file, keys)), own[0])
    try:
        message = sealed_messages.open_message(file, keys, incoming.keys_of(copies))
        return _Opened(message, keys)
    except BadInputError as error:
        return MessageOutcome(refusal=error)


class _Batch:
    """Opened messages, taken in in one transaction."""

    def __init__(self, connection: Connection, access: Access, messages: Sequence[Message]) -> None:
        self._connection, self._access = connection, access
        self._known = Known(connection)
        ids = [message.id for message in messages]
        self._there = stored.taken_in_among(connection, ids)
        self._new: list[_Opened] = []

    def take(self, opened: _Opened) -> MessageOutcome:
        """Take one in, or none of it."""
        message = opened.message
        if message.id in self._there:
            # whoever sends it again has not seen our receipt
            waits = renewing.answered_copy(self._connection, message)
            outbox.put_out_again(self._connection, waits, MessageKind.RECEIPT)
            return self._outcome(message, Changes.NONE, is_new=False)
        try:
            with self._access.database.part(self._connection):
                changes = incoming.take(
                    IncomingMessage(
                        self._connection, self._access, opened.own, message, self._known
                    )
                )
        except (BadInputError, ConflictError) as error:
            return MessageOutcome(refusal=error)
        self._there.add(message.id)
        self._new.append(opened)
        self._known.note(message)
        is_known = message.kind is MessageKind.REPLY and not changes  # another file of the reply
        return self._outcome(message, changes, is_new=not is_known)

    def end(self, own: OwnCopy) -> None:
        """Remember what was taken in, and who follows the keys that the office has now."""
        now = self._access.now()
        stored.note_taken_in(self._connection, [item.message for item in self._new], now)
        if own.person_id is None:
            for sender in {item.message.sender for item in self._new if item.own == own}:
                outbox.note_follows(self._connection, sender, now)

    def _outcome(self, message: Message, changes: Changes, *, is_new: bool) -> MessageOutcome:
        sender = self._known.copy(message.sender)
        person_id = None if sender is None else sender.person_id
        name = self._known.names({person_id}).get(person_id, "") if person_id else ""
        return MessageOutcome(TakenIn(message.kind, name, is_new), changes)
