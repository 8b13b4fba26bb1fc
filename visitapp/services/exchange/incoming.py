"""What each kind of message does where it arrives. Order and repetition change nothing."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.confirming import PartnerAnswers, PartnerReport
from visitapp.domain.exchange.copies import OtherCopy, PublicKeys, office_of
from visitapp.domain.exchange.handing_over import (
    HandedReport,
    InboxReport,
    InboxState,
    Receipt,
    ReturnedReport,
)
from visitapp.domain.exchange.messages import (
    ALTERED,
    REVOKED,
    SHUT_OUT,
    STRANGER,
    SUPERSEDED,
    TOO_LONG,
    UNDECIDED,
    UNKNOWN,
    Message,
    MessageError,
    MessageKind,
    StrangerError,
)
from visitapp.domain.exchange.pack import Pack, Reply
from visitapp.domain.exchange.succession import Renewal
from visitapp.domain.following.ledger import content_digest
from visitapp.exchange.message_content import decoded
from visitapp.persistence import exchange as stored
from visitapp.persistence import (
    inbox,
    outbox,
    reducing,
    schemes,
)
from visitapp.persistence.database import Connection
from visitapp.security import copy_keys, joining_code, sealed_messages
from visitapp.services.exchange import (
    accepting,
    entered,
    packs,
    passing_on,
    renewing,
    shutting_out,
    taking_back,
)
from visitapp.services.exchange.incoming_message import IncomingMessage, Known

_MOST_REPORT_BYTES = 4 << 20
"""All editions of a report with a row for each of 100 detainees have a tenth of it."""


def take(incoming: IncomingMessage) -> Changes:
    """Take a message in. Raises MessageError where it is not of a kind that its sender may send
    here, or contradicts what is known."""
    sender = incoming.known.copy(incoming.message.sender)
    if sender is not None and sender.revoked_at is not None:
        copies = {copy.id: copy for copy in stored.other_copies(incoming.connection)}
        _must_be_about_keys(sender, incoming.message, copies)
    return _TAKERS[incoming.message.kind](incoming)


def keys_of(copies: Mapping[UUID, OtherCopy]) -> Callable[[Message], PublicKeys]:
    """What gives the keys to check a message's signature with; it raises MessageError for a
    sender that is not among `copies` or was shut out."""

    def keys(message: Message) -> PublicKeys:
        sender = copies.get(message.sender)
        if sender is not None and sender.revoked_at is not None:
            _must_be_about_keys(sender, message, copies)
        if sender is not None:
            return sender.keys
        if message.kind is MessageKind.REPLY:
            return decoded(message.content, Reply).keys
        raise StrangerError

    return keys


def _must_be_about_keys(
    sender: OtherCopy, message: Message, copies: Mapping[UUID, OtherCopy]
) -> None:
    """Raises MessageError for a message of a copy that was shut out; and for one of an office
    that has other keys now, or has shut this copy out, unless it is about that."""
    if sender.person_id is not None:
        raise MessageError(REVOKED)
    if message.kind not in (MessageKind.RENEWAL, MessageKind.SHUT_OUT):
        raise MessageError(SHUT_OUT if office_of(copies.values()) is None else SUPERSEDED)


def _take_reply(incoming: IncomingMessage) -> Changes:
    connection, now = incoming.connection, incoming.access.now()
    reply = decoded(incoming.message.content, Reply)
    invitation = stored.invitation(connection, reply.invitation_id)
    if invitation is None or incoming.own.person_id is not None:
        raise MessageError(STRANGER)
    office = copy_keys.public_keys(incoming.own)
    if not joining_code.is_proof(
        reply.proof, invitation.secret, invitation.id.bytes, office, reply.keys
    ):
        raise MessageError(ALTERED)
    if stored.other_copy(connection, incoming.message.sender) is not None:
        return Changes.NONE
    is_own = incoming.message.sender == incoming.own.id
    if is_own or not sealed_messages.can_be_sealed_to(reply.keys):
        raise MessageError(ALTERED)
    if invitation.used_at is not None:
        raise MessageError("The code of this reply was used already. Invite the person again.")
    if not invitation.is_open_at(now):
        raise MessageError(
            "The code of this reply no longer works: it was withdrawn, or its 14 days are over. "
            "Invite the person again."
        )
    stored.save_invitation(connection, replace(invitation, used_at=now))
    stored.save_other_copy(
        connection,
        OtherCopy(
            incoming.message.sender, reply.keys, now, invitation.person_id, invitation.number
        ),
    )
    if incoming.own != stored.own_copy(connection):  # invited before the keys were renewed
        renewing.tell(connection, incoming.access, incoming.own, incoming.message.sender)
    return Changes.PEOPLE


def _take_renewal(incoming: IncomingMessage) -> Changes:
    renewal = decoded(incoming.message.content, Renewal)
    if incoming.own.person_id is None:
        renewing.refuse_other_office(incoming.connection, renewal)
    incoming.receiver()
    now = incoming.access.now()
    return renewing.follow(incoming.connection, incoming.message.sender, renewal, now)


def _take_pack(incoming: IncomingMessage) -> Changes:
    connection, person_id = incoming.connection, incoming.receiver()
    office = schemes.office(connection)
    pack = decoded(incoming.message.content, Pack)
    me = next((person for person in pack.people if person.id == person_id), None)
    if office is None or pack.office.id != office.id or me is None:
        raise MessageError(ALTERED)
    if incoming.is_overtaken():
        return Changes.NONE
    packs.take_over(connection, pack, me.name, incoming.access.now())
    return Changes.EVERYTHING


def _take_report(incoming: IncomingMessage) -> Changes:
    connection, person_id, now = incoming.connection, incoming.visitor(), incoming.access.now()
    if len(incoming.message.content) > _MOST_REPORT_BYTES:
        raise MessageError(TOO_LONG)
    report = decoded(incoming.message.content, HandedReport)
    _must_be_of(report, person_id)
    _must_be_known(incoming.known, report)
    before = inbox.report(connection, report.id)
    if before is not None and before.person_id != person_id:
        raise MessageError(ALTERED)
    if before is None:
        inbox.add(connection, InboxReport(report, person_id, now))
        return Changes.INBOX
    if _is_there(before.report, report):
        return Changes.NONE
    waiting = replace(before, report=report, received_at=now, state=InboxState.WAITING, question="")
    if not report.goes_on_from(before.report):
        if before.state in (InboxState.WAITING, InboxState.ASKED):
            raise MessageError(UNDECIDED)
        waiting = replace(waiting, accepted_revision=0)  # nothing of this copy's editions
    inbox.save(connection, waiting)
    return Changes.INBOX


def _is_there(before: HandedReport, report: HandedReport) -> bool:
    """Whether a report is in the inbox already, as it is or in a later state. What became of its
    issues makes no other report of it."""
    if before.revision > report.revision:
        return before.goes_on_from(report)
    return before.revision == report.revision and _as_signed(before) == _as_signed(report)


def _as_signed(report: HandedReport) -> tuple[object, ...]:
    editions = ((edition.state, content_digest(edition)) for edition in report.editions)
    return (report.answer, report.edition_ids(), *editions)


def _take_returned(incoming: IncomingMessage) -> Changes:
    """A report that an earlier copy of the same person handed over."""
    connection, person_id = incoming.connection, incoming.receiver()
    returned = decoded(incoming.message.content, ReturnedReport)
    report = returned.report
    _must_be_of(report, person_id)
    if _revision_here(connection, report.id) is not None:
        return Changes.NONE
    if reducing.report(connection, report.id) is not None:
        return Changes.NONE  # this copy has held it for as long as it may
    passing_on.add_names(connection, returned.people)
    name = incoming.known.names({person_id})[person_id]
    accepting.accept(connection, incoming.access, report, name, instead=False)
    # what is signed next here must be later than what the office has
    missing = max(0, report.revision - (_revision_here(connection, report.id) or 0))
    inbox.save_own_answer(connection, report.id, report.last.scheme_id, report.answer, missing)
    return Changes.VISITS | Changes.INBOX


def _take_receipt(incoming: IncomingMessage) -> Changes:
    connection = incoming.connection
    receipt = decoded(incoming.message.content, Receipt)
    outbox.acknowledge(connection, incoming.sender().id, receipt.message_ids, incoming.access.now())
    if incoming.own.person_id is None or incoming.is_overtaken():
        return Changes.NONE
    incoming.receiver()
    reduced = {report.id for report in reducing.reports(connection)}
    chains = {editions[0]: editions for editions, _ in inbox.chains(connection)}
    for answer in receipt.reports:
        editions = chains.get(answer.report_id)
        is_of_this_copy = editions is None or answer.edition_id in editions
        if answer.report_id not in reduced and is_of_this_copy:
            inbox.save_answer(connection, answer)
    return Changes.INBOX


def _take_passed_on(incoming: IncomingMessage) -> Changes:
    person_id, message = incoming.receiver(), incoming.message
    content = decoded(message.content, PartnerReport)
    is_new = passing_on.take_passed_on(incoming.connection, content, message.number, person_id)
    return Changes.INBOX if is_new else Changes.NONE


def _take_answers(incoming: IncomingMessage) -> Changes:
    person_id = incoming.visitor()
    answers = decoded(incoming.message.content, PartnerAnswers)
    is_new = passing_on.take_answers(incoming.connection, answers, person_id)
    return Changes.INBOX | Changes.VISITS if is_new else Changes.NONE


def _must_be_of(report: HandedReport, person_id: UUID) -> None:
    """Raises MessageError for a report of somebody else's."""
    if person_id not in (*report.last.visitors, *report.last.observers):
        raise MessageError(ALTERED)


def _must_be_known(known: Known, report: HandedReport) -> None:
    """Raises MessageError for a report that the office could not even show."""
    for edition in report.editions:
        assert edition.report is not None
        named = edition.people_ids()
        if (
            known.scheme_of_site.get(edition.site_id) != edition.scheme_id
            or len(known.names(named)) < len(named)
            or not 1 <= edition.report.form_number <= known.newest_form(edition.scheme_id)
        ):
            raise MessageError(UNKNOWN)


def _revision_here(connection: Connection, report_id: UUID) -> int | None:
    return next(
        (number for editions, number in inbox.chains(connection) if editions[0] == report_id), None
    )


_TAKERS: Mapping[MessageKind, Callable[[IncomingMessage], Changes]] = {
    MessageKind.REPLY: _take_reply,
    MessageKind.PACK: _take_pack,
    MessageKind.REPORT: _take_report,
    MessageKind.RETURNED: _take_returned,
    MessageKind.RECEIPT: _take_receipt,
    MessageKind.ASSIGNMENT: taking_back.take_assignment,
    MessageKind.ISSUES: taking_back.take_issues,
    MessageKind.AVAILABILITY: entered.take_availability,
    MessageKind.BRIEFINGS: taking_back.take_briefings,
    MessageKind.OWN_VISITS: taking_back.take_own_visits,
    MessageKind.TO_CONFIRM: _take_passed_on,
    MessageKind.CONFIRMATION: _take_answers,
    MessageKind.RENEWAL: _take_renewal,
    MessageKind.SHUT_OUT: shutting_out.take_shut_out,
}
