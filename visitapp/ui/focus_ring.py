"""The two strokes around whatever has the focus, for keyboard and pointer alike."""

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QFocusFrame,
    QMainWindow,
    QMenu,
    QScrollArea,
    QWidget,
)

from visitapp.ui.theme import theme
from visitapp.ui.tokens import CONTROL_RADIUS

_INSIDE = (QAbstractItemView, QMenu, QMainWindow, QScrollArea)
"""These show the focus inside: item views let their delegates ring the cell."""


class FocusRing(QFocusFrame):
    """Follows the focus. A widget with the property `ringAround` is ringed in place of the
    focused one within it (a stepper, a row of segments)."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        around = ringed(now)
        self.setWidget(around)  # type: ignore[arg-type]  # None takes the ring away
        if around is not None:
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Inner stroke at 1, outer at 3 pixels outside the widget."""
        chosen = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        for token, out in (("ringInner", 0.0), ("ringOuter", 2.0)):
            painter.setPen(QPen(chosen.colour(token), 2))
            radius = CONTROL_RADIUS + 1 + out
            painter.drawRoundedRect(inner.adjusted(-out, -out, out, out), radius, radius)


def ringed(now: QObject | None) -> QWidget | None:
    """The widget that shows the focus of `now`, if one does."""
    if not isinstance(now, QWidget) or isinstance(now, _INSIDE):
        return None
    around: QWidget | None = now
    while around is not None and not around.isWindow():
        if around.property("ringAround"):
            return around
        if isinstance(around, QAbstractItemView):
            return None  # an editor in a cell
        around = around.parentWidget()
    return now
