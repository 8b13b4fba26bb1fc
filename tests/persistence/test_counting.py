"""What SQL counts is what the domain says of each visit."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CUSTODY, furnish, make_site, make_visit
from visitapp.domain.moment import Moment
from visitapp.domain.office.grid import Band, DayGroup, Grid
from visitapp.domain.period import Period
from visitapp.domain.year.coverage import empty_counts
from visitapp.persistence import schemes, tables, visits

TWO_YEARS = Period(date(2023, 3, 20), date(2025, 4, 7))


@st.composite
def grids(draw):
    """Any partition of some weekdays into rows, by bands with or without gaps between them."""
    order = draw(st.permutations(range(7)))[: draw(st.integers(1, 7))]
    cuts = sorted(draw(st.sets(st.integers(1, len(order) - 1)))) if len(order) > 1 else []
    edges = [0, *cuts, len(order)]
    days = [
        DayGroup(f"Row {number}", tuple(sorted(order[start:end])))
        for number, (start, end) in enumerate(pairwise(edges))
    ]
    minutes = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=12)))
    pairs = list(pairwise(minutes))
    kept = draw(st.sets(st.sampled_from(pairs), min_size=1))
    bands = [Band(start, end) for start, end in sorted(kept)]
    return Grid(uuid4(), CUSTODY, "Any", tuple(days), tuple(bands))


@st.composite
def moments(draw):
    """Any minute by UK clocks, the nights when they change more often than by chance."""
    day = draw(
        st.one_of(
            st.dates(TWO_YEARS.start - timedelta(2), TWO_YEARS.end + timedelta(2)),
            st.sampled_from([date(2023, 10, 29), date(2024, 3, 31), date(2024, 10, 27)]),
        )
    )
    minute = draw(st.one_of(st.integers(0, 1439), st.integers(0, 180), st.sampled_from([0, 1439])))
    return Moment.at(day, minute, fold=draw(st.integers(0, 1)))


def naive(grid, moments_of_site):
    """The same counts, one visit at a time."""
    counts, outside = empty_counts(grid), 0
    for moment in moments_of_site:
        if moment.day in TWO_YEARS:
            slot = grid.timeslot_at(moment.weekday, moment.minute)
            if slot is None:
                outside += 1
            else:
                counts[slot.row][slot.column] += 1
    return tuple(tuple(row) for row in counts), outside


@given(grids(), st.tuples(st.lists(moments(), max_size=20), st.lists(moments(), max_size=20)))
def test_timeslots_counted_in_sql_are_those_of_the_domain(furnished, grid, arrivals):
    sites = [make_site(id=uuid4(), name=str(number), grid_id=grid.id) for number in range(2)]
    made = [
        make_visit(site_id=site.id, arrived=moment, admitted=None, left=None)
        for site, its_moments in zip(sites, arrivals, strict=True)
        for moment in its_moments
    ]
    with furnished.access.database.transaction() as connection:
        schemes.save_grid(connection, grid)
        for site in sites:
            schemes.save_site(connection, site)
        visits.insert_visits(connection, made)
    found = furnished.figures.coverage(TWO_YEARS, [site.id for site in sites])
    with furnished.access.database.transaction() as connection:
        forget(connection)
    assert [(one.counts, one.outside) for one in found] == [
        naive(grid, its_moments) for its_moments in arrivals
    ]


def forget(connection):
    """Empty the tables that an example wrote to, so that the next one is as quick."""
    children = (tables.visitor, tables.outcome_count, tables.visit, tables.site_open, tables.site)
    for table in (*children, tables.grid_day, tables.grid_band):
        connection.execute(table.delete())


def test_a_visit_across_midnight_counts_where_it_began(furnished):
    late = Moment.at(date(2024, 3, 4), 23 * 60 + 50)
    visit = make_visit(
        arrived=late,
        admitted=replace(late, utc_minute=late.utc_minute + 20),
        left=replace(late, utc_minute=late.utc_minute + 80),
    )
    with furnished.access.database.transaction() as connection:
        visits.insert_visits(connection, [visit])
    (coverage,) = furnished.figures.coverage(TWO_YEARS, [visit.site_id])
    assert coverage.counts[0][4] == 1
    assert sum(map(sum, coverage.counts)) == 1


def test_an_edited_grid_counts_the_past_anew(services):
    furnish(services)
    with services.access.database.transaction() as connection:
        visits.insert_visits(connection, [make_visit(date(2024, 3, 4))])
    (grid,) = services.setup.grids(CUSTODY)
    assert services.setup.visits_counted_by(grid.id) == 1
    nights = replace(grid, bands=(Band(0, 360), Band(1200, 1440)))
    services.setup.save_grid(nights)
    (coverage,) = services.figures.coverage(TWO_YEARS, [make_site().id])
    assert coverage.outside == 1
    assert sum(map(sum, coverage.counts)) == 0
