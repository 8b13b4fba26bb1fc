"""Saves everything to another place when the open file was moved or deleted."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from secrets import token_hex

from visitapp.domain.errors import MovedError, StorageError
from visitapp.paths import (
    is_taken,
    make_private_folder,
    put_as_new,
    read_bounded,
    sync_folder,
    user_folder,
    write_whole,
    writing,
)
from visitapp.persistence import backup
from visitapp.persistence.database import Database
from visitapp.security import vault
from visitapp.services.access import Access
from visitapp.services.records.new_file import must_be_free
from visitapp.services.records.unsaved_work import Piece, put_into
from visitapp.services.roles import MANAGER, READER, VISITOR, reads

_MOST_OF_KEY = 100_000


class MovedFileService:
    """The open connection can still read a file that was moved or deleted, so all of it can be
    copied."""

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access, self._data_key = access, data_key
        self._key_file = b""
        self._note_key_file()

    @reads(MANAGER, VISITOR, READER)
    def look(self) -> None:
        """Raises MovedError if the file at the path isn't the open one."""
        self._access.database.must_be_as_opened()
        self._note_key_file()

    def _note_key_file(self) -> None:
        """The key file may be moved as well, and without it a copy couldn't be opened."""
        if (path := self._access.database.path) is not None:
            with suppress(OSError):
                self._key_file = read_bounded(vault.key_file(path), _MOST_OF_KEY)

    @reads(MANAGER, VISITOR, READER)
    def save(self, out: Path, pieces: tuple[Piece, ...] = ()) -> None:
        """Save everything to a new file with its key file, including `pieces` that the moved file
        couldn't take. Raises BadInputError if `out` exists, and StorageError if it can't be written
        or something can no longer be read."""
        must_be_free(out)
        try:
            self._access.database.must_be_as_opened()
        except MovedError as moved:
            if not moved.can_copy:
                raise StorageError(
                    "The file was overwritten, so it can no longer be copied. Restore a backup."
                ) from moved
        new = out.with_name(f".{out.name}.{token_hex(8)}.new")
        with writing(out):
            try:
                backup.copy_records(self._access.database, self._data_key, new)
                self._add(new, pieces)
                if self._key_file:
                    write_whole(vault.key_file(new), self._key_file)
                    put_as_new(vault.key_file(new), vault.key_file(out))
                put_as_new(new, out)
            finally:
                for left in (new, vault.key_file(new)):
                    left.unlink(missing_ok=True)
            sync_folder(out.parent)

    def _add(self, path: Path, pieces: tuple[Piece, ...]) -> None:
        if not pieces:
            return
        copy = Database.open(path, self._data_key)
        try:
            for piece in pieces:
                put_into(copy, piece, self._access.now())
        finally:
            copy.dispose()

    @reads(MANAGER, VISITOR, READER)
    def rescue(self, now: datetime) -> Path | None:
        """Before the file is closed: if no complete file would contain the saved changes any more,
        save all of them next to where it was, or in the user's folder. Returns the path, or None.
        `now` is the local time for its name."""
        try:
            self._access.database.must_be_as_opened()
        except MovedError as moved:
            if moved.can_copy and self._access.database.would_be_lost:
                return self._rescued(now)
        return None

    def _rescued(self, now: datetime) -> Path | None:
        path = self._access.database.path
        assert path is not None
        name = f"{path.name}.before-moved-{now:%Y%m%d-%H%M%S}"
        for folder in (path.parent, user_folder()):
            out, number = folder / name, 1
            while is_taken(out) or is_taken(vault.key_file(out)):
                number += 1
                out = folder / f"{name}-{number}"
            with suppress(StorageError, OSError):
                make_private_folder(user_folder())
                self.save(out)
                return out
        return None
