"""Forms as data: both reference forms, every kind of question, and what can't be asked."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.office.site import SiteKind
from visitapp.domain.report.answers import facts_of_answers
from visitapp.domain.report.form import (
    Form,
    Question,
    applying,
)
from visitapp.domain.report.kinds import KINDS, Option
from visitapp.paths import reference_folder
from visitapp.persistence.forms import form_json, read_form
from visitapp.services.office.reference import reference_form


def _content(kind: Kind) -> dict[str, object]:
    path = reference_folder() / "forms" / f"{kind.value}.json"
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def _form(kind: Kind) -> Form:
    return read_form(json.dumps(_content(kind)))


@pytest.mark.parametrize("kind", Kind)
def test_a_reference_form_reads_back_as_it_was_written(kind: Kind) -> None:
    form = _form(kind)
    assert read_form(form_json(form)) == form
    assert form.number == 1
    assert json.loads(form_json(form)) == _content(kind)


def test_the_custody_form_has_the_sections_of_the_task_list() -> None:
    form = _form(Kind.CUSTODY)
    assert [section.title for section in form.sections] == [
        "The visit", "Times and access", "The suite", "Detainees", "Rights and welfare",
        "Facilities", "Staff and conduct", "Issues", "Overall",
    ]  # fmt: skip
    facilities = form.section("facilities").questions
    assert sum(question.kind == "check" for question in facilities) == 21
    assert form.row_of == "detainee"
    with pytest.raises(BadInputError):
        form.section("nothing")


def test_the_animal_form_has_the_five_welfare_needs() -> None:
    form = _form(Kind.ANIMAL_WELFARE)
    needs = next(group for group in form.row_groups if group.key == "needs")
    assert len(needs.questions) == 5
    assert all(question.kind == "check" for question in needs.questions)


@pytest.mark.parametrize("kind", Kind)
def test_every_issue_a_question_opens_has_a_category_of_the_scheme(kind: Kind) -> None:
    path = reference_folder() / f"{kind.value}.json"
    codes = json.loads(path.read_text(encoding="utf-8"))["codes"]["issue_category"]
    known = {code["code"] for code in codes}
    form = _form(kind)
    for question in (*form.questions(), *form.row_questions()):
        if question.kind == "check":
            assert question.category in known
        if question.raises_category:
            assert question.raises_category in known
            assert question.raises_severity >= 3


def test_nothing_is_asked_about_who_a_detainee_is() -> None:
    form = _form(Kind.CUSTODY)
    asked = " ".join(q.ask.lower() for q in (*form.questions(), *form.row_questions()))
    for banned in ("date of birth", "address", "offence", "surname", "first name"):
        assert banned not in asked


CHOICE = Question("how", "How?", "choice", options=(Option("A", "Well"), Option("B", "Badly")))


@pytest.mark.parametrize(
    ("question", "good", "bad", "shown"),
    [
        (Question("a", "Say", "text"), "some words", 3, "some words"),
        (Question("a", "How many", "number"), 12, "twelve", "12"),
        (Question("a", "How many", "number"), "7", "123456", "7"),
        (Question("a", "When", "time"), "2:30pm", "25:00", "2:30pm"),
        (Question("a", "Is it", "yes_no"), "NOT_CHECKED", "MAYBE", "Not checked"),
        (Question("a", "Cells", "check"), "CONCERN", "YES", "Concern"),
        (CHOICE, "B", "C", "Badly"),
        (
            Question("a", "Which", "choices", options=CHOICE.options),
            ["A", "B"],
            ["A", "C"],
            "Well, Badly",
        ),
    ],
)
def test_answers_are_judged_and_shown(
    question: Question, good: object, bad: object, shown: str
) -> None:
    assert question.problem(good) == ""
    assert question.problem(bad) != ""
    assert question.shown(good) == shown
    for nothing in (None, "", []):
        assert question.problem(nothing) == ""
        assert question.shown(nothing) == ""


_REQUEST_KEYS = st.sampled_from(["kind", "put_right", "action", "more"])


@given(
    st.sampled_from([k for k in KINDS if k not in ("choice", "choices")]),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda part: st.lists(part) | st.lists(st.dictionaries(_REQUEST_KEYS, part)),
    ),
)
def test_no_answer_whatever_it_is_raises(kind: str, answer: object) -> None:
    options = (Option("A", "Well"), Option("B", "Badly")) if KINDS[kind].has_options else ()
    question = Question("key", "Ask", kind, options=options)
    assert isinstance(question.problem(answer), str)
    assert isinstance(question.shown(answer), str)


def test_what_can_not_be_asked_is_refused_in_words() -> None:
    for wrong in (
        {"key": "No Key"},
        {"ask": " "},
        {"kind": "poem"},
        {"when": "full moon"},
        {"kind": "choice"},
        {"options": (Option("A", "A"),)},
    ):
        good = {"key": "key", "ask": "Ask", "kind": "text"}
        with pytest.raises(BadInputError):
            Question(**{**good, **wrong})  # type: ignore[arg-type]
    with pytest.raises(BadInputError, match="missing"):
        read_form('{"version": 1}')
    twice = _content(Kind.CUSTODY)
    sections = twice["sections"]
    assert isinstance(sections, list)
    sections.append(sections[0])
    with pytest.raises(BadInputError, match="key of its own"):
        read_form(json.dumps(twice))


def test_conditions_decide_what_is_asked() -> None:
    form = _form(Kind.CUSTODY)
    access = form.section("access").questions
    asked = {q.key for q in applying(access, frozenset())}
    assert "delay_authorised" not in asked
    assert {q.key for q in applying(access, frozenset({"delayed"}))} - asked == {
        "explained_by", "delay_authorised",
    }  # fmt: skip
    authorised = frozenset({"delayed", *facts_of_answers({"delay_authorised": "YES"})})
    assert {"authorised_rank", "authorised_at"} <= {q.key for q in applying(access, authorised)}
    refused = frozenset({"delayed", *facts_of_answers({"delay_authorised": "NO"})})
    assert "authorised_rank" not in {q.key for q in applying(access, refused)}


def test_a_question_waits_for_any_of_several_answers_also_among_many() -> None:
    question = Question("when", "When?", "time", when="aa=REQUESTED|flags=CHILD")
    for answers in ({"aa": "REQUESTED"}, {"flags": ["MH", "CHILD"]}):
        assert applying([question], frozenset(facts_of_answers(answers))) == (question,)
    other = {"aa": "PRESENT", "flags": ["MH"], "number": 3}
    assert applying([question], frozenset(facts_of_answers(other))) == ()
    with pytest.raises(BadInputError, match="be asked in that way"):
        Question("when", "When?", "time", when="aa is requested")


@pytest.mark.parametrize("odd", [float("inf"), float("nan"), "9" * 5_000, None, [], {}])
def test_a_form_with_a_version_that_is_no_number_is_told(odd):
    with pytest.raises(BadInputError):
        read_form(json.dumps({"version": odd, "sections": [], "rows": {"of": "d", "groups": []}}))


def test_at_stables_the_section_about_kennels_is_about_stables() -> None:
    form = reference_form(Kind.ANIMAL_WELFARE)
    titles = [section.title for section in form.sections]
    at_stables = [section.title for section in form.in_words_of(SiteKind.STABLES).sections]
    assert at_stables == ["Stables" if title == "Kennels" else title for title in titles]
    assert at_stables != titles
    assert form.in_words_of(SiteKind.KENNELS) == form
