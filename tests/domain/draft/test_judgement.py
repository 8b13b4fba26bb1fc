"""How far a section about rows has come, and what is shown at a row while it is written."""

from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.builders import ANIMALS, ANNE, BEN, CUSTODY, KENNELS, SUITE, make_person, make_site
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.draft.judgement import Judgement
from visitapp.domain.draft.report_form import Reading, ReadingBasis, judged, read
from visitapp.domain.draft.report_sections import SectionProgress, sections, seen_rows
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report import rules
from visitapp.domain.report.kinds import NO
from visitapp.domain.report.place import Place, of_row
from visitapp.services.office.reference import reference_codes, reference_form, reference_scheme

SCHEMES = {Kind.CUSTODY: CUSTODY, Kind.ANIMAL_WELFARE: ANIMALS}
BASES = {
    kind: ReadingBasis(reference_form(kind), CodeBook.of(reference_codes(kind, scheme_id)))
    for kind, scheme_id in SCHEMES.items()
}
PEOPLE = {person_id: make_person(id=person_id) for person_id in (ANNE, BEN)}
COMMON: dict[str, Any] = {
    "site_id": str(SUITE), "date": "4/3/2025", "arrived": "1400", "admitted": "1402",
    "left": "1500", "visitors": [str(ANNE), str(BEN)], "counting": "rows",
}  # fmt: skip
NEEDS = dict.fromkeys(("environment", "diet", "behaviour", "company", "health"), "OK")


def judgement(kind: Kind, *rows: dict[str, Any], **changed: Any) -> Judgement:
    content = COMMON | {"present": len(rows), "rows": list(rows)} | changed
    report = typed_report(content)
    basis = BASES[kind]
    reading = read(report, visit_id=UUID(int=9), scheme_id=SCHEMES[kind], basis=basis)
    return Judgement(report, reading, judged(reading, _findings(kind, reading)))


def _findings(kind: Kind, reading: Reading) -> list[rules.Finding]:
    site = make_site(scheme_id=SCHEMES[kind], id=KENNELS if kind is Kind.ANIMAL_WELFARE else SUITE)
    return rules.findings(
        reading.visit,
        scheme=reference_scheme(kind, SCHEMES[kind]),
        site=site,
        people=PEOPLE,
        book=BASES[kind].book,
        others=[],
        today=date(2025, 4, 10),
    )


def progress(key: str, kind: Kind, *rows: dict[str, Any], **changed: Any) -> SectionProgress:
    section = next(task for task in sections(BASES[kind].form) if task.key == key)
    return judgement(kind, *rows, **changed).progress(section)


def _row(outcome: str, **answers: Any) -> dict[str, Any]:
    return {"id": f"row {outcome}", "outcome": outcome, "answers": answers}


@pytest.mark.parametrize(
    ("row", "state"),
    [
        (_row("KENNEL", **NEEDS), SectionProgress.DONE),
        (_row("KENNEL", **NEEDS | {"health": ""}), SectionProgress.IN_PROGRESS),
        (_row("KENNEL"), SectionProgress.IN_PROGRESS),
        (_row("DEPLOYED"), SectionProgress.DONE),
    ],
)
def test_each_welfare_need_of_an_animal_that_was_seen_is_to_be_looked_at(
    row: dict[str, Any], state: SectionProgress
) -> None:
    assert progress("animals", Kind.ANIMAL_WELFARE, row) is state


def test_rights_are_done_once_every_question_with_an_answer_for_each_case_has_one() -> None:
    groups = [group for group in BASES[Kind.CUSTODY].form.row_groups if group.seen_only]
    every = {
        question.key: NO if question.raises_category else question.choices[0].code
        for group in groups
        for question in group.questions
        if question.traits.is_choice
    }
    for answers, state in (
        ({}, SectionProgress.NOT_STARTED),
        ({"food": "YES"}, SectionProgress.IN_PROGRESS),
        ({"request": "A phone call"}, SectionProgress.IN_PROGRESS),
        (every | {"told_rights": ""}, SectionProgress.IN_PROGRESS),
        (every, SectionProgress.DONE),
    ):
        assert progress("rights", Kind.CUSTODY, _row("SEEN", **answers)) is state


def test_only_those_who_were_seen_have_their_rights_asked_after() -> None:
    reading = judgement(Kind.CUSTODY, _row("SEEN"), _row("ASLEEP"), _row("SEEN")).reading
    assert [row.number for row in seen_rows(reading)] == [1, 3]
    assert seen_rows(replace(reading, basis=None)) == ()


def test_a_row_without_an_outcome_is_still_to_be_written() -> None:
    begun = {"id": "2", "cell": "M4"}
    known = judgement(Kind.CUSTODY, _row("SEEN"), begun, _row("ASLEEP"))
    assert known.problem_at(of_row(2, "outcome")) == ""
    assert replace(known, pressed=True).problem_at(of_row(2, "outcome")) != ""
    assert progress("detainees", Kind.CUSTODY, _row("SEEN"), begun) is SectionProgress.IN_PROGRESS


def test_what_is_wrong_in_a_row_is_shown_at_once() -> None:
    wrong = {"id": "2", "answers": {"flags": "x"}}
    known = judgement(Kind.CUSTODY, _row("SEEN"), wrong)
    assert known.problem_at(of_row(2, "flags")) != ""
    unknown = judgement(Kind.CUSTODY, _row("SEEN"), _row("NOPE"))
    assert "not in the list" in unknown.problem_at(of_row(2, "outcome"))
    assert unknown.problem_at(of_row(1, "outcome")) == ""
    assert unknown.problem_at(Place("date")) == ""
