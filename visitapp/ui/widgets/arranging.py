"""Rearrange the layouts of a page, but only when something changes.

Setting a spacing or an alignment makes Qt lay out the window again, even if the value is the same.
Doing so in answer to a layout request would cause the next one, in an endless loop.
"""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget


def turn(box: QBoxLayout, *, below: bool, spacing: int | None = None) -> None:
    """Stack the items of a box, or put them side by side. `spacing` is in pixels; None leaves
    it."""
    directions = QBoxLayout.Direction
    direction = directions.TopToBottom if below else directions.LeftToRight
    if box.direction() is not direction:
        box.setDirection(direction)
    if spacing is not None and box.spacing() != spacing:
        box.setSpacing(spacing)


def align(box: QBoxLayout, widget: QWidget, alignment: Qt.AlignmentFlag) -> None:
    """Set where a widget sits in its part of a box. Raises ValueError if it isn't in the box."""
    item = box.itemAt(box.indexOf(widget))
    if item is None:
        raise ValueError("That widget is not in this box.")
    if item.alignment() != alignment:
        box.setAlignment(widget, alignment)


def stretch(box: QBoxLayout, at: int, share: int) -> None:
    """Set the item's share of any spare room."""
    if box.stretch(at) != share:
        box.setStretch(at, share)


def ask_for_room(widget: QWidget) -> None:
    """Make every layout around a widget measure again, after text in it appeared or went. Qt passes
    the request up level by level, and a level that was measured in between answers with the old
    height."""
    at: QWidget | None = widget
    while at is not None and not at.isWindow():
        layout = at.layout()
        if layout is not None:
            layout.invalidate()
        at.updateGeometry()
        at = at.parentWidget()


def clear(layout: QLayout) -> None:
    """Take every widget out of a layout for good."""
    while (item := layout.takeAt(0)) is not None:
        widget = item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()


def empty(layout: QLayout) -> None:
    """Take every item out of a layout, to be added elsewhere. Items left in it would still follow
    their widget's size, and a new layout would use the old sizes."""
    while (item := layout.takeAt(0)) is not None:
        shiboken6.delete(item)
