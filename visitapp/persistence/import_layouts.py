"""How spreadsheets of a shape were read last time."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from visitapp.domain.import_layout import ImportLayout
from visitapp.persistence import office_tables as ot
from visitapp.persistence.stored_json import from_json, to_json


def layout_of_shape(connection: Connection, shape: str) -> ImportLayout | None:
    """How a spreadsheet with these headings was read; None if there was none, or if it can't be
    read any more."""
    query = select(ot.import_layout.c.content).where(ot.import_layout.c.shape == shape)
    content = connection.execute(query).scalar_one_or_none()
    try:
        return None if content is None else from_json(content, ImportLayout)
    except ValueError:
        return None


def shapes(connection: Connection) -> frozenset[str]:
    """Every shape that is known."""
    return frozenset(connection.execute(select(ot.import_layout.c.shape)).scalars())


def save_layout(
    connection: Connection, shape: str, layout: ImportLayout, by: str, at: datetime
) -> None:
    """Remember how spreadsheets of a shape are read, in place of what was known before."""
    table = ot.import_layout
    values = {"content": to_json(layout), "saved_at": at, "saved_by": by}
    changed = update(table).where(table.c.shape == shape)
    if not connection.execute(changed.values(**values, version=table.c.version + 1)).rowcount:
        connection.execute(insert(table).values(id=uuid4(), shape=shape, **values))
