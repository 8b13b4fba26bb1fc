"""Answers and rows of a draft, read into a report; what they demand; how rows and counts agree."""

from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CUSTODY, make_visit
from visitapp.domain.draft.draft_answers import agreement, read_answers
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answer_rules import asked_of_row, facts_of, findings_of_answers
from visitapp.domain.report.answers import Answered, Counting
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.visit import OutcomeCount
from visitapp.services.office.reference import reference_codes, reference_form

BOOK = CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY))
FORM = reference_form(Kind.CUSTODY)
NOTHING: frozenset[str] = frozenset()


def read(content: dict[str, Any], *counts: OutcomeCount) -> Answered:
    return read_answers(replace(typed_report(content), counts=counts), FORM, BOOK)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
KEYS = st.sampled_from(
    [q.key for q in (*FORM.questions(), *FORM.row_questions())] + ["outcome", "answers"]
)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "answers": JSON | st.dictionaries(KEYS, JSON, max_size=5),
            "rows": JSON
            | st.lists(
                st.dictionaries(KEYS, JSON | st.dictionaries(KEYS, JSON), max_size=4), max_size=4
            ),
            "counting": JSON | st.sampled_from(["counts", "rows", "both"]),
        },
    )
)
def test_no_content_raises_and_what_is_taken_is_valid(content: dict[str, Any]) -> None:
    found = read(content, OutcomeCount("SEEN", 2))
    for question in FORM.questions():
        if question.key in found.answers:
            assert question.problem(found.answers[question.key]) == ""
    findings_of_answers(FORM, make_visit(date(2024, 3, 4)), found, facts_of(
        make_visit(date(2024, 3, 4)), found, 5))  # fmt: skip
    assert agreement(found, [OutcomeCount("SEEN", 2)])


OUTCOMES = st.sampled_from(["SEEN", "REFUSED", "ASLEEP", "UNAVAIL"])


@given(
    st.lists(OUTCOMES, max_size=8),
    st.dictionaries(OUTCOMES, st.integers(0, 6)),
)
def test_rows_and_counts_together_never_count_anybody_twice(
    rows: list[str], counts: dict[str, int]
) -> None:
    typed = [OutcomeCount(outcome, number) for outcome, number in counts.items()]
    content = {"counting": "both", "rows": [{"outcome": outcome} for outcome in rows]}
    found = read(content, *typed)
    have = Counter(rows)
    total: Counter[str] = Counter()
    for count in found.counts:
        total[count.outcome] += count.number
    for outcome in {*counts, *rows}:
        assert total[outcome] == max(have[outcome], counts.get(outcome, 0))
    too_many = {outcome for outcome in rows if have[outcome] > counts.get(outcome, 0)}
    assert {str(p.place).removeprefix("count:") for p in found.problems} == too_many
    assert all(problem.blocks for problem in found.problems)


def test_counting_only_ignores_rows_and_rows_only_ignores_counts() -> None:
    rows = [{"outcome": "SEEN", "gender": "FEMALE"}, {"outcome": "ASLEEP"}]
    only_counts = read({"rows": rows}, OutcomeCount("SEEN", 5))
    assert only_counts.counting is Counting.COUNTS
    assert [c.number for c in only_counts.counts] == [5]
    only_rows = read({"rows": rows, "counting": "rows"}, OutcomeCount("SEEN", 5))
    assert [c.outcome for c in only_rows.counts] == ["SEEN", "ASLEEP"]
    assert all(c.row is not None for c in only_rows.counts)


def test_a_row_without_what_happened_is_a_problem_and_is_kept() -> None:
    found = read({"counting": "rows", "rows": [{"cell": "M4"}]})
    problems = [(problem.sentence, problem.blocks) for problem in found.problems]
    assert problems == [("Say what happened, in row 1.", True)]
    assert found.rows[0].count is None


def test_answers_are_kept_in_one_way_of_writing() -> None:
    found = read({"answers": {"staff_on_duty": "07", "authorised_at": "2:30pm", "nothing": 1}})
    assert found.answers == {"staff_on_duty": 7, "authorised_at": "14:30"}
    wrong = read({"answers": {"staff_on_duty": "many"}})
    assert wrong.answers == {}
    assert str(wrong.problems[0].place) == "answers:staff_on_duty"
    assert wrong.problems[0].blocks
    assert "Custody staff on duty" in wrong.problems[0].sentence


def sentences(content: dict[str, Any], *issues: Issue) -> dict[str, bool]:
    visit = make_visit(date(2024, 3, 4), issues=issues)
    found = read(content)
    facts = facts_of(visit, found, 5)
    return {str(f.place): f.blocks for f in findings_of_answers(FORM, visit, found, facts)}


def test_what_is_compulsory_blocks_until_it_is_answered() -> None:
    assert sentences({}) == {"answers:overall": True}
    assert sentences({"answers": {"overall": "SATISFACTORY"}}) == {}


def test_a_part_of_those_in_custody_is_no_more_than_all() -> None:
    visit = make_visit(date(2024, 3, 4))
    assert visit.present is not None
    answers = {"overall": "SATISFACTORY", "women": visit.present + 1, "women_offered": "YES"}
    assert sentences({"answers": answers}) == {"answers:women": True}


@pytest.mark.parametrize("severity", [1, 2, 3])
def test_an_allegation_must_become_an_issue_grave_enough(severity: int) -> None:
    content = {
        "answers": {"overall": "SATISFACTORY"},
        "counting": "rows",
        "rows": [{"outcome": "SEEN", "answers": {"complaint": "YES"}}],
    }
    where = "rows:1:complaint"
    assert sentences(content) == {where: True}
    mild = Issue(uuid4(), "CONDUCT", severity, question=Place.parse(where))
    assert sentences(content, mild) == {where: True}
    grave = Issue(uuid4(), "CONDUCT", 4, question=Place.parse(where))
    assert sentences(content, grave) == {}
    elsewhere = Issue(uuid4(), "CONDUCT", 4)
    assert sentences(content, elsewhere) == {where: True}


def test_a_concern_asks_for_an_issue_and_does_not_insist() -> None:
    content = {"answers": {"overall": "SATISFACTORY", "showers": "CONCERN"}}
    assert sentences(content) == {"answers:showers": False}
    issue = Issue(uuid4(), "HYG", question=Place.parse("answers:showers"))
    assert sentences(content, issue) == {}


def test_a_child_who_was_not_seen_is_asked_about() -> None:
    visit = make_visit(date(2024, 3, 4))
    told = read({"answers": {"children_older": 1}})
    assert "children_counted" in facts_of(visit, told, 5)
    rows = [{"outcome": "SEEN", "age_group": "A14_17"}]
    seen = read({"answers": {"children_older": 1}, "counting": "rows", "rows": rows})
    assert "child_not_seen" not in facts_of(visit, seen, 5)
    asleep = read({"counting": "rows", "rows": [{"outcome": "ASLEEP", "age_group": "A10_13"}]})
    assert "child_not_seen" in facts_of(visit, asleep, 5)


def test_a_wait_beyond_the_limit_asks_who_authorised_it() -> None:
    visit = make_visit(date(2024, 3, 4))
    wait = visit.wait_minutes
    assert wait is not None
    assert ("delayed" in facts_of(visit, read({}), wait)) is False
    assert "delayed" in facts_of(visit, read({}), wait - 1)


def test_women_seen_are_asked_their_questions_and_records_only_with_consent() -> None:
    welfare = next(group for group in FORM.row_groups if group.key == "welfare")
    record = next(group for group in FORM.row_groups if group.key == "record")
    content = {
        "counting": "rows",
        "rows": [
            {"outcome": "SEEN", "gender": "FEMALE", "answers": {"consent_record": "G"}},
            {"outcome": "SEEN", "gender": "MALE", "answers": {"consent_record": "R"}},
        ],
    }
    woman, man = read(content).rows
    assert {"female_officer", "menstrual"} <= {q.key for q in asked_of_row(welfare, woman, True)}
    assert not {"female_officer", "menstrual"} & {q.key for q in asked_of_row(welfare, man, True)}
    assert asked_of_row(record, woman, True)
    assert asked_of_row(record, man, True) == ()
    assert asked_of_row(welfare, woman, False) == ()


def test_how_rows_and_counts_agree_is_said() -> None:
    rows = [{"outcome": "SEEN"}] * 2
    content = {"counting": "both", "rows": rows}
    assert agreement(read(content, OutcomeCount("SEEN", 2)), [OutcomeCount("SEEN", 2)]) == (
        "2 rows agree with the counts above"
    )
    three = [OutcomeCount("SEEN", 3)]
    assert agreement(read(content, *three), three) == "2 rows of 3 counted above"
    one = [OutcomeCount("SEEN", 1)]
    assert "don't agree" in agreement(read(content, *one), one)


def test_more_rows_than_were_counted_are_a_problem_with_their_number() -> None:
    rows = [{"outcome": "SEEN"}] * 3 + [{"outcome": "ASLEEP"}]
    found = read({"counting": "both", "rows": rows}, OutcomeCount("SEEN", 1))
    assert [(str(p.place), p.sentence, p.blocks) for p in found.problems] == [
        ("count:SEEN", "2 more rows say “seen” than the count above it.", True),
        ("count:ASLEEP", "1 more row says “asleep, observed” than the count above it.", True),
    ]


def test_a_row_without_an_outcome_demands_nothing_more() -> None:
    rows = {"counting": "rows", "rows": [{"cell": "M4"}]}
    assert sentences(rows) == sentences({"counting": "rows", "rows": []})
