"""Reporting years from 1 April and from 1 January, and what periods are called."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import visitapp
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL, JANUARY, ReportingYears

APRIL_YEARS, CALENDAR_YEARS = ReportingYears(), ReportingYears(((date.min, JANUARY),))
DAYS = st.dates(date(1999, 1, 1), date(2060, 12, 31))
A_DAY = timedelta(days=1)


@st.composite
def changing_years(draw):
    """Years whose first month changed up to four times."""
    changes = sorted(draw(st.sets(DAYS, max_size=4)))
    months = draw(st.lists(st.sampled_from([APRIL, JANUARY]), min_size=5, max_size=5))
    return ReportingYears(tuple(zip([date.min, *changes], months, strict=False)))


@given(DAYS)
def test_a_year_from_april_ends_in_march(day):
    year = APRIL_YEARS.year_of(day)
    assert day in year
    assert (year.start.month, year.start.day) == (4, 1)
    assert year.end + A_DAY == year.start.replace(year=year.start.year + 1)
    assert APRIL_YEARS.label(year) == f"{year.start.year}/{str(year.end.year)[2:]}"
    assert not APRIL_YEARS.is_calendar_year(year)


@given(DAYS)
def test_a_year_from_january_is_the_calendar_year(day):
    year = CALENDAR_YEARS.year_of(day)
    assert year == Period(date(day.year, 1, 1), date(day.year, 12, 31))
    assert CALENDAR_YEARS.label(year) == str(day.year)
    assert CALENDAR_YEARS.is_calendar_year(year)


@given(changing_years(), DAYS)
def test_each_day_is_in_one_year_and_no_year_is_longer_than_twelve_months(years, day):
    year = years.year_of(day)
    assert day in year
    assert year == years.year_of(year.start) == years.year_of(year.end)
    assert years.is_year(year)
    assert years.year_of(year.end + A_DAY).start == year.end + A_DAY
    assert years.last_year(day).end == year.start - A_DAY
    assert year.end < year.start.replace(year=year.start.year + 1)
    assert year.start.day == (year.end + A_DAY).day == 1


@given(st.dates(date(2, 1, 1), date(9998, 12, 31)))
def test_every_day_that_a_message_may_have_is_in_a_year(day):
    assert day in APRIL_YEARS.year_of(day)
    assert day in CALENDAR_YEARS.year_of(day)


def test_a_change_of_the_first_month_makes_one_year_shorter():
    years = ReportingYears(((date.min, APRIL), (date(2028, 5, 9), JANUARY)))
    short = Period(date(2028, 4, 1), date(2028, 12, 31))
    assert years.year_of(date(2028, 5, 9)) == short
    assert years.year_of(date(2028, 4, 1)) == short
    assert years.label(short) == "April to December 2028"
    assert years.kind_of_report(short) == "Annual report"
    assert years.label(years.year_of(date(2027, 12, 31))) == "2027/28"
    assert years.label(years.year_of(date(2029, 1, 1))) == "2029"


def test_a_change_late_in_the_old_year_lets_that_year_end():
    years = ReportingYears(((date.min, JANUARY), (date(2028, 4, 2), APRIL)))
    assert years.label(years.year_of(date(2028, 4, 2))) == "2028"
    assert years.label(years.year_of(date(2029, 1, 1))) == "January to March 2029"
    assert years.label(years.year_of(date(2029, 4, 1))) == "2029/30"


@pytest.mark.parametrize(
    ("first", "last", "label", "report"),
    [
        (date(2024, 4, 1), date(2025, 3, 31), "2024/25", "Annual report"),
        (date(2024, 4, 1), date(2024, 9, 30), "April to September 2024", "Half-year report"),
        (date(2024, 10, 1), date(2025, 3, 31), "October 2024 to March 2025", "Half-year report"),
        (date(2024, 4, 1), date(2024, 6, 30), "April to June 2024", "Quarterly report"),
        (date(2025, 1, 1), date(2025, 3, 31), "January to March 2025", "Quarterly report"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024", "Monthly report"),
        (date(2024, 5, 1), date(2024, 7, 31), "May to July 2024", "Report"),
        (date(2024, 7, 1), date(2024, 12, 31), "July to December 2024", "Report"),
        (date(2024, 1, 1), date(2024, 12, 31), "January to December 2024", "Report"),
        (date(2024, 4, 3), date(2024, 5, 9), "3 April 2024 to 9 May 2024", "Report"),
        (date(2024, 4, 3), date(2024, 4, 3), "3 April 2024", "Report"),
        (date(2024, 2, 1), date(2024, 2, 28), "1 February 2024 to 28 February 2024", "Report"),
        (date(2023, 4, 1), date(2025, 3, 31), "1 April 2023 to 31 March 2025", "Report"),
    ],
)
def test_every_period_of_april_years_has_its_name(first, last, label, report):
    period = Period(first, last)
    assert APRIL_YEARS.label(period) == label
    assert APRIL_YEARS.kind_of_report(period) == report


def test_half_years_and_quarters_of_calendar_years_begin_in_january():
    assert CALENDAR_YEARS.kind_of_report(Period(date(2024, 7, 1), date(2024, 12, 31))) == (
        "Half-year report"
    )
    assert CALENDAR_YEARS.kind_of_report(Period(date(2024, 4, 1), date(2024, 9, 30))) == "Report"
    assert CALENDAR_YEARS.kind_of_report(Period(date(2024, 4, 1), date(2025, 3, 31))) == "Report"
    assert CALENDAR_YEARS.label(Period(date(2024, 4, 1), date(2025, 3, 31))) == (
        "April 2024 to March 2025"
    )


@given(changing_years(), DAYS)
def test_halves_of_a_year_are_six_months_each_and_a_short_year_has_none(years, day):
    year = years.year_of(day)
    halves = years.halves(year)
    if halves:
        first, second = halves
        assert (first.start, second.end) == (year.start, year.end)
        assert first.end + A_DAY == second.start
        assert len(first.months()) == len(second.months()) == 6
        assert years.kind_of_report(first) == years.kind_of_report(second) == "Half-year report"
    else:
        assert len(year.months()) < 12


def test_no_other_module_says_where_a_year_begins():
    writing = re.compile(r"date\([^()\n]*, 4, 1\)|month=4\b|month (>=|<) 4\b|\bAPRIL\b")
    program = Path(visitapp.__file__).parent
    found = {
        path.relative_to(program).as_posix()
        for path in program.rglob("*.py")
        if writing.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"domain/reporting_years.py", "domain/office/body.py", "ui/settings/bodies.py"}


def test_a_period_is_named_after_a_verb():
    assert APRIL_YEARS.within(Period(date(2024, 4, 1), date(2025, 3, 31))) == "in 2024/25"
    assert APRIL_YEARS.within(Period(date(2024, 4, 1), date(2024, 4, 30))) == "in April 2024"
    assert APRIL_YEARS.within(Period(date(2024, 4, 2), date(2024, 4, 2))) == "on 2 April 2024"
    assert APRIL_YEARS.within(Period(date(2024, 4, 2), date(2024, 4, 30))) == (
        "from 2 April 2024 to 30 April 2024"
    )
