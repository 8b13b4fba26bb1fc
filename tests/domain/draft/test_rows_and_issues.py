"""Rows and issues of a draft come and go without taking anything else with them."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.draft.issue_rows import opened_by, read_issues, with_issue, without_issue
from visitapp.domain.draft.report_texts import with_issue_ids
from visitapp.domain.draft.row_edits import (
    COPIED,
    DETAILS,
    Rows,
    copied_from_above,
    row_of,
    with_answers,
    with_details,
    with_row,
    without_row,
)
from visitapp.domain.draft.typed_report import TypedIssue, TypedReport, TypedRow
from visitapp.domain.report.place import NOWHERE, Place, answer_place
from visitapp.domain.report.report import KeptWords

VISIT = UUID(int=9)
AT = datetime(2025, 3, 5, 15, 30, tzinfo=UTC)
ids = st.sampled_from(["a", "b", "c", "d"])
words = st.text(max_size=6)
answers = st.dictionaries(
    st.sampled_from(["food", "drink", "flags"]), st.sampled_from(["YES", "NO"])
)
some_rows = st.lists(
    st.builds(
        TypedRow,
        id=ids,
        answers=answers,
        animal_id=st.none() | st.uuids(),
        **dict.fromkeys(DETAILS, words),
    ),
    unique_by=lambda row: row.id,
    max_size=4,
).map(tuple)


@given(some_rows, st.sampled_from(["a", "b", "", "nobody"]))
def test_a_new_row_stands_behind_the_one_named_and_changes_no_other(
    before: Rows, after: str
) -> None:
    rows = with_row(before, TypedRow("new"), after)
    known = [row.id for row in before]
    at = [row.id for row in rows].index("new")
    assert at == (known.index(after) + 1 if after in known else len(known))
    assert tuple(row for row in rows if row.id != "new") == before
    assert without_row(rows, "new") == before


@given(some_rows, ids, st.dictionaries(st.sampled_from(DETAILS), words), answers)
def test_writing_into_a_row_leaves_the_others_and_all_else_of_it(
    rows: Rows, row_id: str, details: dict[str, str], given_answers: dict[str, str]
) -> None:
    changed = with_answers(with_details(rows, row_id, details), row_id, given_answers)
    assert without_row(changed, row_id) == without_row(rows, row_id)
    before, after = row_of(rows, row_id), row_of(changed, row_id)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert {key: getattr(after, key) for key in details} == details
        assert after.answers == {**before.answers, **given_answers}
        for key in {"id", "animal_id", *DETAILS} - set(details):
            assert getattr(after, key) == getattr(before, key)


@given(some_rows, ids, st.sampled_from([None, "", []]))
def test_an_answer_taken_back_leaves_no_trace(rows: Rows, row_id: str, empty: Any) -> None:
    row = row_of(with_answers(rows, row_id, {"food": empty}), row_id)
    assert row is None or "food" not in row.answers


@given(some_rows, ids)
def test_copying_down_never_takes_a_custody_number_a_cell_or_an_animal(
    before: Rows, row_id: str
) -> None:
    rows = copied_from_above(before, row_id, (*COPIED, "food"))
    for old, new in zip(before, rows, strict=True):
        for key in ("id", "custody_number", "cell", "animal_id"):
            assert getattr(new, key) == getattr(old, key)
    known = [row.id for row in before]
    if row_id in known[1:]:
        above, copied = rows[known.index(row_id) - 1], rows[known.index(row_id)]
        assert all(getattr(copied, key) == getattr(above, key) for key in COPIED)


def test_the_first_row_has_none_above_it_to_copy_from() -> None:
    rows = (TypedRow("a", gender="F"), TypedRow("b", gender="M"))
    assert copied_from_above(rows, "a", ("gender",)) == rows
    assert copied_from_above(rows, "b", ("gender",))[1].gender == "F"


def test_a_row_with_nothing_in_it_is_blank_whatever_its_id() -> None:
    assert TypedRow("a", cell="", answers={}).is_blank
    assert not TypedRow("a", answers={"food": "NO"}).is_blank
    assert not TypedRow("a", custody_number="412").is_blank


# -- issues ------------------------------------------------------------------------------------

issue_ids = st.lists(st.uuids().map(str), min_size=1, max_size=4, unique=True)


@given(issue_ids, st.data())
def test_an_issue_follows_its_row_wherever_that_goes(known: list[str], data: st.DataObject) -> None:
    """Rows above may go; the issue stays with the row it was opened from, by its number."""
    order = data.draw(st.permutations(known))
    row_id = data.draw(st.sampled_from(known))
    content = {
        "rows": [{"id": one} for one in order],
        "issues": [{"id": str(uuid4()), "question": f"rows:{row_id}:complaint"}],
    }
    [issue], _ = read_issues(typed_report(content), VISIT)
    assert str(issue.question) == f"rows:{order.index(row_id) + 1}:complaint"
    gone = {**content, "rows": [{"id": one} for one in order if one != row_id]}
    [stayed], _ = read_issues(typed_report(gone), VISIT)
    assert stayed.question == NOWHERE  # the issue stays, and belongs to no question


@given(issue_ids, st.data())
def test_changing_or_removing_one_issue_leaves_the_others(
    known: list[str], data: st.DataObject
) -> None:
    issues = tuple(TypedIssue(name, description=name[:4]) for name in known)
    chosen = data.draw(st.sampled_from(known))
    changed = with_issue(issues, chosen, {"place": "Kitchen"})
    assert [issue.id for issue in changed] == known
    assert [issue for issue in changed if issue.id != chosen] == [
        issue for issue in issues if issue.id != chosen
    ]
    assert changed[known.index(chosen)].place == "Kitchen"
    left = without_issue(changed, chosen)
    assert [issue.id for issue in left] == [name for name in known if name != chosen]


def test_only_words_of_a_person_keep_an_issue_that_an_answer_opened() -> None:
    opened = TypedIssue(
        "a", category="ACTIVITY", place="Exercise yard", question=answer_place("yard")
    )
    assert opened_by((opened,), answer_place("yard")) == opened
    assert opened.is_untouched
    for key in ("description", "raised_with", "raised_at"):
        assert not replace(opened, **{key: "something"}).is_untouched
        assert replace(opened, **{key: "  "}).is_untouched


@given(st.text(max_size=8), st.integers(-5, 9) | st.none() | st.text(max_size=2))
def test_an_issue_is_read_whatever_stands_in_it_and_says_what_it_lacks(
    raised_at: str, severity: Any
) -> None:
    row = {"id": "no id", "severity": severity, "raised_at": raised_at}
    [issue], problems = read_issues(typed_report({"issues": [row]}), VISIT)
    assert 1 <= issue.severity <= 4
    fields = {str(problem.place) for problem in problems if problem.blocks}
    assert "issues:0:category" in fields
    assert ("issues:0:severity" in fields) == (severity not in (1, 2, 3, 4))
    if issue.raised_minute is None and raised_at.strip():
        assert "issues:0:raised_at" in fields


def test_what_an_issue_lacks_is_said_with_its_number_and_only_its_words_are_not_compulsory() -> (
    None
):
    [first, second], problems = read_issues(typed_report({"issues": [{}, {}]}), VISIT)
    assert first.severity == second.severity == 1
    assert [(str(p.place), p.sentence, p.blocks) for p in problems if p.place.number == 1] == [
        ("issues:1:category", "Say what issue 2 is about.", True),
        ("issues:1:severity", "Say how serious issue 2 is.", True),
        ("issues:1:description", "Say in a few words what you found, under issue 2.", False),
    ]


# -- decisions ---------------------------------------------------------------------------------


def kept(question: str, said: str = "Sgt Fox") -> KeptWords:
    return KeptWords(Place.parse(question), said, "name", "They asked.", "Anne", AT)


@given(st.lists(st.sampled_from(["summary", "rows:a:request", "issues:x:place"]), max_size=5))
def test_deciding_about_one_text_leaves_the_decisions_about_others(questions: list[str]) -> None:
    report = TypedReport(rows=(TypedRow("a"),), issues=(TypedIssue("x"),))
    for at, question in enumerate(questions):
        decided = [kept(question, f"Sgt {at}")]
        report = replace(report, kept_words=report.with_decisions(Place.parse(question), decided))
    found = {str(words.question): words.words for words in report.decisions}
    last = {question: f"Sgt {at}" for at, question in enumerate(questions)}
    assert found == {q.replace("rows:a:", "rows:1:"): said for q, said in last.items()}


def test_issues_with_other_ids_keep_their_decisions() -> None:
    old, new, other = uuid4(), uuid4(), uuid4()
    before = (
        kept("summary"),
        kept("rows:1:request"),
        kept(f"issues:{old}:description"),
        kept(f"issues:{other}:place"),
    )
    after = with_issue_ids(before, {old: new})
    assert [str(one.question) for one in after] == [
        "summary", "rows:1:request", f"issues:{new}:description", f"issues:{other}:place",
    ]  # fmt: skip
    assert [one.words for one in after] == [one.words for one in before]
