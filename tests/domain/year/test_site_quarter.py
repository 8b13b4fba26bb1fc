from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import make_kennels, make_site
from visitapp.domain.office.site import OpenPeriod
from visitapp.domain.period import Period
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.site_quarter import PeriodMark, quarter_of

Q1 = Period(date(2025, 4, 1), date(2025, 6, 30))
TODAY = date(2025, 5, 14)  # a Wednesday
OPEN = (OpenPeriod(date(2020, 1, 1)),)


def _marks(by_day: dict[date, int], **site: object) -> list[PeriodMark]:
    made = make_site(**{"open_periods": OPEN, **site})
    return [span.mark for span in quarter_of(made, Q1, by_day, TODAY).spans]


def test_each_week_is_visited_missed_due_now_or_still_to_come() -> None:
    marks = _marks({date(2025, 4, 2): 1, date(2025, 4, 13): 2})
    assert marks == [
        PeriodMark.VISITED,
        PeriodMark.VISITED,
        *[PeriodMark.MISSED] * 4,
        PeriodMark.DUE_NOW,
        *[PeriodMark.COMING] * 6,
    ]


def test_a_week_belongs_to_the_quarter_that_holds_its_thursday() -> None:
    quarter = quarter_of(make_site(open_periods=OPEN), Q1, {date(2025, 3, 31): 1}, TODAY)
    assert quarter.spans[0].period == Period(date(2025, 3, 31), date(2025, 4, 6))
    assert quarter.spans[0].mark is PeriodMark.VISITED
    assert quarter.spans[-1].period.end == date(2025, 6, 29)


def test_a_week_that_the_site_was_not_open_throughout_is_not_due() -> None:
    marks = _marks({}, open_periods=(OpenPeriod(date(2025, 4, 9)),))
    assert marks[:3] == [PeriodMark.NOT_DUE, PeriodMark.NOT_DUE, PeriodMark.MISSED]


def test_a_visit_to_a_site_that_is_not_due_is_still_shown() -> None:
    assert _marks({date(2025, 4, 2): 1}, open_periods=())[0] is PeriodMark.VISITED


def test_kennels_have_months() -> None:
    site = make_kennels(open_periods=OPEN)
    quarter = quarter_of(site, Q1, {date(2025, 4, 30): 1}, TODAY)
    assert [span.mark for span in quarter.spans] == [
        PeriodMark.VISITED,
        PeriodMark.DUE_NOW,
        PeriodMark.COMING,
    ]
    assert quarter.unit == "month"


def test_the_last_visit_is_the_latest_up_to_today() -> None:
    quarter = quarter_of(make_site(), Q1, {date(2025, 4, 2): 1, date(2025, 4, 9): 1}, TODAY)
    assert quarter.last_on == date(2025, 4, 9)
    assert quarter_of(make_site(), Q1, {}, TODAY).last_on is None


@given(st.dates(date(2024, 4, 1), date(2026, 3, 31)), st.sets(st.integers(0, 120)))
def test_at_most_one_week_is_now_and_each_visit_is_in_one_week(today: date, days: set[int]) -> None:
    quarter = next(q for q in APRIL_YEARS.year_of(today).quarters() if today in q)
    span = quarter.whole_weeks()
    by_day = {span.start + timedelta(days=d): 1 for d in days if d < span.days}
    found = quarter_of(make_site(open_periods=OPEN), quarter, by_day, today)
    assert sum(1 for s in found.spans if s.mark is PeriodMark.DUE_NOW) <= 1
    assert sum(s.visits for s in found.spans) == sum(
        1 for day in by_day if any(day in s.period for s in found.spans)
    )
    now = found.at(today)
    assert now is None or now.mark in (PeriodMark.VISITED, PeriodMark.DUE_NOW)


def test_the_last_visit_may_be_of_today_and_a_day_without_one_is_none() -> None:
    by_day = {TODAY - timedelta(days=2): 1, TODAY - timedelta(days=1): 0}
    assert quarter_of(make_site(), Q1, by_day, TODAY).last_on == TODAY - timedelta(days=2)
    assert quarter_of(make_site(), Q1, {**by_day, TODAY: 1}, TODAY).last_on == TODAY
    later = {**by_day, TODAY + timedelta(days=1): 1}
    assert quarter_of(make_site(), Q1, later, TODAY).last_on == TODAY - timedelta(days=2)
