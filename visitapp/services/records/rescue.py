"""In an emergency: restores a backup, and saves what can be read of a damaged file."""

import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from visitapp.domain.errors import BadInputError, CantOpenError, ContradictionsError
from visitapp.domain.moment import in_utc
from visitapp.domain.progress import Progress, report_progress
from visitapp.domain.records.anchor import Anchor, AnchorComparison
from visitapp.domain.records.health import Health
from visitapp.paths import is_taken, make_private_file, write_whole, writing
from visitapp.persistence import integrity, ledger, leftover_logs
from visitapp.persistence.database import Database
from visitapp.security import vault
from visitapp.security.holder import Holder
from visitapp.security.placing import NewPair, free_aside, settle
from visitapp.services.records.new_file import must_be_free

if TYPE_CHECKING:
    from visitapp.persistence.salvage import Salvaged

_AT_ONCE = 4 * 1024 * 1024
"""Bytes copied before checking whether to stop."""

Accept = Callable[[Sequence[str]], bool]
"""Whether to restore a backup in spite of these sentences."""
Unlock = Callable[[Path], bytes]
"""The data key of a file of records, by passphrase or code; raises CantOpenError."""


def look(path: Path, unlock: Unlock) -> Health:
    """What is wrong with a file of records, which is only read."""
    database = Database.open_to_read(path, unlock(path))
    try:
        health = integrity.look(database)
        return replace(health, notes=(*health.notes, *database.notices))
    finally:
        database.dispose()


def was_in_state(path: Path, unlock: Unlock, printed: Anchor) -> AnchorComparison:
    """Whether a file of records was once in the state given by a printed anchor."""
    database = Database.open_to_read(path, unlock(path))
    try:
        with database.reading() as connection:
            return ledger.compare(connection, printed)
    finally:
        database.dispose()


def salvage(
    path: Path,
    unlock: Unlock,
    target: Path,
    progress: Progress | None = None,
    *,
    by: str,
    at: datetime,
) -> "Salvaged":
    """Save everything that can be read to a new file with its key file.

    The damaged file is only read, from a private copy. The new one gets its name once it is
    complete. `at` is the local time. Raises StorageError if nothing can be read, BadInputError if
    `target` exists, CancelledError.
    """
    from visitapp.persistence.salvage import salvage as saved_from

    key = unlock(path)
    source = Database.open_to_read(path, key, copied=True)
    try:
        with Holder(target, by, at), NewPair(target) as new:
            must_be_free(target)
            saved = saved_from(source, key, new.records, progress, by=by, at=in_utc(at))
            vault.copy(path, new.records)
            new.put("salvage", at)
    finally:
        source.dispose()
    return saved


def restore(
    backup: Path,
    path: Path,
    unlock: Unlock,
    *,
    who: str,
    now: datetime,
    force: bool = False,
    take_over: bool = False,
    accept: Accept | None = None,
    progress: Progress | None = None,
) -> Path | None:
    """Restore a backup as the file of records. Returns where an existing file was kept, or None.

    The backup is copied, opened and checked before anything is moved; the backup itself isn't
    touched. `accept` is called with the contradictions in it and decides whether to go on. Raises
    ContradictionsError if it says no (or is None); BadInputError if the backup has bad pages or
    broken tables, or if `path` exists, unless forced; CantOpenError if the backup can't be opened;
    HeldError if `path` is open; StorageError if it can't be written; CancelledError before anything
    was moved.
    """
    _must_be_another(backup, path)
    if path.is_dir():
        raise BadInputError(f"{path} is a folder. Give the name of a file in it.")
    _must_be_forced(path, force)
    report_progress(progress, "Opening the backup")
    data_key = unlock(backup)
    with writing(path), Holder(path, who, now, take_over=take_over), NewPair(path) as new:
        _must_be_forced(path, force)
        _copy_private(backup, new.records, data_key, progress)
        vault.copy(backup, new.records)
        report_progress(progress, "Checking the copy")
        _must_be_sound(new.records, data_key, accept)
        report_progress(progress, "Moving it into place")
        return new.put("restore", now)


def _must_be_forced(path: Path, force: bool) -> None:
    if not force and any(is_taken(existing) for existing in (path, vault.key_file(path))):
        raise BadInputError(f"{path} already exists. Choose another name or replace it.")


def restore_key_file(backup: Path, path: Path, unlock: Unlock, *, who: str, now: datetime) -> None:
    """Restore only the key file, for records that are sound without it. An existing one is kept
    beside it.

    Raises BadInputError if it isn't a backup of these records, or if they are damaged too;
    CantOpenError if the backup's key file can't be opened; HeldError if the records are open.
    """
    _must_be_another(backup, path)
    data_key = unlock(backup)
    with Holder(path, who, now):
        settle(path)
        database = Database.open(path, data_key)
        try:
            if integrity.look(database).damage:
                raise BadInputError("The backup\u2019s key file does not open these records.")
        finally:
            database.dispose()
        key = vault.key_file(path)
        if key.is_file():
            kept = vault.key_file(free_aside(path, "restore", now))
            write_whole(kept, key.read_bytes())
        vault.copy(backup, path)


def _must_be_another(backup: Path, path: Path) -> None:
    if not backup.is_file():
        raise CantOpenError(f"There is no file {backup}.")
    if path.exists() and backup.samefile(path):
        raise BadInputError("The backup and the file of records are the same file.")


def _must_be_sound(path: Path, data_key: bytes, accept: Accept | None) -> None:
    database = Database.open(path, data_key)
    try:
        health = integrity.look(database)
    finally:
        database.dispose()
    if health.damage:
        raise BadInputError(f"The backup is damaged. Nothing was restored. {health.damage[0]}")
    if health.contradictions and not (accept and accept(health.contradictions)):
        raise ContradictionsError(health.contradictions)


def _copy_private(source: Path, target: Path, data_key: bytes, progress: Progress | None) -> None:
    """Copy records, including what a crashed program left in their log, if the log belongs to
    them."""
    if not leftover_logs.is_left(source):
        make_private_file(target)
        _copy_bytes(source, target, progress)
        return
    report_progress(progress, "Copying the backup")
    database = Database.open_to_read(source, data_key, copied=True)
    try:
        with database.whole_copy() as whole:
            make_private_file(target)
            _copy_bytes(whole, target, progress)
    finally:
        database.dispose()


def _copy_bytes(source: Path, target: Path, progress: Progress | None) -> None:
    total = -(-source.stat().st_size // _AT_ONCE)
    with source.open("rb") as read, target.open("wb") as written:
        done = 0
        while part := read.read(_AT_ONCE):
            report_progress(progress, "Copying the backup", done, total)
            written.write(part)
            done += 1
        written.flush()
        os.fsync(written.fileno())
