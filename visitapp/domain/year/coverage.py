"""Visits per timeslot of a site, with totals that always agree."""

from uuid import UUID

from visitapp.domain.dataclass import dataclass
from visitapp.domain.office.grid import Grid
from visitapp.domain.office.site import Use


@dataclass(frozen=True, slots=True)
class SiteCoverage:
    """`counts[row][column]` visits in the cells of a site's grid; `outside` were in no timeslot, of
    which `untimed` because nobody knows the time of day. If the site isn't in `use`, timeslots
    without a visit aren't gaps, since nobody could have gone, or can."""

    site_id: UUID
    site_name: str
    grid: Grid
    counts: tuple[tuple[int, ...], ...]
    outside: int
    site_cells: int | None = None
    use: Use = Use.IN_USE
    untimed: int = 0

    @property
    def row_totals(self) -> tuple[int, ...]:
        """Visits by row of days."""
        return tuple(sum(row) for row in self.counts)

    @property
    def column_totals(self) -> tuple[int, ...]:
        """Visits by time band."""
        return tuple(sum(column) for column in zip(*self.counts, strict=True))

    @property
    def total(self) -> int:
        """Visits in the grid."""
        return sum(self.row_totals)

    @property
    def cells(self) -> int:
        """Number of timeslots in the grid."""
        return self.grid.cells

    @property
    def cells_visited(self) -> int:
        """Timeslots with at least one visit."""
        return sum(1 for row in self.counts for count in row if count)

    @property
    def is_due(self) -> bool:
        """Whether a timeslot without a visit is a gap."""
        return self.use is Use.IN_USE

    @property
    def cells_due(self) -> int:
        """The number of timeslots that visited ones are compared with."""
        return self.cells if self.is_due else self.cells_visited

    @property
    def cells_left(self) -> int:
        """Gaps: timeslots without a visit that could have, or can still, be visited."""
        return self.cells_due - self.cells_visited

    def gaps(self) -> list[tuple[str, str]]:
        """(day, band) labels of the gaps, in the grid's order."""
        if not self.is_due:
            return []
        return [
            (self.grid.days[r].label, self.grid.bands[c].label)
            for r, row in enumerate(self.counts)
            for c, count in enumerate(row)
            if count == 0
        ]


def empty_counts(grid: Grid) -> list[list[int]]:
    """A table of zeros in the shape of the grid."""
    return [[0] * len(grid.bands) for _ in grid.days]
