"""Forms of the schemes: questions added without code, reports that keep the form they had."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, CUSTODY, confirmed, make_visit, sign
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.changes import Changes
from visitapp.domain.errors import BadInputError
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.kinds import Option
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services import Services

PILOT = Question("imm_notice", "Told why they are held for immigration?", "yes_no")
WRITTEN = Report(1, {"overall": "SATISFACTORY"})


def test_a_scheme_adds_a_question_and_older_reports_keep_their_form(furnished: Services) -> None:
    old = sign(furnished, make_visit(date(2024, 3, 4), report=WRITTEN))
    furnished.forms.add_question(CUSTODY, "suite", PILOT)
    newest = furnished.forms.form(CUSTODY)
    assert newest.number == 2
    assert newest.section("suite").questions[-1] == PILOT
    assert old.report is not None
    first = furnished.forms.form(CUSTODY, old.report.form_number)
    assert first.number == 1
    assert PILOT.key not in {q.key for q in first.questions()}
    assert furnished.forms.form(ANIMALS).number == 1
    furnished.forms.remove_question(CUSTODY, PILOT.key)
    assert furnished.forms.form(CUSTODY).number == 3
    assert PILOT in furnished.forms.form(CUSTODY, 2).section("suite").questions


def test_what_can_not_be_asked_or_left_out_is_said(furnished: Services) -> None:
    forms = furnished.forms
    furnished.forms.add_question(CUSTODY, "suite", PILOT)
    with pytest.raises(BadInputError, match="already has, or had, a question like this"):
        forms.add_question(CUSTODY, "staff", PILOT)
    with pytest.raises(BadInputError, match="no such section"):
        forms.add_question(CUSTODY, "kitchen", replace(PILOT, key="other"))
    for part, changed, said in (
        ("suite", {"kind": "core"}, "can't be added to this section"),
        ("rights", {"compulsory": True}, "can't be required"),
        ("rights", {"kind": "check"}, "yes, no and not checked"),
        ("staff", {"ask": "x" * 200}, "no more than 160 characters"),
        ("staff", {"kind": "choice", "options": (Option("A", "One"),)}, "at least two answers"),
    ):
        with pytest.raises(BadInputError, match=said):
            forms.add_question(CUSTODY, part, replace(PILOT, key="other", **changed))
    for key in ("site_id", "overall", "opcat", "nothing"):
        with pytest.raises(BadInputError, match="cannot be removed"):
            forms.remove_question(CUSTODY, key)
    with pytest.raises(BadInputError, match="missing"):
        forms.form(CUSTODY, 9)
    with pytest.raises(BadInputError, match="no longer in the file"):
        forms.form(uuid4())


def test_words_and_order_change_from_the_next_report_on(furnished: Services) -> None:
    forms = furnished.forms
    first = forms.form(CUSTODY)
    helpful = next(q for q in first.questions() if q.key == "staff_helpful")
    told = Option("TOLD", "They asked us to come back")
    forms.change_question(
        CUSTODY,
        replace(helpful, ask="Were staff helpful?", options=(*helpful.options, told)),
    )
    forms.move_question(CUSTODY, "good_practice", -1)
    newest = forms.form(CUSTODY)
    assert newest.number == 3
    keys = [q.key for q in newest.section("staff").questions]
    assert keys[:3] == ["staff_helpful", "good_practice", "respect"]
    assert newest.section("staff").questions[0].ask == "Were staff helpful?"
    assert forms.form(CUSTODY, 1) == first
    assert forms.move_question(CUSTODY, "staff_helpful", -1) is Changes.NONE
    assert forms.change_question(CUSTODY, newest.section("staff").questions[0]) is Changes.NONE
    assert forms.form(CUSTODY).number == 3


def test_a_key_is_never_used_for_a_second_question(furnished: Services) -> None:
    forms = furnished.forms
    key = forms.free_key(CUSTODY, "Told why they are held?")
    assert key == "told_why_they_are_held"
    forms.add_question(CUSTODY, "row", replace(PILOT, key=key))
    forms.remove_question(CUSTODY, key)
    assert forms.free_key(CUSTODY, "Told why they are held?") == "told_why_they_are_held_2"
    with pytest.raises(BadInputError, match="Use different words"):
        forms.add_question(CUSTODY, "suite", replace(PILOT, key=key))
    assert forms.free_key(CUSTODY, "\u00bfQu\u00e9?") == "qu"
    assert forms.free_key(CUSTODY, "72 hours?") == "question_72_hours"


def test_an_old_report_reads_and_prints_with_the_questions_it_was_asked(
    furnished: Services,
) -> None:
    forms = furnished.forms
    helpful = {"overall": "SATISFACTORY", "staff_helpful": "HELPFUL", "lighting": "OK"}
    old = sign(furnished, make_visit(date(2024, 3, 4), report=Report(1, helpful)))
    before = _words(furnished, old)
    asked = {q.key: q for q in forms.form(CUSTODY).questions()}
    forms.change_question(CUSTODY, replace(asked["staff_helpful"], ask="Was it a good welcome?"))
    forms.remove_question(CUSTODY, "lighting")
    forms.move_question(CUSTODY, "respect", -1)
    forms.add_question(CUSTODY, "staff", replace(PILOT, compulsory=True))
    assert _words(furnished, old) == before
    assert "How were the staff to you?" in before
    number = forms.form(CUSTODY).number
    with pytest.raises(BadInputError, match="Told why they are held"):
        sign(furnished, make_visit(date(2024, 3, 11), report=Report(number, helpful)))
    answers = helpful | {PILOT.key: "YES"}
    new = sign(furnished, make_visit(date(2024, 3, 11), report=Report(number, answers)))
    words = _words(furnished, new)
    assert "Was it a good welcome?" in words
    assert PILOT.ask in words
    assert "Lighting" not in words


def _words(services: Services, visit: Visit) -> str:
    recipient = services.recipients.recipients(CUSTODY)[0]
    return TaggedPdf(services.copies.pdf(visit.id, recipient.id)).outline()


def test_a_report_is_not_signed_while_its_answers_demand_more(furnished: Services) -> None:
    unfinished = make_visit(date(2024, 3, 4), report=Report(1, {}))
    with pytest.raises(BadInputError, match="satisfactory"):
        sign(furnished, unfinished)
    alleged = make_visit(
        date(2024, 3, 4),
        counts=(OutcomeCount("SEEN", 1, row=ReportRow(answers={"complaint": "YES"})),),
        present=1,
        report=WRITTEN,
    )
    with pytest.raises(BadInputError, match="as an allegation"):
        sign(furnished, alleged)
    issue = Issue(uuid4(), "CONDUCT", 4, question=Place.parse("rows:1:complaint"))
    assert sign(furnished, replace(alleged, issues=(issue,))).report == WRITTEN


def test_an_amended_report_is_the_next_edition_of_its_reference(furnished: Services) -> None:
    first = sign(furnished, make_visit(date(2024, 3, 4), report=WRITTEN))
    again = make_visit(date(2024, 3, 4), summary="Put right", report=WRITTEN)
    editions = [first]
    for reason in ("A slip", "Another slip"):
        draft, _ = furnished.drafts.replace(editions[-1].id, reason)
        visit = replace(confirmed(furnished, again), id=uuid4())
        editions.append(furnished.visits.sign(visit, draft)[0])
    assert [v.report and v.report.edition for v in editions] == [1, 2, 3]
    assert {v.ref for v in editions} == {first.ref}
    last = editions[-1].report
    assert last is not None
    assert last.amended_reason == "Another slip"
    assert last.amended_by
    assert furnished.maintenance.check() == []
