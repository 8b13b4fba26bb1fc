"""Looking at a page as a person would: is anything cut off, nameless, or out of sight?"""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import QDeadlineTimer, QPoint, QRect, Qt
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

from tests.ui.waiting import wait

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
    faults = []
    for widget in shown(root):
        if isinstance(widget, QLabel) and widget.text():
            if _label_is_cut(widget):
                faults.append(f"{widget.text()!r} in {widget.size().toTuple()}")
        elif isinstance(widget, QAbstractButton) and widget.text() and _is_cut(widget):
            faults.append(f"button {widget.text()!r} in {widget.size().toTuple()}")
        elif isinstance(widget, QComboBox) and _choice_is_cut(widget):
            faults.append(f"choice {widget.currentText()!r} in {widget.size().toTuple()}")
        elif isinstance(widget, QTableView) and widget.wordWrap():
            faults += _cut_cells(widget)
        beyond = _beyond(widget)
        if beyond and isinstance(widget, QLabel | QAbstractButton | QLineEdit):
            what = widget.text() if not isinstance(widget, QLineEdit) else "field"
            faults.append(f"{what!r} reaches {beyond} pixels beyond what holds it")
    return faults


def cut_at_rest(root: QWidget) -> list[str]:
    """The same once the page is laid out, for which a busy machine takes its time."""
    waiting = QDeadlineTimer(20_000)
    while (faults := clipped(root)) and not waiting.hasExpired():
        wait(20)
    return faults


def squeezed(root: QWidget) -> list[str]:
    """What has less height than its content needs at its width, and neighbours that are drawn
    over each other."""
    faults = []
    for widget in shown(root):
        layout = widget.layout()
        if layout is None or isinstance(widget, QAbstractItemView):
            continue
        if layout.hasHeightForWidth():
            wanted = layout.minimumHeightForWidth(widget.width())
            if wanted > widget.height() + _SLACK:
                faults.append(f"{_called(widget)} has {widget.height()} of {wanted} pixels")
        faults += _over_each_other(widget)
    return faults


def squeezed_at_rest(root: QWidget) -> list[str]:
    """The same once it is laid out, for which a busy machine takes its time."""
    waiting = QDeadlineTimer(5_000)
    while (faults := squeezed(root)) and not waiting.hasExpired():
        wait(20)
    return faults


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
    faults = []
    for at, widget in enumerate(placed):
        for other in placed[at + 1 :]:
            common = widget.geometry().intersected(other.geometry())
            if common.width() > _SLACK and common.height() > _SLACK:
                faults.append(f"{_called(widget)} over {_called(other)}")
    return faults


def _called(widget: QWidget) -> str:
    words = widget.accessibleName() or (widget.text() if isinstance(widget, QLabel) else "")
    return f"{type(widget).__name__} {words[:40]!r}"


def _label_is_cut(words: QLabel) -> bool:
    if words.wordWrap():
        return words.heightForWidth(words.width()) > words.height() + _SLACK
    wanted = words.sizeHint()
    return wanted.width() > words.width() + _SLACK or wanted.height() > words.height() + _SLACK


def _is_cut(button: QAbstractButton) -> bool:
    if button.sizePolicy().hasHeightForWidth():
        return button.heightForWidth(button.width()) > button.height() + _SLACK
    wanted = button.sizeHint()
    return wanted.width() > button.width() + _SLACK or wanted.height() > button.height() + _SLACK


def _choice_is_cut(choice: QComboBox) -> bool:
    """Whether what was chosen is longer than its field."""
    edit = choice.lineEdit()
    if edit is None:
        return False
    return edit.fontMetrics().horizontalAdvance(edit.text()) > edit.width() - _SLACK


def _cut_cells(table: QTableView) -> list[str]:
    """Cells whose words need more lines than their row has."""
    model, faults = table.model(), []
    if model is None:
        return []
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            words = index.data(Qt.ItemDataRole.DisplayRole)
            if table.isColumnHidden(column) or not words:
                continue
            room, wanted = table.visualRect(index).size(), table.sizeHintForIndex(index)
            if wanted.height() > room.height() + _SLACK:
                faults.append(f"cell {words!r} in {room.toTuple()}")
    return faults


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
        button
        for button in page.findChildren(QPushButton)
        if button.property("primary") and button.isVisibleTo(page)
    ]
    if not buttons:
        return []
    inside = QRect(QPoint(0, 0), window.size())
    seen = [
        button
        for button in buttons
        if not button.visibleRegion().isEmpty()
        and inside.contains(QRect(button.mapTo(window, QPoint(0, 0)), button.size()))
    ]
    return [] if seen else [button.text() for button in buttons]


def out_of_order(root: QWidget) -> list[str]:
    """Steps of Tab that go back up a page by more than a line, within one column."""
    faults = []
    places = focusable(root)
    if not places:
        return []
    order, at = [places[0]], places[0].nextInFocusChain()
    while at is not places[0]:
        if at in places:
            order.append(at)
        at = at.nextInFocusChain()
    for widget, other in pairwise(order):
        first, second = widget.mapTo(root, QPoint(0, 0)), other.mapTo(root, QPoint(0, 0))
        same_column = abs(first.x() - second.x()) < 40
        if same_column and second.y() < first.y() - 8:
            faults.append(f"{widget.accessibleName()!r} then {other.accessibleName()!r}")
    return faults


def overlapping(bar: QWidget) -> list[str]:
    """Parts of a bar that reach into each other, or have less width than their words."""
    parts = [part for part in bar.findChildren(QWidget, options=_DIRECT) if part.isVisibleTo(bar)]
    parts = sorted((part for part in parts if part.width()), key=lambda part: part.x())
    faults = [
        f"{_called(part)} has {part.width()} of {part.sizeHint().width()} pixels"
        for part in parts
        if part.width() + _SLACK < part.sizeHint().width()
    ]
    faults += [
        f"{_called(part)} reaches into {_called(other)}"
        for part, other in pairwise(parts)
        if part.geometry().right() > other.x()
    ]
    return faults
