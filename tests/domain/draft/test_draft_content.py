"""A draft's JSON is read into typed values and written back; nothing that stood there is lost."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, SUITE
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.typed_report import TypedIssue, TypedReport, TypedRow
from visitapp.domain.report.answers import Counting
from visitapp.domain.report.place import Place, answer_place, of_row
from visitapp.domain.report.report import KeptWords
from visitapp.domain.report.visit import Confirmation, OutcomeCount

AT = datetime(2025, 3, 5, 15, 30, tzinfo=UTC)
KEYS = [field.name for field in fields(TypedReport) if field.name != "source"]
words = st.text(max_size=8)
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=10,
)
ids = st.sampled_from([str(ANNE), str(BEN), str(SUITE), str(SUITE).upper(), ""])


def rows_with(kind: type, **likely: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Lists of mappings with likely and unlikely values under the names of a value's fields."""
    names = [field.name for field in fields(kind) if field.name != "source"]
    values = {name: likely.get(name, words) | json_values for name in names}
    return st.lists(st.fixed_dictionaries({}, optional=values | {"colour": words}), max_size=3)


written_by_the_window = {
    "site_id": ids,
    "visitors": st.lists(ids | words, max_size=3),
    "observers": st.lists(ids | words, max_size=2),
    "second_time": st.lists(st.sampled_from(["arrived", "left"]), unique=True),
    "present": st.none() | st.integers(0, 60),
    "counting": st.sampled_from(["counts", "rows", "both"]),
    "nothing_raised": st.booleans(),
    "form": st.integers(1, 9),
    "answers": st.dictionaries(words, json_values, max_size=3),
    "rows": rows_with(TypedRow, animal_id=ids, answers=st.dictionaries(words, words, max_size=2)),
    "issues": rows_with(
        TypedIssue,
        severity=st.none() | st.integers(1, 4) | words,
        question=st.sampled_from(["answers:yard", "rows:a:request", "yard", ""]),
        closed_on=st.none() | st.dates().map(date.isoformat),
        version=st.integers(1, 3),
    ),
    "counts": rows_with(OutcomeCount, outcome=st.just("SEEN"), number=st.integers(0, 9)),
    "confirmations": rows_with(Confirmation, person_id=ids),
    "kept_words": rows_with(KeptWords, question=st.sampled_from(["summary", "yard", "rows:a:x"])),
}
contents = st.fixed_dictionaries(
    {},
    optional={key: written_by_the_window.get(key, words) | json_values for key in KEYS}
    | {"key_of_a_later_version": json_values},
)

reports = st.builds(
    TypedReport,
    site_id=st.just(SUITE) | st.sampled_from(["", "Euston"]),
    visitors=st.lists(st.sampled_from([ANNE, BEN, "", "Jo"]), max_size=3).map(tuple),
    observers=st.lists(st.sampled_from([ANNE, "Lord Mayor"]), max_size=2).map(tuple),
    second_time=st.sampled_from([(), ("arrived",), ("arrived", "left")]),
    present=st.none() | st.integers(0, 99),
    counts=st.lists(
        st.builds(OutcomeCount, words.filter(bool), st.integers(0, 9), st.none() | st.just("X")),
        max_size=2,
    ).map(tuple),
    counting=st.sampled_from(Counting),
    nothing_raised=st.booleans(),
    form=st.none() | st.integers(1, 9),
    answers=st.dictionaries(words, json_values, max_size=3),
    rows=st.lists(
        st.builds(
            TypedRow,
            id=words,
            animal_id=st.none() | st.uuids(),
            cell=words,
            answers=st.dictionaries(words, json_values, max_size=2),
        ),
        max_size=3,
    ).map(tuple),
    issues=st.lists(
        st.builds(
            TypedIssue,
            id=words,
            severity=st.none() | st.integers(0, 4) | words,
            resolved_during_visit=st.booleans(),
            raised_minute=st.none() | st.integers(0, 1439),
            closed_on=st.none() | st.dates(),
            question=st.sampled_from([Place(), answer_place("yard"), of_row("a", "request")]),
            version=st.integers(1, 9),
        ),
        max_size=3,
    ).map(tuple),
    confirmations=st.lists(st.builds(Confirmation, st.uuids(), words, st.just(AT))).map(tuple),
    kept_words=st.lists(
        st.builds(
            KeptWords,
            st.sampled_from([Place("summary"), answer_place("yard"), of_row("a", "request")]),
            words.filter(bool), words, words, words, st.just(AT),
        ),
        max_size=2,
    ).map(tuple),
    **dict.fromkeys(
        ["date", "type", "mode", "status", "arrived", "admitted", "left", "delay_reason",
         "delay_explanation", "extra_minutes", "summary"],
        words,
    ),
)  # fmt: skip


@given(contents)
def test_a_draft_that_nobody_changed_is_written_back_word_for_word(content: dict[str, Any]) -> None:
    assert content_of(typed_report(content)) == content


@given(contents, contents)
def test_a_change_writes_its_own_key_and_leaves_all_others(
    content: dict[str, Any], other: dict[str, Any]
) -> None:
    before, donor = typed_report(content), typed_report(other)
    for key in KEYS:
        changed = replace(before, **{key: getattr(donor, key)})
        written = content_of(changed)
        assert typed_report(written) == changed
        assert {k: v for k, v in written.items() if k != key} == {
            k: v for k, v in content.items() if k != key
        }


@given(reports)
def test_whatever_the_form_can_hold_is_read_back_the_same(report: TypedReport) -> None:
    assert typed_report(content_of(report)) == report


def test_a_row_that_another_version_wrote_more_into_keeps_it_when_it_is_changed() -> None:
    content = {
        "rows": [{"id": "a", "colour": "red", "cell": 7}, {"id": "b"}],
        "issues": [{"id": "x", "question": "odd:spelling", "severity": [1]}],
        "summary": {"not": "a text"},
    }
    report = typed_report(content)
    first, second = report.rows
    changed = replace(report, rows=(replace(first, gender="FEMALE"), second))
    assert content_of(changed) == content | {
        "rows": [{"id": "a", "colour": "red", "cell": 7, "gender": "FEMALE"}, {"id": "b"}]
    }
    [issue] = report.issues
    changed = replace(report, issues=(replace(issue, place="Kitchen"),))
    assert content_of(changed)["issues"] == [content["issues"][0] | {"place": "Kitchen"}]


def test_the_shape_on_the_disk_is_that_of_the_versions_before() -> None:
    report = TypedReport(
        site_id=SUITE,
        visitors=(ANNE, ""),
        counts=(OutcomeCount("SEEN", 2),),
        counting=Counting.BOTH,
        rows=(TypedRow("a", outcome="SEEN", animal_id=UUID(int=7)),),
        issues=(TypedIssue("x", severity=2, question=answer_place("yard")),),
        confirmations=(Confirmation(ANNE, "Anne", AT),),
        second_time=("left",),
    )
    assert content_of(report) == {
        "site_id": str(SUITE),
        "visitors": [str(ANNE), ""],
        "second_time": ["left"],
        "counts": [
            {"outcome": "SEEN", "number": 2, "reason": None, "gender": None, "age_group": None,
             "ethnicity": None},
        ],
        "counting": "both",
        "rows": [{"id": "a", "outcome": "SEEN", "animal_id": str(UUID(int=7))}],
        "issues": [{"id": "x", "severity": 2, "question": "answers:yard"}],
        "confirmations": [
            {"person_id": str(ANNE), "typed_name": "Anne", "confirmed_at": "2025-03-05T15:30:00"},
        ],
    }  # fmt: skip


def test_a_count_needs_an_outcome_and_a_number_and_a_name_its_person_and_time() -> None:
    counts = [
        {"outcome": "", "number": 3},
        {"outcome": "SEEN"},
        {"outcome": "SEEN", "number": 2, "gender": "MALE"},
    ]
    assert typed_report({"counts": counts}).counts == (OutcomeCount("SEEN", 2, gender="MALE"),)
    names = [
        {"person_id": str(ANNE), "typed_name": "Anne"},
        {"typed_name": "Anne", "confirmed_at": AT.isoformat()},
        {"person_id": str(ANNE), "typed_name": "Anne", "confirmed_at": AT.isoformat()},
    ]
    assert typed_report({"confirmations": names}).confirmations == (Confirmation(ANNE, "Anne", AT),)
