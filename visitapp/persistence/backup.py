"""Copies of an open file of records, made by SQLite's own backup call."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Connection, Row, delete, insert, select, update

from visitapp.domain.errors import CancelledError, StorageError
from visitapp.domain.records.backups import BackupKind, BackupMade
from visitapp.paths import make_private_file
from visitapp.persistence import contents, dialect, marks
from visitapp.persistence import tables as t
from visitapp.persistence.contents import TableContents
from visitapp.persistence.database import Database

_PAGES_AT_ONCE = 1024
_STEPS_AT_ONCE = 100_000
"""In steps of SQLite's virtual machine: about a millisecond."""

GoesOn = Callable[[], bool]
"""Asked repeatedly while a copy is made; False stops it with a CancelledError."""


def copy_records(
    database: Database, data_key: bytes, target: Path, goes_on: GoesOn | None = None
) -> TableContents:
    """Copy the records, encrypted with the same key, to a new private file. Returns its contents.

    The copy is read back from the disk and compared with what the records held at that moment.
    Raises StorageError; a copy that can't be verified is removed.
    """
    make_private_file(target)
    try:
        with _sentences(goes_on):
            contents_copied = _copy(database, data_key, target, goes_on)
            _verify(target, data_key, contents_copied, goes_on)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return contents_copied


def copy_with_key(
    database: Database,
    data_key: bytes,
    new_key: bytes,
    target: Path,
    goes_on: GoesOn | None = None,
) -> TableContents:
    """Like `copy_records`, but the copy is encrypted with `new_key`, the only key that opens it.
    Raises StorageError and CancelledError; a copy that can't be verified is removed."""
    contents_copied = copy_records(database, data_key, target, goes_on)
    try:
        give_key(target, data_key, new_key)
        with _sentences(goes_on):
            _verify(target, new_key, contents_copied, goes_on)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    return contents_copied


def give_key(target: Path, data_key: bytes, new_key: bytes) -> None:
    """Encrypt closed records that nobody else knows of with another key. Raises StorageError."""
    with _sentences(None):
        dialect.change_key(target, data_key, new_key)
        _to_disk(target)


def contents_of(database: Database, goes_on: GoesOn | None = None) -> TableContents:
    """What the records hold now."""
    with _sentences(goes_on), _snapshot(database, goes_on) as source:
        return contents.read(source)


@contextmanager
def _snapshot(database: Database, goes_on: GoesOn | None) -> Iterator[Any]:
    """A driver's connection that sees one state of the records; others go on writing."""
    with database.copied_from() as source:
        source.execute("BEGIN")
        _watch(source, goes_on)
        try:
            yield source
        finally:
            _watch(source, None)
            source.execute("ROLLBACK")


def _copy(
    database: Database, data_key: bytes, target: Path, goes_on: GoesOn | None
) -> TableContents:
    with (
        _snapshot(database, goes_on) as source,
        closing(dialect.connect(target, data_key)) as copy,
    ):
        contents_copied = contents.read(source)
        source.backup(copy, pages=_PAGES_AT_ONCE, progress=lambda *_: _must_go_on(goes_on))
        marks.give_own(copy)
        # A single file, without a log beside it.
        copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy.execute("PRAGMA journal_mode = DELETE")
    _to_disk(target)
    return contents_copied


def _watch(connection: Any, goes_on: GoesOn | None) -> None:
    """Have SQLite ask while it checks a file, which may take long."""
    handler = None if goes_on is None else lambda: not goes_on()
    connection.set_progress_handler(handler, _STEPS_AT_ONCE)


def _must_go_on(goes_on: GoesOn | None) -> None:
    if goes_on is not None and not goes_on():
        raise CancelledError("Stopped. Nothing has changed.")


def _to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR | getattr(os, "O_BINARY", 0))
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _verify(target: Path, data_key: bytes, expected: TableContents, goes_on: GoesOn | None) -> None:
    with closing(dialect.connect_alone(target, data_key)) as copy:
        _watch(copy, goes_on)
        is_sound = not dialect.physical_damage(copy)
        if not is_sound or contents.read(copy).differences(expected):
            raise StorageError("The copy could not be read back. Check the disk and the file.")


@contextmanager
def _sentences(goes_on: GoesOn | None) -> Iterator[None]:
    try:
        yield
    except (StorageError, dialect.dbapi().Error) as error:
        _must_go_on(goes_on)
        if isinstance(error, StorageError):
            raise
        raise dialect.as_storage_error(error) from error


# The list of backups


def record_made(
    connection: Connection,
    at: datetime,
    by: str,
    target: str,
    *,
    kind: BackupKind = BackupKind.BY_HAND,
    contents_digest: str = "",
) -> UUID:
    """Record that a backup was made or begun. Returns its id."""
    backup_id = uuid4()
    connection.execute(
        insert(t.backup).values(
            id=backup_id,
            made_at=at,
            made_by=by,
            target=target,
            kind=kind.value,
            contents=contents_digest,
        )
    )
    return backup_id


def record_verified(connection: Connection, backup_id: UUID, contents_digest: str) -> None:
    """Record that an automatic backup that was begun is complete and verified."""
    connection.execute(
        update(t.backup)
        .where(t.backup.c.id == backup_id)
        .values(kind=BackupKind.AUTOMATIC.value, contents=contents_digest)
    )


def forget_begun(connection: Connection) -> None:
    """Remove the entries of automatic backups that were begun and never verified."""
    connection.execute(delete(t.backup).where(t.backup.c.kind == BackupKind.BEGUN.value))


def last_made(connection: Connection) -> datetime | None:
    """When the latest verified backup of these records was made."""
    last = last_verified(connection)
    return None if last is None else last.at


def last_verified(connection: Connection) -> BackupMade | None:
    """The latest verified backup."""
    return next(iter(_verified(connection)), None)


def last_automatic(connection: Connection) -> BackupMade | None:
    """The latest verified automatic backup."""
    return next((m for m in _verified(connection) if m.kind is BackupKind.AUTOMATIC), None)


def folders(connection: Connection) -> list[Path]:
    """Where verified backups of these records were saved, newest first."""
    return list(dict.fromkeys(backup.target.parent for backup in _verified(connection)))


def _verified(connection: Connection) -> list[BackupMade]:
    """Newest first; within a second, the one entered last."""
    query = select(t.backup).where(t.backup.c.kind != BackupKind.BEGUN.value)
    last_entered_first = [_backup_of(row) for row in connection.execute(query)][::-1]
    return sorted(last_entered_first, key=lambda backup: backup.at, reverse=True)


def _backup_of(row: Row[Any]) -> BackupMade:
    kinds = set(BackupKind)
    kind = BackupKind(row.kind) if row.kind in kinds else BackupKind.BY_HAND
    return BackupMade(row.made_at, row.made_by, Path(row.target), kind, row.contents)


def made_itself(path: Path, data_key: bytes) -> bool:
    """Whether this program made the file as an automatic backup of these records: it opens with
    their data key, and the last backup it mentions is itself, by name."""
    try:
        with closing(dialect.connect_alone(path, data_key)) as copy:
            row = copy.execute(
                "SELECT target, kind FROM backup ORDER BY made_at DESC, rowid DESC LIMIT 1"
            ).fetchone()
    except (OSError, StorageError, dialect.dbapi().Error):
        return False
    automatic = (BackupKind.BEGUN.value, BackupKind.AUTOMATIC.value)
    return row is not None and row[1] in automatic and Path(row[0]).name == path.name
