"""Writes rows that have a version, and the parts that belong to them."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import Connection, Table, delete, insert, select, update

from visitapp.domain.errors import ConflictError

_CHANGED = "This was changed somewhere else. Look at it again first."


def save_row(connection: Connection, table: Table, values: Mapping[str, Any], version: int) -> int:
    """Insert a row, or update the one that still has `version`. Returns its new version.

    Raises ConflictError if somebody else has changed the row.
    """
    row_id = values["id"]
    stored = connection.execute(
        select(table.c.version).where(table.c.id == row_id)
    ).scalar_one_or_none()
    if stored is None:
        connection.execute(insert(table).values(**values, version=1))
        return 1
    if stored != version:
        raise ConflictError(_CHANGED)
    connection.execute(
        update(table).where(table.c.id == row_id).values(**values, version=version + 1)
    )
    return version + 1


def remove_row(connection: Connection, table: Table, row_id: UUID, version: int) -> None:
    """Delete a row that still has `version`; does nothing if it has been deleted.

    Raises ConflictError if somebody else has changed the row.
    """
    removal = delete(table).where(table.c.id == row_id, table.c.version == version)
    if not connection.execute(removal).rowcount:
        still = select(table.c.id).where(table.c.id == row_id)
        if connection.execute(still).first() is not None:
            raise ConflictError(_CHANGED)


def save_parts(
    connection: Connection,
    table: Table,
    owner: Mapping[str, UUID],
    version: int,
    parts: Iterable[tuple[str, Mapping[str, Any]]],
) -> None:
    """Replace the parts of a row; `owner` is the referring column and the row's id.

    Parts share their owner's version. The id of a part is derived from the owner's id and the
    part's name, so that it is the same at each write and in each copy of the file.
    """
    ((column, owner_id),) = owner.items()
    connection.execute(delete(table).where(table.c[column] == owner_id))
    rows = [
        {"id": uuid5(owner_id, f"{table.name}/{name}"), column: owner_id, "version": version}
        | dict(values)
        for name, values in parts
    ]
    if rows:
        connection.execute(insert(table), rows)
