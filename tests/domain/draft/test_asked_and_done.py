"""What a report asks, by what happened, and when a section of it is done."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.builders import ANNE, BEN, CUSTODY, SUITE
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.judgement import Judgement
from visitapp.domain.draft.report_form import Reading, ReadingBasis, judged, read
from visitapp.domain.draft.report_sections import SectionProgress, sections
from visitapp.domain.draft.typed_visit import typed_visit
from visitapp.domain.following.ledger import content_digest
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading.report_lines import reply_due_text
from visitapp.domain.report.answer_rules import to_ring
from visitapp.domain.report.copies import Audience, visit_for
from visitapp.domain.report.form import applying
from visitapp.domain.report.standard_questions import KEYS, as_answered, with_standard_questions
from visitapp.services.office.reference import reference_codes, reference_form

FORM = with_standard_questions(reference_form(Kind.CUSTODY))
CODES = reference_codes(Kind.CUSTODY, CUSTODY)
BOOK = CodeBook(
    {name: tuple(c for c in CODES if c.list_name == name) for name in {c.list_name for c in CODES}}
)
COMMON: dict[str, Any] = {
    "site_id": str(SUITE), "date": "4/3/2025", "arrived": "1400", "admitted": "1402",
    "left": "1500", "visitors": [str(ANNE), str(BEN)], "present": 5, "counting": "counts",
    "counts": [{"outcome": "SEEN", "number": 3}, {"outcome": "ASLEEP", "number": 2}],
    "answers": {},
}  # fmt: skip


def reading_of(**changed: Any) -> Reading:
    basis = ReadingBasis(FORM, BOOK)
    report = typed_report(COMMON | changed)
    return read(report, visit_id=UUID(int=1), scheme_id=CUSTODY, basis=basis)


def asked(reading: Reading) -> set[str]:
    return {question.key for question in applying(tuple(FORM.questions()), reading.facts)}


def blocking(reading: Reading) -> list[str]:
    return [str(finding.place) for finding in judged(reading, ()) if finding.blocks]


def state(key: str, **changed: Any) -> SectionProgress:
    reading = reading_of(**changed)
    section = next(one for one in sections(FORM) if one.key == key)
    return Judgement(typed_report(COMMON | changed), reading, judged(reading, ())).progress(section)


def test_refused_entry_asks_why_and_who_refused_it() -> None:
    refused = {"status": "REFUSED_ENTRY", "admitted": "", "left": "", "counts": [], "present": None}
    wanted = {"answers:refused_why", "answers:refused_by"}
    assert wanted <= set(blocking(reading_of(**refused)))
    answers = {"refused_why": "No staff free.", "refused_by": "SERGEANT"}
    assert not wanted & set(blocking(reading_of(**refused, answers=answers)))
    assert state("access", **refused) is not SectionProgress.DONE
    assert not wanted & set(blocking(reading_of()))


def test_an_early_end_is_asked_after_and_stops_nothing() -> None:
    reading = reading_of(status="ABANDONED")
    assert "ended_why" in asked(reading)
    assert "answers:ended_why" not in blocking(reading)


def test_one_visitor_needs_a_reason() -> None:
    one = {"visitors": [str(ANNE), ""]}
    assert "answers:one_visitor_why" in blocking(reading_of(**one))
    assert state("visit", **one) is SectionProgress.IN_PROGRESS
    reason = {"one_visitor_why": "The other visitor was ill."}
    assert state("visit", **one, answers=reason) is SectionProgress.DONE
    assert state("visit") is SectionProgress.DONE


def test_rights_in_numbers_are_done_only_once_allegations_were_asked_about() -> None:
    assert state("rights") is SectionProgress.NOT_STARTED
    assert state("rights", answers={"alleged": "NO"}) is SectionProgress.IN_PROGRESS
    both = {"alleged": "NOT_CHECKED", "rights_checked": "NOT_CHECKED"}
    assert state("rights", answers=both) is SectionProgress.DONE
    assert "answers:alleged" in blocking(reading_of(answers={"alleged": "YES"}))


def test_rows_of_all_who_were_seen_ask_nothing_in_numbers() -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN"}]
    assert not {"alleged", "rights_checked"} & asked(
        reading_of(counting="rows", rows=rows, counts=[], present=1)
    )


@pytest.mark.parametrize(
    ("counts", "answer", "why", "every"),
    [
        ((("SEEN", 3), ("ASLEEP", 2)), None, False, True),
        ((("SEEN", 3), ("ASLEEP", 2)), "NO", True, True),
        ((("SEEN", 3), ("ASLEEP", 2)), "YES", False, True),
        ((("SEEN", 5),), None, False, False),
        ((("ASLEEP", 5),), None, True, False),
    ],
)
def test_why_a_child_was_not_seen_is_asked_only_where_one_was_not(
    counts: tuple[tuple[str, int], ...], answer: str | None, why: bool, every: bool
) -> None:
    answers = {"children_older": "1"} | ({"all_children_seen": answer} if answer else {})
    reading = reading_of(
        counts=[{"outcome": code, "number": number} for code, number in counts], answers=answers
    )
    assert ("child_not_seen" in asked(reading)) == why
    assert ("all_children_seen" in asked(reading)) == every


def test_a_child_in_a_row_that_was_seen_is_not_asked_after() -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN", "age_group": "A14_17"}]
    reading = reading_of(
        counting="rows", rows=rows, counts=[], present=1, answers={"children_older": "1"}
    )
    assert not {"child_not_seen", "all_children_seen"} & asked(reading)


def test_a_child_whose_age_no_row_tells_was_seen_if_everybody_was() -> None:
    rows = [{"id": str(uuid4()), "outcome": "SEEN"}]
    told = {"counting": "rows", "counts": [], "present": 1, "answers": {"children_older": "1"}}
    assert not {"child_not_seen", "all_children_seen"} & asked(reading_of(**told, rows=rows))
    missed = [{"id": str(uuid4()), "outcome": "ASLEEP"}]
    assert "child_not_seen" in asked(reading_of(**told, rows=missed))


def test_an_older_report_by_telephone_keeps_what_it_answered() -> None:
    reading = reading_of(mode="TELEPHONE", answers={"cells_clean": "OK", "vacant_cells": "3"})
    assert reading.answered.answers == {"cells_clean": "OK", "vacant_cells": 3}


def test_the_reason_of_an_older_draft_stays() -> None:
    answers = {"children_older": "1", "child_not_seen": "Asleep."}
    assert reading_of(answers=answers).answered.answers["child_not_seen"] == "Asleep."


def test_a_telephone_visit_asks_nothing_that_must_be_seen() -> None:
    call = {"mode": "TELEPHONE", "admitted": ""}
    questions = asked(reading_of(**call))
    assert not {"cells_clean", "van_dock", "escort_role", "safety_briefing"} & questions
    assert {"alleged", "staff_helpful", "overall"} <= questions
    assert state("facilities", **call) is SectionProgress.NOT_NEEDED
    missing = judged(reading_of(**call, arrived=""), ())
    assert "Enter when the call began." in [finding.sentence for finding in missing]


def test_who_was_refused_entry_saw_no_cells() -> None:
    assert state("facilities", status="REFUSED_ENTRY") is SectionProgress.NOT_NEEDED
    assert state("rights", status="REFUSED_ENTRY", counts=[]) is SectionProgress.NOT_NEEDED


@pytest.mark.parametrize(
    ("key", "answer", "is_concern"),
    [
        ("food", "NO", True), ("food", "YES", False), ("food", "NOT_CHECKED", False),
        ("told_rights", "NO", True), ("medication", "NO", True), ("complaint", "NO", False),
        ("legal_advice", "NOT_OFFERED", True), ("legal_advice", "RECEIVED", False),
        ("strip_search", "NO_AA", True), ("strip_search", "NO", False),
    ],
)  # fmt: skip
def test_a_no_that_is_a_concern_offers_an_issue(key: str, answer: str, is_concern: bool) -> None:
    question = next(one for one in FORM.row_questions() if one.key == key)
    assert question.is_concern(answer) == is_concern
    assert not is_concern or BOOK.has("issue_category", question.category)


def test_an_allegation_is_one_issue() -> None:
    row_id = str(uuid4())
    rows = [{"id": row_id, "outcome": "SEEN", "answers": {"complaint": "YES"}}]
    issue = {"id": str(uuid4()), "category": "CONDUCT", "severity": 4, "description": "Pushed.",
             "question": f"rows:{row_id}:complaint"}  # fmt: skip
    told = {"rows": rows, "counting": "rows", "counts": [], "present": 1, "issues": [issue]}
    assert not blocking_of_allegations(reading_of(**told, answers={"opcat": "YES"}))
    assert blocking_of_allegations(reading_of(**told, answers={"reprisal": "YES"})) == [
        "answers:reprisal"
    ]
    only_rows = told | {"issues": []}
    assert len(blocking_of_allegations(reading_of(**only_rows, answers={"opcat": "YES"}))) == 2


def blocking_of_allegations(reading: Reading) -> list[str]:
    return [str(f.place) for f in judged(reading, ()) if f.blocks and "open an issue" in f.sentence]


def test_an_allegation_is_due_at_once_and_says_whom_to_ring() -> None:
    issue = {"id": str(uuid4()), "category": "CONDUCT", "severity": 4, "description": "Pushed."}
    said = [finding.sentence for finding in to_ring(reading_of(issues=[issue]).visit, FORM)]
    assert any("Ring your scheme manager now." in sentence for sentence in said)
    assert reply_due_text(None, 14, 4) == "Due at once."
    private = [issue | {"question": "answers:reprisal"}]
    said = [finding.sentence for finding in to_ring(reading_of(issues=private).visit, FORM)]
    assert any("Do not tell anyone at the suite." in sentence for sentence in said)


def test_a_guest_is_kept_by_name_and_given_to_readers_of_names_alone() -> None:
    reading = reading_of(observers=["Lord  Mayor"])
    assert not [f for f in judged(reading, ()) if str(f.place) == "observers"]
    visit = reading.visit
    assert content_of(typed_visit(visit))["observers"] == ["Lord Mayor"]
    assert "guest_observers" not in typed_visit(visit).answers
    for audience in Audience:
        report = visit_for(visit, FORM, audience).report
        assert report is not None
        assert ("guest_observers" in report.answers) == audience.knows_visitors


def test_what_is_not_answered_changes_no_digest_and_no_signed_report() -> None:
    visit = reading_of(visitors=[str(ANNE)]).visit
    plain = read(
        typed_report(COMMON | {"visitors": [str(ANNE)]}), visit_id=UUID(int=1), scheme_id=CUSTODY,
        basis=ReadingBasis(reference_form(Kind.CUSTODY), BOOK),
    ).visit  # fmt: skip
    assert content_digest(visit) == content_digest(plain)
    keys = {question.key for question in as_answered(FORM, visit).questions()}
    assert not keys & KEYS


def test_a_form_that_has_such_a_question_keeps_its_own() -> None:
    assert with_standard_questions(FORM) == FORM
