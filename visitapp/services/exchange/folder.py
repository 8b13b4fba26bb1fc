"""The folder of exchange: what arrives in it is taken in, what is due is put out."""

import secrets
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError, ConflictError, StorageError
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.exchange.handing_over import Exchanged, Refused
from visitapp.domain.exchange.messages import (
    CutMessageError,
    MessageKind,
    NotForThisCopyError,
    OutMessage,
)
from visitapp.paths import read_bounded, read_small, write_whole
from visitapp.persistence import outbox, succession
from visitapp.security import sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import outgoing, renewing
from visitapp.services.exchange.exchange import ExchangeService
from visitapp.services.roles import MANAGER, VISITOR, changes

SUFFIX = ".visitmsg"
RESEND_AFTER = timedelta(days=1)
"""A message that is no longer in the folder and that nobody acknowledged is put out once more."""


class FolderExchange:
    """Exchanges messages through a folder that others see too, by whatever means."""

    def __init__(self, access: Access, exchange: ExchangeService) -> None:
        self._access, self._exchange = access, exchange

    @changes(MANAGER, VISITOR)
    def exchange(self, folder: Path) -> Exchanged:
        """Take in everything in the folder that is for this copy, then put out what is due.

        What was taken in is removed; whatever is refused, is half copied or is for somebody else
        stays. Raises BadInputError for a copy that exchanges nothing yet, StorageError where the
        folder can't be read or written; what was done by then stands.
        """
        with self._access.database.reading() as connection:
            succession.must_go_on(connection)
            own = renewing.all_own(connection)
        if not own:
            raise BadInputError(
                "This copy doesn’t exchange messages yet. Invite somebody, or join a scheme."
            )
        taken: Counter[MessageKind] = Counter()
        refused, changes = [], Changes.NONE
        for path in self._messages(folder):
            try:
                if not any(sealed_messages.is_for(_beginning(path), keys) for keys in own):
                    continue
                taken_in, changed = self._exchange.take_in(_content(path))
            except (NotForThisCopyError, CutMessageError):
                continue
            except (BadInputError, ConflictError) as error:
                refused.append(Refused(path.name, str(error)))
                continue
            taken[taken_in.kind] += taken_in.is_new
            changes |= changed
            _remove(path)
        put_out = self._put_out(folder, own[0])
        if put_out:
            changes |= Changes.INBOX  # how far reports have come
        return Exchanged(dict(+taken), dict(put_out), tuple(refused), changes)

    def _messages(self, folder: Path) -> Iterator[Path]:
        try:
            entries = sorted(folder.iterdir())
        except OSError as error:
            raise StorageError(
                f"The folder of exchange {folder} can't be read: {error.strerror}."
            ) from error
        for path in entries:
            if path.name[0] != "." and path.is_file():
                yield path

    def _put_out(self, folder: Path, own: OwnCopy) -> Counter[MessageKind]:
        now = self._access.now()
        for name in outgoing.write_due(self._access, own):
            _remove(folder / name)
        with self._access.database.reading() as connection:
            messages = outbox.messages(connection)
        put_out: Counter[MessageKind] = Counter()
        for message in messages:
            if message.file and _is_due(folder, message, now):
                name = secrets.token_hex(16) + SUFFIX
                if message.name:
                    _remove(folder / message.name)  # what is left of it
                _write(folder / name, message.file)
                with self._access.database.transaction() as connection:
                    outbox.note_put_out(connection, message.id, name, now)
                put_out[message.kind] += 1
        return put_out


def _is_due(folder: Path, message: OutMessage, now: datetime) -> bool:
    if message.put_out_at is None:
        return True
    if message.kind is MessageKind.RECEIPT:  # asked for by whoever sends a message again
        return False
    was_long_ago = abs(now - message.put_out_at) >= RESEND_AFTER  # a clock may be put back
    return was_long_ago and not _is_whole(folder / message.name, message.file)


def _is_whole(path: Path, content: bytes) -> bool:
    """Whether a message still lies in the folder as it was put there."""
    try:
        return read_bounded(path, len(content)) == content
    except OSError:
        return False


def _beginning(path: Path) -> bytes:
    try:
        return read_small(path, sealed_messages.HEAD_BYTES)
    except OSError as error:
        raise BadInputError(f"The file can’t be read: {error.strerror}.") from error


def _content(path: Path) -> bytes:
    try:
        return read_bounded(path, sealed_messages.MOST_BYTES)
    except OSError as error:
        raise BadInputError(f"The file can’t be read: {error.strerror}.") from error


def _write(path: Path, content: bytes) -> None:
    try:
        write_whole(path, content)
    except OSError as error:
        raise StorageError(f"A message can’t be put in {path.parent}: {error.strerror}.") from error


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return  # it changes nothing when it is opened again
