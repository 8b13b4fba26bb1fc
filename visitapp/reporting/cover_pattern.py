"""The ornament of a cover: each site's coverage as squares, lighter for more visits."""

from collections.abc import Sequence

from reportlab.graphics.shapes import Drawing

from visitapp.domain.year.heatmap import heat_step
from visitapp.reporting.blocks import CoverGrid
from visitapp.reporting.sketch import Sketch
from visitapp.reporting.style import COVER_SCALE, FULL, MM

_GAP, _SQUARE_MOST = 9 * MM, 8.2 * MM
_OUTLINE = "#4F93D2"


def cover_pattern(grids: Sequence[CoverGrid], most_height: float) -> Drawing:
    """Up to four grids side by side, for a dark ground, at most `most_height` points high."""
    places = max(len(grids), 2)
    width = (FULL - _GAP * (places - 1)) / places
    # Bands run down and days across, so that a grid is wider than high.
    rows = [max(len(grid.counts[0]), 1) for grid in grids]
    squares = [min(most_height / count, _SQUARE_MOST) for count in rows]
    height = max(count * square for count, square in zip(rows, squares, strict=True))
    sketch = Sketch(FULL, height)
    for at, (grid, square) in enumerate(zip(grids, squares, strict=True)):
        _draw_grid(sketch, grid, at * (width + _GAP), width, square)
    return sketch.drawing


def _draw_grid(sketch: Sketch, grid: CoverGrid, x: float, width: float, high: float) -> None:
    cell = width / len(grid.counts)
    most = max(max(row) for row in grid.counts)
    for day, counts in enumerate(grid.counts):
        for band, count in enumerate(counts):
            left, bottom = x + day * cell + 0.9, sketch.height - (band + 1) * high + 0.9
            if count:
                step = heat_step(count) if most <= 5 else max(1, round(5 * count / most))
                sketch.box(left, bottom, cell - 1.8, high - 1.8, COVER_SCALE[step])
            else:
                sketch.box(left + 0.4, bottom + 0.4, cell - 2.6, high - 2.6, None, _OUTLINE, 0.8)
