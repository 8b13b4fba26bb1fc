"""Forms of the schemes: questions added without code, reports that keep the form they had."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from tests.builders import ANIMALS, CUSTODY, confirmed, make_visit, sign
from visitapp.domain.errors import BadInputError
from visitapp.domain.form import Question
from visitapp.domain.issue import Issue
from visitapp.domain.report import Report, ReportRow
from visitapp.domain.visit import OutcomeCount
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
    with pytest.raises(BadInputError, match="has a question with this key"):
        forms.add_question(CUSTODY, "staff", PILOT)
    with pytest.raises(BadInputError, match="no such section"):
        forms.add_question(CUSTODY, "kitchen", replace(PILOT, key="other"))
    with pytest.raises(BadInputError, match="can't be added to this section"):
        forms.add_question(CUSTODY, "rights", replace(PILOT, key="other"))
    for key in ("site_id", "overall", "opcat", "nothing"):
        with pytest.raises(BadInputError, match="stays"):
            forms.remove_question(CUSTODY, key)
    with pytest.raises(BadInputError, match="missing"):
        forms.form(CUSTODY, 9)
    with pytest.raises(BadInputError, match="not in the file"):
        forms.form(uuid4())


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
    issue = Issue(uuid4(), "CONDUCT", 4, question="rows:1:complaint")
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
