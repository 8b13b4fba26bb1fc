"""A visitor's copy joins a scheme by an invitation and its code."""

from datetime import date
from uuid import uuid4

from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import Invitation, OtherCopy
from visitapp.domain.exchange.messages import (
    CONTRADICTORY,
    NEWER,
    Message,
    MessageError,
    MessageKind,
)
from visitapp.domain.exchange.pack import FORMAT, InvitationContent, Reply
from visitapp.domain.office.scheme import Actor, Role
from visitapp.domain.text.wording import long_date
from visitapp.exchange.message_content import decoded, encoded
from visitapp.persistence import accounts, exchange, settings_digests
from visitapp.persistence.database import Connection, Database
from visitapp.security import copy_keys, joining_code, sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import packs


def opened_invitation(file: bytes, secret: bytes, today: date) -> InvitationContent:
    """What an invitation holds. `secret` are the code's bytes; a demonstration's day is its own,
    whatever day it is.

    Raises MessageError where the code doesn't open it, it is older than its last day, or it
    needs a newer program.
    """
    content = decoded(joining_code.open_invitation(file, secret), InvitationContent)
    if content.format > FORMAT:
        raise MessageError(NEWER)
    if (content.pack.office.today or today) > content.last_day:
        raise MessageError(
            f"This invitation ended on {long_date(content.last_day)}. Ask your manager for a new "
            "one."
        )
    is_named = any(person.id == content.person_id for person in content.pack.people)
    if not is_named or not sealed_messages.can_be_sealed_to(content.keys):
        raise MessageError(CONTRADICTORY)
    return content


def begin(database: Database, content: InvitationContent, secret: bytes, access: Access) -> bytes:
    """Fill the new records of a visitor's copy; the file of the reply."""
    me = content.visitor
    now = access.now()
    with database.transaction() as connection:
        packs.take_over(connection, content.pack, me.name, now)
        accounts.set_account(connection, Actor(me.name, Role.VISITOR))
        exchange.save_own_copy(connection, copy_keys.new_copy(me.id, content.number))
        office = OtherCopy(content.copy_id, content.keys, now, number=content.keys_number)
        exchange.save_other_copy(connection, office)
        exchange.save_invitation(
            connection, Invitation(content.id, me.id, content.number, secret, now)
        )
        settings_digests.take_over(connection, me.name, now, reason="")
        return reply(connection, access)


def reply(connection: Connection, access: Access) -> bytes:
    """The file that makes this copy known to the office: the same keys each time.

    Raises BadInputError in a copy that joined no scheme.
    """
    own = exchange.own_copy(connection)
    office = next((copy for copy in exchange.other_copies(connection) if not copy.person_id), None)
    invitation = next(iter(exchange.invitations(connection)), None)
    if own is None or office is None or invitation is None or own.person_id is None:
        raise BadInputError("This copy did not join a scheme by an invitation.")
    keys = copy_keys.public_keys(own)
    proof = joining_code.proof(invitation.secret, invitation.id.bytes, office.keys, keys)
    content = encoded(Reply(invitation.id, keys, proof))
    message = Message(uuid4(), MessageKind.REPLY, own.id, access.now(), 1, content)
    return sealed_messages.seal(message, own, office.keys)
