"""Which assigned visits have no report."""

from datetime import date
from uuid import UUID, uuid4

from tests.builders import ANNE, BEN, CARA, KENNELS, SUITE
from visitapp.domain.period import Period, week_of
from visitapp.domain.plan.late_visit import ExpectedVisit, LateVisit, without_report
from visitapp.domain.plan.planned import PastVisit

DAY = date(2025, 4, 9)
WEEK = week_of(DAY)


def expected(site_id: UUID = SUITE, span: Period = WEEK, pair=(ANNE, BEN)) -> ExpectedVisit:
    return ExpectedVisit(uuid4(), site_id, span, pair)


def report(day: date = DAY, site_id: UUID = SUITE, visitors=(BEN, ANNE)) -> PastVisit:
    return PastVisit(site_id, day, 600, visitors)


def test_a_report_by_the_pair_at_the_site_in_the_week_is_of_the_visit():
    visit = expected()
    assert without_report([visit], [report()]) == []
    assert without_report([visit], [report(WEEK.start), report(WEEK.end)]) == []
    for other in (
        report(date(2025, 4, 6)),
        report(date(2025, 4, 14)),
        report(site_id=KENNELS),
        report(visitors=(CARA,)),
        report(visitors=()),
    ):
        assert without_report([visit], [other]) == [visit]


def test_a_report_with_somebody_else_in_one_place_is_of_the_visit_too():
    assert without_report([expected()], [report(visitors=(ANNE, CARA))]) == []
    assert without_report([expected()], [report(visitors=(BEN,))]) == []


def test_each_report_is_of_one_visit_and_of_the_pair_that_made_it():
    first, second = expected(), expected(pair=(ANNE, CARA))
    assert without_report([first, second], [report()]) == [second]
    assert without_report([second, first], [report()]) == [second]
    assert without_report([first, second], [report(), report(visitors=(ANNE,))]) == []
    again = expected()
    assert without_report([first, again], [report()]) == [again]


def test_a_late_visit_says_since_when():
    late = LateVisit(uuid4(), "Northgate", WEEK, ("Anne Example", "Ben Sample"))
    assert (late.where, late.since, late.is_week) == (
        "Northgate, 7–13 Apr 2025", date(2025, 4, 14), True,
    )  # fmt: skip
    month = LateVisit(uuid4(), "Hillside", Period(date(2025, 4, 1), date(2025, 4, 30)), ())
    assert (month.where, month.since, month.is_week) == (
        "Hillside, April 2025", date(2025, 5, 1), False,
    )  # fmt: skip
