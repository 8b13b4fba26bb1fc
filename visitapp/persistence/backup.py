"""Copies of an open file of records, made by SQLite's own backup call."""

from datetime import datetime
from pathlib import Path
from uuid import uuid4

from sqlalchemy import Connection, func, insert, select

from visitapp.domain.errors import StorageError
from visitapp.paths import make_private_file
from visitapp.persistence import dialect, marks
from visitapp.persistence import tables as t
from visitapp.persistence.database import Database


def copy_records(database: Database, data_key: bytes, target: Path) -> None:
    """Copy the records, encrypted with the same key, to a new private file and verify it.

    Raises StorageError; a copy that can't be verified is removed.
    """
    make_private_file(target)
    try:
        faults = _copy(database, data_key, target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise
    if faults:
        target.unlink(missing_ok=True)
        raise StorageError("The copy could not be read back; check the disk and the file.")


def _copy(database: Database, data_key: bytes, target: Path) -> list[str]:
    source = database.driver_connection()
    try:
        copy = dialect.connect(target, data_key)
        try:
            source.driver_connection.backup(copy)
            marks.give_own(copy)
            # One file that stands alone: no log beside it.
            copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            copy.execute("PRAGMA journal_mode = DELETE")
            return dialect.physical_damage(copy)
        finally:
            copy.close()
    except dialect.dbapi().Error as error:
        raise StorageError(dialect.sentence(error)) from error
    finally:
        source.close()


def record_made(connection: Connection, at: datetime, by: str, target: str) -> None:
    """Keep that a backup was made, at a UTC time."""
    connection.execute(insert(t.backup).values(id=uuid4(), made_at=at, made_by=by, target=target))


def last_made(connection: Connection) -> datetime | None:
    """When (UTC) the last backup of these records was made."""
    found: datetime | None = connection.execute(select(func.max(t.backup.c.made_at))).scalar_one()
    return found
