"""A report on its way to the office: what holds together as one, and how far it has come."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, CARA, make_visit
from visitapp.domain.changes import Changes
from visitapp.domain.exchange.handing_over import (
    Exchanged,
    HandedReport,
    Handover,
    HandoverState,
    InboxReport,
    InboxState,
    OfficeAnswer,
    handover_of,
    handover_words,
    inbox_order,
    revision_of,
    stage_words,
)
from visitapp.domain.exchange.messages import MessageError, MessageKind
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit import Visit
from visitapp.domain.report.visit_codes import State

AT = datetime(2025, 7, 12, 13, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
FIRST = replace(
    make_visit(date(2025, 7, 8)), ref="NOR-1", report=Report(1), locked_at=AT, state=State.WITHDRAWN
)
SECOND = replace(FIRST, id=UUID(int=7), replaces_id=FIRST.id, visitors=(ANNE, CARA))
THIRD = replace(SECOND, id=UUID(int=8), replaces_id=SECOND.id, state=State.LOCKED)
EDITIONS = (FIRST, SECOND, THIRD)


def test_editions_that_follow_each_other_are_one_report() -> None:
    report = HandedReport(1, EDITIONS)
    assert (report.id, report.last) == (FIRST.id, THIRD)
    assert report.edition_ids() == (FIRST.id, SECOND.id, THIRD.id)
    assert report.people_ids() == {ANNE, BEN, CARA}
    withdrawn = replace(THIRD, state=State.WITHDRAWN)
    assert HandedReport(1, (FIRST, SECOND, withdrawn)).last == withdrawn


@pytest.mark.parametrize(
    "editions",
    [
        (),
        (SECOND, THIRD),
        (FIRST, THIRD),
        (replace(FIRST, state=State.LOCKED), SECOND),
        (FIRST, replace(SECOND, ref="NOR-2"), THIRD),
        (FIRST, replace(SECOND, scheme_id=uuid4()), THIRD),
        (replace(FIRST, report=None), SECOND),
        (FIRST, replace(SECOND, report=None), THIRD),
        (FIRST, replace(SECOND, locked_at=None), THIRD),
        (FIRST, replace(SECOND, batch_id=uuid4()), THIRD),
        (FIRST, replace(SECOND, replaces_id=None), THIRD),
    ],
)
def test_editions_that_do_not_follow_each_other_are_refused(editions: tuple[Visit, ...]) -> None:
    with pytest.raises(MessageError):
        HandedReport(1, editions)


def test_a_revision_counts_from_the_first_signing() -> None:
    assert HandedReport(1, EDITIONS).revision == 1
    with pytest.raises(MessageError):
        HandedReport(0, EDITIONS)
    assert revision_of(3, 2) == 5


def test_a_report_goes_on_from_an_earlier_state_that_it_holds_whole() -> None:
    whole, before = HandedReport(3, EDITIONS), HandedReport(2, EDITIONS[:2])
    beside = HandedReport(3, (FIRST, replace(SECOND, id=UUID(int=9))))
    assert whole.goes_on_from(before)
    assert whole.goes_on_from(whole)
    assert not before.goes_on_from(whole)
    assert not whole.goes_on_from(beside)
    assert not beside.goes_on_from(before)


def office(received: int, accepted: int = 0, question: str = "") -> OfficeAnswer:
    return OfficeAnswer(
        FIRST.id,
        FIRST.scheme_id,
        received,
        AT + HOUR,
        accepted,
        AT + 2 * HOUR,
        question,
        AT + 3 * HOUR,
    )


@pytest.mark.parametrize(
    ("put_out_at", "answer", "stage", "at"),
    [
        (None, None, Handover.LOCKED, None),
        (AT, None, Handover.HANDED_OVER, AT),
        (AT, office(2), Handover.HANDED_OVER, AT),
        (None, office(2, 2, "Which cell?"), Handover.LOCKED, None),
        (AT, office(3), Handover.RECEIVED, AT + HOUR),
        (AT, office(3, 2), Handover.RECEIVED, AT + HOUR),
        (None, office(4), Handover.RECEIVED, AT + HOUR),
        (AT, office(3, 2, "Which cell?"), Handover.ASKED, AT + 3 * HOUR),
        (AT, office(3, 3), Handover.ACCEPTED, AT + 2 * HOUR),
        (AT, office(4, 4, "Which cell?"), Handover.ACCEPTED, AT + 2 * HOUR),
    ],
)
def test_a_report_has_come_as_far_as_the_office_says_of_this_revision(
    put_out_at: datetime | None, answer: OfficeAnswer | None, stage: Handover, at: datetime | None
) -> None:
    state = handover_of(FIRST.id, 3, put_out_at, answer)
    assert (state.report_id, state.stage, state.at) == (FIRST.id, stage, at)
    assert state.question == ("Which cell?" if stage is Handover.ASKED else "")


@given(
    revision=st.integers(1, 5),
    received=st.integers(1, 5),
    accepted=st.integers(0, 5),
    asks=st.booleans(),
)
def test_a_later_revision_has_never_come_further(
    revision: int, received: int, accepted: int, asks: bool
) -> None:
    answer = office(received, min(accepted, received), "Which cell?" if asks else "")
    order = [
        Handover.HANDED_OVER, Handover.RECEIVED, Handover.ASKED, Handover.ACCEPTED,
    ]  # fmt: skip
    now, later = (
        order.index(handover_of(FIRST.id, number, AT, answer).stage)
        for number in (revision, revision + 1)
    )
    assert later <= now


def test_only_what_was_handed_over_is_said_to_be_a_file_with_its_time() -> None:
    def state(stage: Handover, *, is_by_hand: bool) -> HandoverState:
        return HandoverState(FIRST.id, stage, AT, is_by_hand=is_by_hand)

    assert handover_of(FIRST.id, 1, AT, None).is_by_hand is False
    assert handover_of(FIRST.id, 1, AT, None, is_by_hand=True).is_by_hand
    folder, file = (state(Handover.HANDED_OVER, is_by_hand=by_hand) for by_hand in (False, True))
    assert (stage_words(folder), stage_words(file)) == ("Handed over", "Saved as a file")
    assert handover_words(folder) == "Handed over (12 Jul 14:30, in the folder)"
    assert handover_words(file) == "Saved as a file 12 Jul 14:30"
    for stage, words in (
        (Handover.LOCKED, "Locked here"),
        (Handover.RECEIVED, "Received by the office"),
        (Handover.ACCEPTED, "Accepted"),
        (Handover.ASKED, "Question asked"),
    ):
        for is_by_hand in (False, True):
            assert handover_words(state(stage, is_by_hand=is_by_hand)) == words


def in_inbox(report_id: int, received_at: datetime = AT, ref: str = "NOR-1") -> InboxReport:
    edition = replace(FIRST, id=UUID(int=report_id), state=State.LOCKED, ref=ref)
    return InboxReport(HandedReport(1, (edition,)), ANNE, received_at)


def test_allegations_are_decided_first_then_the_oldest_report() -> None:
    reports = (in_inbox(4, AT, "NOR-1"), in_inbox(3, AT, "NOR-2"), in_inbox(2, AT + HOUR))
    grave = in_inbox(1, AT + 2 * HOUR)
    for shuffled in ((*reports, grave), (grave, *reversed(reports))):
        assert inbox_order(shuffled, [grave.id]) == (grave, *reports)
    assert inbox_order((grave, *reports), iter(())) == (*reports, grave)


def test_only_a_report_that_stands_accepted_has_a_time_of_that() -> None:
    report = in_inbox(1)
    assert (report.id, report.accepted_revision, report.version) == (UUID(int=1), 0, 1)
    for state in InboxState:
        decided = replace(report, state=state, decided_at=AT)
        assert decided.accepted_at == (AT if state is InboxState.ACCEPTED else None)


def test_an_exchange_counts_messages_of_all_kinds() -> None:
    exchanged = Exchanged(
        {MessageKind.REPORT: 1, MessageKind.RECEIPT: 1}, {MessageKind.PACK: 1}, (), Changes.NONE
    )
    assert exchanged.sentence == "2 messages taken in, 1 message put out."
