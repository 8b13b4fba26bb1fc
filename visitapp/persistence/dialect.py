"""Everything specific to SQLCipher (encrypted SQLite) is in this module."""

import re
from enum import IntEnum
from pathlib import Path
from typing import Any

import sqlalchemy.dialects.sqlite  # noqa: F401 - with the rest, not at the first connection
from sqlalchemy import Connection

from visitapp.domain.errors import DamagedError, StorageError

KEY_BYTES = 32
BUSY_SECONDS = 5.0
_PAGES_NAMED = 8
_FAULTS_NAMED = 100_000
_ODD_VALUE = re.compile(
    r"(?:CHECK constraint failed in |(?:NULL|NUMERIC|TEXT) value in )(?P<table>\w+)"
)
"""SQLite's checks report what they find as lines of text, with nothing typed beside them: this
reads the lines that are about a value, and `bad_pages` the numbers of pages."""
_PRIMARY = 0xFF
"""The part of a result code that is the primary one."""
CACHE_KIB = 64 * 1024
"""The most that a connection keeps in memory of what it has read: decrypting a page again takes
longer than counting what is on it."""

DAMAGED = "The file is damaged. Check it, and restore a backup."
LOST = "The file can't be read with this key: it is damaged or not visitapp's."
_BUSY = "The file is busy: another copy of visitapp is writing to it. Try again."


class ResultCode(IntEnum):
    """SQLite's primary result codes that have a sentence of their own (sqlite.org/rescode.html)."""

    BUSY = 5
    LOCKED = 6
    READONLY = 8
    IOERR = 10
    CORRUPT = 11
    FULL = 13
    CANTOPEN = 14
    NOTADB = 26


_SENTENCES: dict[int, str] = {
    ResultCode.BUSY: _BUSY,
    ResultCode.LOCKED: _BUSY,
    ResultCode.READONLY: "The file can't be used, because the file or its folder is read-only.",
    ResultCode.IOERR: "The disk could not be read or written. Nothing more was saved.",
    ResultCode.FULL: (
        "The disk is full. Everything you saved is safe. Free some space and try again."
    ),
    ResultCode.CANTOPEN: "The file can't be opened. It has gone, or can't be reached.",
}


def dbapi() -> Any:
    """The driver's module."""
    from sqlcipher3 import dbapi2

    return dbapi2


def connect(path: Path, data_key: bytes) -> Any:
    """A connection in WAL mode with full synchronisation; both are asserted. Its log goes into the
    file when `Database` says so, or when the last connection is closed.

    Raises StorageError if the file doesn't keep these modes, otherwise the driver's errors.
    """
    connection = _opened(str(path), data_key)
    try:
        journal = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
        foreign_keys = connection.execute("PRAGMA foreign_keys").fetchone()[0]
        if (journal, synchronous, foreign_keys) != ("wal", 2, 1):
            raise StorageError("The disk that holds the file can't keep records safely.")
    except BaseException:
        connection.close()
        raise
    return connection


def connect_alone(path: Path, data_key: bytes) -> Any:
    """A connection that reads the main file as it is, whatever is beside it, and never writes
    anything: no log, no lock, not a byte."""
    return _opened(f"{path.absolute().as_uri()}?mode=ro&immutable=1", data_key, uri=True)


def connect_as_left(path: Path, data_key: bytes) -> Any:
    """A connection that keeps the file's journal mode: a log or journal beside the file is taken
    over at the first read. For private copies."""
    return _opened(str(path), data_key)


def _opened(name: str, data_key: bytes, *, uri: bool = False) -> Any:
    if len(data_key) != KEY_BYTES:
        raise StorageError("The key of the records has the wrong length.")
    connection = dbapi().connect(
        name, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False, uri=uri
    )
    try:
        connection.execute("PRAGMA cipher_log_level = NONE")  # errors come as exceptions
        connection.execute(f"PRAGMA key = \"x'{data_key.hex()}'\"")
        connection.execute("PRAGMA cipher_memory_security = OFF")
        connection.execute("PRAGMA temp_store = MEMORY")  # nothing plain in temporary files
        connection.execute("PRAGMA foreign_keys = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def change_key(path: Path, data_key: bytes, new_key: bytes) -> None:
    """Encrypt each page of a file, including free pages, with another key. Only for a single file
    without a log: a kill in the middle leaves it unreadable. Raises StorageError for a key of the
    wrong length, otherwise the driver's errors."""
    if len(new_key) != KEY_BYTES:
        raise StorageError("The key of the records has the wrong length.")
    connection = connect_as_left(path, data_key)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute(f"PRAGMA rekey = \"x'{new_key.hex()}'\"")
    finally:
        connection.close()


def bad_pages(connection: Any) -> list[str]:
    """The pages that were altered or are damaged, in one sentence; empty if there are none.

    It looks only at the main file. A page that a power cut left half written is complete in the
    log, so the log must be brought into the file first (`Database.checkpoint`).
    """
    bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    if not bad:
        return []
    try:
        pages = f"{connection.execute('PRAGMA page_count').fetchone()[0]} pages"
    except dbapi().Error:  # it reads the list of tables, which the bad page is part of
        pages = "pages"
    numbers = [number for row in bad for number in re.findall(r"page ([0-9]+)", str(row[0]))]
    named = f" (page {', '.join(numbers[:_PAGES_NAMED])})" if numbers else ""
    return [f"{len(bad)} of the {pages} of the file were altered or have gone bad{named}."]


def only_the_first_page_is_bad(connection: Any) -> bool:
    """Whether the key is right and only the first page is damaged. It says where everything is, so
    nothing can be read without it."""
    bad = connection.execute("PRAGMA cipher_integrity_check").fetchall()
    return len(bad) == 1 and re.search(r"page 1\b", str(bad[0][0])) is not None


def physical_damage(connection: Any) -> list[str]:
    """Sentences about physical damage of the file; empty for a sound file."""
    try:
        if bad := bad_pages(connection):
            return bad
        broken, _ = _faults(connection)
    except dbapi().Error as error:
        found_out = as_storage_error(error)
        if not isinstance(found_out, DamagedError):
            raise found_out from error
        return [str(found_out)]
    return ["The tables of the file and their indexes don't agree."] if broken else []


def misplaced(connection: Connection) -> list[str]:
    """Rows that a sound file can contain but this program never writes, in sentences."""
    _, odd = _faults(connection.connection.driver_connection)
    orphans = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    return [
        *(f"“{table}” contains values that do not belong there." for table in sorted(odd)),
        *(
            f"“{table}” contains rows that no longer belong to anything."
            for table in sorted(orphans)
        ),
    ]


def _faults(connection: Any) -> tuple[bool, set[str]]:
    """Whether tables or indexes are broken, and the tables with values that break a rule."""
    broken, odd = False, set()
    for (fault,) in connection.execute(f"PRAGMA integrity_check({_FAULTS_NAMED})"):
        if fault == "ok":
            continue
        if named := _ODD_VALUE.match(str(fault)):
            odd.add(named["table"])
        else:
            broken = True
    return broken, odd


def sentence(error: BaseException) -> str:
    """What happened and what to do, in words; never the statement or its values."""
    return str(as_storage_error(error))


def as_storage_error(error: BaseException) -> StorageError:
    """A driver's error as one with a sentence, to be raised: DamagedError if the file itself is
    damaged."""
    code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY
    if code == ResultCode.NOTADB:  # its first page, which says where everything else is
        return DamagedError(LOST, is_lost=True)
    if code == ResultCode.CORRUPT:
        return DamagedError(DAMAGED)
    return StorageError(
        _SENTENCES.get(code, "The file of records could not be used. Nothing more was saved.")
    )
