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
    ],
)  # fmt: skip
def test_a_change_is_named_by_where_it_is_and_what_it_did(before, after, field, words) -> None:
    change = change_between(typed_report(before), typed_report(after), FORM)
    assert (str(change.place), change.words) == (field, words)


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
