"""Bringing a part of a page into sight where the page scrolls."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_AROUND, _NEAR_EDGE = 12, 60


def bring_into_sight(widget: QWidget) -> None:
    """Scroll the page that holds a widget until it can be seen, once it has its place."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def bring_point_into_sight(widget: QWidget, point: QPoint) -> None:
    """Scroll on while something is dragged near the edge of what can be seen of a widget."""
    around = _around(widget)
    inside = None if around is None else around.widget()
    if around is not None and inside is not None:
        at = widget.mapTo(inside, point)
        around.ensureVisible(at.x(), at.y(), _AROUND, _NEAR_EDGE)


def _scroll_to(widget: QWidget) -> None:
    around = _around(widget)
    if around is not None and widget.isVisible():
        around.ensureWidgetVisible(widget, _AROUND, _AROUND)


def _around(widget: QWidget) -> QScrollArea | None:
    around = widget.parentWidget()
    while around is not None and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around
