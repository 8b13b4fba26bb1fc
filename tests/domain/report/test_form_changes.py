"""Changes of a report form: what may be changed, and what every form keeps."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.form import Form, Question
from visitapp.domain.report.form_changes import (
    LONGEST_ANSWER,
    LONGEST_ASK,
    LONGEST_HELP,
    is_of_rows,
    may_be_needed,
    may_stop,
    moved,
    new_answer_code,
    new_key,
    part_of,
    parts,
    question_of,
    with_changed,
    with_question,
    without,
)
from visitapp.domain.report.kinds import Option
from visitapp.persistence.forms import form_json, read_form
from visitapp.services.office.reference import reference_form

FORMS = {kind: reference_form(kind) for kind in Kind}
CUSTODY = FORMS[Kind.CUSTODY]


PILOT = Question("pilot", "Told why they are held for immigration?", "yes_no")


def keys(form: Form, part: str) -> list[str]:
    return [q.key for q in part_of(form, part).questions]


@pytest.mark.parametrize("kind", Kind)
def test_each_part_and_each_question_of_a_form_has_a_key_of_its_own(kind: Kind) -> None:
    form = FORMS[kind]
    names = [part.key for part in parts(form)]
    assert len(names) == len(set(names))
    asked = [q.key for q in (*form.questions(), *form.row_questions())]
    assert len(asked) == len(set(asked))


@given(st.data(), st.sampled_from(list(Kind)))
def test_moving_keeps_every_question_once_and_headings_together(
    data: st.DataObject, kind: Kind
) -> None:
    form = FORMS[kind]
    own = [q.key for q in (*form.questions(), *form.row_questions()) if q.kind != "core"]
    steps = st.tuples(st.sampled_from(own), st.sampled_from([-1, 1]))
    for key, by in data.draw(st.lists(steps, max_size=12)):
        form = moved(form, key, by)
        assert moved(moved(form, key, by), key, -by) in (form, moved(form, key, -by))
    for before, after in zip(parts(FORMS[kind]), parts(form), strict=True):
        assert sorted(q.key for q in before.questions) == sorted(q.key for q in after.questions)
        headings = [q.group for q in after.questions]
        runs = [g for i, g in enumerate(headings) if g and (i == 0 or headings[i - 1] != g)]
        assert len(runs) == len(set(runs))
    assert read_form(form_json(form)) == form


def test_a_question_goes_past_all_of_those_with_a_common_heading() -> None:
    before = keys(CUSTODY, "detainees")
    at = before.index("women_offered")
    after = keys(moved(CUSTODY, "women_offered", -1), "detainees")
    assert after.index("women_offered") == before.index("children_younger")
    assert after.index("children_younger") == before.index("children_younger") + 1
    within = keys(moved(CUSTODY, "longest_hours", 1), "detainees")
    assert within == before
    assert keys(moved(CUSTODY, "longest_hours", -1), "detainees")[at - 2] == "longest_hours"


def test_what_the_program_knows_has_its_place_and_stays() -> None:
    for key in ("site_id", "overall", "opcat", "complaint", "outcome"):
        assert not may_stop(CUSTODY, key)
        with pytest.raises(BadInputError, match="cannot be removed"):
            without(CUSTODY, CUSTODY, key)
    with pytest.raises(BadInputError, match="cannot be moved"):
        moved(CUSTODY, "site_id", 1)
    with pytest.raises(BadInputError, match="no longer asked"):
        moved(CUSTODY, "nothing", 1)


def test_only_the_words_of_what_came_with_the_form_change() -> None:
    asked = {q.key: q for q in (*CUSTODY.questions(), *CUSTODY.row_questions())}
    reprisal, lighting, condition = asked["reprisal"], asked["lighting"], asked["condition"]
    refused = (
        (replace(reprisal, manager_only=False), "only change the words"),
        (replace(lighting, category="FOOD"), "only change the words"),
        (replace(lighting, kind="text"), "how a question is answered"),
        (replace(condition, options=condition.options[1:]), "came with the form"),
        (replace(condition, compulsory=True), "needs an answer can't be changed"),
        (replace(lighting, help="x" * 300), "help in no more than 240"),
        (replace(lighting, key="nothing"), "no longer asked"),
    )
    for question, said in refused:
        with pytest.raises(BadInputError, match=said):
            with_changed(CUSTODY, CUSTODY, question)
    needed = with_changed(CUSTODY, CUSTODY, replace(lighting, compulsory=True))
    assert question_of(needed, "lighting") == replace(lighting, compulsory=True)
    assert may_be_needed(needed, CUSTODY, "lighting")
    assert not may_be_needed(CUSTODY, CUSTODY, "overall")
    assert not may_be_needed(CUSTODY, CUSTODY, "condition")
    other = tuple(replace(option, label=f"{option.label}!") for option in condition.options)
    more = replace(condition, options=(*other, Option("COLD", "Cold")))
    assert question_of(with_changed(CUSTODY, CUSTODY, more), "condition") == more


@given(st.text(max_size=60), st.sets(st.sampled_from(["food", "food_2", "question", "FOOD"])))
def test_new_keys_and_codes_are_fit_for_a_form_and_free(words: str, taken: set[str]) -> None:
    key = new_key(words, taken)
    assert replace(PILOT, key=key).key not in taken
    assert new_answer_code(words, taken) not in taken


def test_keys_are_the_words_of_a_question_cut_to_thirty_signs() -> None:
    assert new_key("Was the exercise yard open?", ()) == "was_the_exercise_yard_open"
    assert new_key("Was the exercise yard open and clean?", ()) == "was_the_exercise_yard_open_and"
    assert new_key("a" * 40, ()) == "a" * 30
    assert new_key("24 hours or more?", ()) == "question_24_hours_or_more"
    assert new_key("a1", ()) == "a1"
    assert new_key("?", ()) == "question"
    assert new_key("Food", {"food"}) == "food_2"
    assert new_key("Food", {"food", "food_2"}) == "food_3"
    assert new_answer_code("b" * 40, ()) == "B" * 30
    assert new_answer_code("Too cold", {"TOO_COLD"}) == "TOO_COLD_2"
    assert new_answer_code("!", ()) == "ANSWER"


def test_a_question_that_the_scheme_added_may_go_and_only_that_goes() -> None:
    part = parts(CUSTODY)[-1].key
    longer = with_question(CUSTODY, part, PILOT)
    assert may_stop(CUSTODY, "pilot")
    assert keys(longer, part) == [*keys(CUSTODY, part), "pilot"]
    assert without(longer, CUSTODY, "pilot") == CUSTODY
    with pytest.raises(BadInputError, match="cannot be removed"):
        without(CUSTODY, CUSTODY, "pilot")
    yard = without(longer, CUSTODY, "yard")
    assert question_of(yard, "yard") is None
    assert question_of(yard, "kitchen") == question_of(CUSTODY, "kitchen")


def test_a_question_about_each_one_is_neither_needed_nor_a_check() -> None:
    rows = next(part.key for part in parts(CUSTODY) if is_of_rows(CUSTODY, part.questions[0].key))
    assert question_of(with_question(CUSTODY, rows, PILOT), "pilot") == PILOT
    for question, words in (
        (replace(PILOT, compulsory=True), "can't be required"),
        (replace(PILOT, kind="check"), "yes, no and not checked"),
        (replace(PILOT, kind="core"), "can't be added to this section"),
    ):
        with pytest.raises(BadInputError, match=words):
            with_question(CUSTODY, rows, question)
    elsewhere = "detainees"
    needed = replace(PILOT, compulsory=True)
    assert question_of(with_question(CUSTODY, elsewhere, needed), "pilot") == needed


def test_words_of_a_question_are_of_a_length_that_fits() -> None:
    part = parts(CUSTODY)[-1].key

    def options(*labels: str) -> Question:
        return replace(
            PILOT, kind="choice", options=tuple(Option(f"O{n}", w) for n, w in enumerate(labels))
        )

    longest = "y" * LONGEST_ANSWER
    for question in (
        replace(PILOT, ask="x" * LONGEST_ASK),
        replace(PILOT, help="x" * LONGEST_HELP),
        options("Warm", "Cold"),
        options(longest, "Cold"),
    ):
        assert question_of(with_question(CUSTODY, part, question), "pilot") == question
    for question, words in (
        (replace(PILOT, ask="x" * (LONGEST_ASK + 1)), "Ask in no more"),
        (replace(PILOT, help="x" * (LONGEST_HELP + 1)), "help in no more"),
        (options("Warm", ""), "needs different words"),
        (options("Warm", "warm"), "needs different words"),
        (options(longest + "y", "Cold"), "each answer in no more"),
        (options("Warm"), "at least two answers"),
    ):
        with pytest.raises(BadInputError, match=words):
            with_question(CUSTODY, part, question)


def test_a_question_at_an_end_of_its_part_stays_there() -> None:
    part = parts(CUSTODY)[-1].key
    form = with_question(with_question(CUSTODY, part, PILOT), part, replace(PILOT, key="second"))
    assert moved(form, "second", 1) == form
    own = [key for key in keys(form, part) if key in ("pilot", "second")]
    assert own == ["pilot", "second"]
    assert [k for k in keys(moved(form, "second", -1), part) if k in own] == ["second", "pilot"]
    first = keys(form, part)[0]
    to_front = form
    for _ in keys(form, part):
        to_front = moved(to_front, "pilot", -1)
    assert keys(to_front, part)[0] == "pilot"
    assert keys(to_front, part)[1] == first


def test_two_questions_with_a_common_heading_change_places_under_it() -> None:
    part = parts(CUSTODY)[-1].key
    form = with_question(CUSTODY, part, replace(PILOT, group="Own"))
    form = with_question(form, part, replace(PILOT, key="second", group="Own"))
    assert keys(form, part)[-2:] == ["pilot", "second"]
    assert keys(moved(form, "second", -1), part)[-2:] == ["second", "pilot"]


def test_a_form_says_what_is_counted_only_where_a_scheme_decided_otherwise() -> None:
    counted = {part.key: {q.key for q in part.questions if q.is_counted} for part in parts(CUSTODY)}
    assert {"lighting", "vacant_cells"} <= counted["facilities"]
    assert {"respect", "opcat"} <= counted["staff"]
    assert "reprisal" not in counted["staff"]  # for the manager only
    assert "good_practice" not in counted["staff"]  # words
    assert counted["overall"] == {"overall"}
    assert counted["row"] == {"flags"}
    assert {"women", "longest_hours"} < counted["detainees"]
    assert not counted["suite"]
    needs = part_of(FORMS[Kind.ANIMAL_WELFARE], "needs").questions
    assert all(question.is_counted for question in needs)
    assert '"count"' not in form_json(CUSTODY)
    lighting = question_of(CUSTODY, "lighting")
    assert lighting is not None
    off = with_changed(CUSTODY, CUSTODY, replace(lighting, is_counted=False))
    anew = with_changed(off, CUSTODY, replace(lighting, is_counted=False, meaning=2))
    assert form_json(anew).count('"count"') == 1
    assert read_form(form_json(anew)) == anew


def test_words_are_not_counted_and_a_meaning_only_goes_on_to_the_next() -> None:
    summary, lighting = question_of(CUSTODY, "good_practice"), question_of(CUSTODY, "lighting")
    assert summary is not None
    assert lighting is not None
    for question, words in (
        (replace(summary, is_counted=True), "Answers in words"),
        (replace(lighting, meaning=3), "same meaning"),
        (replace(lighting, meaning=0), "same meaning"),
    ):
        with pytest.raises(BadInputError, match=words):
            with_changed(CUSTODY, CUSTODY, question)
    with pytest.raises(BadInputError, match="Answers in words"):
        with_question(CUSTODY, "suite", replace(PILOT, kind="line", is_counted=True))
