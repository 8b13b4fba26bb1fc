"""All records as plain values, table by table, and such values written to a new, empty file."""

from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

import msgspec
from sqlalchemy import Column, Connection, Table, insert, select
from sqlalchemy.exc import IntegrityError

from visitapp.domain.errors import BadInputError
from visitapp.persistence import tables as t
from visitapp.persistence.migrate import HEAD
from visitapp.persistence.stored_time import StoredTime

_KEYS = ("own_copy", "other_copy", "invitation", "earlier_keys", "succession")
_ON_THEIR_WAY = (
    *("message_in", "message_out", "received_report", "partner_report", "assigned_visit"),
    *("assigned_draw", "counted_visit", "site_briefing", "handed_report", "availability_entry"),
)
_SECRET = (
    *("plan", "planned_visit", "redraw", "pair_draw", "calendar_entry", "plan_notice"),
    "rota_notice",
)
_OF_THIS_FILE = ("backup", "unfinished", "import_layout")
LEFT_OUT = frozenset((*_KEYS, *_ON_THEIR_WAY, *_SECRET, *_OF_THIS_FILE))
"""Tables that a file anybody can read must not have: keys, sealed messages, planned moments and
weeks. The rest says only where this file was copied to, what is being typed, or by which words and
names of theirs somebody's spreadsheets were read."""
_NEEDED = ("office", "scheme")
_LARGEST_NUMBER = 2**63 - 1
_VERSION, _TABLES = "version", "tables"
Rows = list[dict[str, Any]]


@cache
def kept_tables() -> tuple[Table, ...]:
    """The tables that are written, owners first; none belongs to one that is left out."""
    left_out = set(LEFT_OUT)
    kept: list[Table] = []
    for table in t.metadata.sorted_tables:
        owners = {key.column.table.name for key in table.foreign_keys} - {table.name}
        if table.name in left_out or owners & left_out:
            left_out.add(table.name)
        else:
            kept.append(table)
    return tuple(kept)


def every_row(connection: Connection) -> dict[str, Rows]:
    """The rows of every kept table in the order of their ids, by its name."""
    return {
        table.name: [
            {name: msgspec.to_builtins(value) for name, value in row.items()}
            for row in connection.execute(select(table).order_by(table.c.id)).mappings()
        ]
        for table in kept_tables()
    }


def as_json(rows: Mapping[str, Rows]) -> bytes:
    """The rows as a file, with the version of the tables."""
    content = {_VERSION: HEAD, _TABLES: rows}
    return msgspec.json.format(msgspec.json.encode(content), indent=1) + b"\n"


def rows_of(content: bytes) -> dict[str, Rows]:
    """What `as_json` wrote. Raises BadInputError for anything else."""
    try:
        decoded = msgspec.json.decode(content, type=dict[str, Any])
        version = decoded[_VERSION]
        rows = msgspec.convert(decoded[_TABLES], dict[str, Rows])
    except (ValueError, KeyError, RecursionError) as error:
        raise BadInputError("This file was not exported by visitapp.") from error
    if version != HEAD:
        raise BadInputError(
            "This scheme was written by another version of visitapp. Export it again with this one."
        )
    return rows


def write_rows(connection: Connection, rows: Mapping[str, Rows]) -> None:
    """Write them to a file without any row. Raises BadInputError for a table, a column or a value
    that these records don't have, and if one is missing."""
    connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")  # editions refer to each other
    known = {table.name: table for table in kept_tables()}
    if unknown := sorted(set(rows) - set(known)):
        raise BadInputError(f"These records have no table {unknown[0]}.")
    if missing := [name for name in known if name not in rows]:
        raise BadInputError(f"The table {missing[0]} is missing.")
    if empty := [name for name in _NEEDED if not rows[name]]:
        raise BadInputError(f"The table {empty[0]} has no rows.")
    for name, table in known.items():
        if values := [_values(table, row) for row in rows[name]]:
            try:
                connection.execute(insert(table), values)
            except (IntegrityError, UnicodeError) as error:
                raise BadInputError(f"The rows of {name} do not fit together.") from error
    lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    if lost is not None:
        raise BadInputError(f"A row of {lost[0]} belongs to a row of {lost[2]} that is missing.")


def _values(table: Table, row: Mapping[str, Any]) -> dict[str, Any]:
    if set(row) != {column.name for column in table.columns}:
        raise BadInputError(f"A row of {table.name} has other columns than these records.")
    return {column.name: _value(column, row[column.name]) for column in table.columns}


def _value(column: Column[Any], value: Any) -> Any:
    where = f"{column.table.name}, {column.name}"
    if value is None:
        if not column.nullable:
            raise BadInputError(f"{where}: there is no value.")
        return None
    kind = datetime if isinstance(column.type, StoredTime) else column.type.python_type
    if isinstance(value, int | float) and abs(value) > _LARGEST_NUMBER:
        raise BadInputError(f"{where}: the number is too large.")
    try:
        return msgspec.convert(value, kind)
    except ValueError as error:
        raise BadInputError(f"{where}: {error}.") from error
