"""Looking at a page as a person would: is anything cut off, nameless, or out of sight?"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QDeadlineTimer, QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTableView,
    QWidget,
)

_DIRECT = Qt.FindChildOption.FindDirectChildrenOnly
_SLACK = 2
"""Pixels that rounding may cost."""


def shown(root: QWidget) -> Iterator[QWidget]:
    """Every widget that is shown, whether scrolled into view or not."""
    for widget in root.findChildren(QWidget):
        if widget.isVisibleTo(root) and widget.width() and widget.height():
            yield widget


def clipped(root: QWidget) -> list[str]:
    """Words that don't fit where they stand."""
    found = []
    for widget in shown(root):
        if isinstance(widget, QLabel) and widget.text():
            if _label_is_cut(widget):
                found.append(f"{widget.text()!r} in {widget.size().toTuple()}")
        elif isinstance(widget, QAbstractButton) and widget.text() and _is_cut(widget):
            found.append(f"button {widget.text()!r} in {widget.size().toTuple()}")
        elif isinstance(widget, QComboBox) and _choice_is_cut(widget):
            found.append(f"choice {widget.currentText()!r} in {widget.size().toTuple()}")
        elif isinstance(widget, QTableView) and widget.wordWrap():
            found += _cut_cells(widget)
        beyond = _beyond(widget)
        if beyond and isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            what = widget.text() if not isinstance(widget, QLineEdit) else "field"
            found.append(f"{what!r} reaches {beyond} pixels beyond what holds it")
    return found


def cut_at_rest(root: QWidget) -> list[str]:
    """The same once the page is laid out, for which a busy machine takes its time."""
    waiting = QDeadlineTimer(20_000)
    while (found := clipped(root)) and not waiting.hasExpired():
        QTest.qWait(20)
    return found


def squeezed(root: QWidget) -> list[str]:
    """What has less height than its content needs at its width, and neighbours that are drawn
    over each other."""
    found = []
    for widget in shown(root):
        layout = widget.layout()
        if layout is None or isinstance(widget, QAbstractItemView):
            continue
        if layout.hasHeightForWidth():
            wanted = layout.minimumHeightForWidth(widget.width())
            if wanted > widget.height() + _SLACK:
                found.append(f"{_called(widget)} has {widget.height()} of {wanted} pixels")
        found += _over_each_other(widget)
    return found


def squeezed_at_rest(root: QWidget) -> list[str]:
    """The same once it is laid out, for which a busy machine takes its time."""
    waiting = QDeadlineTimer(5_000)
    while (found := squeezed(root)) and not waiting.hasExpired():
        QTest.qWait(20)
    return found


def _over_each_other(parent: QWidget) -> list[str]:
    layout = parent.layout()
    assert layout is not None
    placed = [
        child
        for child in parent.children()
        if isinstance(child, QWidget)
        and not child.isWindow()
        and child.isVisibleTo(parent)
        and layout.indexOf(child) >= 0
    ]
    found = []
    for at, one in enumerate(placed):
        for other in placed[at + 1 :]:
            common = one.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                found.append(f"{_called(one)} over {_called(other)}")
    return found


def _called(widget: QWidget) -> str:
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel) else "")
    return f"{type(widget).__name__} {words[:40]!r}"


def _label_is_cut(made: QLabel) -> bool:
    if made.wordWrap():
        return made.heightForWidth(made.width()) > made.height() + _SLACK
    wanted = made.sizeHint()
    return wanted.width() > made.width() + _SLACK or wanted.height() > made.height() + _SLACK


def _is_cut(made: QAbstractButton) -> bool:
    if made.sizePolicy().hasHeightForWidth():
        return made.heightForWidth(made.width()) > made.height() + _SLACK
    wanted = made.sizeHint()
    return wanted.width() > made.width() + _SLACK or wanted.height() > made.height() + _SLACK


def _choice_is_cut(made: QComboBox) -> bool:
    """Whether what was chosen is longer than its field."""
    edit = made.lineEdit()
    if edit is None:
        return False
    return edit.fontMetrics().horizontalAdvance(edit.text()) > edit.width() - _SLACK


def _cut_cells(made: QTableView) -> list[str]:
    """Cells whose words need more lines than their row has."""
    model, found = made.model(), []
    if model is None:
        return []
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            room, wanted = made.visualRect(index).size(), made.sizeHintForIndex(index)
            words = index.data(Qt.ItemDataRole.DisplayRole)
            if made.isColumnHidden(column) or not words:
                continue
            if wanted.height() > room.height() + _SLACK:
                found.append(f"cell {words!r} in {room.toTuple()}")
    return found


def _beyond(widget: QWidget) -> int:
    """How far a widget reaches to the right of the nearest parent that cuts it off, scrolling
    sideways aside."""
    at = widget
    while (parent := at.parentWidget()) is not None and not at.isWindow():
        holder = parent.parentWidget()
        if isinstance(holder, QAbstractItemView):
            return 0  # cells scroll sideways
        if isinstance(holder, QScrollArea) and parent is holder.viewport():
            return max(0, at.width() - parent.width() - _SLACK)
        right = widget.mapTo(parent, QPoint(widget.width(), 0)).x()
        if right > parent.width() + _SLACK:
            return right - parent.width()
        at = parent
    return 0


def focusable(root: QWidget) -> list[QWidget]:
    """What Tab comes to."""
    return [
        widget
        for widget in shown(root)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isEnabled()
        and widget.focusProxy() is None
        and not (isinstance(widget, QScrollArea))
        and not isinstance(widget.parentWidget(), QAbstractScrollArea)
    ]


def nameless(root: QWidget) -> list[str]:
    """What a reader could only call by its kind."""
    return [
        f"{type(widget).__name__} in {type(widget.parentWidget()).__name__}"
        for widget in focusable(root)
        if not (widget.accessibleName() or _text(widget))
    ]


def _text(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) else ""


def primary_out_of_sight(window: QWidget, page: QWidget) -> list[str]:
    """Primary buttons that can't be seen without scrolling; only the first of a page must be."""
    buttons = [
        one
        for one in page.findChildren(QPushButton)
        if one.property("primary") and one.isVisibleTo(page)
    ]
    if not buttons:
        return []
    inside = QRect(QPoint(0, 0), window.size())
    seen = [
        one
        for one in buttons
        if not one.visibleRegion().isEmpty()
        and inside.contains(QRect(one.mapTo(window, QPoint(0, 0)), one.size()))
    ]
    return [] if seen else [one.text() for one in buttons]


def out_of_order(root: QWidget) -> list[str]:
    """Steps of Tab that go back up a page by more than a line, within one column."""
    found = []
    places = focusable(root)
    if not places:
        return []
    order, at = [places[0]], places[0].nextInFocusChain()
    while at is not places[0]:
        if at in places:
            order.append(at)
        at = at.nextInFocusChain()
    for one, other in pairwise(order):
        first, second = one.mapTo(root, QPoint(0, 0)), other.mapTo(root, QPoint(0, 0))
        same_column = abs(first.x() - second.x()) < 40
        if same_column and second.y() < first.y() - 8:
            found.append(f"{one.accessibleName()!r} then {other.accessibleName()!r}")
    return found


def overlapping(bar: QWidget) -> list[str]:
    """Parts of a bar that reach into each other, or have less width than their words."""
    parts = [one for one in bar.findChildren(QWidget, options=_DIRECT) if one.isVisibleTo(bar)]
    parts = sorted((one for one in parts if one.width()), key=lambda one: one.x())
    found = [
        f"{_called(one)} has {one.width()} of {one.sizeHint().width()} pixels"
        for one in parts
        if one.width() + _SLACK < one.sizeHint().width()
    ]
    found += [
        f"{_called(one)} reaches into {_called(other)}"
        for one, other in pairwise(parts)
        if one.geometry().right() > other.x()
    ]
    return found
