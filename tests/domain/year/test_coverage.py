"""Visits by timeslot, with totals that always agree."""

from dataclasses import replace
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from tests.reporting.published_year import EUSTON, KENNEL_GRID, KEYHAM, WEEK
from tests.strategies import grids
from visitapp.domain.office.site import Use
from visitapp.domain.year.coverage import SiteCoverage, empty_counts


def coverage(grid, counts, outside=0):
    return SiteCoverage(UUID(int=1), "A site", grid, tuple(map(tuple, counts)), outside)


@given(grids(), st.data())
def test_totals_of_rows_and_columns_agree_with_the_cells(grid, data):
    counts = [[data.draw(st.integers(0, 9)) for _ in grid.bands] for _ in grid.days]
    found = coverage(grid, counts, data.draw(st.integers(0, 5)))
    assert sum(found.row_totals) == sum(found.column_totals) == found.total
    assert found.total == sum(sum(row) for row in counts)
    assert found.row_totals == tuple(sum(row) for row in counts)
    assert found.column_totals == tuple(
        sum(row[column] for row in counts) for column in range(len(grid.bands))
    )
    assert found.cells == grid.cells
    assert found.cells_visited + len(found.gaps()) == found.cells


def test_the_column_that_was_misprinted_comes_out_as_10():
    keyham = coverage(WEEK, KEYHAM)
    assert keyham.column_totals == (5, 14, 7, 14, 10)
    assert keyham.row_totals == (10, 6, 6, 7, 7, 8, 6)
    assert (keyham.total, keyham.cells, keyham.cells_visited) == (50, 35, 31)


def test_gaps_are_named_by_day_and_band():
    euston = coverage(WEEK, EUSTON)
    assert euston.cells_visited == 33
    assert euston.gaps() == [
        ("Tuesday", "00:00\u201307:59"),
        ("Wednesday", "08:00\u201311:59"),
    ]


def test_a_table_of_zeros_has_the_shape_of_the_grid():
    counts = empty_counts(KENNEL_GRID)
    assert counts == [[0, 0]] * 6
    counts[0][0] = 1
    assert counts[1][0] == 0  # rows are their own


def test_a_site_that_is_not_in_use_has_no_gaps():
    used = coverage(WEEK, EUSTON)
    assert (used.cells_due, used.cells_left, used.is_due) == (35, 2, True)
    for use in set(Use) - {Use.IN_USE}:
        unused = replace(used, use=use)
        assert (unused.cells_due, unused.cells_left, unused.is_due) == (33, 0, False)
        assert unused.gaps() == []
