"""What each kind of message does where it arrives. Order and repetition change nothing."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.confirming import PartnerAnswers, PartnerReport
from visitapp.domain.exchange.copies import OtherCopy, OwnCopy, PublicKeys
from visitapp.domain.exchange.given_back import Assignments, FollowedIssues
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
from visitapp.persistence import (
    assigned,
    forms,
    inbox,
    issues,
    ledger,
    outbox,
    people,
    reducing,
    schemes,
)
from visitapp.persistence import exchange as stored
from visitapp.persistence.database import Connection
from visitapp.security import copy_keys, joining_code, sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import accepting, packs, passing_on, renewing

_MOST_REPORT_BYTES = 4 << 20
"""All editions of a report with a row for each of 100 detainees have a tenth of it."""


class Known:
    """What messages are looked up in, read once for all that are taken in together."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._copies: dict[UUID, OtherCopy] = {}
        self._names: dict[UUID, str] = {}
        self._newest_forms: dict[UUID, int] = {}
        self._numbers: dict[tuple[UUID, MessageKind], int] = {}

    def copy(self, copy_id: UUID) -> OtherCopy | None:
        """Another copy, even one that joined by an earlier message."""
        copy = self._copies.get(copy_id) or stored.other_copy(self._connection, copy_id)
        if copy is not None:
            self._copies[copy_id] = copy
        return copy

    def names(self, ids: set[UUID]) -> dict[UUID, str]:
        """The names of some people; who is not in the register is left out."""
        if missing := ids - self._names.keys():
            self._names |= people.names(self._connection, missing)
        return {person_id: self._names[person_id] for person_id in ids & self._names.keys()}

    @cached_property
    def scheme_of_site(self) -> dict[UUID, UUID]:
        """The scheme of each site."""
        return {site.id: site.scheme_id for site in schemes.sites(self._connection)}

    def newest_form(self, scheme_id: UUID) -> int:
        """The number of a scheme's last form."""
        if scheme_id not in self._newest_forms:
            self._newest_forms[scheme_id] = forms.newest(self._connection, scheme_id) or 1
        return self._newest_forms[scheme_id]

    def last_number(self, message: Message) -> int:
        """The highest number of the messages of a kind that came from a copy; 0 for none."""
        key = message.sender, message.kind
        if key not in self._numbers:
            self._numbers[key] = outbox.last_number(self._connection, *key)
        return self._numbers[key]

    def note(self, message: Message) -> None:
        """A message was taken in."""
        key = message.sender, message.kind
        if key in self._numbers:
            self._numbers[key] = max(self._numbers[key], message.number)


@dataclass(frozen=True, slots=True)
class IncomingMessage:
    """A message whose signature was checked, in the copy it is for."""

    connection: Connection
    access: Access
    own: OwnCopy
    message: Message
    known: Known

    def sender(self) -> OtherCopy:
        """Whose message it is. Raises MessageError for a reply of somebody new."""
        sender = self.known.copy(self.message.sender)
        if sender is None:
            raise MessageError(STRANGER)
        return sender

    def visitor(self) -> UUID:
        """The visitor who sent it to the office. Raises MessageError for anything else."""
        person_id = self.sender().person_id
        if self.own.person_id is not None or person_id is None:
            raise MessageError(STRANGER)
        return person_id

    def receiver(self) -> UUID:
        """The visitor to whom the office sent it. Raises MessageError for anything else."""
        if self.own.person_id is None or self.sender().person_id is not None:
            raise MessageError(STRANGER)
        return self.own.person_id

    def is_overtaken(self) -> bool:
        """Whether a later message of the same kind came before it."""
        return self.message.number < self.known.last_number(self.message)


def take(incoming: IncomingMessage) -> Changes:
    """Take a message in. Raises MessageError where it is not of a kind that its sender may send
    here, or contradicts what is known."""
    sender = incoming.known.copy(incoming.message.sender)
    if sender is not None and sender.revoked_at is not None:
        _must_be_renewal(sender, incoming.message)
    return _TAKERS[incoming.message.kind](incoming)


def keys_of(copies: Mapping[UUID, OtherCopy]) -> Callable[[Message], PublicKeys]:
    """What gives the keys to check a message's signature with; it raises MessageError for a
    sender that is not among `copies` or was shut out."""

    def keys(message: Message) -> PublicKeys:
        sender = copies.get(message.sender)
        if sender is not None and sender.revoked_at is not None:
            _must_be_renewal(sender, message)
        if sender is not None:
            return sender.keys
        if message.kind is MessageKind.REPLY:
            return decoded(message.content, Reply).keys
        raise StrangerError

    return keys


def _must_be_renewal(sender: OtherCopy, message: Message) -> None:
    """Raises MessageError for a message of a copy that was shut out, and of an office that has
    other keys now unless it is about those."""
    if sender.person_id is not None:
        raise MessageError(REVOKED)
    if message.kind is not MessageKind.RENEWAL:
        raise MessageError(SUPERSEDED)


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


def _take_assignment(incoming: IncomingMessage) -> Changes:
    incoming.receiver()
    assignments = decoded(incoming.message.content, Assignments)
    if incoming.is_overtaken():
        return Changes.NONE
    assigned.replace_all(incoming.connection, assignments.visits)
    assigned.replace_draws(incoming.connection, assignments.draws)
    return Changes.PLANS


def _take_issues(incoming: IncomingMessage) -> Changes:
    incoming.receiver()
    connection, access = incoming.connection, incoming.access
    by, limits = incoming.access.actor.name, schemes.schemes(connection)
    for followed in decoded(incoming.message.content, FollowedIssues).issues:
        line = issues.line(connection, followed.issue_id, limits, access.today())
        there = issues.steps(connection, [followed.issue_id]).get(followed.issue_id, ())
        if line is None or followed.steps[: len(there)] != there:
            continue  # not in this copy yet, or a later message came before
        issue, new = line.issue, followed.steps[len(there) :]
        if not new:
            continue
        issues.set_state(connection, issue, issue.version, followed.status, followed.closed_on)
        issues.add_steps(connection, line.scheme_id, issue.id, new, len(there))
        state = replace(issue, status=followed.status, closed_on=followed.closed_on)
        entry = ledger.issue_went_on(state, followed.steps, line.scheme_id, by, access.now())
        ledger.append(connection, [entry])
    return Changes.ISSUES | Changes.VISITS


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
    MessageKind.ASSIGNMENT: _take_assignment,
    MessageKind.ISSUES: _take_issues,
    MessageKind.TO_CONFIRM: _take_passed_on,
    MessageKind.CONFIRMATION: _take_answers,
    MessageKind.RENEWAL: _take_renewal,
}
