"""The contents of a file of records as one digest for each table: two files with the same digests
have the same rows."""

import hashlib
from typing import Any

from visitapp.domain.dataclass import dataclass

_NOT_CONTENT = {"backup"}
"""The list of copies; a copy can't list itself as verified."""
_NOTES = {"access_entry"}
"""Compared like all other tables; but what only adds a note (that a backup was made) is no change
that needs another backup."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TableContents:
    """Number of rows and SHA-256 of each table."""

    tables: dict[str, tuple[int, str]]

    @property
    def digest(self) -> str:
        """What a backup is made of, in one SHA-256, as 64 hexadecimal digits."""
        lines = [
            f"{name} {number} {table_digest}\n"
            for name, (number, table_digest) in self.tables.items()
            if name not in _NOTES
        ]
        return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()

    def differences(self, other: "TableContents") -> list[str]:
        """The names of the tables that differ between two files."""
        names = self.tables.keys() | other.tables.keys()
        return sorted(name for name in names if self.tables.get(name) != other.tables.get(name))


def read(connection: Any) -> TableContents:
    """What a driver's connection sees. From then on the connection returns text as bytes, so that
    digests are made of exactly what the file contains."""
    connection.text_factory = bytes
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    )
    names = [bytes(row[0]).decode("utf-8", "replace") for row in connection.execute(query)]
    return TableContents(
        {name: _table(connection, name) for name in names if name not in _NOT_CONTENT}
    )


def _table(connection: Any, name: str) -> tuple[int, str]:
    quoted = name.replace('"', '""')
    rows = connection.execute(f'SELECT * FROM "{quoted}" NOT INDEXED')  # noqa: S608 - quoted
    number, table_digest = 0, hashlib.sha256()
    while page := rows.fetchmany(_AT_ONCE):
        number += len(page)
        table_digest.update(repr(page).encode("ascii", "backslashreplace"))
    return number, table_digest.hexdigest()
