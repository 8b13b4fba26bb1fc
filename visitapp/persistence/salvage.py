"""Copies everything that can still be read of a damaged file, row by row, into a new one."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select

from visitapp.domain.errors import StorageError
from visitapp.domain.progress import Progress, with_progress
from visitapp.domain.text.wording import number_of
from visitapp.paths import make_private_file
from visitapp.persistence import (
    counted_answers,
    integrity,
    migrate,
    salvaged,
    search,
    settings_digests,
    visits,
)
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.contradictions import REPORT_TABLES
from visitapp.persistence.damaged import Damaged, tables_touched
from visitapp.persistence.database import Connection, Database
from visitapp.persistence.entries import append
from visitapp.persistence.findings import Mismatch
from visitapp.persistence.placeholder_rows import add_placeholders
from visitapp.persistence.salvaged import Losses
from visitapp.persistence.side_tables import SIDE_TABLES, SideTable

__all__ = ["Salvaged", "salvage", "tables_touched"]

_OWNERS_DEEP = 4


@dataclass(frozen=True, slots=True)
class Salvaged:
    """Rows copied of each table, rows that could not be read (at least), rows left out because the
    row they belong to is lost, and the losses as recorded in the new file's ledger."""

    copied: dict[str, int]
    unreadable: int
    orphans: int
    losses: Losses

    @property
    def sentence(self) -> str:
        """What was saved, in words."""
        kept = self.copied.get("visit", 0)
        visits_kept = number_of(kept, "visit")
        lost = self.unreadable + self.orphans
        if not lost:
            return f"Everything could be read: {visits_kept}, and everything that belongs to them."
        parts = number_of(lost, "entry was", "entries were")
        return f"{visits_kept} could be read; {parts} lost. Compare with a backup."


def salvage(
    source: Database,
    data_key: bytes,
    target: Path,
    progress: Progress | None = None,
    *,
    by: str = "",
    at: datetime | None = None,
) -> Salvaged:
    """Copy what can be read to a new file with the same key. Its ledger then says what was lost,
    who saved it (`by`) and when (`at`, by default the time of the last entry).

    Raises StorageError if the list of tables itself is lost, FileExistsError if `target` exists,
    and CancelledError. If anything goes wrong, no incomplete file is left behind.
    """
    make_private_file(target)
    try:
        new_file = Database.open(target, data_key)
        try:
            migrate.create(new_file)
            with Damaged(source) as damaged:
                return _copy(damaged, new_file, progress, by, at)
        finally:
            new_file.dispose()
    except BaseException:
        for end in ("", "-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)
        raise


class _Lost:
    """Rows that could not be copied, by table, and tables that were changed because of them."""

    def __init__(self) -> None:
        self.unreadable: dict[str, int] = {}
        self.orphans: dict[str, int] = {}
        self.changed: set[str] = set()

    @property
    def tables(self) -> set[str]:
        """Tables whose losses may show in the new file. Parts lost together with their report leave
        no gap, so they don't count."""
        unreadable = {name for name, number in self.unreadable.items() if number}
        return unreadable | self.changed | (self.orphans.keys() - (REPORT_TABLES - {"visit"}))


def _copy(
    source: Damaged, new_file: Database, progress: Progress | None, by: str, at: datetime | None
) -> Salvaged:
    copied: dict[str, int] = {}
    lost = _Lost()
    with new_file.transaction() as connection:
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        if not source.columns("visit", ["id"]):
            raise StorageError("The file contains no records, so nothing can be saved from it.")
        for table in with_progress(progress, "Reading what can be read", _tables()):
            names = source.columns(table.name, table.columns.keys())
            rows, unreadable = source.rows(table.name, names)
            copied[table.name] = _insert(connection, table, names, rows)
            lost.unreadable[table.name] = unreadable + len(rows) - copied[table.name]
        _keep_owners(connection, lost)
        for side in SIDE_TABLES:
            _fill_side_columns(connection, source, side, lost)
        losses = _write_down(connection, lost, by, at)
        search.rebuild(connection, visits.every(connection))
        counted_answers.rebuild(connection, visits.every(connection))
        copied["visit"] = len(list(connection.execute(select(t.visit.c.id))))
    return Salvaged(
        copied, sum(lost.unreadable.values()), sum(lost.orphans.values()), losses
    )  # fmt: skip


def _write_down(
    connection: Connection, lost: _Lost, by: str, at: datetime | None
) -> Losses:  # fmt: skip
    """Enter the losses in the ledger. Findings that they explain then count as known; what another
    program did earlier will still be found."""
    rows = list(connection.execute(select(rt.ledger).order_by(rt.ledger.c.position)))
    moment = at or (rows[-1].at if rows else datetime(1970, 1, 1, tzinfo=UTC))
    tables_lost = lost.tables
    findings = [
        finding for finding in integrity.contradictions(connection) if finding.tables & tables_lost
    ]
    changed = [
        kind
        for kind in settings_digests.contradicted(connection)
        if not _are_lost(kind, tables_lost)
    ]
    losses = Losses(
        reports_kept=len(list(connection.execute(select(t.visit.c.id)))),
        reports_lost=max(
            sum(finding.mismatch is Mismatch.MISSING for finding in findings),
            lost.unreadable.get("visit", 0) + lost.orphans.get("visit", 0),
        ),
        reports_in_part=sum(finding.mismatch is Mismatch.ALTERED for finding in findings),
        other_rows=sum(lost.unreadable.values()) - lost.unreadable.get("visit", 0),
        entries=lost.unreadable.get("ledger", 0),
    )
    entries = [salvaged.entry_of(rows, losses, by, moment)]
    entries += salvaged.known(
        (finding for finding in findings if finding.mismatch is not Mismatch.SETTING), by, moment
    )
    append(connection, entries)
    settings_digests.take_over(connection, by, moment, changed, settings_digests.AFTER_DAMAGE)
    return losses


def _are_lost(kind: settings_digests.SettingKind, tables_lost: set[str]) -> bool:
    return any(table.name in tables_lost for table in kind.tables)


def _tables() -> Sequence[Table]:
    assert rt.report.metadata is t.metadata
    return t.metadata.sorted_tables


def _insert(
    connection: Connection, table: Table, names: Sequence[str], rows: Sequence[tuple[Any, ...]]
) -> int:
    """Write raw rows as they are in the damaged file. Returns their number, without those whose id
    is already in the new file."""
    if not rows:
        return 0
    places = ", ".join("?" for _ in names)
    columns = ", ".join(f'"{name}"' for name in names)
    with _without_checks(connection):
        connection.exec_driver_sql(
            f'INSERT OR IGNORE INTO "{table.name}" ({columns}) VALUES ({places})',  # noqa: S608
            list(rows),
        )
    count = f'SELECT count(*) FROM "{table.name}"'  # noqa: S608 - our own names
    return int(connection.exec_driver_sql(count).scalar_one())


def _fill_side_columns(
    connection: Connection, source: Damaged, side: SideTable, lost: _Lost
) -> None:
    """Fill the columns that a file of an earlier version has in a side table."""
    names = source.columns(side.name, (*side.columns, side.key))
    if not names or source.columns(side.owner.name, side.columns):
        return
    rows, unreadable = source.rows(side.name, names)
    columns = ", ".join(f'"{name}" = ?' for name in names[:-1])
    update = f'UPDATE OR IGNORE "{side.owner.name}" SET {columns} WHERE id = ?'  # noqa: S608
    with _without_checks(connection):
        filled = sum(connection.exec_driver_sql(update, row).rowcount for row in rows)
    if unreadable:
        lost.unreadable[side.name] = unreadable
        lost.changed.add(side.owner.name)
    if filled < len(rows):
        lost.orphans[side.name] = len(rows) - filled


@contextmanager
def _without_checks(connection: Connection) -> Iterator[None]:
    """Let values be written as they are in the damaged file, even if they break a rule."""
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    try:
        yield
    finally:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def _keep_owners(connection: Connection, lost: _Lost) -> None:
    """Add placeholders for lost owners of rows, and leave out rows whose owner can't have one."""
    for _ in range(_OWNERS_DEEP):  # a placeholder for a site may itself need its timeslots
        orphans = _orphans(connection)
        if not orphans:
            return
        lost.changed |= add_placeholders(connection, orphans)
    while orphans := _orphans(connection):
        for table, row_id in {(orphan[0], orphan[1]) for orphan in orphans}:
            connection.exec_driver_sql(f'DELETE FROM "{table}" WHERE rowid = ?', (row_id,))  # noqa: S608
            lost.orphans[table] = lost.orphans.get(table, 0) + 1


def _orphans(connection: Connection) -> list[tuple[str, int, str, int]]:
    rows = connection.exec_driver_sql("PRAGMA foreign_key_check")
    return [(row[0], row[1], row[2], row[3]) for row in rows]
