"""Tab goes in the order in which things stand, also to what was made later.

Qt goes in the order in which widgets were made: an issue that an answer opened would come
after everything else in the window.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QWidget

from visitapp.ui.widgets.flow import FlowRow


def tab_on(window: QWidget, *, forward: bool) -> bool:
    """Take the cursor to the next thing in sight that Tab stops at, or to the one before;
    whether there is one. For `focusNextPrevChild` of a window."""
    order = list(_walk(window))
    now = QApplication.focusWidget()
    at = order.index(now) if now in order else 0
    others = [*order[at + 1 :], *order[:at]]
    target = next((one for one in (others if forward else reversed(others)) if _stops(one)), None)
    if target is None:
        return False
    reasons = Qt.FocusReason
    target.setFocus(reasons.TabFocusReason if forward else reasons.BacktabFocusReason)
    _scroll_to(target)
    return True


def _stops(widget: QWidget) -> bool:
    tabs = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(tabs) and widget.isEnabled() and widget.focusProxy() is None


def _scroll_to(widget: QWidget) -> None:
    around = widget.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(widget)
        around = around.parentWidget()


def _walk(widget: QWidget) -> Iterator[QWidget]:
    """A widget and all in it that is in sight, as they are read."""
    yield widget
    for child in _children(widget):
        if not child.isHidden() and not child.isWindow():
            yield from _walk(child)


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
