"""A box to tick, with words that take lines where there is no room for one."""

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from visitapp.ui.icons import pixmap
from visitapp.ui.theme import theme
from visitapp.ui.tokens import SMALL_CONTROL

_BOX, _GAP, _EDGE = 20, 8, 2
_WORDS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class TickBox(QCheckBox):
    """Drawn by itself: a style sheet would leave Fusion's box without its edge."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(text)

    def setText(self, text: str) -> None:
        """Change the words."""
        super().setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def _words(self, width: int) -> QRect:
        chosen = theme()
        left = _EDGE + chosen.px(_BOX) + _GAP
        metrics = QFontMetrics(chosen.font("body"))
        room = QRect(0, 0, max(width - left - _EDGE, 40), 10_000)
        found = metrics.boundingRect(room, _WORDS & ~Qt.AlignmentFlag.AlignVCenter, self.text())
        return QRect(left, 0, found.width() + 1, found.height())

    def hasHeightForWidth(self) -> bool:
        """Words take lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as the words need, and a target large enough to hit."""
        return max(theme().px(SMALL_CONTROL), self._words(width).height() + 6)

    def sizeHint(self) -> QSize:
        """The words in one line."""
        words = self._words(10_000)
        return QSize(words.right() + _EDGE + 1, self.heightForWidth(10_000))

    def minimumSizeHint(self) -> QSize:
        """Room for the box and a few words."""
        return QSize(min(self.sizeHint().width(), theme().px(160)), theme().px(SMALL_CONTROL))

    def hitButton(self, position: QPoint) -> bool:
        """Box and words."""
        return self.rect().contains(position)

    def changeEvent(self, event: QEvent) -> None:
        """Another text size, another height."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.FontChange):
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The box, the tick, and the words."""
        chosen, painter = theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, on = chosen.px(_BOX), self.isChecked()
        words = self._words(self.width())
        line = chosen.px(SMALL_CONTROL)
        first = self.height() if words.height() < line else line
        box = QRect(_EDGE, (first - side) // 2, side, side)
        painter.setPen(QPen(chosen.colour("primary" if on else "edge"), 1.5))
        fill = "primary" if on else "hover" if self.underMouse() else "panel"
        painter.setBrush(chosen.colour(fill if self.isEnabled() else "greySoft"))
        painter.drawRoundedRect(box, 4, 4)
        if on:
            tick = pixmap("check", 16, "onPrimary")
            inner = (side - chosen.px(16)) // 2
            painter.drawPixmap(box.left() + inner, box.top() + inner, tick)
        painter.setFont(chosen.font("body"))
        painter.setPen(chosen.colour("text" if self.isEnabled() else "text3"))
        painter.drawText(
            QRect(words.left(), 0, words.width(), self.height()), int(_WORDS), self.text()
        )
