"""Single fields as they are typed: times, minutes, places of rows; and what stands in for those
that can't be read yet."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, CARA, CUSTODY, SUITE, at, make_person, make_site, make_visit
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.report_form import Reading, ReadingBasis, judged, read
from visitapp.domain.draft.typed_report import TypedIssue, TypedReport, TypedRow
from visitapp.domain.draft.typed_times import typed_times
from visitapp.domain.draft.typed_visit import for_replacement, typed_visit
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report import rules
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import NOWHERE, Place, answer_place, of_issue, of_row
from visitapp.domain.report.report import KeptWords, Report, ReportRow
from visitapp.domain.report.visit import OutcomeCount
from visitapp.services.office.reference import reference_codes, reference_form, reference_scheme

VISIT = UUID(int=9)
BOOK = CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY))
BASIS = ReadingBasis(reference_form(Kind.CUSTODY), BOOK)
KEPT_AT = datetime(2025, 3, 5, tzinfo=UTC)


def reading_of(**content: Any) -> Reading:
    return read(typed_report(content), visit_id=VISIT, scheme_id=CUSTODY, basis=BASIS)


def kept(place: Place) -> KeptWords:
    return KeptWords(place, "Rex", "name", "A dog.", "Anne", KEPT_AT)


# Times


def test_while_the_arrival_can_not_be_read_noon_stands_in_for_it() -> None:
    reading = reading_of(date="9/4/2024", arrived="late")
    assert reading.visit.arrived == at(date(2024, 4, 9), 12)
    assert (reading.day, reading.has_arrival) == (date(2024, 4, 9), False)
    assert reading_of(arrived="1400").day is None


def test_a_report_is_whole_once_site_day_and_arrival_are_known() -> None:
    needed = {"site_id": str(SUITE), "date": "9/4/2024", "arrived": "1400"}
    assert reading_of(**needed).is_whole
    for name in needed:
        assert not reading_of(**needed | {name: ""}).is_whole


def test_a_day_up_to_the_last_year_can_be_read() -> None:
    for text, has_day in (("31/12/2099", True), ("1/1/2100", False)):
        times = typed_times(text, {"arrived": "14:00"}, (), in_person=True)
        assert (times.day is not None) is has_day


def test_a_time_that_can_not_be_read_stops_the_report() -> None:
    times = typed_times("9/4/2024", {"arrived": "late"}, (), in_person=True)
    assert [(str(problem.place), problem.blocks) for problem in times.problems] == [
        ("arrived", True)
    ]
    assert times.unread == {"arrived"}


def test_extra_minutes_that_are_no_number_stop_the_report_and_count_as_none() -> None:
    assert TypedReport(extra_minutes=" 25 ").minutes == (25, ())
    assert TypedReport().minutes == (0, ())
    minutes, (problem,) = TypedReport(extra_minutes="a few").minutes
    assert (minutes, problem.place, problem.blocks) == (0, Place("extra_minutes"), True)


def test_the_minute_of_an_older_draft_is_taken_if_a_day_has_it() -> None:
    for minute, taken in ((0, 0), (1439, 1439), (1440, None), (3000, None)):
        assert TypedIssue(raised_minute=minute).minute == (taken, "")
        assert TypedIssue(raised_minute=minute, raised_at="14:30").minute == (870, "")


def test_an_issue_may_have_no_time_and_one_that_can_not_be_read_is_said() -> None:
    assert TypedIssue().minute == (None, "")
    assert TypedIssue(raised_at="25:10").minute == (None, "“25:10” is not a time of day.")


# What needs the day


def test_without_a_day_nothing_is_said_that_depends_on_it_and_everything_else_is() -> None:
    content = {
        "site_id": str(SUITE), "arrived": "1400", "left": "1500", "admitted": "1401",
        "visitors": [str(ANNE), str(BEN)], "observers": [str(CARA)], "present": 31,
        "counts": [{"outcome": "SEEN", "number": 31}],
    }  # fmt: skip

    def warned(day: str) -> set[str]:
        reading = reading_of(**content, date=day)
        findings = rules.findings(
            reading.visit,
            scheme=reference_scheme(Kind.CUSTODY, CUSTODY),
            site=make_site(),
            people={person_id: make_person(id=person_id) for person_id in (ANNE, BEN, CARA)},
            book=BOOK,
            others=[],
            today=date(2025, 4, 10),
        )
        return {finding.place.part for finding in judged(reading, findings) if not finding.blocks}

    of_the_day = {"site_id", "visitors", "observers"}
    assert of_the_day & warned("4/3/1999")
    assert warned("") == warned("4/3/1999") - of_the_day
    assert "present" in warned("")


# Issues


@pytest.mark.parametrize(
    ("severity", "read_as", "is_wrong"),
    [(1, 1, False), (4, 4, False), (0, 1, True), (5, 1, True), ("grave", 1, True), (None, 1, True)],
)
def test_an_issue_is_from_1_to_4_serious_and_the_words_typed_instead_stay(
    severity: int | str | None, read_as: int, is_wrong: bool
) -> None:
    content = {"issues": [{"id": "1", "category": "CELL", "severity": severity}]}
    reading = reading_of(**content)
    assert reading.visit.issues[0].severity == read_as
    wrong = [problem for problem in reading.problems if problem.place == of_issue(0, "severity")]
    assert bool(wrong) == is_wrong
    assert content_of(typed_report(content))["issues"][0]["severity"] == severity


def test_an_issue_keeps_its_id_and_one_without_gets_the_same_each_time() -> None:
    issues = [{"id": str(UUID(int=5))}, {"id": "1"}, {}]
    first, second = reading_of(issues=issues).visit.issues, reading_of(issues=issues).visit.issues
    assert [issue.id for issue in first] == [issue.id for issue in second]
    assert first[0].id == UUID(int=5)
    assert len({issue.id for issue in first}) == 3


# Places of rows: by id in a draft, by number in a report


@given(st.integers(0, 99))
def test_a_row_that_is_named_by_number_stays_so(number: int) -> None:
    report = TypedReport(rows=(TypedRow("a"), TypedRow("b")))
    assert report.numbered(of_row(number, "food")) == of_row(number, "food")


def test_a_row_that_is_named_by_id_gets_its_number_and_is_nowhere_once_gone() -> None:
    report = TypedReport(rows=(TypedRow("a"), TypedRow("b")))
    assert report.numbered(of_row("b", "food")) == of_row(2, "food")
    assert report.numbered(of_row("c", "food")) == NOWHERE
    assert report.numbered(answer_place("food")) == answer_place("food")


def test_decisions_about_rows_and_issues_go_with_them() -> None:
    report = TypedReport(
        rows=(TypedRow("a"),),
        issues=(TypedIssue("i"),),
        kept_words=tuple(
            map(
                kept,
                [
                    of_row("a", "request"),
                    of_row("gone", "request"),
                    of_issue("i", "description"),
                    of_issue("gone", "description"),
                    answer_place("good_practice"),
                ],
            )
        ),
    )
    assert [words.question for words in report.decisions] == [
        of_row(1, "request"), of_issue("i", "description"), answer_place("good_practice"),
    ]  # fmt: skip


def test_an_amended_report_names_its_rows_by_id_and_reads_the_same() -> None:
    rows = tuple(
        OutcomeCount("SEEN", 1, row=ReportRow(cell, "", answers={})) for cell in ("M1", "M2")
    )
    places = [
        of_row(1, "request"), of_row(2, "request"), of_row(3, "request"), answer_place("kitchen"),
        of_issue(1, "description"),
    ]  # fmt: skip
    issue = Issue(UUID(int=5), "FOOD", 2, description="Cold.", question=of_row(2, "food"))
    visit = make_visit(
        id=VISIT,
        counts=rows,
        present=2,
        issues=(issue,),
        report=Report(1, kept_words=tuple(map(kept, places))),
    )
    report = typed_visit(visit)
    first, second = (row.id for row in report.rows)
    assert [words.question for words in report.kept_words] == [
        of_row(first, "request"), of_row(second, "request"), *places[2:],
    ]  # fmt: skip
    assert report.issues[0].question == of_row(second, "food")
    assert read(report, visit_id=VISIT, scheme_id=CUSTODY, basis=BASIS).visit.issues == (issue,)


def test_a_replacement_keeps_its_form_and_a_report_without_one_gets_the_form_in_use() -> None:
    visit = make_visit(report=Report(2))
    assert for_replacement(visit, 7).form == 2
    assert for_replacement(replace(visit, report=None), 7).form == 7
