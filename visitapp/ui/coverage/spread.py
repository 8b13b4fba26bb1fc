"""How visits are spread over days and times: sums over grids of the same shape, and a sentence."""

from collections.abc import Sequence
from dataclasses import dataclass

from visitapp.domain.moment import MINUTES_PER_DAY
from visitapp.domain.office.grid import Band, clock
from visitapp.domain.office.site import SiteKind
from visitapp.domain.text.wording import out_of
from visitapp.domain.year.coverage import SiteCoverage
from visitapp.ui.widgets.heatmap_tablemodel import band_words


@dataclass(frozen=True, slots=True)
class Spread:
    """The bars of one panel: `title`, a sentence, and (label, full name, visits) for each bar."""

    title: str
    sentence: str
    bars: tuple[tuple[str, str, int], ...]

    @property
    def accessible(self) -> str:
        """The bars in words."""
        return f"{self.title}: " + ", ".join(f"{words} {count}" for _, words, count in self.bars)


def spreads(
    coverages: Sequence[SiteCoverage], kinds: Sequence[SiteKind]
) -> list[tuple[Spread, Spread]]:
    """Spreads (by weekday, by time) for each group of grids with the same days and bands."""
    groups: dict[object, list[int]] = {}
    for i, coverage in enumerate(coverages):
        groups.setdefault((coverage.grid.days, coverage.grid.bands), []).append(i)
    return [
        _pair([coverages[i] for i in members], [kinds[i] for i in members])
        for members in groups.values()
    ]


def _pair(coverages: list[SiteCoverage], kinds: list[SiteKind]) -> tuple[Spread, Spread]:
    grid, whose = coverages[0].grid, _whose(coverages, kinds)
    rows = [sum(numbers) for numbers in zip(*(c.row_totals for c in coverages), strict=True)]
    columns = [sum(numbers) for numbers in zip(*(c.column_totals for c in coverages), strict=True)]
    days = tuple(
        (day.short_label, day.label, count) for day, count in zip(grid.days, rows, strict=True)
    )
    times = tuple(
        (_short_band(band), band_words(band), count)
        for band, count in zip(grid.bands, columns, strict=True)
    )
    return (
        Spread(f"{whose} by weekday", _uneven(days), days),
        Spread(f"{whose} by time", _uneven(times), times),
    )


def _whose(coverages: list[SiteCoverage], kinds: list[SiteKind]) -> str:
    if len(coverages) == 1:
        return coverages[0].site_name
    what = kinds[0].several if len(set(kinds)) == 1 else "sites"
    return f"Both {what}" if len(coverages) == 2 else f"All {len(coverages)} {what}"


def _uneven(bars: Sequence[tuple[str, str, int]]) -> str:
    """The bar that is furthest from an even share, and that share."""
    total = sum(count for _, _, count in bars)
    if total < len(bars):
        return "Too few visits to compare." if total else "No visits in any timeslot."
    even = total / len(bars)
    _, words, count = max(bars, key=lambda bar: abs(bar[2] - even))
    if abs(count - even) < 1:
        return "Evenly spread."
    return f"{words}: {out_of(count, total)}; an equal share would be {even:.0f}."


def _short_band(band: Band) -> str:
    """`00–08` where a band ends on the hour, as the bars have little room."""
    if band.has_own_name:
        return band.label
    if band.start % 60 or band.end % 60:
        return f"{clock(band.start)}–{clock(band.end % MINUTES_PER_DAY)}"
    return f"{band.start // 60:02}–{band.end // 60:02}"
