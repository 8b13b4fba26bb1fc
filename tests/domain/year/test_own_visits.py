"""A visitor's own visits by reporting year."""

from datetime import date
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CUSTODY, KENNELS, SUITE
from visitapp.domain.reporting_years import APRIL_YEARS
from visitapp.domain.year.own_visits import CountedVisit, OwnVisit, by_year

NAMES = {SUITE: "Northgate"}
visits = st.builds(
    CountedVisit,
    st.uuids(),
    st.just(CUSTODY),
    st.sampled_from([SUITE, KENNELS]),
    st.dates(date(2023, 4, 1), date(2026, 3, 31)),
    st.none() | st.integers(0, 300),
)


@given(st.lists(visits, max_size=8, unique_by=lambda visit: visit.id))
def test_each_visit_is_in_its_year_the_latest_first(counted: list[CountedVisit]) -> None:
    years = by_year(counted, NAMES, APRIL_YEARS)
    assert years == by_year(counted[::-1], NAMES, APRIL_YEARS)
    starts = [own.year.start for own in years]
    assert starts == sorted(
        {APRIL_YEARS.year_of(visit.day).start for visit in counted}, reverse=True
    )
    listed = [visit for own in years for visit in own.visits]
    assert sorted(visit.day for visit in listed)[::-1] == [visit.day for visit in listed]
    assert len(listed) == len(counted)
    assert all(visit.day in own.year for own in years for visit in own.visits)
    known = [visit.minutes for visit in counted if visit.minutes is not None]
    assert sum(own.minutes for own in years) == sum(known)
    assert sum(own.unknown for own in years) == len(counted) - len(known)


def test_a_site_that_this_copy_does_not_know_has_no_name() -> None:
    day = date(2025, 7, 4)
    (own,) = by_year(
        [
            CountedVisit(UUID(int=1), CUSTODY, KENNELS, day, None),
            CountedVisit(UUID(int=2), CUSTODY, SUITE, day, 60),
        ],
        NAMES,
        APRIL_YEARS,
    )
    assert own.visits == (OwnVisit(day, "Northgate", 60), OwnVisit(day, "", None))
