"""What stays together on a page: a finding with its chart, a caption with its table.

A chain is a run of flowables, each kept with the next. If it doesn't fit, it is split after a
chart, within text or within a long table; otherwise all of it moves to the next page.
"""

from collections.abc import Sequence
from typing import Any

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.tables import Table as PlatypusTable

from visitapp.reporting.pdf.flowables import FigureBox, QuoteBlock, StripBox
from visitapp.reporting.pdf.paragraphs import TaggedParagraph
from visitapp.reporting.style import REPORT, Look

_TOO_TALL = 0xFFFFFF


def with_chains(flowables: Sequence[Any], look: Look = REPORT) -> list[Any]:
    """The flowables of a section, with each chain as one."""
    chained: list[Any] = []
    chain: list[Any] = []
    for at, flowable in enumerate(flowables, start=1):
        chain.append(flowable)
        if not flowable.getKeepWithNext() or at == len(flowables):
            if len(chain) > 1:
                chain = [Chain(_groups(chain), look)]
            else:
                # It would be kept with the first flowable of the next section.
                flowable.keepWithNext = False
            chained.extend(chain)
            chain = []
    return chained


def whole(flowables: Sequence[Any], before: float) -> Flowable:
    """All flowables on one page, with a space before."""
    flowables[0].spaceBefore = before
    return Chain([list(flowables)])


def height_of(flowables: Sequence[Any], canvas: Any, width: float) -> float:
    """Height in points of flowables below one another, without the outer spaces."""
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


class Parted(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """What is split between parts; `least` is the height of its smallest first part."""

    least: float = 0.0


class Chain(Flowable):  # type: ignore[misc]  # ReportLab has no types
    """Groups of flowables, split between groups rather than within one."""

    def __init__(
        self,
        groups: Sequence[Sequence[Any]],
        look: Look = REPORT,
    ) -> None:
        super().__init__()
        self._groups = groups
        self._look = look
        self.spaceBefore = groups[0][0].getSpaceBefore()

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        return width, _TOO_TALL  # ReportLab then asks how it splits

    def split(self, width: float, height: float) -> list[Any]:
        groups, look, frame = self._groups, self._look, self._look.frame
        total = self._height(groups, width)
        if total <= height:
            return _flat(groups)
        at_top = height >= frame - 1
        small_gap = height <= look.gap_most * frame and total <= frame
        if not at_top and small_gap and not self._flows():
            return []
        for many in range(len(groups) - 1, 0, -1):
            if self._height(groups[:many], width) <= height:
                return [*_flat(groups[:many]), Chain(groups[many:], look)]
        if not at_top and not self._can_begin(groups[0], width, height):
            return []
        rest = [Chain(groups[1:], look)] if len(groups) > 1 else []
        first, *others = groups[0]
        begun = first.split(width, height) if isinstance(first, Parted) else [first]
        return [*begun, *others, *rest]

    def _height(self, groups: Sequence[Sequence[Any]], width: float) -> float:
        return height_of(_flat(groups), self.canv, width)

    def _flows(self) -> bool:
        return len(self._groups) == 1 and isinstance(
            self._groups[0][-1], TaggedParagraph | QuoteBlock
        )

    def _can_begin(self, group: Sequence[Any], width: float, height: float) -> bool:
        """Whether a first part of something that can be split fits below everything before it."""
        for at, flowable in enumerate(group):
            least = _least(flowable, self._look)
            if least:
                return height_of(group[:at], self.canv, width) + least <= height
        return False


def _flat(groups: Sequence[Sequence[Any]]) -> list[Any]:
    return [flowable for group in groups for flowable in group]


def _least(flowable: Any, look: Look) -> float:
    """Height of the smallest first part, once wrapped; 0 if it can't be split."""
    if isinstance(flowable, PlatypusTable):
        heights = [height for height in flowable._rowHeights if height]
        parted = flowable.repeatRows == 0 or sum(heights) > look.table_whole * look.frame
        return float(sum(heights[:3])) if parted else 0.0
    if isinstance(flowable, QuoteBlock):
        return 64.0
    if isinstance(flowable, Parted):
        return flowable.least
    if isinstance(flowable, TaggedParagraph) and not flowable.style.keepWithNext:
        return min(float(flowable.height), 3 * float(flowable.style.leading)) + 14
    return 0.0
