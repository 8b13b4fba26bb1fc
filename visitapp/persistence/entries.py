"""The entries of the ledger as rows, each chained by its digest to the one before."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Row, insert, select

from visitapp.domain.following.ledger import START, Event, LedgerEntry
from visitapp.persistence import report_tables as rt

Last = tuple[int, str]


def last(connection: Connection) -> Last:
    """The position and the digest of the last entry; every signing and withdrawal moves it."""
    row = connection.execute(
        select(rt.ledger.c.position, rt.ledger.c.digest).order_by(rt.ledger.c.position.desc())
    ).first()
    return (0, START) if row is None else (row.position, row.digest)


def append(connection: Connection, entries: Iterable[LedgerEntry]) -> None:
    """Write entries after the last one, in their order."""
    rows = rows_after(last(connection), entries)
    if rows:
        connection.execute(insert(rt.ledger), rows)


def rows_after(before: Last, entries: Iterable[LedgerEntry]) -> list[dict[str, Any]]:
    """The rows of entries to be added after the last one; doesn't use the database."""
    position, digest = before
    rows = []
    for entry in entries:
        position, digest = position + 1, entry.digest(digest)
        rows.append(
            {
                "id": uuid4(),
                "scheme_id": entry.scheme_id,
                "position": position,
                "event": entry.event.value,
                "visit_id": entry.subject,
                "at": entry.at,
                "by_whom": entry.by,
                "reason": entry.reason,
                "content_digest": entry.content_digest,
                "digest": digest,
            }
        )
    return rows


def entry(row: Row[Any]) -> LedgerEntry:
    """The entry that a row holds."""
    return LedgerEntry(
        Event(row.event),
        row.visit_id,
        row.scheme_id,
        row.at,
        row.by_whom,
        row.reason,
        row.content_digest,
    )
