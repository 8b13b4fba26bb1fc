"""Settings that decide figures: each kind of them has a digest in the ledger.

Whenever the program has changed rows of a kind, an entry with the digest of all its rows goes
into the ledger in the same transaction. Rows are read raw, as the file holds them, so that an
invalid value is noticed too. A column that is empty or has its default value is left out of the
digest: a new column changes no digest until somebody fills it in.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Column, Connection, Table, inspect, select

from visitapp.domain.following.ledger import Event, LedgerEntry, digest_of
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t
from visitapp.persistence.entries import append

_NAMES = UUID("6f1c1b52-7a4e-4c39-9a55-0d3b8f0c2e71")
"""The name space of the kinds' own ids; never to be changed."""

FOUND = "as found"
"""The reason of an entry that takes over what an older version wrote."""
CHANGED_ELSEWHERE = "changed by another program"
"""The reason of an entry for rows that were not as the program left them."""
AFTER_DAMAGE = "saved from a damaged file"
"""The reason of an entry for rows some of which were lost."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A kind of setting. `words` begin a sentence, in the plural."""

    key: str
    words: str
    tables: tuple[Table, ...]

    @property
    def id(self) -> UUID:
        """The subject of its entries in the ledger."""
        return uuid5(_NAMES, self.key)


KINDS = (
    Kept("office", "The details of the office", (t.office,)),
    Kept("schemes", "The names and limits of schemes", (t.scheme, rt.practice)),
    Kept("handovers", "The times of handovers", (rt.handover,)),
    Kept("codes", "The lists of options and the groups they count in", (t.code,)),
    Kept("timeslots", "The timeslots", (t.grid, t.grid_day, t.grid_band)),
    Kept("sites", "The sites and the days they are open", (t.site, t.site_open)),
    Kept(
        "people", "The names of people and the dates they joined and left", (t.person, t.membership)
    ),
    Kept("clearances", "The dates of people\u2019s vetting and training", (rt.clearance,)),
    Kept("imports", "The notes on imports", (t.batch, t.batch_reject)),
    Kept("same_visit", "The decisions on reports of the same visit", (t.same_visit,)),
    Kept("rates", "The hourly rates", (t.rate,)),
    Kept("throughput", "The numbers of people held in custody (throughput)", (t.throughput,)),
    Kept("earlier", "The totals of earlier years", (t.earlier_total,)),
    Kept("year_texts", "The texts of a year\u2019s report", (t.year_text,)),
    Kept("forms", "The questions of report forms", (rt.form,)),
    Kept("animals", "The details of animals", (rt.animal,)),
    Kept("recipients", "The list of those who get copies", (rt.recipient,)),
)

NOT_KEPT = {
    "account": "who uses this copy of the file; no figure and no page is made of it",
    "draft": "nothing counts or is published before a report is signed",
    "unfinished": "what is being typed counts nowhere before it is put in its place",
    "backup": "a note of copies; a copy could not hold its own digest",
    "plan": "planned moments are secret, and no figure or page that leaves the program has them",
    "planned_visit": "as for plans",
    "redraw": "as for plans: what is printed must not depend on how often one was drawn",
    "site_policy": "used for plans alone",
    "calendar_entry": "as for plans: what calendar files told pairs of their weeks",
    "availability": "used for plans alone",
    "free_time": "used for plans alone",
    "absence": "used for plans alone",
    "travel": "used for plans alone",
}
"""Tables without a digest, and why."""


@cache
def tables_of_kinds() -> dict[str, Kept]:
    """The kind of setting that each table belongs to, by the table's name."""
    return {table.name: kind for kind in KINDS for table in kind.tables}


@cache
def _referred_to() -> frozenset[str]:
    """Tables whose ids other rows refer to."""
    keys = (key for table in t.metadata.tables.values() for key in table.foreign_keys)
    return frozenset(key.column.table.name for key in keys)


def columns_of(table: Table) -> list[Column[Any]]:
    """The columns that a digest covers: an id is left out if no other row refers to it."""
    return [c for c in table.columns if c.name != "id" or table.name in _referred_to()]


def digest(connection: Connection, kind: Kept) -> str:
    """The digest of all rows of a kind as they stand in the file."""
    return digest_of({table.name: _rows(connection, table) for table in kind.tables})


def _rows(connection: Connection, table: Table) -> list[str]:
    stored_columns = _columns_there(connection, table.name)
    columns = [column for column in columns_of(table) if column.name in stored_columns]
    if not columns:
        return []
    names = ", ".join(f'"{column.name}"' for column in columns)
    rows = connection.exec_driver_sql(f'SELECT {names} FROM "{table.name}"')  # noqa: S608 - ours
    usual = {column.name: _default(column) for column in columns}
    return sorted(
        digest_of(
            {
                column.name: value.hex() if isinstance(value, bytes) else value
                for column, value in zip(columns, row, strict=True)
                if value is not None and str(value) != usual[column.name]
            }
        )
        for row in rows
    )


def _columns_there(connection: Connection, name: str) -> set[str]:
    """The columns that the file has, which may be older than the program."""
    if connection.dialect.name == "sqlite":
        return {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')}
    look = inspect(connection)
    return {column["name"] for column in look.get_columns(name)} if look.has_table(name) else set()


def _default(column: Column[Any]) -> str | None:
    return None if column.server_default is None else str(column.server_default.arg)  # type: ignore[attr-defined]


def last_digests(connection: Connection, kinds: Iterable[Kept] = KINDS) -> dict[UUID, str]:
    """The digest in the last entry of each kind that has one."""
    ids = [kind.id for kind in kinds]
    rows = connection.execute(
        select(rt.ledger.c.visit_id, rt.ledger.c.content_digest)
        .where(rt.ledger.c.visit_id.in_(ids), rt.ledger.c.event == Event.SETTINGS.value)
        .order_by(rt.ledger.c.position)
    )
    return {row.visit_id: row.content_digest for row in rows}


class Watch:
    """Notes which kinds of setting one transaction changes."""

    def __init__(self, by: str, at: datetime) -> None:
        self._by = by
        self._at = at
        self._before: dict[str, str] = {}

    def will_change(self, connection: Connection, table: str) -> None:
        """Call it before rows of a table are changed."""
        kind = tables_of_kinds().get(table)
        if kind is not None and kind.key not in self._before:
            self._before[kind.key] = digest(connection, kind)

    def keep(self, connection: Connection) -> None:
        """Write entries for what was changed, as the last thing in the transaction."""
        touched = [kind for kind in KINDS if kind.key in self._before]
        if not touched:
            return
        last = last_digests(connection, touched)
        entries = []
        for kind in touched:
            before, now = self._before[kind.key], digest(connection, kind)
            left = last.get(kind.id)
            if left is not None and left != before:
                entries.append(self._entry(kind, before, CHANGED_ELSEWHERE))
            if left is None or now != (left if left == before else before):
                entries.append(self._entry(kind, now, ""))
        append(connection, entries)

    def _entry(self, kind: Kept, content: str, reason: str) -> LedgerEntry:
        return entry_of(kind, content, self._by, self._at, reason)


def entry_of(kind: Kept, content: str, by: str, at: datetime, reason: str = "") -> LedgerEntry:
    """An entry for a kind of setting with this digest."""
    return LedgerEntry(Event.SETTINGS, kind.id, None, at, by, reason, content)


def contradicted(connection: Connection) -> Sequence[Kept]:
    """Kinds whose rows are not as the last entry has them."""
    last = last_digests(connection)
    return [k for k in KINDS if k.id in last and digest(connection, k) != last[k.id]]


def take_over(
    connection: Connection, by: str, at: datetime, but: Sequence[Kept] = (), reason: str = FOUND
) -> None:
    """Write an entry for each kind that has none, or whose rows differ from its last one, leaving
    out those in `but`."""
    last = last_digests(connection)
    entries = []
    for kind in KINDS:
        now = digest(connection, kind)
        if kind not in but and now != last.get(kind.id):
            entries.append(entry_of(kind, now, by, at, reason))
    append(connection, entries)
