"""What can still be read of a damaged file, copied row by row into a new one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from visitapp.domain.errors import StorageError
from visitapp.domain.progress import Progress, told
from visitapp.paths import make_private_file
from visitapp.persistence import dialect, migrate, search, visits
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.database import Connection, Database

_LARGEST = 2**62
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Rows copied of each table, rows that could not be read (at least), and rows left behind
    as what they belong to is lost."""

    copied: dict[str, int]
    unreadable: int
    orphans: int

    @property
    def sentence(self) -> str:
        """What was saved, in words."""
        kept = self.copied.get("visit", 0)
        visits_kept = "1 visit" if kept == 1 else f"{kept} visits"
        lost = self.unreadable + self.orphans
        if not lost:
            return f"Everything could be read: {visits_kept} and all that belongs to them."
        parts = "1 entry was" if lost == 1 else f"{lost} entries were"
        return f"{visits_kept} could be read; {parts} lost. Compare with a backup."


def salvage(
    source: Database, data_key: bytes, target: Path, progress: Progress | None = None
) -> Salvaged:
    """Copy what can be read to a new file with the same key.

    Raises StorageError where the list of tables itself is gone, FileExistsError where
    `target` is there, CancelledError; whatever goes wrong, no half file is left behind.
    """
    make_private_file(target)
    try:
        made = Database.open(target, data_key)
        try:
            migrate.create(made)
            return _copy(_Damaged(source), made, progress)
        finally:
            made.dispose()
    except BaseException:
        for end in ("", "-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
        raise


def _copy(source: "_Damaged", made: Database, progress: Progress | None) -> Salvaged:
    copied: dict[str, int] = {}
    unreadable = 0
    with made.transaction() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        for table in told(progress, "Reading what can be read", _tables()):
            names = source.columns(table)
            rows, lost = source.rows(table.name, names)
            unreadable += lost
            copied[table.name] = len(rows)
            _insert(connection, table, names, rows)
        orphans = _drop_orphans(connection)
        _index_words(connection)
        copied["visit"] = len(list(connection.execute(select(t.visit.c.id))))
    return Salvaged(copied, unreadable, orphans)


def _tables() -> Sequence[Table]:
    assert rt.report.metadata is t.metadata
    return t.metadata.sorted_tables


class _Damaged:
    """A damaged file. SQLCipher reads nothing more on a connection that met a bad page, so
    each look takes a connection of its own."""

    def __init__(self, source: Database) -> None:
        self._source = source

    def look(self, query: str, *values: Any) -> Iterator[tuple[Any, ...]]:
        """The rows of a query as far as they can be read; then the driver's error."""
        connection = self._source.fresh_connection()
        try:
            yield from connection.execute(query, values)
        finally:
            connection.close()

    def columns(self, table: Table) -> list[str]:
        """The columns of a table that the file has. Raises StorageError."""
        try:
            there = {row[1] for row in self.look(f'PRAGMA table_info("{table.name}")')}
        except dialect.dbapi().Error as error:
            raise StorageError(
                "The file's list of tables can't be read, so nothing can be saved from it; "
                "restore a backup."
            ) from error
        return [column.name for column in table.columns if column.name in there]

    def rows(self, table: str, names: Sequence[str]) -> tuple[list[tuple[Any, ...]], int]:
        """Every row that can be read, in the order it was written, and how many could not."""
        if not names:
            return [], 0
        columns = ", ".join(f'"{name}"' for name in names)
        query = (
            f'SELECT rowid, {columns} FROM "{table}" NOT INDEXED '  # noqa: S608 - our own names
            "WHERE rowid > ? ORDER BY rowid"
        )
        found: list[tuple[Any, ...]] = []
        last, step = -1, 1
        while last < _LARGEST:
            try:
                for row in self.look(query, last):
                    found.append(tuple(row[1:]))
                    last, step = row[0], 1
                return found, 0 if step == 1 and last < 0 else self._missing(table, len(found))
            except dialect.dbapi().Error:
                # Twice as far each time: a page of rows, or a branch of pages, is soon behind.
                last, step = last + step, step * 2
        return found, self._missing(table, len(found))

    def _missing(self, table: str, found: int) -> int:
        """How many rows the table had beyond those found, as its index counts them."""
        try:
            ((number,),) = self.look(f'SELECT count(*) FROM "{table}"')  # noqa: S608 - our own name
        except dialect.dbapi().Error:
            return 1  # at least: the index is damaged too
        return max(0, int(number) - found)

    def tables_touched(self) -> list[str]:
        """The tables of which not every row can be read."""
        names = [name for (name,) in self.look(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]  # fmt: skip
        found = []
        for name in names:
            try:
                for _ in self.look(f'SELECT * FROM "{name}" NOT INDEXED'):  # noqa: S608
                    pass
            except dialect.dbapi().Error:
                found.append(str(name))
        return found


def _insert(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> None:
    """As they stand in the file: nothing is read and written anew."""
    if rows:
        places = ", ".join("?" for _ in names)
        columns = ", ".join(f'"{name}"' for name in names)
        connection.exec_driver_sql(
            f'INSERT OR IGNORE INTO "{table.name}" ({columns}) VALUES ({places})',  # noqa: S608
            list(rows),
        )


def _drop_orphans(connection: Connection) -> int:
    """Rows whose owner is lost can't stand in the new file; they stay in the damaged one."""
    gone = 0
    while True:
        orphans = list(connection.exec_driver_sql("PRAGMA foreign_key_check"))
        if not orphans:
            return gone
        for table, row_id in {(row[0], row[1]) for row in orphans}:
            connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))  # noqa: S608
            gone += 1


def _index_words(connection: Connection) -> None:
    ids = list(connection.execute(select(t.visit.c.id)).scalars())
    search.rebuild(connection, _read(connection, ids))


def _read(connection: Connection, ids: Sequence[Any]) -> Iterator[Any]:
    for start in range(0, len(ids), _AT_ONCE):
        yield from visits.visits(connection, ids[start : start + _AT_ONCE])


def tables_touched(source: Database) -> list[str]:
    """The tables of which not every row can be read, as the file names them.

    Raises the driver's error where the list of tables can't be read.
    """
    return _Damaged(source).tables_touched()
