"""Answers of the other visitor: in whatever order they come, the same ones stand."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, CARA, CUSTODY, make_visit
from visitapp.domain.exchange.confirming import (
    MOST_ANSWERS,
    MOST_WORDS,
    KeptPartnerReport,
    PartnerAnswer,
    PartnerAnswers,
    PartnerReport,
    Standing,
    reading_of,
    standing,
    together,
)
from visitapp.domain.exchange.handing_over import HandedReport
from visitapp.domain.exchange.messages import MessageError
from visitapp.domain.following.ledger import content_digest
from visitapp.domain.report.report import Report
from visitapp.domain.report.visit_codes import State

AT = datetime(2025, 4, 10, 12, tzinfo=UTC)
FIRST = replace(
    make_visit(date(2025, 4, 8)), ref="NOR-1", report=Report(1), locked_at=AT, state=State.WITHDRAWN
)
SECOND = replace(
    FIRST,
    id=UUID(int=7),
    replaces_id=FIRST.id,
    report=Report(1, edition=2, amended_reason="A slip"),
    state=State.LOCKED,
    summary="Calm.",
)
REPORT = HandedReport(3, (FIRST, SECOND))


def answer(edition=SECOND, person_id=BEN, words="", number=1, **changed):
    item = PartnerAnswer(
        uuid4(),
        FIRST.id,
        CUSTODY,
        edition.id,
        person_id,
        content_digest(edition),
        number,
        AT,
        words,
    )
    return replace(item, **changed)


answers = st.builds(
    answer,
    st.sampled_from([FIRST, SECOND]),
    st.sampled_from([ANNE, BEN]),
    st.sampled_from(["", "Five cells."]),
    st.integers(1, 4),
    at=st.datetimes(timezones=st.just(UTC)),
    id=st.uuids(),
)


def content(*given_answers, report=REPORT, **changed):
    revision = 3 if report is None else report.revision
    item = PartnerReport(FIRST.id, CUSTODY, ANNE, revision, report, answers=given_answers)
    return replace(item, **changed)


@given(first=st.lists(answers, max_size=6), second=st.lists(answers, max_size=6))
def test_answers_are_put_together_the_same_whatever_came_first_or_twice(first, second):
    both = together(first, second)
    assert both == together(second, first) == together(both, second) == together((), both)
    assert {item.id for item in both} == {item.id for item in (*first, *second)}


@given(items=st.lists(answers, min_size=1, max_size=8, unique_by=lambda item: item.id))
def test_of_each_visitor_the_answer_with_the_highest_number_stands(items):
    stands = standing(items, SECOND)
    assert stands == standing(items[::-1], SECOND)
    for person_id, stood in stands.items():
        about = [
            item for item in items if item.person_id == person_id and item.edition_id == SECOND.id
        ]
        assert stood in about
        assert stood.number == max(item.number for item in about)


def test_only_exactly_this_edition_by_a_visitor_of_it_counts():
    sound = answer()
    assert standing([sound], SECOND) == {BEN: sound}
    for wrong in (
        answer(FIRST),
        replace(sound, digest="ab" * 32),
        replace(sound, person_id=CARA),
        replace(sound, digest=content_digest(FIRST)),
    ):
        assert standing([wrong], SECOND) == {}
    assert standing([sound], replace(SECOND, summary="Loud.")) == {}
    assert standing([sound], replace(SECOND, state=State.WITHDRAWN)) == {BEN: sound}


@pytest.mark.parametrize(
    ("given_answers", "expected", "before"),
    [
        ((), Standing.TO_CONFIRM, None),
        ((answer(FIRST),), Standing.TO_CONFIRM_AGAIN, FIRST),
        ((answer(FIRST), answer(SECOND, number=2)), Standing.CONFIRMED, FIRST),
        ((answer(SECOND, words="Five cells."),), Standing.DISPUTED, None),
        ((answer(SECOND), answer(SECOND, words="No.", number=2)), Standing.DISPUTED, None),
        ((answer(SECOND, words="No."), answer(SECOND, number=2)), Standing.CONFIRMED, None),
        ((answer(SECOND, person_id=ANNE),), Standing.TO_CONFIRM, None),
    ],
)
def test_what_a_report_of_another_waits_for(given_answers, expected, before):
    reading = reading_of(content(*given_answers), BEN)
    assert (reading.standing, reading.before, reading.edition) == (expected, before, SECOND)
    assert reading.waits == (expected in (Standing.TO_CONFIRM, Standing.TO_CONFIRM_AGAIN))


def test_a_withdrawn_report_waits_for_nothing_and_one_of_others_is_not_read():
    gone = HandedReport(4, (FIRST, replace(SECOND, state=State.WITHDRAWN)))
    reading = reading_of(content(report=gone), BEN)
    assert (reading.standing, reading.waits) == (Standing.WITHDRAWN, False)
    assert reading_of(content(report=None), BEN) is None


@given(
    states=st.lists(
        st.tuples(st.integers(1, 4), st.booleans(), st.integers(1, 9)), min_size=1, unique=True
    ),
    order=st.randoms(),
)
def test_the_latest_state_of_a_report_stays_whatever_comes_last(states, order):
    def kept(revision, is_accepted, number):
        report = HandedReport(revision, REPORT.editions)
        accepted_at = AT if is_accepted else None
        item = content(report=report, accepted_at=accepted_at)
        return KeptPartnerReport(item, number)

    order.shuffle(states)
    last = kept(*states[0])
    for state in states[1:]:
        new = kept(*state)
        if last.is_overtaken_by(new.content, new.number):
            last = new
    assert last == kept(*max(states))
    assert not last.is_overtaken_by(last.content, last.number)


def test_answers_beyond_all_bounds_are_refused():
    sound = answer(words="x" * MOST_WORDS)
    for number in (1, MOST_ANSWERS):
        assert PartnerAnswers((sound,) * number).answers == (sound,) * number
    for wrong in (
        (),
        (sound,) * (MOST_ANSWERS + 1),
        (answer(words="x" * (MOST_WORDS + 1)),),
        (answer(number=0),),
        (answer(digest="x" * 65),),
    ):
        with pytest.raises(MessageError):
            PartnerAnswers(wrong)


def test_a_report_that_contradicts_its_envelope_is_refused():
    for changed in ({"report_id": uuid4()}, {"revision": 4}, {"scheme_id": uuid4()}):
        with pytest.raises(MessageError):
            content(**changed)
    with pytest.raises(MessageError):
        content(replace(answer(), report_id=uuid4()))
    assert content(accepted_at=AT + timedelta(1)).accepted_at > AT
