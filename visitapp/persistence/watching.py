"""What a transaction of the services changes, and what was read before it.

At its end, changed settings are entered in the ledger, and lines written in the access register, so
that no service can forget it. The modules that do so are loaded only once something is written.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, event

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.scheme import Actor
from visitapp.domain.records.record_kind import Deed, RecordKind

if TYPE_CHECKING:
    from visitapp.domain.records.access_entry import AccessEntry
    from visitapp.persistence.settings_digests import SettingsWatch

AT_LEAST_EVERY = timedelta(hours=1)
"""How long readings may wait to be written, and how often drafts make a line."""
_OFTEN = (RecordKind.DRAFT,)
"""Kinds that are written at each key press."""


@dataclass(frozen=True, slots=True)
class Writer:
    """Who is writing, and when (UTC)."""

    actor: Actor
    at: datetime


Who = Callable[[], Writer]


class Noted:
    """What was read and isn't written yet, for one open file. Both threads of the program use it:
    each reading is put in, and taken out, at once."""

    def __init__(self) -> None:
        self._read: deque[RecordKind] = deque()
        self._since: datetime | None = None
        self._lines_at: dict[RecordKind, datetime] = {}
        self.has_lines = False

    def __bool__(self) -> bool:
        return bool(self._read)

    def read(self, kind: RecordKind, at: datetime) -> bool:
        """Note that it was read; whether the first of them has waited long enough."""
        self._read.append(kind)
        since = self._since = self._since or at
        return not since <= at < since + AT_LEAST_EVERY

    def take(self) -> Counter[RecordKind]:
        """How often each kind was read, which then counts as written."""
        self._since = None
        return Counter(self._read.popleft() for _ in range(len(self._read)))

    def makes_a_line(self, kind: RecordKind, at: datetime) -> bool:
        """Whether a change makes a line: of drafts, only the first in an hour."""
        if kind not in _OFTEN:
            return True
        last = self._lines_at.get(kind)
        if last is not None and last <= at < last + AT_LEAST_EVERY:
            return False
        self._lines_at[kind] = at
        return True


class Watching:
    """Watches one transaction."""

    def __init__(self, who: Who, noted: Noted) -> None:
        self._who, self._noted = who, noted
        self._settings: SettingsWatch | None = None
        self._changed: Counter[str] = Counter()

    def will_change(self, connection: Connection, table: str) -> None:
        """Call it before rows of a table are changed."""
        from visitapp.persistence.settings_digests import SettingsWatch

        if self._settings is None:
            writer = self._who()
            self._settings = SettingsWatch(writer.actor.name, writer.at)
        self._settings.will_change(connection, table)

    def has_changed(self, table: str, rows: int) -> None:
        """Call it afterwards."""
        self._changed[table] += rows

    @contextmanager
    def part(self) -> Iterator[None]:
        """A part of the transaction: if it is undone, its changes make no line."""
        before = self._changed.copy()
        try:
            yield
        except BaseException:
            self._changed = before
            raise

    def end(self, connection: Connection) -> None:
        """As the last thing in the transaction."""
        connection.execution_options(visitapp_watching=None)
        if self._settings is not None:
            self._settings.keep(connection)
        if self._changed or self._noted:
            self._write_lines(connection)

    def _write_lines(self, connection: Connection) -> None:
        from visitapp.persistence import access_register

        writer = self._who()
        lines = [*_lines(writer, Deed.READ, self._noted.take())]
        lines += [
            line
            for line in _lines(writer, Deed.CHANGED, access_register.kinds_of(self._changed))
            if self._noted.makes_a_line(line.kind, line.at)
        ]
        if lines:
            access_register.append(connection, lines)
            self._noted.has_lines = True


def _lines(
    writer: Writer, deed: Deed, numbers: Mapping[RecordKind, int]
) -> "Iterator[AccessEntry]":
    from visitapp.domain.records.access_entry import AccessEntry

    for kind in sorted(numbers):
        if numbers[kind]:
            actor = writer.actor
            yield AccessEntry(writer.at, actor.name, actor.role, kind, deed, numbers[kind])


def listen(engine: Engine) -> None:
    """Have an engine tell the watching of a transaction what its statements change."""
    event.listen(engine, "before_execute", _before)
    event.listen(engine, "after_execute", _after)


def _before(connection: Connection, statement: Any, *_: Any) -> None:
    watching = connection.get_execution_options().get("visitapp_watching")
    if watching is not None and getattr(statement, "is_dml", False):
        watching.will_change(connection, statement.table.name)


def _after(
    connection: Connection, statement: Any, rows: Any, _params: Any, _options: Any, result: Any
) -> None:
    watching = connection.get_execution_options().get("visitapp_watching")
    if watching is not None and getattr(statement, "is_dml", False):
        watching.has_changed(statement.table.name, len(rows) if len(rows) > 1 else result.rowcount)
