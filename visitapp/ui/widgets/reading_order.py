"""Tab goes in the order in which things stand, also to what was made later.

Qt goes in the order in which widgets were made: an issue that an answer opened would come
after everything else in the window.

What has the cursor may go out of sight: a button that has done its work, a section that was left.
Qt would go on from there at once, from the last thing of a page to the first of the window. Here
the cursor waits until all is done: most often somebody places it. Else it goes to what came next.
"""

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget
from shiboken6 import isValid

from visitapp.ui.widgets.flow import FlowRow


def tab_on(window: QWidget, *, forward: bool) -> bool:
    """Take the cursor to the next thing in sight that Tab stops at, or to the one before;
    whether there is one. For `focusNextPrevChild` of a window."""
    now = QApplication.focusWidget()
    if now is not None and not (now.isVisible() and now.isEnabled()):
        _keep_place(now)
        return True
    order = list(_walk(window))
    at = order.index(now) if now in order else 0
    others = [*order[at + 1 :], *order[:at]]
    target = next((one for one in (others if forward else reversed(others)) if _stops(one)), None)
    if target is None:
        return False
    reasons = Qt.FocusReason
    target.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    _scroll_to(target)
    return True


def in_order(widget: QWidget) -> list[QWidget]:
    """A widget and all in it that is not hidden, as they are read."""
    return list(_walk(widget))


def _keep_place(lost: QWidget) -> None:
    """Once all is done, take the cursor to what came after the lost one in its page, or before."""
    page = lost
    while not (page.property("holdsCursor") or page.isWindow()):
        page = page.parentWidget() or page
    order = list(_walk(page, lost))
    at = order.index(lost) if lost in order else 0
    QTimer.singleShot(0, partial(_go_on, page, lost, [*order[at + 1 :], *reversed(order[:at])]))


def _go_on(page: QWidget, lost: QWidget, others: list[QWidget]) -> None:
    now = QApplication.focusWidget()
    if now not in (None, lost) or (now is lost and now.isVisible() and now.isEnabled()):
        return
    if not isValid(page) or not page.isVisible():
        return
    found = (one for one in others if isValid(one) and one.isVisible() and _stops(one))
    take_cursor = getattr(page, "take_lost_cursor", None)
    if take_cursor is None or not take_cursor():
        (next(found, None) or page).setFocus(Qt.FocusReason.OtherFocusReason)


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
    """A widget and all in it that is in sight, as they are read; and one that just was."""
    yield widget
    for child in _children(widget):
        goes = lost is not None and (child is lost or child.isAncestorOf(lost))
        if (goes or not child.isHidden()) and not child.isWindow():
            yield from _walk(child, lost)


def _children(widget: QWidget) -> list[QWidget]:
    """Those that a layout places, in its order; then those that stand by themselves."""
    own = [one for one in widget.children() if isinstance(one, QWidget)]
    if isinstance(widget, FlowRow):
        placed = list(widget.widgets())
    else:
        layout = widget.layout()
        placed = [] if layout is None else list(_placed(layout, own))
    known = set(placed)
    return [*placed, *(one for one in own if one not in known)]


def _placed(layout: QLayout, widgets: list[QWidget]) -> Iterator[QWidget]:
    """Those of the widgets that a layout places, and the layouts in it.

    It is asked where each is, never what it holds: PySide keeps what stands for a spacer after
    Qt deleted it, and takes the next object at that address for one.
    """
    inner = [one for one in layout.children() if isinstance(one, QLayout)]
    found: list[tuple[int, QWidget | QLayout]] = [(layout.indexOf(one), one) for one in widgets]
    found += [(layout.indexOf(one), one) for one in inner]
    for at, one in sorted(found, key=lambda pair: pair[0]):
        if isinstance(one, QLayout):
            yield from _placed(one, widgets)
        elif at >= 0:
            yield one
