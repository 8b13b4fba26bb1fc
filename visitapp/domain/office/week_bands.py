"""The parts of a day in which people say when they can visit."""

from collections.abc import Sequence

from visitapp.domain.office.grid import Band, Grid
from visitapp.domain.office.scheme import Kind, Scheme

_USUAL = tuple(
    Band(start, end) for start, end in ((0, 480), (480, 720), (720, 960), (960, 1200), (1200, 1440))
)
"""The times to choose from if a scheme has no timeslots of its own."""


def week_bands(schemes: Sequence[Scheme], grids: Sequence[Grid]) -> tuple[Band, ...]:
    """The bands of the custody scheme's timeslots, or of another scheme's without one."""
    kinds = {scheme.id: scheme.kind for scheme in schemes}
    custody = [grid for grid in grids if kinds.get(grid.scheme_id) is Kind.CUSTODY]
    return next((grid.bands for grid in (*custody, *grids)), _USUAL)
