"""Rows and issues of a draft come and go without taking anything else with them."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.draft.draft_content import rows_of
from visitapp.domain.draft.issue_rows import (
    is_untouched,
    opened_by,
    read_issues,
    with_issue,
    without_issue,
)
from visitapp.domain.draft.report_texts import (
    decisions_of,
    with_issue_ids,
    with_kept,
)
from visitapp.domain.draft.row_edits import (
    COPIED,
    DETAILS,
    copied_from_above,
    is_blank,
    row_of,
    with_answers,
    with_details,
    with_row,
    without_row,
)
from visitapp.domain.draft.typed_report import typed_report
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
    st.fixed_dictionaries(
        {"id": ids, "answers": answers},
        optional=dict.fromkeys(DETAILS, words),
    ),
    unique_by=lambda row: row["id"],
    max_size=4,
).map(lambda rows: {"rows": rows, "summary": "Calm."})


def without(content: dict[str, Any], row_id: str) -> list[dict[str, Any]]:
    return [row for row in content["rows"] if row["id"] != row_id]


@given(some_rows, st.sampled_from(["a", "b", "", "nobody"]))
def test_a_new_row_stands_behind_the_one_named_and_changes_no_other(
    content: dict[str, Any], after: str
) -> None:
    rows = with_row(content, {"id": "new"}, after)
    known = [row["id"] for row in content["rows"]]
    at = [row["id"] for row in rows].index("new")
    assert at == (known.index(after) + 1 if after in known else len(known))
    assert without({"rows": rows}, "new") == content["rows"]
    assert without_row({"rows": rows}, "new") == content["rows"]


@given(some_rows, ids, st.dictionaries(st.sampled_from(DETAILS), words), answers)
def test_writing_into_a_row_leaves_the_others_and_all_else_of_it(
    content: dict[str, Any], row_id: str, details: dict[str, str], given_answers: dict[str, str]
) -> None:
    changed = {"rows": with_details(content, row_id, details)}
    changed = {"rows": with_answers(changed, row_id, given_answers)}
    assert without(changed, row_id) == without(content, row_id)
    before, after = row_of(content, row_id), row_of(changed, row_id)
    assert (before is None) == (after is None)
    if before is not None and after is not None:
        assert {k: after[k] for k in details} == details
        assert after["answers"] == before["answers"] | given_answers
        untouched = set(before) - set(details) - {"answers"}
        assert {k: after[k] for k in untouched} == {k: before[k] for k in untouched}


@given(some_rows, ids, st.sampled_from([None, "", []]))
def test_an_answer_taken_back_leaves_no_trace(
    content: dict[str, Any], row_id: str, empty: Any
) -> None:
    changed = {"rows": with_answers(content, row_id, {"food": empty})}
    found = row_of(changed, row_id)
    assert found is None or "food" not in found["answers"]


@given(some_rows, ids)
def test_copying_down_never_takes_a_custody_number_a_cell_or_an_animal(
    content: dict[str, Any], row_id: str
) -> None:
    rows = copied_from_above(content, row_id, (*COPIED, "food"))
    for before, after in zip(content["rows"], rows, strict=True):
        for key in ("id", "custody_number", "cell", "animal_id"):
            assert after.get(key) == before.get(key)
    known = [row["id"] for row in content["rows"]]
    if row_id in known[1:]:
        above, copied = rows[known.index(row_id) - 1], rows[known.index(row_id)]
        assert all(copied[key] == above[key] for key in COPIED if key in above)


def test_the_first_row_has_none_above_it_to_copy_from() -> None:
    rows = [{"id": name, "gender": sign, "answers": {}} for name, sign in (("a", "F"), ("b", "M"))]
    assert copied_from_above({"rows": rows}, "a", ("gender",)) == rows
    assert copied_from_above({"rows": rows}, "b", ("gender",))[1]["gender"] == "F"


def test_a_row_with_nothing_in_it_is_blank_whatever_its_id() -> None:
    assert is_blank({"id": "a", "cell": "", "answers": {}})
    assert not is_blank({"id": "a", "answers": {"food": "NO"}})
    assert not is_blank({"id": "a", "custody_number": "412"})


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
    content = {"issues": [{"id": one, "description": one[:4]} for one in known]}
    chosen = data.draw(st.sampled_from(known))
    changed = with_issue(content, chosen, {"place": "Kitchen"})
    assert [row["id"] for row in changed] == known
    assert [row for row in changed if row["id"] != chosen] == [
        row for row in content["issues"] if row["id"] != chosen
    ]
    assert rows_of({"issues": changed}, "issues")[known.index(chosen)]["place"] == "Kitchen"
    left = without_issue({"issues": changed}, chosen)
    assert [row["id"] for row in left] == [one for one in known if one != chosen]


def test_only_words_of_a_person_keep_an_issue_that_an_answer_opened() -> None:
    opened = {
        "id": "a",
        "question": "answers:yard",
        "category": "ACTIVITY",
        "place": "Exercise yard",
    }
    assert opened_by({"issues": [opened]}, answer_place("yard")) == opened
    assert is_untouched(opened)
    for key in ("description", "raised_with", "raised_at"):
        assert not is_untouched(opened | {key: "something"})
        assert is_untouched(opened | {key: "  "})


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


# -- decisions ---------------------------------------------------------------------------------


def kept(question: str, said: str = "Sgt Fox") -> KeptWords:
    return KeptWords(Place.parse(question), said, "name", "They asked.", "Anne", AT)


@given(st.lists(st.sampled_from(["summary", "rows:a:request", "issues:x:place"]), max_size=5))
def test_deciding_about_one_text_leaves_the_decisions_about_others(questions: list[str]) -> None:
    content: dict[str, Any] = {"rows": [{"id": "a"}], "issues": [{"id": "x"}]}
    for at, question in enumerate(questions):
        content["kept_words"] = with_kept(
            content, Place.parse(question), [kept(question, f"Sgt {at}")]
        )
    found = {str(one.question): one.words for one in decisions_of(typed_report(content))}
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
