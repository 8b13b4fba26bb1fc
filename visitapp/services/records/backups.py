"""Automatic backups: rotating copies in a folder, each verified by reading it back.

A copy is written under a random name, flushed to the disk, read back and compared with the records;
only then does it get its real name. Old ones are removed, but only if this program made them: they
open with the records' data key and contain their own name.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from secrets import token_hex

from visitapp import clock
from visitapp.domain.errors import StorageError
from visitapp.domain.moment import Moment, uk_time
from visitapp.domain.records.backups import (
    BackupKind,
    BackupMade,
    BackupPlace,
    BackupState,
    backups_to_keep,
)
from visitapp.paths import make_private_folder, name_to_keep, put_as_new, sync_folder, writing
from visitapp.persistence import backup as stored
from visitapp.security import vault
from visitapp.services.access import Access
from visitapp.services.roles import MANAGER, VISITOR, changes, reads

FOLDER = "backups"
"""In the folder of the records, if nobody chooses another."""
APART = timedelta(hours=1)
"""The shortest time between two automatic backups."""
_LOGS = ("-wal", "-shm", "-journal")
_ABANDONED = timedelta(hours=1)
_STAMP = "%Y-%m-%d-%H%M"

GoesOn = Callable[[], bool]


class BackupService:
    """Automatic backups of one open file, and the state of its latest backup."""

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access = access
        self._data_key = data_key

    @property
    def _path(self) -> Path:
        path = self._access.database.path
        assert path is not None, "a server keeps its own backups"
        return path

    @property
    @reads(MANAGER, VISITOR)
    def usual_folder(self) -> Path:
        """Where automatic backups go if nobody chooses another folder."""
        return self._path.absolute().parent / FOLDER

    @reads(MANAGER, VISITOR)
    def last(self) -> BackupMade | None:
        """The latest verified backup, automatic or by hand."""
        with self._access.database.reading() as connection:
            return stored.last_verified(connection)

    @reads(MANAGER, VISITOR)
    def state(self, problem: str = "") -> BackupState:
        """The state of the latest verified backup. It looks at the backup's disk, which may take a
        while."""
        last = self.last()
        if last is None:
            return BackupState(problem=problem)
        return BackupState(last, place_of(last.target, self._path), problem)

    @reads(MANAGER, VISITOR)
    def waits(self, chosen: Path | None) -> timedelta:
        """How long until the next automatic backup in a folder (or the usual one)."""
        with self._access.database.reading() as connection:
            last = stored.last_automatic(connection)
        if last is None or last.target.parent != (chosen or self.usual_folder):
            return timedelta()
        since = self._access.now() - last.at
        return APART - since if timedelta() <= since < APART else timedelta()

    @changes(MANAGER, VISITOR)
    def make(self, chosen: Path | None, goes_on: GoesOn | None = None) -> BackupMade | None:
        """Save a backup in the chosen folder, or in the usual one, which is created. Returns None
        if nothing has changed since the last one there.

        Backups that are no longer needed are removed. Raises StorageError if the folder is missing
        or can't be written to, and CancelledError. Nothing incomplete is left.
        """
        folder = chosen or self.usual_folder
        with writing(folder):
            if chosen is None:
                make_private_folder(folder)
            elif not folder.is_dir():
                raise StorageError(f"The folder for backups cannot be found: {folder}.")
            self._remove_leftovers(folder)
        if self._is_backup_itself() or not self._has_changed(folder, goes_on):
            return None
        backup = self._make(self._free_name(folder), goes_on)
        with suppress(OSError, StorageError):  # the new backup is safe; old ones can wait
            self._remove_old(folder, backup.target)
        return backup

    def _is_backup_itself(self) -> bool:
        """Whether the open file is itself a backup, which needs none."""
        return stored.made_itself(self._path, self._data_key)

    def _has_changed(self, folder: Path, goes_on: GoesOn | None) -> bool:
        with self._access.database.reading() as connection:
            last = stored.last_automatic(connection)
        if last is None or last.target.parent != folder or not is_whole(last.target):
            return True
        return stored.contents_of(self._access.database, goes_on).digest != last.contents

    def _make(self, out: Path, goes_on: GoesOn | None) -> BackupMade:
        now, by = self._access.now(), self._access.actor.name
        database = self._access.database
        new = out.with_name(f".{out.name}.{token_hex(8)}.new")
        with database.transaction(is_left=True) as connection:
            stored.forget_begun(connection)
            begun = stored.record_made(
                connection, now, by, name_to_keep(out), kind=BackupKind.BEGUN
            )
        try:
            with writing(out), _removed_on_error(new):
                held = stored.copy_records(database, self._data_key, new, goes_on)
                vault.copy(self._path, new)
                put_as_new(vault.key_file(new), vault.key_file(out))
                put_as_new(new, out)
                sync_folder(out.parent)
        except BaseException:
            with suppress(StorageError), database.transaction(is_left=True) as connection:
                stored.forget_begun(connection)
            raise
        with database.transaction(is_left=True) as connection:
            stored.record_verified(connection, begun, held.digest)
        return BackupMade(now, by, out, BackupKind.AUTOMATIC, held.digest)

    # Names

    @property
    def _begin(self) -> str:
        return f"{self._path.stem}-automatic-"

    def _free_name(self, folder: Path) -> Path:
        name = f"{self._begin}{uk_time(self._access.now()):{_STAMP}}"
        number, candidate = 1, folder / f"{name}{self._path.suffix}"
        while candidate.exists() or vault.key_file(candidate).exists():
            number += 1
            candidate = folder / f"{name}-{number}{self._path.suffix}"
        return candidate

    def _moment_of(self, path: Path) -> datetime | None:
        """The time in the name of an automatic backup; None for any other file."""
        stamp = re.fullmatch(
            rf"{re.escape(self._begin)}(\d{{4}}-\d\d-\d\d-\d{{4}})(-\d+)?"
            rf"{re.escape(self._path.suffix)}",
            path.name,
        )
        if stamp is None:
            return None
        day, time = stamp[1][:10], stamp[1][11:]
        try:
            return Moment.at(date.fromisoformat(day), int(time[:2]) * 60 + int(time[2:])).in_utc
        except ValueError:  # no such day or time exists
            return None

    # Removing backups

    def _remove_old(self, folder: Path, last: Path) -> None:
        moments = {
            path: at for path in folder.iterdir() if (at := self._moment_of(path)) is not None
        }
        worth = backups_to_keep(moments.values())
        for path, at in moments.items():
            if at not in worth and path != last and self._may_remove(path):
                path.unlink()
                vault.key_file(path).unlink(missing_ok=True)
        sync_folder(folder)

    def _may_remove(self, path: Path) -> bool:
        is_open = path.with_name(f"{path.name}.holder").exists()
        logs = any(path.with_name(path.name + ending).exists() for ending in _LOGS)
        return not is_open and not logs and stored.made_itself(path, self._data_key)

    def _remove_leftovers(self, folder: Path) -> None:
        """Remove what a killed program left unfinished, unless another computer is working on
        it."""
        name = re.compile(
            rf"\.{re.escape(self._begin)}.*\.[0-9a-f]{{16}}\.new(\.key|-wal|-shm|-journal)?"
        )
        for path in folder.iterdir():
            with suppress(OSError):
                is_ours = name.fullmatch(path.name) or self._is_lone_key(path)
                if is_ours and clock.now() - clock.written_at(path) > _ABANDONED:
                    path.unlink()

    def _is_lone_key(self, path: Path) -> bool:
        """Whether it is a copy of our key file for an automatic backup that was never finished."""
        backup = path.with_suffix("")
        return (
            path.suffix == ".key"
            and self._moment_of(backup) is not None
            and not backup.exists()
            and path.read_bytes() == vault.key_file(self._path).read_bytes()
        )


def place_of(target: Path, records: Path) -> BackupPlace:
    """Where a backup is, relative to the records."""
    try:
        if not is_whole(target):
            return BackupPlace.OUT_OF_REACH
        same = target.stat().st_dev == records.stat().st_dev  # on Windows, the volume's number
    except OSError:
        return BackupPlace.OUT_OF_REACH
    return BackupPlace.SAME_DISK if same else BackupPlace.OTHER_DISK


def is_whole(backup: Path) -> bool:
    """Whether a backup exists together with its key file."""
    return backup.is_file() and vault.key_file(backup).is_file()


@contextmanager
def _removed_on_error(new: Path) -> Iterator[None]:
    try:
        yield
    finally:
        for ending in ("", ".key", *_LOGS):
            new.with_name(new.name + ending).unlink(missing_ok=True)
