"""What answers bring with them: the next question, and what doesn't go together."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CUSTODY, make_kennel_visit, make_visit
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.draft.report_form import Reading, ReadingBasis
from visitapp.domain.draft.report_form import read as read_report
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report.answer_rules import (
    SERIOUS,
    facts_of,
    findings_of_answers,
    to_ring,
    whom_to_tell,
)
from visitapp.domain.report.answers import Counting, answered_of, row_facts
from visitapp.domain.report.form import Form
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services.office.reference import reference_codes, reference_form

CUSTODY_FORM, KENNEL_FORM = reference_form(Kind.CUSTODY), reference_form(Kind.ANIMAL_WELFARE)
BASIS = ReadingBasis(CUSTODY_FORM, CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY)))
DONE = {"overall": "SATISFACTORY"}
WALK = DONE | {"handler_number": "4417", "briefed": "YES"}
REX = UUID(int=701)


def said(visit: Visit, form: Form = CUSTODY_FORM) -> list[tuple[str, bool]]:
    """The sentences about a whole report, and whether each stops it."""
    answered = answered_of(visit)
    found = findings_of_answers(form, visit, answered, facts_of(visit, answered, 5), {REX: "Rex"})
    return [(finding.sentence, finding.blocks) for finding in found]


def custody(*rows: OutcomeCount, type_: str = "ROUTINE", **answers: Any) -> Visit:
    counts = rows or (OutcomeCount("SEEN", 2),)
    return make_visit(
        type=type_, present=len(counts), counts=counts, report=Report(1, DONE | answers)
    )


def kennels(*issues: Issue, rows: tuple[OutcomeCount, ...] = (), **answers: Any) -> Visit:
    counts = rows or (OutcomeCount("KENNEL", 1),)
    return make_kennel_visit(counts=counts, issues=issues, report=Report(1, WALK | answers))


def row(outcome: str, **changed: Any) -> OutcomeCount:
    gender, age = changed.pop("gender", None), changed.pop("age_group", None)
    return OutcomeCount(outcome, 1, None, gender, age, row=ReportRow("M4", answers=changed))


def test_children_of_both_ages_together_are_no_more_than_all_in_custody() -> None:
    two = (row("REFUSED"), row("REFUSED"))
    why = {"child_not_seen": "Asleep."}
    assert said(custody(*two, children_younger=1, children_older=1, **why)) == []
    assert said(custody(*two, children_younger=1, children_older=2, **why)) == [
        ("3 children, but 2 were in custody.", True)
    ]


def test_rows_of_children_and_women_beyond_the_numbers_are_told_and_stop_nothing() -> None:
    girls = (row("SEEN", gender="FEMALE", age_group="A14_17"),) * 2
    assert said(custody(*girls)) == []  # nobody counted them, so the rows are all there is
    assert said(custody(*girls, women=1, children_older=1)) == [
        ("Children: you counted 1, but there are 2 in the rows.", False),
        ("Women and girls: you counted 1, but there are 2 in the rows.", False),
    ]


@pytest.mark.parametrize(
    ("outcome", "consent", "sentence"),
    [
        ("SEEN", "R", "Row 1 was seen, but refused the visit; look at both answers."),
        ("REFUSED", "G", "Row 1 refused, but agreed to the visit; look at both answers."),
        ("SEEN", "G", ""),
        ("SEEN", "I", ""),
        ("REFUSED", "R", ""),
        ("ASLEEP", "N", ""),
    ],
)
def test_what_happened_and_the_consent_should_agree(
    outcome: str, consent: str, sentence: str
) -> None:
    wanted = [(sentence, False)] if sentence else []
    assert said(custody(row(outcome, consent_visit=consent))) == wanted


def test_seeing_somebody_held_under_the_terrorism_act_makes_it_a_tact_visit() -> None:
    seen, asleep = row("SEEN", flags=["TACT"]), row("ASLEEP", flags=["TACT"])
    [(sentence, blocks)] = said(custody(seen))
    assert sentence.startswith("A detainee held under the Terrorism Act was seen: choose TACT")
    assert not blocks
    assert said(custody(seen, type_="TACT")) == []
    assert said(custody(asleep)) == []


@pytest.mark.parametrize(
    ("who", "asks"),
    [
        ({"age_group": "A10_13"}, True),
        ({"flags": ["CHILD"]}, True),
        ({"flags": ["VULNERABLE"]}, True),
        ({"flags": ["MH"]}, False),
    ],
)
def test_a_child_or_a_vulnerable_person_not_seen_is_asked_after(
    who: dict[str, Any], asks: bool
) -> None:
    sentence = "Not answered: A child or a vulnerable person was in custody and not seen: why?"
    assert said(custody(row("ASLEEP", **who))) == ([(sentence, False)] if asks else [])
    assert said(custody(row("ASLEEP", **who), child_not_seen="The nurse advised it.")) == []
    assert said(custody(row("SEEN", **who))) == []


def test_a_serious_issue_at_the_kennels_is_telephoned_and_a_small_one_is_not() -> None:
    small, serious = Issue(uuid4(), "ENVIRON", 2), Issue(uuid4(), "HEALTH", 3)
    sentence = (
        "Ring the dog unit manager now about the serious issue, then enter the time you rang."
    )
    assert said(kennels(small), KENNEL_FORM) == []
    assert said(kennels(small, serious), KENNEL_FORM) == [(sentence, False)]
    assert said(kennels(serious, phoned="NO"), KENNEL_FORM) == [(sentence, False)]
    assert said(kennels(serious, phoned="YES"), KENNEL_FORM) == []
    custody_issue = make_visit(issues=(serious,), report=Report(1, DONE))
    assert said(custody_issue) == []


def test_who_went_along_is_asked_after_where_a_visit_was_made() -> None:
    made = make_kennel_visit(report=Report(1, DONE))
    assert said(made, KENNEL_FORM) == [
        ("Not answered: Handler who went with you, collar number", False),
        ("Not answered: Told which animals are there, and of any in isolation", False),
    ]
    turned_away = make_kennel_visit(status="ABANDONED", report=Report(1, DONE))
    assert said(turned_away, KENNEL_FORM) == []


def test_a_concern_about_an_animal_calls_it_by_its_name() -> None:
    about = ReportRow(animal_id=REX, answers={"health": "CONCERN"})
    rows = (OutcomeCount("KENNEL", 1, row=about),)
    assert said(kennels(rows=rows), KENNEL_FORM) == [
        ("Health, Rex: you marked a concern but there is no issue about it.", False)
    ]


# -- the next question -------------------------------------------------------------------------


def reading(**content: Any) -> Reading:
    typed = {"date": "5/3/2025", "arrived": "1400", "admitted": "1403", "left": "1500"} | content
    return read_report(typed_report(typed), visit_id=UUID(int=9), scheme_id=CUSTODY, basis=BASIS)


AUTHORISED = {"delay_authorised": "YES", "authorised_rank": "Inspector", "authorised_at": "14:10"}


def test_answers_go_with_the_question_they_waited_for_however_long_the_chain() -> None:
    assert reading(admitted="1430", answers=AUTHORISED).answered.answers == AUTHORISED
    refused = AUTHORISED | {"delay_authorised": "NO"}
    assert reading(admitted="1430", answers=refused).answered.answers == {"delay_authorised": "NO"}
    assert reading(answers=AUTHORISED).answered.answers == {}  # nobody waited


def test_a_record_that_was_not_checked_matches_nothing() -> None:
    checked = {"consent_record": "G", "record_checked": "YES", "record_matches": "NO"}
    for answers, kept in (
        (checked, checked),
        (checked | {"record_checked": "NO"}, {"consent_record": "G", "record_checked": "NO"}),
        (checked | {"consent_record": "R"}, {"consent_record": "R"}),
    ):
        rows = [{"id": "a", "outcome": "SEEN", "answers": answers}]
        [found] = reading(counting="rows", rows=rows).answered.rows
        assert found.answers == kept


ROW_KEYS = [q for q in CUSTODY_FORM.row_questions() if q.kind in ("yes_no", "choice", "time")]


@given(
    st.fixed_dictionaries(
        {},
        optional={
            q.key: st.sampled_from([o.code for o in q.choices] or ["14:30"]) for q in ROW_KEYS
        },
    ),
    st.sampled_from(["SEEN", "ASLEEP"]),
)
def test_what_is_kept_of_a_row_is_what_it_is_still_asked(
    answers: dict[str, str], outcome: str
) -> None:
    """Read, written and read again, nothing more goes: the answers agree with each other."""
    rows = [{"id": "a", "outcome": outcome, "answers": answers}]
    [first] = reading(counting="rows", rows=rows).answered.rows
    again = [{"id": "a", "outcome": outcome, "answers": dict(first.answers)}]
    [second] = reading(counting="rows", rows=again).answered.rows
    assert second.answers == first.answers
    assert first.answers.items() <= answers.items()


def test_whoever_must_be_told_hangs_on_how_serious_it_is() -> None:
    assert whom_to_tell(SERIOUS - 1, custody=True) == ""
    assert whom_to_tell(SERIOUS, custody=True).startswith("Tell the custody inspector")
    assert whom_to_tell(SERIOUS, custody=False).startswith("Ring the dog unit manager now")
    assert whom_to_tell(SERIOUS, custody=True, private=True).startswith("Ring your scheme manager")
    assert whom_to_tell(4, custody=True).startswith("Ring your scheme manager now. If anyone")


def test_allegations_are_told_by_the_number_of_their_issue_and_stop_nothing() -> None:
    issues = [Issue(uuid4(), "CONDUCT", severity) for severity in (4, 3, 4)]
    rung = to_ring(custody_with(issues), CUSTODY_FORM)
    assert [finding.sentence.partition(":")[0] for finding in rung] == ["Issue 1", "Issue 3"]
    assert not any(finding.blocks for finding in rung)


def custody_with(issues: list[Issue]) -> Visit:
    return make_visit(issues=tuple(issues), report=Report(1, DONE))


def test_as_many_rows_as_were_counted_agree() -> None:
    woman = row("SEEN", gender="FEMALE", age_group="A26_35")
    assert said(custody(woman, women=1)) == []
    sentences = [sentence for sentence, _ in said(custody(woman, woman, women=1))]
    assert any(sentence.startswith("Women and girls: you counted 1") for sentence in sentences)


def facts(*counts: OutcomeCount, status: str = "COMPLETED", **answers: Any) -> frozenset[str]:
    present = sum(count.number for count in counts)
    report = Report(1, DONE | answers)
    visit = make_visit(status=status, present=present, counts=counts, report=report)
    return facts_of(visit, answered_of(visit), 5)


def test_a_report_counts_by_numbers_by_rows_or_by_both() -> None:
    plain, detained = OutcomeCount("SEEN", 1), row("SEEN")
    for counts, counting in (
        ((), Counting.COUNTS),
        ((plain,), Counting.COUNTS),
        ((detained,), Counting.ROWS),
        ((detained, row("REFUSED")), Counting.ROWS),
        ((detained, plain), Counting.BOTH),
    ):
        assert answered_of(make_visit(counts=counts)).counting is counting


def test_numbers_are_asked_about_where_somebody_without_a_row_was_seen() -> None:
    seen, refused = OutcomeCount("SEEN", 1), OutcomeCount("REFUSED", 1)
    assert "by_numbers" in facts(seen)
    assert "by_numbers" in facts(refused), "nobody has a row"
    assert "by_numbers" in facts(row("SEEN"), seen)
    assert "by_numbers" not in facts(row("SEEN"), refused)
    assert "by_numbers" not in facts(row("SEEN"))
    assert "by_numbers" not in facts(seen, status="REFUSED_ENTRY")


def test_children_that_were_counted_are_those_without_a_row() -> None:
    others = (OutcomeCount("SEEN", 1), OutcomeCount("REFUSED", 1))
    child = row("SEEN", age_group="A14_17")
    assert "children_counted" in facts(*others, children_older=1)
    assert "children_counted" not in facts(*others, child, children_older=1)
    assert "children_counted" in facts(*others, child, children_older=2)
    assert "children_counted" not in facts(*others, children_older=0)


def test_a_woman_is_known_by_her_gender_or_by_a_mark() -> None:
    assert "female" in row_facts("FEMALE", {})
    assert "female" in row_facts(None, {"flags": ["FEMALE"]})
    assert "female" not in row_facts("MALE", {"flags": ["TACT"]})
    assert "female" not in row_facts(None, {})


def test_an_answer_that_calls_for_an_issue_says_how_serious_it_is_at_least() -> None:
    calling = [q for q in CUSTODY_FORM.questions() if q.raises_category and not q.when]
    assert {question.raises_severity for question in calling} >= {4}
    for question in calling:
        least = "as an allegation" if question.raises_severity == 4 else "at least serious"
        sentence = f"You answered yes to \u201c{question.ask}\u201d: open an issue, {least}."
        assert (sentence, True) in said(custody(**{question.key: "YES"}))
