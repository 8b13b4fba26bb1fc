"""Small tables and charts beside each other, in two columns that are read one after the other."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any, Protocol

from visitapp.reporting.pdf.keep_together import Parted, height_of, with_chains
from visitapp.reporting.style import FULL, REPORT

_GUTTER = 22.0
COLUMN = (FULL - _GUTTER) / 2
"""The width of a column in points."""
_TOO_BROKEN = 1.7
"""How many times as high as over the full width a piece may become in a column."""
_WORTH_IT = 0.9
"""Columns are as high as this share of the pieces one below another, or lower; otherwise there are
none."""


class Small(Protocol):
    """A table or a chart."""

    @property
    def least(self) -> float:
        """The width in points that it needs at least."""

    @property
    def most(self) -> float:
        """The width in points that it has a use for."""

    def story(self) -> list[Any]:
        """What it is laid out of over the full width."""

    def narrow(self, width: float) -> list[Any]:
        """The same at a width of at least `least`."""

    def about(self, width: float) -> float:
        """About how high it is at a width, in points, without laying it out."""


class Piece:
    """A table or a chart with the notes below it, laid out once at each width."""

    def __init__(self, small: Small) -> None:
        self._small = small
        self._narrow: dict[float, list[Any]] = {}
        self.notes: list[Any] = []

    @property
    def least(self) -> float:
        """The width in points that it needs at least."""
        return self._small.least

    @property
    def wanted(self) -> float:
        """How much more width it has a use for, in points."""
        return self._small.most - self._small.least

    @cached_property
    def wide(self) -> list[Any]:
        """Over the full width, its notes kept with it."""
        story = [*self._small.story(), *self.notes]
        for flowable in story[len(story) - len(self.notes) - 1 : -1]:
            flowable.keepWithNext = True
        return story

    def narrow(self, width: float) -> list[Any]:
        """At this width in points."""
        if width not in self._narrow:
            self._narrow[width] = [*self._small.narrow(width), *self.notes]
        return self._narrow[width]

    def about(self, width: float = FULL) -> float:
        """About how high it is at a width, in points."""
        return self._small.about(width)

    @cached_property
    def fits_a_column(self) -> bool:
        """Whether it has room in a column, without most of its rows on several lines."""
        return self.least <= COLUMN and self.about(COLUMN) <= _TOO_BROKEN * self.about()


def in_columns(pieces: Sequence[Piece]) -> list[Any]:
    """Pieces that follow each other: side by side where they have room and it saves some."""
    story: list[Any] = []
    small: list[Piece] = []
    waiting = list(pieces)
    while waiting:
        piece = waiting.pop(0)
        if piece.fits_a_column:
            small.append(piece)
        elif small and (pair := _columns(small[-1], piece)):
            story += [*_beside(small[:-1]), pair]
            small = []
        elif _is_single(waiting) and (pair := _columns(piece, waiting[0])):
            story += [*_beside(small), pair]
            small = []
            del waiting[0]
        else:
            story += [*_beside(small), *piece.wide]
            small = []
    return story + _beside(small)


def _is_single(waiting: Sequence[Piece]) -> bool:
    """Whether the next piece has none to stand beside but the one before it."""
    return bool(waiting) and not (len(waiting) > 1 and waiting[1].fits_a_column)


def _beside(pieces: Sequence[Piece]) -> list[Any]:
    if len(pieces) > 1 and (columns := _columns(*pieces)):
        return [columns]
    return [flowable for piece in pieces for flowable in piece.wide]


def _columns(*pieces: Piece) -> "TwoColumns | None":
    """None if there is no room for it, or if it is hardly lower than one below another."""
    if not all(piece.least <= COLUMN for piece in pieces):
        near, far = pieces
        if near.least + _GUTTER + far.least > FULL:
            return None
    left, right = _widths(pieces)
    many = _balance([p.about(left) for p in pieces], [p.about(right) for p in pieces])
    high = max(
        sum(p.about(left) for p in pieces[:many]), sum(p.about(right) for p in pieces[many:])
    )
    return TwoColumns(pieces) if high <= _WORTH_IT * sum(p.about() for p in pieces) else None


def _widths(pieces: Sequence[Piece]) -> tuple[float, float]:
    """Of the two columns, in points."""
    left = COLUMN
    if len(pieces) == 2:
        first, second = pieces
        rest = FULL - _GUTTER - first.least - second.least
        left = first.least + rest * first.wanted / (first.wanted + second.wanted or 1)
    return left, FULL - _GUTTER - left


def _balance(left: Sequence[float], right: Sequence[float]) -> int:
    """How many of the pieces belong in the first column, by the heights that they have in each."""
    return min(range(1, len(left)), key=lambda many: max(sum(left[:many]), sum(right[many:])))


class TwoColumns(Parted):
    """Pieces in two columns of about the same height, split between pieces. Two pieces share the
    width by what they need; columns of more are as wide as each other."""

    def __init__(self, pieces: Sequence[Piece]) -> None:
        super().__init__()
        self._pieces = pieces
        self._widths = _widths(pieces)
        self._columns = self._balanced()
        self.spaceBefore = self._columns[0][0].getSpaceBefore()
        self.spaceAfter = 9

    def _balanced(self) -> tuple[list[Any], list[Any]]:
        left, right = self._widths
        of_left = [height_of(piece.narrow(left), None, left) for piece in self._pieces[:-1]]
        of_right = [height_of(piece.narrow(right), None, right) for piece in self._pieces[1:]]
        many = _balance([*of_left, 0.0], [0.0, *of_right])
        first = [flowable for piece in self._pieces[:many] for flowable in piece.narrow(left)]
        return first, [
            flowable for piece in self._pieces[many:] for flowable in piece.narrow(right)
        ]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        columns = zip(self._columns, self._widths, strict=True)
        self.height = max(height_of(column, None, wide) for column, wide in columns)
        return width, self.height

    def split(self, width: float, height: float) -> list[Any]:
        for many in range(len(self._pieces) - 1, 1, -1):
            first = TwoColumns(self._pieces[:many])
            if first.wrap(width, height)[1] <= height:
                return [first, *_beside(self._pieces[many:])]
        if height < REPORT.frame - 1:
            return []
        return with_chains([flowable for piece in self._pieces for flowable in piece.wide])

    @property
    def least(self) -> float:  # type: ignore[override]
        return TwoColumns(self._pieces[:2]).wrap(FULL, 0)[1]

    def draw(self) -> None:
        left, _ = self._widths
        places = zip(self._columns, self._widths, (0.0, left + _GUTTER), strict=True)
        for column, width, x in places:
            y, after = self.height, 0.0
            for place, flowable in enumerate(column):
                y -= max(after, flowable.getSpaceBefore()) if place else 0.0
                y -= flowable.wrapOn(self.canv, width, self.height)[1]
                flowable.drawOn(self.canv, x, y)
                after = flowable.getSpaceAfter()
