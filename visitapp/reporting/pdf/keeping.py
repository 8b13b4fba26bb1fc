"""What stays together on a page: a finding with its chart, a caption with its table.

A chain is a run of flowables of which each keeps with the next. It is parted, where it must
be, after a chart, and text and long tables go on over the page; else it moves on whole.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.tables import Table as PlatypusTable

from visitapp.reporting.pdf.flowables import FigureBox, QuoteBlock, StripBox
from visitapp.reporting.pdf.paragraphs import TaggedParagraph
from visitapp.reporting.style import BOTTOM, PAGE_HEIGHT, TOP

FRAME = PAGE_HEIGHT - TOP - BOTTOM
"""Height of a page's text in points."""

_TOO_TALL = 0xFFFFFF
_GAP_MOST = 0.45 * FRAME
"""A gap of at most so much is left at the foot of a page to keep a chain whole."""
_STRAY, _TAIL_PIECES = 0.24 * FRAME, 12
"""The end of a section, of at most so many pieces, that should not have a page to itself."""
_FEW_LINES = 85.0
"""The same where it is text that goes on over the page."""
_TABLE_WHOLE = 0.5 * FRAME
"""Tables up to this height are not parted."""


def kept(flowables: Sequence[Any]) -> list[Any]:
    """The flowables of a section with each chain made one."""
    found: list[Any] = []
    chain: list[Any] = []
    for at, flowable in enumerate(flowables, start=1):
        chain.append(flowable)
        if not flowable.getKeepWithNext() or at == len(flowables):
            following = flowables[at:] if len(flowables) - at <= _TAIL_PIECES else []
            found.extend([Chain(_groups(chain), following)] if len(chain) > 1 else chain)
            chain = []
    return found


def whole(flowables: Sequence[Any], before: float) -> Flowable:
    """All of it on one page, with a space before."""
    flowables[0].spaceBefore = before
    return Chain([list(flowables)])


def height_of(flowables: Sequence[Any], canvas: Any, width: float) -> float:
    """Height in points of flowables under one another, the outer spaces left out."""
    height, after = 0.0, 0.0
    for at, flowable in enumerate(flowables):
        height += flowable.wrapOn(canvas, width, 10_000)[1]
        if at:
            height += max(after, flowable.getSpaceBefore())
        after = flowable.getSpaceAfter()
    return height


def _groups(chain: Sequence[Any]) -> list[list[Any]]:
    groups: list[list[Any]] = [[]]
    for flowable in chain:
        groups[-1].append(flowable)
        flowable.keepWithNext = False
        if isinstance(flowable, FigureBox | StripBox):
            groups.append([])
    return [group for group in groups if group]


class Chain(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Groups of flowables: parted between groups rather than within one."""

    def __init__(self, groups: Sequence[Sequence[Any]], following: Sequence[Any] = ()) -> None:
        super().__init__()
        self._groups = groups
        self._following = following
        self.spaceBefore = groups[0][0].getSpaceBefore()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, _TOO_TALL  # ReportLab then asks how it splits

    def split(self, width: float, height: float) -> list[Any]:
        groups = self._groups
        total = self._height(groups, width)
        if total <= height:
            return [] if self._leaves_stray_lines(width, height, total) else _flat(groups)
        at_top = height >= FRAME - 1
        if not at_top and height <= _GAP_MOST and total <= FRAME and not self._flows():
            return []
        for many in range(len(groups) - 1, 0, -1):
            if self._height(groups[:many], width) <= height:
                return [*_flat(groups[:many]), Chain(groups[many:])]
        if not at_top and not self._can_begin(groups[0], width, height):
            return []
        rest = [Chain(groups[1:])] if len(groups) > 1 else []
        return [*groups[0], *rest]

    def _leaves_stray_lines(self, width: float, height: float, total: float) -> bool:
        """Whether the section's end would be a few lines on the next page, and the chain can
        go there with them without leaving this page half empty."""
        if not self._following or not FRAME - height >= 0.3 * FRAME:
            return False
        gap = max(self._groups[-1][-1].getSpaceAfter(), self._following[0].getSpaceBefore())
        rest = gap + height_of(self._following, self.canv, width)
        stray = _FEW_LINES if self._flows() else _STRAY
        return bool(height < total + rest <= min(height + stray, 0.95 * FRAME))

    def _height(self, groups: Sequence[Sequence[Any]], width: float) -> float:
        return height_of(_flat(groups), self.canv, width)

    def _flows(self) -> bool:
        return len(self._groups) == 1 and isinstance(
            self._groups[0][-1], TaggedParagraph | QuoteBlock
        )

    def _can_begin(self, group: Sequence[Any], width: float, height: float) -> bool:
        """Whether a first part of what can be parted fits, under all that stands before it."""
        for at, flowable in enumerate(group):
            least = _least(flowable)
            if least:
                return height_of(group[:at], self.canv, width) + least <= height
        return False


def _flat(groups: Sequence[Sequence[Any]]) -> list[Any]:
    return [flowable for group in groups for flowable in group]


def _least(flowable: Any) -> float:
    """Height of the least first part, of what was wrapped before; 0: it can't be parted."""
    if isinstance(flowable, PlatypusTable):
        heights = [height for height in flowable._rowHeights if height]
        return float(sum(heights[:3])) if sum(heights) > _TABLE_WHOLE else 0.0
    if isinstance(flowable, QuoteBlock):
        return 64.0
    if isinstance(flowable, TaggedParagraph) and not flowable.style.keepWithNext:
        return min(float(flowable.height), 3 * float(flowable.style.leading)) + 14
    return 0.0
