"""Two versions of a report: each answer that was changed is found, and nothing else."""

from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.builders import ANNE, BEN, CARA, CUSTODY, answers_of, make_person, make_site, make_visit
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading.comparing import Pair, compared, issue_after
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report.form import Question
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.standard_questions import with_standard_questions
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services.office.reference import (
    reference_codes,
    reference_form,
    reference_grid,
    reference_scheme,
)

FORM = reference_form(Kind.CUSTODY)
ABOUT = ReportContext(
    reference_scheme(Kind.CUSTODY, CUSTODY),
    make_site(),
    reference_grid(Kind.CUSTODY, CUSTODY),
    {
        one: make_person(name, id=one)
        for one, name in ((ANNE, "Anne"), (BEN, "Ben"), (CARA, "Cara"))
    },
    CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY)),
    FORM,
)


def row(number: str, outcome: str = "SEEN", **answers: Any) -> OutcomeCount:
    return OutcomeCount(outcome, 1, row=ReportRow("M4", number, answers=answers))


def whole(**changed: Any) -> Visit:
    rows = (row("KL/24/0412", told_rights="YES"), row("KL/24/0415"), OutcomeCount("ASLEEP", 4))
    issue = Issue(UUID(int=5), "FOOD", 2, description="No meal.")
    report = Report(1, answers_of(FORM))
    return make_visit(**{"counts": rows, "issues": (issue,), "report": report} | changed)


def changed(before: Visit, after: Visit) -> list[tuple[str, str, str]]:
    pairs = compared(before, ABOUT, after, ABOUT)
    return [(pair.label, pair.before, pair.after) for pair in pairs if pair.differs]


def test_the_same_report_has_no_difference_and_every_answer() -> None:
    visit = whole()
    pairs = compared(visit, ABOUT, replace(visit, id=uuid4()), ABOUT)
    assert not any(pair.differs for pair in pairs)
    labels = [pair.label for pair in pairs]
    assert len([one for one in labels if one in {q.ask for q in FORM.questions()}]) > 40
    assert "Hours" not in labels  # it follows from the times


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"summary": "Calm."}, [("Summary", "", "Calm.")]),
        ({"visitors": (ANNE, CARA)}, [("Visitors", "Anne and Ben", "Anne and Cara")]),
        ({"type": "TACT"}, [("Kind of visit", "Routine, face to face", "TACT, face to face")]),
        ({"issues": ()}, [("Issues", "", "None"),
                          ("Issue 1", "Food and drink: needs action. “No meal.” Raised.", "")]),
    ],
)  # fmt: skip
def test_a_changed_answer_is_told_with_both_values(
    change: dict[str, Any], said: list[tuple[str, str, str]]
) -> None:
    assert sorted(changed(whole(), whole(**change))) == sorted(said)


def test_an_answer_of_the_forms_own_is_told() -> None:
    answers = answers_of(FORM) | {"showers": "CONCERN"}
    after = whole(report=Report(1, answers))
    assert changed(whole(), after) == [("Showers and washing", "Satisfactory", "Concern")]


def test_rows_are_told_by_what_they_are_and_not_by_their_place() -> None:
    counts = whole().counts
    swapped = whole(counts=(counts[1], counts[0], counts[2]))
    assert changed(whole(), swapped) == []
    gone = changed(whole(), whole(counts=counts[1:]))
    assert {label for label, _, after in gone if not after} == {
        "Custody number",
        "Cell",
        "What happened",
        "Told of their rights, with a notice they understand",
    }
    answered = whole(counts=(row("KL/24/0412", told_rights="NO"), *counts[1:]))
    assert changed(whole(), answered) == [
        ("Told of their rights, with a notice they understand", "Yes", "No")
    ]


def test_an_issue_that_was_taken_over_is_the_same_issue() -> None:
    before = whole()
    after_id = uuid4()
    taken = replace(before.issues[0], id=issue_after(after_id, before.issues[0].id))
    new = Issue(uuid4(), "CELL", 1, description="No blanket.")
    after = whole(id=after_id, issues=(new, taken))
    assert [one[1] for one in changed(before, after)] == [""]  # the new one alone


def test_an_imported_visit_is_compared_with_the_report_that_amends_it() -> None:
    before = replace(whole(), report=None, counts=make_visit().counts)
    after = replace(before, report=Report(1, {"overall": "SATISFACTORY"}), summary="Calm.")
    pairs = compared(before, replace(ABOUT, form=None), after, ABOUT)
    told = {pair.label: (pair.before, pair.after) for pair in pairs if pair.differs}
    assert told["Summary"] == ("", "Calm.")
    assert told["All in all, was the visit satisfactory?"] == ("", "Satisfactory")
    same = [pair for pair in pairs if not pair.differs]
    assert Pair("Detainees", "In custody", "6", "6") in same


def test_what_is_gone_stands_where_it_stood() -> None:
    issues = [Issue(UUID(int=n), "FOOD", 2, description=f"No {n}.") for n in (1, 2, 3)]
    before = whole(issues=tuple(issues))
    kept = replace(issues[2], id=issue_after(UUID(int=9), issues[2].id))
    pairs = compared(before, ABOUT, whole(id=UUID(int=9), issues=(kept,)), ABOUT)
    of_issues = [pair for pair in pairs if pair.section == "Issues"]
    text = "Food and drink: needs action. “No {}.” Raised."
    assert [(pair.before, pair.after) for pair in of_issues] == [
        (text.format(1), ""), (text.format(2), ""), (text.format(3), text.format(3)),
    ]  # fmt: skip
    assert pairs[0].label == "Suite"


def test_rows_with_the_same_custody_number_are_both_compared() -> None:
    twice = (row("KL/24/0412"), row("KL/24/0412", "ASLEEP"), OutcomeCount("ASLEEP", 4))
    assert changed(whole(counts=twice), whole(counts=twice)) == []
    gone = changed(whole(counts=twice), whole(counts=twice[:1]))
    assert ("What happened", "Asleep, observed", "") in gone


def test_what_only_the_earlier_version_has_stands_where_it_stood() -> None:
    """Also at the very beginning, before everything that both have."""
    first, second = FORM.sections[:2]
    extra = Question("extra", "What else?", "line")
    longer = replace(first, questions=(extra, *first.questions))
    about = replace(ABOUT, form=replace(FORM, sections=(longer, second, *FORM.sections[2:])))
    before = whole(report=Report(1, answers_of(FORM) | {"extra": "Nothing"}))
    pairs = compared(before, about, whole(id=before.id), ABOUT)
    assert (pairs[0].label, pairs[0].before, pairs[0].after) == ("What else?", "Nothing", "")
    assert [pair.label for pair in pairs[1:]] == [
        pair.label for pair in compared(before, ABOUT, before, ABOUT)
    ]


def test_a_request_that_came_later_or_was_put_right_is_a_difference() -> None:
    asks = replace(ABOUT, form=with_standard_questions(FORM))
    request = {"kind": "CALL", "put_right": "NO"}
    before = whole(counts=(row("KL/24/0412", requests_made=[request]),))
    settled = {"kind": "CALL", "put_right": "YES", "action": "Arranged"}
    after = whole(counts=(row("KL/24/0412", requests_made=[settled]),))
    pairs = [pair for pair in compared(before, asks, after, asks) if pair.differs]
    assert [(pair.label, pair.before, pair.after) for pair in pairs] == [
        (
            "What they asked for",
            "Telephone call (not put right)",
            "Telephone call (put right: Arranged)",
        )
    ]
    words = whole(counts=(row("KL/24/0412", request="A telephone call"),))
    pairs = [pair for pair in compared(words, asks, after, asks) if pair.differs]
    assert [pair.before for pair in pairs] == ["A telephone call", ""]
