"""The office is handed over to the next manager: one file and a code, and this copy is closed."""

import contextlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from uuid import uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, CancelledError
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.exchange.messages import MessageError, MessageKind
from visitapp.domain.exchange.succession import Renewal, Succession, followed_words
from visitapp.domain.following.ledger import Event
from visitapp.domain.progress import Progress, report_progress
from visitapp.exchange.message_content import decoded
from visitapp.paths import read_bounded, real_folder, writing, written_whole
from visitapp.persistence import backup, ledger
from visitapp.persistence import exchange as stored
from visitapp.persistence import succession as successions
from visitapp.persistence.database import Connection
from visitapp.private_copies import PrivateFolder
from visitapp.security import copy_keys, handed_file, joining_code, recovery, sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import renewing
from visitapp.services.roles import MANAGER, READER, VISITOR, changes, reads
from visitapp.services.saving import must_be_free


class SuccessionService:
    """Once handed over, this copy can be read and changes nothing, until that is taken back.

    Two copies of an office that both go on are the fault to exclude. So the copy is closed before
    the file gets its name, and is opened again only while it doesn't know of a successor.
    """

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access, self._data_key = access, data_key

    @reads(MANAGER, VISITOR, READER)
    def closing(self) -> Succession | None:
        """The handing over since which nothing changes in this copy; None where it goes on."""
        with self._access.database.reading() as connection:
            return successions.closing(connection)

    @changes(MANAGER)
    def hand_over(
        self, out: Path, to: str = "", *, force: bool = False, progress: Progress | None = None
    ) -> tuple[str, Changes]:
        """Write the whole records to a file that only the code opens, and close this copy. Returns
        the code, which is shown once. `to` is the name of whoever takes over, empty if not known.

        Raises NotAllowedError for anybody but the manager and where it was handed over already,
        BadInputError if `out` exists, unless forced, StorageError and CancelledError; this copy
        then goes on.
        """
        out = real_folder(out)
        must_be_free(out, force=force)
        self._must_not_be_ours(out)
        secret = joining_code.new_secret()
        item = self._closed(to.strip())
        try:
            with writing(out), _private_folder() as folder, written_whole(out) as file:
                key, records = handed_file.new_key(secret), folder / "records"
                report_progress(progress, "Copying the records")
                backup.copy_with_key(
                    self._access.database,
                    self._data_key,
                    key.data_key,
                    records,
                    lambda: _goes_on(progress),
                )
                handed_file.write(records, file, key, progress)
        except BaseException:
            with self._access.database.transaction(is_left=True) as connection:
                successions.forget(connection, item)
            raise
        with self._access.database.transaction(is_left=True) as connection:
            to = f"To {item.successor}" if item.successor else ""
            self._enter(connection, Event.HANDED_OVER, item, to)
        return recovery.as_code(secret), Changes.EVERYTHING

    @changes(MANAGER)
    def take_back(self) -> Changes:
        """Go on in this copy. The file that was written is of no use any more: visitors who hear of
        this copy's new keys first don't follow whoever opens it later.

        Raises NotAllowedError for anybody but the manager, BadInputError where nothing was handed
        over, or it is known that somebody took over.
        """
        with self._access.database.transaction(is_left=True) as connection:
            item = successions.closing(connection)
            if item is None:
                raise BadInputError("This office was not handed over.")
            if item.followed_at is not None:
                raise BadInputError(f"{followed_words(item)} It can’t be taken back.")
            successions.save(connection, replace(item, ended_at=self._access.now()))
            renewing.renew(connection, self._access, item.number + 1)
            self._enter(connection, Event.TAKEN_BACK, item)
        return Changes.EVERYTHING

    @changes(MANAGER)
    def look_for_successor(self, folder: Path) -> Changes:
        """In a copy that was left: see whether the successor has written to it in the folder of
        exchange. Everything in the folder stays there."""
        with self._access.database.reading() as connection:
            item, own = successions.closing(connection), stored.own_copy(connection)
        if item is None or own is None or item.followed_at is not None:
            return Changes.NONE
        if not any(_renewal_in(path, own) == item.number for path in _files(folder)):
            return Changes.NONE
        with self._access.database.transaction(is_left=True) as connection:
            successions.save(connection, replace(item, followed_at=self._access.now()))
        return Changes.EVERYTHING

    def _closed(self, to: str) -> Succession:
        with self._access.database.transaction() as connection:
            own = stored.own_copy(connection)
            number = max((past.number for past in successions.successions(connection)), default=0)
            number = max(number, own.number if own else 0) + 1
            now, by = self._access.now(), self._access.actor.name
            item = Succession(uuid4(), number, now, by, to)
            successions.save(connection, item)
        return item

    def _enter(
        self, connection: Connection, event: Event, item: Succession, reason: str = ""
    ) -> None:
        by, now = self._access.actor.name, self._access.now()
        ledger.append(connection, [ledger.office_went(event, item.number, by, now, reason)])

    def _must_not_be_ours(self, out: Path) -> None:
        path = self._access.database.path
        if path is not None and out.name.startswith(path.name) and out.parent == path.parent:
            raise BadInputError("This is a name of the records themselves. Choose another.")


def open_to_successor(connection: Connection, access: Access) -> None:
    """In the records of a file that was handed over, before the successor first sees them: they
    are open, and the office's keys are new ones.

    Raises BadInputError where nothing was handed over.
    """
    item = successions.closing(connection)
    if item is None:
        raise BadInputError(handed_file.NO_OFFICE)
    now = access.now()
    successions.save(connection, replace(item, followed_at=now, ended_at=now))
    renewing.renew(connection, access, item.number)
    reason = f"From {item.handed_over_by}"
    entry = ledger.office_went(Event.TAKEN_OVER, item.number, access.actor.name, now, reason)
    ledger.append(connection, [entry])


@contextlib.contextmanager
def _private_folder() -> Iterator[Path]:
    folder = PrivateFolder()
    try:
        yield folder.path
    finally:
        folder.end()


def _renewal_in(path: Path, own: OwnCopy) -> int | None:
    """The number of the new keys that a file tells the copy it came from; None for any other."""
    keys = copy_keys.public_keys(own)
    try:
        file = read_bounded(path, sealed_messages.MOST_BYTES)
        message = sealed_messages.open_message(file, own, lambda _: keys)
        if message.kind is not MessageKind.RENEWAL:
            return None
        return decoded(message.content, Renewal).number
    except (MessageError, OSError):
        return None


def _files(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.is_file())
    except OSError:
        return []


def _goes_on(progress: Progress | None) -> bool:
    try:
        report_progress(progress, "Copying the records")
    except CancelledError:
        return False
    return True
