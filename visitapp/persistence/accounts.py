"""Who uses this file."""

from uuid import uuid4

from sqlalchemy import Connection, insert, select, update

from visitapp.domain.office.scheme import Actor, Role
from visitapp.persistence import tables as t


def accounts(connection: Connection) -> list[Actor]:
    """Those who use this file: one person, until offices share a database."""
    rows = connection.execute(select(t.account.c.name, t.account.c.role))
    return [Actor(name, Role(role)) for name, role in rows]


def set_account(connection: Connection, actor: Actor) -> None:
    """Choose who uses this file from now on."""
    values = {"name": actor.name, "role": actor.role.value}
    if not connection.execute(
        update(t.account).values(**values, version=t.account.c.version + 1)
    ).rowcount:
        connection.execute(insert(t.account).values(id=uuid4(), **values))
