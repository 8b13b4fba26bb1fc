"""Weeks that are planned together: some weeks, quarters, any dates."""

from datetime import date, timedelta

import pytest

from visitapp.domain.errors import BadInputError
from visitapp.domain.period import Period
from visitapp.domain.plan.weeks import MOST_WEEKS, plan_weeks, plans_to_choose
from visitapp.domain.reporting_years import APRIL_YEARS, ReportingYears


def test_any_dates_are_planned_by_the_weeks_that_hold_them() -> None:
    days = Period(date(2025, 4, 16), date(2025, 5, 1))
    assert plan_weeks(days) == Period(date(2025, 4, 14), date(2025, 5, 4))
    assert plan_weeks(Period(days.start, days.start)).days == 7


def test_more_weeks_than_a_year_has_are_not_planned_together() -> None:
    monday = date(2025, 4, 14)
    longest = Period(monday, monday + timedelta(days=7 * MOST_WEEKS - 1))
    assert plan_weeks(longest) == longest
    with pytest.raises(BadInputError, match="between 1 and 53 weeks"):
        plan_weeks(Period(monday, longest.end + timedelta(days=1)))


@pytest.mark.parametrize("at", range(0, 365, 5))
def test_quarters_to_plan_follow_each_other_without_a_gap(at: int) -> None:
    today = date(2025, 4, 1) + timedelta(days=at)
    choices = plans_to_choose(today, APRIL_YEARS)
    four, thirteen, rest, then = (period for _, period in choices)
    assert [words for words, _ in choices[:2]] == ["Next 4 weeks", "Next 13 weeks"]
    assert (four.days, thirteen.days, four.start) == (28, 91, thirteen.start)
    assert today < four.start <= today + timedelta(days=7)
    assert today in rest or rest.start - timedelta(days=1) < today
    assert then.start == rest.end + timedelta(days=1)
    assert then.days in (84, 91, 98)
    assert {period.start.weekday() for _, period in choices} == {0}
    assert {period.end.weekday() for _, period in choices} == {6}


@pytest.mark.parametrize("first_month", [1, 4])
def test_a_year_that_begins_after_a_thursday_leaves_its_first_days_to_the_quarter_before(
    first_month: int,
) -> None:
    years = ReportingYears(((date.min, first_month),))
    firsts = [date(year, first_month, day) for year in range(2025, 2031) for day in (1, 2, 3)]
    after_thursday = [day for day in firsts if day.weekday() >= day.day + 3]
    assert after_thursday
    for today in after_thursday:
        *_, (_, rest), (_, then) = plans_to_choose(today, years)
        assert today in rest
        assert rest.days == 7
        assert then.start == rest.end + timedelta(days=1)
