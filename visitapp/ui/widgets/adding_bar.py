"""A total and its parts as one bar, shown by colour, pattern, number and words."""

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.domain.report.adding_up import Sum
from visitapp.ui.look.theme import Theme, theme
from visitapp.ui.look.tokens import TAG_RADIUS

_HEIGHT, _GAP, _LEAST = 30, 4, 26
_PLATE = 20
_SWATCH = 12


@dataclass(frozen=True, slots=True)
class _Box:
    """One box of the bar: a part by its `tone`, or what is left over (0) or too many (-1). `least`
    is its smallest width in pixels."""

    tone: int
    number: int
    words: str
    least: int


class AddingBar(QWidget):
    """Boxes in proportion. What is still missing is a dashed box at the end, what is too many a red
    one. A screen reader hears the sum as a sentence."""

    def __init__(self) -> None:
        super().__init__()
        self._sum: Sum | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_sum(self, of: Sum) -> None:
        """Show a sum."""
        if of != self._sum:
            self._sum = of
            self.setAccessibleName(of.sentence)
            self.setToolTip(of.sentence)
            self.update()

    def sizeHint(self) -> QSize:
        """Wide enough for every box at its smallest."""
        chosen = theme()
        boxes = self._boxes(chosen)
        return QSize(
            sum(box.least for box in boxes) + _GAP * max(len(boxes) - 1, 0), chosen.px(_HEIGHT)
        )

    def minimumSizeHint(self) -> QSize:
        """As `sizeHint`."""
        return self.sizeHint()

    def changeEvent(self, event: QEvent) -> None:
        """Change height with the text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def segments(self) -> list[tuple[QRectF, str]]:
        """The rectangle of each box, and the text in it."""
        boxes = self._boxes(theme())
        rects = self._rects(boxes)
        return [(rect, box.words) for rect, box in zip(rects, boxes, strict=True)]

    def _boxes(self, chosen: Theme) -> list[_Box]:
        of = self._sum
        if of is None:
            return []
        least = chosen.px(_LEAST)
        boxes = [
            _Box(part.tone, part.number, str(part.number), least)
            for part in of.parts
            if part.number
        ]
        if of.remainder:
            number = abs(of.remainder)
            words = f"{number} {'left' if of.remainder > 0 else 'too many'}"
            wide = round(QFontMetricsF(chosen.font("strong")).horizontalAdvance(words)) + 16
            boxes.append(_Box(0 if of.remainder > 0 else -1, number, words, wide))
        return boxes

    def _rects(self, boxes: list[_Box]) -> list[QRectF]:
        """Widths in proportion, none smaller than its least."""
        if not boxes:
            return []
        room = self.width() - _GAP * (len(boxes) - 1)
        widths = [0.0] * len(boxes)
        free = set(range(len(boxes)))
        while free:
            total = sum(boxes[i].number for i in free)
            left = room - sum(widths[i] for i in range(len(boxes)) if i not in free)
            tight = [i for i in free if left * boxes[i].number / total < boxes[i].least]
            for i in tight or free:
                widths[i] = boxes[i].least if tight else left * boxes[i].number / total
            free -= set(tight) if tight else set(free)
        rects, x = [], 0.0
        for width in widths:
            rects.append(QRectF(x, 0, width, self.height()))
            x += width + _GAP
        return rects

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the boxes, or an empty track."""
        chosen, boxes = theme(), self._boxes(theme())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not boxes:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(chosen.colour("greySoft"))
            painter.drawRoundedRect(QRectF(self.rect()), TAG_RADIUS, TAG_RADIUS)
        for rect, box in zip(self._rects(boxes), boxes, strict=True):
            if box.tone > 0:
                paint_part(painter, rect, box.tone, chosen)
                _paint_number(painter, rect, box.words, chosen)
            else:
                _paint_rest(painter, rect, box, chosen)


class Swatch(QWidget):
    """A small sample of a part's colour and pattern, shown next to its label."""

    def __init__(self, tone: int) -> None:
        super().__init__()
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """A square."""
        side = theme().px(_SWATCH)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pattern, closer together than in the bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = theme().px(_SWATCH)
        rect = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_part(painter, rect, self._tone, theme(), radius=3, step=4.0)


def paint_part(
    painter: QPainter,
    rect: QRectF,
    tone: int,
    chosen: Theme,
    *,
    radius: float = TAG_RADIUS,
    step: float = 8.0,
) -> None:
    """Fill a rounded box with the colour and pattern of a part. `tone` 1 to 6 is plain, slanting
    lines, plain, upright lines, dots, plain."""
    painter.save()
    outline = QPainterPath()
    outline.addRoundedRect(rect, radius, radius)
    painter.setClipPath(outline)
    painter.fillRect(rect, chosen.colour(f"s{tone}"))
    mark = chosen.colour("panel")
    mark.setAlphaF(0.55)
    painter.setPen(QPen(mark, 1.5))
    painter.setBrush(QBrush(mark))
    if tone == 2:
        _slanting(painter, rect, step)
    elif tone == 4:
        _upright(painter, rect, step)
    elif tone == 5:
        _dots(painter, rect, step)
    painter.restore()


def _slanting(painter: QPainter, rect: QRectF, step: float) -> None:
    x = rect.left() - rect.height()
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.top()), QPointF(x + rect.height(), rect.bottom()))
        x += step * 1.3


def _upright(painter: QPainter, rect: QRectF, step: float) -> None:
    x = rect.left() + step / 2
    while x < rect.right():
        painter.drawLine(QPointF(x, rect.top()), QPointF(x, rect.bottom()))
        x += step


def _dots(painter: QPainter, rect: QRectF, step: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    radius = 0.14 * step + 0.2
    y = rect.top() + step / 2
    while y < rect.bottom():
        x = rect.left() + step / 2
        while x < rect.right():
            painter.drawEllipse(QPointF(x, y), radius, radius)
            x += step
        y += step


def _paint_number(painter: QPainter, rect: QRectF, words: str, chosen: Theme) -> None:
    """Draw the number on a plain plate, so that the pattern doesn't run through it."""
    painter.save()
    painter.setFont(chosen.font("strong"))
    wide = painter.fontMetrics().horizontalAdvance(words) + 12
    height = min(chosen.px(_PLATE), rect.height() - 4)
    plate = QRectF(0, 0, min(wide, rect.width() - 4), height)
    plate.moveCenter(rect.center())
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(chosen.colour("panel"))
    painter.drawRoundedRect(plate, 3, 3)
    painter.setPen(chosen.colour("text"))
    painter.drawText(plate, Qt.AlignmentFlag.AlignCenter, words)
    painter.restore()


def _paint_rest(painter: QPainter, rect: QRectF, box: _Box, chosen: Theme) -> None:
    painter.save()
    is_left = box.tone == 0
    edge = QPen(chosen.colour("warn" if is_left else "bad"), 2)
    if is_left:
        edge.setDashPattern([3, 2])
    painter.setPen(edge)
    painter.setBrush(chosen.colour("warnSoft" if is_left else "badSoft"))
    painter.drawRoundedRect(rect.adjusted(1, 1, -1, -1), TAG_RADIUS, TAG_RADIUS)
    painter.setFont(chosen.font("strong"))
    painter.setPen(chosen.colour("onWarnSoft" if is_left else "onBadSoft"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, box.words)
    painter.restore()
