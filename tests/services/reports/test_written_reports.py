"""Reports as JSON: what is given is taken again without loss, and nothing wrong is signed."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CARA,
    CUSTODY,
    KENNELS,
    SUITE,
    answers_of,
    at,
    decided,
    make_kennel_visit,
    make_visit,
    sign,
)  # fmt: skip
from tests.copies import DAY
from tests.services.reports.report_files import as_bytes, logged, plain, problems
from visitapp.domain.errors import BadInputError
from visitapp.domain.following.issue_steps import NewStep
from visitapp.domain.office.animal import Animal
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import of_row
from visitapp.domain.report.report import Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.domain.report.visit_codes import State
from visitapp.domain.year.visit_list import VisitQuery
from visitapp.services import Services


def as_written(visit: Visit) -> Visit:
    """What is in a report whoever signs it: without its ids, reference and history."""
    nobody = UUID(int=0)
    ids = {str(issue.id): str(number) for number, issue in enumerate(visit.issues)}
    report = visit.report
    if report is not None:
        kept = tuple(
            replace(
                words,
                question=replace(
                    words.question, row=ids.get(words.question.row, words.question.row)
                ),
            )
            for words in report.kept_words
        )
        report = replace(report, edition=1, amended_reason="", amended_by="", kept_words=kept)
    return replace(
        visit,
        id=nobody,
        ref="",
        issues=tuple(replace(issue, id=nobody, version=1) for issue in visit.issues),
        locked_at=None,
        replaces_id=None,
        state=State.LOCKED,
        withdrawn_at=None,
        withdrawn_reason="",
        report=report,
        version=1,
    )


def full_visit(services: Services) -> Visit:
    """A custody visit with everything that a report can have."""
    form = services.forms.form(CUSTODY)
    answers = answers_of(form) | {"guest_observers": ["A Guest of the Commissioner"]}
    rows = (
        OutcomeCount("SEEN", 1, None, "FEMALE", "A25_34", None,
                     ReportRow("4", "CN/4711/25", None, {"consent_visit": "G"})),
        OutcomeCount("SEEN", 1, None, "MALE", row=ReportRow()),
    )  # fmt: skip
    issues = (
        Issue(UUID(int=901), "CELL", 2, description="The call bell in cell 4 was broken.",
              raised_with="Custody sergeant", place="Cell 4", raised_minute=14 * 60 + 40),
        Issue(UUID(int=902), "FOOD", 1, description="Sgt Barlow said it was cold.",
              question=of_row(1, "consent_record"), resolved_during_visit=True, status="RESOLVED",
              closed_on=DAY),
    )  # fmt: skip
    return make_visit(
        DAY,
        admitted=at(DAY, 14, 25),
        delay_reason=next(c.code for c in services.setup.codes(CUSTODY)["delay_reason"]),
        delay_explanation="Nobody came to the door.",
        observers=(CARA,),
        extra_minutes=35,
        summary="Calm. Dr Grey was helpful.",
        counts=(*rows, OutcomeCount("SEEN", 1), OutcomeCount("REFUSED", 1),
                OutcomeCount("ASLEEP", 1), OutcomeCount("UNAVAIL", 1, "INTERVIEW")),
        issues=issues,
        report=Report(form.number, answers),
    )  # fmt: skip


def test_a_report_with_everything_is_taken_again_without_loss(furnished, whole):
    first = logged(furnished, whole)
    assert first.report is not None
    assert (len(first.report.kept_words), len(first.issues)) == (2, 2)
    again = logged(furnished, plain(furnished, first.ref))
    assert again.ref != first.ref
    assert not {issue.id for issue in again.issues} & {issue.id for issue in first.issues}
    assert as_written(furnished.visits.get(again.id)) == as_written(furnished.visits.get(first.id))


def test_an_answer_to_a_question_that_does_not_apply_is_left_out_and_said(furnished, values):
    """As in the window, where such a question is not even shown."""
    values["answers"]["women_offered"] = "YES"
    signed, _ = furnished.written_reports.sign(as_bytes(values))
    assert (
        "answers:women_offered: This question does not apply, so its answer is not part of the "
        "report."
    ) in signed.warnings
    assert "women_offered" not in signed.visit.report.answers


@pytest.fixture
def whole(furnished: Services) -> dict[str, Any]:
    """The JSON of a report with everything."""
    first = sign(furnished, decided(furnished, full_visit(furnished)))
    return plain(furnished, first.ref)


def test_names_and_words_are_understood_as_ids_and_codes_are(furnished, values):
    codes = furnished.setup.codes(CUSTODY)
    values["counts"][1]["outcome"] = codes.label("outcome", "UNAVAIL")
    values["counts"][1]["reason"] = codes.label("outcome_reason", "INTERVIEW")
    by_names = logged(furnished, values)
    assert (by_names.site_id, by_names.visitors) == (SUITE, (ANNE, BEN))
    assert by_names.counts == (OutcomeCount("SEEN", 4), OutcomeCount("UNAVAIL", 2, "INTERVIEW"))
    by_ids = logged(
        furnished,
        values
        | {
            "scheme": "custody",
            "site": str(SUITE),
            "visitors": [str(ANNE), str(BEN)],
            "confirmations": [
                {"person": str(ANNE), "typed_name": "anne example"},
                {"person": "Ben Sample", "typed_name": "Ben Sample",
                 "confirmed_at": "2025-04-08T15:10:00"},
            ],
        },
    )  # fmt: skip
    assert (by_ids.site_id, by_ids.visitors) == (SUITE, (ANNE, BEN))
    times = [confirmation.confirmed_at for confirmation in by_ids.confirmations]
    assert times == [furnished.access.now(), datetime(2025, 4, 8, 15, 10, tzinfo=UTC)]


def test_words_that_lead_to_a_person_need_a_reason(furnished, values):
    values["issues"] = [{"category": "FOOD", "severity": 1, "description": "Sgt Barlow said so."}]
    sentence = (
        "issues:1:description: “Sgt Barlow” looks like a name. Use different words, or keep it and "
        "say why."
    )
    assert problems(furnished, values) == (sentence,)
    decision = {"place": "issues:1:description", "words": "Sgt Barlow", "reason": "As it was said."}
    for changed, refusal in (
        ({"words": "Barlow"}, "kept_words:1:words: These words need no decision there."),
        ({"place": "summary:1"}, "kept_words:1:place: The report has no such text."),
    ):
        assert refusal in problems(furnished, values | {"kept_words": [decision | changed]})
    visit = logged(furnished, values | {"kept_words": [decision]})
    assert visit.report is not None
    (kept,) = visit.report.kept_words
    assert (kept.words, kept.kind, kept.reason) == ("Sgt Barlow", "name", "As it was said.")
    assert (kept.kept_by, kept.kept_at) == ("Mary Manager", furnished.access.now())
    assert kept.question.row == str(visit.issues[0].id)


def test_an_edition_takes_along_what_happened_to_its_issues(furnished, whole):
    reference = whole["record"]["reference"]
    first = furnished.visits.page(VisitQuery()).rows[0].id
    bell = furnished.visits.get(first).issues[0]
    step = NewStep("REFERRED", DAY, "Was it mended?", "Custody inspector")
    furnished.issues.record(bell.id, bell.version, step)
    whole["amends"] = {"reference": reference, "reason": "A number was wrong."}
    whole["present"] += 1
    whole["counts"][0]["number"] += 1
    second = logged(furnished, whole)
    assert (second.ref, second.replaces_id) == (reference, first)
    assert second.report is not None
    assert (second.report.edition, second.report.amended_by) == (2, "Mary Manager")
    assert furnished.visits.get(first).state is State.WITHDRAWN
    assert len(furnished.issues.get(second.issues[0].id).steps) == 1
    values = plain(furnished, reference)
    assert values["record"]["edition"] == 2
    assert values["amends"] == whole["amends"]
    assert values["issues"][0]["status"] == "REFERRED"
    for reason, sentence in (
        ("", "amends:reason: Say why you are amending the report."),
        ("Sgt Barlow rang.", "amends:reason: “Sgt Barlow” looks like a name. Use a job title or "
                             "role, not a name. Use different words."),
    ):  # fmt: skip
        whole["amends"] = {"reference": reference, "reason": reason}
        assert problems(furnished, whole) == (sentence,)
    furnished.visits.withdraw(second.id, "Entered twice.")
    whole["amends"] = {"reference": reference, "reason": "A number was wrong."}
    assert problems(furnished, whole) == (
        "amends: This report was withdrawn, so it cannot be amended.",
    )


def test_animals_stand_by_their_names(furnished):
    rex = Animal(uuid4(), ANIMALS, KENNELS, "Rex")
    furnished.animals.add(rex)
    form = furnished.forms.form(ANIMALS)
    rows = (OutcomeCount("SEEN", 1, row=ReportRow(animal_id=rex.id)),)
    visit = sign(furnished, make_kennel_visit(
        DAY, counts=(*rows, OutcomeCount("SEEN", 4)), report=Report(form.number, answers_of(form)),
    ))  # fmt: skip
    values = plain(furnished, visit.ref)
    assert (values["scheme"], values["rows"][0]["animal"]) == ("animal_welfare", "Rex")
    second = logged(furnished, values)
    assert second.counts == visit.counts
    assert plain(furnished, second.ref)["rows"] == values["rows"]


def test_every_report_of_the_demonstration_is_taken_again(shown):
    """But for answers to questions that don't apply, which the window would not have taken."""
    services = shown.services
    rows = services.visits.page(VisitQuery(limit=10_000)).rows
    reports = [visit for row in rows if (visit := services.visits.get(row.id)).report is not None]
    assert len(reports) > 5
    for first in reports:
        values = plain(services, first.ref) | {"amends": None}
        second = logged(services, values)
        assert first.report is not None
        assert second.report is not None
        assert second.report.answers.items() <= first.report.answers.items()
        alike = replace(first.report, answers=second.report.answers)
        assert as_written(second) == as_written(replace(first, report=alike))


def test_what_a_visitor_logs_so_goes_to_the_office(copies, values):
    anne = copies.join("anne", ANNE)
    visit = logged(anne, values)
    assert "V1" in visit.ref
    copies.exchange("anne", "office")
    (line,) = copies.office.inbox.lines()
    assert line.ref == visit.ref
    copies.office.inbox.accept([line.report_id])
    again = plain(copies.office, visit.ref)
    assert again["record"]["reference"] == visit.ref
    assert again == plain(anne, visit.ref)


def test_nobody_finds_a_report_that_is_not_there(furnished):
    with pytest.raises(BadInputError, match="There is no report NOR-2025-1"):
        furnished.written_reports.as_json("NOR-2025-1")
