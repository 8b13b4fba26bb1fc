"""What passes between the office's copy and its visitors' copies."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid4

from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.exchange.copies import Invitation, OtherCopy, OwnCopy, PublicKeys
from visitapp.domain.exchange.handing_over import (
    HandedReport,
    InboxReport,
    InboxState,
    Receipt,
)
from visitapp.domain.exchange.messages import (
    ALTERED,
    REVOKED,
    STRANGER,
    Message,
    MessageError,
    MessageKind,
    TakenIn,
)
from visitapp.domain.exchange.pack import FORMAT, InvitationContent, Pack, Reply
from visitapp.domain.moment import uk_time
from visitapp.domain.text.wording import long_date
from visitapp.exchange.message_content import decoded, encoded
from visitapp.persistence import exchange as stored
from visitapp.persistence import inbox, outbox, people, schemes, visits
from visitapp.persistence.database import Connection
from visitapp.security import copy_keys, joining_code, recovery, sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import joining, packs


@dataclass(frozen=True, slots=True)
class NewInvitation:
    """The file for a visitor, and the code to tell them by telephone."""

    file: bytes
    code: str
    last_day_words: str


class ExchangeService:
    """Invitations, the copies that joined, and messages taken in."""

    def __init__(self, access: Access) -> None:
        self._access = access

    def invite(self, person_id: UUID) -> tuple[NewInvitation, Changes]:
        """Invite somebody to join with a copy of their own. Earlier invitations of theirs that
        nobody used no longer work.

        Raises NotAllowedError for anybody but the manager, BadInputError for somebody who is in
        no scheme.
        """
        self._access.must_manage()
        now, secret = self._access.now(), joining_code.new_secret()
        with self._access.database.transaction() as connection:
            for earlier in stored.invitations(connection):
                if earlier.person_id == person_id and earlier.is_open_at(now):
                    stored.save_invitation(connection, replace(earlier, withdrawn_at=now))
            number = stored.next_number(connection)
            invitation = Invitation(uuid4(), person_id, number, secret, now)
            stored.save_invitation(connection, invitation)
            own = self._own(connection)
            content = InvitationContent(
                format=FORMAT,
                id=invitation.id,
                copy_id=own.id,
                keys=copy_keys.public_keys(own),
                person_id=person_id,
                number=number,
                last_day=uk_time(invitation.ends_at).date(),
                pack=packs.pack_for(connection, person_id, self._access.today()),
            )
        file = joining_code.seal_invitation(encoded(content), secret)
        words = long_date(content.last_day)
        return NewInvitation(file, recovery.as_code(secret), words), Changes.PEOPLE

    def invitations(self) -> tuple[Invitation, ...]:
        """All invitations, the first one first."""
        with self._access.database.reading() as connection:
            return tuple(stored.invitations(connection))

    def copies(self) -> tuple[OtherCopy, ...]:
        """The copies that this one exchanges messages with, and those that were shut out."""
        with self._access.database.reading() as connection:
            return tuple(stored.other_copies(connection))

    def own(self) -> OwnCopy | None:
        """The copy whose file is open; None before it exchanges anything."""
        with self._access.database.reading() as connection:
            return stored.own_copy(connection)

    def revoke(self, copy_id: UUID) -> Changes:
        """Shut a copy out, e.g. of a laptop that was lost: nothing of it is taken in any more."""
        self._access.must_manage()
        with self._access.database.transaction() as connection:
            other = stored.other_copy(connection, copy_id)
            if other is None or other.revoked_at is not None:
                raise BadInputError("This copy was shut out already. Look at the list again.")
            stored.save_other_copy(connection, replace(other, revoked_at=self._access.now()))
            outbox.drop(connection, copy_id)
        return Changes.PEOPLE

    def reply(self) -> bytes:
        """The file by which the office gets to know this copy; the same keys each time."""
        with self._access.database.reading() as connection:
            return joining.reply(connection, self._access)

    def take_in(self, file: bytes) -> tuple[TakenIn, Changes]:
        """Take in a message to this copy; one that was taken in already changes nothing.

        Raises MessageError with a sentence, and then nothing of it was taken in.
        """
        now = self._access.now()
        with self._access.database.transaction() as connection:
            own = stored.own_copy(connection)
            if own is None:
                raise MessageError("This copy has invited nobody yet, so no message is for it.")
            message = sealed_messages.open_message(file, own, _keys_of(connection))
            if stored.is_taken_in(connection, message.id):
                # whoever sends it again has not seen our receipt
                outbox.put_out_again(connection, message.sender, MessageKind.RECEIPT)
                sender = stored.other_copy(connection, message.sender)
                return _outcome(connection, message, sender, is_new=False), Changes.NONE
            changes = _TAKERS[message.kind](connection, message, own, now)
            sender = stored.other_copy(connection, message.sender)
            stored.note_taken_in(connection, message, now)
            return _outcome(connection, message, sender, is_new=True), changes

    def _own(self, connection: Connection) -> OwnCopy:
        """The office's own copy, whose keys are made when they are first needed."""
        own = stored.own_copy(connection)
        if own is None:
            own = copy_keys.new_copy()
            stored.save_own_copy(connection, own)
        return own


def _outcome(
    connection: Connection, message: Message, sender: OtherCopy | None, *, is_new: bool
) -> TakenIn:
    person_id = None if sender is None else sender.person_id
    names = {person.id: person.name for person in people.people(connection)}
    return TakenIn(message.kind, names.get(person_id, "") if person_id else "", is_new)


def _keys_of(connection: Connection) -> Callable[[Message], PublicKeys]:
    """The keys to check a message's signature with. Raises MessageError for a sender that is
    not known or was shut out."""

    def keys_of(message: Message) -> PublicKeys:
        sender = stored.other_copy(connection, message.sender)
        if sender is not None and sender.revoked_at is not None:
            raise MessageError(REVOKED)
        if sender is not None:
            return sender.keys
        if message.kind is MessageKind.REPLY:
            return decoded(message.content, Reply).keys
        raise MessageError(STRANGER)

    return keys_of


def _take_reply(connection: Connection, message: Message, own: OwnCopy, now: datetime) -> Changes:
    reply = decoded(message.content, Reply)
    invitation = stored.invitation(connection, reply.invitation_id)
    if invitation is None or own.person_id is not None:
        raise MessageError(STRANGER)
    office = copy_keys.public_keys(own)
    if not joining_code.is_proof(
        reply.proof, invitation.secret, invitation.id.bytes, office, reply.keys
    ):
        raise MessageError(ALTERED)
    known = stored.other_copy(connection, message.sender)
    if known is not None:
        return Changes.NONE
    if invitation.used_at is not None:
        raise MessageError("The code of this reply was used already. Invite the person again.")
    if not invitation.is_open_at(now):
        raise MessageError(
            "The code of this reply no longer works: it was withdrawn, or its 14 days are over. "
            "Invite the person again."
        )
    stored.save_invitation(connection, replace(invitation, used_at=now))
    joined = OtherCopy(message.sender, reply.keys, now, invitation.person_id, invitation.number)
    stored.save_other_copy(connection, joined)
    return Changes.PEOPLE


def _take_pack(connection: Connection, message: Message, own: OwnCopy, now: datetime) -> Changes:
    sender = stored.other_copy(connection, message.sender)
    office = schemes.office(connection)
    if own.person_id is None or sender is None or sender.person_id is not None or office is None:
        raise MessageError(STRANGER)
    pack = decoded(message.content, Pack)
    me = next((person for person in pack.people if person.id == own.person_id), None)
    if pack.office.id != office.id or me is None:
        raise MessageError(ALTERED)
    if message.number < outbox.last_number(connection, message.sender, MessageKind.PACK):
        return Changes.NONE  # a later one came first
    packs.take_over(connection, pack, me.name, now)
    return Changes.EVERYTHING


def _take_report(connection: Connection, message: Message, own: OwnCopy, now: datetime) -> Changes:
    sender = stored.other_copy(connection, message.sender)
    if own.person_id is not None or sender is None or sender.person_id is None:
        raise MessageError(STRANGER)
    report = decoded(message.content, HandedReport)
    before = inbox.report(connection, report.id)
    is_theirs = sender.person_id in (*report.last.visitors, *report.last.observers)
    if not is_theirs or (before is not None and before.person_id != sender.person_id):
        raise MessageError(ALTERED)
    if before is not None and before.report.revision >= report.revision:
        return Changes.NONE  # a later state of it came first
    received = before or InboxReport(report, sender.person_id, now)
    inbox.save(
        connection,
        replace(received, report=report, received_at=now, state=InboxState.WAITING, question=""),
    )
    return Changes.INBOX


def _take_receipt(connection: Connection, message: Message, own: OwnCopy, now: datetime) -> Changes:
    receipt = decoded(message.content, Receipt)
    outbox.acknowledge(connection, message.sender, receipt.message_ids, now)
    newest = outbox.last_number(connection, message.sender, MessageKind.RECEIPT)
    if own.person_id is None or message.number < newest:
        return Changes.NONE
    own_reports = {editions[0]: editions for editions, _ in inbox.chains(connection)}
    for answer in receipt.reports:
        if answer.report_id in own_reports:
            visit = visits.visit(connection, answer.report_id)
            assert visit is not None
            inbox.save_answer(connection, visit.scheme_id, answer)
    return Changes.INBOX


_TAKERS: Mapping[MessageKind, Callable[[Connection, Message, OwnCopy, datetime], Changes]] = {
    MessageKind.REPLY: _take_reply,
    MessageKind.PACK: _take_pack,
    MessageKind.REPORT: _take_report,
    MessageKind.RECEIPT: _take_receipt,
}
