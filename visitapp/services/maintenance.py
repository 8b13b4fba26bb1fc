"""Keeping the file of records: backup, restore, check, and what opens it."""

import shutil
from contextlib import suppress
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from uuid import uuid4

from visitapp.domain.errors import BadInputError, CantOpenError, StorageError, WrongPassphraseError
from visitapp.paths import make_private_file, sync_folder, writing
from visitapp.persistence import backup as stored
from visitapp.persistence import integrity
from visitapp.persistence.database import Database
from visitapp.security import holder, vault
from visitapp.security.passphrase import strength
from visitapp.services.access import Access

_LOGS = ("-wal", "-shm", "-journal")


class MaintenanceService:
    """For everyone who can open the file."""

    def __init__(self, access: Access, data_key: bytes) -> None:
        self._access = access
        self._data_key = data_key

    @property
    def _path(self) -> Path:
        path = self._access.database.path
        assert path is not None, "a server keeps its own backups and passwords"
        return path

    def backup(self, out: Path, *, force: bool = False) -> None:
        """Save a copy that stands alone, with its key file beside it, encrypted as it is here.

        Raises BadInputError where `out` is there already, unless forced.
        """
        self._must_not_be_ours(out)
        taken = next((p for p in (out, vault.key_file(out)) if p.exists()), None)
        if taken is not None and not force:
            raise BadInputError(f"{taken} is there already; choose another name.")
        if not out.parent.is_dir():
            raise BadInputError(f"There is no folder {out.parent}.")
        beside = _beside(out)
        with writing(out):
            try:
                stored.copy_records(self._access.database, self._data_key, beside)
                vault.copy(self._path, beside)
                _remove_logs(out)
                vault.key_file(beside).replace(vault.key_file(out))
                beside.replace(out)
            finally:
                _remove(beside)
            sync_folder(out.parent)
        self._record(out)

    def _must_not_be_ours(self, out: Path) -> None:
        for ending in ("", ".key", ".lock", ".holder", *_LOGS):
            ours = self._path.with_name(self._path.name + ending)
            if out.resolve() == ours.resolve() or (
                out.exists() and ours.exists() and out.samefile(ours)
            ):
                raise BadInputError("A backup can't take the place of the records themselves.")

    def _record(self, out: Path) -> None:
        now, by = self._access.now(), self._access.actor.name
        # The copy is safe by now; a full disk or a busy file only loses the note of it.
        with suppress(StorageError), self._access.database.transaction() as connection:
            stored.record_made(connection, now, by, str(out.absolute()))

    def last_backup(self) -> datetime | None:
        """When the last backup was made (UTC), or None."""
        with self._access.database.reading() as connection:
            return stored.last_made(connection)

    def check(self) -> list[str]:
        """Damage in sentences; empty for sound records."""
        return integrity.damage(self._access.database)

    def change_passphrase(self, old: str, new: str) -> None:
        """Open the file with another passphrase from now on; the recovery code stays.

        Backups made before still open with the old one. Raises WrongPassphraseError, or
        BadInputError for one that is too easy to guess.
        """
        found = strength(new)
        if not found.is_enough:
            raise BadInputError(found.sentence)
        if not compare_digest(vault.unlock(self._path, old), self._data_key):
            raise WrongPassphraseError("This is another file's key file; restore a backup.")
        vault.change_passphrase(self._path, self._data_key, new)

    def renew_code(self) -> str:
        """Another recovery code, to print; the one before opens nothing any more."""
        return vault.renew_code(self._path, self._data_key)


def restore(
    backup: Path, path: Path, passphrase: str, *, who: str, now: datetime, force: bool = False
) -> Path | None:
    """Bring a backup back as the file of records; where an existing file was kept, or None.

    The backup is copied, opened with its passphrase and checked before anything is moved,
    and is itself not touched. Raises BadInputError for a damaged backup, or where `path` is
    there and not forced; CantOpenError where the backup can't be opened, HeldError where
    `path` is open, StorageError where it can't be written.
    """
    if not backup.is_file():
        raise CantOpenError(f"There is no file {backup}.")
    if path.exists() and backup.samefile(path):
        raise BadInputError("The backup and the file of records are the same file.")
    if (path.exists() or vault.key_file(path).exists()) and not force:
        raise BadInputError(f"{path} is there already; it is only replaced when forced.")
    data_key = vault.unlock(backup, passphrase)
    beside = _beside(path)
    with writing(path):
        try:
            _copy_private(backup, beside)
            vault.copy(backup, beside)
            _must_be_sound(beside, data_key)
            return _put_in_place(beside, path, now, holder.Holder(path, who, now))
        finally:
            _remove(beside)


def _put_in_place(beside: Path, path: Path, now: datetime, held: holder.Holder) -> Path | None:
    try:
        existing = path.exists() or vault.key_file(path).exists()
        aside = _set_aside(path, now) if existing else None
        _remove_logs(path)
        vault.key_file(beside).replace(vault.key_file(path))
        beside.replace(path)
        sync_folder(path.parent)
    finally:
        held.release()
    return aside


def _must_be_sound(path: Path, data_key: bytes) -> None:
    database = Database.open(path, data_key)
    try:
        if found := integrity.damage(database):
            raise BadInputError(f"The backup is damaged, nothing was restored. {found[0]}")
    finally:
        database.dispose()


def _copy_private(source: Path, target: Path) -> None:
    """Copy records, with what a crashed program left in their log."""
    for ending in ("", "-wal"):
        part, copy = source.with_name(source.name + ending), target.with_name(target.name + ending)
        if part.exists():
            make_private_file(copy)
            shutil.copyfile(part, copy)


def _set_aside(path: Path, now: datetime) -> Path:
    """Move a file of records, with all that belongs to it, to a name that says why."""
    stem = f"{path.name}.before-restore-{now:%Y%m%d-%H%M%S}"
    aside = path.with_name(stem)
    number = 1
    while aside.exists() or vault.key_file(aside).exists():
        number += 1
        aside = path.with_name(f"{stem}-{number}")
    for ending in ("", *_LOGS, ".key"):
        part = path.with_name(path.name + ending)
        if part.exists():
            part.rename(aside.with_name(aside.name + ending))
    return aside


def _remove_logs(path: Path) -> None:
    """Take away logs of a file that was here before: they would spoil another one."""
    for ending in _LOGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.{uuid4().hex[:8]}.new")


def _remove(beside: Path) -> None:
    for path in (beside, vault.key_file(beside)):
        path.unlink(missing_ok=True)
    _remove_logs(beside)
