"""Reading a damaged file row by row."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Self

from visitapp.domain.errors import StorageError
from visitapp.persistence import dialect
from visitapp.persistence.database import Database

_LARGEST = 2**62


class Damaged:
    """A damaged file, to be read within a `with` block. After a bad page SQLCipher can't read
    anything more on the same connection, so the next query uses a new one."""

    def __init__(self, source: Database) -> None:
        self._source = source
        self._connection: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def look(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query that can be read, followed by the driver's error."""
        if self._connection is None:
            self._connection = self._source.fresh_connection()
        try:
            yield from self._connection.execute(query, values)
        except BaseException:
            self.__exit__()
            raise

    def columns(self, table: str, wanted: Iterable[str]) -> list[str]:
        """Those of the `wanted` columns of a table that the file has. Raises StorageError."""
        try:
            names = {row[1] for row in self.look(f'PRAGMA table_info("{table}")')}
        except dialect.dbapi().Error as error:
            raise StorageError(
                "The file's list of tables can't be read, so nothing can be saved from it. "
                "Restore a backup."
            ) from error
        return [name for name in wanted if name in names]

    def rows(self, table: str, names: Sequence[str]) -> tuple[list[tuple[Any, ...]], int]:
        """Every row that can be read, in the order of writing, and how many could not."""
        if not names:
            return [], 0
        columns = ", ".join(f'"{name}"' for name in names)
        query = (
            f'SELECT rowid, {columns} FROM "{table}" NOT INDEXED '  # noqa: S608 - our own names
            "WHERE rowid > ? ORDER BY rowid"
        )
        rows: list[tuple[Any, ...]] = []
        last, step = -1, 1
        while last < _LARGEST:
            try:
                for row in self.look(query, last):
                    rows.append(tuple(row[1:]))
                    last, step = row[0], 1
                return rows, 0 if step == 1 and last < 0 else self._missing(table, len(rows))
            except dialect.dbapi().Error:
                # Twice as far each time, to get past a page of rows, or a branch of pages, quickly.
                last, step = last + step, step * 2
        return rows, self._missing(table, len(rows))

    def _missing(self, table: str, read: int) -> int:
        """How many rows the table had besides those `read`, according to its index."""
        try:
            ((number,),) = self.look(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - our own name
        except dialect.dbapi().Error:
            return 1  # at least one: the index is damaged too
        return max(0, int(number) - read)

    def tables_touched(self) -> list[str]:
        """The tables that can't be read completely."""
        names = [name for (name,) in self.look(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]  # fmt: skip
        touched = []
        for name in names:
            try:
                for _ in self.look(f'SELECT * FROM "{name}" NOT INDEXED'):  # noqa: S608
                    pass
            except dialect.dbapi().Error:
                touched.append(str(name))
        return touched


def tables_touched(source: Database) -> list[str]:
    """The tables that can't be read completely, by their names in the file.

    Raises the driver's error if the list of tables can't be read.
    """
    with Damaged(source) as damaged:
        return damaged.tables_touched()
