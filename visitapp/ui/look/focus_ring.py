"""The ring of two lines around the widget with the focus, for keyboard and mouse.

Qt's QFocusFrame is a child of the widget's parent and is clipped there, so the ring of a field at
the edge of its row would be lost. Ours is a child of the window or of a scroll area's content.
"""

from weakref import ReferenceType, ref

from PySide6.QtCore import QEvent, QObject, QPoint, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QMainWindow,
    QMenu,
    QMenuBar,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from visitapp.ui.look.theme import theme
from visitapp.ui.look.tokens import CONTROL_RADIUS

_INSIDE = (QAbstractItemView, QMenu, QMenuBar, QMainWindow, QScrollArea)
"""These show the focus inside: in item views the delegate draws the ring in the cell."""

_OUT = 5
"""Two lines of two pixels, and one pixel between them and the widget."""

_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
)


class _Strokes(QWidget):
    """Draws the inner line 1 pixel and the outer line 3 pixels outside the widget."""

    def __init__(self, on: QWidget) -> None:
        super().__init__(on)
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw both lines."""
        chosen = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        for token, out in (("ringInner", 0.0), ("ringOuter", 2.0)):
            painter.setPen(QPen(chosen.colour(token), 2))
            radius = CONTROL_RADIUS + 1 + out
            painter.drawRoundedRect(inner.adjusted(-out, -out, out, out), radius, radius)


class FocusRing(QObject):
    """Follows the focus. A parent with the property `ringAround` is ringed instead of the focused
    widget in it (a stepper, a row of segments); a page has `unringed` and gets no ring."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._strokes: _Strokes | None = None
        self._around: ReferenceType[QWidget] | None = None
        self._watched: list[ReferenceType[QWidget]] = []
        # Weak: a widget whose last reference is dropped here would be destroyed during
        # a change of focus, which still sends it events.
        application.focusChanged.connect(self._on_focus_changed)

    def strokes(self) -> QWidget | None:
        """The visible ring, or None."""
        strokes = self._strokes
        return strokes if strokes is not None and isValid(strokes) and strokes.isVisible() else None

    def _on_focus_changed(self, _old: QWidget | None, now: QWidget | None) -> None:
        self._leave()
        around = ringed(now)
        if around is None:
            return
        on = _ground(around)
        self._around = ref(around)
        self._strokes = _Strokes(on)
        at: QWidget | None = around
        while at is not None and at is not on:
            at.installEventFilter(self)
            self._watched.append(ref(at))
            at = at.parentWidget()
        self._place()

    def _leave(self) -> None:
        for watched in self._watched:
            widget = watched()
            if widget is not None and isValid(widget):
                widget.removeEventFilter(self)
        self._watched.clear()
        self._around = None
        if self._strokes is not None and isValid(self._strokes):
            self._strokes.hide()
            self._strokes.deleteLater()
        self._strokes = None

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the widget when it or a parent moves."""
        if event.type() in _MOVES:
            self._place()
        return False

    def _place(self) -> None:
        strokes, around = self._strokes, None if self._around is None else self._around()
        if strokes is None or around is None or not (isValid(strokes) and isValid(around)):
            return
        on = strokes.parentWidget() or strokes
        corner = around.mapTo(on, QPoint(0, 0))
        strokes.setGeometry(
            corner.x() - _OUT,
            corner.y() - _OUT,
            around.width() + 2 * _OUT,
            around.height() + 2 * _OUT,
        )
        strokes.raise_()
        strokes.setVisible(around.isVisible())


def _ground(around: QWidget) -> QWidget:
    """The widget to draw the ring on: the content of the nearest scroll area, or the window."""
    at = around
    while (parent := at.parentWidget()) is not None and not at.isWindow():
        holder = parent.parentWidget()
        if isinstance(holder, QScrollArea) and parent is holder.viewport():
            return at
        at = parent
    return at


def ringed(now: QObject | None) -> QWidget | None:
    """The widget to ring for `now`, or None."""
    if not isinstance(now, QWidget) or isinstance(now, _INSIDE) or now.property("unringed"):
        return None
    around: QWidget | None = now
    while around is not None:
        if around.property("ringAround"):
            return around
        if isinstance(around, QAbstractItemView):
            return None  # an editor inside a table cell
        around = None if around.isWindow() else around.parentWidget()
    return None if now.isWindow() else now
