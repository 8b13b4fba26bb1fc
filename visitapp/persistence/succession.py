"""The office's earlier keys, and each time it was handed over."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, delete, insert, select

from visitapp.domain.errors import NotAllowedError
from visitapp.domain.exchange.copies import OwnCopy
from visitapp.domain.exchange.succession import Succession, closed_words
from visitapp.persistence import exchange_tables as t
from visitapp.persistence.rows import remove_row, save_row


def successions(connection: Connection) -> list[Succession]:
    """Every handing over of this office, the first one first."""
    query = select(t.succession).order_by(t.succession.c.number, t.succession.c.id)
    return [_succession(row) for row in connection.execute(query)]


def closing(connection: Connection) -> Succession | None:
    """The handing over since which nothing changes in this copy; None in a copy that goes on."""
    return next((item for item in successions(connection) if item.closes_this_copy), None)


def must_go_on(connection: Connection) -> None:
    """Raises NotAllowedError in a copy whose office was handed over."""
    item = closing(connection)
    if item is not None:
        raise NotAllowedError(closed_words(item))


def save(connection: Connection, item: Succession) -> None:
    """Write a handing over."""
    values = {
        "id": item.id,
        "number": item.number,
        "handed_over_at": item.handed_over_at,
        "handed_over_by": item.handed_over_by,
        "successor": item.successor,
        "followed_at": item.followed_at,
        "ended_at": item.ended_at,
    }
    save_row(connection, t.succession, values, item.version)


def forget(connection: Connection, item: Succession) -> None:
    """Remove a handing over whose file was never complete."""
    remove_row(connection, t.succession, item.id, item.version)


def earlier_keys(connection: Connection) -> list[OwnCopy]:
    """The keys that this office had before and that a visitor's copy may still know, the last
    ones first."""
    query = select(t.earlier_keys).order_by(t.earlier_keys.c.number.desc())
    return [
        OwnCopy(row.id, row.sealing_seed, row.signing_seed, number=row.number)
        for row in connection.execute(query)
    ]


def replaced(connection: Connection) -> list[tuple[OwnCopy, datetime]]:
    """The earlier keys, and since when each has been replaced."""
    times = {row.id: row.replaced_at for row in connection.execute(select(t.earlier_keys))}
    return [(keys, times[keys.id]) for keys in earlier_keys(connection)]


def replace_own_copy(connection: Connection, old: OwnCopy, new: OwnCopy, at: datetime) -> None:
    """Give the office's copy new keys, and keep the ones it had among the earlier ones."""
    connection.execute(delete(t.own_copy).where(t.own_copy.c.id == old.id))
    connection.execute(
        insert(t.earlier_keys).values(
            id=old.id,
            sealing_seed=old.sealing_seed,
            signing_seed=old.signing_seed,
            number=old.number,
            replaced_at=at,
        )
    )
    connection.execute(
        insert(t.own_copy).values(
            id=new.id,
            sealing_seed=new.sealing_seed,
            signing_seed=new.signing_seed,
            number=new.number,
        )
    )


def forget_keys(connection: Connection, copy_id: UUID) -> None:
    """Remove earlier keys which nobody's copy knows any more."""
    connection.execute(delete(t.earlier_keys).where(t.earlier_keys.c.id == copy_id))


def _succession(row: Row[Any]) -> Succession:
    return Succession(
        row.id,
        row.number,
        row.handed_over_at,
        row.handed_over_by,
        row.successor,
        row.followed_at,
        row.ended_at,
        row.version,
    )
