"""What a visit knows of itself."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANNE, BEN, CARA, CUSTODY, at, make_visit
from visitapp.domain.errors import BadInputError
from visitapp.domain.office.scheme import Kind, Scheme
from visitapp.domain.report.issue import Issue
from visitapp.domain.report.report import ReportRow
from visitapp.domain.report.visit import OutcomeCount, access_band, passed
from visitapp.domain.report.visit_codes import AccessBand

DAY = date(2025, 3, 5)
AUTUMN = date(2024, 10, 27)


def test_hours_are_of_each_visitor_and_never_of_observers():
    visit = make_visit(extra_minutes=20, observers=(CARA,))  # an hour, and twenty minutes' travel
    assert visit.volunteer_minutes == 2 * 80
    assert replace(visit, visitors=(ANNE, BEN, CARA), observers=()).volunteer_minutes == 3 * 80
    assert replace(visit, visitors=()).volunteer_minutes == 0


def test_a_visit_without_a_leaving_time_gives_no_minutes():
    assert make_visit(left=None, extra_minutes=20).volunteer_minutes == 0


def test_minutes_are_those_that_passed_when_the_clocks_change():
    visit = make_visit(
        arrived=at(AUTUMN, 0, 30), admitted=at(AUTUMN, 0, 30), left=at(AUTUMN, 1, 30, fold=1)
    )
    assert visit.volunteer_minutes == 2 * 120
    spring = date(2025, 3, 30)
    visit = make_visit(arrived=at(spring, 0, 30), admitted=at(spring, 2, 5), left=at(spring, 3))
    assert (visit.wait_minutes, visit.volunteer_minutes) == (35, 2 * 90)


def test_the_wait_is_from_the_station_to_the_suite_over_midnight_too():
    next_day = DAY + timedelta(days=1)
    visit = make_visit(arrived=at(DAY, 23, 55), admitted=at(next_day, 0, 10))
    assert visit.wait_minutes == 15
    assert make_visit(admitted=None).wait_minutes is None


@given(
    st.sampled_from(["FACE", "TELEPHONE", "VIDEO"]),
    st.none() | st.integers(0, 60),
    st.integers(0, 20),
    st.integers(1, 20),
)
def test_every_visit_has_exactly_one_band_of_access(mode, wait, first, more):
    scheme = Scheme(CUSTODY, Kind.CUSTODY, "A scheme", first, first + more)
    if mode != "FACE":
        expected = AccessBand.NOT_APPLICABLE
    elif wait is None:
        expected = AccessBand.NOT_ADMITTED
    else:
        expected = [AccessBand.IMMEDIATE, AccessBand.DELAY, AccessBand.LONG][
            (wait > first) + (wait > first + more)
        ]
    assert access_band(mode, wait, scheme) is expected


def test_parts_are_summed():
    visit = make_visit(counts=(OutcomeCount("SEEN", 2), OutcomeCount("SEEN", 1, gender="FEMALE")))
    assert visit.count_of("SEEN") == visit.accounted == 3
    assert visit.count_of("REFUSED") == 0
    with pytest.raises(BadInputError):
        OutcomeCount("SEEN", -1)


def test_a_row_of_a_report_is_about_one():
    assert OutcomeCount("SEEN", 1, row=ReportRow()).number == 1
    with pytest.raises(BadInputError):
        OutcomeCount("SEEN", 2, row=ReportRow())


@given(st.integers(0, 300), st.integers(0, 120), st.integers(0, 300), st.integers(0, 120))
def test_two_reports_overlap_if_they_share_a_minute_at_one_site(a, a_length, b, b_length):
    def visit(start, length, **changed):
        arrived = at(AUTUMN, 0)
        arrived = replace(arrived, utc_minute=arrived.utc_minute + start)
        left = replace(arrived, utc_minute=arrived.utc_minute + length)
        return make_visit(arrived=arrived, admitted=None, left=left, **changed)

    first, second = visit(a, a_length), visit(b, b_length)
    shared = set(range(a, a + a_length + 1)) & set(range(b, b + b_length + 1))
    assert first.overlaps(second) == second.overlaps(first) == bool(shared)
    assert not first.overlaps(visit(b, b_length, site_id=UUID(int=9)))


def test_a_visit_without_a_time_may_be_another_of_its_day_by_the_same_visitors():
    timed = make_visit(AUTUMN)
    day_only = replace(timed, id=uuid4(), arrived=at(AUTUMN, 12), admitted=None, left=None,
                       has_time=False, visitors=timed.visitors[::-1])  # fmt: skip
    assert timed.overlaps(day_only)
    assert day_only.overlaps(timed)
    assert not day_only.overlaps(replace(timed, visitors=timed.visitors[:1]))
    assert not day_only.overlaps(make_visit(AUTUMN + timedelta(days=1)))


def test_a_visit_without_further_times_is_where_it_arrived():
    visit = make_visit(admitted=None, left=None)
    assert visit.last_seen == visit.arrived
    assert make_visit(left=None).last_seen == at(DAY, 14, 3)


def test_how_serious_an_issue_is_runs_from_1_to_4():
    assert [Issue(uuid4(), "FOOD", severity).severity for severity in (1, 4)] == [1, 4]
    for severity in (0, 5):
        with pytest.raises(BadInputError):
            Issue(uuid4(), "FOOD", severity)


def test_times_that_lie_too_far_apart_over_midnight_were_swapped():
    """Twelve hours is the most that one time can be after another on the day before."""
    next_day, evening = DAY + timedelta(days=1), at(DAY, 20)
    assert passed(at(next_day, 8), evening) == 12 * 60
    assert passed(at(next_day, 8, 1), evening) is None
    assert passed(at(DAY, 23), at(DAY, 1)) == 22 * 60
    assert passed(at(DAY, 13, 59), at(DAY, 14)) is None
    assert passed(at(DAY, 14), at(DAY, 14)) == 0
    assert passed(None, evening) is None
