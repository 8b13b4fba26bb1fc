"""The visits behind figures that several documents print."""

from visitapp.domain.year.coverage import SiteCoverage
from visitapp.domain.year.figure_place import Origin
from visitapp.domain.year.visit_list import CellQuery, CountedVisits


def cell_origins(coverage: SiteCoverage) -> tuple[tuple[Origin, ...], ...]:
    """Of the cells of a site's grid with its totals, row by row, a column for their names first."""
    grid = coverage.grid
    rows, columns = (*range(len(grid.days)), None), (*range(len(grid.bands)), None)
    return tuple(
        (
            Origin(),
            *(
                Origin(
                    {
                        "cell": CellQuery(coverage.site_id, grid, row, column),
                        "counted": CountedVisits.AT_SITE,
                    },
                    counts_visits=True,
                )
                for column in columns
            ),
        )
        for row in rows
    )
