"""What hypothesis draws from for several test files."""

from uuid import UUID

from hypothesis import strategies as st

from tests.builders import CUSTODY
from visitapp.domain.office.grid import Band, DayGroup, Grid

DRAWN_GRID = UUID(int=501)


@st.composite
def grids(draw):
    """Any day groups and time bands: weekdays together or left out, gaps between bands."""
    rows = draw(st.lists(st.integers(-1, 3), min_size=7, max_size=7))  # -1: in no row
    groups = {}
    for weekday, row in enumerate(rows):
        if row >= 0:
            groups.setdefault(row, []).append(weekday)
    days = [DayGroup(f"Row {row}", tuple(groups[row])) for row in sorted(groups)]
    edges = sorted(draw(st.sets(st.integers(0, 1440), min_size=2, max_size=9)))
    kept = draw(st.lists(st.booleans(), min_size=len(edges) - 1, max_size=len(edges) - 1))
    bands = [Band(a, b) for a, b, keep in zip(edges, edges[1:], kept, strict=False) if keep] or [
        Band(edges[0], edges[-1])
    ]
    return Grid(
        DRAWN_GRID, CUSTODY, "Drawn", tuple(days) or (DayGroup("Monday", (0,)),), tuple(bands)
    )
