"""Messages saved as files, for people who exchange no folder: by mail, or on a memory stick."""

from collections import Counter
from itertools import count, islice
from pathlib import Path
from random import Random
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.by_hand import HandMessages, Receiver, in_files
from visitapp.domain.exchange.copies import OwnCopy, office_of
from visitapp.domain.exchange.messages import MessageKind, OutMessage
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import long_date
from visitapp.paths import is_taken
from visitapp.persistence import exchange as stored
from visitapp.persistence import outbox, people, succession
from visitapp.persistence.database import Connection
from visitapp.services.access import Access
from visitapp.services.exchange import joining, outgoing, shutting_out
from visitapp.services.roles import MANAGER, VISITOR, changes, reads
from visitapp.services.saving import must_be_free, save_document


class ByHandService:
    """What is saved counts as put out, never as sent: nobody can know what becomes of a file."""

    def __init__(self, access: Access, random: Random) -> None:
        """`random` is as of `FolderExchange`."""
        self._access, self._random = access, random

    @reads(MANAGER, VISITOR)
    def receivers(self) -> tuple[Receiver, ...]:
        """In the office, the copies of its visitors by name; in a visitor's copy, the office."""
        with self._access.database.reading() as connection:
            own = stored.own_copy(connection)
            copies = [copy for copy in stored.other_copies(connection) if not copy.revoked_at]
            names = {person.id: person.name for person in people.people(connection)}
        if own is None:
            return ()
        if own.person_id is not None:
            office = office_of(copies)
            return () if office is None else (Receiver(office.id, "the office"),)
        of_visitors = [(copy, copy.person_id) for copy in copies if copy.person_id is not None]
        number = Counter(person_id for _, person_id in of_visitors)
        order = list(names)  # the register's, by surname
        return tuple(
            Receiver(
                copy.id,
                names[person_id]
                if number[person_id] == 1
                else f"{names[person_id]} (joined {long_date(uk_time(copy.joined_at).date())})",
            )
            for copy, person_id in sorted(
                of_visitors, key=lambda item: (order.index(item[1]), item[0].joined_at)
            )
        )

    @changes(MANAGER, VISITOR)
    def due(self, copy_id: UUID) -> HandMessages:
        """Everything that a copy has not acknowledged, sealed for it. A visitor's copy that has
        heard nothing of the office yet puts its reply first: it may have been lost.

        Raises BadInputError for a copy that messages can't be saved for.
        """
        receiver = next((item for item in self.receivers() if item.copy_id == copy_id), None)
        with self._access.database.reading() as connection:
            succession.must_go_on(connection)
            shutting_out.must_not_be_shut_out(connection)
            own = stored.own_copy(connection)
        if receiver is None or own is None:
            raise BadInputError("This copy was shut out already. Look at the list again.")
        outgoing.write_due(self._access, own, self._random)
        with self._access.database.reading() as connection:
            messages = outbox.waiting(connection, copy_id)
            reply = self._reply(connection, own, copy_id)
        if not reply and all(map(_is_old_receipt, messages)):
            messages = []
        contents = [*reply, *(message.file for message in messages)]
        ids = tuple(message.id for message in messages)
        return HandMessages(receiver, in_files(contents), ids, len(contents))

    @changes(MANAGER, VISITOR)
    def save(
        self, messages: HandMessages, out: Path, *, force: bool = False
    ) -> tuple[tuple[Path, ...], Changes]:
        """Save messages under this name, and what is too long for one file under names beside it;
        they are put out since now. The paths of the files.

        Raises BadInputError if there is a file, unless `force`; StorageError.
        """
        must_be_free(out, force=force)
        more = len(messages.files) - 1
        names = (out.with_stem(f"{out.stem} {number}") for number in count(2))
        paths = [out, *islice((path for path in names if not is_taken(path)), more)]
        for path, content in zip(paths, messages.files, strict=True):
            save_document(path, content, force=force and path == out)
        now = self._access.now()
        with self._access.database.transaction() as connection:
            for message_id in messages.message_ids:
                outbox.note_put_out(connection, message_id, "", now)
        return tuple(paths), Changes.INBOX

    def _reply(self, connection: Connection, own: OwnCopy, office_id: UUID) -> list[bytes]:
        if own.person_id is None or stored.has_heard_from(connection, office_id):
            return []
        return [joining.reply(connection, self._access)]


def _is_old_receipt(message: OutMessage) -> bool:
    """Nobody acknowledges a receipt; whoever misses it sends again, which makes it due."""
    return message.kind is MessageKind.RECEIPT and message.put_out_at is not None
