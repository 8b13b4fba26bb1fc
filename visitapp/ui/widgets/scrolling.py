"""Scroll a part of a page into view."""

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget

_AROUND, _NEAR_EDGE = 12, 60


def scroll_into_view(widget: QWidget) -> None:
    """Scroll the page until a widget is visible, once it is laid out."""
    QTimer.singleShot(0, widget, lambda: _scroll_to(widget))


def scroll_point_into_view(widget: QWidget, point: QPoint) -> None:
    """Scroll on while something is dragged near the edge of a widget's visible part."""
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
