"""When a site was open."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_site
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.period import Period

FIRST = date(2024, 3, 1)


@st.composite
def open_periods(draw):
    """So short and close that their first and last days often meet."""
    start = FIRST + timedelta(days=draw(st.integers(0, 12)))
    length = draw(st.none() | st.integers(0, 6))
    return OpenPeriod(start, None if length is None else start + timedelta(days=length))


@given(st.lists(open_periods(), max_size=4), st.integers(6, 26), st.integers(0, 9))
def test_open_throughout_and_within_agree_with_the_days_one_by_one(opened, start, length):
    site = make_site(open_periods=tuple(opened))
    first = FIRST + timedelta(days=start - 10)
    span = Period(first, first + timedelta(days=length))
    days = [first + timedelta(days=n) for n in range(length + 1)]
    on = [any(p.start <= day and (p.end is None or day <= p.end) for p in opened) for day in days]
    assert [site.is_open_on(day) for day in days] == on
    assert site.is_open_throughout(span) == all(on)
    assert site.is_open_within(span) == any(on)


def test_periods_that_adjoin_are_as_good_as_one():
    week = Period(date(2024, 3, 4), date(2024, 3, 10))
    parts = (OpenPeriod(date(2024, 3, 7)), OpenPeriod(date(2024, 3, 1), date(2024, 3, 6)))
    assert make_site(open_periods=parts).is_open_throughout(week)
    gap = (OpenPeriod(date(2024, 3, 8)), OpenPeriod(date(2024, 3, 1), date(2024, 3, 6)))
    assert not make_site(open_periods=gap).is_open_throughout(week)


def test_the_first_and_last_day_of_a_period_are_open():
    days = Period(date(2024, 3, 4), date(2024, 3, 10))
    site = make_site(open_periods=(OpenPeriod(days.start, days.end),))
    assert site.is_open_throughout(days)
    for day in (days.start, days.end):
        assert site.is_open_throughout(Period(day, day))
        assert site.is_open_within(Period(day, day))
    assert site.is_open_within(Period(date(2024, 3, 1), days.start))
    assert site.is_open_within(Period(days.end, date(2024, 3, 20)))
    assert not site.is_open_within(Period(date(2024, 3, 1), date(2024, 3, 3)))
    assert not site.is_open_within(Period(date(2024, 3, 11), date(2024, 3, 20)))


def test_a_period_that_begins_on_the_last_day_of_another_overlaps_it():
    day = date(2024, 3, 6)
    ends = OpenPeriod(date(2024, 3, 1), day)
    assert make_site(open_periods=(ends, OpenPeriod(day))).problem_of_open_periods()
    later = OpenPeriod(day + timedelta(days=1))
    assert not make_site(open_periods=(ends, later)).problem_of_open_periods()


def test_a_site_cannot_close_before_it_opens():
    with pytest.raises(BadInputError):
        OpenPeriod(date(2024, 3, 2), date(2024, 3, 1))
    assert OpenPeriod(date(2024, 3, 1), date(2024, 3, 1)).end == date(2024, 3, 1)


@given(st.lists(open_periods(), max_size=4))
def test_open_periods_that_share_a_day_are_refused(opened):
    days = [
        {
            p.start + timedelta(days=n)
            for n in range(((p.end or date(2024, 12, 31)) - p.start).days + 1)
        }
        for p in opened
    ]
    shared = sum(map(len, days)) > len(set().union(*days))
    assert bool(make_site(open_periods=tuple(opened)).problem_of_open_periods()) == shared
