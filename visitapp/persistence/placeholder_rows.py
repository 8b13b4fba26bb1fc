"""Adds placeholders for lost rows that many others belong to.

A single bad page can contain every site, or every person. Without placeholders none of their visits
could be written to the new file, although each of them can be read.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table

from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t

_WORDS: dict[str, dict[str, Any]] = {
    "office": {"name": "Lost office"},
    "scheme": {"kind": "custody", "name": "Lost scheme", "immediate_limit": 5, "delay_limit": 15},
    "grid": {"name": "Lost timeslots"},
    "site": {"kind": "suite", "name": "Lost site"},
    "person": {"name": "Lost name"},
    "batch": {
        "source": "Lost import",
        "imported_at": "1970-01-01 00:00:00.000000",
        "imported_by": "",
        "visits": 0,
    },
    "recipient": {"name": "Lost recipient", "audience": "visitors", "tact_only": 0, "active": 0},
}
"""The contents of each; custody limits are those of a new scheme."""

_TABLES: dict[str, Table] = {
    table.name: table
    for table in (t.office, t.scheme, t.grid, t.site, t.person, t.batch, rt.recipient)
}
_Orphan = tuple[str, int, str, int]


def add_placeholders(connection: Connection, orphans: Sequence[_Orphan]) -> set[str]:
    """Write a placeholder for each missing row that `PRAGMA foreign_key_check` names, or clear the
    reference if it may be empty. Returns the tables that were changed."""
    changed: set[str] = set()
    for table, row_id, parent, key in orphans:
        column, is_needed = _reference(connection, table, key)
        if parent in _TABLES:
            _put(connection, parent, table, row_id, column)
            changed.add(parent)
        elif not is_needed:
            connection.exec_driver_sql(
                f'UPDATE "{table}" SET "{column}" = NULL WHERE rowid = ?',  # noqa: S608 - our names
                (row_id,),
            )
            changed.add(table)
    return changed


def _reference(connection: Connection, table: str, key: int) -> tuple[str, bool]:
    """The column that refers to another table, and whether it has to have a value."""
    keys = connection.exec_driver_sql(f'PRAGMA foreign_key_list("{table}")')
    column = next(str(row[3]) for row in keys if row[0] == key)
    columns = connection.exec_driver_sql(f'PRAGMA table_info("{table}")')
    return column, any(row[1] == column and row[3] for row in columns)


def _put(connection: Connection, parent: str, child: str, row_id: int, column: str) -> None:
    names = f'"{column}", scheme_id'
    query = f'SELECT {names} FROM "{child}" WHERE rowid = ?'  # noqa: S608 - our own names
    wanted, scheme_id = connection.exec_driver_sql(query, (row_id,)).one()
    query = f'SELECT 1 FROM "{parent}" WHERE id = ?'  # noqa: S608 - our own names
    if connection.exec_driver_sql(query, (wanted,)).first() is not None:
        return  # another orphan of the same row came first
    number = connection.exec_driver_sql(f'SELECT count(*) FROM "{parent}"').scalar_one() + 1  # noqa: S608
    values = dict(_WORDS[parent])
    if "name" in values:
        values["name"] += f" {number}"
    values |= {"id": wanted, "scheme_id": wanted if parent == "scheme" else scheme_id}
    if parent in ("office", "person", "batch"):
        values["scheme_id"] = None
    if parent == "scheme":
        values |= _of_scheme(connection, wanted)
    if parent == "site":
        values |= _of_site(connection, scheme_id)
    columns = ", ".join(f'"{name}"' for name in values)
    places = ", ".join("?" for _ in values)
    connection.exec_driver_sql(
        f'INSERT INTO "{parent}" ({columns}) VALUES ({places})',  # noqa: S608 - our own names
        tuple(values.values()),
    )


def _of_scheme(connection: Connection, scheme_id: str) -> dict[str, Any]:
    """Its office and kind. The kind is that of its sites, or not that of the other scheme."""
    office = connection.exec_driver_sql("SELECT id FROM office").scalar() or scheme_id
    kinds = {row[0] for row in connection.exec_driver_sql("SELECT kind FROM scheme")}
    sites = connection.exec_driver_sql("SELECT kind FROM site WHERE scheme_id = ?", (scheme_id,))
    is_custody = sites.scalar() in (None, "suite") and "custody" not in kinds
    return {"office_id": office, "kind": "custody" if is_custody else "animal_welfare"}


def _of_site(connection: Connection, scheme_id: str) -> dict[str, Any]:
    """The scheme's grid (its own id if that is lost too), and the kind of its sites."""
    query = "SELECT id FROM grid WHERE scheme_id = ?"
    grid = connection.exec_driver_sql(query, (scheme_id,)).scalar() or scheme_id
    query = "SELECT kind FROM scheme WHERE id = ?"
    scheme = connection.exec_driver_sql(query, (scheme_id,)).scalar()
    return {"grid_id": grid, "kind": "kennels" if scheme == "animal_welfare" else "suite"}
