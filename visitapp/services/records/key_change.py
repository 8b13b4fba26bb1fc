"""New keys for a file of records, so that an old key file no longer opens it.

The records are copied and encrypted with a new data key, next to a new key file with the new
passphrase and a new recovery code. The copy is verified and its ledger gets an entry. Then the new
pair replaces the old one by the steps of `security.placing`, so that a kill at any moment leaves
one or the other, and the old pair is removed. Earlier backups keep their old keys.
"""

import contextlib
from collections.abc import Callable
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from time import monotonic

from visitapp import clock
from visitapp.domain.dataclass import dataclass
from visitapp.domain.errors import CancelledError, StorageError
from visitapp.domain.progress import Progress, report_progress
from visitapp.paths import writing
from visitapp.persistence import backup
from visitapp.persistence.database import Database
from visitapp.security import placing, vault
from visitapp.security.holder import Holder
from visitapp.security.placing import OLD_KEYS, NewPair

_ASK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The new recovery code, to be shown once; where the old pair still is, with its old keys, if
    it couldn't be removed; and the earlier backups, which keep the old keys."""

    recovery_code: str
    left: Path | None
    backups: tuple[Path, ...] = ()


def change_keys(
    path: Path,
    data_key: bytes,
    passphrase: str,
    *,
    who: str,
    now: datetime,
    take_over: bool = False,
    progress: Progress | None = None,
) -> NewKeys:
    """Give closed records another data key. `now` is the local time.

    Raises HeldError if they are open, StorageError and CancelledError; the records and their keys
    are then as before.
    """
    with writing(path), Holder(path, who, now, take_over=take_over), NewPair(path) as new:
        report_progress(progress, "Making the new keys")
        new_vault = vault.create(new.records, passphrase)
        _copy(path, data_key, new_vault.data_key, new.records, progress)
        backups = _write_down(new.records, new_vault.data_key, who)
        report_progress(progress, "Moving the records into place")
        old = new.put(OLD_KEYS, now)
        _must_open(path, new_vault)
        left = old if old is not None and not _is_removed(old) else None
    return NewKeys(new_vault.recovery_code, left, backups)


def left_with_old_keys(path: Path) -> list[Path]:
    """What should have been removed after a change of keys but still exists, for example after a
    kill."""
    kept = placing.kept_beside(path)
    return [
        path_kept
        for path_kept in kept
        if path_kept.name.startswith(f"{path.name}.before-{OLD_KEYS}-")
    ]


def _copy(
    path: Path, data_key: bytes, new_key: bytes, target: Path, progress: Progress | None
) -> None:
    database = Database.open(path, data_key)
    try:
        backup.copy_with_key(database, data_key, new_key, target, _asked_by(progress))
    finally:
        database.dispose()


def _write_down(new: Path, new_key: bytes, who: str) -> tuple[Path, ...]:
    """Enter the change in the ledger of the new records before they replace the old ones, which
    have no such entry. Returns where backups were saved before."""
    from visitapp.persistence import ledger  # looking for leftovers at the start doesn't need it

    database = Database.open(new, new_key)
    try:
        with database.transaction() as connection:
            ledger.append(connection, [ledger.keys_changed(who, clock.now())])
            return tuple(backup.folders(connection))
    finally:
        database.dispose()


def _asked_by(progress: Progress | None) -> Callable[[], bool]:
    """Whether to go on; asks and reports at most ten times a second."""
    last = [monotonic()]

    def goes_on() -> bool:
        if monotonic() - last[0] < _ASK_SECONDS:
            return True
        last[0] = monotonic()
        try:
            report_progress(progress, "Encrypting the records with the new keys")
        except CancelledError:
            return False
        return True

    return goes_on


def _must_open(path: Path, new_vault: vault.NewVault) -> None:
    """Before the old pair is removed: check that the new one opens in the usual way."""
    if not compare_digest(
        vault.unlock_with_code(path, new_vault.recovery_code), new_vault.data_key
    ):
        raise StorageError("The new key file could not be read back. Check the disk.")
    database = Database.open(path, new_vault.data_key)
    try:
        backup.contents_of(database)
    finally:
        database.dispose()


def _is_removed(old: Path) -> bool:
    with contextlib.suppress(OSError):
        placing.remove_kept(old)
        return True
    return False
