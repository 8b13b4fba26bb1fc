"""What always comes out the same and takes long is worked out once in each process of the tests.

The tables of a new file: Alembic loads and runs every revision for each, which takes an eighth of a
second, and the tests make a thousand. And the keys of passphrases: Argon2id takes a quarter of a
gigabyte and a second of the processor, and most tests type the same passphrase: all files have one
salt, so that it has one key.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, event

from visitapp.persistence import migrate
from visitapp.persistence.database import Database
from visitapp.security import key_format, vault

_create, _argon2 = migrate.create, vault._argon2
new_salt = vault._new_salt
"""As the program draws it."""
_SALT = bytes(range(key_format.SALT_BYTES))
_statements: dict[Path, list[tuple[str, Any]]] = {}
"""What the migrations of a folder say to an empty file: some tests have a folder of their own."""
_keys: dict[tuple[object, ...], bytes] = {}


def remember() -> None:
    """From now on, in this process."""
    migrate.create = _created
    vault._argon2 = _derived
    vault._new_salt = lambda: _SALT


def _created(database: Database) -> None:
    folder = migrate.migrations_folder()
    if folder not in _statements:
        with _listening(database) as heard:
            _create(database)
        _statements[folder] = heard
        return
    with database.transaction() as connection:
        for statement, parameters in _statements[folder]:
            connection.exec_driver_sql(statement, parameters)


@contextmanager
def _listening(database: Database) -> Iterator[list[tuple[str, Any]]]:
    """All that changes the file meanwhile."""
    heard: list[tuple[str, Any]] = []

    def hear(_: Connection, __: object, statement: str, parameters: Any, *___: object) -> None:
        if statement.split(None, 1)[0] not in ("BEGIN", "SELECT", "PRAGMA"):
            heard.append((statement, parameters or None))

    event.listen(database._engine, "before_cursor_execute", hear)
    try:
        yield heard
    finally:
        event.remove(database._engine, "before_cursor_execute", hear)


def _derived(passphrase: bytes, salt: bytes, entry: dict[str, Any]) -> bytes:
    work = (passphrase, salt, entry["passes"], entry["memory_kib"], entry["lanes"])
    if work not in _keys:
        _keys[work] = _argon2(passphrase, salt, entry)
    return _keys[work]
