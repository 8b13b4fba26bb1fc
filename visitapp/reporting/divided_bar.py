"""One bar for the whole, divided into parts."""

from collections.abc import Sequence

from visitapp.domain.text.wording import count_text
from visitapp.reporting.charts import DividedBar
from visitapp.reporting.sketch import FILLS, ON_FILLS, Sketch, width_of
from visitapp.reporting.style import FULL, INK, INK2, SANS, SEMIBOLD


def divided_bar(chart: DividedBar) -> Sketch:
    """Labels stand within their parts where there is room, otherwise above and below."""
    total = sum(part.number for part in chart.parts) or 1
    spots: list[_Spot] = []
    left = 0.0
    for at, part in enumerate(chart.parts):
        width = FULL * part.number / total
        if part.number:
            number = count_text(part.number)
            wide = width_of(number, SEMIBOLD, 13) + 7 + width_of(part.label, SANS, 11)
            spots.append((at, left, width, number, part.label, wide))
        left += width
    looks = [at % len(FILLS) for at in range(len(chart.parts))]
    inside = {
        spot[0] for spot in spots if spot[5] + 20 <= spot[2] and FILLS[looks[spot[0]]] != "hatch"
    }
    rows = _outside_rows([spot for spot in spots if spot[0] not in inside])
    above = 1 + max((row for row, _ in rows.values() if row >= 0), default=-1)
    below = max((-row for row, _ in rows.values() if row < 0), default=0)
    bar, step = (22.0, 15.0) if chart.is_low else (34.0, 17.0)
    sketch = Sketch(FULL, bar + step * (above + below) + 4)
    bottom = below * step + 2
    drawn = {spot[0]: spot for spot in spots}
    for at in range(len(chart.parts)):
        _, x, width, *_ = drawn.get(at, (at, 0.0, 0.0))
        sketch.spot(x, bottom, width, bar)
    for at, x, width, _, _, _ in spots:
        edge = INK if looks[at] > 1 else None
        sketch.box(x, bottom, max(width, 0.8), bar, FILLS[looks[at]], edge)
    for at, x, width, number, label, _ in spots:
        if at in inside:
            ink = ON_FILLS[looks[at]]
            _number_and_words(sketch, x + 10, bottom + bar / 2 - 4, number, label, ink)
            continue
        row, start = rows[at]
        y = bottom + bar + 5 + row * step if row >= 0 else bottom - 14 + (row + 1) * step
        middle = x + width / 2
        from_y = bottom + bar if row >= 0 else bottom
        sketch.line(middle, from_y, middle, from_y + (3 if row >= 0 else -4), INK2, 0.6)
        _number_and_words(sketch, start, y, number, label, INK)
    return sketch


_Spot = tuple[int, float, float, str, str, float]
"""The index of a part, its left edge and width, its number and label, and the width of both."""


def _outside_rows(spots: Sequence[_Spot]) -> dict[int, tuple[int, float]]:
    """Row (0 upwards above the bar, -1 downwards below it) and left edge of each label."""
    taken: dict[int, list[tuple[float, float]]] = {}
    places = {}
    for at, x, width, _, _, wide in reversed(spots):
        start = min(max(0.0, x + width - wide), FULL - wide)
        for row in [side for n in range(len(spots)) for side in (n, -n - 1)]:
            if all(
                start > end + 8 or start + wide < begin - 8 for begin, end in taken.get(row, [])
            ):
                taken.setdefault(row, []).append((start, start + wide))
                places[at] = (row, start)
                break
    return places


def _number_and_words(
    sketch: Sketch, x: float, y: float, number: str, words: str, ink: str
) -> None:
    wide = sketch.words(x, y, number, SEMIBOLD, 13, ink)
    sketch.words(x + wide + 7, y, words, SANS, 11, ink)
