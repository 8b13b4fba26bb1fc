"""A report as it is written: read whatever stands there, and written back the same."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, CARA, CUSTODY, SUITE, at, make_person, make_site, make_visit
from visitapp.domain.draft import report_form
from visitapp.domain.draft.draft_content import typed_report
from visitapp.domain.draft.report_form import ReadingBasis, judged, read
from visitapp.domain.draft.typed_report import TypedReport
from visitapp.domain.draft.typed_times import TIMES
from visitapp.domain.draft.typed_visit import for_replacement, typed_visit
from visitapp.domain.moment import Moment, following, happens_twice
from visitapp.domain.office.codes import CodeBook
from visitapp.domain.office.scheme import Kind
from visitapp.domain.report import rules
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.place import Place
from visitapp.domain.report.report import KeptWords, Report, ReportRow
from visitapp.domain.report.rules import Finding
from visitapp.domain.report.visit import Confirmation, OutcomeCount, Visit
from visitapp.services.office.reference import reference_codes, reference_form, reference_scheme

VISIT = UUID(int=9)
CONFIRMED_AT = datetime(2025, 3, 5, 15, 30, tzinfo=UTC)
BOOK = CodeBook.of(reference_codes(Kind.CUSTODY, CUSTODY))
FORM = reference_form(Kind.CUSTODY)
BASIS = ReadingBasis(FORM, BOOK)
OCTOBER = date(2024, 10, 27)
"""The clocks went back."""

json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
FIELDS = tuple(field.name for field in fields(TypedReport))
times = st.sampled_from(["1412", "14:30", "2.30pm", "25:00", "noon", "0130", "", " 23:59 "])
dates = st.sampled_from(["9/4/2024", "31/2/2024", "27 October 2024", "9999-12-31", "x", ""])
likely = st.fixed_dictionaries(
    {},
    optional={"date": dates} | dict.fromkeys(TIMES, times) | dict.fromkeys(FIELDS, json_values),
)
texts = st.text(st.characters(codec="utf-8"), max_size=20)
short = st.text(st.sampled_from("KL/0412 M"), max_size=9).map(str.strip)
flags = st.lists(st.sampled_from(["MH", "PREGNANT"]), min_size=1, max_size=2)
answers = st.fixed_dictionaries(
    {},
    optional={
        "escort_role": st.just("DO"),
        "staff_on_duty": st.integers(0, 99),
        "kitchen": st.sampled_from(["OK", "CONCERN", "NOT_CHECKED"]),
        "good_practice": texts.filter(bool),
    },
)
times = st.datetimes(timezones=st.just(UTC))
kept = st.builds(
    KeptWords,
    short.filter(bool).map(Place.of_decision),
    texts.filter(bool),
    short,
    texts,
    texts,
    times,
)


def code(list_name: str) -> st.SearchStrategy[str]:
    return st.sampled_from([entry.code for entry in BOOK[list_name]])


@st.composite
def visits(draw: st.DrawFn) -> Visit:
    """Visits as rules allow them: no stay or wait of a day."""
    october_night = st.just(date(2024, 10, 27))
    day = draw(october_night | st.dates(date(1990, 1, 1), date(2090, 12, 31)))
    minutes = st.integers(0, 1439)
    arrived = Moment.at(day, draw(minutes), fold=draw(st.integers(0, 1)))
    admitted = draw(st.none() | minutes.map(lambda minute: following(arrived, minute)))
    left = draw(st.none() | minutes.map(lambda minute: following(admitted or arrived, minute)))
    counts = st.builds(
        OutcomeCount,
        code("outcome"),
        st.integers(1, 60),
        st.none() | code("outcome_reason"),
        st.none() | code("gender"),
        st.none() | code("age_group"),
        st.none() | code("ethnicity"),
    )
    issues = st.builds(
        Issue,
        id=st.uuids(),
        category=code("issue_category"),
        severity=st.integers(1, 4),
        origin=code("issue_origin"),
        status=code("issue_status"),
        resolved_during_visit=st.booleans(),
        description=texts,
        raised_with=texts,
        closed_on=st.none() | st.dates(),
        place=texts,
        question=texts.map(Place.parse),
        raised_minute=st.none() | minutes,
        version=st.integers(1, 9),
    )
    rows = st.builds(
        OutcomeCount,
        code("outcome"),
        st.just(1),
        st.none() | code("outcome_reason"),
        st.none() | code("gender"),
        st.none() | code("age_group"),
        st.none() | code("ethnicity"),
        st.builds(
            ReportRow,
            short,
            short,
            st.none() | st.uuids(),
            st.fixed_dictionaries({}, optional={"condition": st.just("WELL"), "flags": flags}),
        ),
    )
    visitors = tuple(draw(st.lists(st.uuids(), max_size=3, unique=True)))
    confirmed = [Confirmation(v, draw(texts), draw(times)) for v in visitors[:1]]
    return Visit(
        id=VISIT,
        scheme_id=CUSTODY,
        site_id=draw(st.uuids()),
        arrived=arrived,
        admitted=admitted,
        left=left,
        type=draw(code("visit_type")),
        mode=draw(code("visit_mode")),
        status=draw(code("visit_status")),
        visitors=visitors,
        observers=tuple(draw(st.lists(st.uuids(), max_size=2))),
        delay_reason=draw(st.none() | code("delay_reason")),
        delay_explanation=draw(texts),
        present=draw(st.none() | st.integers(0, 99)),
        counts=(*draw(st.lists(rows, max_size=4)), *draw(st.lists(counts, max_size=4))),
        extra_minutes=draw(st.integers(0, 600)),
        summary=draw(texts),
        issues=tuple(draw(st.lists(issues, max_size=3))),
        confirmations=tuple(confirmed),
        report=Report(1, draw(answers), kept_words=tuple(draw(st.lists(kept, max_size=2)))),
    )


def reading_of(**content: Any) -> report_form.Reading:
    return read(typed_report(content), visit_id=VISIT, scheme_id=CUSTODY, basis=BASIS)


def findings_of(reading: report_form.Reading) -> tuple[Finding, ...]:
    people = [make_person(name, id=i) for i, name in ((ANNE, "Anne"), (BEN, "Ben"), (CARA, "Cara"))]
    found = rules.findings(
        reading.visit,
        scheme=reference_scheme(Kind.CUSTODY, CUSTODY),
        site=make_site() if reading.has_site else None,
        people={person.id: person for person in people},
        book=BOOK,
        others=[],
        today=date(2025, 4, 10),
    )
    return judged(reading, found)


@given(json_values | likely)
@example({"date": "9999-12-31", "arrived": "23:59", "left": "00:01"})
@example({"present": True, "counts": [{"outcome": "SEEN", "number": 10**30}]})
def test_whatever_stands_in_a_draft_can_be_read(content: Any) -> None:
    reading = read(
        typed_report(content if isinstance(content, dict) else {"counts": content}),
        visit_id=VISIT,
        scheme_id=CUSTODY,
        basis=BASIS,
    )
    findings_of(reading)


@given(visits())
@example(make_visit(OCTOBER, id=VISIT, arrived=at(OCTOBER, 1, 30, fold=1), left=None,
                    admitted=at(OCTOBER, 1, 40, fold=1), report=Report(1)))  # fmt: skip
@example(make_visit(OCTOBER, id=VISIT, arrived=at(OCTOBER, 1, 30), left=None,
                    admitted=at(OCTOBER, 1, 40, fold=1), report=Report(1)))  # fmt: skip
def test_a_visit_written_as_a_draft_reads_as_the_same_visit(visit: Visit) -> None:
    reading = read(typed_visit(visit), visit_id=VISIT, scheme_id=CUSTODY, basis=BASIS)
    # Of issues without a word, and only of them, a draft has something to say.
    assert not [problem for problem in reading.problems if problem.blocks]
    assert reading.visit == visit


def test_a_draft_that_replaces_a_report_has_to_be_confirmed_anew() -> None:
    confirmation = Confirmation(ANNE, "Anne Example", CONFIRMED_AT)
    visit = make_visit(id=VISIT, confirmations=(confirmation,), report=Report(1))
    reading = read(for_replacement(visit, 1), visit_id=VISIT, scheme_id=CUSTODY, basis=BASIS)
    assert reading.visit == replace(visit, confirmations=())


def test_an_empty_draft_asks_for_what_a_report_needs_once_each() -> None:
    blocking = [str(finding.place) for finding in findings_of(reading_of()) if finding.blocks]
    assert blocking == [
        "date", "arrived", "site_id", "admitted", "left", "visitors", "answers:overall",
    ]  # fmt: skip


def test_times_after_midnight_belong_to_the_next_day() -> None:
    visit = reading_of(date="9/4/2024", arrived="2350", admitted="0.05", left="1:10am").visit
    assert visit.arrived == at(date(2024, 4, 9), 23, 50)
    assert visit.admitted == at(date(2024, 4, 10), 0, 5)
    assert visit.left == at(date(2024, 4, 10), 1, 10)
    assert visit.wait_minutes == 15


def test_the_second_of_an_hour_that_happens_twice_can_be_meant() -> None:
    day = date(2024, 10, 27)
    typed = {"date": "27/10/2024", "arrived": "01:30", "admitted": "01:40"}
    assert reading_of(**typed).visit.admitted == at(day, 1, 40)
    later = reading_of(**typed, second_time=["admitted"]).visit
    assert later.admitted == at(day, 1, 40, fold=1)
    assert later.wait_minutes == 70


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.integers(0, 1439))
def test_second_time_changes_only_minutes_that_happen_twice(day: date, minute: int) -> None:
    typed = {"date": day.isoformat(), "arrived": f"{minute // 60:02}{minute % 60:02}"}
    first = reading_of(**typed).visit.arrived
    second = reading_of(**typed, second_time=["arrived"]).visit.arrived
    assert (first != second) == happens_twice(day, minute)


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"date": "31/2/2024"}, "date", "There is no such day as “31/2/2024”."),
        ({"date": "1/1/2222"}, "date", "“1/1/2222” is too far ahead."),
        ({"date": "9/4/2024", "arrived": "25:10"}, "arrived", "“25:10” is not a time of day."),
        (
            {"date": "9/4/2024", "arrived": "14:00", "left": "late"},
            "left",
            "“late” is not a time. Write it like 14:30.",
        ),
        (
            {"visitors": [str(ANNE), " Joe Bloggs"]},
            "visitors",
            "“Joe Bloggs” is not in the register of people.",
        ),
        ({"date": "11/4/2025"}, "date", "The date of the visit is in the future."),
        ({"extra_minutes": "a few"}, "extra_minutes", "“a few” is not a number of minutes."),
    ],
)
def test_what_cannot_be_read_is_said_in_its_place_and_nothing_else_is(
    typed: dict[str, str], field: str, sentence: str
) -> None:
    said = [one.sentence for one in findings_of(reading_of(**typed)) if str(one.place) == field]
    assert said == [sentence]


def test_a_time_typed_before_the_arrival_is_known_is_not_called_missing() -> None:
    fields = [str(one.place) for one in findings_of(reading_of(date="9/4/2024", admitted="14:30"))]
    assert "admitted" not in fields
    assert "arrived" in fields


def test_an_issue_says_what_it_still_lacks() -> None:
    reading = reading_of(issues=[{"description": ""}, {"category": "FOOD", "severity": 2}])
    assert [
        (str(p.place), p.blocks) for p in reading.problems if str(p.place).startswith("issues")
    ] == [
        ("issues:0:category", True),
        ("issues:0:severity", True),
        ("issues:0:description", False),
        ("issues:1:description", False),
    ]


def test_a_changed_answer_takes_confirmations_back_and_the_same_answer_keeps_them() -> None:
    confirmation = Confirmation(ANNE, "Anne Example", CONFIRMED_AT)
    report = TypedReport(summary="Calm.").confirmed(confirmation)
    assert report.confirmations == (confirmation,)
    assert report.with_answer("summary", "Calm.").confirmations == (confirmation,)
    assert report.with_answer("summary", "Busy.").confirmations == ()


def test_a_name_typed_again_takes_the_place_of_the_first() -> None:
    first = Confirmation(ANNE, "anne", CONFIRMED_AT)
    second = replace(
        first, typed_name="Anne Example", confirmed_at=first.confirmed_at + timedelta(1)
    )
    report = TypedReport().confirmed(first).confirmed(second)
    assert report.confirmations == (second,)


def test_only_visitors_confirm() -> None:
    stranger = Confirmation(uuid4(), "Somebody", CONFIRMED_AT)
    report = TypedReport(visitors=(ANNE,), site_id=SUITE).confirmed(stranger)
    assert read(report, visit_id=VISIT, scheme_id=CUSTODY, basis=BASIS).visit.confirmations == ()
