"""What may be recorded of an issue, and when it counts as closed."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CUSTODY, SUITE, at
from visitapp.domain.following.issue_list import LONGEST_TITLE, IssueLine, title_of
from visitapp.domain.following.issue_steps import (
    CLOSED,
    NO_ACTION,
    REFERRED,
    RESPONSE,
    STEPS,
    VERIFIED,
    WITHOUT,
    NewStep,
    Step,
    closing_day,
    is_answered,
    is_open,
    possible_outcomes,
    refusal,
    response_or_reason,
    since_reopened,
    steps_to_record,
    title_of_step,
)
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.issue import Issue
from visitapp.services.office.reference import reference_codes

BOOK = CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY))
RAISED_ON, TODAY = date(2025, 3, 12), date(2025, 4, 10)
ISSUE = Issue(UUID(int=1), "FOOD", 2)


def kept(status: str, words: str = "", on: date = RAISED_ON) -> Step:
    return Step(status, on, words, "", datetime(2025, 4, 1, 9, tzinfo=UTC), "Mary")


def said(new: NewStep, *steps: Step, issue: Issue = ISSUE) -> str:
    return refusal(issue, steps, new, BOOK, RAISED_ON, TODAY)


@pytest.mark.parametrize("status", [VERIFIED, CLOSED])
def test_nothing_is_closed_without_a_response_or_a_reason(status):
    assert said(NewStep(status, TODAY)).startswith("Record the force’s response")
    assert said(NewStep(status, TODAY, "The kitchen is closed for good.")) == ""
    assert said(NewStep(status, TODAY), kept(REFERRED)) != ""
    assert said(NewStep(status, TODAY), kept(RESPONSE, "Meals were ordered.")) == ""


def test_each_step_says_what_it_lacks():
    assert said(NewStep(RESPONSE, TODAY, "  ")) == "Write what the force said or did."
    assert said(NewStep(NO_ACTION, TODAY)).startswith("Explain why nothing more will be done")
    assert said(NewStep(REFERRED, TODAY)) == ""
    closed = Issue(UUID(int=1), "FOOD", 2, status=CLOSED, closed_on=TODAY)
    assert said(NewStep(REFERRED, TODAY), issue=closed) == "Explain why you are reopening it."
    assert said(NewStep(REFERRED, TODAY, "Again out of date."), issue=closed) == ""
    for status in ("RAISED", "RESOLVED", "SOMETHING"):
        assert said(NewStep(status, TODAY, "words")) == "Choose what happened from the list."
    good = Issue(UUID(int=1), "GOODSTAFF")
    assert "good finding" in said(NewStep(REFERRED, TODAY), issue=good)


def test_a_step_lies_between_the_visit_and_today():
    assert "earlier than the day the issue was raised" in said(NewStep(REFERRED, date(2025, 3, 11)))
    assert said(NewStep(REFERRED, RAISED_ON)) == ""
    assert "in the future" in said(NewStep(REFERRED, date(2025, 4, 11)))


@given(st.lists(st.sampled_from(STEPS), max_size=8))
def test_an_issue_is_closed_from_the_first_step_that_closes_it_until_it_is_taken_up(statuses):
    issue, first = ISSUE, None
    for number, status in enumerate(statuses):
        day = date(2025, 3, 13 + number)
        new = NewStep(status, day)
        closed_on = closing_day(issue, new, BOOK)
        issue = Issue(ISSUE.id, "FOOD", 2, status=status, closed_on=closed_on)
        closes = status in (VERIFIED, CLOSED, NO_ACTION)
        first = (first or day) if closes else None
        assert is_open(issue, BOOK) is not closes
        assert issue.closed_on == first


def test_steps_have_titles_and_a_second_referral_in_a_row_is_a_reminder():
    steps = [kept(s) for s in (REFERRED, REFERRED, RESPONSE, REFERRED, VERIFIED, CLOSED, NO_ACTION)]
    assert [title_of_step(steps, at) for at in range(len(steps))] == [
        "Referred", "Reminder", "The force replied", "Referred", "Verified", "Closed",
        "No further action",
    ]  # fmt: skip


def test_you_said_we_did_prefers_what_the_force_said():
    assert response_or_reason(
        [kept(RESPONSE, "First."), kept(RESPONSE, "Then."), kept(CLOSED)]
    ) == ("Then.")
    assert response_or_reason([kept(REFERRED), kept(NO_ACTION, "It was a mistake.")]) == (
        "It was a mistake."
    )
    assert response_or_reason([]) == ""


def test_an_answer_from_before_an_issue_was_reopened_is_none():
    before = [kept(REFERRED), kept(RESPONSE, "Bought."), kept(CLOSED)]
    assert is_answered([*before, kept(NO_ACTION)])
    reopened = [*before, kept(REFERRED, "Broken again."), kept(REFERRED)]
    assert not is_answered(reopened)
    assert len(since_reopened(reopened)) == 2
    assert WITHOUT in possible_outcomes(reopened, is_open=True)
    assert is_answered([*reopened, kept(RESPONSE, "Bought anew.")])
    asked_again = [kept(RESPONSE), kept(REFERRED)]
    assert is_answered(asked_again), "it was never closed"


def line(**changed) -> IssueLine:
    values = {
        "issue": ISSUE, "visit_id": uuid4(), "ref": "NOR-2024-001", "scheme_id": CUSTODY,
        "site_id": SUITE, "site_name": "Northgate", "raised": at(RAISED_ON, 19, 40),
        "category": "Food and drink", "status": "Raised", "is_open": True, "is_positive": False,
        "limit": 14, "today": TODAY,
    }  # fmt: skip
    return IssueLine(**values | changed)


def test_days_open_are_said_with_the_limit():
    assert line().days_text == "29 days, 15 over"
    assert line(today=date(2025, 3, 24)).days_text == "12 days, 2 left"
    assert line(today=date(2025, 3, 26)).days_text == "14 days, 0 left"
    assert not line(today=date(2025, 3, 26)).is_overdue
    assert line(today=date(2025, 3, 13)).days_text == "1 day, 13 left"
    after = Issue(ISSUE.id, "FOOD", 2, status="CLOSED", closed_on=date(2025, 3, 18))
    assert line(issue=after, is_open=False).days_text == "after 6 days"
    assert line(is_open=False).days_text == "the same day"


def test_a_title_is_the_first_clause_or_the_category():
    assert title_of("No halal meals in date; one had crisps only.") == "No halal meals in date"
    assert title_of("  \n") == ""
    assert line().title == "Food and drink"
    assert line(issue=Issue(ISSUE.id, "FOOD", description="Cold. Very")).title == "Cold"


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=200))
def test_a_title_fits_whatever_was_written(words):
    title = title_of(words)
    assert len(title) <= LONGEST_TITLE + 1
    assert "\n" not in title
    assert title == title.strip()


def test_words_that_end_an_issue_are_the_response_before_the_end():
    day, answer = date(2024, 5, 2), "They mended it."
    ended = NewStep(CLOSED, day, answer, "Custody inspector")
    assert steps_to_record(ended, (), is_open=True) == (
        NewStep(RESPONSE, day, answer, "Custody inspector"),
        NewStep(CLOSED, day),
    )
    assert steps_to_record(ended, (), is_open=False) == (ended,)
    wordless = replace(ended, words=" ")
    assert steps_to_record(wordless, (), is_open=True) == (wordless,)


def test_an_end_without_a_response_is_offered_until_there_is_one_and_recorded_as_an_end():
    without = NewStep(WITHOUT, date(2024, 5, 2), "The cell is gone.")
    assert steps_to_record(without, (), is_open=True) == (replace(without, status=CLOSED),)
    answered = (kept(RESPONSE, "Meals were ordered."),)
    assert WITHOUT in possible_outcomes((), is_open=True)
    assert WITHOUT not in possible_outcomes(answered, is_open=True)
    assert possible_outcomes(answered, is_open=False) == (REFERRED, CLOSED)
    assert steps_to_record(replace(without, status=CLOSED), answered, is_open=True) == (
        replace(without, status=CLOSED),
    )


def test_an_issue_is_overdue_from_the_day_after_its_limit():
    assert line(today=date(2025, 3, 27)).is_overdue
    assert not line(today=date(2025, 3, 27), is_open=False).is_overdue


def test_only_an_allegation_is_due_at_once():
    assert line(limit=0, today=date(2025, 3, 15)).days_text == "3 days, due at once"
    assert line(limit=1, today=date(2025, 3, 15)).days_text == "3 days, 2 over"
    assert not line(limit=1).is_at_once


def test_a_title_of_just_the_longest_length_is_not_shortened():
    words = "x" * (LONGEST_TITLE - 2) + " y"
    assert title_of(words) == words
    assert title_of(words + "z") == "x" * (LONGEST_TITLE - 2) + "\u2026"


def test_an_issue_that_is_closed_again_keeps_its_first_day():
    closed = replace(ISSUE, status="CLOSED", closed_on=date(2025, 3, 18))
    assert closing_day(closed, NewStep(CLOSED, date(2025, 4, 1)), BOOK) == date(2025, 3, 18)
    dayless = replace(ISSUE, status="CLOSED", closed_on=None)
    assert closing_day(dayless, NewStep(CLOSED, date(2025, 4, 1)), BOOK) == date(2025, 4, 1)
    reopened = replace(ISSUE, closed_on=date(2025, 3, 18))
    assert closing_day(reopened, NewStep(CLOSED, date(2025, 4, 1)), BOOK) == date(2025, 4, 1)
    assert closing_day(closed, NewStep(REFERRED, date(2025, 4, 1)), BOOK) is None


def test_a_long_title_is_cut_before_the_word_that_does_not_fit():
    assert title_of("The handles of the doors, " + "which stick and creak, " * 3) == (
        "The handles of the doors, which stick and creak, which\u2026"
    )
    assert title_of("a" * 50 + ", " + "b" * 20) == "a" * 50 + "\u2026"


def test_the_first_referral_is_no_reminder():
    assert title_of_step([kept(REFERRED), kept(RESPONSE), kept(REFERRED)], 0) == "Referred"
