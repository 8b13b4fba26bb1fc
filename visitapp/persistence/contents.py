"""What a file of records holds, as one digest for each table: two files of the same digests hold
the same rows."""

import hashlib
from dataclasses import dataclass
from typing import Any

_NOT_CONTENT = {"backup"}
"""Says of copies; a copy can't hold what is only known once it is made."""
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TableContents:
    """Number of rows and SHA-256 of each table."""

    tables: dict[str, tuple[int, str]]

    @property
    def digest(self) -> str:
        """All of it in one SHA-256, as 64 hexadecimal digits."""
        lines = [f"{name} {number} {made}\n" for name, (number, made) in self.tables.items()]
        return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()

    def differences(self, other: "TableContents") -> list[str]:
        """The tables in which two files differ."""
        names = self.tables.keys() | other.tables.keys()
        return sorted(name for name in names if self.tables.get(name) != other.tables.get(name))


def read(connection: Any) -> TableContents:
    """What a driver's connection sees; its texts are bytes from then on, as the file has them."""
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
    number, made = 0, hashlib.sha256()
    while some := rows.fetchmany(_AT_ONCE):
        number += len(some)
        made.update(repr(some).encode("ascii", "backslashreplace"))
    return number, made.hexdigest()
