"""Keeping the file of records: backup, check, and what opens it."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path
from uuid import uuid4

from visitapp.domain.errors import BadInputError, StorageError
from visitapp.paths import sync_folder, writing
from visitapp.persistence import backup as stored
from visitapp.security import vault
from visitapp.services import keys
from visitapp.services.access import Access

LOGS = ("-wal", "-shm", "-journal")


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
        new = beside(out)
        with writing(out):
            try:
                stored.copy_records(self._access.database, self._data_key, new)
                vault.copy(self._path, new)
                remove_logs(out)
                vault.key_file(new).replace(vault.key_file(out))
                new.replace(out)
            finally:
                remove(new)
            sync_folder(out.parent)
        self._record(out)

    def _must_not_be_ours(self, out: Path) -> None:
        for ending in ("", ".key", ".lock", ".holder", *LOGS):
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
        from visitapp.persistence import integrity

        return integrity.damage(self._access.database)

    def change_passphrase(self, old: str, new: str, *, by_code: bool = False) -> None:
        """Open the file with another passphrase from now on; the recovery code stays.

        `old` is the passphrase before or, with `by_code`, the recovery code. Whoever has a key
        file from before opens it, and the records, with the old passphrase still: that ends
        with `change_keys`. Raises WrongPassphraseError, or BadInputError for a new one
        that is too easy to guess.
        """
        keys.change_passphrase(self._access, self._path, self._data_key, old, new, by_code=by_code)

    def names_around(self) -> tuple[str, ...]:
        """Names that a new passphrase had better not be made of."""
        return keys.names_around(self._access)

    def renew_code(self) -> str:
        """Another recovery code, to print; the one before opens nothing any more."""
        return vault.renew_code(self._path, self._data_key)


def remove_logs(path: Path) -> None:
    """Take away logs of a file that was here before: they would spoil another one."""
    for ending in LOGS:
        path.with_name(path.name + ending).unlink(missing_ok=True)


def beside(path: Path) -> Path:
    """A name in the same folder for what is not whole yet."""
    return path.with_name(f".{path.name}.{uuid4().hex[:8]}.new")


def remove(new: Path) -> None:
    """Take away what came to be at such a name."""
    for path in (new, vault.key_file(new)):
        path.unlink(missing_ok=True)
    remove_logs(new)
