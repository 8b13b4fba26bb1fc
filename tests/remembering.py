"""What always comes out the same and takes long is worked out once in each process of the tests.

The tables of a new file: Alembic loads and runs every revision for each, which takes a fifth of a
second, and the tests make a thousand; what the last revision leaves takes a tenth of that. And the
keys of passphrases: Argon2id takes a quarter of a gigabyte and a second of the processor, and most
tests type the same passphrase: all files have one salt, so that it has one key. And the tree of the
commands, which thousands of commands are read with.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from visitapp import cli
from visitapp.persistence import migrate
from visitapp.persistence.database import Database
from visitapp.security import key_format, vault

_create, _argon2 = migrate.create, vault._argon2
new_salt = vault._new_salt
"""As the program draws it."""
new_commands = cli._commands
"""As the program makes them for each command."""
_SALT = bytes(range(key_format.SALT_BYTES))
_left: dict[Path, list[tuple[str, Sequence[Any]]]] = {}
"""What makes an empty file what the migrations of a folder make of it: some tests have a folder of
their own."""
_keys: dict[tuple[object, ...], bytes] = {}


def remember() -> None:
    """From now on, in this process."""
    cli._commands = cache(new_commands)
    migrate.create = _created
    vault._argon2 = _derived
    vault._new_salt = lambda: _SALT


def _created(database: Database) -> None:
    folder = migrate.migrations_folder()
    if folder not in _left:
        _create(database)
        with database.reading() as connection:
            _left[folder] = list(_statements(connection))
        return
    with database.transaction() as connection:
        for statement, values in _left[folder]:
            connection.exec_driver_sql(statement, values or None)


def _statements(connection: Connection) -> Iterator[tuple[str, Sequence[Any]]]:
    """What makes the tables that are there, in the order in which they were made, and their rows.
    What SQLite makes by itself, e.g. for an index of words, has no statement of its own."""
    schema = [
        (kind, name, sql)
        for kind, name, sql in connection.exec_driver_sql(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid"
        )
        if not name.startswith("sqlite_")
    ]
    words = [name for _, name, sql in schema if sql.startswith("CREATE VIRTUAL TABLE")]
    for kind, name, sql in schema:
        if any(name.startswith(f"{index}_") for index in words):
            continue
        yield sql, ()
        if kind == "table" and name not in words:
            rows = connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()  # noqa: S608
            for row in rows:
                yield f'INSERT INTO "{name}" VALUES ({", ".join("?" * len(row))})', tuple(row)  # noqa: S608


def _derived(passphrase: bytes, salt: bytes, entry: dict[str, Any]) -> bytes:
    work = (passphrase, salt, entry["passes"], entry["memory_kib"], entry["lanes"])
    if work not in _keys:
        _keys[work] = _argon2(passphrase, salt, entry)
    return _keys[work]
