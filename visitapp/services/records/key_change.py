"""New keys for a file of records, so that an old key file no longer opens it.

The records are copied, encrypted with a new data key, beside a new key file with the new
passphrase and a new recovery code. The copy is verified, its ledger gets an entry, and the new
pair takes the place of the old one by the steps of `security.placing`, so that a kill at any
moment leaves the one or the other. Then the old pair is removed. Backups made before keep their
old keys.
"""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hmac import compare_digest
from pathlib import Path
from time import monotonic

from visitapp import clock
from visitapp.domain.errors import CancelledError, StorageError
from visitapp.domain.progress import Progress, tell
from visitapp.paths import writing
from visitapp.persistence import backup
from visitapp.persistence.database import Database
from visitapp.security import placing, vault
from visitapp.security.holder import Holder
from visitapp.security.placing import OLD_KEYS, NewPair

_ASK_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class NewKeys:
    """The new recovery code, to be shown once; where the old pair still lies, with its old keys,
    if it could not be removed; and where backups were saved, which keep the old keys."""

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

    Raises HeldError where they are open, StorageError, CancelledError; then the records are as
    they were, with the keys that they had.
    """
    with writing(path), Holder(path, who, now, take_over=take_over), NewPair(path) as new:
        tell(progress, "Making the new keys")
        new_vault = vault.create(new.records, passphrase)
        _copy(path, data_key, new_vault.data_key, new.records, progress)
        backups = _write_down(new.records, new_vault.data_key, who)
        tell(progress, "Moving the records into place")
        old = new.put(OLD_KEYS, now)
        _must_open(path, new_vault)
        left = old if old is not None and not _is_removed(old) else None
    return NewKeys(new_vault.recovery_code, left, backups)


def left_with_old_keys(path: Path) -> list[Path]:
    """What was to be removed after a change of keys and is still there, after a kill say."""
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
    """Enter the change into the ledger of the new records, before they take their place: the old
    ones have no such entry. Where backups were saved before."""
    from visitapp.persistence import ledger  # a start looks for what a change left, and needs none

    database = Database.open(new, new_key)
    try:
        with database.transaction() as connection:
            ledger.append(connection, [ledger.keys_changed(who, clock.now())])
            return tuple(backup.folders(connection))
    finally:
        database.dispose()


def _asked_by(progress: Progress | None) -> Callable[[], bool]:
    """Whether to go on, asked and told at most ten times a second."""
    last = [monotonic()]

    def goes_on() -> bool:
        if monotonic() - last[0] < _ASK_SECONDS:
            return True
        last[0] = monotonic()
        try:
            tell(progress, "Encrypting the records with the new keys")
        except CancelledError:
            return False
        return True

    return goes_on


def _must_open(path: Path, new_vault: vault.NewVault) -> None:
    """Before the old pair goes: what stands in place opens as it is going to be opened."""
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
