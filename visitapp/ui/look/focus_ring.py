"""The two strokes around whatever has the focus, for keyboard and pointer alike.

Qt's own QFocusFrame is a child of the focused widget's parent and is cut off at its edges; a
field flush with its row would lose the ring. Ours lies on the window, or on what scrolls.
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
"""These show the focus inside: item views let their delegates ring the cell."""

_OUT = 5
"""Two strokes of two pixels, and one between them and the widget."""

_MOVES = (
    QEvent.Type.Move,
    QEvent.Type.Resize,
    QEvent.Type.Show,
    QEvent.Type.Hide,
    QEvent.Type.ZOrderChange,
)


class _Strokes(QWidget):
    """What is drawn: inner stroke at 1, outer at 3 pixels outside the widget."""

    def __init__(self, on: QWidget) -> None:
        super().__init__(on)
        self.setObjectName("focusRing")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Both strokes."""
        chosen = theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        inner = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        for token, out in (("ringInner", 0.0), ("ringOuter", 2.0)):
            painter.setPen(QPen(chosen.colour(token), 2))
            radius = CONTROL_RADIUS + 1 + out
            painter.drawRoundedRect(inner.adjusted(-out, -out, out, out), radius, radius)


class FocusRing(QObject):
    """Follows the focus. A widget with the property `ringAround` is ringed in place of the
    focused one within it (a stepper, a row of segments); a whole page, `unringed`, has
    none."""

    def __init__(self, application: QApplication) -> None:
        super().__init__(application)
        self._strokes: _Strokes | None = None
        self._around: ReferenceType[QWidget] | None = None
        self._watched: list[ReferenceType[QWidget]] = []
        # Weak: a widget whose last reference is dropped here would be destroyed in the midst of
        # a change of focus, with events sent to what is left of it.
        application.focusChanged.connect(self._on_focus_changed)

    def strokes(self) -> QWidget | None:
        """The ring in sight, if there is one."""
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
        """Stay with the widget when it, or what holds it, moves."""
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
    """What the ring is drawn on: the content of the nearest scroll area, or the window."""
    at = around
    while (parent := at.parentWidget()) is not None and not at.isWindow():
        holder = parent.parentWidget()
        if isinstance(holder, QScrollArea) and parent is holder.viewport():
            return at
        at = parent
    return at


def ringed(now: QObject | None) -> QWidget | None:
    """The widget that shows the focus of `now`, if one does."""
    if not isinstance(now, QWidget) or isinstance(now, _INSIDE) or now.property("unringed"):
        return None
    around: QWidget | None = now
    while around is not None:
        if around.property("ringAround"):
            return around
        if isinstance(around, QAbstractItemView):
            return None  # an editor in a cell
        around = None if around.isWindow() else around.parentWidget()
    return None if now.isWindow() else now
