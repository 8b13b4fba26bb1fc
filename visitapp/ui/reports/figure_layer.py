"""The figures on the page of a preview: a pointer, or the arrow keys, choose one."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from visitapp.domain.year.figure_place import FigurePlace
from visitapp.ui.look.theme import theme
from visitapp.ui.widgets.announcing import announce

_AIR, _RING = 3.0, 3


class FigureLayer(QWidget):
    """Lies over the picture of a page.

    Signals: `asked` (FigurePlace) when somebody wants to see what is behind a figure; `stepped`
    (its QRect here) when one was chosen by keys.
    """

    asked = Signal(object)
    stepped = Signal(QRect)

    def __init__(self, sheet: QWidget, listener: QWidget) -> None:
        """`listener` is what screen readers are at when a figure is chosen by keys."""
        super().__init__(sheet)
        self._listener = listener
        self._places: tuple[FigurePlace, ...] = ()
        self.current: FigurePlace | None = None
        self.setMouseTracking(True)

    def show_figures(self, places: tuple[FigurePlace, ...]) -> None:
        """The figures of the page that is shown; the chosen one stays if it is there."""
        self._places = places
        if self.current not in places:
            self._choose(None)

    def step(self, by: int) -> None:
        """Choose the next figure in reading order, or (-1) the one before."""
        if not self._places:
            return
        at = self._places.index(self.current) + by if self.current in self._places else min(by, 0)
        self._choose(self._places[at % len(self._places)])
        announce(self._listener, f"{self.words()}.", at_once=True)
        self.stepped.emit(self._box(self._places[at % len(self._places)]).toRect())

    def open_current(self) -> None:
        """Show what is behind the chosen figure."""
        if self.current is not None:
            self.asked.emit(self.current)

    def words(self) -> str:
        """The chosen figure in words; empty without one."""
        return self.current.words if self.current is not None else ""

    def _choose(self, place: FigurePlace | None) -> None:
        if place != self.current:
            self.current = place
            self.setToolTip(self.words())
            self.setCursor(
                Qt.CursorShape.ArrowCursor if place is None else Qt.CursorShape.PointingHandCursor
            )
            self.update()

    def _at(self, point: QPointF) -> FigurePlace | None:
        """The smallest figure there: one in a chart or table before the whole."""
        x, y = point.x() / max(self.width(), 1), point.y() / max(self.height(), 1)
        under = [place for place in self._places if place.holds(x, y)]
        return min(under, key=lambda place: place.right - place.left, default=None)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the figure under the pointer."""
        self._choose(self._at(event.position()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the press, so that the release comes here."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show what is behind the figure under the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._choose(self._at(event.position()))
            self.open_current()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is elsewhere."""
        self._choose(None)
        super().leaveEvent(event)

    def _box(self, place: FigurePlace) -> QRectF:
        width, height = self.width(), self.height()
        return QRectF(
            QPointF(place.left * width, place.top * height),
            QPointF(place.right * width, place.bottom * height),
        ).adjusted(-_AIR, -_AIR, _AIR, _AIR)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A ring around the chosen figure; the page itself is paper in both themes."""
        if self.current is None:
            return
        box = self._box(self.current)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for token, thick in (("ringOuter", _RING + 2), ("ringInner", _RING - 1)):
            painter.setPen(QPen(theme().colour(token), thick))
            painter.drawRoundedRect(box, 3, 3)
        painter.end()
