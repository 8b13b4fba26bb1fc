"""What is to be sent to other copies: written again only if something has changed."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from random import Random
from uuid import UUID, uuid4

from visitapp.domain.exchange.confirming import PartnerAnswer
from visitapp.domain.exchange.copies import OtherCopy, OwnCopy
from visitapp.domain.exchange.given_back import (
    AssignedVisit,
    Assignments,
    FollowedIssue,
    FollowedIssues,
    GivenDraw,
)
from visitapp.domain.exchange.handing_over import (
    HandedReport,
    InboxReport,
    InboxState,
    OfficeAnswer,
    Receipt,
    ReturnedReport,
    revision_of,
)
from visitapp.domain.exchange.messages import LastMessage, Message, MessageKind, OutMessage
from visitapp.domain.plan.pair_moments import PairDraw
from visitapp.domain.plan.planned import PlannedVisit
from visitapp.exchange.message_content import encoded
from visitapp.persistence import confirming, inbox, outbox, pair_draws, succession, visits
from visitapp.persistence import exchange as stored
from visitapp.persistence import issues as stored_issues
from visitapp.persistence.database import Connection
from visitapp.security import sealed_messages
from visitapp.services.access import Access
from visitapp.services.exchange import packs, renewing
from visitapp.services.exchange.entered import availability_due
from visitapp.services.exchange.own_counts import OwnCounts
from visitapp.services.exchange.passing_on import (
    DroppedMessage,
    DueMessage,
    PassedOn,
    answers_due,
    confirmed_editions,
    names_in,
)
from visitapp.services.plan.assignments import handed_out
from visitapp.services.plan.freezing import freeze_due, world_to_come

_READ_AT_ONCE = 100
_MOST_ACKNOWLEDGED = 1000
"""Messages named in a receipt. Nobody has as many that are not acknowledged yet."""


@dataclass(frozen=True, slots=True)
class Written:
    """Messages for one copy, not stored yet: `before` are the ids of those whose place they take,
    `outdated` the names of files that nobody needs any more."""

    other: OtherCopy
    messages: tuple[OutMessage, ...]
    before: tuple[UUID, ...]
    outdated: tuple[str, ...]


def write_due(access: Access, own: OwnCopy, random: Random) -> list[str]:
    """Write every message that is due; the names of files that others took the place of. In the
    office, what pairs draw from is frozen first; `random` draws what can't be left to them any
    more.

    Messages are sealed before the write begins, so that a draft's save doesn't wait for it. A copy
    that was changed meanwhile, e.g. shut out, waits for the next time.
    """
    if own.person_id is None:
        freeze_due(access, random)
    with access.database.reading() as connection:
        due = _due(connection, access, own)
        was_renewed = own.person_id is None and bool(succession.earlier_keys(connection))
    if not due and not was_renewed:
        return []
    outdated: list[str] = []
    with access.database.transaction() as connection:
        if was_renewed:
            outdated += renewing.tidy(connection, access.now())
        versions = {copy.id: copy.version for copy in stored.other_copies(connection)}
        for written in due:
            if versions.get(written.other.id) == written.other.version:
                stored.save_other_copy(connection, written.other)
                outbox.replace_messages(connection, written.before, written.messages)
                outdated += written.outdated
    return outdated


def _due(connection: Connection, access: Access, own: OwnCopy) -> list[Written]:
    due = []
    on_plan = _HandedOut() if own.person_id else _on_plan(connection, access.today())
    passed_on = None if own.person_id else PassedOn(connection, access.now())
    own_counts = None if own.person_id else OwnCounts(connection, access.today())
    for other in stored.other_copies(connection):
        if not _is_written_to(connection, own, other):
            continue
        writer = _Writer(connection, access, own, other, on_plan)
        if passed_on is not None and own_counts is not None:
            assert other.person_id is not None
            _write_for_visitor(writer, passed_on)
            writer.write_all(own_counts.due(other.person_id, other.id, writer.lasts))
            availability = availability_due(connection, other.person_id, other.id, from_office=True)
            writer.write_all(availability)
            writer.write_all(passed_on.due(other.person_id))
        else:
            _write_reports(writer)
            writer.write_all(answers_due(connection))
            if own.person_id is not None:
                entered = availability_due(connection, own.person_id, other.id, from_office=False)
                writer.write_all(entered)
        _write_receipt(writer)
        if writer.has_changes:
            due.append(writer.written())
    return due


def _is_written_to(connection: Connection, own: OwnCopy, other: OtherCopy) -> bool:
    """Whether a copy is sent anything else than the office's new keys."""
    if other.revoked_at is not None or other.person_id is own.person_id is None:
        return False
    return own.person_id is not None or not outbox.pending_renewals(connection, other.id)


class _Writer:
    """Writes messages to one copy."""

    def __init__(
        self,
        connection: Connection,
        access: Access,
        own: OwnCopy,
        other: OtherCopy,
        on_plan: "_HandedOut",
    ) -> None:
        self.connection, self.access, self.own = connection, access, own
        self.other, self.handed_out = other, on_plan
        self.lasts = outbox.lasts(connection, other.id)
        self.messages: list[OutMessage] = []
        self._before: list[LastMessage] = []

    def write(
        self, kind: MessageKind, subject_id: UUID, digest: str, content: Callable[[], bytes]
    ) -> None:
        """Write a message, unless the last one about the same subject has this digest."""
        last = self.lasts.get((kind, subject_id))
        if last is not None:
            if last.digest == digest:
                return
            self._before.append(last)
        now, number = self.access.now(), self.other.sent + len(self.messages) + 1
        message = Message(uuid4(), kind, self.own.id, now, number, content())
        file = sealed_messages.seal(message, self.own, self.other.keys)
        self.messages.append(
            OutMessage(message.id, self.other.id, kind, subject_id, number, digest, file, now)
        )

    def drop(self, kind: MessageKind, subject_id: UUID) -> None:
        """Take back the last message about a subject, unless it has come already."""
        last = self.lasts.get((kind, subject_id))
        if last is not None and not last.is_acknowledged:
            self._before.append(last)

    @property
    def has_changes(self) -> bool:
        """Whether anything was written or taken back."""
        return bool(self.messages or self._before)

    def written(self) -> Written:
        """All of them."""
        return Written(
            replace(self.other, sent=self.other.sent + len(self.messages)),
            tuple(self.messages),
            tuple(last.id for last in self._before),
            tuple(last.name for last in self._before if last.name and not last.is_acknowledged),
        )

    def write_all(self, messages: Iterable[DueMessage | DroppedMessage]) -> None:
        """Write each of these whose digest is another than that of the last one, or take it
        back."""
        for due in messages:
            if isinstance(due, DroppedMessage):
                self.drop(due.kind, due.subject_id)
            else:
                self.write(due.kind, due.subject_id, due.digest, due.content)


def _write_for_visitor(writer: _Writer, passed_on: PassedOn) -> None:
    assert writer.other.person_id is not None
    pack = packs.pack_for(writer.connection, writer.other.person_id, writer.access.today())
    lasting = encoded(replace(pack, as_of=date.min))
    digest = hashlib.sha256(lasting).hexdigest()
    writer.write(MessageKind.PACK, writer.other.id, digest, lambda: encoded(pack))
    reports = inbox.reports(writer.connection, writer.other.person_id)
    held = {item.id: item for item in reports if not passed_on.is_past(item)}
    there = [item for item in held.values() if _is_there(writer, item)]
    _write_given_back(writer, writer.other.person_id, there)
    for item in reports:
        if item.id not in held:
            writer.drop(MessageKind.RETURNED, item.id)
        elif _is_earlier(writer, item):
            content = partial(_returned, writer.connection, item.report)
            writer.write(MessageKind.RETURNED, item.id, str(item.report.revision), content)


def _is_earlier(writer: _Writer, item: InboxReport) -> bool:
    """Whether an earlier copy of the visitor sent a report, so that this one is given it back."""
    return item.received_at < writer.other.joined_at


def _is_there(writer: _Writer, item: InboxReport) -> bool:
    """Whether a visitor's copy has a report, as far as is known: what became of the issues in it
    would be lost if it came first."""
    last = writer.lasts.get((MessageKind.RETURNED, item.id))
    return not _is_earlier(writer, item) or (last is not None and last.is_acknowledged)


def _returned(connection: Connection, report: HandedReport) -> bytes:
    return encoded(ReturnedReport(report, names_in(connection, report)))


def _write_given_back(writer: _Writer, person_id: UUID, reports: Sequence[InboxReport]) -> None:
    """The visits that the visitor is to make, and what became of issues they raised in reports
    that their copy still holds."""
    connection = writer.connection
    accepted = [item.report.last.id for item in reports if item.accepted_revision]
    assignments = Assignments(
        tuple(
            AssignedVisit(
                visit.id,
                visit.scheme_id,
                visit.site_id,
                visit.span,
                partner_id,
                visit.is_of_pair,
                visit.is_stood_down and visit.span.start <= writer.handed_out.today,
            )
            for visit in writer.handed_out.visits
            if person_id in visit.pair
            for partner_id in visit.pair
            if partner_id != person_id
        ),
        tuple(_given_draws(writer)),
    )
    followed = FollowedIssues(
        tuple(
            FollowedIssue(issue.id, issue.status, issue.closed_on, steps)
            for visit in visits.visits(connection, accepted)
            for issue in visit.issues
            if (steps := stored_issues.steps(connection, [issue.id]).get(issue.id))
        )
    )
    for kind, value in ((MessageKind.ASSIGNMENT, assignments), (MessageKind.ISSUES, followed)):
        content = encoded(value)
        digest = hashlib.sha256(content).hexdigest()
        is_first = (kind, writer.other.id) not in writer.lasts
        if is_first and value in (Assignments(()), FollowedIssues(())):
            continue
        writer.write(kind, writer.other.id, digest, partial(bytes, content))


@dataclass(frozen=True, slots=True)
class _HandedOut:
    """The visits that pairs are to make, and what is frozen for those that they draw themselves;
    `copies` by id."""

    visits: tuple[PlannedVisit, ...] = ()
    draws: tuple[PairDraw, ...] = ()
    copies: Mapping[UUID, OtherCopy] = field(default_factory=dict)
    today: date = date.min


def _on_plan(connection: Connection, today: date) -> _HandedOut:
    world = world_to_come(connection, today)
    if world is None:
        return _HandedOut()
    return _HandedOut(
        tuple(sorted(handed_out(world), key=lambda visit: (visit.span, visit.id))),
        tuple(pair_draws.draws(connection)),
        {copy.id: copy for copy in world.copies.values()},
        today,
    )


def _given_draws(writer: _Writer) -> Iterator[GivenDraw]:
    """What this copy is to draw from, each with the keys of the partner's."""
    on_plan, copy_id = writer.handed_out, writer.other.id
    for draw in on_plan.draws:
        if copy_id in draw.copies and set(draw.copies) <= set(on_plan.copies):
            at = 1 - draw.copies.index(copy_id)
            yield GivenDraw(
                id=draw.id,
                scheme_id=draw.scheme_id,
                site_id=draw.site_id,
                span=draw.span,
                partner_id=draw.pair[at],
                partner_keys=on_plan.copies[draw.copies[at]].keys,
                frozen_on=draw.frozen_on,
                inputs=draw.inputs,
            )


def _write_reports(writer: _Writer) -> None:
    connection = writer.connection
    answers = inbox.own_answers(connection)
    due = []
    for editions, events in inbox.chains(connection):
        answer, number = answers.get(editions[0], ("", 0))
        revision = revision_of(events, number)
        last = writer.lasts.get((MessageKind.REPORT, editions[0]))
        if last is None or last.digest != str(revision):
            due.append((editions, revision, answer))
    for at in range(0, len(due), _READ_AT_ONCE):
        some = due[at : at + _READ_AT_ONCE]
        ids = [edition for editions, _, _ in some for edition in editions]
        by_id = {visit.id: visit for visit in visits.visits(connection, ids)}
        for editions, revision, answer in some:
            report = HandedReport(revision, tuple(map(by_id.__getitem__, editions)), answer)
            content = partial(encoded, report)
            writer.write(MessageKind.REPORT, report.id, str(revision), content)


def _write_receipt(writer: _Writer) -> None:
    ids = outbox.taken_in(writer.connection, writer.other.id, _MOST_ACKNOWLEDGED)
    person_id = writer.other.person_id
    reports = inbox.reports(writer.connection, person_id) if person_id else []
    answers = confirming.answers(writer.connection, [report.id for report in reports])
    receipt = Receipt(ids, tuple(_answer(report, answers) for report in reports))
    has_new_keys = person_id is None and writer.other.number > 0
    if receipt == Receipt() and not has_new_keys:  # the office must come to know who follows
        return
    content = encoded(receipt)
    digest = hashlib.sha256(content).hexdigest()
    writer.write(MessageKind.RECEIPT, writer.other.id, digest, lambda: content)


def _answer(item: InboxReport, answers: Mapping[UUID, tuple[PartnerAnswer, ...]]) -> OfficeAnswer:
    is_asked = item.state is InboxState.ASKED
    return OfficeAnswer(
        item.id,
        item.report.last.scheme_id,
        item.report.revision,
        item.received_at,
        item.accepted_revision,
        item.accepted_at,
        item.question if is_asked else "",
        item.decided_at if is_asked else None,
        confirmed_editions(answers, item),
        item.report.last.id,
    )
