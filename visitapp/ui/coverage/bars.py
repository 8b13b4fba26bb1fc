"""Small bar charts with the number above and the name below each bar."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPainterPath, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from visitapp.ui.coverage.spread import Spread
from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import BETWEEN_ACROSS, BETWEEN_DOWN, INSET
from visitapp.ui.widgets.arranging import turn
from visitapp.ui.widgets.labels import label
from visitapp.ui.widgets.panel import Panel

_BETWEEN, _HIGHEST, _LEAST_PITCH, _WIDEST, _WORDS = 8, 30, 40, 46, 150


class SpreadBars(QWidget):
    """The bars of one spread; the tallest fills the height, zero is a line."""

    def __init__(self, spread: Spread, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bars = spread.bars
        self.setAccessibleName(spread.accessible)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        each = max(self._name_width() + _BETWEEN, theme().px(_LEAST_PITCH))
        return QSize(each * len(self._bars), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize((self._name_width() + 4) * len(self._bars), self._height())

    def _height(self) -> int:
        line = QFontMetrics(theme().font("small")).lineSpacing()
        return line * 2 + theme().px(_HIGHEST) + 8

    def _name_width(self) -> int:
        measure = QFontMetrics(theme().font("small"))
        return max(measure.horizontalAdvance(name) for name, _, _ in self._bars)

    def paintEvent(self, _event: QPaintEvent) -> None:
        chosen = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QFontMetrics(chosen.font("small")).lineSpacing()
        each = self.width() / len(self._bars)
        wide = min(each - 10, chosen.px(_WIDEST))
        most = max(1, *(count for _, _, count in self._bars))
        foot = self.height() - line - 4
        for i, (name, _, count) in enumerate(self._bars):
            middle = each * (i + 0.5)
            high = max(chosen.px(_HIGHEST) * count / most, 1)
            bar = QRectF(middle - wide / 2, foot - high, wide, high)
            shape = QPainterPath()
            shape.addRoundedRect(bar, min(3, high / 2), min(3, high / 2))
            painter.fillPath(shape, chosen.colour("primary"))
            painter.setFont(chosen.font("smallStrong"))
            painter.setPen(chosen.colour("text"))
            above = QRectF(middle - each / 2, bar.top() - line - 2, each, line)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{count:,}")
            painter.setFont(chosen.font("small"))
            painter.setPen(chosen.colour("text2"))
            beneath = QRectF(middle - each / 2, foot + 3, each, line)
            painter.drawText(beneath, Qt.AlignmentFlag.AlignCenter, name)
        painter.end()


class SpreadPanels(QWidget):
    """By weekday and by time, side by side, or stacked where there is no room."""

    def __init__(self, pair: tuple[Spread, Spread]) -> None:
        super().__init__()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._bars = [SpreadBars(spread) for spread in pair]
        for spread, bars in zip(pair, self._bars, strict=True):
            self._row.addWidget(_panel(spread, bars), 1)
        self._arrange()

    def _arrange(self) -> None:
        words = theme().px(_WORDS)
        room = sum(bars.sizeHint().width() + words for bars in self._bars) + 6 * BETWEEN_ACROSS
        beside = self.width() >= room
        turn(self._row, below=not beside, spacing=BETWEEN_ACROSS if beside else BETWEEN_DOWN)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()


def _panel(spread: Spread, bars: SpreadBars) -> Panel:
    panel = Panel()
    panel.body.setContentsMargins(INSET, 8, INSET, 8)
    row = QHBoxLayout()
    row.setSpacing(BETWEEN_ACROSS)
    words = QVBoxLayout()
    words.setSpacing(2)
    words.addWidget(label(spread.title, "strong", wrap=True))
    words.addWidget(label(spread.sentence, "second", "text2", wrap=True))
    words.addStretch(1)
    row.addLayout(words, 1)
    row.addWidget(bars)
    panel.body.addLayout(row)
    return panel
