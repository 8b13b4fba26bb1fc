"""Lines that are read one by one with the arrow keys: a report that can't be changed any more.

Tab stops at one of them; from there Up, Down, Home and End go from line to line.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from visitapp.ui.widgets.clear_scroll import ClearScroll
from visitapp.ui.widgets.faces import told_as
from visitapp.ui.widgets.reading_order import in_order
from visitapp.ui.widgets.sight import bring_into_sight

_LINE = "readLine"


def make_line(widget: QWidget, words: str) -> None:
    """Let a widget be read as one line, of these words."""
    widget.setProperty(_LINE, True)
    widget.setAccessibleName(words)
    widget.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    told_as(widget, QAccessible.Role.ListItem)


def lines_of(holder: QWidget) -> list[QWidget]:
    """The lines in sight, as they are read."""
    return [one for one in in_order(holder) if one.property(_LINE) and one.isVisible()]


def read_on(holder: QWidget, event: QKeyEvent) -> bool:
    """Go to another line by a key; whether it was such a key and there are lines."""
    key = Qt.Key(event.key())
    lines, now = lines_of(holder), QApplication.focusWidget()
    if not lines or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
        return False
    here = next((at for at, one in enumerate(lines) if _has(one, now)), None)
    if key is Qt.Key.Key_Down:
        at = 0 if here is None else min(here + 1, len(lines) - 1)
    elif key is Qt.Key.Key_Up:
        at = 0 if here is None else max(here - 1, 0)
    elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
        at = 0 if key is Qt.Key.Key_Home else len(lines) - 1
    else:
        return False
    lines[at].setFocus(Qt.FocusReason.OtherFocusReason)
    bring_into_sight(lines[at])
    return True


def _has(line: QWidget, now: QWidget | None) -> bool:
    return now is not None and (line is now or line.isAncestorOf(now))


class ReadArea(ClearScroll):
    """Scrolls what is read line by line."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # a line in it has the cursor

    def setWidget(self, widget: QWidget) -> None:
        """Read this; Tab stops at its first line."""
        super().setWidget(widget)
        first = next((one for one in in_order(widget) if one.property(_LINE)), None)
        if first is not None:
            first.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def take_cursor(self) -> bool:
        """Begin to read; whether there is a line."""
        lines = lines_of(self)
        if lines:
            lines[0].setFocus(Qt.FocusReason.OtherFocusReason)
        return bool(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """From line to line."""
        if read_on(self, event):
            event.accept()
        else:
            super().keyPressEvent(event)
