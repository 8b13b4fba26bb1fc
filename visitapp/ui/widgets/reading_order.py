"""Tab order by position on the page, including widgets added later.

Qt's Tab order is the order of creation: an issue that an answer added would come after everything
else in the window.

The widget with the cursor may be hidden, such as a button that has done its work. Qt would move the
cursor at once, from the end of a page to the top of the window. Here it waits until the event is
handled, as most pages place it themselves; if they don't, it goes to the next widget.
"""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

from visitapp.ui.widgets.flow import FlowRow


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Move the cursor to the next visible Tab stop, or to the previous one; returns whether there
    is one. Use it for `focusNextPrevChild` of a window."""
    now = QApplication.focusWidget()
    if now is not None and not (now.isVisible() and now.isEnabled()):
        _restore_focus_later(now)
        return True
    order = list(_walk(window))
    at = order.index(now) if now in order else 0
    others = [*order[at + 1 :], *order[:at]]
    target = next(
        (other for other in (others if forward else reversed(others)) if _stops(other)), None
    )
    if target is None:
        return False
    reasons = Qt.FocusReason
    target.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    _scroll_to(target)
    return True


def in_order(widget: QWidget) -> list[QWidget]:
    """A widget and all its visible descendants in reading order."""
    return list(_walk(widget))


def _restore_focus_later(lost: QWidget) -> None:
    """After the current event, move the cursor to what follows the lost widget on its page, or to
    what came before it."""
    page = lost
    while not (page.property("holdsCursor") or page.isWindow()):
        page = page.parentWidget() or page
    order = list(_walk(page, lost))
    at = order.index(lost) if lost in order else 0
    QTimer.singleShot(
        0, partial(_restore_focus, page, lost, [*order[at + 1 :], *reversed(order[:at])])
    )


def _restore_focus(page: QWidget, lost: QWidget, others: list[QWidget]) -> None:
    now = QApplication.focusWidget()
    if now not in (None, lost) or (now is lost and now.isVisible() and now.isEnabled()):
        return
    if not isValid(page) or not page.isVisible():
        return
    following = (
        other for other in others if isValid(other) and other.isVisible() and _stops(other)
    )
    take_cursor = getattr(page, "take_lost_cursor", None)
    if take_cursor is None or not take_cursor():
        (next(following, None) or page).setFocus(Qt.FocusReason.OtherFocusReason)


def _stops(widget: QWidget) -> bool:
    tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tabs) and widget.isEnabled() and widget.focusProxy() is None


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _walk(widget: QWidget, lost: QWidget | None = None) -> Iterator[QWidget]:
    """A widget and its visible descendants in reading order, including `lost`, which was just
    hidden."""
    yield widget
    for child in _children(widget):
        goes = lost is not None and (child is lost or child.isAncestorOf(lost))
        if (goes or not child.isHidden()) and not child.isWindow():
            yield from _walk(child, lost)


def _children(widget: QWidget) -> list[QWidget]:
    """The children in layout order, then those outside the layout."""
    own = [child for child in widget.children() if isinstance(child, QWidget)]
    if isinstance(widget, FlowRow):
        placed = list(widget.widgets())
    else:
        layout = widget.layout()
        placed = [] if layout is None else list(_placed(layout, own))
    known = set(placed)
    return [*placed, *(child for child in own if child not in known)]


def _placed(layout: QLayout, widgets: list[QWidget]) -> Iterator[QWidget]:
    """The widgets in a layout and its inner layouts, in order.

    Each widget's position is looked up; the layout's items are never read. PySide keeps its wrapper
    of a spacer after Qt deleted the spacer, and returns it for the next object at that address.
    """
    inner = [item for item in layout.children() if isinstance(item, QLayout)]
    items: list[tuple[int, QWidget | QLayout]] = [
        (layout.indexOf(widget), widget) for widget in widgets
    ]
    items += [(layout.indexOf(nested), nested) for nested in inner]
    for at, item in sorted(items, key=lambda pair: pair[0]):
        if isinstance(item, QLayout):
            yield from _placed(item, widgets)
        elif at >= 0:
            yield item
