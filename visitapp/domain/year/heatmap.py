"""How the grid of days by timeslots is drawn, in the window and in documents: its two readings, the
look of a timeslot, colours and sizes.

Nothing depends on colour alone: a timeslot without a visit has an edge, a ring and a word, one with
visits a hatch, and all have numbers.
"""

from enum import StrEnum

from visitapp.domain.dataclass import dataclass


class HeatmapReading(StrEnum):
    """Two ways to read the same counts."""

    NEED = "need"
    COUNT = "count"


class TimeslotLook(StrEnum):
    """How a timeslot is drawn."""

    NOT_IN_USE = "not_in_use"
    GO = "go"
    DONE = "done"
    COUNT = "count"


NOT_IN_USE_SIGN = "\u2013"
"""Shown in timeslots of a site that isn't in use."""


def look_of(reading: HeatmapReading, count: int, *, in_use: bool) -> TimeslotLook:
    """The look of a timeslot with that many visits."""
    if not count and not in_use:
        return TimeslotLook.NOT_IN_USE
    if reading is HeatmapReading.COUNT:
        return TimeslotLook.COUNT
    return TimeslotLook.DONE if count else TimeslotLook.GO


def empty_word(*, closed: bool) -> str:
    """The word in a timeslot without a visit, by need; `closed`: the period is over."""
    return "No visit" if closed else "Go"


def heat_step(count: int) -> int:
    """Step of the scale for a number of visits: 0 to 4, and 5 for five or more."""
    return min(max(count, 0), 5)


@dataclass(frozen=True, slots=True)
class HeatColours:
    """Colours as `#RRGGBB`; `on_...` is the text on a fill. `counts` and `on_counts` are in the
    order of `heat_step`; `edge` is for a count of 0. A timeslot that isn't in use is `sunken`, with
    a `line` round it, and its sign is `calm`."""

    go: str
    on_go: str
    done: str
    on_done: str
    hatch: str
    counts: tuple[str, ...]
    on_counts: tuple[str, ...]
    edge: str
    sunken: str
    line: str
    calm: str


LIGHT_HEAT = HeatColours(
    go="#1B7A43",
    on_go="#FFFFFF",
    done="#F7DFDA",
    on_done="#7A221C",
    hatch="#ECC2BA",
    counts=("#F4F6F9", "#D6E4F2", "#A9C8E6", "#6BA0D0", "#2F6CA6", "#123F6D"),
    on_counts=("#464C54", "#1B1F24", "#1B1F24", "#0B1420", "#FFFFFF", "#FFFFFF"),
    edge="#7F7B72",
    sunken="#FAF9F6",
    line="#DAD7CF",
    calm="#5C636B",
)
"""The window's light theme, which documents use whatever the screen's theme. The dark theme is in
the window's tokens, since only the window has it."""

CELL_HEIGHT, GAP, RADIUS = 34, 3, 4
"""Of a timeslot, between two, and of a corner: in pixels on the screen, in points in documents."""
GO_EDGE, RING = 2, 20
"""The edge of a timeslot without a visit, and the width of its ring."""
HATCH_STEP, HATCH_LINE = 10.6, 1.5
"""Between the lines of the hatch, measured along the edge (7.5 across them), and their width."""
PLATE_HEIGHT, PLATE_ROOM = 20, 10
"""The plain area in the hatch with the number, and the total space on both sides of it."""
