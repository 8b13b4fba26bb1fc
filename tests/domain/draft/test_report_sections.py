"""The task list: how far each section has come, and what the report says in words."""

from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

from tests.builders import (
    ANIMALS,
    ANNE,
    BEN,
    CARA,
    CUSTODY,
    answers_of,
    at,
    make_kennel_visit,
    make_kennels,
    make_person,
    make_site,
    make_visit,
)
from visitapp.domain.draft import report_sections
from visitapp.domain.draft.draft_content import content_of, typed_report
from visitapp.domain.draft.judgement import Judgement
from visitapp.domain.draft.report_form import ReadingBasis, judged, read
from visitapp.domain.draft.report_sections import SectionProgress, sections
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.draft.typed_visit import typed_visit
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.grid import Band
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading import report_cards, report_lines
from visitapp.domain.reading.report_lines import ReportContext
from visitapp.domain.report import rules
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services.office.reference import (
    reference_codes,
    reference_form,
    reference_grid,
    reference_scheme,
)

PEOPLE = {
    one.id: one
    for one in (
        make_person("Anne Example", id=ANNE),
        make_person("Ben Sample", id=BEN),
        make_person("Cara Instance", id=CARA),
    )
}


FORM = reference_form(Kind.CUSTODY)


def surroundings(kind: Kind = Kind.CUSTODY) -> ReportContext:
    scheme_id = CUSTODY if kind is Kind.CUSTODY else ANIMALS
    return ReportContext(
        scheme=reference_scheme(kind, scheme_id),
        site=make_site() if kind is Kind.CUSTODY else make_kennels(),
        grid=reference_grid(kind, scheme_id),
        people=PEOPLE,
        book=CodeBook.of(reference_codes(kind, scheme_id)),
    )


def judgement(content: dict[str, Any], *, pressed: bool = False) -> Judgement:
    about = surroundings()
    basis = ReadingBasis(FORM, about.book)
    report = typed_report(content)
    reading = read(report, visit_id=UUID(int=9), scheme_id=CUSTODY, basis=basis)
    found = rules.findings(
        reading.visit,
        scheme=about.scheme,
        site=about.site if reading.has_site else None,
        people=about.people,
        book=about.book,
        others=[],
        today=date(2025, 4, 10),
    )
    return Judgement(report, reading, judged(reading, found), pressed)


def states(content: dict[str, Any], *, pressed: bool = False) -> dict[str, SectionProgress]:
    known = judgement(content, pressed=pressed)
    return {section.key: known.progress(section) for section in sections(FORM)}


def whole() -> dict[str, Any]:
    """Every question that has an answer for each case is answered."""
    return content_of(typed_visit(make_visit(summary="Calm."))) | {
        "form": 1,
        "answers": answers_of(FORM),
    }


def test_nothing_is_compulsory_until_somebody_wants_to_sign() -> None:
    assert set(states({}).values()) == {SectionProgress.NOT_STARTED}
    pressed = states({}, pressed=True)
    assert [key for key, state in pressed.items() if state is SectionProgress.PROBLEM] == [
        "visit",
        "access",
        "overall",
    ]


def test_a_whole_report_is_done() -> None:
    assert set(states(whole()).values()) == {SectionProgress.DONE}


COLD = {"id": "1", "category": "CELL", "severity": 2, "description": "Cold"}


@pytest.mark.parametrize(
    ("key", "value", "section", "state"),
    [
        ("date", "", "visit", SectionProgress.IN_PROGRESS),
        ("date", "31/2/2024", "visit", SectionProgress.PROBLEM),
        ("date", "11/4/2025", "visit", SectionProgress.PROBLEM),  # the day is in the future
        ("visitors", ["Joe Bloggs", str(BEN)], "visit", SectionProgress.PROBLEM),
        ("left", "", "access", SectionProgress.IN_PROGRESS),
        ("left", "13:59", "access", SectionProgress.PROBLEM),
        ("admitted", "14:18", "access", SectionProgress.IN_PROGRESS),  # the reason is still to come
        ("present", 8, "detainees", SectionProgress.IN_PROGRESS),
        ("present", None, "detainees", SectionProgress.IN_PROGRESS),
        ("present", 5, "detainees", SectionProgress.PROBLEM),
        ("nothing_raised", False, "issues", SectionProgress.NOT_STARTED),
        ("issues", [{"description": "Cold"}], "issues", SectionProgress.IN_PROGRESS),
        ("issues", [{**COLD, "raised_at": "99"}], "issues", SectionProgress.PROBLEM),
        ("issues", [COLD], "issues", SectionProgress.DONE),
        ("issues", [{**COLD, "severity": 0}], "issues", SectionProgress.IN_PROGRESS),
        ("issues", [{**COLD, "category": "NOPE"}], "issues", SectionProgress.PROBLEM),
        ("summary", "  ", "overall", SectionProgress.DONE),
        ("answers", {}, "suite", SectionProgress.NOT_STARTED),
    ],
)
def test_a_section_tells_what_is_wrong_from_what_is_to_come(
    key: str, value: Any, section: str, state: SectionProgress
) -> None:
    changed = states(whole() | {key: value})
    assert changed.pop(section) is state
    if key not in ("answers", "present"):
        assert set(changed.values()) == {SectionProgress.DONE}


def test_one_question_of_a_section_left_open_keeps_it_open() -> None:
    answers = answers_of(FORM)
    del answers["escort_role"]
    assert states(whole() | {"answers": answers})["suite"] is SectionProgress.IN_PROGRESS


def test_a_wrong_answer_about_a_detainee_is_a_problem_at_once_and_a_missing_outcome_is_not() -> (
    None
):
    rows = {"counting": "rows", "counts": [], "present": 1}
    wrong = states(whole() | rows | {"rows": [{"outcome": "SEEN", "answers": {"flags": "x"}}]})
    assert wrong["detainees"] is SectionProgress.PROBLEM
    begun = states(whole() | rows | {"rows": [{"cell": "M4"}]})
    assert begun["detainees"] is SectionProgress.IN_PROGRESS


@pytest.mark.parametrize(
    ("changed", "section", "sentence"),
    [
        ({"visitors": [str(ANNE)]}, "visit", "Only one visitor is named."),
        (
            {"mode": "TELEPHONE", "admitted": "", "left": ""},
            "access",
            "Enter when the call ended, so your hours can be counted.",
        ),
    ],
)
def test_what_may_still_come_is_worth_a_look_only_once_somebody_wants_to_sign(
    changed: dict[str, Any], section: str, sentence: str
) -> None:
    of = next(task for task in sections(FORM) if task.key == section)
    assert judgement(whole() | changed).warnings_in(of) == []
    assert sentence in judgement(whole() | changed, pressed=True).warnings_in(of)


def test_what_can_no_longer_come_is_worth_a_look_at_once() -> None:
    visit, detainees = (
        next(task for task in sections(FORM) if task.key == key) for key in ("visit", "detainees")
    )
    full = {"present": 31, "counts": [{"outcome": "SEEN", "number": 31}]}
    sentence = "31 in custody, but Northgate has 30 cells."
    assert sentence in judgement(whole() | full).warnings_in(detainees)
    stranger = judgement(whole() | {"date": "4/3/1999"})
    assert any("was not active" in words for words in stranger.warnings_in(visit))


@pytest.mark.parametrize(
    ("present", "state"), [(1, SectionProgress.DONE), (None, SectionProgress.NOT_STARTED)]
)
def test_rights_are_done_where_everybody_was_counted_and_nobody_seen(
    present: int | None, state: SectionProgress
) -> None:
    rows = {"counting": "rows", "counts": [], "rows": [{"outcome": "ASLEEP"}], "present": present}
    assert states(whole() | rows)["rights"] is state


_NOT_ASKED = {"confirmations", "form", "answers", "kept_words", "source"}


def test_every_field_of_a_report_belongs_to_one_section() -> None:
    places = [str(place) for section in sections(FORM) for place in section.places]
    assert len(places) == len(set(places))
    own = {field for field in places if not field.startswith("answers:")}
    assert own == {field.name for field in fields(TypedReport)} - _NOT_ASKED


def test_a_finding_leads_to_its_section() -> None:
    for field, key in (
        ("count:SEEN", "detainees"),
        ("issues:1:severity", "issues"),
        ("delay_reason", "access"),
        ("answers:showers", "facilities"),
        ("rows:2:outcome", "detainees"),
        ("rows:2:complaint", "rights"),
    ):
        found = report_sections.section_of(FORM, Finding(Place.parse(field), "", True))
        assert found is not None
        assert found.key == key
    assert report_sections.section_of(FORM, Finding(Place("batch_id"), "", True)) is None


@pytest.mark.parametrize(
    ("minutes", "words", "asks"),
    [
        (0, "0 minutes: immediate", False),
        (1, "1 minute: immediate", False),
        (5, "5 minutes: immediate", False),
        (6, "6 minutes: not immediate", True),
        (18, "18 minutes: not immediate", True),
    ],
)
def test_the_wait_is_said_by_the_limits_of_the_scheme(minutes: int, words: str, asks: bool) -> None:
    arrived = at(date(2025, 3, 5), 23, 50)
    admitted = type(arrived)(arrived.utc_minute + minutes, 0)
    visit = make_visit(arrived=arrived, admitted=admitted, left=None)
    scheme = surroundings().scheme
    assert report_lines.wait_sentence(visit, scheme) == words
    assert visit.waited_beyond(scheme.immediate_limit) is asks


def test_no_wait_is_said_of_times_the_wrong_way_round_or_of_a_telephone_visit() -> None:
    scheme = surroundings().scheme
    day = date(2025, 3, 5)
    wrong = make_visit(arrived=at(day, 14), admitted=at(day + timedelta(1), 13, 55))
    assert report_lines.wait_sentence(wrong, scheme) == ""
    assert not wrong.waited_beyond(scheme.immediate_limit)
    assert report_lines.hours_text(wrong) == ""
    assert report_lines.hours_text(make_visit(left=at(day + timedelta(1), 13, 59))) == ""
    phoned = make_visit(mode="TELEPHONE", admitted=at(day, 14, 40))
    assert "face to face" in report_lines.wait_sentence(phoned, scheme)
    assert not phoned.waited_beyond(scheme.immediate_limit)


@pytest.mark.parametrize(
    ("hour", "minute", "wait", "words"),
    [
        (6, 29, 0, ""),
        (6, 30, 0, "Arrived during a change of shift, 06:30 to 07:15"),
        (7, 14, None, "Arrived during a change of shift, 06:30 to 07:15"),
        (7, 15, 4, ""),
        (18, 20, 12, "Waited into a change of shift, 18:30 to 19:15"),
        (18, 20, 9, ""),
        (18, 20, None, ""),
        (23, 50, 15, "Waited into a change of shift, 00:00 to 00:20"),
        (0, 19, 1, "Arrived during a change of shift, 00:00 to 00:20"),
    ],
)
def test_a_visit_at_a_change_of_shift_is_told_so(
    hour: int, minute: int, wait: int | None, words: str
) -> None:
    usual = surroundings().scheme
    scheme = replace(usual, handovers=(*usual.handovers, Band(0, 20)))
    arrived = at(date(2025, 3, 5), hour, minute)
    admitted = None if wait is None else type(arrived)(arrived.utc_minute + wait, 0)
    visit = make_visit(arrived=arrived, admitted=admitted, left=None)
    assert report_lines.handover_text(visit, scheme) == words
    assert report_lines.handover_text(replace(visit, mode="TELEPHONE"), scheme) == ""


def test_a_visit_outside_every_timeslot_is_told_so() -> None:
    grid = surroundings(Kind.ANIMAL_WELFARE).grid
    assert grid is not None
    thursday = date(2025, 4, 10)
    assert report_lines.timeslot_text(at(thursday, 9), grid) == "Thursday, 07:00–12:59"
    assert report_lines.timeslot_text(at(thursday, 13, 20), grid) is None
    assert report_lines.outside_sentence(at(thursday, 13, 20), grid) == (
        "13:20 is not in any timeslot (07:00–12:59, 15:00–19:59). The visit still counts for April."
    )


def values(visit: Visit, kind: Kind = Kind.CUSTODY, **known: Any) -> dict[str, str]:
    found = report_cards.cards(visit, surroundings(kind), **known)
    return {line.label: line.value for card in found for line in card.lines}


def test_the_answers_of_a_custody_visit_are_listed_in_words() -> None:
    day = date(2024, 4, 9)
    visit = make_visit(
        day,
        arrived=at(day, 14, 12),
        admitted=at(day, 14, 30),
        left=at(day, 15, 25),
        delay_reason="BUSY",
        delay_explanation="Two people were being booked in.",
        extra_minutes=25,
        observers=(CARA,),
        issues=(Issue(UUID(int=1), "FOOD", 2, description="No vegetarian meal left."),),
        counts=(
            OutcomeCount("SEEN", 3, gender="FEMALE"),
            OutcomeCount("UNAVAIL", 2, "INTERVIEW"),
            OutcomeCount("UNAVAIL", 1),
        ),
    )
    assert values(visit) == {
        "Suite": "Northgate",
        "Date": "Tuesday 9 April 2024",
        "Kind of visit": "Routine, face to face",
        "Visitors": "Anne Example and Ben Sample",
        "Observer": "Cara Instance",
        "Arrived": "14:12",
        "Let in": "14:30, after 18 minutes",
        "Why the wait": "Suite very busy. “Two people were being booked in.”",
        "Left": "15:25",
        "Extra time": "25 minutes per person, for travel and other time",
        "Timeslot": "Tuesday, 12:00–15:59",
        "Hours": "1 h 38 min each, 3 h 16 min together",
        "In custody": "6",
        "Seen": "3",
        "Not available": "3: 2 in interview",
        "Gender": "3 Female",
        "Issue 1": "Food and drink: needs action. “No vegetarian meal left.” Raised.",
        "Summary": "",
    }


def test_the_answers_of_a_kennel_visit_are_listed_in_words() -> None:
    listed = values(make_kennel_visit(present=None), Kind.ANIMAL_WELFARE)
    assert listed["Kennels"] == "Hillside kennels"
    assert listed["On site"] == ""
    assert listed["Seen"] == "4"
    assert listed["Not seen"] == "1: 1 deployed"
    assert listed["Issues"] == "None"


def test_what_cannot_be_read_yet_is_shown_as_it_was_typed() -> None:
    listed = values(make_visit(), has_day=False, has_arrival=False, typed_arrival="14h")
    assert listed["Date"] == ""
    assert listed["Arrived"] == "14h"
    assert "Timeslot" not in listed


def test_a_report_is_called_by_its_site_and_day() -> None:
    about = surroundings()
    visit = make_visit(date(2024, 4, 9))
    assert report_lines.heading(visit, about) == "Northgate, Tuesday 9 April 2024"
    assert report_lines.heading(visit, about, has_day=False) == "Northgate"
    assert report_lines.by_whom(visit, about) == "Custody visit by Anne Example and Ben Sample"
    assert report_lines.by_whom(make_visit(visitors=()), about) == "Custody visit"


def test_a_leaving_time_after_midnight_is_said_to_be_the_next_day() -> None:
    day = date(2024, 4, 9)
    visit = make_visit(day, arrived=at(day, 23, 30), admitted=at(day, 23, 31),
                       left=at(day + timedelta(1), 0, 40))  # fmt: skip
    assert values(visit)["Left"] == "00:40, the next day"
