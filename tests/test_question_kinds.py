"""Each kind of question is whole: what the table says of it, its field and its paper agree."""

import pytest

from visitapp.domain.report.form import Option, Question, tally
from visitapp.domain.report.kinds import CORE, KINDS
from visitapp.reporting.blank_form.questions import PAPER
from visitapp.ui.log.questions.question_fields import FIELDS

GOOD = {
    "yes_no": "NO",
    "check": "CONCERN",
    "choice": "A",
    "choices": ["A", "B"],
    "number": "12",
    "time": "2:30pm",
    "line": "One line",
    "text": "Several\nlines",
    "requests": [
        {"kind": "A", "put_right": "YES", "action": "Brought at once"},
        {"kind": "A", "put_right": "NO"},
        {"kind": "B", "put_right": "NO", "action": " "},
    ],
    CORE: "Some words",
}
"""An answer of each kind that can be taken."""
COUNTED = {
    "yes_no": {"NO": 2},
    "check": {"CONCERN": 2},
    "choice": {"A": 2},
    "choices": {"A": 2, "B": 2},
    "number": {"": 24},
    "requests": {"A": 4, "B": 2},
}
"""What two such answers add to a figure."""


def _question(kind: str) -> Question:
    options = (Option("A", "Well"), Option("B", "Badly")) if KINDS[kind].has_options else ()
    return Question("key", "How?", kind, options=options)


@pytest.mark.parametrize(
    ("table", "known"),
    [
        ("a field in the window (question_fields.FIELDS)", {*FIELDS, CORE}),
        ("a shape on paper (blank_form.questions.PAPER)", set(PAPER)),
        ("an example in this test (GOOD)", set(GOOD)),
    ],
)
def test_every_kind_of_question_has_its_field_and_its_paper(table: str, known: set[str]) -> None:
    missing, unknown = KINDS.keys() - known, known - KINDS.keys()
    assert not missing, f"no {table} for: {', '.join(sorted(missing))}"
    assert not unknown, f"{table}, but not in domain.report.kinds.KINDS: {unknown}"


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_checks_keeps_words_and_counts_an_answer(kind: str) -> None:
    question = _question(kind)
    assert question.problem(GOOD[kind]) == ""
    kept = KINDS[kind].keep(GOOD[kind])
    assert question.problem(kept) == ""
    assert KINDS[kind].keep(kept) == kept
    assert question.shown(kept) == ", ".join(question.parts(kept)) != ""
    assert tally([(question, kept), (question, None), (question, kept)]) == COUNTED.get(kind, {})


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_agrees_with_itself(kind: str) -> None:
    """A choice has answers, a check is one, and what is said of answers is said of its own."""
    traits = KINDS[kind]
    codes = {option.code for option in traits.answers}
    assert traits.words
    assert {*traits.concerns, *traits.noteworthy} <= codes
    assert not (traits.answers and traits.has_options)
    assert not traits.is_choice or traits.answers or traits.has_options
    assert not traits.is_check or (traits.is_choice and traits.concerns)
    assert not traits.has_lines or list(traits.written("Words")) == ["Words"]
