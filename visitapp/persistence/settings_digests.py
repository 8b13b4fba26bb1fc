"""Settings that affect figures: the ledger has a digest for each kind.

Whenever the program changes rows of a kind, an entry with the digest of all its rows is added to
the ledger in the same transaction. Rows are read raw, as the file contains them, so that an invalid
value is noticed too. A column that is empty or has its default value is left out of the digest, so
a new column changes no digest until somebody fills it in.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Column, Connection, Table, inspect, select

from visitapp.domain.following.ledger import Event, LedgerEntry, digest_of
from visitapp.persistence import claim_tables as ct
from visitapp.persistence import group_tables as gt
from visitapp.persistence import meeting_tables as mt
from visitapp.persistence import office_tables as ot
from visitapp.persistence import people_tables as vt
from visitapp.persistence import report_tables as rt
from visitapp.persistence import review_tables as reviews
from visitapp.persistence import tables as t
from visitapp.persistence.entries import append
from visitapp.persistence.office_issue_tables import office_issue, office_issue_step
from visitapp.persistence.side_tables import CLEARANCE, PRACTICE, SIDE_TABLES, SideTable

_NAMES = UUID("6f1c1b52-7a4e-4c39-9a55-0d3b8f0c2e71")
"""The namespace of the kinds' own ids; never to be changed."""

FOUND = "as found"
"""The reason of an entry that takes over what an older version wrote."""
CHANGED_ELSEWHERE = "changed by another program"
"""The reason of an entry for rows that aren't as the program left them. The integrity check looks
entries up by these words. They are part of what the ledger's digests cover, so they can't become a
code in files that exist, and nobody else writes reasons of settings."""
AFTER_DAMAGE = "saved from a damaged file"
"""The reason of an entry for a kind that lost rows."""


RawRow = dict[str, Any]
"""A row as it is in the file, by column."""


@dataclass(frozen=True, slots=True)
class SettingKind:
    """A kind of setting. `words` begin a sentence, in the plural. `parts` are digested each by
    itself: the columns of a side table are no part of the table that they stand in. A table that
    was `added` later changes no digest until it has a row."""

    key: str
    words: str
    parts: tuple[Table | SideTable, ...]
    added: tuple[Table, ...] = ()

    @property
    def id(self) -> UUID:
        """The subject of its entries in the ledger."""
        return uuid5(_NAMES, self.key)

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables with its rows, each once."""
        tables = (part.owner if isinstance(part, SideTable) else part for part in self.parts)
        return tuple(dict.fromkeys((*tables, *self.added)))


KINDS = (
    SettingKind(
        "office",
        "The details of the office",
        (t.office,),
        added=(ot.body, ct.mileage_rate, ot.area_population),
    ),
    SettingKind(
        "schemes",
        "The names and limits of schemes",
        (t.scheme, PRACTICE),
        added=(ot.scheme_day_off, ct.volunteer_minimum),
    ),
    SettingKind("handovers", "The times of handovers", (ot.handover,)),
    SettingKind("codes", "The lists of options and the groups they count in", (t.code,)),
    SettingKind("timeslots", "The timeslots", (t.grid, t.grid_day, t.grid_band)),
    SettingKind(
        "sites",
        "The sites, the days they are open, their targets and their groups",
        (t.site, t.site_open),
        added=(t.site_target, gt.site_group, gt.site_in_group, gt.group_target, gt.same_site),
    ),
    SettingKind(
        "people",
        "The names of people, the dates they joined and left, their panels, meetings and claims",
        (t.person, t.membership),
        added=(
            *(gt.person_in_panel, vt.volunteer_file, vt.status_change, vt.credential),
            *(vt.monitoring, vt.same_person),
            *(mt.meeting, mt.attendance, mt.meeting_action, mt.meeting_edition),
            *(ct.claim, ct.hours_approval),
        ),
    ),
    SettingKind("clearances", "The dates of people\u2019s vetting and training", (CLEARANCE,)),
    SettingKind("imports", "The notes on imports", (t.batch, t.batch_reject)),
    SettingKind("same_visit", "The decisions on reports of the same visit", (t.same_visit,)),
    SettingKind(
        "refusals",
        "What was done about visits refused entry, and issues opened without a visit",
        (t.refusal_answer,),
        added=(office_issue, office_issue_step),
    ),
    SettingKind("rates", "The hourly rates", (t.rate,)),
    SettingKind(
        "throughput",
        "The numbers of people held in custody (throughput), and reviews of custody records",
        (t.throughput,),
        added=(reviews.record_review, reviews.reviewed_records, reviews.recommendation),
    ),
    SettingKind("earlier", "The totals of earlier years", (t.earlier_total,)),
    SettingKind("year_texts", "The texts of a year\u2019s report", (t.year_text,)),
    SettingKind("forms", "The questions of report forms", (rt.form,)),
    SettingKind("animals", "The details of animals", (rt.animal,)),
    SettingKind("recipients", "The list of those who get copies", (rt.recipient,)),
)

WITHOUT_DIGEST = {
    "account": "who uses this copy of the file; no figure and no page is made of it",
    "draft": "nothing counts or is published before a report is signed",
    "unfinished": "what is being typed counts nowhere before it is put in its place",
    "import_layout": "how a file is read; what it brings has digests of its own",
    "backup": "a note of copies; a copy could not hold its own digest",
    "plan": "planned moments are secret, and no figure or page that leaves the program has them",
    "planned_visit": "as for plans",
    "redraw": "as for plans: what is printed must not depend on how often one was drawn",
    "pair_draw": "as for plans: what a pair draws its own moments from",
    "assigned_draw": "as for plans: what a visitor's copy draws its own moments from",
    "calendar_entry": "as for plans: what calendar files told pairs of their weeks",
    "plan_notice": "as for plans: who was given which weeks, and when",
    "rota_notice": "as for plans: which weeks of the rota were handed out, and when",
    "availability": "used for plans alone",
    "free_time": "used for plans alone",
    "absence": "used for plans alone",
    "travel": "used for plans alone",
    "own_copy": "keys; no figure and no page is made of them",
    "other_copy": "as for own_copy",
    "invitation": "as for own_copy",
    "earlier_keys": "as for own_copy",
    "succession": "each handing over has an entry of its own",
    "message_in": "a note of what was taken in; what it brought has digests of its own",
    "message_out": "sealed copies of what stands elsewhere in the file",
    "received_report": "counts nowhere before it is accepted, which writes it to the visits",
    "partner_report": "what the office passed on to a visitor's copy; it counts nowhere there",
    "assigned_visit": "as for plans: what a visitor's copy was told of its own weeks",
    "counted_visit": "how the office counted a visitor's own visits; it has them itself",
    "site_briefing": "a briefing that the office made; it can make it again",
    "availability_entry": "as for availability",
    "handed_report": "what the office told of reports; no figure and no page is made of it",
}
"""Tables without a digest, and why."""


@cache
def kinds_of_tables() -> Mapping[str, tuple[SettingKind, ...]]:
    """The kinds of setting with rows in each table, by the table's name."""
    kinds: dict[str, tuple[SettingKind, ...]] = {}
    for kind in KINDS:
        for table in kind.tables:
            kinds[table.name] = (*kinds.get(table.name, ()), kind)
    return kinds


@cache
def _referred_to() -> frozenset[str]:
    """Tables whose ids other rows refer to."""
    tables = t.metadata.tables
    ids = {key.target_fullname for table in tables.values() for key in table.foreign_keys}
    return frozenset(name for name in tables if f"{name}.id" in ids)


def columns_of(table: Table) -> list[Column[Any]]:
    """The columns that a table's own digest covers: all except those of side tables, and except an
    id that no other row refers to."""
    apart = {name for side in SIDE_TABLES if side.owner is table for name in side.columns}
    if table.name not in _referred_to():
        apart.add("id")
    return [column for column in table.columns if column.name not in apart]


def digest(connection: Connection, kind: SettingKind) -> str:
    """The digest of all rows of a kind as they are in the file."""
    rows = {part.name: _digests(connection, part) for part in kind.parts}
    later = {part.name: _digests(connection, part) for part in kind.added}
    return digest_of(rows | {name: digests for name, digests in later.items() if digests})


def _digests(connection: Connection, part: Table | SideTable) -> list[str]:
    if isinstance(part, SideTable):
        return sorted(map(digest_of, _side_rows(connection, part)))
    return sorted(map(digest_of, _table_rows(connection, part)))


def _table_rows(connection: Connection, table: Table) -> Iterator[RawRow]:
    usual = {column.name: _default(column) for column in columns_of(table)}
    for row in _raw(connection, table.name, list(usual)):
        yield _unusual(row, usual)


def _side_rows(connection: Connection, side: SideTable) -> Iterator[RawRow]:
    """The rows of a side table: in an older file from the table itself, otherwise one for each
    owner with a value in its columns."""
    version = {"version": _default(side.owner.c.version)}
    usual = {name: _default(side.owner.c[name]) for name in side.columns}
    if not usual.keys() <= _columns_there(connection, side.owner.name):
        for row in _raw(connection, side.name, [side.key, *version, *usual]):
            yield _unusual(row, version)
        return
    for row in _raw(connection, side.owner.name, ["id", *version, *usual]):
        owner_id = row.pop("id")
        if _unusual({name: row[name] for name in usual}, usual):
            yield _unusual(row, version) | {side.key: owner_id}


def _raw(connection: Connection, table: str, wanted: Sequence[str]) -> list[RawRow]:
    """The rows as they are in the file. An older file lacks some columns, which are then
    missing."""
    there = _columns_there(connection, table)
    names = [name for name in wanted if name in there]
    if not names:
        return []
    columns = ", ".join(f'"{name}"' for name in names)
    rows = connection.exec_driver_sql(f'SELECT {columns} FROM "{table}"')  # noqa: S608 - our names
    return [dict(zip(names, row, strict=True)) for row in rows]


def _unusual(row: RawRow, usual: Mapping[str, str | None]) -> RawRow:
    """The part of a row that a digest covers: values that are neither empty nor their column's
    default."""
    return {
        name: value.hex() if isinstance(value, bytes) else value
        for name, value in row.items()
        if value is not None and str(value) != usual.get(name)
    }


def _columns_there(connection: Connection, name: str) -> set[str]:
    """The columns in the file, which may be older than the program."""
    if connection.dialect.name == "sqlite":
        return {row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{name}")')}
    look = inspect(connection)
    return {column["name"] for column in look.get_columns(name)} if look.has_table(name) else set()


def _default(column: Column[Any]) -> str | None:
    return None if column.server_default is None else str(column.server_default.arg)  # type: ignore[attr-defined]


def last_digests(connection: Connection, kinds: Iterable[SettingKind] = KINDS) -> dict[UUID, str]:
    """The digest in the last entry of each kind that has one."""
    ids = [kind.id for kind in kinds]
    rows = connection.execute(
        select(rt.ledger.c.visit_id, rt.ledger.c.content_digest)
        .where(rt.ledger.c.visit_id.in_(ids), rt.ledger.c.event == Event.SETTINGS.value)
        .order_by(rt.ledger.c.position)
    )
    return {row.visit_id: row.content_digest for row in rows}


class SettingsWatch:
    """Notes which kinds of setting a transaction changes."""

    def __init__(self, by: str, at: datetime) -> None:
        self._by = by
        self._at = at
        self._before: dict[str, str] = {}

    def will_change(self, connection: Connection, table: str) -> None:
        """Call it before rows of a table are changed."""
        for kind in kinds_of_tables().get(table, ()):
            if kind.key not in self._before:
                self._before[kind.key] = digest(connection, kind)

    def keep(self, connection: Connection) -> None:
        """Write entries for the changes, as the last thing in the transaction."""
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

    def _entry(self, kind: SettingKind, content: str, reason: str) -> LedgerEntry:
        return entry_of(kind, content, self._by, self._at, reason)


def entry_of(
    kind: SettingKind, content: str, by: str, at: datetime, reason: str = ""
) -> LedgerEntry:
    """An entry for a kind of setting with this digest."""
    return LedgerEntry(Event.SETTINGS, kind.id, None, at, by, reason, content)


def contradicted(connection: Connection) -> Sequence[SettingKind]:
    """Kinds whose rows differ from their last entry."""
    last = last_digests(connection)
    return [k for k in KINDS if k.id in last and digest(connection, k) != last[k.id]]


def take_over(
    connection: Connection,
    by: str,
    at: datetime,
    but: Sequence[SettingKind] = (),
    reason: str = FOUND,
) -> None:
    """Write an entry for each kind that has none, or whose rows differ from its last one, except
    for those in `but`."""
    last = last_digests(connection)
    entries = []
    for kind in KINDS:
        now = digest(connection, kind)
        if kind not in but and now != last.get(kind.id):
            entries.append(entry_of(kind, now, by, at, reason))
    append(connection, entries)
