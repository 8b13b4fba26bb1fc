"""Which reports are a visitor's own: they took part in the visit, or signed the report."""

from uuid import UUID

from sqlalchemy import ColumnElement, Connection, or_, select

from visitapp.domain.following.ledger import Event
from visitapp.domain.office.people import Myself
from visitapp.domain.text.folding import folded
from visitapp.persistence import report_tables as rt
from visitapp.persistence import tables as t


def myself(connection: Connection, name: str) -> Myself:
    """Whose copy this is: the person who joined with it or, in one that joined no scheme, whoever
    has that `name` in the register."""
    from visitapp.persistence import exchange

    own = exchange.own_copy(connection)
    if own is not None and own.person_id is not None:
        return Myself(own.person_id, name)
    rows = connection.execute(select(t.person.c.id, t.person.c.name))
    mine = next((row.id for row in rows if folded(row.name) == folded(name)), None)
    return Myself(mine, name)


def is_mine(me: Myself) -> ColumnElement[bool]:
    """Their own visits, as a condition on the table of visits."""
    signed = select(rt.ledger.c.visit_id).where(
        rt.ledger.c.event == Event.SIGNED.value, rt.ledger.c.by_whom == me.name
    )
    took_part = select(t.visitor.c.visit_id).where(t.visitor.c.person_id == me.person_id)
    return or_(t.visit.c.id.in_(took_part), t.visit.c.id.in_(signed))


def own_ids(connection: Connection, me: Myself) -> set[UUID]:
    """The ids of their own visits."""
    return set(connection.execute(select(t.visit.c.id).where(is_mine(me))).scalars())


def owns(connection: Connection, me: Myself, visit_id: UUID) -> bool:
    """Whether a visit is their own; also one that isn't in the file, which is nobody else's."""
    there = select(t.visit.c.id).where(t.visit.c.id == visit_id)
    if connection.execute(there).first() is None:
        return True
    return connection.execute(there.where(is_mine(me))).first() is not None
