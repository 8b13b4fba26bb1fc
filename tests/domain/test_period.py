"""Periods of days: weeks by their Thursday, months and quarters."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period, month_of, span_words, week_of
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.text.wording import dates

DAYS = st.dates(date(1999, 1, 1), date(2060, 12, 31))


@st.composite
def periods(draw):
    start = draw(DAYS)
    return Period(start, start + timedelta(days=draw(st.integers(0, 900))))


def days_of(period):
    return [period.start + timedelta(days=n) for n in range((period.end - period.start).days + 1)]


def test_a_period_that_ends_before_it_begins_is_refused():
    with pytest.raises(BadInputError):
        Period(date(2024, 4, 2), date(2024, 4, 1))


@given(periods(), DAYS)
def test_a_period_holds_its_days_and_no_others(period, day):
    days = days_of(period)
    assert period.days == len(days)
    assert all(one in period for one in days)
    assert (day in period) == (day in set(days))
    assert period.holds(Period(days[-1], days[-1]))
    assert not period.holds(Period(period.start, period.end + timedelta(days=1)))
    assert not period.holds(Period(period.start - timedelta(days=1), period.end))


@given(periods())
def test_a_week_belongs_to_the_period_that_holds_its_thursday(period):
    weeks = period.weeks()
    thursdays = [day for day in days_of(period) if day.isoweekday() == 4]
    assert [week.start + timedelta(days=3) for week in weeks] == thursdays
    for week in weeks:
        assert week.start.isoweekday() == 1
        assert week.end - week.start == timedelta(days=6)


@given(DAYS, st.integers(0, 400), st.integers(1, 400))
def test_every_week_belongs_to_exactly_one_of_two_periods_that_follow_one_another(start, a, b):
    middle = start + timedelta(days=a)
    end = middle + timedelta(days=b)
    first, second = Period(start, middle), Period(middle + timedelta(days=1), end)
    assert first.weeks() + second.weeks() == Period(start, end).weeks()


def test_the_published_year_has_52_weeks_and_a_leap_year_may_have_53():
    assert len(APRIL_YEARS.year_of(date(2023, 6, 1)).weeks()) == 52
    found = Counter(
        len(APRIL_YEARS.year_of(date(year, 6, 1)).weeks()) for year in range(2000, 2400)
    )
    # The Gregorian calendar repeats after 400 years, which are 20,871 whole weeks.
    assert found == {52: 329, 53: 71}


@given(periods())
def test_whole_weeks_reach_to_the_ends_of_the_weeks_that_belong_to_it(period):
    reach = period.whole_weeks()
    days = set(days_of(period)) | {day for week in period.weeks() for day in days_of(week)}
    assert (reach.start, reach.end) == (min(days), max(days))


def test_three_days_without_a_thursday_have_no_week():
    period = Period(date(2024, 4, 5), date(2024, 4, 7))
    assert period.weeks() == []
    assert period.whole_weeks() == period


@given(periods())
def test_months_are_due_only_if_they_lie_wholly_in_the_period(period):
    days = set(days_of(period))
    touched = list(period.touched_months())
    assert all(month == month_of(month.start) for month in touched)
    whole = [month for month in touched if set(days_of(month)) <= days]
    assert period.months() == whole
    assert {(m.start.year, m.start.month) for m in touched} == {(d.year, d.month) for d in days}


@given(periods())
def test_months_and_quarters_cut_the_period_without_gap_or_overlap(period):
    for parts in (period.parts_by_month(), period.quarters()):
        assert [day for part in parts for day in days_of(part)] == days_of(period)
    assert len({(p.start.year, p.start.month) for p in period.parts_by_month()}) == len(
        period.parts_by_month()
    )
    for part in period.quarters()[1:]:
        assert (part.start.month, part.start.day) in ((4, 1), (7, 1), (10, 1), (1, 1))
    for part in period.quarters():
        quarters = {(day.year, (day.month - 1) // 3) for day in days_of(part)}
        assert len(quarters) == 1


def test_a_reporting_year_has_four_quarters_and_twelve_months():
    year = APRIL_YEARS.year_of(date(2023, 12, 1))
    assert [dates(part.start, part.end) for part in year.quarters()] == [
        "1 April 2023 to 30 June 2023",
        "1 July 2023 to 30 September 2023",
        "1 October 2023 to 31 December 2023",
        "1 January 2024 to 31 March 2024",
    ]
    assert len(year.months()) == 12
    assert sum(month.days for month in year.months()) == 366


@given(DAYS)
def test_the_month_and_the_week_of_a_day_hold_it(day):
    assert day in month_of(day)
    assert (month_of(day).end + timedelta(days=1)).day == 1
    assert day in week_of(day)


@given(periods())
def test_the_period_before_is_a_year_earlier(period):
    before = period.year_before()
    assert before.start.year == period.start.year - 1
    assert before.start.month == period.start.month
    assert (before.end.year, before.end.month) == (period.end.year - 1, period.end.month)


@given(DAYS, st.integers(0, 30))
def test_the_year_before_whole_months_is_whole_months(day, more):
    first = day.replace(day=1)
    last = month_of(first + timedelta(days=31 * more))
    before = Period(first, last.end).year_before()
    assert before.start.day == 1
    assert (before.end + timedelta(days=1)).day == 1


def test_the_year_before_a_leap_day():
    assert Period(date(2024, 2, 1), date(2024, 2, 29)).year_before() == Period(
        date(2023, 2, 1), date(2023, 2, 28)
    )
    assert Period(date(2025, 2, 1), date(2025, 2, 28)).year_before().end == date(2024, 2, 29)
    assert APRIL_YEARS.year_of(date(2024, 5, 1)).year_before() == APRIL_YEARS.year_of(
        date(2023, 5, 1)
    )


def test_a_whole_month_is_said_by_its_name_and_other_days_by_both_ends():
    words = {
        (date(2024, 4, 1), date(2024, 4, 30)): "April 2024",
        (date(2023, 2, 1), date(2023, 2, 28)): "February 2023",
        (date(2024, 12, 1), date(2024, 12, 31)): "December 2024",
        (date(2024, 1, 1), date(2024, 1, 31)): "January 2024",
        (date(2024, 4, 1), date(2024, 4, 7)): "1\u20137 Apr 2024",
        (date(2024, 4, 1), date(2024, 4, 27)): "1\u201327 Apr 2024",
        (date(2024, 4, 2), date(2024, 4, 30)): "2\u201330 Apr 2024",
        (date(2024, 4, 29), date(2024, 5, 5)): "29 Apr \u2013 5 May 2024",
        (date(2024, 12, 30), date(2025, 1, 5)): "30 Dec \u2013 5 Jan 2025",
    }
    assert {(a, b): span_words(Period(a, b)) for a, b in words} == words
