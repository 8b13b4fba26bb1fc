"""People and sites by name. There are few, so they are compared in Python, with accents and case
folded as everywhere else."""

from uuid import UUID

from sqlalchemy import Connection, Table, select

from visitapp.domain.text.folding import contains_words, sort_key


def ids_named(connection: Connection, table: Table, typed: str) -> list[UUID]:
    """The ids of a table's rows whose `name` matches what was typed."""
    rows = connection.execute(select(table.c.id, table.c.name))
    return [row_id for row_id, name in rows if contains_words(name, typed)]


def ranks_by_name(connection: Connection, table: Table) -> dict[UUID, int]:
    """The position of each row when sorted by name, from 0."""
    rows = connection.execute(select(table.c.id, table.c.name)).all()
    in_order = sorted(rows, key=lambda row: sort_key(row.name))
    return {row.id: place for place, row in enumerate(in_order)}
