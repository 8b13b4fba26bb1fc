"""The words of reports of other bodies, of calendar years, and of parts of a year."""

import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.reporting import published_year as years
from tests.reporting.tagged_pdf import TaggedPdf
from visitapp.domain.office.body import COMMISSIONER, UK_CASES, Body
from visitapp.domain.office.scheme import Kind, Office
from visitapp.domain.period import Period
from visitapp.domain.year.attempts import Target
from visitapp.domain.year.summary import AnnualSummary
from visitapp.reporting.annual import annual_report
from visitapp.reporting.annual.checks import printed_fields
from visitapp.reporting.blocks import Document
from visitapp.reporting.pdf.render import render_pdf

PLACES = dict(UK_CASES)
MAYOR = Body("the Mayor of Anyshire", "the Mayor", "the Mayor’s", from_on=date(2028, 5, 9))
CALENDAR_2024 = Period(date(2024, 1, 1), date(2024, 12, 31))
OFFICE = Office(years._id(5), "The office of Anyshire", "Anyshire")


def report_of(
    period: Period,
    *bodies: Body,
    today: date | None = None,
    kinds: tuple[Kind, ...] = tuple(Kind),
    target: Target | None = None,
) -> AnnualSummary:
    """The published figures as if they were those of another body and period."""
    full = years.published_year()
    schemes = {}
    for kind in kinds:
        figures = full.schemes[kind]
        months = period.parts_by_month()
        quarters = period.quarters()
        schemes[kind] = replace(
            figures,
            period=period,
            by_month=tuple((month, 1) for month in months),
            by_quarter=tuple((quarter, 1) for quarter in quarters),
            issues=replace(figures.issues, by_month=tuple((month, 1) for month in months)),
            as_at=today,
            so_far=target,
        )
    office = replace(OFFICE, bodies=bodies or (COMMISSIONER,))
    return replace(
        full, office=office, period=period, schemes=schemes, previous={}, earlier={}, texts={}
    )


def strings(value: Any) -> Iterator[str]:
    """Every text in a document."""
    if isinstance(value, str):
        yield value
    elif is_dataclass(value):
        for field in fields(value):
            yield from strings(getattr(value, field.name))
    elif isinstance(value, tuple | list):
        for part in value:
            yield from strings(part)


def words(document: Document) -> str:
    return " ".join(" ".join(strings(document)).split())


def written(summary: AnnualSummary) -> str:
    """The words of the report as a screen reader gets them from the PDF."""
    content = BytesIO()
    render_pdf(annual_report(summary), content)
    return " ".join(TaggedPdf(content.getvalue()).outline().split())


def test_a_scottish_calendar_year_reads_back_from_the_pdf() -> None:
    authority = replace(PLACES["Scotland"], first_month=1)
    summary = replace(
        report_of(CALENDAR_2024, authority, kinds=(Kind.CUSTODY,)), texts={"view": "A good year."}
    )
    text = written(summary)
    assert "Annual report 2024" in text
    assert "1 January 2024 to 31 December 2024" in text
    assert (
        "Visits to people held in police custody, made by custody visitors on behalf of the "
        "Scottish Police Authority under sections 93 to 96 of the Police and Fire Reform "
        "(Scotland) Act 2012." in text
    )
    assert "the Authority must make sure that people held in police custody can be" in text
    assert "independent of the police and of the Authority." in text
    assert "The Authority’s view" in text
    assert "The calendar year, from 1 January to 31 December." in text
    assert "ommissioner" not in text


@pytest.mark.parametrize(
    ("place", "law", "duty"),
    [
        (
            "England and Wales",
            "under section 51 of the Police Reform Act 2002.",
            "The Commissioner must make sure that people held by the police can be visited",
        ),
        (
            "Scotland",
            "under sections 93 to 96 of the Police and Fire Reform (Scotland) Act 2012.",
            "the Authority must make sure that",
        ),
        (
            "Northern Ireland",
            "under section 73 of the Police (Northern Ireland) Act 2000.",
            "the Board must make sure that",
        ),
        (
            "A voluntary scheme",
            "on behalf of the organisation that runs the scheme.",
            "No law asks for it: it is a voluntary scheme.",
        ),
    ],
)
def test_each_case_has_its_law_and_its_duty(place: str, law: str, duty: str) -> None:
    text = words(annual_report(report_of(years.YEAR, PLACES[place], kinds=(Kind.CUSTODY,))))
    assert law in text
    assert duty in text
    assert ("ommissioner" in text) == (place == "England and Wales")


def test_the_words_for_visitors_and_the_visited_are_those_of_the_body() -> None:
    body = replace(COMMISSIONER, visitors="lay visitors", visited="detained persons")
    text = words(annual_report(report_of(years.YEAR, body, kinds=(Kind.CUSTODY,))))
    assert "Visits to detained persons, made by lay visitors on behalf of" in text
    assert "The Commissioner must make sure that detained persons can be visited" in text


def test_a_year_of_two_bodies_names_both() -> None:
    year = Period(date(2028, 4, 1), date(2029, 3, 31))
    summary = report_of(year, COMMISSIONER, MAYOR, kinds=(Kind.CUSTODY,))
    text = words(annual_report(replace(summary, texts={"view": "A good year."})))
    assert (
        "on behalf of the Police and Crime Commissioner until 8 May 2028 and the Mayor of "
        "Anyshire from then on under section 51" in text
    )
    assert "The Mayor must make sure" in text
    assert "Until 8 May 2028 this was for the Police and Crime Commissioner." in text
    assert "The Mayor’s view" in text
    before = words(annual_report(report_of(year.year_before(), COMMISSIONER, MAYOR)))
    assert "Mayor" not in before


def test_the_year_in_which_the_first_day_changes_says_that_it_is_shorter() -> None:
    board = replace(PLACES["Northern Ireland"], first_month=1, from_on=date(2028, 5, 9))
    short = Period(date(2028, 4, 1), date(2028, 12, 31))
    text = words(annual_report(report_of(short, COMMISSIONER, board)))
    assert "Annual report, April to December 2028" in text
    assert "From April to December 2028 only, since the next one begins on 1 January 2029." in text


@pytest.mark.parametrize(
    ("first", "last", "name", "span"),
    [
        (date(2023, 4, 1), date(2023, 9, 30), "Half-year report, April to September 2023",
         "half-year"),
        (date(2023, 7, 1), date(2023, 9, 30), "Quarterly report, July to September 2023",
         "quarter"),
        (date(2023, 5, 1), date(2023, 5, 31), "Monthly report, May 2023", "month"),
        (date(2023, 5, 3), date(2023, 6, 9), "Report, 3 May 2023 to 9 June 2023", "period"),
    ],
)  # fmt: skip
def test_a_part_of_a_year_has_a_report_of_its_own_name(
    first: date, last: date, name: str, span: str
) -> None:
    document = annual_report(report_of(Period(first, last)))
    assert document.cover is not None
    assert document.cover.subtitle == name
    text = words(document)
    assert f"The {span} at a glance" in text
    assert f"at the end of the {span}" in text
    assert "the year" not in text.replace("the year and", "")
    assert "Annual report" not in text


def test_the_texts_to_write_have_the_words_of_the_body_and_the_period() -> None:
    quarter = Period(date(2024, 4, 1), date(2024, 6, 30))
    asked = {field.key: field for field in printed_fields(report_of(quarter, PLACES["Scotland"]))}
    assert asked["view"].title == "The Authority’s view"
    assert asked["plans"].section == "The quarter in words"


def test_a_year_that_goes_on_is_judged_by_what_was_due_so_far() -> None:
    today = date(2023, 4, 10)
    target = Target(2, 3, 2, 2)
    text = words(annual_report(report_of(years.YEAR, today=today, target=target)))
    assert "of 2 due by 10 April 2023" in text
    assert "The year has not ended. Figures are as at 10 April 2023." in text
    assert "open on 10 April 2023" in text
    assert "at the end of the year" not in text


def test_a_year_that_has_not_begun_blames_nobody() -> None:
    summary = report_of(years.YEAR, today=date(2023, 3, 30), target=Target(0, 0, 0, 0))
    text = words(annual_report(summary))
    assert "The year has not begun. Figures are as at 30 March 2023." in text
    assert "none was due by 30 March 2023" in text
    assert "The scheme had 18 visitors on 30 March 2023." in text


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@settings(max_examples=30, deadline=None)
@given(DAYS, st.integers(0, 500), st.integers(0, 500), st.sampled_from([4, 1]))
def test_no_part_of_a_year_speaks_of_its_end(
    start: date, length: int, seen: int, first_month: int
) -> None:
    period = Period(start, start + timedelta(days=length))
    today = start + timedelta(days=seen)
    goes_on = today < period.end
    body = replace(COMMISSIONER, first_month=first_month)
    summary = report_of(period, body, today=today if goes_on else None, target=Target(2, 3, 2, 2))
    text = words(annual_report(summary))
    is_year = summary.office.years.is_year(period)
    assert ("at the end of the year" in text) == (is_year and not goes_on)
    assert ("at the end of the" in text) == (not goes_on)
    assert bool(re.search(r"due by \d", text)) == goes_on
    assert ("Annual report" in text) == is_year
