"""Lines read one by one with the arrow keys, for a report that can't be changed any more.

Tab stops at one line; Up, Down, Home and End move between them.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.ui.widgets.accessible_roles import set_role
from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.reading_order import in_order
from visitapp.ui.widgets.scrolling import scroll_into_view

_LINE = "readLine"


def make_line(widget: QWidget, words: str) -> None:
    """Make a widget one line to read, with this text for screen readers."""
    widget.setProperty(_LINE, True)
    widget.setAccessibleName(words)
    widget.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    set_role(widget, QAccessible.Role.ListItem)


def lines_of(holder: QWidget) -> list[QWidget]:
    """The visible lines in reading order."""
    return [line for line in in_order(holder) if line.property(_LINE) and line.isVisible()]


def read_on(holder: QWidget, event: QKeyEvent) -> bool:
    """Move to another line by a key. Returns whether it was such a key and there are lines."""
    key = Qt.Key(event.key())
    lines, now = lines_of(holder), QApplication.focusWidget()
    if not lines or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    here = next((at for at, line in enumerate(lines) if _has(line, now)), None)
    if key is Qt.Key.Key_Down:
        at = 0 if here is None else min(here + 1, len(lines) - 1)
    elif key is Qt.Key.Key_Up:
        at = 0 if here is None else max(here - 1, 0)
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        at = 0 if key is Qt.Key.Key_Home else len(lines) - 1
    else:
        return False
    lines[at].setFocus(Qt.FocusReason.OtherFocusReason)
    scroll_into_view(lines[at])
    return True


def _has(line: QWidget, now: QWidget | None) -> bool:
    return now is not None and (line is now or line.isAncestorOf(now))


class ReadArea(ClearScroll):
    """A scroll area of lines to read."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a line in it has the cursor

    def setWidget(self, widget: QWidget) -> None:
        """Show this widget; Tab stops at its first line."""
        super().setWidget(widget)
        first = next((line for line in in_order(widget) if line.property(_LINE)), None)
        if first is not None:
            first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def take_cursor(self) -> bool:
        """Move the cursor to the first line; returns whether there is one."""
        lines = lines_of(self)
        if lines:
            lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move between lines."""
        if read_on(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)
