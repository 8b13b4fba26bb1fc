"""Turning the boxes of a page, only where something changes.

Qt lays a window out again whenever a spacing or an alignment is set, be it to the value it had.
What answers a request for layout by setting one would ask for the next: a window that never rests.
"""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QLayout, QWidget


def turn(box: QBoxLayout, *, below: bool, spacing: int | None = None) -> None:
    """One thing below the other, or beside it; `spacing` in pixels, None leaves it."""
    directions = QBoxLayout.Direction
    direction = directions.TopToBottom if below else directions.LeftToRight
    if box.direction() is not direction:
        box.setDirection(direction)
    if spacing is not None and box.spacing() != spacing:
        box.setSpacing(spacing)


def align(box: QBoxLayout, widget: QWidget, alignment: Qt.AlignmentFlag) -> None:
    """Where a widget stands in its part of a box; raises ValueError if it isn't in there."""
    item = box.itemAt(box.indexOf(widget))
    if item is None:
        raise ValueError("That widget is not in this box.")
    if item.alignment() != alignment:
        box.setAlignment(widget, alignment)


def stretch(box: QBoxLayout, at: int, share: int) -> None:
    """Give the item at a place its share of the room to spare."""
    if box.stretch(at) != share:
        box.setStretch(at, share)


def ask_for_room(widget: QWidget) -> None:
    """Words came or went after the page was laid out: let every layout around them measure
    again. Qt hands such a wish on level by level, and a level that was asked for its height in
    between answers with what it remembers."""
    at: QWidget | None = widget
    while at is not None and not at.isWindow():
        layout = at.layout()
        if layout is not None:
            layout.invalidate()
        at.updateGeometry()
        at = at.parentWidget()


def empty(layout: QLayout) -> None:
    """Take everything out, to be put in again elsewhere. An item that lived on would still be told
    when its widget grows, and the new one would keep the sizes of before."""
    while (item := layout.takeAt(0)) is not None:
        shiboken6.delete(item)
