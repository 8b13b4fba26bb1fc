"""What only SQLCipher (encrypted SQLite) understands. No other module is bound to it."""

from pathlib import Path
from typing import Any

from visitapp.domain.errors import StorageError

KEY_BYTES = 32
BUSY_SECONDS = 5.0

_SENTENCES = (
    ("locked", "The file is busy: another copy of visitapp is writing to it. Try again."),
    ("busy", "The file is busy: another copy of visitapp is writing to it. Try again."),
    ("full", "The disk is full. Nothing that was saved is harmed; make room and try again."),
    ("readonly", "The file can't be written to: it is marked as read-only."),
    ("unable to open", "The file can't be opened: it is not there, or is out of reach."),
    ("not a database", "The file can't be read with this key: it is damaged or not visitapp's."),
    ("malformed", "The file is damaged. Check it, and restore a backup."),
    ("disk i/o", "The disk could not be read or written. Nothing more was saved."),
    ("hmac", "The file is damaged. Check it, and restore a backup."),
)


def dbapi() -> Any:
    """The driver's module."""
    from sqlcipher3 import dbapi2

    return dbapi2


def connect(path: Path, data_key: bytes) -> Any:
    """A connection in WAL mode with full synchronisation; both are asserted.

    Raises StorageError where the file doesn't keep them, the driver's errors else.
    """
    if len(data_key) != KEY_BYTES:
        raise StorageError("The key of the records has the wrong length.")
    connection = dbapi().connect(
        str(path), timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # errors come as exceptions
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        connection.execute("PRAGMA cipher_memory_security = OFF")
        connection.execute("PRAGMA foreign_keys = ON")
        journal = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        connection.execute("PRAGMA synchronous = FULL")
        synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
        foreign_keys = connection.execute("PRAGMA foreign_keys").fetchone()[0]
        if (journal, synchronous, foreign_keys) != ("wal", 2, 1):
            raise StorageError("The disk that holds the file can't keep records safely.")
    except BaseException:
        connection.close()
        raise
    return connection


def sentence(error: BaseException) -> str:
    """What happened, and what to do, in words; never the statement or its values."""
    text = str(error).lower()
    for sign, words in _SENTENCES:
        if sign in text:
            return words
    return "The file of records could not be used. Nothing more was saved."
