"""A text area that underlines some of its words: wavy to check, dotted if kept.

Qt's own wavy line is one pixel thin and follows the font. Ours is painted over the text, so that it
changes neither the document nor the undo history.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import (
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTextBlock,
    QTextLine,
)

from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.text_area import TextArea, units

_BELOW = 4.0
"""Pixels from the base line of the text to the underline."""
_HALF_WAVE, _HEIGHT = 4.0, 3.0


@dataclass(frozen=True, slots=True)
class TextMark:
    """Characters `start` to `end` (excluded) of the text; `is_kept` if somebody decided to keep
    them."""

    start: int
    end: int
    is_kept: bool = False


class MarkedArea(TextArea):
    """Shows `marks`. With `one_line`, neither Enter nor pasted text starts a new line."""

    def __init__(
        self, name: str, *, lines: int = 3, most_lines: int = 16, one_line: bool = False
    ) -> None:
        super().__init__(name, lines=lines, most_lines=most_lines)
        self._marks: tuple[TextMark, ...] = ()
        self._is_one_line = one_line

    def marks(self) -> tuple[TextMark, ...]:
        """The marks shown."""
        return self._marks

    def show_marks(self, marks: Sequence[TextMark]) -> None:
        """Show these marks and no others."""
        if tuple(marks) != self._marks:
            self._marks = tuple(marks)
            self.viewport().update()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste plain text, on one line if the field has only one."""
        if self._is_one_line:
            self.insertPlainText(" ".join(source.text().split()))
        else:
            super().insertFromMimeData(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """In a field of one line, leave Enter to the parent."""
        if self._is_one_line and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, and lines under the marked words."""
        super().paintEvent(event)
        if not self._marks:
            return
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        text = self.text()
        for mark in self._marks:
            for start, end in self._stretches(units(text, mark.start), units(text, mark.end)):
                _draw(painter, start, end, mark.is_kept)

    def _stretches(self, start: int, end: int) -> Iterator[tuple[QPointF, QPointF]]:
        """The start and end of each underline in viewport pixels, one for each line of text that
        the characters from `start` to `end` are on."""
        block = self.document().findBlock(start)
        while block.isValid() and block.position() < end:
            yield from self._stretches_of(block, start - block.position(), end - block.position())
            block = block.next()

    def _stretches_of(
        self, block: QTextBlock, start: int, end: int
    ) -> Iterator[tuple[QPointF, QPointF]]:
        corner = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        layout = block.layout()
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            first = max(start, line.textStart())
            last = min(end, line.textStart() + line.textLength())
            if first < last:
                down = corner.y() + line.y() + line.ascent() + _BELOW
                yield (
                    QPointF(corner.x() + _across(line, first), down),
                    QPointF(corner.x() + _across(line, last), down),
                )


def _across(line: QTextLine, place: int) -> float:
    """Pixels from the left of a line to a position in the text."""
    across, _ = cast("tuple[float, int]", line.cursorToX(place))
    return across


def _draw(painter: QPainter, start: QPointF, end: QPointF, is_kept: bool) -> None:
    if is_kept:
        pen = QPen(theme().colour("text3"), 1.2, Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(start, end)
        return
    path = QPainterPath(start)
    at, up = start.x(), -1
    while at < end.x():
        step = min(_HALF_WAVE, end.x() - at)
        middle = QPointF(at + step / 2, start.y() + up * _HEIGHT)
        path.quadTo(middle, QPointF(at + step, start.y()))
        at, up = at + step, -up
    painter.setPen(QPen(theme().colour("warn"), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(path)
