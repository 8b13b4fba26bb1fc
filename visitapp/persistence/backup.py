"""Copies of an open file of records, made by SQLite's own backup call."""

from pathlib import Path

from visitapp.domain.errors import StorageError
from visitapp.paths import make_private_file
from visitapp.persistence import dialect
from visitapp.persistence.database import Database


def copy_records(database: Database, data_key: bytes, target: Path) -> None:
    """Copy the records, encrypted with the same key, to a new private file and verify it.

    Raises StorageError; a copy that can't be verified is removed.
    """
    make_private_file(target)
    source = database.driver_connection()
    try:
        try:
            copy = dialect.connect(target, data_key)
            try:
                source.driver_connection.backup(copy)
                # One file that stands alone: no log beside it.
                copy.execute("PRAGMA wal_checkpoint(TRUNCATE)")
                copy.execute("PRAGMA journal_mode = DELETE")
                sound = copy.execute("PRAGMA quick_check").fetchone()[0] == "ok"
            finally:
                copy.close()
        except dialect.dbapi().Error as error:
            target.unlink(missing_ok=True)
            raise StorageError(dialect.sentence(error)) from error
    finally:
        source.close()
    if not sound:
        target.unlink(missing_ok=True)
        raise StorageError("The copy could not be read back; check the disk and the file.")
