"""What a change of a draft is called, and whatever stands in the draft is told apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.draft.draft_changes import change_between, is_keystroke
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.office.scheme import Kind
from visitapp.services.office.reference import reference_form

FORM = reference_form(Kind.CUSTODY)
ROW, OTHER = {"id": "1", "outcome": "SEEN"}, {"id": "2", "outcome": "ASLEEP"}


@pytest.mark.parametrize(
    ("before", "after", "field", "words"),
    [
        ({"issues": [ROW, OTHER]}, {"issues": [OTHER]}, "issues:0:", "remove the issue"),
        ({"issues": [ROW]}, {"issues": [ROW, OTHER]}, "issues:1:", "add the issue"),
        ({"rows": [ROW, OTHER]}, {"rows": [ROW]}, "rows:1:outcome", "remove the row"),
        ({"rows": []}, {"rows": [ROW, OTHER]}, "rows:1:outcome", "add 2 rows"),
        ({"rows": [ROW]}, {"rows": [{**ROW, "cell": "7"}]}, "rows:1:cell", "change row 1"),
        (
            {"answers": {}},
            {"answers": {"cells_clean": "NOT_CHECKED", "toilet": "NOT_CHECKED"}},
            "answers:cells_clean",
            "mark 2 as not checked",
        ),
        ({"counts": []}, {"counts": [{"outcome": "SEEN", "number": 2}]}, "count:SEEN",
         "change a number"),
        ({"arrived": "14"}, {"arrived": "141"}, "arrived",
         "change \u201cArrived at the station\u201d"),
        ({"arrived": "14"}, {"arrived": "141", "nothing_raised": True}, "arrived",
         "change \u201cArrived at the station\u201d"),
        ({}, {"nothing_raised": True}, "nothing_raised",
         "change \u201cThere was nothing to raise\u201d"),
        ({"issues": [ROW]}, {"issues": [{**ROW, "description": "Cold."}]}, "issues:0:description",
         "change issue 1"),
        ({"rows": []}, {"rows": [ROW]}, "rows:1:outcome", "add the row"),
        ({"rows": [ROW, OTHER]}, {"rows": [{**ROW, "cell": "7"}, {**OTHER, "cell": "8"}]},
         "rows:1:outcome", "change 2 rows"),
        ({"rows": [ROW]}, {"rows": [{**ROW, "answers": {"told_rights": "YES"}}]},
         "rows:1:told_rights",
         "change \u201cTold of their rights, with a notice they understand\u201d of row 1"),
        ({"answers": {}}, {"answers": {"cells_clean": "OK"}}, "answers:cells_clean",
         "change \u201cCells: clean and undamaged\u201d"),
        ({"answers": {}}, {"answers": {"cells_clean": "NOT_CHECKED", "toilet": "OK"}},
         "answers:cells_clean", "change 2 answers"),
        ({"answers": {"cells_clean": "NOT_CHECKED", "toilet": "NOT_CHECKED"}}, {"answers": {}},
         "answers:cells_clean", "mark 2 as not checked"),
    ],
)  # fmt: skip
def test_a_change_is_named_by_where_it_is_and_what_it_did(before, after, field, words) -> None:
    change = change_between(typed_report(before), typed_report(after), FORM)
    assert (str(change.place), change.words) == (field, words)


@pytest.mark.parametrize(
    ("before", "after", "is_typing"),
    [
        ({"arrived": "14"}, {"arrived": "141"}, True),
        ({"arrived": "14"}, {"arrived": "1430"}, False),
        ({"present": 1}, {"present": 12}, True),
        ({"counts": []}, {"counts": [{"outcome": "SEEN", "number": 2}]}, True),
        ({"answers": {"x": "a"}}, {"answers": {"x": "ab"}}, True),
        ({"answers": {"x": "OK"}}, {"answers": {"x": "CONCERN"}}, False),
        ({"issues": [ROW]}, {"issues": [ROW, OTHER]}, False),
        ({"issues": [ROW]}, {"issues": [{**ROW, "description": "C"}]}, True),
    ],
)
def test_letters_and_numbers_that_are_typed_one_by_one_are_undone_together(
    before, after, is_typing
) -> None:
    change = change_between(typed_report(before), typed_report(after), FORM)
    assert change.is_typing is is_typing


def test_a_row_of_a_kennel_report_is_called_an_animal() -> None:
    form = reference_form(Kind.ANIMAL_WELFARE)
    none, one = typed_report({"rows": []}), typed_report({"rows": [ROW]})
    assert change_between(none, one, form).words == "add the animal"
    assert change_between(one, none, form).words == "remove the animal"
    changed = typed_report({"rows": [{**ROW, "cell": "7"}]})
    assert change_between(one, changed, form).words == "change animal 1"


@pytest.mark.parametrize(
    ("before", "after", "one"),
    [("", "a", True), ("ab", "acb", True), ("abc", "ac", True), (None, "1", True),
     ("abc", "abd", False), ("", "ab", False), ("OK", "CONCERN", False), (1, 2, False)],
)  # fmt: skip
def test_one_letter_typed_or_taken_away_is_a_keystroke(before, after, one) -> None:
    assert is_keystroke(before, after) is one


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=8,
)
CONTENT = st.dictionaries(
    st.sampled_from(["rows", "issues", "answers", "counts", "kept_words", "arrived", "x"]), ANYTHING
)


@given(CONTENT, CONTENT)
def test_whatever_stands_in_a_draft_has_a_name(before, after) -> None:
    assert change_between(typed_report(before), typed_report(after), FORM).words
