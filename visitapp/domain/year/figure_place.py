"""Where a figure is on a page, and what was counted for it."""

from collections.abc import Mapping
from dataclasses import field, replace
from typing import Any

from visitapp.domain.dataclass import dataclass

Only = Mapping[str, Any]
"""Fields of `VisitQuery` by which the visits behind a section are narrowed."""


VISITS, PEOPLE, MEETINGS, REVIEWS = "visits", "people", "meetings", "reviews"


@dataclass(frozen=True, slots=True)
class Origin:
    """The visits that a figure was counted from: those behind its section (or another, by its title
    `of`), narrowed by `only`. If it `counts_visits`, it is their number, otherwise of something
    recorded at them. `records` are counted instead of visits: `people`, `meetings` or
    `reviews` of custody records."""

    only: Only = field(default_factory=dict)
    counts_visits: bool = False
    of: str = ""
    records: str = VISITS

    def within(self, section: "Origin") -> "Origin":
        """The origin of a figure in a section that has one too."""
        records = self.records if self.records != VISITS else section.records
        return replace(self, only={**section.only, **self.only}, records=records)


ORIGIN = Origin()
"""All visits behind the section."""


@dataclass(frozen=True, slots=True)
class FigurePlace:
    """A figure on a `page` (from 0); its sides are shares of the page, from the top left.

    `words` are the figure with what it is about, `value` is the figure alone, or empty for a
    sentence or a chart. `section` is the title of the section whose visits are behind it.
    """

    page: int
    left: float
    top: float
    right: float
    bottom: float
    words: str
    value: str
    section: str
    origin: Origin

    def holds(self, x: float, y: float) -> bool:
        """Whether a point of the page, in shares, is in it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom
