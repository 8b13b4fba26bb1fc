"""Requests of detainees: what is typed, what is stored, and what is read of older reports."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_visit
from visitapp.domain.draft.report_texts import texts
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answers import answered_of, row_facts
from visitapp.domain.report.copies import Shortener
from visitapp.domain.report.form import Form, FormSection, Question, RowGroup, applying
from visitapp.domain.report.form_changes import with_changed, with_question, without
from visitapp.domain.report.kinds import Option
from visitapp.domain.report.report import ReportRow
from visitapp.domain.report.requests import (
    MOST_REQUESTS,
    DetaineeRequest,
    in_words,
    kinds_of,
    problem_of,
    requests_of,
    stored,
)
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.standard_requests import REQUESTS_MADE
from visitapp.domain.report.visit import OutcomeCount
from visitapp.services.office.reference import reference_form

CODES = ("BLANKET", "CALL")
LABELS = {"BLANKET": "Blanket or warmth", "CALL": "Telephone call"}
FORM = with_standard_questions(reference_form(Kind.CUSTODY))
REQUEST = {"kind": "BLANKET", "put_right": "YES", "action": "Brought by Sgt Sue Example"}


def asked(answers: dict[str, object]) -> set[str]:
    facts = row_facts(None, answers)
    return {q.key for group in FORM.row_groups for q in applying(group.questions, facts)}


@given(
    st.lists(
        st.fixed_dictionaries(
            {"kind": st.sampled_from(CODES), "put_right": st.sampled_from(["YES", "NO"])},
            optional={"action": st.text()},
        ),
        max_size=MOST_REQUESTS,
    )
)
def test_whatever_was_entered_whole_is_stored_and_counted(answer: list[dict[str, str]]) -> None:
    assert problem_of(answer, CODES) == ""
    kept = stored(answer)
    assert stored(kept) == kept
    assert Counter(kinds_of(kept)) == Counter(request["kind"] for request in answer)
    assert [r.put_right for r in requests_of(kept)] == [r["put_right"] for r in answer]
    assert len(in_words(kept, LABELS)) == len(answer)


def test_requests_read_as_words() -> None:
    answer = [{**REQUEST, "action": "Brought at once."}, {"kind": "CALL", "put_right": "NO"}]
    assert in_words(answer, LABELS) == (
        "Blanket or warmth (put right: Brought at once)",
        "Telephone call (not put right)",
    )


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        ("a blanket", "This is not a list of requests."),
        ([{"kind": "CALL", "by": "me"}], "This is not a list of requests."),
        ([{"kind": "CALL", "put_right": True}], "This is not a list of requests."),
        ([{"put_right": "YES"}], "Request 1: choose what was asked for."),
        ([REQUEST, {"kind": "CALL"}], "Request 2: say whether it was put right."),
        ([REQUEST] * (MOST_REQUESTS + 1), f"Enter no more than {MOST_REQUESTS} requests."),
    ],
)
def test_what_can_not_be_counted_is_said(answer: object, sentence: str) -> None:
    assert problem_of(answer, CODES) == sentence


def test_words_of_earlier_reports_stay_and_new_ones_are_not_asked() -> None:
    assert {"request", "action"} & asked({}) == set()
    assert {"request", "action", REQUESTS_MADE} <= asked({"request": "A blanket"})
    assert REQUESTS_MADE in asked({})


def test_a_form_without_questions_about_those_seen_asks_for_no_requests() -> None:
    form = Form(1, (FormSection("a", "A", ()),), (RowGroup("row", "R", ()),), "detainee")
    assert not [*with_standard_questions(form).row_questions()]


def test_a_scheme_adds_kinds_of_request_and_no_second_question() -> None:
    question = next(q for q in FORM.row_questions() if q.key == REQUESTS_MADE)
    more = replace(question, options=(*question.options, Option("CHARGER", "A charger")))
    changed = with_changed(FORM, FORM, more)
    assert "CHARGER" in [o.code for q in changed.row_questions() for o in q.options]
    assert with_standard_questions(changed) == changed
    with pytest.raises(BadInputError):
        with_changed(FORM, FORM, replace(question, options=question.options[1:]))
    with pytest.raises(BadInputError):
        without(FORM, FORM, REQUESTS_MADE)
    with pytest.raises(BadInputError):
        with_question(FORM, "welfare", Question("b", "B", "requests", options=question.options))


def test_the_privacy_guard_and_the_copies_read_what_was_done() -> None:
    number = "EUS250012"
    answers = {REQUESTS_MADE: [{**REQUEST, "action": f"Given to {number}"}]}
    count = OutcomeCount("SEEN", 1, row=ReportRow("M1", number, answers=answers))
    visit = make_visit(counts=(count,))
    answered = answered_of(visit)
    assert f"Given to {number}" in [text.words for text in texts(visit, answered, FORM)]
    shown = Shortener(visit).answer(answers[REQUESTS_MADE])
    assert number not in str(shown)
    assert [DetaineeRequest(**request).kind for request in shown] == ["BLANKET"]
