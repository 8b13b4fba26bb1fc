"""Writes many visits to temporary tables first, so that the file is locked only for a moment."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, MetaData, Table, insert, select

from visitapp.domain.progress import Progress, report_progress
from visitapp.persistence import report_tables, search
from visitapp.persistence.database import Database
from visitapp.persistence.visits import TABLES, Rows

_TARGETS = {table.name: table for table in (*TABLES, search.TEXT, report_tables.ledger)}
_metadata = MetaData()
_STAGED = {
    table.name: Table(
        f"staged_{table.name}",
        _metadata,
        *(Column(column.name, column.type) for column in table.columns if column.name != "version"),
        prefixes=["TEMPORARY"],
    )
    for table in _TARGETS.values()
}
_FEWEST_AT_ONCE, _TIMES_TOLD = 1000, 20


@contextmanager
def staged(
    database: Database, rows: Rows, progress: Progress | None = None
) -> Iterator[Connection]:
    """A write transaction in which `write_staged` writes the rows of `visit_rows` and those of the
    ledger (`rows_after`).

    Filling the temporary tables, which is most of the work, happens before the transaction begins
    and can be stopped (CancelledError).
    """
    _put_ids_in_order(rows)

    def prepare(connection: Connection) -> None:
        _metadata.create_all(connection, checkfirst=False)
        total = sum(len(rows[name]) for name in _STAGED)
        at_once = max(_FEWEST_AT_ONCE, total // _TIMES_TOLD)
        done = 0
        for name, table in _STAGED.items():
            for start in range(0, len(rows[name]), at_once):
                report_progress(progress, "Preparing the visits", done, total)
                part = rows[name][start : start + at_once]
                names = table.columns.keys()
                connection.execute(insert(table), [{n: row[n] for n in names} for row in part])
                done += len(part)
        report_progress(progress, "Writing the visits")

    with database.prepared(prepare) as connection:
        yield connection


def _put_ids_in_order(rows: Rows) -> None:
    """Sort the new ids, since ids in ascending order keep the indexes compact and the copying
    quick. Rows that nothing refers to yet may exchange their ids."""
    free = ["visitor", "ledger"] if rows["report_row"] else ["visitor", "ledger", "outcome_count"]
    for name in free:
        ids = sorted(row["id"] for row in rows[name])
        for row, row_id in zip(rows[name], ids, strict=True):
            row["id"] = row_id


def write_staged(connection: Connection) -> None:
    """Copy the temporary tables into the real ones, which is quick."""
    for name, table in _STAGED.items():
        connection.execute(insert(_TARGETS[name]).from_select(table.columns.keys(), select(table)))
