"""The gauge of predictability: a bar from 0 to 100 with our figure, and ticks to compare."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from visitapp.ui.look.theme import theme

_HEIGHT, _BEYOND, _TICK = 10, 4, 2


class Gauge(QWidget):
    """Shares are from 0 to 1: ours, and those of the ticks."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._share: float | None = None
        self._ticks: tuple[float, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_share(None)

    @property
    def share(self) -> float | None:
        """The share shown."""
        return self._share

    def show_share(self, share: float | None, ticks: Sequence[float] = ()) -> None:
        """Show a share; None shows an empty bar."""
        self._share, self._ticks = share, tuple(ticks)
        words = "not known yet" if share is None else f"{round(100 * share)} of 100"
        beside = "".join(f"; to compare: {round(100 * tick)}" for tick in ticks)
        self.setAccessibleName(f"{self._name}: {words}{beside}")
        self.update()

    def sizeHint(self) -> QSize:
        """As high as the bar with its ticks."""
        return QSize(theme().px(160), theme().px(_HEIGHT) + 2 * _BEYOND)

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(theme().px(60), self.sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """Change height with the text size."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self.updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw bar, fill and ticks."""
        chosen = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        high = chosen.px(_HEIGHT)
        track = QRectF(0, (self.height() - high) / 2, self.width(), high)
        painter.setBrush(chosen.colour("greySoft"))
        painter.drawRoundedRect(track, 3, 3)
        if self._share is not None:
            painter.setBrush(chosen.colour("primary"))
            fill = QRectF(track)
            fill.setWidth(max(3.0, track.width() * min(1.0, self._share)))
            painter.drawRoundedRect(fill, 3, 3)
        painter.setBrush(chosen.colour("text"))
        for tick in self._ticks:
            at = track.width() * tick - _TICK / 2
            painter.drawRect(QRectF(at, track.top() - _BEYOND, _TICK, high + 2 * _BEYOND))
        painter.end()
