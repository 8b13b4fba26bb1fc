"""Reports on their way from a visitor's copy to the office, and what is known of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from visitapp.domain.changes import Changes
from visitapp.domain.exchange.messages import ALTERED, MessageError, MessageKind
from visitapp.domain.moment import uk_time
from visitapp.domain.office.people import Person
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.text.wording import day_of_month, number_of


@dataclass(frozen=True, slots=True)
class HandedReport:
    """All editions of one report as they stand in the copy they were signed in, the first one
    first. `revision` grows with each signing, withdrawal and answer, so that a later state of a
    report is never lost to an earlier one. `answer` is to the office's last question."""

    revision: int
    editions: tuple[Visit, ...]
    answer: str = ""

    def __post_init__(self) -> None:
        if not self.editions or self.revision < 1:
            raise MessageError(ALTERED)
        first = self.editions[0]
        for edition in self.editions:
            if edition.report is None or edition.locked_at is None or edition.batch_id is not None:
                raise MessageError(ALTERED)
            if (edition.ref, edition.scheme_id) != (first.ref, first.scheme_id):
                raise MessageError(ALTERED)
        if first.replaces_id is not None or any(
            later.replaces_id != earlier.id or earlier.state is not State.WITHDRAWN
            for earlier, later in pairwise(self.editions)
        ):
            raise MessageError(ALTERED)

    @property
    def id(self) -> UUID:
        """That of the first edition, which names the report whatever becomes of it."""
        return self.editions[0].id

    @property
    def last(self) -> Visit:
        """The edition that stands."""
        return self.editions[-1]

    def edition_ids(self) -> tuple[UUID, ...]:
        """Those of its editions, the first one first."""
        return tuple(edition.id for edition in self.editions)

    def goes_on_from(self, before: "HandedReport") -> bool:
        """Whether it has each edition of an earlier state of the same report: two copies of one
        visitor may have amended it without knowing of each other."""
        ids = before.edition_ids()
        return self.edition_ids()[: len(ids)] == ids

    def people_ids(self) -> set[UUID]:
        """Everybody whom one of its editions names."""
        return {person_id for edition in self.editions for person_id in edition.people_ids()}


@dataclass(frozen=True, slots=True)
class ReturnedReport:
    """A report on its way back to a new copy of its visitor. `people` are the names of all in it:
    who has left since, or is on leave, is not in the office's settings for that copy."""

    report: HandedReport
    people: tuple[Person, ...]


class InboxState(StrEnum):
    """What the office has decided about a report; one that is accepted counts."""

    WAITING = "waiting"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class InboxReport:
    """A report in the office's inbox. `person_id` is the visitor whose copy sent it;
    `accepted_revision` is the revision that was last accepted, 0 for none."""

    report: HandedReport
    person_id: UUID
    received_at: datetime
    state: InboxState = InboxState.WAITING
    accepted_revision: int = 0
    question: str = ""
    decided_at: datetime | None = None
    decided_by: str = ""
    version: int = 1

    @property
    def id(self) -> UUID:
        """That of the report."""
        return self.report.id

    @property
    def accepted_at(self) -> datetime | None:
        """When the state that the office has was accepted; None where it was not."""
        return self.decided_at if self.state is InboxState.ACCEPTED else None


@dataclass(frozen=True, slots=True)
class ConfirmedEdition:
    """An edition that another visitor confirmed on their own copy, and when (UTC)."""

    edition_id: UUID
    person_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True)
class OfficeAnswer:
    """What the office tells a visitor's copy of one report: which revision it has, which one it
    accepted (0 for none), what it asks, who confirmed the last edition on their own copy, and
    which edition that is: a copy to which it is unknown has an edition that the office has not."""

    report_id: UUID
    scheme_id: UUID
    received_revision: int
    received_at: datetime
    accepted_revision: int = 0
    accepted_at: datetime | None = None
    question: str = ""
    asked_at: datetime | None = None
    confirmed: tuple[ConfirmedEdition, ...] = ()
    edition_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """Which messages of the other copy were taken in, and from the office what became of each
    report of that visitor."""

    message_ids: tuple[UUID, ...] = field(default=(), repr=False)
    reports: tuple[OfficeAnswer, ...] = ()


class Handover(StrEnum):
    """How far a signed report of a visitor's copy has come."""

    LOCKED = "locked"
    HANDED_OVER = "handed_over"
    RECEIVED = "received"
    ACCEPTED = "accepted"
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class HandoverState:
    """The same with the time it came about; `question` is what the office asks. `is_by_hand`: it
    was handed over as a file that somebody saved, not through the folder."""

    report_id: UUID
    stage: Handover
    at: datetime | None = None
    question: str = ""
    is_by_hand: bool = False


def handover_of(
    report_id: UUID,
    revision: int,
    put_out_at: datetime | None,
    office: OfficeAnswer | None,
    *,
    is_by_hand: bool = False,
) -> HandoverState:
    """How far a report has come whose state here is `revision`. Whatever the office said of an
    earlier revision no longer holds for this one; a question stays until it was answered by a
    later revision."""
    if office is not None and office.accepted_revision >= revision:
        return HandoverState(report_id, Handover.ACCEPTED, office.accepted_at)
    if office is not None and office.received_revision >= revision:
        if office.question:
            return HandoverState(report_id, Handover.ASKED, office.asked_at, office.question)
        return HandoverState(report_id, Handover.RECEIVED, office.received_at)
    if put_out_at is not None:
        return HandoverState(report_id, Handover.HANDED_OVER, put_out_at, is_by_hand=is_by_hand)
    return HandoverState(report_id, Handover.LOCKED)


def stage_words(state: HandoverState) -> str:
    """`Handed over`, `Saved as a file`, `Accepted`: without the time, for a narrow column."""
    if state.stage is Handover.HANDED_OVER and state.is_by_hand:
        return "Saved as a file"
    return {
        Handover.LOCKED: "Locked here",
        Handover.HANDED_OVER: "Handed over",
        Handover.RECEIVED: "Received by the office",
        Handover.ACCEPTED: "Accepted",
        Handover.ASKED: "Question asked",
    }[state.stage]


def handover_words(state: HandoverState) -> str:
    """`Handed over (12 Mar 14:30, in the folder)`, `Saved as a file 12 Mar 14:30`: more can't be
    known of a file."""
    words = stage_words(state)
    if state.stage is not Handover.HANDED_OVER:
        return words
    assert state.at is not None
    local = uk_time(state.at)
    at = f"{day_of_month(local.date())} {local:%H:%M}"
    return f"{words} {at}" if state.is_by_hand else f"{words} ({at}, in the folder)"


def revision_of(entries: int, answers: int) -> int:
    """The revision of a report with so many signings, withdrawals and returns in the ledger, and
    answers to the office."""
    return entries + answers


def inbox_order(reports: Iterable[InboxReport], grave: Iterable[UUID]) -> tuple[InboxReport, ...]:
    """Those to decide first: allegations of ill-treatment and reprisals, then the oldest."""
    first = set(grave)
    return tuple(
        sorted(
            reports, key=lambda item: (item.id not in first, item.received_at, item.report.last.ref)
        )
    )


@dataclass(frozen=True, slots=True)
class Refused:
    """A file that was left where it was, and why."""

    name: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Exchanged:
    """What one exchange did: numbers of messages by kind, and what was refused."""

    taken_in: Mapping[MessageKind, int]
    put_out: Mapping[MessageKind, int]
    refused: tuple[Refused, ...]
    changes: Changes

    @property
    def sentence(self) -> str:
        """`2 messages taken in, 1 message put out.`."""
        taken_in, put_out = sum(self.taken_in.values()), sum(self.put_out.values())
        return (
            f"{number_of(taken_in, 'message')} taken in, {number_of(put_out, 'message')} put out."
        )
