"""What is said of a report’s times, numbers and hours."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from tests.builders import ANNE, CUSTODY, at, make_person, make_site, make_visit
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.grid import Band
from visitapp.domain.office.scheme import Kind
from visitapp.domain.reading.report_cards import cards
from visitapp.domain.reading.report_lines import (
    ReportContext,
    by_whom,
    handover_text,
    heading,
    hours_text,
    reply_due_text,
    wait_sentence,
)
from visitapp.domain.report.visit import OutcomeCount, Visit
from visitapp.services.office.reference import reference_codes, reference_grid, reference_scheme

DAY = date(2025, 3, 5)
NEXT = DAY + timedelta(days=1)
BANDS = (Band(390, 435, "morning"), Band(0, 15, "night"), Band(1410, 1430, "late"))
SCHEME = replace(reference_scheme(Kind.CUSTODY, CUSTODY), handovers=BANDS)
ABOUT = ReportContext(
    SCHEME,
    make_site(),
    reference_grid(Kind.CUSTODY, CUSTODY),
    {ANNE: make_person("Anne", id=ANNE)},
    CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY)),
)
INTO, DURING = "Waited into", "Arrived during"
MORNING = "a change of shift, 06:30 to 07:15"
NIGHT, LATE = "a change of shift, 00:00 to 00:15", "a change of shift, 23:30 to 23:50"


def _lines(visit: Visit) -> dict[str, str]:
    return {line.label: line.value for card in cards(visit, ABOUT) for line in card.lines}


@pytest.mark.parametrize(
    ("arrived", "wait", "words"),
    [
        ((6, 29), 0, ""),
        ((6, 29), 1, f"{INTO} {MORNING}"),
        ((6, 20), 9, ""),
        ((6, 20), 10, f"{INTO} {MORNING}"),
        ((6, 30), 0, f"{DURING} {MORNING}"),
        ((7, 14), 0, f"{DURING} {MORNING}"),
        ((7, 15), 60, ""),
        ((23, 29), 1, f"{INTO} {LATE}"),
        ((23, 50), 9, ""),
        ((23, 50), 10, f"{INTO} {NIGHT}"),
        ((0, 0), 0, f"{DURING} {NIGHT}"),
    ],
)
def test_a_change_of_shift_is_named_if_visitors_arrived_in_it_or_waited_into_it(
    arrived, wait, words
):
    start = at(DAY, *arrived)
    minute = arrived[0] * 60 + arrived[1] + wait
    admitted = at(DAY + timedelta(days=minute // 1440), minute // 60 % 24, minute % 60)
    visit = make_visit(arrived=start, admitted=admitted, left=None)
    assert handover_text(visit, SCHEME) == words
    assert handover_text(replace(visit, mode="TELEPHONE"), SCHEME) == ""


@pytest.mark.parametrize(
    ("admitted", "words"),
    [
        (at(NEXT, 6, 29), ""),
        (at(NEXT, 6, 30), f"{INTO} {MORNING}"),
    ],
)
def test_a_wait_past_midnight_reaches_the_next_mornings_change_of_shift(admitted, words):
    visit = make_visit(arrived=at(DAY, 20), admitted=admitted, left=None)
    assert handover_text(visit, replace(SCHEME, handovers=BANDS[:1])) == words


def test_a_wait_is_worded_by_the_schemes_limit():
    assert wait_sentence(make_visit(admitted=at(DAY, 14, 5)), SCHEME) == "5 minutes: immediate"
    later = make_visit(admitted=at(DAY, 14, 6))
    assert wait_sentence(later, SCHEME) == "6 minutes: not immediate"
    assert wait_sentence(make_visit(admitted=None), SCHEME) == ""
    call = make_visit(mode="VIDEO")
    assert wait_sentence(call, SCHEME) == "A wait is counted only for visits made face to face."


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({}, "1 h each, 2 h together"),
        ({"left": at(DAY, 14, 40), "extra_minutes": 25}, "1 h 5 min each, 2 h 10 min together"),
        ({"visitors": (ANNE,)}, "1 h"),
        ({"left": at(DAY, 14, 3)}, "3 min each, 6 min together"),
        ({"left": at(DAY, 14), "admitted": at(DAY, 14), "visitors": (ANNE,)}, "0 min"),
        ({"admitted": None}, "1 h each, 2 h together"),
        ({"left": None}, ""),
        ({"visitors": ()}, ""),
        ({"admitted": at(DAY, 13, 59)}, ""),  # obviously swapped
        ({"left": at(DAY, 14, 2)}, ""),
    ],
)
def test_hours_are_those_of_each_visitor_and_of_all(changed, words):
    assert hours_text(make_visit(**changed)) == words


def test_a_report_is_headed_by_place_and_day_as_far_as_they_are_known():
    assert heading(make_visit(), ABOUT) == "Northgate, Wednesday 5 March 2025"
    assert heading(make_visit(), ABOUT, has_day=False) == "Northgate"
    nowhere = replace(ABOUT, site=None)
    assert heading(make_visit(), nowhere) == "Wednesday 5 March 2025"
    assert heading(make_visit(), nowhere, has_day=False) == "New custody visit"


def test_visitors_are_named_as_in_the_register():
    assert by_whom(make_visit(), ABOUT) == "Custody visit by Anne and someone not in the register"
    assert by_whom(make_visit(visitors=()), ABOUT) == "Custody visit"


def test_a_reply_is_due_after_the_schemes_days_and_to_an_allegation_at_once():
    assert reply_due_text(DAY, 14, 3) == "A reply is due by Wed 19 Mar 2025"
    assert reply_due_text(DAY, 14, 4) == "Due at once."
    assert reply_due_text(None, 14) == ""


def test_times_are_told_with_the_wait_and_the_next_day():
    lines = _lines(make_visit())
    assert lines["Let in"] == "14:03, after 3 minutes"
    assert lines["Left"] == "15:00"
    assert lines["Timeslot"] == "Wednesday, 12:00–15:59"
    night = make_visit(arrived=at(DAY, 23, 50), admitted=at(NEXT, 0, 5), left=at(NEXT, 1))
    lines = _lines(night)
    assert lines["Let in"] == "00:05, the next day, after 15 minutes"
    assert lines["Left"] == "01:00, the next day"
    assert _lines(make_visit(admitted=None))["Let in"] == ""
    call = _lines(make_visit(mode="TELEPHONE"))
    assert (call["Call began"], call["Call ended"]) == ("14:00", "15:00")
    assert "Let in" not in call


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"admitted": at(DAY, 14, 5)}, None),
        ({"admitted": at(DAY, 14, 6)}, ""),
        ({"delay_reason": "BUSY"}, "Suite very busy."),
        ({"delay_explanation": " No key. "}, "“No key.”"),
        (
            {"admitted": at(DAY, 14, 20), "delay_reason": "BUSY", "delay_explanation": "Full."},
            "Suite very busy. “Full.”",
        ),
    ],
)
def test_the_reason_for_a_wait_is_told_if_there_was_one_or_one_is_due(changed, words):
    assert _lines(make_visit(**changed)).get("Why the wait") == words


def test_what_is_known_of_people_who_were_counted_is_listed_in_the_order_of_the_lists():
    counts = (
        OutcomeCount("SEEN", 2, gender="MALE"),
        OutcomeCount("SEEN", 1, gender="FEMALE"),
        OutcomeCount("REFUSED", 1, gender="MALE"),
        OutcomeCount("ASLEEP", 1, gender="OLD_CODE"),
        OutcomeCount("SEEN", 0, gender="X"),
        OutcomeCount("SEEN", 1),
    )
    listed = _lines(make_visit(counts=counts))["Gender"].split("; ")
    order = [code.code for code in ABOUT.book["gender"]]
    assert sorted(listed) == sorted(
        ["3 Male", "1 Female", f"1 {ABOUT.book.label('gender', 'OLD_CODE')}"]
    )
    assert (order.index("MALE") < order.index("FEMALE")) == (listed[0] == "3 Male")
    assert listed[2].startswith("1 ")
    assert "Gender" not in _lines(make_visit())
