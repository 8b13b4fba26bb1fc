"""What the kinds of questions take as an answer, and how they word and count it."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.report.kinds import KINDS, MOST_DIGITS, QuestionKind

CODES = ("A", "B")


@given(st.integers(0, 10**MOST_DIGITS - 1))
def test_a_number_is_taken_as_it_is_or_in_digits(number: int) -> None:
    kind = KINDS["number"]
    for answer in (number, str(number)):
        assert kind.problem(answer, ()) == ""
        assert kind.keep(answer) == number
    assert kind.count(number) == {"": number}


@pytest.mark.parametrize("answer", [True, False, "", "1.5", -1, "+1", "\u0661", "five", [1], None])
def test_anything_else_is_not_a_number(answer: Any) -> None:
    assert KINDS["number"].problem(answer, ()) == f"“{answer}” is not a number."


def test_a_number_has_five_digits_at_most() -> None:
    assert KINDS["number"].problem("99999", ()) == ""
    assert KINDS["number"].problem("100000", ()) == "The number is too large."


@pytest.mark.parametrize("kind", ["line", "text"])
def test_words_are_words_alone(kind: str) -> None:
    assert KINDS[kind].problem("Calm.", ()) == ""
    assert KINDS[kind].problem(5, ()) == "This is not a text."
    assert KINDS[kind].count("Calm.") == {}


@pytest.mark.parametrize("kind", ["yes_no", "check", "choice"])
def test_a_choice_is_one_of_its_codes(kind: str) -> None:
    assert KINDS[kind].problem("A", CODES) == ""
    for answer in ("C", ["A"], None, ""):
        assert KINDS[kind].problem(answer, CODES) == "Choose one of the answers."


def test_choices_are_any_of_their_codes() -> None:
    kind = KINDS["choices"]
    for answer in ([], ["B"], ["A", "B"]):
        assert kind.problem(answer, CODES) == ""
    for answer in ("A", ("A",), ["C"], ["A", "C"], ["A", ["B"]], None):
        assert kind.problem(answer, CODES) == "Choose among the answers."
    labels = {"A": "Well"}
    assert kind.parts(["A", "X"], labels) == ("Well", "X")
    assert kind.parts("A", labels) == ("Well",)  # an answer of an earlier kind of the question
    assert kind.count(["A", "B"]) == {"A": 1, "B": 1}


def test_a_time_is_kept_as_clocks_show_it() -> None:
    kind = KINDS["time"]
    assert kind.problem("2.30pm", ()) == ""
    assert kind.keep("2.30pm") == "14:30"
    assert kind.problem("25:10", ()) == "“25:10” is not a time of day."


def test_a_kind_is_plain_unless_it_says_otherwise() -> None:
    plain = QuestionKind("Plain", KINDS["line"].problem, KINDS["line"].count)
    assert not any(
        (plain.has_options, plain.is_choice, plain.has_lines, plain.is_check, plain.is_built_in)
    )
    assert [name for name, kind in KINDS.items() if kind.is_check] == ["check"]
    assert [name for name, kind in KINDS.items() if kind.is_choice] == ["yes_no", "check", "choice"]
    assert [name for name, kind in KINDS.items() if kind.has_options] == [
        "choice", "choices", "requests",
    ]  # fmt: skip
    assert [name for name, kind in KINDS.items() if [*kind.written("x")]] == ["line", "text"]
    assert [name for name, kind in KINDS.items() if kind.is_built_in] == ["requests", "core"]
    assert [name for name, kind in KINDS.items() if kind.has_lines] == ["text"]
