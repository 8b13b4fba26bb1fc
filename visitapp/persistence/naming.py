"""People and sites by name: few enough to be looked through in Python, by one way of folding."""

from uuid import UUID

from sqlalchemy import Connection, Table, select

from visitapp.domain.text.folding import says, sort_key


def ids_named(connection: Connection, table: Table, typed: str) -> list[UUID]:
    """The rows of a table with a `name` that says what was typed."""
    found = connection.execute(select(table.c.id, table.c.name))
    return [row_id for row_id, name in found if says(name, typed)]


def ranks_by_name(connection: Connection, table: Table) -> dict[UUID, int]:
    """The place of each row when they are sorted by name, from 0."""
    found = connection.execute(select(table.c.id, table.c.name)).all()
    in_order = sorted(found, key=lambda row: sort_key(row.name))
    return {row.id: place for place, row in enumerate(in_order)}
